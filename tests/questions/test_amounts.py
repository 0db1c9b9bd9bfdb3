"""Numbers and ranges with their units: what an answer says wholly, in English and Chinese; sentences and signs are none."""

from __future__ import annotations

import math

import pytest

from research_kit.questions.amounts import amount

DAY, YEAR = 86400.0, 365.0 * 86400


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5", 5, 5), ("1,000+", 1000, math.inf), ("10-20", 10, 20), ("10 to 20", 10, 20), ("under 5", -0.5, 5), ("none", 0, 0), ("三次", 3, 3),
        ("5以上", 5, math.inf), ("$25-$50", 25, 50), ("100元以下", -0.5, 100),
    ],
)  # fmt: skip
def test_numbers_and_ranges(text: str, low: float, high: float) -> None:
    found = amount(text)

    assert found is not None
    assert (found.low, found.high) == (low, high)
    assert found.is_range == (low != high)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2 hours", "120 minutes"),
        ("2小時", "120分鐘"),
        ("1 hour 30 minutes", "90 minutes"),
        ("一天", "24小时"),
        ("1:30:00", "90 min"),
    ],
)
def test_times_are_compared_in_one_unit(a: str, b: str) -> None:
    first, second = amount(a), amount(b)

    assert first is not None
    assert second is not None
    assert (first.low, first.high, first.unit) == (second.low, second.high, second.unit)


def test_the_ends_of_a_range_may_stand_in_two_units_of_time() -> None:
    found = amount("30 分鐘–1 小時")

    assert found is not None
    assert (found.low, found.high) == (1800, 3600)


@pytest.mark.parametrize(
    "text", ["", "+1", "-2", "We waited 20 minutes at the till", "10 or 20 or 30", "abc", "2 km to 3 hours", "x" * 60]
)
def test_what_is_no_amount(text: str) -> None:
    assert amount(text) is None


def test_the_unit_stays_as_it_was_written() -> None:
    found = amount("20 km")

    assert found is not None
    assert (found.low, found.unit, found.written) == (20_000, "metre", "km")
