"""What a researcher did to a workbook of ours: every difference between what we wrote and what stands there now."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl.cell.rich_text import CellRichText

from research_kit.write.base import Base, BaseSheet, Written
from research_kit.write.layout import Layout, find_layout
from research_kit.write.readback import Grid, all_grids
from research_kit.write.sheets.model import Formula
from research_kit.write.sheets.palette import EDITED

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.cell.rich_text import TextBlock
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

OURS_BELOW = "\n———\n"
"""In a comment: above it the researcher's words, below it ours."""
THEME = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080")
"""The colours of the default theme, as Excel numbers them."""
GONE = " (gone)"
"""Behind the id of a persona that this run does not have any more."""
KEPT = "kept"
"""Id of the sheet that holds edits whose place is gone."""


@dataclass(frozen=True)
class Edit:
    """One changed cell. None = unchanged."""

    text: Any = None
    text_changed: bool = False
    fill: str | None = None
    color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    comment: str = ""
    """The researcher's own comment."""
    was: Any = None
    """The draft that stood there."""
    marks: tuple[tuple[str, Any], ...] = ()
    """Size, strike, underline and alignment, where they were changed."""

    def dressed(self) -> bool:
        """Its looks were changed."""
        return self.fill is not None or bool(self.color or self.marks) or self.bold is not None or self.italic is not None


@dataclass(frozen=True)
class Added:
    """A row or column that a researcher put in: where, and its cells by the other direction's key (or "+<n>" for added ones)."""

    after: str
    cells: dict[str, Edit]
    size: float | None = None


@dataclass
class SheetEdits:
    """What happened to one sheet."""

    title: str | None = None
    cells: dict[tuple[str, str], Edit] = field(default_factory=dict)
    rows: list[Added] = field(default_factory=list)
    columns: list[Added] = field(default_factory=list)
    gone_rows: set[str] = field(default_factory=set)
    gone_columns: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    """Row keys as they stand now, when somebody sorted or moved them."""
    layout: Layout = field(default_factory=Layout)


@dataclass
class Edits:
    """Everything that was done to a workbook."""

    sheets: dict[str, SheetEdits] = field(default_factory=dict)
    gone_sheets: set[str] = field(default_factory=set)
    added_sheets: list[Worksheet] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    """Titles of our sheets in that workbook."""
    order: list[str] = field(default_factory=list)
    """Ids of our sheets and "+title" of the added ones as they stand, when that is not how we would put them."""


def value_of(cell: Cell) -> Any:
    """What stands in a cell: formulas marked as such, rich text kept where its parts look different from the cell."""
    if cell.data_type == "f" and isinstance(cell.value, str):
        return Formula(cell.value)
    link = cell.hyperlink
    if link is not None and cell.value in (link.location, link.target):
        return None  # openpyxl fills a blank cell with the address of its link
    if isinstance(cell.value, CellRichText) and not any(_stands_out(part, cell) for part in cell.value):
        return str(cell.value)
    return cell.value


def _stands_out(part: str | TextBlock, cell: Cell) -> bool:
    """Whether somebody dressed this part of a cell. LibreOffice splits every text with two scripts into parts, each with a font of its own."""
    font, whole = getattr(part, "font", None), cell.font
    if font is None or not str(part).strip():
        return False
    if any(bool(getattr(font, mark)) != bool(getattr(whole, mark)) for mark in ("b", "i", "strike")):
        return True
    lines = [u if u and u != "none" else "" for u in (font.u, whole.u)]
    if lines[0] != lines[1] and cell.hyperlink is None:  # links are underlined by other programs when they save
        return True
    color = rgb(font.color)
    return bool(color) and color != (rgb(whole.color) or "000000")


