"""A thing that everybody speaks of makes themes only with what is said of it."""

import pandas as pd
import pytest

from research_kit.text import themes
from research_kit.text.vocabulary import issues

ROOMS = (
    "房间太小了",
    "房间很小",
    "房间有点小，转不过身",
    "房间设施陈旧",
    "房间很旧",
    "房间老旧",
    "房间很吵",
    "房间太吵",
    "房间吵",
)
FILLERS = ("房间在走廊尽头", "进了房间", "房间号忘了", "我们的房间", "房间钥匙", "换了房间", "找不到房间", "房间朝东")


def mentions(texts, kind="pain"):
    return pd.DataFrame(
        {
            "text_id": range(len(texts)),
            "unit": range(len(texts)),
            "text": texts,
            "normal": texts,
            "language": "zh-Hans",
            "kind": kind,
        }
    )


def test_a_broad_thing_is_split_by_what_is_wrong_with_it():
    rows = mentions([*ROOMS, *FILLERS * 2])
    model = themes.learn(rows, (), "zh-Hans")
    assigned = model.assign(rows)

    assert {"pain-房间-small", "pain-房间-old"} <= {theme.id for theme in model.themes}
    assert assigned[:3].tolist() == ["pain-房间-small"] * 3
    assert not assigned[len(ROOMS) :].str.startswith("pain-房间").fillna(False).any()
    assert {t.id: t.label for t in model.themes}["pain-房间-small"] in {"房间太小", "房间很小"}


@pytest.mark.parametrize(
    ("text", "words", "issue", "said"),
    [
        ("the room was far too small", ("room",), "small", True),
        ("a small room", ("room",), "small", True),
        ("the room was fine. a small bar", ("room",), "small", False),
        ("great reddit app", ("reddit",), "good", False),
        ("great staff", ("staff",), "good", True),
        ("房间太小", ("房间",), "small", True),
        ("小房间，床很大", ("房间",), "small", False),
        ("前台小姐把房间弄错", ("房间",), "small", False),
        ("没有插座", ("插座",), "lack", True),
        ("插座太少", ("插座",), "lack", True),
        ("房间没有插座", ("房间",), "lack", False),
        ("小时候住过房间", ("房间",), "small", False),
    ],
)
def test_what_is_said_of_a_thing(text, words, issue, said):
    assert issues.said_of(text, words, issue) is said


def test_praise_of_the_whole_is_no_theme():
    texts = [f"great app {word}" for word in ("really", "overall", "for me", "so far", "yes")] * 6
    rows = mentions(texts, kind="delight").assign(language="en")

    assert themes.learn(rows, (), "en").themes == ()
