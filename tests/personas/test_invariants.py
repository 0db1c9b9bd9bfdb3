"""What must not matter does not: names, order, copies and units of columns, the order of people, a common factor of weights; and odd files."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from research_kit.personas.explain import explain
from research_kit.personas.model import PersonaModel

N = 240


def people(n: int = N, seed: int = 0, *, missing: float = 0.0) -> tuple[pd.DataFrame, np.ndarray]:
    """Three kinds, 50/30/20: ratings, single choices, options, a number."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(3, n, p=[0.5, 0.3, 0.2])
    X: dict[str, object] = {}
    for j in range(4):
        middle = np.array([[1.2, -1.2, 0.0], [-1.2, 0.0, 1.2]])[j % 2][truth]
        code = np.searchsorted([-1.5, -0.5, 0.5, 1.5], middle + rng.normal(size=n)) + 1
        X[f"rating{j}"] = pd.Categorical(code, categories=[1, 2, 3, 4, 5], ordered=True)
    for j in range(4):
        X[f"single{j}"] = np.where(rng.random(n) < 0.75, np.array(list("abc"))[(truth + j) % 3], rng.choice(list("abc"), n))
    for j in range(3):
        X[f"tick{j}"] = rng.random(n) < np.where(truth == j, 0.85, 0.2)
    X["minutes"] = np.round(np.exp(rng.normal(size=n) + 1.5 * (truth == 2)), 3)
    frame = pd.DataFrame(X)
    if missing:
        frame = frame.astype({c: "boolean" for c in frame if c.startswith("tick")}).mask(rng.random(frame.shape) < missing)
    return frame, truth


def fitted(X: pd.DataFrame, **options: object) -> PersonaModel:
    blocks = {"ticks": [c for c in X if str(c).startswith("tick")]}
    return PersonaModel(max_personas=3, blocks=blocks, **options).fit(X)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def three() -> tuple[pd.DataFrame, np.ndarray, PersonaModel]:
    X, truth = people()
    return X, truth, fitted(X)


def test_the_planting_is_found(three) -> None:
    _, truth, model = three
    assert (model.n_personas_, model.verdict_) in ((3, "strong"), (3, "moderate"))
    assert adjusted_rand_score(truth, model.labels_) > 0.75
    assert model.shares_ == pytest.approx([0.5, 0.3, 0.2], abs=0.08)


@pytest.mark.parametrize(
    "turned",
    [
        lambda X: X.assign(minutes=X["minutes"] * 60),
        lambda X: X.assign(minutes=np.log(X["minutes"])),
        lambda X: X.assign(twin=X["single1"], twice=X["minutes"] * 2 + 1),
        lambda X: X.assign(empty=None, same="x", one=pd.Categorical(["only"] * len(X))),
        lambda X: X.assign(single0=X["single0"].map({"a": "甲", "b": "乙", "c": "丙"}).fillna("x")),
        lambda X: X.set_axis(np.arange(len(X)) * 7 - 3),
    ],
    ids=["other unit", "logarithm", "copies at the end", "empty and constant columns", "other words", "other index"],
)
def test_what_says_the_same_gives_the_same_personas(three, turned) -> None:
    X, _, model = three
    np.testing.assert_array_equal(fitted(turned(X)).labels_, model.labels_)


def test_other_names_give_the_same_personas(three) -> None:
    X, _, model = three
    names = {c: f"題目 {i}" for i, c in enumerate(X)}
    again = PersonaModel(max_personas=3, blocks={"q": [names[f"tick{j}"] for j in range(3)]}).fit(X.rename(columns=names))
    np.testing.assert_array_equal(again.labels_, model.labels_)


def test_people_and_columns_in_another_order_are_the_same_personas(three) -> None:
    X, _, model = three
    order = np.random.default_rng(1).permutation(N)
    again = fitted(X.iloc[order, ::-1])
    assert again.n_personas_ == 3
    assert adjusted_rand_score(again.labels_, model.labels_[order]) > 0.9


