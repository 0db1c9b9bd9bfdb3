"""Five questions: the planted ones are chosen, and the figure is what ``predict`` on them alone does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.personas.model import PersonaModel
from research_kit.personas.screener import Screener, screener


def kinds(n: int, *, telling: int, noise: int, seed: int = 0, k: int = 2) -> tuple[pd.DataFrame, np.ndarray]:
    """``telling`` questions that each kind answers in its own way in 85%, and ``noise`` ones."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(k, size=n)
    levels = np.array(list("abcd")[: max(k, 2)])
    X = {f"tells{j}": np.where(rng.random(n) < 0.85, levels[truth], rng.choice(levels, n)) for j in range(telling)}
    X |= {f"noise{j}": rng.choice(levels, n) for j in range(noise)}
    return pd.DataFrame(X), truth


def found(
    X: pd.DataFrame, model: PersonaModel, question_of: dict[str, str] | None = None, labels: np.ndarray | None = None
) -> Screener | None:
    assert model.parameters_ is not None
    classes = np.where(model.labels_ >= 0, model.order_[model.labels_], -1) if labels is None else labels
    names = question_of or {str(i.column): str(i.column) for i in model.encoding_.items}
    return screener(model.encoding_, model.encoding_.design(X), model.parameters_, classes, names, seed=0)


def test_the_telling_questions_are_chosen_and_no_more_than_five() -> None:
    X, _ = kinds(400, telling=7, noise=6)
    result = found(X, PersonaModel(2).fit(X))
    assert result is not None
    assert 3 <= len(result.questions) <= 5
    assert all(name.startswith("tells") for name in result.questions)
    assert result.agreement > 0.9


@pytest.mark.parametrize(("telling", "noise", "k"), [(1, 11, 2), (2, 16, 2), (4, 6, 3)])
def test_predict_on_these_questions_alone_types_people_as_often_as_it_says(telling: int, noise: int, k: int) -> None:
    """Where one question tells all, two more are named: whoever answers fewer than three is typed by nobody."""
    X, _ = kinds(500, telling=telling, noise=noise, seed=3, k=k)
    if telling < 3:
        X["twice"] = np.where(np.random.default_rng(1).random(500) < 0.9, X["tells0"], "b")
        X["again"] = np.where(np.random.default_rng(2).random(500) < 0.9, X["tells0"], "b")
    model = PersonaModel(k).fit(X)
    result = found(X, model)
    assert result is not None
    assert len(result.questions) >= 3
    alone = model.predict(X[list(result.questions)].reindex(columns=X.columns))
    placed = model.labels_ >= 0
    assert (alone[placed] == model.labels_[placed]).mean() == pytest.approx(result.agreement, abs=0.06)


def test_the_columns_of_one_question_count_as_one() -> None:
    X, _ = kinds(300, telling=6, noise=2)
    names = {c: "matrix" if c.startswith("tells") else c for c in X}
    result = found(X, PersonaModel(2).fit(X), names)
    assert result is not None
    assert set(result.questions) == {"matrix", "noise0", "noise1"}
    assert result.agreement > 0.97


def test_of_few_people_nothing_is_said_and_those_in_no_persona_take_no_part() -> None:
    X, _ = kinds(300, telling=6, noise=2)
    model = PersonaModel(2).fit(X)
    few = np.where(np.arange(300) < 39, model.order_[model.labels_], -1)
    assert found(X, model, labels=few) is None
    some = np.where(np.arange(300) < 100, model.order_[model.labels_], -1)
    result = found(X, model, labels=some)
    assert result is not None
    assert result.n == 50


def test_people_who_left_it_out_are_typed_by_nobody_and_count_as_wrong() -> None:
    X, _ = kinds(400, telling=5, noise=0)
    model = PersonaModel(2).fit(X)
    gone = X.copy()
    gone.iloc[::2] = None
    whole, half = found(X, model), found(gone, model)
    assert whole is not None
    assert half is not None
    assert half.agreement == pytest.approx(whole.agreement / 2, abs=0.1)
