"""What people chose: the most chosen answers with their bases, and how each is said where it could be taken for another's."""

from __future__ import annotations

import pandas as pd
import pytest

from research_kit.journey import closed
from research_kit.journey.crowd import Crowd
from research_kit.records import EVERYONE, Question
from tests.journey import world


def single(key: str, text: str) -> Question:
    return Question(key, text, "single", "active", "", stage="pay", answer_columns=(key,))


def told(questions: tuple[Question, ...], answers: dict[str, list[str | None]], *, persona: str = EVERYONE, goals: bool = False):
    people = world.responses([], questions=questions, answers=pd.DataFrame(answers))
    crowd = Crowd.of(people, world.personas(10, 6), pool=False)
    return [(a.text, a.claim.n, a.claim.base) for a in closed.answers(people, crowd, persona, "pay", goals=goals)]


WAYS = ["card"] * 4 + ["cash"] * 3 + ["Other (please say)"] + ["phone"] * 1 + [None]


def test_the_three_most_chosen_are_told_and_what_names_nothing_is_not() -> None:
    assert told((single("how", "Which way did you pay?"),), {"how": WAYS}) == [("card", 4, 9), ("cash", 3, 9), ("phone", 1, 9)]


def test_a_persona_is_told_its_own_answers() -> None:
    assert told((single("how", "Which way did you pay?"),), {"how": WAYS}, persona="persona-1") == [
        ("card", 4, 6),
        ("cash", 2, 6),
    ]


def test_as_many_choices_go_by_their_words() -> None:
    assert [text for text, _, _ in told((single("how", "Way?"),), {"how": ["b"] * 5 + ["a"] * 5})] == ["a", "b"]


def test_answers_of_several_questions_in_a_cell_say_which_they_answer() -> None:
    questions = (
        single("how", "Which way did you pay?"),
        single("where", "Where did you pay, at the counter or at the table by yourself?"),
    )

    found = told(questions, {"how": ["card"] * 10, "where": ["counter"] * 10})

    assert [text for text, _, _ in found] == [
        "Which way did you pay? — card",
        "Where did you pay, at the counter or at… — counter",
    ]


@pytest.mark.parametrize(
    ("asked", "answer", "line"),
    [("Paid by app?", "Yes", "Paid by app? — Yes"), ("您用過行動支付嗎？", "是", "您用過行動支付嗎？ — 是")],
)
def test_a_mere_yes_says_to_what(asked: str, answer: str, line: str) -> None:
    assert told((single("q", asked),), {"q": [answer] * 10}) == [(line, 10, 10)]


@pytest.mark.parametrize(
    ("asked", "goal"),
    [
        ("Why did you come?", True),
        ("您來店的目的是？", True),
        ("What were you looking for?", True),
        ("How did you pay?", False),
        ("您怎麼付款？", False),
    ],
)
def test_questions_of_why_and_what_for_are_goals(asked: str, goal: bool) -> None:
    answers: dict[str, list[str | None]] = {"q": ["to work"] * 10}

    assert bool(told((single("q", asked),), answers, goals=True)) == goal
    assert bool(told((single("q", asked),), answers, goals=False)) != goal


def test_who_ticked_nothing_counts_in_the_base_and_who_was_not_asked_does_not() -> None:
    many = Question("w", "Ways of paying", "multiple", "active", "", stage="pay", answer_columns=("w | card", "w | cash"))
    ticks = {"w | card": [True] * 4 + [False] * 4 + [None] * 2, "w | cash": [True] * 2 + [False] * 6 + [None] * 2}
    table = {column: pd.array(values, dtype="boolean") for column, values in ticks.items()}

    assert told((many,), table) == [("card", 4, 8), ("cash", 2, 8)]  # type: ignore[arg-type]