def test_weights_of_two_size_personas_as_people_who_stand_twice(three) -> None:
    X, _, model = three
    weight = np.where(np.arange(N) % 3 == 0, 2.0, 1.0)
    weighted = fitted(X, random_state=0).fit(X, sample_weight=weight)
    labels = weighted.labels_
    twice = np.repeat(labels, weight.astype(int))
    assert weighted.shares_ == pytest.approx(np.bincount(twice[twice >= 0]) / (twice >= 0).sum())
    assert adjusted_rand_score(labels, model.labels_) == 1.0


def test_a_common_factor_of_the_weights_changes_no_figure_and_double_weights_are_double_rows_in_the_means(three) -> None:
    X, _, model = three
    plain, heavy = (explain(X, model.labels_, 3, weight=np.full(N, w)) for w in (1.0, 7.0))
    pd.testing.assert_frame_equal(plain, heavy)
    weight = np.where(np.arange(N) % 2 == 0, 2.0, 1.0)
    rows = np.repeat(np.arange(N), weight.astype(int))
    weighted = explain(X, model.labels_, 3, weight=weight)
    doubled = explain(X.iloc[rows].reset_index(drop=True), model.labels_[rows], 3)
    keys = ["persona", "column", "answer"]
    words = [t.astype({"answer": "str"})[[*keys, "kind", "value", "others", "low", "high"]] for t in (weighted, doubled)]
    both = words[0].merge(words[1], on=keys, suffixes=("", "_rows"))
    both = both[both["column"].str.startswith(("single", "tick"))]
    assert len(both) == 3 * (4 * 3 + 3)
    np.testing.assert_allclose(both["value"], both["value_rows"])
    np.testing.assert_allclose(both["others"], both["others_rows"])
    # People who count double are not more people: the interval is no narrower than that of the rows.
    assert (both["high"] - both["low"] >= both["high_rows"] - both["low_rows"] - 1e-12).all()


def test_people_who_answered_alike_are_typed_alike_and_others_by_what_they_said(three) -> None:
    X, _, model = three
    doubled = pd.concat([X, X])
    labels = model.predict(doubled)
    np.testing.assert_array_equal(labels[:N], labels[N:])
    np.testing.assert_allclose(model.predict_proba(doubled).sum(axis=1), 1.0)


def test_with_three_answers_in_ten_missing_they_come_back() -> None:
    X, truth = people(400, 2, missing=0.3)
    model = fitted(X)
    assert model.n_personas_ == 3
    assert adjusted_rand_score(truth, model.labels_) > 0.5


def test_a_block_that_a_third_was_not_asked_is_no_persona(three) -> None:
    """Who was asked and who was not is no answer."""
    X, truth, _ = three
    ticks = {c: X[c].astype("boolean").mask(np.arange(N) % 3 == 0) for c in X if c.startswith("tick")}
    model = fitted(X.assign(**ticks))
    assert model.n_personas_ == 3
    assert adjusted_rand_score(truth, model.labels_) > 0.7
    assert abs(adjusted_rand_score(np.arange(N) % 3 == 0, model.labels_)) < 0.05


@pytest.mark.parametrize("n", [0, 1, 3])
def test_three_people_are_none_and_may_be_told_to_be_one(n: int) -> None:
    X, _ = people(30)
    if not n:
        with pytest.raises(ValueError, match="0 sample"):
            PersonaModel().fit(X.head(0))
        return
    model = PersonaModel().fit(X.head(n))
    assert (model.verdict_, set(model.labels_)) == ("none", {-1})
    assert model.reasons_[0].key == "none_small"
    assert len(PersonaModel(1).fit(X.head(n)).labels_) == n


def test_a_file_in_which_nobody_answered_has_none() -> None:
    X = pd.DataFrame({"a": [None] * 100, "b": [np.nan] * 100, "c": ["x"] * 100})
    model = PersonaModel().fit(X)
    assert (model.n_personas_, model.verdict_) == (0, "none")
    assert {left.reason for left in model.left_out_} == {"left_missing", "left_constant"}
