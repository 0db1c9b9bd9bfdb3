"""What stands in ``Responses.answers``: each answer with its value, in the unit that most are in."""

from __future__ import annotations

import pandas as pd
import pytest

from .test_kinds import asked


@pytest.mark.parametrize(
    ("text", "values", "numbers"),
    [
        ("How long have you been with us?", ["5 years", "18 months", "2 years", "1 year", "10 years"], [5, 1.5, 2, 1, 10]),
        ("你等了多久", ["5分钟", "10分钟", "1小时", "30分钟", "8分钟"], [5, 10, 60, 30, 8]),
        ("How much did you spend?", ["$5", "$10.50", "$1,200", "$7", "$9"], [5, 10.5, 1200, 7, 9]),
    ],
)
def test_amounts_are_in_one_unit(text: str, values: list[str], numbers: list[float]) -> None:
    question, responses = asked(text, values)

    assert question.kind == "number"
    assert responses.answers[question.key].iloc[: len(values)].tolist() == numbers


def test_a_number_without_a_unit_is_in_that_of_the_others() -> None:
    """Else 15 minutes, 900 seconds, would be more than 45."""
    question, _ = asked("How many minutes did you wait?", ["5-10", "20", "about 30", "15 minutes", "12", "45", "8", "3"])

    assert question.scale is not None
    assert question.scale.labels == ("3", "5-10", "8", "12", "15 minutes", "20", "about 30", "45")


def test_dates_are_moments_where_the_study_wants_them() -> None:
    days = ["2026-01-03", "2025-12-31", "N/A", "2024-07-09", "2026-02-01"]
    question, responses = asked("When did you first visit?", days, role="demographic")

    assert question.kind == "date"
    assert responses.answers[question.key].iloc[:5].tolist() == [pd.NaT if d == "N/A" else pd.Timestamp(d) for d in days]
    assert question.n == 40
