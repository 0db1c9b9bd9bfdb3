"""What researchers do to a workbook by hand: forty kinds of edit, each with how to see afterwards that it is still there."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from research_kit.write import readback
from research_kit.write.readback import Grid

MAP, SECOND = "map:current:everyone", "map:current:persona-1"
RED = "FFAB12CD"


def reading(path: Path) -> Workbook:
    """A workbook to look at: nobody changes it, so its keys are looked up once."""
    book = load_workbook(path, rich_text=True)
    book.looked_up = readback.grids(book)
    return book


class Changing(dict[str, Worksheet]):
    """Our sheets by id in a workbook that is being edited: the keys of a sheet are looked up whenever it is asked for, the others' not."""

    def __getitem__(self, sheet: str) -> Grid:
        found = readback.grid(super().__getitem__(sheet))
        assert found
        return found


def grids(book: Workbook) -> dict[str, Grid]:
    """Our sheets by id."""
    if hasattr(book, "looked_up"):
        return book.looked_up
    if not hasattr(book, "ours"):
        book.ours = Changing({key: one.sheet for key, one in readback.grids(book).items()})
    return book.ours


def insert(sheet: Worksheet, *, row: int = 0, column: int = 0) -> None:
    """Insert a row or a column as a spreadsheet program does: merged cells move along."""
    areas = [(r.min_row, r.max_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    if row:
        sheet.insert_rows(row)
    if column:
        sheet.insert_cols(column)
    for top, bottom, left, right in areas:
        top, bottom = top + bool(row and top >= row), bottom + bool(row and bottom >= row)
        left, right = left + bool(column and left >= column), right + bool(column and right >= column)
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


def place(book: Workbook, sheet: str, row: str, column: str):
    grid = grids(book)[sheet]
    return grid.sheet.cell(grid.rows[row], grid.columns[column])


@dataclass
class Kind:
    """A kind of edit: how it is made, and how it is seen afterwards."""

    name: str
    make: Callable[[Workbook], None]
    check: Callable[[Workbook], bool]


def text(name: str, sheet: str, row: str, column: str, value: object, seen: object = None) -> Kind:
    def make(book: Workbook) -> None:
        place(book, sheet, row, column).value = value

    def check(book: Workbook) -> bool:
        found = place(book, sheet, row, column).value
        return found == (value if seen is None else seen)

    return Kind(name, make, check)


def looks(name: str, row: str, column: str, change: Callable, seen: Callable[..., bool], sheet: str = MAP) -> Kind:
    return Kind(name, lambda b: change(place(b, sheet, row, column)), lambda b: bool(seen(place(b, sheet, row, column))))


def fill(cell) -> None:
    cell.fill = PatternFill("solid", fgColor=RED)


def note(words: str) -> Callable:
    return lambda cell: setattr(cell, "comment", Comment(words, "Mei"))


def column_with(book: Workbook, sheet: str, header_row: str, words: str) -> int:
    grid = grids(book)[sheet]
    row = grid.rows[header_row]
    return next((c.column for c in grid.sheet[row] if c.value == words), 0)


def row_with(grid: Grid, words: str) -> int:
    return next((c.row for line in grid.sheet.iter_rows() for c in line if c.value == words), 0)


def typed_row(sheet: str, after: str, words: str, column: str) -> Callable[[Workbook], None]:
    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        insert(grid.sheet, row=grid.rows[after] + 1)
        grid.sheet.cell(grid.rows[after] + 1, grid.columns[column]).value = words

    return make


def has_row(sheet: str, after: str, words: str) -> Callable[[Workbook], bool]:
    def check(book: Workbook) -> bool:
        grid = grids(book)[sheet]
        return row_with(grid, words) == grid.rows[after] + 1

    return check


def typed_column(sheet: str, after: str, header_row: str, words: str, row: str, value: str) -> Callable[[Workbook], None]:
    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        at = grid.columns[after] + 1
        insert(grid.sheet, column=at)
        grid.sheet.cell(grid.rows[header_row], at).value = words
        grid.sheet.cell(grid.rows[row], at).value = value

    return make


def has_column(sheet: str, header_row: str, words: str, row: str, value: str) -> Callable[[Workbook], bool]:
    def check(book: Workbook) -> bool:
        at = column_with(book, sheet, header_row, words)
        grid = grids(book)[sheet]
        return bool(at) and grid.sheet.cell(grid.rows[row], at).value == value

    return check


def drop_row(sheet: str, row: str) -> Callable[[Workbook], None]:
    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        grid.sheet.delete_rows(grid.rows[row])

    return make


def drop_column(sheet: str, column: str) -> Callable[[Workbook], None]:
    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        at = grid.columns[column]
        for area in list(grid.sheet.merged_cells.ranges):
            grid.sheet.unmerge_cells(str(area))
        grid.sheet.delete_cols(at)

    return make


def sort_backwards(book: Workbook) -> None:
    grid = grids(book)["opportunities"]
    rows = [n for key, n in grid.rows.items() if key.startswith("opportunity:")]
    values = [[c.value for c in grid.sheet[n]] for n in rows]
    for number, line in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(line, 1):
            grid.sheet.cell(number, column).value = value


def sorted_backwards(book: Workbook) -> bool:
    keys = [k for k in grids(book)["opportunities"].rows if k.startswith("opportunity:")]
    return keys.index("opportunity:opportunity-2") < keys.index("opportunity:opportunity-1")


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("My notes")
    sheet["B2"] = "Interview plan"
    sheet["B2"].font = Font(bold=True, color=RED)
    sheet["B3"] = "=1+2"
    sheet.merge_cells("B5:D6")
    sheet["B5"] = "merged"
    sheet.column_dimensions["B"].width = 33


def copied(book: Workbook) -> None:
    book.copy_worksheet(grids(book)["personas"].sheet).title = "Personas old"


def rename(sheet: str, title: str) -> Callable[[Workbook], None]:
    return lambda book: setattr(grids(book)[sheet].sheet, "title", title)


def rich(cell) -> None:
    cell.value = CellRichText("asks ", TextBlock(InlineFont(b=True), "everybody"), " at work")


def radio(book: Workbook) -> None:
    cell = place(book, MAP, "lane:channels", "awareness")
    cell.value = "radio"
    fill(cell)


def dims(book: Workbook, sheet: str, column: str):
    grid = grids(book)[sheet]
    return grid.sheet.column_dimensions[grid.sheet.cell(1, grid.columns[column]).column_letter]


def line(book: Workbook, sheet: str, row: str):
    grid = grids(book)[sheet]
    return grid.sheet.row_dimensions[grid.rows[row]]


def swap_rows(sheet: str, pairs: list[tuple[str, str]]) -> Callable[[Workbook], None]:
    """Cut rows and insert them elsewhere: what stands in them moves, their hidden keys too."""

    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        for one, other in pairs:
            for a, b in zip(grid.sheet[grid.rows[one]], grid.sheet[grid.rows[other]], strict=True):
                a.value, b.value = b.value, a.value

    return make


def swap_columns(sheet: str, one: str, other: str) -> Callable[[Workbook], None]:
    def make(book: Workbook) -> None:
        grid = grids(book)[sheet]
        for row in range(grid.key_row, grid.sheet.max_row + 1):
            a, b = grid.sheet.cell(row, grid.columns[one]), grid.sheet.cell(row, grid.columns[other])
            if "MergedCell" not in (type(a).__name__, type(b).__name__):
                a.value, b.value = b.value, a.value

    return make


def copied_row(book: Workbook) -> None:
    """A row of a table copied below itself, hidden key and all, and changed."""
    grid = grids(book)["opportunities"]
    number = grid.rows["opportunity:opportunity-1"]
    insert(grid.sheet, row=number + 1)
    for cell in grid.sheet[number]:
        grid.sheet.cell(number + 1, cell.column).value = cell.value
    grid.sheet.cell(number + 1, grid.columns["text"]).value = "a variant of it"


def filtered(book: Workbook) -> None:
    line(book, "opportunities", "opportunity:opportunity-2").hidden = True


def array_formula(book: Workbook) -> None:
    cell = place(book, SECOND, "lane:touchpoints", "retention")
    cell.parent[cell.coordinate] = ArrayFormula(cell.coordinate, "=SUM(1,2)")


def equals_as_text(cell) -> None:
    cell.value, cell.data_type, cell.quotePrefix = "=no formula", "s", True


KINDS = [
    text("text", MAP, "lane:actions", "awareness", "asks people on the bus"),
    text("several lines", MAP, "lane:actions", "use", "• one\n• two\n• three"),
    text("cleared cell", MAP, "lane:touchpoints", "use", None, seen=None),
    text("thin cell filled in", MAP, "lane:goals", "retention", "collect stamps"),
    text("Chinese and emoji", MAP, "lane:actions", "purchase", "排隊結帳 🧾 𠮷"),
    text("a number where text was", MAP, "lane:channels", "use", 42),
    text("a mean corrected", MAP, "mean:survey.csv", "use", 0.9),
    text("stage renamed", MAP, "stages", "purchase", "Ordering"),
    text("lane renamed", MAP, "lane:quotes", "#labels", "Voices"),
    text("persona renamed", SECOND, "head:name", "#labels", "Rushers"),
    text("heading reworded", "overview", "~findings.0", "#labels", "Key insights"),
    text("finding reworded", "overview", "finding:1", "#labels", "1. Three kinds of guests."),
    text("persona card reworded", "personas", "rule", "persona-1", "Comes early"),
    text("owner", "opportunities", "opportunity:opportunity-1", "owner", "Mei"),
    text("due date", "opportunities", "opportunity:opportunity-1", "due", datetime.datetime(2027, 3, 1)),  # noqa: DTZ001 - a cell has no zone
    text("status", "opportunities", "opportunity:opportunity-2", "status", "planned"),
    text("priority", "opportunities", "opportunity:opportunity-2", "priority", "low"),
    text("effort", "opportunities", "opportunity:opportunity-2", "effort", "large"),
    text("severity overruled", "pains", "theme:theme-2", "severity", 0.1),
    text("dismissed", "pains", "theme:theme-4", "dismiss", "dismissed"),
    text("codebook reason", "codebook", "question:survey.csv:q1", "reason", "I asked it so"),
    text("method remark", "method", "limit:0", "name", "Guests only."),
    looks("fill", "lane:actions", "consideration", fill, lambda c: c.fill.fgColor.rgb[-6:] == RED[-6:]),
    looks("font colour", "lane:channels", "purchase", lambda c: setattr(c, "font", Font(color=RED)), lambda c: c.font.color.rgb[-6:] == RED[-6:]),
    looks("bold", "lane:touchpoints", "purchase", lambda c: setattr(c, "font", Font(b=True)), lambda c: c.font.b),
    looks("italic", "lane:touchpoints", "awareness", lambda c: setattr(c, "font", Font(i=True)), lambda c: c.font.i),
    looks("comment added", "stages", "use", note("check with Ana"), lambda c: "check with Ana" in c.comment.text),
    looks("comment beside ours", "lane:pain_points", "use", note("really?"), lambda c: "really?" in c.comment.text),
    looks("evidence highlighted", "everyone/use/quotes#1", "quote", fill, lambda c: c.fill.fgColor.rgb[-6:] == RED[-6:], sheet="evidence"),
    looks("rich text", "lane:actions", "advocacy", rich, lambda c: str(c.value) == "asks everybody at work"),
    Kind("text and fill", radio,
         lambda b: place(b, MAP, "lane:channels", "awareness").value == "radio"
         and place(b, MAP, "lane:channels", "awareness").fill.fgColor.rgb[-6:] == RED[-6:]),
    Kind("own lane", typed_row(MAP, "lane:actions", "Mental model", "#labels"), has_row(MAP, "lane:actions", "Mental model")),
    Kind("row on top", lambda b: insert(grids(b)["personas"].sheet, row=1), lambda b: bool(grids(b)["personas"].rows)),
    Kind("row at the end of a table", lambda b: grids(b)["pains"].sheet.append([None, 99, "cold coffee"]),
         lambda b: bool(row_with(grids(b)["pains"], "cold coffee"))),
    Kind("own stage", typed_column(MAP, "use", "stages", "Complaint", "lane:actions", "writes to us"),
         has_column(MAP, "stages", "Complaint", "lane:actions", "writes to us")),
    Kind("column on the left", lambda b: insert(grids(b)[SECOND].sheet, column=1), lambda b: place(b, SECOND, "head:name", "#labels").value == "Rushers"),
    Kind("tags beside evidence", typed_column("evidence", "mention", "head", "Tag", "everyone/use/quotes#1", "price"),
         has_column("evidence", "head", "Tag", "everyone/use/quotes#1", "price")),
    Kind("column inside a table", typed_column("pains", "stage", "head", "Team", "theme:theme-1", "Ops"),
         has_column("pains", "head", "Team", "theme:theme-1", "Ops")),
    Kind("lane deleted", drop_row(SECOND, "lane:channels"), lambda b: "lane:channels" not in grids(b)[SECOND].rows),
    Kind("pain deleted", drop_row("pains", "theme:theme-3"), lambda b: "theme:theme-3" not in grids(b)["pains"].rows),
    Kind("column deleted", drop_column("pains", "sources"), lambda b: "sources" not in grids(b)["pains"].columns),
    Kind("sorted", sort_backwards, sorted_backwards),
    Kind("sheet renamed", rename(MAP, "All guests"), lambda b: grids(b)[MAP].sheet.title == "All guests"),
    Kind("sheet added", own_sheet, lambda b: b["My notes"]["B2"].value == "Interview plan" and b["My notes"]["B2"].font.b
         and b["My notes"]["B5"].value == "merged" and str(b["My notes"].merged_cells) == "B5:D6"),
    Kind("formula on an added sheet", lambda b: None, lambda b: b["My notes"]["B3"].value == "=1+2"),
    Kind("sheet copied", copied, lambda b: "Personas old" in b.sheetnames and "personas" in grids(b)),
    Kind("formula in a cell", lambda b: setattr(place(b, MAP, "lane:touchpoints", "retention"), "value", "=2*21"),
         lambda b: place(b, MAP, "lane:touchpoints", "retention").value == "=2*21"),
    Kind("array formula", array_formula, lambda b: "SUM(1,2)" in str(getattr(place(b, SECOND, "lane:touchpoints", "retention").value, "text", ""))),
    looks("text that begins with =", "lane:actions", "retention", equals_as_text, lambda c: c.value == "=no formula" and c.data_type != "f", SECOND),
    looks("a date on the map", "lane:goals", "use", lambda c: setattr(c, "value", datetime.date(2027, 5, 1)),
          lambda c: str(c.value)[:10] == "2027-05-01" and c.is_date, SECOND),
    # LibreOffice saves these two as formulas of the same value.
    looks("yes or no", "lane:goals", "purchase", lambda c: setattr(c, "value", True), lambda c: c.value in (True, "=TRUE()"), SECOND),
    looks("an error value", "lane:goals", "awareness", lambda c: setattr(c, "value", "#N/A"), lambda c: str(c.value).strip("=") == "#N/A", SECOND),
    text("as long as a cell can be", SECOND, "lane:quotes", "use", "x" * 32_767),
    looks("struck out", "lane:actions", "advocacy", lambda c: setattr(c, "font", Font(strike=True)), lambda c: c.font.strike, SECOND),
    looks("underlined", "lane:actions", "awareness", lambda c: setattr(c, "font", Font(u="single")), lambda c: c.font.u == "single", SECOND),
    looks("size", "lane:actions", "consideration", lambda c: setattr(c, "font", Font(sz=18)), lambda c: c.font.sz == 18, SECOND),
    looks("alignment", "lane:quotes", "awareness", lambda c: setattr(c, "alignment", Alignment(horizontal="right")),
          lambda c: c.alignment.horizontal == "right", SECOND),
    Kind("lanes moved", swap_rows(MAP, [("lane:goals", "lane:quotes"), ("n:goals", "n:quotes")]),
         lambda b: grids(b)[MAP].rows["lane:quotes"] < grids(b)[MAP].rows["lane:actions"] < grids(b)[MAP].rows["lane:goals"]),
    Kind("stages moved", swap_columns(SECOND, "purchase", "use"), lambda b: grids(b)[SECOND].columns["use"] < grids(b)[SECOND].columns["purchase"]),
    Kind("row copied in a table", copied_row, lambda b: bool(row_with(grids(b)["opportunities"], "a variant of it"))
         and place(b, "opportunities", "opportunity:opportunity-1", "text").value != "a variant of it"),
    Kind("row hidden", lambda b: setattr(line(b, MAP, "lane:channels"), "hidden", True), lambda b: line(b, MAP, "lane:channels").hidden),
    Kind("column hidden", lambda b: setattr(dims(b, "opportunities", "reason"), "hidden", True), lambda b: dims(b, "opportunities", "reason").hidden),
    Kind("column widened", lambda b: setattr(dims(b, "opportunities", "owner"), "width", 44), lambda b: abs(dims(b, "opportunities", "owner").width - 44) < 2),
    Kind("row made taller", lambda b: setattr(line(b, MAP, "lane:actions"), "height", 150), lambda b: abs(line(b, MAP, "lane:actions").height - 150) < 3),
    Kind("filtered rows come back", filtered, lambda b: not line(b, "opportunities", "opportunity:opportunity-2").hidden),
    Kind("sheet moved", lambda b: b.move_sheet(grids(b)["opportunities"].sheet, -4),
         lambda b: b.sheetnames.index(grids(b)["opportunities"].sheet.title) < b.sheetnames.index(grids(b)["personas"].sheet.title)),
    Kind("sheet hidden", lambda b: setattr(grids(b)["codebook"].sheet, "sheet_state", "hidden"), lambda b: grids(b)["codebook"].sheet.sheet_state == "hidden"),
    Kind("own sheet in front", lambda b: b.create_sheet("Read me first", 0).append(["hello"]), lambda b: b.sheetnames[0] == "Read me first"),
    Kind("tab colour", lambda b: setattr(grids(b)["pains"].sheet.sheet_properties, "tabColor", RED),
         lambda b: grids(b)["pains"].sheet.sheet_properties.tabColor.rgb[-6:] == RED[-6:]),
]  # fmt: skip
