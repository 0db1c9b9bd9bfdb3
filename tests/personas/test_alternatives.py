"""Explanations without personas: pairs of questions and degrees are seen where they were planted, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import alternatives, choose, encode, stability
from research_kit.personas.design import Design
from research_kit.personas.mixture import Prior
from research_kit.personas.model import PersonaModel


def cut(value: np.ndarray, levels: int = 5) -> pd.Categorical:
    codes = np.searchsorted(np.linspace(-1.5, 1.5, levels - 1), value) + 1
    return pd.Categorical(codes, categories=list(range(1, levels + 1)), ordered=True)


def noise(
    n: int,
    seed: int,
    *,
    ratings: int,
    singles: int = 0,
    style: float = 0.0,
    twins: Sequence[tuple[int, int]] = (),
    alike: float = 0.8,
) -> pd.DataFrame:
    """Answers of people who are all of one kind; ``twins`` are near-synonymous ratings, correlated by ``alike``."""
    rng = np.random.default_rng(seed)
    error = rng.normal(size=(n, ratings))
    for one, other in twins:
        error[:, other] = alike * error[:, one] + np.sqrt(1 - alike**2) * error[:, other]
    eager = style * rng.normal(size=n)
    X = pd.DataFrame({f"r{j}": cut(error[:, j] + eager) for j in range(ratings)})
    for j in range(singles):
        X[f"s{j}"] = rng.choice(list("abc"), size=n, p=[0.5, 0.3, 0.2])
    return X


def design(X: pd.DataFrame) -> Design:
    return encode.learn(X).design(X)


def gain(X: pd.DataFrame) -> float:
    return sum(edge[0] for edge in alternatives.pairs(design(X), choose.penalty(len(X))))


# ---------------------------------------------------------------- pairs


@pytest.mark.parametrize("style", [0.0, 1.0])
@pytest.mark.parametrize(("ratings", "singles"), [(3, 0), (4, 0), (3, 4), (8, 0)])
def test_independent_answers_make_no_pairs_however_small_the_battery(ratings: int, singles: int, style: float) -> None:
    """Three items less their own mean correlate at -1/2: that alone was a gain of 245 at 400 people."""
    gains = [gain(noise(400, seed, ratings=ratings, singles=singles, style=style)) for seed in range(25)]

    assert np.mean(gains) < 4
    assert np.mean([g > 10 for g in gains]) <= 0.1


def test_twins_are_named_and_worth_what_they_share() -> None:
    X = noise(400, 1, ratings=6, style=0.7, twins=[(1, 4)])
    edges = alternatives.pairs(design(X), choose.penalty(400))

    assert edges[0][1:] == (1, 4)
    # A pair of correlation r takes -n log(1 - r^2) off the deviance; cutting at five levels costs some of the .8.
    assert 400 * -np.log(1 - 0.7**2) < edges[0][0] < 400 * -np.log(1 - 0.82**2)
    assert sum(edge[0] for edge in edges[1:]) < 15


def test_a_nominal_twin_is_a_pair_too() -> None:
    rng = np.random.default_rng(0)
    one = rng.choice(list("abcd"), 300)
    X = pd.DataFrame(
        {"a": one, "c": rng.choice(list("abcd"), 300), "b": np.where(rng.random(300) < 0.8, one, rng.choice(list("abcd"), 300))}
    )
    X["rating"] = [ord(letter) - 90 + int(step) for letter, step in zip(X["c"], rng.integers(0, 3, 300), strict=True)]
    edges = alternatives.pairs(design(X), choose.penalty(300))

    pairs = {edge[1:]: edge[0] for edge in edges}
    assert set(pairs) == {(1, 3), (0, 2)}  # the rating (item 0) goes with c, a with b; nothing joins the two
    assert pairs[1, 3] > 200
    assert pairs[0, 2] > 50


def test_pairs_do_not_depend_on_the_order_of_people_or_on_their_number_of_copies() -> None:
    X = noise(200, 2, ratings=5, singles=3, twins=[(0, 1)])
    assert gain(X.sample(frac=1, random_state=1)) == pytest.approx(gain(X))
    made = design(X)
    double = made.take(np.repeat(np.arange(200), 2))
    strongest = [alternatives.pairs(d, 0.0)[0] for d in (made, double)]
    assert strongest[0][1:] == strongest[1][1:]
    chosen = 2 * np.log(made.items - 1)
    assert strongest[1][0] + chosen == pytest.approx(2 * (strongest[0][0] + chosen))


def test_a_battery_that_few_people_answered_is_no_pair() -> None:
    X = noise(60, 3, ratings=3, twins=[(0, 1)]).astype("Float64")
    X.iloc[:45, 0] = pd.NA
    made = encode.learn(X.assign(r0=np.arange(60) % 5)).design(X)
    assert all(0 not in edge[1:] for edge in alternatives.pairs(made, 0.0))


def test_style_is_what_the_typical_pair_shares() -> None:
    """Ratings of correlation .5 by style alone are independent given it; a twin on top keeps its own share."""
    correlation = np.full((4, 4), 0.5)
    assert alternatives._without_style(correlation, np.ones(4))[0, 1] == pytest.approx(0.0)
    correlation[0, 1] = correlation[1, 0] = 0.9
    left = alternatives._without_style(correlation, np.ones(4))
    assert left[0, 1] == pytest.approx(0.8)
    assert left[0, 2] == pytest.approx(0.0)
    apart = -0.2 * np.ones((3, 3))
    assert alternatives._without_style(apart, np.ones(3))[0, 1] == pytest.approx(-0.2)  # no style is negative


def test_an_item_that_does_not_vary_correlates_with_nothing() -> None:
    scores = np.column_stack([np.zeros(30), np.arange(30.0), -np.arange(30.0)])
    correlation, together = alternatives._pairwise(scores, np.ones((30, 3)))
    assert correlation[0].tolist() == [0.0, 0.0, 0.0]
    assert correlation[1, 2] == pytest.approx(-1.0)
    assert together.tolist() == [[30.0] * 3] * 3


def test_personas_hold_without_one_of_each_pair_and_twins_do_not() -> None:
    def left(X: pd.DataFrame) -> tuple[float, float]:
        made, price, rng = design(X), choose.penalty(len(X)), np.random.default_rng(0)
        one, two = (stability.best(made, k, rng, starts=4, prior=Prior())[1] for k in (1, 2))
        lead = 2 * (two - one) - price * (made.parameters(2) - made.parameters(1))
        return lead, alternatives.without_pairs(made, 2, lead, price, rng, Prior())

    twins = noise(300, 1, ratings=4, singles=6, twins=[(0, 1), (2, 3)])
    kinds = noise(300, 1, ratings=6, singles=2, twins=[(0, 1)], alike=0.95)
    far = np.random.default_rng(5).random(300) < 0.5
    for column in ("r2", "r3", "r4", "r5"):
        kinds[column] = cut(np.random.default_rng([5, int(column[1])]).normal(size=300) + np.where(far, 1.0, -1.0))
    lead, without = left(twins)
    assert lead > 30
    assert without < 0
    lead, without = left(kinds)
    assert without > 100


@pytest.mark.parametrize(
    ("n", "ratings", "twins", "alike"), [(150, 3, [(0, 1)], 0.8), (150, 10, [(0, 1)], 0.85), (400, 4, [(0, 1), (2, 3)], 0.6)]
)
def test_a_few_twins_are_no_personas(n: int, ratings: int, twins: list[tuple[int, int]], alike: float) -> None:
    model = PersonaModel(max_personas=3).fit(noise(n, 7, ratings=ratings, singles=6, twins=twins, alike=alike))
    assert (model.n_personas_, model.reasons_[0].key) == (0, "none_pairs")


def test_a_fixed_number_of_twins_is_weak_and_says_why() -> None:
    model = PersonaModel(2).fit(noise(150, 7, ratings=3, singles=6, twins=[(0, 1)]))
    assert (model.n_personas_, model.verdict_) == (2, "weak")
    assert "none_pairs" in [r.key for r in model.reasons_]


# ---------------------------------------------------------------- degrees


def lead_of_two(X: pd.DataFrame) -> tuple[float, int]:
    """By how much two classes beat continuous dimensions."""
    made, price = design(X), choose.penalty(len(X))
    fitted, _ = stability.best(made, 2, np.random.default_rng(0), starts=4, prior=Prior())
    return alternatives.degrees(made, fitted, made.parameters(2), price, Prior())


def test_two_far_kinds_beat_a_line_and_a_line_beats_two_kinds() -> None:
    rng = np.random.default_rng(1)
    place = np.where(rng.random(400) < 0.5, 1.5, -1.5)
    kinds = pd.DataFrame({f"s{j}": np.where(rng.random(400) < 1 / (1 + np.exp(-place)), "y", "n") for j in range(10)})
    degree = rng.normal(size=(400, 1))
    line = pd.DataFrame(np.where(rng.random((400, 10)) < 1 / (1 + np.exp(-1.8 * degree)), "y", "n")).add_prefix("s")

    lead, _ = lead_of_two(kinds)
    assert lead > 10
    lead, dimensions = lead_of_two(line)
    assert lead < -10
    assert dimensions == 1
