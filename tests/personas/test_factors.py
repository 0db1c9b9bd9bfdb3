"""Continuous dimensions: the grid by hand, the likelihood against one group's, planted lines and none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import encode, factors, stability
from research_kit.personas.design import Design
from research_kit.personas.mixture import Prior


def answers(n: int, loadings: np.ndarray, seed: int, *, missing: float = 0.0) -> Design:
    """Yes-or-no questions; (q, questions) loadings on independent normal dimensions."""
    rng = np.random.default_rng(seed)
    eta = rng.normal(size=(n, len(loadings))) @ loadings
    ticks = pd.DataFrame(rng.random(eta.shape) < 1 / (1 + np.exp(-eta))).astype("boolean").mask(rng.random(eta.shape) < missing)
    ticks = ticks.add_prefix("q")
    return encode.learn(ticks).design(ticks)


def likelihoods(design: Design, most: int) -> list[float]:
    return [factors.fit_dimensions(design, q, Prior()).log_likelihood for q in range(1, most + 1)]


def one_group(design: Design) -> float:
    return stability.best(design, 1, np.random.default_rng(0), starts=1, prior=Prior())[1]


@pytest.mark.parametrize("q", [1, 2, 3, 4, 5])
def test_places_are_standard_normal_in_every_direction(q: int) -> None:
    places, log_weight = factors.grid(q)
    weight = np.exp(log_weight)
    assert weight.sum() == pytest.approx(1)
    assert weight @ places == pytest.approx(np.zeros(q))
    assert (places * weight[:, None]).T @ places == pytest.approx(np.eye(q), abs=1e-9)
    assert len(places) <= 1100


def test_on_noise_a_dimension_gains_no_more_than_its_parameters() -> None:
    for seed in range(5):
        design = answers(300, np.zeros((1, 8)), seed)
        found = factors.fit_dimensions(design, 1, Prior())
        assert 0 < found.log_likelihood - one_group(design) < 12
        assert found.parameters == 8


def test_planted_dimensions_are_counted() -> None:
    """A cost of log n per parameter stops at the number that was planted."""
    for planted in (1, 2):
        loadings = np.zeros((planted, 6 * planted))
        for dimension in range(planted):
            loadings[dimension, 6 * dimension : 6 * dimension + 6] = 2.0
        design = answers(500, loadings, planted)
        costs = [
            -2 * f.log_likelihood + np.log(500) * f.parameters
            for f in (factors.fit_dimensions(design, q, Prior()) for q in (1, 2, 3))
        ]
        assert int(np.argmin(costs)) + 1 == planted


def test_turned_questions_are_the_same_dimension() -> None:
    """Saying no to "I dislike it" is saying yes to "I like it"."""
    design = answers(300, np.full((1, 6), 1.5), 3)
    turned = replace(design, scores=-design.scores, levels=1 - design.levels, level_scores=-design.level_scores[:, ::-1])
    turned = replace(turned, scores=np.take_along_axis(turned.level_scores.T, turned.levels, axis=0))
    assert likelihoods(turned, 1)[0] == pytest.approx(likelihoods(design, 1)[0], abs=0.1)


def test_people_in_another_order_or_twice_change_nothing_but_the_sum() -> None:
    design = answers(200, np.full((1, 6), 1.5), 4)
    plain = likelihoods(design, 1)[0]
    assert likelihoods(design.take(np.random.default_rng(0).permutation(200)), 1)[0] == pytest.approx(plain, abs=0.05)
    assert likelihoods(design.take(np.repeat(np.arange(200), 2)), 1)[0] == pytest.approx(2 * plain, rel=0.002)


def test_missing_answers_leave_their_term_out() -> None:
    design = answers(400, np.full((1, 8), 2.0), 5, missing=0.3)
    assert not design.complete
    gain = likelihoods(design, 1)[0] - one_group(design)
    assert gain > 60  # the dimension is still seen
    nobody = answers(400, np.zeros((1, 8)), 5, missing=0.3)
    assert likelihoods(nobody, 1)[0] - one_group(nobody) < 8


def test_nominal_questions_alone_have_dimensions_too() -> None:
    rng = np.random.default_rng(6)
    place = rng.normal(size=(500, 1))
    levels = np.array([-1.5, 0.0, 1.5])
    picks = {f"s{j}": np.array(list("abc"))[(place * levels + rng.gumbel(size=(500, 3))).argmax(axis=1)] for j in range(8)}
    X = pd.DataFrame(picks)
    design = encode.learn(X).design(X)
    found = factors.fit_dimensions(design, 1, Prior())
    assert found.parameters == 16
    assert found.log_likelihood - one_group(design) > 100
