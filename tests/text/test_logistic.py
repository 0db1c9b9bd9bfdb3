"""The door to scikit-learn's logistic regression: one row of weights for every class, also where there are two."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from research_kit.text.judgement import logistic


def problem(n: int, seed: int = 1, rows: int = 2000) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    """Sparse words, classes that hang on them by planted weights, and the classes without chance."""
    rng = np.random.default_rng(seed)
    inputs = sparse.random(rows, 40, density=0.2, random_state=seed, format="csr")
    planted = 4 * rng.normal(size=(40, n))
    score = inputs @ planted
    return inputs, (score + rng.gumbel(size=score.shape)).argmax(axis=1), np.ones(rows), score.argmax(axis=1)


@pytest.mark.parametrize("n", [2, 3, 6])
def test_planted_weights_come_back(n: int) -> None:
    inputs, classes, weight, truth = problem(n)
    words, bias = logistic.fitted(inputs, classes, weight, strength=2.0)
    assert words.shape == (40, n)
    assert bias.shape == (n,)
    assert ((inputs @ words + bias).argmax(axis=1) == truth).mean() > 0.85


def test_two_classes_share_what_sets_them_apart() -> None:
    words, bias = logistic.fitted(*problem(2)[:3], strength=1.0)
    assert np.array_equal(words[:, 0], -words[:, 1])
    assert bias[0] == -bias[1]


def test_weights_count_as_copies() -> None:
    inputs, classes, _, _ = problem(3)
    many = np.where(np.arange(len(classes)) % 2, 2, 1)
    twice = np.repeat(np.arange(len(classes)), many)
    weighted = logistic.fitted(inputs, classes, many.astype(float), strength=2.0)
    copied = logistic.fitted(inputs[twice], classes[twice], np.ones(len(twice)), strength=2.0)
    assert np.corrcoef(weighted[0].ravel(), copied[0].ravel())[0, 1] > 0.999
