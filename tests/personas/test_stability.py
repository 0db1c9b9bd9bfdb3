"""How far classes survive resampling: the figure itself by hand, and that it tells groups from noise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import encode, stability
from research_kit.personas.design import Design
from research_kit.personas.mixture import Prior


def test_jaccard_is_the_best_match_of_each_class_among_those_drawn() -> None:
    label = np.array([0, 0, 0, 1, 1, 1])
    again = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]])  # the numbers of the classes mean nothing
    everybody, some = np.ones(6, dtype=bool), np.array([True, True, False, True, False, True])

    found = stability.jaccard(label, again, np.array([everybody, some]), 2)

    assert found[0].tolist() == pytest.approx([2 / 3, 3 / 4])
    assert found[1].tolist() == [1.0, 1.0]


def test_a_class_that_nobody_was_drawn_from_survives_not_at_all() -> None:
    label = np.array([0, 0, 1, 1])
    drawn = np.array([[True, True, False, False]])

    assert stability.jaccard(label, np.array([[0, 0, 1, 1]]), drawn, 2).tolist() == [[1.0, 0.0]]


def test_a_resample_draws_as_many_people_as_there_are() -> None:
    draws = stability.bootstrap(50, 20, np.random.default_rng(0))

    assert draws.shape == (20, 50)
    assert (draws.sum(axis=1) == 50).all()
    assert 0.3 < (draws == 0).mean() < 0.44  # 1 / e of the people are not drawn


def answers(n: int, apart: float) -> tuple[Design, np.ndarray]:
    """Eight yes-or-no questions; ``apart``: how much more often one half of the people says yes."""
    rng = np.random.default_rng(1)
    truth = np.arange(n) % 2
    chance = 0.5 + apart * (truth[:, None] - 0.5)
    words = np.where(rng.random((n, 8)) < chance, "yes", "no")
    frame = pd.DataFrame(words, columns=[f"q{i}" for i in range(8)])
    return encode.learn(frame).design(frame), truth


def test_two_halves_agree_on_groups_and_not_on_noise() -> None:
    clear, lot = (stability.halves(answers(240, apart)[0], 2, np.random.default_rng(0), prior=Prior()) for apart in (0.8, 0.0))

    assert clear > 0.9
    assert lot < 0.5


def test_groups_survive_resampling() -> None:
    design, truth = answers(240, 0.8)
    rng = np.random.default_rng(0)
    found = stability.solve(design, 2, stability.bootstrap(240, 10, rng), rng, starts=4, prior=Prior())

    typed = found.posterior.argmax(axis=1)
    assert max((typed == truth).mean(), (typed != truth).mean()) > 0.95
    assert (found.jaccard > 0.9).all()
    assert found.posterior.sum(axis=1) == pytest.approx(np.ones(240))
    assert found.parameters_used == 1 + 8
