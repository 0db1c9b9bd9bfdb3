"""What sets a group apart: planted differences are found with honest intervals, and nothing is found where there is nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.personas.explain import COLUMNS, explain
from research_kit.statistics import benjamini_hochberg, cohens_h, wilson

LEVELS = ("Never", "Rarely", "Often", "Always")


def people(n: int, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Group 0 says yes in 70%, others in 30%; uses it often; the rest is the same for all."""
    rng = np.random.default_rng(seed)
    group = rng.integers(3, size=n)
    mine = group == 0
    return pd.DataFrame(
        {
            "likes": np.where(rng.random(n) < np.where(mine, 0.7, 0.3), "yes", "no"),
            "uses": pd.Categorical.from_codes(
                np.where(mine, rng.choice(4, n, p=[0.05, 0.15, 0.4, 0.4]), rng.choice(4, n, p=[0.4, 0.4, 0.15, 0.05])),
                LEVELS,
                ordered=True,
            ),
            "minutes": rng.normal(np.where(mine, 30.0, 20.0), 10.0),
            "ticked": rng.random(n) < 0.5,
            "town": rng.choice(["north", "south", "west"], n),
        }
    ), group


def row(table: pd.DataFrame, group: int, column: str, answer: object = None) -> pd.Series:
    found = table[(table["persona"] == group) & (table["column"] == column)]
    if answer is not None:
        found = found[found["answer"] == answer]
    assert len(found) == 1
    return found.iloc[0]


def test_planted_differences_are_measured() -> None:
    X, group = people(1500, 1)
    table = explain(X, group, 3)
    assert tuple(table.columns) == COLUMNS

    yes = row(table, 0, "likes", "yes")
    mine = (X["likes"] == "yes")[group == 0]
    assert yes["value"] == pytest.approx(mine.mean())
    assert yes["others"] == pytest.approx((X["likes"] == "yes")[group != 0].mean())
    assert (yes["low"], yes["high"]) == pytest.approx(wilson(mine.sum(), len(mine)))
    assert yes["effect"] == pytest.approx(cohens_h(yes["value"], yes["others"]))
    assert yes["n"] == len(mine)
    assert yes["p_adjusted"] < 1e-9

    often = row(table, 0, "uses")
    assert (often["answer"], often["kind"]) == ("Often", "at_least")
    assert often["value"] == pytest.approx(X["uses"].cat.codes[group == 0].ge(2).mean())

    minutes = row(table, 0, "minutes")
    assert minutes["kind"] == "mean"
    assert minutes["effect"] == pytest.approx(1.0, abs=0.15)
    assert minutes["low"] < 30 < minutes["high"]
    null = table[table["column"].isin(["ticked", "town"])]
    assert (null["effect"].abs() < 0.2).all()


def test_it_is_sorted_and_corrected_over_all_rows() -> None:
    X, group = people(400, 2)
    table = explain(X, group, 3)
    np.testing.assert_allclose(table["p_adjusted"], benjamini_hochberg(table["p"].tolist()))
    assert table["persona"].is_monotonic_increasing
    for _, part in table.groupby("persona"):
        assert part["effect"].abs().is_monotonic_decreasing


def test_where_nothing_differs_hardly_anything_is_found() -> None:
    """The false discovery rate over 60 studies of noise with groups drawn by lot: a study with any "sure" row is a false alarm."""
    alarms = 0
    for seed in range(60):
        X, _ = people(250, seed)
        X["likes"], X["minutes"], X["uses"] = (
            X["likes"].sample(frac=1, random_state=seed).to_numpy(),
            0.0 + X.index,
            X["uses"].to_numpy()[::-1],
        )
        alarms += bool((explain(X, np.random.default_rng(999 + seed).integers(3, size=250), 3)["p_adjusted"] < 0.05).any())
    assert alarms <= 7  # 5% would be 3


def test_a_scale_is_cut_where_it_tells_most_and_one_answer_alone_is_named() -> None:
    group = np.repeat([0, 1], 200)
    codes = np.r_[np.tile([1, 2, 3, 3], 50), np.tile([0, 0, 1, 2], 50)]
    table = explain(pd.DataFrame({"uses": pd.Categorical.from_codes(codes, LEVELS, ordered=True)}), group, 2)
    mine = row(table, 0, "uses")
    assert mine["answer"] in ("Never", "Always")
    assert mine["kind"] == "share"
    shown = share_of(codes, group, 0, LEVELS.index(mine["answer"]))
    assert mine["value"] == pytest.approx(shown)
    assert (mine["effect"] > 0) == (mine["answer"] == "Always")


def share_of(codes: np.ndarray, group: np.ndarray, g: int, level: int) -> float:
    return float((codes[group == g] == level).mean())


def test_a_scale_on_which_all_agree_is_left_out() -> None:
    X = pd.DataFrame({"same": pd.Categorical(["Often"] * 40, LEVELS, ordered=True), "half": ["a", "b"] * 20})
    assert set(explain(X, np.repeat([0, 1], 20), 2)["column"]) == {"half"}


def test_weights_move_shares_and_widen_intervals() -> None:
    X, group = people(600, 3)
    weight = np.where(X["likes"] == "yes", 3.0, 1.0)
    plain, weighted = row(explain(X, group, 3), 0, "likes", "yes"), row(explain(X, group, 3, weight=weight), 0, "likes", "yes")
    assert weighted["value"] > plain["value"]
    rng = np.random.default_rng(0).gamma(1.0, size=600)
    uneven = row(explain(X, group, 3, weight=rng), 0, "likes", "yes")
    assert uneven["high"] - uneven["low"] > plain["high"] - plain["low"]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(20, 120))
def test_every_row_is_in_order(seed: int, n: int) -> None:
    X, group = people(n, seed)
    X.loc[np.random.default_rng(seed).random(n) < 0.2, ["likes", "uses"]] = np.nan
    table = explain(X, group, 3)
    assert not table.isna()[["value", "others", "low", "high", "effect", "p", "p_adjusted"]].to_numpy().any()
    assert (table["low"] <= table["value"] + 1e-12).all()
    assert (table["value"] <= table["high"] + 1e-12).all()
    assert table["p_adjusted"].between(0, 1).all()
    assert (table["p_adjusted"] >= table["p"] - 1e-12).all()
