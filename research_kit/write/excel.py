"""Renders a described workbook with openpyxl. The only place that makes worksheets; it decides nothing about what stands in them."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo

from research_kit.write.added import copy_sheet
from research_kit.write.charts import add_chart
from research_kit.write.package import saved
from research_kit.write.safety import ILLEGAL, cell_text, sheet_titles
from research_kit.write.sheets import measure
from research_kit.write.sheets.model import CellSpec, Formula
from research_kit.write.sheets.palette import FONTS, STYLES, Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from research_kit.write.sheets.model import Block, Book, Row, Sheet

MARK = "research_kit 1"
"""Stands in A1 of each of our sheets, before the sheet's id."""
FIRST_COLUMN, FIRST_ROW = 2, 2
LISTS, DATA = "_lists", "_data"
CHUNK = 30_000
AUTHOR = "research_kit"
DATE = "yyyy-mm-dd"


def put(cell: Any, value: Any) -> None:
    """Write a value into a cell: text always as text, whatever it begins with; numbers that are none as nothing."""
    if value is None or value == "" or (isinstance(value, float) and not -1e300 < value < 1e300):
        return
    if isinstance(value, Formula):
        cell.value = str(value)
    elif isinstance(value, str):
        text = cell_text(value)
        cell.value = text
        cell.data_type = "s"
    elif isinstance(value, CellRichText):
        cell.value = value
    elif hasattr(value, "item"):
        put(cell, value.item())
    else:
        cell.value = value


def _ours(column: str) -> bool:
    """Columns that a researcher put in ("+0", "+1") carry no key in the file: that is how they are known again."""
    return bool(column) and not column.startswith("+")


class Places:
    """Where every key of a book stands once it is laid out."""

    def __init__(self, book: Book) -> None:
        self.titles = dict(zip((s.id for s in book.sheets), sheet_titles(s.title for s in book.sheets), strict=True))
        self.rows: dict[str, dict[str, int]] = {}
        self.columns: dict[str, dict[str, int]] = {}
        for sheet in book.sheets:
            self.rows[sheet.id] = {r.key: i for i, r in enumerate(sheet.rows(), FIRST_ROW) if r.key}
            self.columns[sheet.id] = {key: i for i, (key, _) in enumerate(sheet.columns, FIRST_COLUMN) if _ours(key)}

    def target(self, sheet: str, row: str = "", column: str = "", last: str = "") -> str | None:
        """The location of a link, or None when there is no such place."""
        if sheet not in self.titles or (row and row not in self.rows[sheet]):
            return None
        top = self.rows[sheet].get(row, FIRST_ROW)
        left = self.columns[sheet].get(column, FIRST_COLUMN)
        where = f"{get_column_letter(left)}{top}"
        if last in self.rows[sheet]:
            right = FIRST_COLUMN + len(self.columns[sheet]) - 1
            where += f":{get_column_letter(right)}{self.rows[sheet][last]}"
        return "'" + self.titles[sheet].replace("'", "''") + "'!" + where


