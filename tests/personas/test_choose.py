"""Which number is taken, and the verdict, from made solutions: every bound by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from research_kit.personas import choose
from research_kit.personas.choose import Checks, Reason
from research_kit.personas.mixture import Parameters
from research_kit.personas.stability import Solution

N = 400
NONE = Parameters(*(np.zeros((1, 1)) for _ in range(5)))
GOOD = Checks(lead=50.0, dimensions=2, without_pairs=100.0, halves=0.9)


def solution(k: int, gain: float, *, mean: float = 0.97, lowest: float | None = None, shares: tuple[float, ...] = ()) -> Solution:
    """k classes whose penalised deviance lies ``gain`` under that of one class."""
    counts = np.rint(N * np.array(shares or (1 / k,) * k)).astype(int)
    label = np.repeat(np.arange(k), counts)
    jaccard = np.full(k, mean)
    if lowest is not None:
        jaccard = np.full(k, (k * mean - lowest) / max(k - 1, 1))
        jaccard[-1] = lowest
    used = 10 * (k - 1)
    return Solution(k, NONE, (gain + choose.penalty(N) * used) / 2, used, np.eye(k)[label], jaccard)


def chosen(*solutions: Solution, checks: Checks | None = GOOD) -> tuple[int, str, str]:
    found = choose.choose([solution(1, 0.0), *solutions], N, checks)
    return found.k, found.verdict, found.reasons[0].key


@pytest.mark.parametrize(("n", "least"), [(10, 12), (300, 12), (301, 13), (1000, 40)])
def test_a_persona_has_four_percent_and_twelve_people(n: int, least: int) -> None:
    assert choose.smallest_allowed(n) == least


@pytest.mark.parametrize(("n", "asked", "most"), [(0, 6, 1), (24, 6, 1), (50, 6, 2), (149, 6, 5), (1000, 6, 6), (1000, 3, 3)])
def test_one_persona_for_each_twenty_five_people(n: int, asked: int, most: int) -> None:
    assert choose.most_allowed(n, asked) == most


@pytest.mark.parametrize(("n", "needed"), [(1, 0.75), (500, 0.75), (3000, 0.85), (50_000, 0.85), (1225, 0.80)])
def test_the_stability_asked_for_grows_with_the_people(n: int, needed: float) -> None:
    assert choose.stable_enough(n) == pytest.approx(needed, abs=1e-3)


def test_a_parameter_costs_half_of_bic_for_few_people_and_all_of_it_for_many() -> None:
    assert choose.penalty(100) / np.log(100) == pytest.approx(0.5, abs=0.02)
    assert choose.penalty(4000) == pytest.approx(np.log(4000))
    assert choose.penalty(100_000) == pytest.approx(np.log(100_000))


def test_the_cheapest_of_those_that_hold_is_taken() -> None:
    assert chosen(solution(2, 50), solution(3, 90), solution(4, 70)) == (3, "strong", "stable")
    assert chosen(solution(2, 50), solution(3, 90, mean=0.6), solution(4, 70, shares=(0.5, 0.3, 0.18, 0.02)))[0] == 2
    assert chosen(solution(2, -1)) == (0, "none", "none_fit")


def test_beyond_four_each_persona_must_bring_four_percent() -> None:
    few = [solution(2, 60), solution(3, 70), solution(4, 80)]
    assert chosen(*few, solution(5, 100), solution(6, 110))[0] == 6
    assert chosen(*few, solution(5, 100), solution(6, 103))[0] == 5
    four = [solution(2, 60), solution(3, 70), solution(4, 98)]
    assert chosen(*four, solution(5, 101))[0] == 4
    # Neither the sixth nor the fifth brings enough, though both together do.
    assert chosen(*four, solution(5, 101), solution(6, 104))[0] == 4
    assert chosen(solution(2, 60), solution(3, 99), solution(4, 100))[0] == 4  # up to four every gain counts


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, "strong"), ({"mean": 0.93}, "moderate"), ({"lowest": 0.89}, "moderate"), ({"mean": 0.79}, "weak"), ({"lowest": 0.64}, "weak"),
    ],
)  # fmt: skip
def test_stability_grades_the_verdict(changed: dict[str, float], verdict: str) -> None:
    assert chosen(solution(3, 90, **changed))[1] == verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"halves": 0.79}, "moderate"), ({"halves": 0.49}, "weak"), ({"lead": 9.0}, "weak"), ({"lead": -9.0}, "weak"),
        ({"lead": -11.0, "halves": 0.6}, "weak"), ({"lead": -11.0, "halves": 0.54}, "none"), ({"lead": -11.0, "dimensions": 1}, "none"),
        ({"without_pairs": 0.0}, "none"),
    ],
)  # fmt: skip
def test_each_check_lowers_the_verdict(changed: dict[str, float], verdict: str) -> None:
    found = chosen(solution(3, 90), checks=replace(GOOD, **changed))
    assert found[1] == verdict
    assert (found[0] == 0) == (verdict == "none")


def test_a_near_rival_that_holds_keeps_it_from_strong_and_one_that_does_not_is_no_rival() -> None:
    assert chosen(solution(2, 85), solution(3, 90))[1] == "moderate"
    assert chosen(solution(2, 85, mean=0.5), solution(3, 90))[1] == "strong"
    assert chosen(solution(2, 9))[1] == "moderate"  # one group is always a rival


@pytest.mark.parametrize(
    ("best", "key", "values"),
    [
        (solution(2, 50, mean=0.6), "none_unstable", {"stability": "0.60", "needed": "0.75"}),
        (solution(3, 50, mean=0.8, lowest=0.5), "none_lowest", {"k": 3, "lowest": "0.50", "needed": "0.60"}),
        (solution(2, 50, shares=(0.97, 0.03)), "none_tiny", {"smallest": 12, "needed": 16}),
    ],
)
def test_the_reason_says_what_failed_and_never_that_enough_was_too_little(
    best: Solution, key: str, values: dict[str, object]
) -> None:
    found = choose.choose([solution(1, 0.0), best], N, None)
    assert found.reasons == (Reason(key, tuple(values.items())),)


def test_too_few_people_are_too_few() -> None:
    assert choose.choose([], 0, None).reasons[0].key == "none_small"
    assert choose.choose([solution(1, 0.0)], 20, None).reasons == (Reason("none_small", (("n", 20),)),)


def test_a_fixed_number_is_graded_like_any_other_and_is_weak_where_the_answers_do_not_carry_it() -> None:
    one = solution(1, 0.0)
    assert choose.fixed([one], N, None).verdict == "weak"
    assert choose.fixed([one, solution(2, 90)], N, GOOD).verdict == "strong"
    beyond = choose.fixed([one, solution(2, -5)], N, GOOD)
    assert (beyond.k, beyond.verdict, [r.key for r in beyond.reasons][:2]) == (2, "weak", ["fixed", "fixed_beyond"])
    twins = choose.fixed([one, solution(2, 90)], N, replace(GOOD, without_pairs=-3.0))
    assert (twins.verdict, twins.reasons[1].key) == ("weak", "none_pairs")


def test_more_than_four_personas_say_how_small_the_smallest_is() -> None:
    found = choose.choose([solution(1, 0.0), solution(5, 200)], N, GOOD)
    assert found.reasons[-1] == Reason("many", (("k", 5), ("n", N), ("smallest", 80)))
