"""How a researcher arranged a sheet: widths, heights, what is hidden, the order of columns, the colour of the tab. Kept like every other edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from research_kit.write.sheets.model import Row, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from research_kit.write.base import BaseSheet
    from research_kit.write.readback import Grid

SAME_WIDTH, SAME_HEIGHT = 1.0, 3.0
"""Other programs round sizes when they save: less than this is no edit."""


@dataclass
class Layout:
    """What was arranged, by key. Empty where nothing was."""

    widths: dict[str, float] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    hidden_rows: set[str] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    """Column keys as they stand now, when somebody moved one."""
    hidden: bool | None = None
    tab: str | None = None

    def count(self) -> int:
        """How many things were arranged."""
        sizes = (self.widths, self.heights, self.hidden_rows, self.hidden_columns)
        return sum(map(len, sizes)) + bool(self.columns) + (self.hidden is not None) + (self.tab is not None)

    def renamed(self, name: Callable[[str], str]) -> Layout:
        """The same with other keys."""
        return replace(
            self,
            widths={name(k): v for k, v in self.widths.items()},
            heights={name(k): v for k, v in self.heights.items()},
            hidden_rows={name(k) for k in self.hidden_rows},
            hidden_columns={name(k) for k in self.hidden_columns},
            columns=[name(k) for k in self.columns],
        )


def _column_sizes(sheet: Worksheet) -> dict[int, Any]:
    """Dimensions by column number: a file gives those of alike neighbours once."""
    found: dict[int, Any] = {}
    for letter, size in sheet.column_dimensions.items():
        first = size.min or sheet[f"{letter}1"].column
        for number in range(first, min(size.max or first, first + 500) + 1):
            found[number] = size
    return found


def find_layout(grid: Grid, was: BaseSheet, tab: str) -> Layout:
    """How the sheet is arranged now where that is not how we wrote it; ``tab`` is the colour of its tab now."""
    found = Layout()
    sizes = _column_sizes(grid.sheet)
    for key, width in zip(was.columns, was.widths, strict=False):
        size = sizes.get(grid.columns.get(key, 0))
        if size is not None and size.hidden:
            found.hidden_columns.add(key)
        elif size is not None and size.width and abs(size.width - width) > SAME_WIDTH:
            found.widths[key] = float(size.width)
    lines = grid.sheet.row_dimensions
    for key, height in was.heights.items():
        number = grid.rows.get(key)
        if number is None or number not in lines:
            continue
        if lines[number].hidden:
            found.hidden_rows.add(key)
        elif lines[number].height and abs(lines[number].height - height) > SAME_HEIGHT:
            found.heights[key] = float(lines[number].height)
    now = sorted((c for c in was.columns if c in grid.columns), key=lambda c: grid.columns[c])
    if now != [c for c in was.columns if c in grid.columns]:
        found.columns = now
    if was.widths:
        found.hidden = True if grid.sheet.sheet_state != "visible" else None
        found.tab = tab if tab != was.tab else None
    return found


def arranged(sheet: Sheet, layout: Layout) -> Sheet:
    """The sheet as it was arranged. A row that a filter of a table hid is shown again: the filter is gone."""

    def sized(row: Row, table: bool) -> Row:
        height = layout.heights.get(row.key)
        row = row if height is None or row.hidden else replace(row, height=height)
        return replace(row, hidden=True) if row.key in layout.hidden_rows and not table else row

    blocks = tuple(replace(b, rows=tuple(sized(r, b.table) for r in b.rows)) for b in sheet.blocks)
    columns = tuple((key, layout.widths.get(key, width)) for key, width in sheet.columns)
    made = replace(sheet, blocks=blocks, columns=columns, hidden_columns=tuple(sorted(layout.hidden_columns)))
    if layout.tab is not None:
        made = replace(made, tab=layout.tab)
    return made if layout.hidden is None else replace(made, hidden=layout.hidden)


def in_order(sheet: Sheet, columns: list[str]) -> Sheet:
    """The sheet with its columns moved as they were moved; rows that cover several columns stay."""
    keys = [key for key, _ in sheet.columns]
    known = [k for k in columns if k in keys]
    if not known:
        return sheet
    waiting = iter(known)
    wanted = [next(waiting) if key in known else key for key in keys]
    places = [keys.index(key) for key in wanted]

    def moved(row: Row) -> Row:
        whole = len(row.cells) == len(keys) and all(c.span == 1 for c in row.cells)
        return replace(row, cells=tuple(row.cells[i] for i in places)) if whole else row

    blocks = tuple(replace(b, rows=tuple(moved(r) for r in b.rows)) for b in sheet.blocks)
    return replace(sheet, blocks=blocks, columns=tuple(sheet.columns[i] for i in places))