def same_value(a: Any, b: Any) -> bool:
    """Whether two cell values mean the same: blank is blank, 3 is 3.0, newlines are newlines, a date is its text."""
    if isinstance(a, Formula) or isinstance(b, Formula):
        # The base keeps a formula of ours as text, with row keys where the file has addresses.
        written = re.sub(r"\\\[[^\]]+\\\]", r"\\$?[A-Z]+\\$?\\d+", re.escape(str(b)))
        return re.fullmatch(written, str(a)) is not None
    if isinstance(a, bool) or isinstance(b, bool):
        return bool(a == b)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-9 * max(1.0, abs(a))
    return _plain(a) == _plain(b)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def rgb(color: Any) -> str:
    """RRGGBB of an openpyxl colour, theme colours with their tint; "" where there is none."""
    if color is None:
        return ""
    if color.type == "rgb" and isinstance(color.rgb, str):
        return color.rgb[-6:].upper()
    if color.type == "theme" and isinstance(color.theme, int) and color.theme < len(THEME):
        base = THEME[color.theme]
        r, g, b = (int(base[i : i + 2], 16) / 255 for i in (0, 2, 4))
        h, light, s = colorsys.rgb_to_hls(r, g, b)
        tint = color.tint or 0.0
        light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
        return "".join(f"{round(v * 255):02X}" for v in colorsys.hls_to_rgb(h, light, s))
    return ""


def _fill(cell: Cell) -> str:
    return rgb(cell.fill.fgColor) if cell.fill is not None and cell.fill.fill_type == "solid" else ""


def _own_comment(cell: Cell, was: Written) -> str:
    """The researcher's part of a comment: what is not ours in it."""
    if cell.comment is None:
        return ""
    text = _plain(cell.comment.text)
    if OURS_BELOW in text:
        return text.split(OURS_BELOW)[0].strip()
    ours = _plain(was.comment)
    if text == ours or text.startswith("✎"):
        return ""
    return text.replace(ours, "").strip() if ours else text


def _edit(cell: Cell, was: Written) -> Edit | None:
    """How a cell differs from what we wrote, or None."""
    value = value_of(cell)
    changed = not same_value(value, was.text)
    looks: dict[str, Any] = {}
    fill, font = _fill(cell), cell.font
    if fill not in (was.fill, EDITED):
        looks["fill"] = fill or "FFFFFF"
    if was.looks and font is not None:
        color = rgb(font.color) if font.color is not None else ""
        if color and color != was.color:
            looks["color"] = color
        if bool(font.b) != was.bold:
            looks["bold"] = bool(font.b)
        if bool(font.i) != was.italic:
            looks["italic"] = bool(font.i)
        looks["marks"] = _marks(cell, was)
    own = _own_comment(cell, was)
    rich = isinstance(value, CellRichText) and not changed
    if not changed and not any(v is not None and v != () for v in looks.values()) and not own and not rich:
        return None
    return Edit(value if changed or rich else None, changed or rich, comment=own, was=was.text, **looks)


def _marks(cell: Cell, was: Written) -> tuple[tuple[str, Any], ...]:
    """What else was done to the looks of a cell. Links are underlined by other programs when they save."""
    found: dict[str, Any] = {}
    font, across = cell.font, cell.alignment.horizontal if cell.alignment is not None else None
    if font.strike:
        found["strike"] = True
    if font.u and font.u != "none" and cell.hyperlink is None:
        found["underline"] = font.u
    if was.size and font.sz and abs(font.sz - was.size) >= 1:
        found["size"] = float(font.sz)
    if was.across and across in ("left", "center", "right") and across != was.across:
        found["across"] = across
    return tuple(sorted(found.items()))


def _new_cell(cell: Cell) -> Edit:
    """A cell in a row or column that a researcher added: all of it is theirs."""
    font = cell.font
    color = rgb(font.color) if font is not None and font.color is not None else ""
    comment = _plain(cell.comment.text) if cell.comment is not None else ""
    return Edit(
        value_of(cell),
        True,
        _fill(cell) or None,
        color or None,
        bool(font.b) if font else None,
        bool(font.i) if font else None,
        comment,
    )


def _blank(edit: Edit) -> bool:
    return edit.text is None and not edit.comment


def _added_rows(grid: Grid, names: dict[int, str]) -> Iterator[Added]:
    keys = {number: key for key, number in grid.rows.items()}
    if not keys:
        return
    after = ""
    sheet = grid.sheet
    for number in range(grid.key_row + 1, sheet.max_row + 1):
        if number in keys:
            after = keys[number]
            continue
        cells = {name: _new_cell(sheet.cell(number, column)) for column, name in names.items()}
        if any(not _blank(e) for e in cells.values()):
            size = sheet.row_dimensions[number].height if number in sheet.row_dimensions else None
            yield Added(after, {k: e for k, e in cells.items() if not _blank(e) or e.fill}, size)