class _Looks:
    """Style arrays by what they look like, each built once: that is what keeps 20,000 rows quick."""

    def __init__(self, language: str) -> None:
        self.font = FONTS.get(language, FONTS["en"])
        self.made: dict[tuple[Any, ...], Any] = {}

    def apply(self, cell: Any, spec: CellSpec, *, own: bool = True) -> None:
        """Give the cell the looks of its spec. ``own=False``: the very array that others have, for cells that nobody changes after."""
        quoted = isinstance(spec.text, str) and spec.text.startswith(("=", "+", "-", "@"))
        number = DATE if isinstance(spec.text, date) and STYLES[spec.style].number == "General" else spec.number
        spec = spec if number == spec.number else replace(spec, number=number)
        key = (spec.style, spec.fill, spec.color, spec.bold, spec.italic, spec.number, spec.marks, quoted)
        if key not in self.made:
            self._dress(cell, STYLES[spec.style], spec)
            if quoted:
                cell.quotePrefix = True
            self.made[key] = copy(cell._style)
        cell._style = copy(self.made[key]) if own else self.made[key]

    def _dress(self, cell: Any, style: Style, spec: CellSpec) -> None:
        bold = style.bold if spec.bold is None else spec.bold
        italic = style.italic if spec.italic is None else spec.italic
        marks = dict(spec.marks)
        cell.font = Font(
            name=self.font, size=marks.get("size", style.size), bold=bold, italic=italic, strike=marks.get("strike"), u=marks.get("underline"),
            color="FF" + (spec.color or style.color),
        )  # fmt: skip
        fill = spec.fill or style.fill
        if fill:
            cell.fill = PatternFill("solid", fgColor="FF" + fill)
        cell.alignment = Alignment(
            horizontal=marks.get("across", style.across), vertical=style.up, wrap_text=style.wrap, indent=style.indent
        )
        if style.box:
            side = Side(style="thin", color="FF" + style.box)
            names = {"l": "left", "r": "right", "t": "top", "b": "bottom"}
            cell.border = Border(**{names[s]: side for s in style.sides})
        elif style.bottom:
            cell.border = Border(bottom=Side(style=style.line, color="FF" + style.bottom))
        cell.number_format = spec.number or style.number


def row_height(row: Row, widths: list[float]) -> float:
    """Points that fit the tallest wrapped text of a row."""
    if row.height is not None:
        return row.height
    needed, at = row.least, 0
    for spec in row.cells:
        style = STYLES[spec.style]
        if spec.down == 1 and spec.text is not None:
            room = sum(widths[at : at + spec.span]) - style.indent * 1.5
            text = str(spec.text) if style.wrap else str(spec.text).split("\n")[0][:1]
            needed = max(needed, measure.height(text, room, style.size))
        at += spec.span
    return min(needed, measure.LONGEST)


def _resolved(formula: Formula, letter: str, rows: Mapping[str, int]) -> Formula:
    """A formula with its row keys turned into cells of this column."""
    return Formula(re.sub(r"\[([^\]]+)\]", lambda m: f"{letter}{rows[m[1]]}" if m[1] in rows else m[0], formula))


def _write_row(ws: Worksheet, number: int, row: Row, looks: _Looks, places: Places, rows: Mapping[str, int]) -> None:
    at = FIRST_COLUMN
    for spec in row.cells:
        cell = ws.cell(number, at)
        put(cell, _resolved(spec.text, get_column_letter(at), rows) if isinstance(spec.text, Formula) else spec.text)
        merged = spec.span > 1 or spec.down > 1
        looks.apply(cell, spec, own=merged)
        if merged:
            for r in range(number, number + spec.down):
                for c in range(at, at + spec.span):
                    looks.apply(ws.cell(r, c), spec)
            ws.merge_cells(start_row=number, end_row=number + spec.down - 1, start_column=at, end_column=at + spec.span - 1)
        if spec.link is not None:
            where = places.target(spec.link.sheet, spec.link.row, spec.link.column, spec.link.last)
            if where:
                ref = f"{get_column_letter(at)}{number}"
                cell._hyperlink = Hyperlink(ref=ref, location=where)  # the setter would restyle and fill the cell
        if spec.comment:
            comment = Comment(cell_text(spec.comment), AUTHOR)
            comment.width = 320
            comment.height = 24 + 17 * measure.line_count(spec.comment, 42, 9)
            cell.comment = comment
        at += spec.span


def _write_keys(ws: Worksheet, sheet: Sheet) -> None:
    faint = Font(name="Arial", size=6, color="FFB8C0C8")
    mark = ws.cell(1, 1)
    put(mark, f"{MARK} {sheet.id}")
    mark.font = faint
    for i, (key, _) in enumerate(sheet.columns, FIRST_COLUMN):
        if _ours(key):
            put(ws.cell(1, i), key)
    for i, row in enumerate(sheet.rows(), FIRST_ROW):
        if row.key:
            put(ws.cell(i, 1), row.key)
    ws.row_dimensions[1].hidden = True
    ws.column_dimensions["A"].hidden = True
    ws.column_dimensions["A"].width = 2


