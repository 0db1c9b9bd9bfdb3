"""Rules: every search by brute force, and numbers as people write them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import rules
from research_kit.personas.encode import learn
from research_kit.personas.wording import Asked, number
from research_kit.records import Question


def asked(X: pd.DataFrame, kind: str = "single") -> dict[str, Asked]:
    return {c: Asked(Question(c, f"What about {c}?", kind, "active", "because", answer_columns=(c,)), "") for c in X}  # type: ignore[arg-type]


def answers(n: int, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({f"q{i}": rng.choice(list("abc"), n) for i in range(5)})
    member = ((X["q0"] == "a").astype(int) + (X["q1"] == "b") + (X["q2"] == "c")).to_numpy() >= 2
    return X, member ^ (rng.random(n) < 0.15)


@pytest.mark.parametrize("seed", range(4))
def test_no_rule_of_its_length_is_better_than_the_one_chosen(seed: int) -> None:
    """Against every pair, triple and two-of-three of the conditions, one by one."""
    X, member = answers(150, seed)
    tests, data = rules.conditions(learn(X).items, X)
    found = rules._choose(tests, data, member)
    met = data.astype(bool)
    column = [str(t.item.column) for t in tests]

    def f1(said: np.ndarray) -> float:
        return 2 * (said & member).sum() / max(said.sum() + member.sum(), 1)

    tried = rules._tried(tests, rules._f1(data[member].sum(axis=0), data.sum(axis=0), float(member.sum())))
    best = {1: max(f1(met[:, i]) for i in tried)}
    best[2] = max(f1(met[:, [i, j]].all(axis=1)) for i, j in combinations(tried, 2) if column[i] != column[j])
    triples = [t for t in combinations(tried, 3) if len({column[i] for i in t}) == 3]
    best[3] = max(max(f1(met[:, t].all(axis=1)), f1(met[:, t].sum(axis=1) >= 2)) for t in triples)
    reached = f1(rules._meets(data, found))
    length = len(found.places)
    assert reached == pytest.approx(best[length], abs=1e-6)
    assert all(best[more] < reached + 0.02 * (more - length) + 1e-6 for more in best if more > length)
    assert len({column[i] for i in found.places}) == length


def test_conditions_are_every_cut_of_a_scale_and_every_answer_of_a_choice() -> None:
    X = pd.DataFrame(
        {"scale": pd.Categorical([1, 2, 3, None] * 20, ordered=True), "choice": list("aabab") * 16, "tick": [True, False] * 40}
    )
    tests, data = rules.conditions(learn(X).items, X)
    assert [(str(t.item.column), t.low, t.high) for t in tests] == [
        ("scale", 1, 2), ("scale", 2, 2), ("scale", 0, 0), ("scale", 0, 1), ("choice", 0, 0), ("choice", 1, 1), ("tick", 1, 1), ("tick", 0, 0),
    ]  # fmt: skip
    assert data[3, :4].tolist() == [0, 0, 0, 0]  # not answered is not met
    assert data.mean(axis=0).tolist() == pytest.approx([0.5, 0.25, 0.25, 0.5, 0.6, 0.4, 0.5, 0.5])


def test_people_in_another_order_have_the_same_rule() -> None:
    X, member = answers(200, 9)
    order = np.random.default_rng(0).permutation(200)
    about = asked(X)
    one, other = (
        rules.rule(*rules.conditions(learn(A).items, A), m, about, "en", seed=0)
        for A, m in ((X, member), (X.iloc[order], member[order]))
    )
    assert one is not None
    assert other is not None
    assert one.text == other.text
    assert one.precision == pytest.approx(other.precision, abs=0.06)  # other folds
    assert one.recall == pytest.approx(other.recall, abs=0.06)


@pytest.mark.parametrize("members", [0, 1, 60])
def test_where_there_is_nobody_to_tell_apart_there_is_no_rule(members: int) -> None:
    X, _ = answers(60, 1)
    tests, data = rules.conditions(learn(X).items, X)
    assert rules.rule(tests, data, np.arange(60) < members, asked(X), "en", seed=0) is None
    assert rules.rule([], np.zeros((60, 0), dtype=np.float32), np.arange(60) < 30, {}, "en", seed=0) is None


def test_large_numbers_stand_in_digits() -> None:
    rng = np.random.default_rng(3)
    member = np.arange(200) % 2 == 0
    X = pd.DataFrame({"income": np.where(member, 1_400_000, 900_000) + 5_000 * rng.integers(0, 40, 200)})
    found = rules.rule(*rules.conditions(learn(X).items, X), member, asked(X, "number"), "en", seed=0)
    assert found is not None
    assert "e+" not in found.text
    assert min(found.precision, found.recall) > 0.9  # a number is cut at ninths of the people, and 1.4 million lies between two


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.25, "0.25"),
        (27.333333, "27.3333"),
        (999_999.0, "999999"),
        (1_250_000.0, "1250000"),
        (0.00002, "0.00002"),
        (-1.5, "-1.5"),
        (0, "0"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: float, text: str) -> None:
    assert number(value) == text
