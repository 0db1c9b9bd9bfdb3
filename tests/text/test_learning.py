"""Learning from ratings: own ratings never enter own values; planted words are learned; folds are honest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from research_kit.text import annotate, reader
from research_kit.text.judgement import learning

GOOD, BAD = "zib", "vok"
"""Words of no language: only the ratings can teach what they mean."""


@pytest.fixture(scope="module")
def planted() -> tuple[list[str], list[float]]:
    """600 comments that say zib when rated 5 and vok when rated 1, in words that say nothing else."""
    rng = np.random.default_rng(1)
    things = "table lamp chair door window shelf cable panel handle box screen cover wheel bag tray".split()
    texts, ratings = [], []
    for _ in range(600):
        good = bool(rng.integers(2))
        a, b, c = rng.choice(things, 3, replace=False)
        texts.append(f"the {a} and the {b} were {GOOD if good else BAD} with the {c} number {rng.integers(1000)}")
        ratings.append(5.0 if good else 1.0)
    return texts, ratings


def test_words_without_a_meaning_get_that_of_their_ratings(planted: tuple[list[str], list[float]]) -> None:
    texts, ratings = planted
    cold = annotate(texts, unit="text")["valence"].fillna(0)
    warm = annotate(texts, ratings=ratings, unit="text")["valence"]
    truth = np.array(ratings) > 3

    assert 0.3 < ((cold > 0) == truth).mean() < 0.7
    assert ((warm > 0) == truth).mean() > 0.95


@pytest.mark.parametrize(("number", "other"), [(0, 3.0), (401, 1.0), (402, 5.0)])
def test_a_texts_own_rating_never_enters_its_own_value(planted: tuple[list[str], list[float]], number: int, other: float) -> None:
    texts, ratings = planted
    changed = list(ratings)
    changed[number] = other
    before, after = (annotate(texts, ratings=given, unit="text").loc[number] for given in (ratings, changed))
    clauses = [
        found[found["text_id"] == number][["sentiment", "valence", "emotion", "kind"]]
        for found in (annotate(texts, ratings=given) for given in (ratings, changed))
    ]

    assert (before["sentiment"], before["valence"]) == (after["sentiment"], after["valence"])
    assert clauses[0].equals(clauses[1])


def test_twins_fall_into_one_fold() -> None:
    assert learning.fold_of("So  GOOD!") == learning.fold_of("so good!") == learning.fold_of("ＳＯ　ＧＯＯＤ！")


def test_shuffled_ratings_are_refused_or_change_little(planted: tuple[list[str], list[float]]) -> None:
    """Where ratings mean nothing, a study's own model must not be believed."""
    from research_kit.text import reader

    texts, ratings = planted
    noise = np.random.default_rng(3).permutation(ratings)
    _, figures = reader.fitted(texts, [""] * len(texts), noise, ())

    assert figures["en"]["study_macro_f1"] < 0.6


def test_too_few_ratings_teach_nothing() -> None:
    texts = ["good", "bad"] * 5

    assert annotate(texts, ratings=[5, 1] * 5, unit="text")["valence"].equals(annotate(texts, unit="text")["valence"])


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([1, 3, 5], [0, 0.5, 1]),
        ([0, 10], [0, 1]),
        ([1, 10], [0, 1]),
        ([2, 4], [0.25, 0.75]),
        ([-1, 1], [0, 1]),
        ([0.2, 1], [0.2, 1]),
        ([0, 50, 100], [0, 0.5, 1]),
    ],
)
def test_ratings_are_brought_to_one_scale(ratings: list[float], expected: list[float]) -> None:
    assert learning.scaled(np.array(ratings, float)).tolist() == pytest.approx(expected)


def test_a_persons_rating_is_no_label_of_what_they_were_led_to_name() -> None:
    asked = ["What frustrates you most?", "Why did you give this score?", "What would you like us to add?", ""]
    comments = pd.DataFrame({"question_text": asked, "framing": ["negative", "neutral", "neutral", ""], "rating": 1.0})

    found = reader.telling_ratings(comments, reader.asked_of(comments))

    assert np.isnan(found).tolist() == [True, False, True, False]


def test_rules_and_study_choose_among_the_poles_that_anybody_gave() -> None:
    """Facts that the rules call neutral are no errors where all labels are negative or positive."""
    n = 200
    target = np.arange(n) % 2 * 2
    cold = np.tile([0.0, 1.0, 0.0], (n, 1))
    cold[np.arange(n), target] += 0.5
    words = sparse.csr_matrix(np.ones((n, 1), np.float32))

    model = learning.fit(words, cold, np.tile(target, (learning.FOLDS, 1)), np.ones(n), np.arange(n) % learning.FOLDS)

    assert model is not None
    assert model.figures["rules_macro_f1"] == 1.0
    assert model.figures["folds_blended"] == 0