def _write_table(ws: Worksheet, block: Block, sheet: Sheet, top: int, lists: dict[tuple[str, ...], str]) -> None:
    bottom = top + len(block.rows) - 1
    if bottom == top:
        return
    letters = {key: get_column_letter(i) for i, (key, _) in enumerate(sheet.columns, FIRST_COLUMN) if key}
    for choice in block.choices:
        rule = DataValidation(type="list", formula1=lists[choice.options], allow_blank=True, showErrorMessage=False)
        rule.add(f"{letters[choice.column]}{top + 1}:{letters[choice.column]}{bottom + 200}")
        ws.add_data_validation(rule)
    for column in block.dates:
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True, showErrorMessage=False)
        rule.add(f"{letters[column]}{top + 1}:{letters[column]}{bottom + 200}")
        ws.add_data_validation(rule)
    last = get_column_letter(FIRST_COLUMN + len(sheet.columns) - 1)
    name = "rk_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in f"{sheet.id}_{block.name}")
    table = Table(displayName=name, ref=f"A{top}:{last}{bottom}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    ws.add_table(table)


def _table_head(row: Row, columns: int) -> Row:
    """Headers as a table needs them: text, none blank, no two alike (Excel repairs the file otherwise)."""
    cells, taken = [], set()
    for i, spec in enumerate([*row.cells, *[CellSpec(None, "th")] * (columns - len(row.cells))], 1):
        text = cell_text(str(spec.text if spec.text is not None else "")).replace("\n", " ").strip() or f"({i})"
        while text.casefold() in taken:
            text += "*"
        taken.add(text.casefold())
        cells.append(replace(spec, text=text))
    return replace(row, cells=tuple(cells))


def _page(ws: Worksheet, sheet: Sheet, book: Book, numbers: Mapping[str, int]) -> None:
    ws.sheet_view.showGridLines = False
    ws.sheet_view.zoomScale = sheet.zoom
    ws.sheet_properties.tabColor = sheet.tab or None
    if sheet.freeze:
        ws.freeze_panes = f"{get_column_letter(FIRST_COLUMN + sheet.freeze[1])}{numbers[sheet.freeze[0]]}"
    ws.page_setup.paperSize = sheet.paper
    ws.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 1 if sheet.one_page else 0
    ws.print_options.horizontalCentered = True
    for side, inches in (("left", 0.4), ("right", 0.4), ("top", 0.45), ("bottom", 0.55), ("header", 0.2), ("footer", 0.25)):
        setattr(ws.page_margins, side, inches)
    title = ILLEGAL.sub("", book.title).replace("&", "&&")[:100]
    ws.oddFooter.left.text = title
    ws.oddFooter.right.text = "&P / &N"
    ws.oddFooter.left.size = ws.oddFooter.right.size = 8
    if sheet.repeat:
        ws.print_title_rows = f"{numbers[sheet.repeat]}:{numbers[sheet.repeat]}"
    last = get_column_letter(FIRST_COLUMN + len(sheet.columns) - 1)
    count = len(sheet.rows())
    if 0 < sheet.print_rows < count:
        count = sheet.print_rows
        ws.oddFooter.center.text, ws.oddFooter.center.size = sheet.print_note.replace("&", "&&"), 8
    ws.print_area = f"B2:{last}{FIRST_ROW + count - 1}"


def _write_sheet(
    wb: Workbook, sheet: Sheet, book: Book, places: Places, looks: _Looks, lists: dict[tuple[str, ...], str]
) -> None:
    ws = wb.create_sheet(places.titles[sheet.id])
    _write_keys(ws, sheet)
    widths = [w for _, w in sheet.columns]
    for i, units in enumerate(widths, FIRST_COLUMN):
        ws.column_dimensions[get_column_letter(i)].width = units
    for i, (key, _) in enumerate(sheet.columns, FIRST_COLUMN):
        if key in sheet.hidden_columns:
            ws.column_dimensions[get_column_letter(i)].hidden = True
    number = FIRST_ROW
    for block in sheet.blocks:
        if block.table:
            _write_table(ws, block, sheet, number, lists)
            block = replace(block, rows=(_table_head(block.rows[0], len(sheet.columns)), *block.rows[1:]))
        for row in block.rows:
            _write_row(ws, number, row, looks, places, places.rows[sheet.id])
            ws.row_dimensions[number].height = row_height(row, widths)
            if row.hidden:
                ws.row_dimensions[number].hidden = True
            number += 1
    _page(ws, sheet, book, places.rows[sheet.id])
    for chart in sheet.charts:
        add_chart(ws, chart, places.rows[sheet.id], places.columns[sheet.id], looks.font)
    if sheet.hidden:
        ws.sheet_state = "hidden"


def _write_lists(wb: Workbook, book: Book) -> dict[tuple[str, ...], str]:
    """The options of all drop-downs, on a hidden sheet: lists inside a rule are limited to 255 characters."""
    wanted = dict.fromkeys(c.options for s in book.sheets for b in s.blocks for c in b.choices)
    if not wanted:
        return {}
    ws = wb.create_sheet(LISTS)
    ws.sheet_state = "hidden"
    put(ws.cell(1, 1), f"{MARK} {LISTS}")
    where = {}
    for column, options in enumerate(wanted, 2):
        for row, option in enumerate(options, 2):
            put(ws.cell(row, column), option)
        letter = get_column_letter(column)
        where[options] = f"'{LISTS}'!${letter}$2:${letter}${len(options) + 1}"
    return where


def _write_data(wb: Workbook, data: str) -> None:
    ws = wb.create_sheet(DATA)
    ws.sheet_state = "hidden"
    put(ws.cell(1, 1), f"{MARK} {DATA}")
    for i in range(0, len(data), CHUNK):
        put(ws.cell(2 + i // CHUNK, 1), data[i : i + CHUNK])


def _in_order(wb: Workbook, titles: Sequence[str]) -> None:
    """Sheets in this order; those that it does not name stay behind the one they follow."""
    places = {title: i for i, title in enumerate(titles)}
    ranks, rank = {}, -1.0
    for ws in wb.worksheets:
        rank = float(places.get(ws.title, rank))
        ranks[ws.title] = rank
    known = set(places)
    for number, ws in enumerate(sorted(wb.worksheets, key=lambda s: (ranks[s.title], s.title not in known))):
        wb.move_sheet(ws, number - wb.index(ws))


def render(book: Book, extra: Sequence[Worksheet] = (), order: Sequence[str] = ()) -> bytes:
    """The workbook as the bytes of an .xlsx file; the same book gives the same bytes.

    ``extra`` sheets are copied behind ours; ``order`` holds the ids of our sheets and the titles of the extra ones as they stood.
    """
    wb = Workbook()
    wb.remove(wb.active)
    formulas = any(isinstance(c.text, Formula) for s in book.sheets for r in s.rows() for c in r.cells)
    wb.calculation = CalcProperties(fullCalcOnLoad=formulas or bool(extra))
    wb.properties.creator = AUTHOR
    wb.properties.title = ILLEGAL.sub("", book.title)[:200]
    places, looks = Places(book), _Looks(book.language)
    lists = _write_lists(wb, book)
    for sheet in book.sheets:
        _write_sheet(wb, sheet, book, places, looks, lists)
    if lists:
        wb.move_sheet(LISTS, len(wb.sheetnames))
    titles = dict(places.titles)
    for sheet in extra:
        titles["+" + sheet.title] = copy_sheet(sheet, wb)
    if order:
        _in_order(wb, [titles[name] for name in order if name in titles])
    if book.data:
        _write_data(wb, book.data)
    wb.active = next(i for i, ws in enumerate(wb.worksheets) if ws.sheet_state == "visible")
    return saved(wb)
