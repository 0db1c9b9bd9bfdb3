"""HTML tables and XML spreadsheets under an Excel name, as CRM and Chinese back ends write them -> Grid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from research_kit.reading.grid import MAX_COLUMNS, Grid, text_frame
from research_kit.reading.said import refused, said

_LARGEST_SPAN = 1000


def looks_like_html(text: str) -> bool:
    """True when a table stands in markup: HTML, or the XML spreadsheet of Excel 2003."""
    head = text[:5000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith("<") and (
        "<html" in head or "<table" in head or "<!doctype html" in head or "urn:schemas-microsoft-com:office:spreadsheet" in head
    )


def read_html(text: str, *, name: str = "") -> Grid:
    """The largest table. InputError when there is none with more than one row."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [t for t in parser.tables if t.rows]
    if not tables:
        raise refused("web-page", name=name)
    largest = max(tables, key=lambda t: sum(map(len, t.rows)))
    width = max(map(len, largest.rows))
    if width > MAX_COLUMNS:
        raise refused("too-wide", name=name, width=f"{width:,}", most=f"{MAX_COLUMNS:,}")
    rows = [row + [""] * (width - len(row)) for row in largest.rows]
    notes = [said("html")]
    if len(tables) > 1:
        notes.append(said("html-largest", n=len(tables)))
    return Grid(text_frame(rows, range(1, len(rows) + 1), width), notes=tuple(notes))


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Column -> (rows still to come, text) of a cell that reaches down."""


class _Tables(HTMLParser):
    """Collects the cells of every table; nested tables are tables of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.across, self.down = 1, 1
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        given = {k.rpartition(":")[2]: v or "" for k, v in attrs}
        if tag == "table":
            self._end_cell()
            table = _Table()
            self.tables.append(table)
            self.open.append(table)
            self.row = None
        elif tag in ("tr", "row") and self.open:
            self._end_row()
            self.row = []
        elif tag in ("td", "th", "cell") and self.open:
            self._end_cell()
            self.row = [] if self.row is None else self.row
            self.cell = []
            self.across, self.down = _span(given.get("colspan")), _span(given.get("rowspan"))
            if given.get("index", "").isdigit():  # XML spreadsheets skip blank cells
                self.row += [""] * (min(int(given["index"]), MAX_COLUMNS) - 1 - len(self.row))
        elif tag in ("br", "p", "div", "li") and self.cell:
            self.cell.append("\n")
        elif tag in ("script", "style"):
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("td", "th", "cell"):
            self._end_cell()
        elif tag in ("tr", "row"):
            self._end_row()
        elif tag == "table" and self.open:
            self._end_row()
            self.open.pop()
        elif tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None or not self.open:
            self.cell = None
            return
        raw = "".join(self.cell).replace("\xa0", " ")
        text = "\n".join(line for part in raw.split("\n") if (line := re.sub(r"[ \t\r]+", " ", part).strip()))
        self._take_spans()
        for _ in range(self.across):
            if self.down > 1:
                self.open[-1].spans[len(self.row)] = (self.down - 1, text)
            self.row.append(text)
            text = ""
        self.cell = None

    def _take_spans(self) -> None:
        """Cells that reach down from the rows above stand before the next one."""
        spans = self.open[-1].spans
        while self.row is not None and len(self.row) in spans:
            left, text = spans.pop(len(self.row))
            if left > 1:
                spans[len(self.row)] = (left - 1, text)
            self.row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None and self.open:
            self._take_spans()
            self.open[-1].rows.append(self.row)
        self.row = None


def _span(value: str | None) -> int:
    return max(1, min(int(value), _LARGEST_SPAN)) if value and value.strip().isdigit() else 1
