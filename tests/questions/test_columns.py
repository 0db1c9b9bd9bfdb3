"""Columns of words and columns beside the answers: choices or own words, ids, constants, and what stands beside a comment."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.questions import aside, choices, comments
from research_kit.questions.draft import Draft, Part
from research_kit.questions.profile import Profile
from research_kit.records import Question, Scale


def profile(values: list[str]) -> Profile:
    codes, uniques = pd.factorize(pd.Series(values, dtype="str"))
    return Profile(tuple(uniques), np.bincount(codes), codes)


def draft(text: str, values: list[str], *, hint: str = "", types: tuple[str, ...] = ("survey",)) -> Draft:
    return Draft("k", text, (Part("", profile(values), {0: 0}, hint=hint),), (0,), types)


def decided(rule: object, text: str, values: list[str], **more: object) -> str:
    one = draft(text, values, **more)  # type: ignore[arg-type]
    found = rule(one, one.first.column)  # type: ignore[operator]
    return found.why if found is not None else ""


OWN = [f"It was my {i}th visit and the staff were kind to us all." for i in range(40)]


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        ("Did you book?", ["Yes", "No"] * 8, "yes-no"),
        ("Which desk did you use?", ["North", "South", "East"] * 10, "few-values"),
        ("您用哪個櫃檯？", ["東", "西", "南"] * 10, "few-values"),
        ("What did you like?", OWN, ""),
        ("City", [f"Town {i % 30}" for i in range(600)], "few-values"),
    ],
)
def test_choices_come_again_and_own_words_do_not(text: str, values: list[str], why: str) -> None:
    assert decided(choices.single, text, values) == why


def test_who_somebody_is_in_words_is_no_opinion() -> None:
    jobs = [f"Nurse {i}" for i in range(30)]
    assert decided(choices.identity, "What is your job title?", jobs) == "identity-text"
    assert decided(choices.identity, "What did you think of the talk?", jobs) == ""


@pytest.mark.parametrize(
    ("rule", "text", "values", "why"),
    [
        (aside.identifier, "Where can we reach you?", [f"a{i}@example.org" for i in range(12)], "contact"),
        (aside.identifier, "Ticket", [f"gm-{i:04}" for i in range(12)], "id-values"),
        (aside.identifier, "Column 3", [str(7 * i) for i in range(30)], "id-values"),
        (aside.identifier, "How many visits?", [str(i % 6) for i in range(30)], ""),
        (aside.weight, "weight", ["0.8", "1.2"] * 10, "weight"),
        (aside.weight, "weight", ["heavy", "light"] * 10, ""),
        (aside.constant, "Consent", ["I agree that my answers are used for the study named above."] * 25, "constant"),
        (aside.constant, "Consent", ["Yes"] * 25, ""),
        (aside.empty, "Other", [], "empty"),
    ],
)
def test_columns_that_are_no_answers(rule: object, text: str, values: list[str], why: str) -> None:
    assert decided(rule, text, values) == why


def test_likes_of_a_review_are_about_the_review() -> None:
    likes = [str(i % 4) for i in range(12)]
    assert decided(aside.reaction, "Likes", likes, types=("reviews",)) == "meta-name"
    assert decided(aside.reaction, "Likes", likes) == ""


def test_the_platform_s_own_word_comes_first() -> None:
    assert decided(aside.by_hint, "x", ["4", "5"] * 6, hint="review_rating", types=("reviews",)) == "star-rating"
    assert decided(aside.by_hint, "x", ["fine"] * 3, hint="other_text") == "other-text"
    assert decided(aside.by_hint, "x", ["fine"] * 3) == ""


def test_ratings_stand_beside_comments_with_1_as_the_best() -> None:
    levels = ["1", "2", "3", "4", "5"]
    answers = pd.DataFrame({"q": pd.Categorical.from_codes([0, 4, 2, -1], levels, ordered=True)})
    asked = Question(
        "q", "Overall?", "rating", "active", "", scale=Scale(1, 5, (), "up"), answer_columns=("q",), overall_rating=True
    )

    def rated(direction: str, *, overall: bool = True) -> list[float]:
        scale = Scale(1, 5, (), direction)  # type: ignore[arg-type]
        from dataclasses import replace

        return comments.ratings([replace(asked, scale=scale, overall_rating=overall)], answers).tolist()

    assert rated("up")[:3] == [0.0, 1.0, 0.5]
    assert rated("down")[:3] == [1.0, 0.0, 0.5]
    assert np.isnan(rated("up")[3])
    assert np.isnan(rated("unknown")).all()
    assert np.isnan(rated("up", overall=False)).all()
