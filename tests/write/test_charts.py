"""Native charts: what is left of them when rows and columns are gone, and how their lines are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook

from research_kit.write.charts import EMU, add_chart
from research_kit.write.merge import _charts
from research_kit.write.sheets.model import Block, Curve, Dot, Matrix, Row, Series, Sheet

STAGES = ("find", "pay", "tell")
POINTS = {"find": ("00AA00", 10), "tell": ("AA0000", 10)}
CURVE = Curve(
    "top", "bottom", STAGES, "names",
    (
        Series("Survey", "one", "336699", "one+", "one-", points=POINTS),
        Series("Reviews", "two", "993366", "two+", "two-", dashed=True),
    ),
)  # fmt: skip
CURVE_ROWS = ["names", "top", "bottom", "one", "one+", "one-", "two", "two+", "two-"]
DOWN = replace(
    CURVE, columns=("curve",), categories="name", stages=STAGES, under="tell", over="find",
    series=(Series("Survey", "mean", "336699", "plus", "minus", points=POINTS),),
)  # fmt: skip
DOWN_ROWS = [*STAGES, *(f"{part}:{stage}" for part in ("plus", "minus") for stage in STAGES)]
MATRIX = Matrix(
    "over", "label", "owner", "reach", "severity", "Reach", "Severity", (Dot("A", "a", "336699"), Dot("B", "b", "336699"))
)
MATRIX_COLUMNS = ("label", "reach", "severity", "owner")


def left(chart: Curve | Matrix, rows: list[str], columns: tuple[str, ...]) -> Curve | Matrix | None:
    """What is left of a chart on a sheet that has these rows and columns."""
    found = _charts(
        Sheet("s", "S", tuple((c, 10.0) for c in columns), (Block(tuple(Row(key=key) for key in rows)),), charts=(chart,))
    )
    return found[0] if found else None


def test_a_chart_on_an_untouched_sheet_stays_as_it_is() -> None:
    assert left(CURVE, CURVE_ROWS, STAGES) == CURVE
    assert left(DOWN, DOWN_ROWS, ("name", "mean", "curve")) == DOWN
    assert left(MATRIX, ["over", "a", "b"], MATRIX_COLUMNS) == MATRIX


def test_a_curve_shrinks_to_the_stages_that_are_left_in_their_new_order() -> None:
    found = left(CURVE, CURVE_ROWS, ("pay", "+0", "find"))

    assert isinstance(found, Curve)
    assert found.columns == ("pay", "find")
    assert [s.points for s in found.series] == [{"find": POINTS["find"]}, {}]


@pytest.mark.parametrize(
    ("gone", "series"),
    [
        (["one"], [("Reviews", "two+", "two-")]),
        (["one+"], [("Survey", "", ""), ("Reviews", "two+", "two-")]),
        (["two-"], [("Survey", "one+", "one-"), ("Reviews", "", "")]),
    ],
)
def test_a_line_goes_with_its_row_and_loses_an_interval_of_which_one_end_is_gone(
    gone: list[str], series: list[tuple[str, str, str]]
) -> None:
    found = left(CURVE, [r for r in CURVE_ROWS if r not in gone], STAGES)

    assert isinstance(found, Curve)
    assert [(s.name, s.plus, s.minus) for s in found.series] == series


@pytest.mark.parametrize(
    ("chart", "rows", "columns"),
    [
        (CURVE, CURVE_ROWS, ("other",)),
        (CURVE, [r for r in CURVE_ROWS if r not in ("one", "two")], STAGES),
        *((CURVE, [r for r in CURVE_ROWS if r != gone], STAGES) for gone in ("top", "bottom", "names")),
        (CURVE, ["names", "bottom", "top", *CURVE_ROWS[3:]], STAGES),  # sorted upside down
        (MATRIX, ["a", "b"], MATRIX_COLUMNS),
        (MATRIX, ["over"], MATRIX_COLUMNS),
        *((MATRIX, ["over", "a", "b"], tuple(c for c in MATRIX_COLUMNS if c != gone)) for gone in MATRIX_COLUMNS),
        (DOWN, DOWN_ROWS, ("name", "mean")),
        (DOWN, DOWN_ROWS, ("mean", "curve")),
        (DOWN, DOWN_ROWS, ("name", "curve")),
    ],
)
def test_a_chart_without_what_it_lies_over_or_shows_goes(
    chart: Curve | Matrix, rows: list[str], columns: tuple[str, ...]
) -> None:
    assert left(chart, rows, columns) is None


def test_a_matrix_loses_the_dots_whose_rows_are_gone() -> None:
    found = left(MATRIX, ["over", "b"], MATRIX_COLUMNS)

    assert isinstance(found, Matrix)
    assert [dot.label for dot in found.dots] == ["B"]


def test_a_curve_of_stages_down_the_side_shrinks_too() -> None:
    found = left(DOWN, [r for r in DOWN_ROWS if r not in ("find", "plus:pay")], ("name", "mean", "curve"))

    assert found is None  # it lay over the first stage
    found = left(DOWN, [r for r in DOWN_ROWS if r not in ("pay", "plus:tell")], ("name", "mean", "curve"))
    assert isinstance(found, Curve)
    assert found.stages == ("find", "tell")
    assert [(s.plus, s.minus, s.points) for s in found.series] == [("", "", POINTS)]


def test_the_lines_of_a_curve_as_they_are_drawn() -> None:
    ws = Workbook().active
    add_chart(ws, CURVE, {key: i + 1 for i, key in enumerate(CURVE_ROWS)}, {"find": 2, "pay": 3, "tell": 5}, "Calibri")
    survey, reviews = ws._charts[0].series

    assert survey.val.numRef.f == "'Sheet'!$B$4:$E$4"
    assert survey.errBars.plus.numRef.f == "'Sheet'!$B$5:$E$5"
    assert [(p.idx, p.marker.graphicalProperties.solidFill.srgbClr) for p in survey.dPt] == [(0, "00AA00"), (3, "AA0000")]
    assert [s.graphicalProperties.line.prstDash for s in (survey, reviews)] == ["solid", "sysDash"]
    assert [s.graphicalProperties.line.w for s in (survey, reviews)] == [2.5 * EMU, 1.5 * EMU]


def test_the_dots_of_a_matrix_stand_where_their_numbers_say() -> None:
    ws = Workbook().active
    add_chart(ws, MATRIX, {"over": 1, "a": 4, "b": 3}, {c: i + 2 for i, c in enumerate(MATRIX_COLUMNS)}, "Calibri")
    chart = ws._charts[0]

    assert [(s.tx.v, s.xVal.numRef.f, s.yVal.numRef.f) for s in chart.series] == [
        ("A", "'Sheet'!$C$4", "'Sheet'!$D$4"),
        ("B", "'Sheet'!$C$3", "'Sheet'!$D$3"),
    ]
    assert (chart.anchor._from.col, chart.anchor.to.col) == (1, 5)