def _added_columns(grid: Grid, strangers: dict[int, tuple[str, str]]) -> Iterator[Added]:
    sheet = grid.sheet
    for column, (_, after) in strangers.items():
        cells = {key: _new_cell(sheet.cell(number, column)) for key, number in grid.rows.items()}
        letter = sheet.cell(1, column).column_letter
        size = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else None
        yield Added(after, {k: e for k, e in cells.items() if not _blank(e)}, size)


def _strangers(grid: Grid) -> dict[int, tuple[str, str]]:
    """Columns without a key that hold something: number -> (name, the key they follow)."""
    keys = {number: key for key, number in grid.columns.items()}
    found: dict[int, tuple[str, str]] = {}
    after = ""
    for column in range(1, grid.sheet.max_column + 1):
        if column == grid.key_column:
            continue
        if column in keys:
            after = keys[column]
            continue
        numbers = grid.rows.values()
        if any(_content(grid.sheet, n, column) for n in numbers):
            found[column] = (f"+{len(found)}", after)
    return found


def _content(sheet: Worksheet, row: int, column: int) -> bool:
    cell = sheet.cell(row, column)
    return cell.value is not None or getattr(cell, "comment", None) is not None


def sheet_edits(grid: Grid, was: BaseSheet) -> SheetEdits:
    """What was done to one sheet of ours."""
    found = SheetEdits(title=grid.sheet.title if grid.sheet.title != was.title else None)
    for row, cells in was.rows.items():
        number = grid.rows.get(row)
        if number is None:
            if row:
                found.gone_rows.add(row)
            continue
        for column, written in cells.items():
            at = grid.columns.get(column)
            if at is not None and (edit := _edit(grid.sheet.cell(number, at), written)):
                found.cells[row, column] = edit
    found.gone_columns = {c for c in was.columns if c and c not in grid.columns}
    strangers = _strangers(grid)
    found.columns = list(_added_columns(grid, strangers))
    names = {number: key for key, number in grid.columns.items()} | {c: name for c, (name, _) in strangers.items()}
    found.rows = list(_added_rows(grid, names))
    now = [r for r in sorted(grid.rows, key=lambda r: grid.rows[r]) if r in was.rows]
    if now != [r for r in was.rows if r in grid.rows]:
        found.order = now
    found.layout = find_layout(grid, was, rgb(grid.sheet.sheet_properties.tabColor))
    return found


def find_edits(workbook: Workbook, base: Base) -> Edits:
    """Everything that differs between the workbook and what we wrote."""
    ours, others = all_grids(workbook, {key: sheet.title for key, sheet in base.sheets.items()})
    found = Edits(added_sheets=others, titles={key: grid.sheet.title for key, grid in ours.items()})
    for key, was in base.sheets.items():
        if key in ours:
            found.sheets[key] = sheet_edits(ours[key], was)
        else:
            found.gone_sheets.add(key)
    found.order = _order(workbook, base, found, {grid.sheet.title: key for key, grid in ours.items()})
    if KEPT in ours:
        found.sheets[KEPT] = _waiting(ours[KEPT])
    return found


def _order(workbook: Workbook, base: Base, found: Edits, ids: dict[str, str]) -> list[str]:
    """The sheets as they stand, when somebody moved one of ours or put one of their own before one of ours."""
    added = {sheet.title for sheet in found.added_sheets}
    now = [ids.get(s.title, "+" + s.title) for s in workbook.worksheets if s.title in added or ids.get(s.title) in base.sheets]
    usual = [key for key in base.sheets if key in ids.values()] + [name for name in now if name.startswith("+")]
    return now if now != usual else []


def _waiting(grid: Grid) -> SheetEdits:
    """The edits that an earlier run moved aside."""
    found = SheetEdits()
    for row in grid.rows:
        if row.count("|") == 2:
            found.cells[row, "text"] = Edit(grid.value(row, "text"), True, was=grid.value(row, "draft"))
    return found
