"""What an answer is about, in three languages; and the direction of agreement on any scale."""

from __future__ import annotations

import pytest

from research_kit.personas.facets import facet, is_outcome
from research_kit.personas.wording import Asked
from research_kit.records import Kind, Question

FIVE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
FOUR = ("非常不同意", "不同意", "同意", "非常同意")


def question(text: str, kind: Kind = "single", **more: object) -> Question:
    return Question("q", text, kind, "active", "because", **more)  # type: ignore[arg-type]


def of(text: str, kind: Kind = "single") -> str:
    return facet(Asked(question(text, kind), ""), {"kind": "share", "answer": "x", "effect": 0.5})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How often do you visit?", "does"), ("Do you own a dog?", "does"), ("Do you ever gamble?", "does"), ("Where do you buy?", "does"),
        ("Which of these have you used?", "does"), ("您多久來一次？", "does"), ("您通常在哪里购买？", "does"), ("您有沒有養狗？", "does"),
        ("What do you want from us?", "wants"), ("Do you need help?", "wants"), ("Do you plan to buy a car?", "wants"),
        ("Why do you come here?", "wants"), ("How important is the price?", "wants"), ("您希望我們改進什麼？", "wants"), ("您为什么选择我们？", "wants"),
        ("Is it rude to recline?", "feels"), ("Do you trust us?", "feels"), ("Do you enjoy cooking?", "feels"), ("Do you worry about privacy?", "feels"),
        ("How satisfied are you with the staff?", "feels"), ("您對服務滿意嗎？", "feels"), ("你觉得价格合理吗？", "feels"),
    ],
)  # fmt: skip
def test_the_words_of_a_question_say_what_it_is_about(text: str, expected: str) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("rating", "feels"), ("nps", "feels"), ("ranking", "wants"), ("single", "does"), ("multiple", "does")]
)
def test_where_the_words_say_nothing_the_kind_does(kind: Kind, expected: str) -> None:
    assert of("Q17", kind) == expected


@pytest.mark.parametrize(
    ("levels", "kind", "answer", "effect", "expected"),
    [
        (FIVE, "at_least", "Agree", 0.5, "agrees"), (FIVE, "at_most", "Disagree", 0.5, "disagrees"),
        (FIVE, "at_least", "Agree", -0.5, "disagrees"), (FIVE, "share", "Strongly disagree", -0.5, "agrees"),
        (FIVE[::-1], "at_most", "Agree", 0.5, "agrees"), (FIVE[::-1], "at_least", "Disagree", 0.5, "disagrees"),
        (FOUR, "at_least", "同意", 0.5, "agrees"), (FOUR, "share", "非常不同意", 0.5, "disagrees"),
        (FOUR[::-1], "at_most", "同意", 0.5, "agrees"),
        # Nobody gave an end of the scale: the direction is still known.
        (FIVE[:3], "at_most", "Disagree", 0.5, "disagrees"), (FIVE[:3], "share", "Strongly disagree", -0.5, "agrees"),
        (FIVE[2:], "at_least", "Agree", 0.5, "agrees"), (FIVE[2:][::-1], "at_most", "Agree", 0.5, "agrees"),
    ],
)  # fmt: skip
def test_agreement_has_a_direction_on_every_scale(
    levels: tuple[str, ...], kind: str, answer: str, effect: float, expected: str
) -> None:
    item = Asked(question("Tea is better than coffee", "rating"), "", levels)
    assert facet(item, {"kind": kind, "answer": answer, "effect": effect}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Overall, how satisfied are you?",
        "How likely are you to recommend us to a friend?",
        "您整體滿意度如何？",
        "您会向朋友推荐我们吗？",
    ],
)
def test_what_rates_the_whole_is_an_outcome(text: str) -> None:
    assert is_outcome(question(text, "rating"))
    assert not is_outcome(question(text, "single"))
    assert not is_outcome(question(text, "rating", rows=("Staff", "Price")))


def test_a_rating_of_one_thing_is_no_outcome_and_a_recommendation_always_is() -> None:
    assert not is_outcome(question("How satisfied are you with the staff?", "rating"))
    assert is_outcome(question("Q9", "nps"))
    assert is_outcome(question("Stars", "rating", overall_rating=True))
