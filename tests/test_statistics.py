"""Intervals against planted truths and an outside authority."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control, t

from research_kit.statistics import benjamini_hochberg, cohens_h, mean_interval, wilson


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_is_that_of_scipy(k: int, n: int) -> None:
    k = min(k, n)
    expected = binomtest(k, n).proportion_ci(0.95, method="wilson")

    low, high = wilson(k, n)

    assert low == pytest.approx(expected.low, abs=1e-9)
    assert high == pytest.approx(expected.high, abs=1e-9)


def test_nothing_is_known_of_nobody() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert all(math.isnan(x) for x in mean_interval([]))


@pytest.mark.parametrize("n", [8, 30, 3000])
def test_the_interval_of_a_mean_holds_the_truth_in_about_95_of_100(n: int) -> None:
    rng = np.random.default_rng(0)
    hits = 0
    for i in range(300):
        _, low, high = mean_interval(rng.normal(0.3, 1, n), seed=i)
        hits += low <= 0.3 <= high

    assert 0.90 <= hits / 300 <= 0.98


@pytest.mark.parametrize("n", [8, 15, 30])
def test_in_small_samples_the_interval_is_as_wide_as_students(n: int) -> None:
    """What the moved-out tails are for: the plain percentile interval is a fifth too narrow at 8 values."""
    rng = np.random.default_rng(1)
    widths = []
    for i in range(200):
        x = rng.normal(0, 1, n)
        _, low, high = mean_interval(x, seed=i)
        widths.append((high - low) / (2 * t.ppf(0.975, n - 1) * x.std(ddof=1) / math.sqrt(n)))

    assert np.mean(widths) == pytest.approx(1, abs=0.05)


def test_of_many_values_the_normal_interval_is_taken() -> None:
    """The bootstrap of a hundred thousand reviews at each stage would take minutes and say the same."""
    values = np.random.default_rng(3).normal(0.2, 0.5, 2_001)
    half = 1.959963984540054 * values.std(ddof=1) / math.sqrt(len(values))

    assert mean_interval(values) == pytest.approx((values.mean(), values.mean() - half, values.mean() + half), rel=1e-12)
    few = mean_interval(values[:2_000])
    assert few == pytest.approx((values[:2_000].mean(), few[0] - half, few[0] + half), abs=0.004)
    assert few[0] - few[1] != few[2] - few[0]


def test_an_interval_repeats_itself() -> None:
    values = [0.1, 0.5, -0.3, float("nan"), 0.9, 0.22, 0.41, -0.77, 0.13, 0.68, 0.05]

    assert mean_interval(values) == mean_interval(values) == mean_interval(values, seed=0) != mean_interval(values, seed=1)
    assert mean_interval(values)[0] == pytest.approx(0.192)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_the_correction_is_that_of_scipy(p_values: list[float]) -> None:
    assert benjamini_hochberg(p_values) == pytest.approx(false_discovery_control(p_values), abs=1e-12)


def test_effect_of_two_shares() -> None:
    assert cohens_h(0.5, 0.5) == 0
    assert cohens_h(0.8, 0.5) == pytest.approx(0.6435, abs=1e-4)
    assert cohens_h(0.2, 0.5) == pytest.approx(-cohens_h(0.8, 0.5))
