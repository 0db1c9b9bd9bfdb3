"""A stored model is plain JSON, types as before, and refuses what is none."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import storage
from research_kit.personas.model import PersonaModel


def mixed(n: int = 200) -> pd.DataFrame:
    """Every kind of item: words with an order, numbers, quantiles, single choices with a rare level, options."""
    rng = np.random.default_rng(0)
    kind = rng.integers(2, size=n)
    return pd.DataFrame(
        {
            "often": pd.Categorical.from_codes(
                np.clip(kind * 2 + rng.integers(0, 2, n), 0, 3), ["從不", "有時", "常常", "總是"], ordered=True
            ),
            "rating": kind * 3.0 + rng.integers(0, 3, n),
            "minutes": np.exp(kind + rng.normal(size=n)),
            "town": np.where(rng.random(n) < 0.02, "rare", np.where(kind == 0, "north", "south")),
            "tick": pd.Series(rng.random(n) < 0.2 + 0.6 * kind).astype("boolean").mask(rng.random(n) < 0.1),
            "code": rng.choice(["x", "y"], n),
        }
    )


def test_every_kind_of_item_comes_back_from_json() -> None:
    X = mixed()
    model = PersonaModel(2).fit(X)
    told = json.dumps(storage.to_dict(model), allow_nan=False)
    back = storage.from_dict(json.loads(told))
    as_read = X.astype({"rating": "str"})  # another file may hold numbers as text
    np.testing.assert_array_equal(back.predict(as_read), model.predict(X))
    np.testing.assert_allclose(back.predict_proba(as_read), model.predict_proba(X), atol=1e-4)
    assert json.dumps(storage.to_dict(back), allow_nan=False) == told
    assert (back.n_personas_, back.verdict_) == (2, model.verdict_)


def test_a_model_without_personas_types_nobody_after_storing_either() -> None:
    X = mixed()
    for seed, column in enumerate(X):
        X[column] = X[column].sample(frac=1, random_state=seed).to_numpy()
    model = PersonaModel(max_personas=2).fit(X)
    back = storage.from_dict(json.loads(json.dumps(storage.to_dict(model))))
    assert back.n_personas_ == model.n_personas_ == 0
    assert set(back.predict(X)) == {-1}


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"k": 2},
        {"k": "two", "items": []},
        {"items": [{}], "k": 1, "verdict": "weak", "order": [0], "jaccard": [1], "parameters": {}},
    ],
)
def test_what_is_no_model_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a stored persona model"):
        storage.from_dict(broken)
