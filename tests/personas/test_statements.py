"""Statements in the first person make names of others, in three languages."""

from __future__ import annotations

import pytest

from research_kit.personas import phrases

SCALES = {
    "en": ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
    "zh-Hant": ["非常不同意", "不同意", "普通", "同意", "非常同意"],
    "zh-Hans": ["非常不同意", "不同意", "一般", "同意", "非常同意"],
}


def named(language: str, statement: str, agrees: bool) -> str:
    levels = SCALES[language]
    found = phrases.framed(statement, levels[3:] if agrees else levels[:2], levels)
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("language", "statement", "agrees", "name"),
    [
        ("en", "I would miss my branch if it closed", True, "would miss my branch"),
        ("en", "I would miss my branch if it closed", False, "would not miss my branch"),
        ("en", "I would rather speak to a person than use an app", True, "would rather speak to a person"),
        ("en", "I'm loyal to one brand", True, "loyal to one brand"),
        ("en", "I am loyal to one brand", False, "not loyal to one brand"),
        ("en", "I’ve changed banks before", True, "have changed banks before"),
        ("en", "I never read the terms", False, "disagree: I never read the terms"),
        ("en", "It remembers my usual order when I come back", True, "It remembers my usual order"),
        ("zh-Hant", "我比較喜歡有人在現場帶我", True, "喜歡有人在現場帶自己"),
        ("zh-Hant", "我需要家人陪我看病", False, "不需要家人陪自己看病"),
        ("zh-Hant", "我經常半夜下單", False, "不常半夜下單"),
        ("zh-Hant", "我們家很重視環保", True, "我們家很重視環保"),
        ("zh-Hant", "價格比品牌重要", False, "不同意價格比品牌重要"),
        ("zh-Hans", "我需要提前选好座位", True, "需要提前选好座位"),
        ("zh-Hans", "我会比较好几家的价格", False, "不会比较好几家的价格"),
        ("zh-Hans", "我不喜欢排队", False, "不同意我不喜欢排队"),
    ],
)
def test_a_statement_becomes_what_they_do(language: str, statement: str, agrees: bool, name: str) -> None:
    assert named(language, statement, agrees) == name


def test_what_is_cut_off_a_denial_makes_it_a_poor_name() -> None:
    """ "Do not check my account" is not what they said of "more than once a day"."""
    whole = phrases.framed("I check my account", SCALES["en"][:2], SCALES["en"])
    cut = phrases.framed("I check my account more than once a day", SCALES["en"][:2], SCALES["en"])
    assert whole is not None
    assert cut is not None
    assert whole.kept > 0.9
    assert cut.kept < 0.35


@pytest.mark.parametrize(
    ("statement", "agrees", "name"),
    [
        ("考試成績對我很重要", True, "重視考試成績"),
        ("考試成績對我很重要", False, "不重視考試成績"),
        ("价格对我来说非常重要", True, "看重价格"),
        ("这个品牌对我的家人很重要", True, "这个品牌对我的家人很重要"),
    ],
)
def test_what_is_important_to_them_is_what_they_value(statement: str, agrees: bool, name: str) -> None:
    assert phrases.agreed(statement, agrees=agrees).text == name
