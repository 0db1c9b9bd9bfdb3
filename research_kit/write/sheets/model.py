"""A workbook described as plain records: sheets of blocks of rows of cells. ``write.excel`` turns them into a file.

Every cell that a researcher may edit is found again by three keys, never by its address: the sheet's id, the row's key (kept in the
hidden first column) and the column's key (kept in the hidden first row).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


class Formula(str):
    """A formula: one that a researcher wrote, or one of our own (never one from data).

    In our own, "[row key]" stands for the cell of this column in that row.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Link:
    """A link to a place in the same workbook: a cell, or the block of rows from ``row`` to ``last``."""

    sheet: str
    row: str = ""
    column: str = ""
    last: str = ""


@dataclass(frozen=True)
class CellSpec:
    """One cell: what stands in it, how it looks and where it leads."""

    text: Any = None
    """str, int, float, bool or None; rich text only when it came from a workbook that a researcher edited."""
    style: str = "body"
    """A name in ``palette.STYLES``."""
    fill: str = ""
    """RRGGBB over the style's own fill."""
    color: str = ""
    """RRGGBB over the style's own font colour."""
    span: int = 1
    """Columns it covers."""
    down: int = 1
    """Rows it covers."""
    comment: str = ""
    link: Link | None = None
    bold: bool | None = None
    italic: bool | None = None
    number: str = ""
    """A number format instead of the style's."""
    marks: tuple[tuple[str, Any], ...] = ()
    """What else a researcher did to its looks: size, strike, underline, across."""


@dataclass(frozen=True)
class Row:
    """One row; cells follow each other from the first visible column, each advancing by its span."""

    cells: tuple[CellSpec, ...] = ()
    key: str = ""
    height: float | None = None
    """Points; None = fits the text."""
    least: float = 15.0
    """The smallest height when it fits the text."""
    hidden: bool = False


@dataclass(frozen=True)
class Choice:
    """A drop-down in one column of a table."""

    column: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Rows that belong together. A table has its header as first row and can be sorted and filtered."""

    rows: tuple[Row, ...]
    name: str = ""
    table: bool = False
    choices: tuple[Choice, ...] = ()
    dates: tuple[str, ...] = ()
    """Column keys that hold dates."""


@dataclass(frozen=True)
class Series:
    """One line of a chart: the numbers in the row ``row``, between the columns of the chart (in a chart of stages down the side: in the
    column with that key)."""

    name: str
    row: str
    color: str
    plus: str = ""
    """Rows of the distances to the upper and lower end of the interval (down the side: "plus" of the rows "plus:<stage>"); "" = no interval."""
    minus: str = ""
    dashed: bool = False
    points: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Key of a stage -> (colour, marker size) of single points."""


@dataclass(frozen=True)
class Curve:
    """A line chart over the rows ``over`` to ``under``, its points centred on the columns with these keys."""

    over: str
    under: str
    columns: tuple[str, ...]
    categories: str
    """Row key of the category names."""
    series: tuple[Series, ...]
    reach: float = 1.0
    """The value axis runs from -reach to +reach."""
    stages: tuple[str, ...] = ()
    """Row keys of the stages where they run down the side: ``columns`` is then what the chart lies over, ``categories`` a column."""


@dataclass(frozen=True)
class Dot:
    """One point of a matrix: the numbers in the columns ``x`` and ``y`` of a table's row."""

    label: str
    row: str
    color: str


@dataclass(frozen=True)
class Matrix:
    """A scatter chart over the row ``over``: one named dot per table row."""

    over: str
    first: str
    last: str
    x: str
    y: str
    x_title: str
    y_title: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``columns`` are (key, width) pairs of the visible columns."""

    id: str
    title: str
    columns: tuple[tuple[str, float], ...]
    blocks: tuple[Block, ...]
    charts: tuple[Curve | Matrix, ...] = ()
    freeze: tuple[str, int] | None = None
    """(row key that stays below the frozen rows, number of frozen visible columns)."""
    tab: str = ""
    landscape: bool = True
    paper: int = 9
    """8 = A3, 9 = A4."""
    one_page: bool = False
    repeat: str = ""
    """Row key that is repeated on each printed page."""
    hidden: bool = False
    hidden_columns: tuple[str, ...] = ()
    zoom: int = 100
    print_rows: int = 0
    """Rows that are printed, from the top; 0 = all."""
    print_note: str = ""
    """What the footer says of it."""

    def rows(self) -> tuple[Row, ...]:
        """All rows, top to bottom."""
        return tuple(row for block in self.blocks for row in block.rows)


def keyed(sheet: Sheet) -> Sheet:
    """The sheet with a key for every row: what carries none afterwards was put in by a person."""
    blocks = []
    for i, block in enumerate(sheet.blocks):
        name = block.name or str(i)
        rows = tuple(row if row.key else replace(row, key=f"~{name}.{n}") for n, row in enumerate(block.rows))
        blocks.append(replace(block, rows=rows))
    return replace(sheet, blocks=tuple(blocks))


@dataclass(frozen=True)
class Book:
    """A whole workbook."""

    title: str
    language: str
    sheets: tuple[Sheet, ...]
    data: str = ""
    """JSON that travels in the workbook, so that a map is read back without loss."""
