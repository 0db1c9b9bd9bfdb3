# ruff: noqa: E501 (lists of sentences)
"""Wishes by their wording, findings in answer to a question for wishes, and negations that reach far."""

from __future__ import annotations

import numpy as np
import pytest

from research_kit.text import annotate, framing
from research_kit.text.pieces import split
from research_kit.text.signs import evidence

FEATURES = "What new features or changes would you like to see?"


@pytest.mark.parametrize(
    "clause",
    [
        "i'd love a widget", "it would be nice to have folders", "please add a dark theme", "could you add more colours", "i wish there was a list view", "maybe add a timer",
        "希望可以增加座位", "建议新增夜间模式", "如果能导出就好了", "能不能加个搜索", "要是支持横屏就更方便了",
    ],
)  # fmt: skip
def test_wordings_of_a_wish(clause: str) -> None:
    assert framing.wishful([clause]).all()
    assert not framing.states(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "i wish it didn't crash", "it would be nice if it actually worked", "please stop sending me mails", "i would recommend it", "i would love it here", "希望不要再涨价了", "希望你们修一修",
        "我希望是这样",
    ],
)  # fmt: skip
def test_wordings_that_scold_or_wish_for_nothing(clause: str) -> None:
    assert not framing.wishful([clause]).any()


def test_wishes_are_neutral_wishes_whatever_was_asked() -> None:
    found = annotate(["I'd love a vegetarian option.", "如果能支援悠遊卡就太好了", "Please add landscape mode"])

    assert found["kind"].eq("wish").all()
    assert found["sentiment"].eq("neutral").all()


def test_a_finding_in_answer_to_a_question_for_wishes_is_no_wish() -> None:
    told = [
        "Googling for it turns up tons of outdated pages",
        "The order of the cells is not obvious",
        "but I am not sure how that would work",
    ]
    found = annotate(told, questions=[FEATURES] * 3)

    assert not found["kind"].eq("wish").any()


def test_without_a_word_for_it_nothing_is_a_wish() -> None:
    told = ["sharing of notebooks", "collaboration", "cell evaluation", "版本管理"]
    found = annotate(told, questions=["What aspects make it pleasant to use?"] * 3 + ["您最满意的是什么？"])

    assert not found["kind"].eq("wish").any()


@pytest.mark.parametrize("path", ["en", "zh"])
def test_a_doubt_reaches_to_the_end_of_its_piece(path: str) -> None:
    said = {"en": "i can not say that the people at the desk in the hall were friendly", "zh": "谈不上让人住得有多么舒服"}[path]
    pieces = split.pieces([said])
    table = evidence.gather(pieces, path).dense
    column = evidence.names(path).index

    assert table[0, column("turned_positive")] >= 1
    assert table[0, column("negative")] < 0
    assert np.isclose(table[0, column("positive")], 0)


def test_blame_is_no_wish_whatever_was_asked_and_a_wish_after_it_stands_alone() -> None:
    asked = "您还有什么建议？"
    texts = ["骑手态度很差", "减少等待时间", "多一點素食", "廁所很髒，沒有衛生紙，希望多一點素食選項"]
    found = annotate(texts, questions=[asked] * len(texts))
    assert found[["text", "kind"]].to_numpy().tolist() == [
        ["骑手态度很差", "pain"],
        ["减少等待时间", "wish"],
        ["多一點素食", "wish"],
        ["廁所很髒，沒有衛生紙", "pain"],
        ["希望多一點素食選項", "wish"],
    ]
