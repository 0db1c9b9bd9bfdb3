"""The engine: StepMix's likelihood on the same answers, a likelihood that never falls, and a style that is found apart from the classes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.metrics import adjusted_rand_score

from research_kit.personas import encode, mixture, stability
from research_kit.personas.mixture import Prior

PLAIN = Prior(precision=0.0, counts=0.0)


def choices(seed: int, n: int, k: int, missing: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(k, size=n)
    tables = rng.dirichlet(np.ones(4) * 0.8, size=(k, 8))
    X = np.array([[rng.choice(4, p=tables[c, j]) for j in range(8)] for c in truth], dtype=float)
    X[rng.random(X.shape) < missing] = np.nan
    return X, truth


def as_frame(X: np.ndarray) -> pd.DataFrame:
    words = np.array(["a", "b", "c", "d", None], dtype=object)
    return pd.DataFrame({f"q{j}": words[np.where(np.isnan(X[:, j]), 4, X[:, j]).astype(int)] for j in range(X.shape[1])})


@pytest.mark.parametrize(("k", "missing"), [(2, 0.0), (3, 0.0), (2, 0.15), (3, 0.15)])
def test_reaches_the_likelihood_of_stepmix(k: int, missing: float) -> None:
    from stepmix.stepmix import StepMix

    X, _ = choices(3, 400, 3, missing)
    frame = as_frame(X)
    ours = stability.best(encode.learn(frame).design(frame), k, np.random.default_rng(0), starts=10, prior=PLAIN)[1]
    kind = "categorical_nan" if missing else "categorical"
    peer = StepMix(n_components=k, measurement=kind, n_init=5, abs_tol=1e-8, random_state=0, verbose=0, progress_bar=0)
    theirs = peer.fit(pd.DataFrame(X)).score(pd.DataFrame(X)) * len(X)
    assert ours >= theirs - 0.2


@settings(max_examples=15, deadline=None)
@given(seed=some.integers(0, 10_000), k=some.integers(1, 4), missing=some.sampled_from([0.0, 0.2]))
def test_the_likelihood_never_falls(seed: int, k: int, missing: float) -> None:
    X, _ = choices(seed, 120, 2, missing)
    frame = as_frame(X)
    for j in range(4):
        frame[f"r{j}"] = pd.Categorical(X[:, j], categories=[0.0, 1.0, 2.0, 3.0], ordered=True)
    design = encode.learn(frame.iloc[:, 4:]).design(frame)
    rows = np.ones((1, design.n))
    resp = np.random.default_rng(seed).dirichlet(np.ones(k), size=design.n).T[None]
    p = mixture.initial(design, resp, rows, PLAIN)
    values = []
    for _ in range(25):
        p, ll = mixture.fit(design, p, rows, prior=PLAIN, iterations=1, tolerance=0)
        values.append(ll[0])
    assert np.all(np.diff(values) > -0.05), values


def rated(seed: int, n: int, k: int, style: float) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(k, size=n)
    middle = rng.normal(0, 0.9, size=(k, 12))
    value = middle[truth] + style * rng.normal(size=(n, 1)) + rng.normal(size=(n, 12))
    X = pd.DataFrame(np.clip(np.round(4 + value), 1, 7).astype(int)).add_prefix("r")
    return X.apply(lambda c: pd.Categorical(c, categories=range(1, 8), ordered=True)), truth


def test_a_response_style_does_not_hide_the_classes() -> None:
    X, truth = rated(2, 600, 3, 1.2)
    design = encode.learn(X).design(X)
    p, _ = stability.best(design, 3, np.random.default_rng(0), starts=6, prior=Prior())
    assert adjusted_rand_score(truth, mixture.posterior(design, p).argmax(axis=1)) > 0.85
    assert abs(p.tau[0, 0]) > 0.8
    plain = design.without_style()
    q, _ = stability.best(plain, 3, np.random.default_rng(0), starts=6, prior=Prior())
    assert adjusted_rand_score(truth, mixture.posterior(plain, q).argmax(axis=1)) < 0.6


def test_no_style_is_found_where_there_is_none() -> None:
    X, truth = rated(2, 600, 3, 0.0)
    design = encode.learn(X).design(X)
    p, _ = stability.best(design, 3, np.random.default_rng(0), starts=6, prior=Prior())
    assert abs(p.tau[0, 0]) < 0.1
    assert adjusted_rand_score(truth, mixture.posterior(design, p).argmax(axis=1)) > 0.9


def test_a_lopsided_answer_alone_makes_no_class() -> None:
    rng = np.random.default_rng(0)
    X = pd.DataFrame({f"r{j}": np.where(rng.random(500) < 0.9, 1, rng.integers(4, 6, size=500)) for j in range(6)})
    design = encode.learn(X).design(X)
    one = stability.best(design, 1, np.random.default_rng(0), starts=1, prior=Prior())[1]
    two = stability.best(design, 2, np.random.default_rng(0), starts=6, prior=Prior())[1]
    assert -2 * two + np.log(500) * design.parameters(2) > -2 * one + np.log(500) * design.parameters(1)


def test_row_weights_are_repeated_rows() -> None:
    X, _ = choices(5, 60, 2, 0.1)
    frame = as_frame(X)
    learned = encode.learn(frame)
    design = learned.design(frame)
    times = np.random.default_rng(1).integers(0, 3, size=60)
    doubled = learned.design(frame.loc[np.repeat(np.arange(60), times)])
    resp = np.random.default_rng(2).dirichlet([1, 1], size=60).T[None]
    a = mixture.initial(design, resp, times[None].astype(float), Prior())
    b = mixture.initial(doubled, np.repeat(resp, times, axis=2), np.ones((1, times.sum())), Prior())
    a, la = mixture.fit(design, a, times[None].astype(float), prior=Prior(), iterations=10, tolerance=0)
    b, lb = mixture.fit(doubled, b, np.ones((1, times.sum())), prior=Prior(), iterations=10, tolerance=0)
    np.testing.assert_allclose(la, lb, rtol=1e-9)
    np.testing.assert_allclose(a.log_theta, b.log_theta, atol=1e-8)


def test_missing_answers_leave_the_person_with_what_they_said() -> None:
    X, _ = choices(7, 300, 3, 0.0)
    frame = as_frame(X)
    learned = encode.learn(frame)
    p, _ = stability.best(learned.design(frame), 3, np.random.default_rng(0), starts=6, prior=Prior())
    nothing = pd.DataFrame({c: pd.Series([None], dtype="str") for c in frame.columns})
    np.testing.assert_allclose(mixture.posterior(learned.design(nothing), p)[0], np.exp(p.log_share[0]), atol=1e-9)


def test_typing_many_people_at_once_or_few_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    X, _ = choices(4, 90, 2, 0.0)
    frame = as_frame(X)
    design = encode.learn(frame).design(frame)
    p, _ = stability.best(design, 2, np.random.default_rng(0), starts=2, prior=Prior())
    whole = mixture.posterior(design, p)
    monkeypatch.setattr(mixture, "AT_ONCE", 40)

    np.testing.assert_allclose(mixture.posterior(design, p), whole, rtol=1e-12)
    assert whole.shape == (90, 2)
