"""What people met, and through what."""

from pathlib import Path

import pandas as pd
import pytest

from research_kit import labels, language
from research_kit.records import Term
from research_kit.text import touchpoints
from research_kit.text.vocabulary import knowledge


def found(text, touch=(), channels=()):
    row = touchpoints.find(pd.DataFrame({"normal": [text]}), touch, channels).iloc[0]
    return tuple(None if pd.isna(value) else value for value in (row["touchpoint"], row["channel"]))


@pytest.mark.parametrize(
    ("text", "touchpoint", "channel"),
    [
        ("the courier threw it over the fence", "courier", "delivery"),
        ("快递员把包裹丢在门口", "courier", "delivery"),
        ("the receptionist smiled", "staff", "in-person"),
        ("结帐的时候刷卡失败", "cart_checkout", None),
        ("i phoned the hotline twice", "customer_service", "phone"),
        ("of course i agree", None, None),
        ("the function call hangs", "feature", None),
        ("in order to deal with it", None, None),
        ("i cannot wait for the summer", None, None),
        ("the soft drinks were warm", "food_drink", None),
        ("汤的口味太重", "food_drink", None),
        ("i asked for a membership freeze", "loyalty", None),
        ("", None, None),
    ],
)
def test_shipped_terms(text, touchpoint, channel):
    assert found(text) == (touchpoint, channel)


@pytest.mark.parametrize(
    ("text", "touchpoint"),
    [
        ("good", None),
        ("i spent my whole lunch break on hold", None),
        ("we had lunch by the window", "food_drink"),
        ("music on the phone for an hour", None),
        ("he took his shoes off without being asked", None),
        ("these shoes run small", "product"),
        ("could ring before arriving", None),
        ("my order arrived late", "delivery"),
        ("cheap plan, plenty of data", "price"),
        ("joined with the corporate rate", None),
        ("it suits me", None),
        ("no big deal", None),
        ("错题本藏到三级菜单里", "interface"),
        ("菜单上只有三道菜", "food_drink"),
        ("学习报告看不懂", "feature"),
        ("检查报告等了一周", "consultation"),
        ("完全没有味道", None),
        ("汤没有味道", "food_drink"),
        ("申请退款被拒", "returns"),
        ("不建议急用的人买", None),
        ("干货不多", None),
        ("great selection of books", None),
        ("dropped off my books", None),
        ("a book a week is my limit", None),
        ("you have to book online", "booking"),
        ("we booked a court", "booking"),
        ("could not book a slot", "booking"),
        ("open till eleven", None),
        ("the till was broken", "cart_checkout"),
        ("everything was clean and in order", None),
        ("people pass through all day", None),
        ("my annual pass would not scan", "ticket"),
        ("they lift your mood", None),
        ("the lift is stuck", "facilities"),
        ("a statement necklace", None),
        ("just scanned a document", None),
        ("the permanent collection is superb", None),
        ("our coach to the airport broke down", "vehicle"),
        ("nowhere to park", "parking"),
        ("walked through the park", None),
        ("教学楼不允许通宵", None),
        ("社团活动很多", None),
        ("操作系统装好了", None),
    ],
)
def test_a_word_that_means_something_else_betrays_nothing(text, touchpoint):
    assert found(text)[0] == touchpoint


def test_a_term_of_the_study_wins_over_a_shipped_one():
    kiosk = Term("kiosk", {"en": "Kiosk", "zh-Hant": "自助機"}, ("self service machine",))

    assert found("the courier stood beside the kiosk", [kiosk])[0] == "kiosk"
    assert found("自助机又坏了", [kiosk])[0] == "kiosk"


def test_a_study_adds_words_to_a_shipped_key():
    assert found("the zibbel never comes", channels=[Term("delivery", {}, ("zibbel",))])[1] == "delivery"


@pytest.mark.parametrize("area", ["touchpoints", "channels"])
def test_every_term_has_words_and_names(area):
    assert list(knowledge.table(area)) == labels.keys(area)


def cases():
    lines = (Path(__file__).parent.parent / "cases/text/touchpoints.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("column", "name", "precision", "recall"), [(1, "touchpoint", 0.93, 0.95), (2, "channel", 0.96, 0.98)])
def test_ambiguous_words_in_three_languages(column, name, precision, recall):
    rows = cases()
    said = touchpoints.find(pd.DataFrame({"normal": [language.to_simplified(row[0]).lower() for row in rows]}), (), ())[
        name
    ].fillna("-")
    allowed = [row[column].split("|") for row in rows]
    hits = [given for given in zip(said, allowed, strict=True) if given[0] != "-"]
    right = sum(given in wanted for given, wanted in hits)
    missed = sum("-" not in wanted and given not in wanted for given, wanted in zip(said, allowed, strict=True))

    assert len(rows) >= 350
    assert right / len(hits) >= precision
    assert right / (right + missed) >= recall


def test_line_among_chinese_is_the_messenger():
    assert found("加入官方line才能点餐")[1] == "chat"
    assert found("the line was long")[1] is None
