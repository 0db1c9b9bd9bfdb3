"""Our logistic regression against scikit-learn's, on the same inputs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from research_kit.text import logistic


def problem(n: int, seed: int = 1, rows: int = 400) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Sparse words and one dense column of another size, classes that hang on them, weights."""
    rng = np.random.default_rng(seed)
    words = sparse.random(rows, 150, density=0.1, random_state=seed, format="csr")
    inputs = sparse.hstack([words, sparse.csr_matrix(3 * rng.normal(size=(rows, 1)))]).tocsr()
    score = inputs @ rng.normal(size=(151, n)) + rng.gumbel(size=(rows, n))
    return inputs, score.argmax(axis=1), rng.uniform(0.5, 3.0, rows)


def loss(
    inputs: sparse.csr_matrix, classes: np.ndarray, weight: np.ndarray, n: int, strength: float, solved: logistic.Solved
) -> float:
    logits = inputs @ solved[0] + solved[1]
    each = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(classes)), classes]
    return float(strength * weight @ each + (1.0 if n == 2 else 0.5) * (solved[0] ** 2).sum())


@pytest.mark.parametrize("n", [2, 3, 6])
def test_it_finds_the_optimum_of_scikit_learn(n: int) -> None:
    inputs, classes, weight = problem(n)
    theirs = LogisticRegression(C=2.0, tol=1e-8, solver="newton-cg", max_iter=500).fit(inputs, classes, sample_weight=weight)
    ours = logistic.fitted(inputs, classes, weight, n=n, strength=2.0)
    words, bias = theirs.coef_.T, theirs.intercept_
    best = np.column_stack([-words / 2, words / 2]) if n == 2 else words, np.r_[-bias / 2, bias / 2] if n == 2 else bias
    lowest = loss(inputs, classes, weight, n, 2.0, best)
    assert loss(inputs, classes, weight, n, 2.0, ours) == pytest.approx(lowest, rel=2e-3)
    assert np.corrcoef(ours[0].ravel(), best[0].ravel())[0, 1] > 0.995
    assert ((inputs @ ours[0] + ours[1]).argmax(axis=1) == theirs.predict(inputs)).mean() > 0.98


def test_only_what_sets_classes_apart_counts() -> None:
    words, bias = logistic.fitted(*problem(4), n=4, strength=1.0)
    assert np.abs(words.sum(axis=1)).max() < 1e-5
    assert abs(bias.sum()) < 1e-5


def test_a_start_near_the_end_ends_at_the_same_place() -> None:
    inputs, classes, weight = problem(3)
    most = np.arange(400) % 5 > 0
    begun = logistic.fitted(inputs[most], classes[most], weight[most], n=3, strength=2.0)
    fresh = logistic.fitted(inputs, classes, weight, n=3, strength=2.0)
    warm = logistic.fitted(inputs, classes, weight, n=3, strength=2.0, start=begun)
    assert loss(inputs, classes, weight, 3, 2.0, warm) == pytest.approx(loss(inputs, classes, weight, 3, 2.0, fresh), rel=2e-3)


def test_weights_count_as_copies() -> None:
    inputs, classes, _ = problem(3)
    many = np.where(np.arange(400) % 2, 2, 1)
    twice = np.repeat(np.arange(400), many)
    weighted = logistic.fitted(inputs, classes, many.astype(float), n=3, strength=2.0)
    copied = logistic.fitted(inputs[twice], classes[twice], np.ones(len(twice)), n=3, strength=2.0)
    assert np.corrcoef(weighted[0].ravel(), copied[0].ravel())[0, 1] > 0.999


def test_the_same_input_gives_the_same_output() -> None:
    first, second = (logistic.fitted(*problem(3), n=3, strength=2.0) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_reading_loads_neither_scikit_learn_nor_nltk() -> None:
    """They would be 85 MB and a second in each of two processes."""
    code = "import sys; from research_kit.text import reader; reader.warm(); print([m for m in ('sklearn', 'nltk', 'textblob') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_textblob_can_be_imported_after_us() -> None:
    code = "from research_kit.text import english; english.parts_of_speech(['good']); from textblob import TextBlob; print(TextBlob('good').sentiment.polarity)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0.7"
