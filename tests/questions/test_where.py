"""Which rows a condition of the study file keeps, row by row, and how many it says were left out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from research_kit.errors import StudyError
from research_kit.questions import where
from research_kit.records import Column

from .exports import make_export

ROWS = [
    ["Taipei", "31", "2026-03-01 08:00", "yes"],
    ["Tainan", "44", "2026-03-15", "no"],
    ["TAIPEI ", "", "2026-03-15 23:30", "yes"],
    ["", "7", "2026-04-01", ""],
    ["Hsinchu", "n/a", "soon", "yes"],
]
EXPORT = make_export(["City", "Age", Column(2, "When did you come?", code="Q3"), Column(3, "Agreed", "to be called")], ROWS)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"city": "taipei"}, [0, 2]),
        ({"City": ["Taipei", "Tainan"]}, [0, 1, 2]),
        ({"City": ""}, [3]),
        ({"Age": 31}, [0]),
        ({"Age": {"from": 31}}, [0, 1]),
        ({"Age": {"from": 7, "to": 31}}, [0, 3]),
        ({"Q3": {"to": "2026-03-15"}}, [0, 1, 2]),  # a day as the upper end is the whole day
        ({"Q3": {"to": "2026-03-15 12:00"}}, [0, 1]),
        ({"Q3": {"from": "2026-03-02", "to": "2026-03-31"}}, [1, 2]),
        ({"called": "yes"}, [0, 2, 4]),
        ({"called": "yes", "City": "Taipei"}, [0, 2]),
    ],
)
def test_rows_that_fit_every_condition_stay_and_the_others_are_counted(wanted: dict[str, Any], kept: list[int]) -> None:
    found = where.select(EXPORT, wanted)

    pd.testing.assert_frame_equal(found.cells, EXPORT.cells.iloc[kept])
    left_out = f"{len(ROWS) - len(kept)} of 5 rows left out by where ({', '.join(wanted)})."
    assert found.notes == ((left_out,) if wanted else ())


def test_nothing_else_of_the_export_changes() -> None:
    before = EXPORT.cells.copy()
    found = where.select(EXPORT, {"City": "Tainan"})

    assert (found.columns, found.source, found.header_rows) == (EXPORT.columns, EXPORT.source, EXPORT.header_rows)
    pd.testing.assert_frame_equal(EXPORT.cells, before)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"Cty": "x"}, '"City"'),
        ({"e": "x"}, "fits 3 columns of test"),
        ({"Age": {"from": "old"}}, "old"),
        ({"Age": {"like": 3}}, "from"),
        ({"Age": {}}, "from"),
    ],
)
def test_what_cannot_be_meant_is_refused(wanted: dict[str, Any], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        where.select(EXPORT, wanted)
