"""Lines of a card: short, cut between words, in the output language; numbers as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from research_kit.personas.wording import Asked, is_agreement, listed, number, shorten, side, span, subject, tidy, trait_text
from research_kit.records import Language, Question, Scale

AGREE = ("Disagree", "Neither", "Agree", "Strongly agree")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Q3. Why do you come? (Select all that apply)", "Why do you come"),
        ("12) Price [EUR]:", "Price"),
        ("Why do you come? Please select all that apply.", "Why do you come"),
        ("您來的原因？（可複選）", "您來的原因"),
        ("How much, if at all, do you care", "How much do you care"),
    ],
)
def test_numbering_remarks_and_instructions_go(text: str, left: str) -> None:
    assert tidy(text) == left


def test_what_is_too_long_is_cut_between_words_and_in_chinese_at_half_the_length() -> None:
    assert shorten("In the last twelve months, how often did you visit us", 40) == "How often did you visit us"
    assert shorten("a word after another word and no end", 20) == "A word after…"
    assert shorten("一二三四五六七八九十", 10) == "一二三四…"
    assert shorten("短題", 10) == "短題"


def item(
    kind: str = "rating", *, text: str = "How is it?", part: str = "", levels: tuple[Any, ...] = (), scale: Scale | None = None
) -> Asked:
    return Asked(Question("k", text, kind, "active", "", scale=scale), part, levels)  # type: ignore[arg-type]


def row(kind: str, answer: Any, value: float = 0.61, others: float = 0.2) -> dict[str, Any]:
    return {"kind": kind, "answer": answer, "value": value, "others": others, "effect": value - others}


def test_a_side_of_a_scale_holds_all_its_answers() -> None:
    asked = item(levels=AGREE)
    assert side(row("at_least", "Agree"), asked) == ("Agree", "Strongly agree")
    assert side(row("at_most", "Neither"), asked) == ("Disagree", "Neither")
    assert side(row("share", "Agree"), asked) == ("Agree",)
    assert is_agreement(AGREE)
    assert not is_agreement(("Never", "Always"))


@pytest.mark.parametrize(
    ("language", "either", "whole"),
    [("en", "“Agree” or “Strongly agree”", "“Disagree” to “Strongly agree”"), ("zh-Hant", "「Agree」或「Strongly agree」", "「Disagree」到「Strongly agree」"),
     ("zh-Hans", "“Agree”或“Strongly agree”", "“Disagree”到“Strongly agree”")],
)  # fmt: skip
def test_neighbouring_answers_in_words(language: Language, either: str, whole: str) -> None:
    assert span(AGREE[2:], language) == either
    assert span(AGREE, language) == whole
    assert listed(["a", "b"], "zh-Hant") == "「a」、「b」"


def test_a_row_that_is_a_sentence_needs_no_question() -> None:
    assert subject(item(text="How much do you agree?", part="I need a quiet place")) == "I need a quiet place"
    assert subject(item(text="How satisfied are you?", part="Staff")) == "How satisfied are you – Staff"


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (3.14159265, "3.14159"), (1250000.0, "1250000"), (0.5, "0.5")])
def test_numbers_as_people_write_them(value: float, text: str) -> None:
    assert number(value) == text


def test_lines_carry_both_figures_and_two_means_never_look_alike() -> None:
    assert trait_text(row("share", "Weekly"), item(text="How often?"), "en") == "How often: “Weekly”: 61% (others 20%)"
    scale = Scale(1, 5, ("poor", "2", "3", "4", "excellent"), "up")
    told = trait_text(row("mean", None, 4.126, 4.114), item(scale=scale), "en")
    assert "4.13" in told
    assert "4.11" in told
    assert "poor" in told
