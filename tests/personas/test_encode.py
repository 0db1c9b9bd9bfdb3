"""Which columns take part, as what, and with which weight; and why others do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.personas.encode import Encoding, learn

N = 200
RNG = np.random.default_rng(0)


def reasons(found: Encoding) -> dict[str, str]:
    return {left.column: left.reason for left in found.left_out}


def words(levels: str, n: int = N) -> pd.Series:
    return pd.Series(RNG.choice(list(levels), size=n), dtype="str")


def test_kinds_come_from_dtypes_and_values() -> None:
    X = pd.DataFrame(
        {
            "rating": pd.Categorical(RNG.integers(1, 6, N), categories=[1, 2, 3, 4, 5], ordered=True),
            "choice": words("abc"),
            "option": pd.Series(RNG.random(N) < 0.4).astype("boolean"),
            "hours": RNG.normal(10, 3, N),
        }
    )
    found = learn(X)
    assert {str(i.column): i.kind for i in found.items} == {
        "rating": "ordered",
        "choice": "nominal",
        "option": "option",
        "hours": "ordered",
    }
    assert next(i for i in found.items if i.column == "hours").size == 9
    assert found.left_out == ()


def test_every_level_of_a_scale_is_kept_also_the_rare_first_one() -> None:
    values = [1] * 3 + [2] * 60 + [3] * 80 + [4] * 50 + [5] * 7
    X = pd.DataFrame({"r": pd.Categorical(values, categories=[1, 2, 3, 4, 5], ordered=True)})
    item = learn(X).items[0]
    assert item.levels == (1, 2, 3, 4, 5)
    assert item.code(X["r"]).tolist() == [v - 1 for v in values]


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pd.Series(["same"] * (N - 1) + ["other"], dtype="str"), "left_constant"),
        (pd.Series([f"text {i}" for i in range(N)], dtype="str"), "left_text"),
        (pd.Series(["a", "b"] * 30 + [None] * (N - 60), dtype="str"), "left_missing"),
        (pd.Series(pd.date_range("2024-01-01", periods=N)), "left_date"),
    ],
)
def test_what_is_no_answer_is_left_out_with_its_reason(column: pd.Series, reason: str) -> None:
    assert reasons(learn(pd.DataFrame({"x": column, "y": words("ab")}))) == {"x": reason}


def test_near_duplicates_are_named_with_their_twin() -> None:
    a = words("abc")
    twin = a.map({"a": "x", "b": "y", "c": "z"})
    rating = pd.Series(RNG.integers(1, 8, N))
    X = pd.DataFrame({"a": a, "twin": twin, "r": rating, "reversed": 8 - rating, "free": words("abc")})
    found = learn(X)
    assert [str(i.column) for i in found.items] == ["a", "r", "free"]
    assert {left.column: dict(left.values)["other"] for left in found.left_out} == {"twin": "a", "reversed": "r"}


def test_rare_levels_are_one_level_and_unseen_ones_too() -> None:
    X = pd.DataFrame({"x": pd.Series(["a"] * 100 + ["b"] * 94 + ["c", "d", "e", "f", "g", "h"], dtype="str")})
    item = learn(X).items[0]
    assert (item.levels, item.other, item.size) == (("a", "b"), True, 3)
    assert item.code(pd.Series(["b", "zzz", None], dtype="str")).tolist() == [1, 2, -1]


def test_a_large_multi_select_does_not_outweigh_a_rating() -> None:
    options = {f"o{i}": RNG.random(N) < 0.5 for i in range(20)}
    X = pd.DataFrame({**options, "rating": pd.Categorical(RNG.integers(1, 6, N), ordered=True)})
    found = learn(X, {"options": list(options)})
    weight = {str(i.column): i.weight for i in found.items}
    assert weight["rating"] == 1.0
    assert weight["o0"] == pytest.approx((8 / 20) ** 0.5)
    assert sum(weight[o] for o in options) < 13


def test_ratings_on_one_scale_are_a_battery_and_others_are_not() -> None:
    scale = [1, 2, 3, 4, 5]
    X = pd.DataFrame({f"r{i}": pd.Categorical(RNG.integers(1, 6, N), categories=scale, ordered=True) for i in range(3)})
    X["words"] = pd.Categorical(
        RNG.choice(["low", "mid", "high", "top"], N), categories=["low", "mid", "high", "top"], ordered=True
    )
    X["hours"] = RNG.normal(size=N)
    battery = {str(i.column): i.battery for i in learn(X).items}
    assert battery == {"r0": 0, "r1": 0, "r2": 0, "words": -1, "hours": -1}


def test_columns_that_are_not_there_count_as_not_answered() -> None:
    X = pd.DataFrame({"a": words("ab"), "b": words("ab"), "c": words("ab"), "d": words("ab")})
    found = learn(X)
    design = found.design(X[["a"]])
    assert design.nominal[:, 2:].sum() == 0
    assert found.enough(design).all()  # one of four is a fifth
    assert not found.enough(found.design(X[[]])).any()


def ticks(alone: bool) -> pd.DataFrame:
    """Four options that go together now and then, and a fifth that a quarter of the people tick: alone, or like any other."""
    rng = np.random.default_rng(5)
    options = pd.DataFrame(rng.random((N, 4)) < 0.5, columns=list("abcd"))
    options["none"] = rng.random(N) < 0.25
    if alone:
        options.loc[options["none"], list("abcd")] = False
    return options


def test_an_option_that_excludes_the_others_forms_nothing() -> None:
    X = ticks(alone=True)
    found = learn(X, {"which": [*list("abcd"), "none"]})
    assert reasons(found) == {"none": "left_alone"}
    assert [i.column for i in found.items] == list("abcd")
    seen = found.design(X).seen
    assert (seen[X["none"].to_numpy()] == 0).all()
    assert (seen[~X["none"].to_numpy()] == 1).all()


def test_a_rarer_option_that_goes_with_others_stays() -> None:
    found = learn(ticks(alone=False), {"which": [*list("abcd"), "none"]})
    assert found.left_out == ()
    assert len(found.items) == 5


def test_ticks_of_several_questions_are_not_one_question() -> None:
    assert learn(ticks(alone=True)).left_out == ()
