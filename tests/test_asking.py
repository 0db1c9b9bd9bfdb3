"""The table of patterns, and what questions ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from research_kit import asking
from research_kit.asking import Patterns
from research_kit.text.patterns import SAID


def test_a_use_is_any_of_its_patterns_in_any_language_with_the_parts_filled_in(tmp_path: Path) -> None:
    table = tmp_path / "some.toml"
    table.write_text(
        "[parts]\nfruit = 'plums?|figs'\n[wanted]\nen = ['^more <<fruit>>$', 'cake']\nzh = ['再来']\n[other]\nen = ['x']\n",
        encoding="utf-8",
    )
    found = Patterns(table)

    assert [bool(found["wanted"].search(text)) for text in ("more figs", "some figs", "cake", "请再来一碗")] == [
        True,
        False,
        True,
        True,
    ]
    assert list(found) == ["wanted", "other"]
    with pytest.raises(KeyError):
        found["unheard"]


@pytest.mark.parametrize("table", [SAID, asking._ASKS], ids=["answers", "questions"])
def test_every_pattern_compiles_and_none_is_met_by_nothing(table: Patterns) -> None:
    whole = {"no_idea"}  # the only one that an empty answer fits: it has no idea either
    assert {use for use in table if re.search(table[use], "")} <= whole


def test_both_chinese_scripts_and_curly_quotes_are_read_alike() -> None:
    assert asking.framing("您最滿意的地方是？") == asking.framing("您最满意的地方是？") == "positive"
    assert asking.framing("What didn\u2019t you like?") == "negative"
    assert asking.wishes("您希望我們新增什麼功能？")
    assert asking.wishes("您希望我们新增什么功能？")
    assert asking.framing("Where do you live?") == ""


@pytest.mark.parametrize(
    ("question", "framing"),
    [
        ("这次门诊,哪些地方让您觉得很好?", "positive"), ("哪些地方讓您覺得最貼心？", "positive"), ("您觉得很好还是不好?", ""),
        ("哪些地方让您觉得不方便?", "negative"), ("您觉得怎样可以更好?", "negative"),
    ],
)  # fmt: skip
def test_what_is_felt_to_be_good(question: str, framing: str) -> None:
    assert asking.framing(question) == framing


@pytest.mark.parametrize(
    ("question", "framing"),
    [
        ("Think of your last visit: what went well, and what did not?", "neutral"), ("What worked and what didn\u2019t?", "neutral"),
        ("What did we do well and what not so well?", "neutral"), ("What was good about your stay, and what wasn't?", "neutral"),
        ("What went well? What could be improved?", "neutral"), ("What did you like best and least?", "neutral"),
        ("What are the highs and lows of your visit?", "neutral"), ("What works for you and what does not work for you?", "neutral"),
        ("上次來館，哪些地方好、哪些不好？", "neutral"), ("哪些顺利、哪些不顺利？", "neutral"), ("最喜歡什麼？最不喜歡什麼？", "neutral"),
        ("請描述您最滿意與最不滿意的地方", "neutral"), ("满意之处和不足之处", "neutral"), ("哪里做得好，哪里要改进", "neutral"),
        ("What went well?", "positive"), ("What did not go well?", "negative"), ("What didn't work well?", "negative"),
        ("您最不滿意、或覺得最需要改進的地方是什麼？", "negative"),
        ("您对课程满意吗？若不满意，请说明", "negative"), ("哪些地方不好？", "negative"), ("How could we do better?", "negative"),
    ],
)  # fmt: skip
def test_a_question_for_good_and_bad_alike_asks_for_both(question: str, framing: str) -> None:
    assert asking.framing(question) == framing


FELT = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "questions" / "felt.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("wanted", "question"), [row[1:] for row in FELT])
def test_what_somebody_felt_says_what_is_asked_for(wanted: str, question: str) -> None:
    assert asking.framing(question) == wanted.replace("-", "")


def test_the_list_of_what_was_felt_is_long_and_half_of_it_unseen() -> None:
    assert sum(row[0] == "unseen" for row in FELT) >= 45
    assert {row[1] for row in FELT} == {"positive", "negative", "neutral", "-"}
