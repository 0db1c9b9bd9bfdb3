"""XLSX, XLSM, XLSB, XLS and ODS -> Grid, through python-calamine. Cells read as the same text that a CSV of the sheet would hold."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import python_calamine as calamine

from research_kit.errors import InputError
from research_kit.reading.extent import MAX_CELLS, check
from research_kit.reading.grid import MAX_COLUMNS, Grid, text_frame
from research_kit.reading.said import first, refused, said

INNER_KEYS = ("_parent_index", "parent_key")
"""Columns that say to which row of another table a row belongs."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(data: bytes, *, sheet: str = "", name: str = "") -> Grid:
    """The named sheet, else the one with most cells. InputError when it is protected, damaged, empty, or has no such sheet."""
    check(data, name)
    with _plain_errors(name):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [m.name for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet] or book.sheet_names
    if sheet and sheet not in names:
        raise refused("no-sheet", name=name, sheet=sheet, held=", ".join(names))
    inner = [] if sheet or len(names) < 2 else [n for n in names if _is_inner(book, n, name)]
    chosen, cells, others = _largest(book, [sheet] if sheet else [n for n in names if n not in inner] or names, name)
    if not cells:
        raise refused("no-rows", name=name)
    notes = [said("sheet", name=chosen), said("not-used", names=first(others))] if others else []
    notes += [said("repeats", names=first(inner))] if inner and chosen not in inner else []
    frame_rows, numbers = cells
    width = max(map(len, frame_rows))
    if width > MAX_COLUMNS:
        raise refused("too-wide", name=name, width=f"{width:,}", most=f"{MAX_COLUMNS:,}")
    return Grid(text_frame(frame_rows, numbers, width), sheet=chosen, notes=tuple(notes))


class _plain_errors:  # noqa: N801  reads as a statement
    """Turns whatever the library raises, its Rust panics too, into one sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        # A panic of the library also prints its own account; the sentence below is enough.
        self.stderr = -1
        with contextlib.suppress(OSError):
            self.stderr = os.dup(2)
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, _trace: object) -> None:
        if self.stderr >= 0:
            os.dup2(self.stderr, 2)
            os.close(self.stderr)
        if problem is None or isinstance(problem, (InputError, KeyboardInterrupt, SystemExit, MemoryError)):
            return
        if isinstance(problem, calamine.PasswordError) or "password" in str(problem).lower():
            raise refused("password", name=self.name) from None
        raise refused("damaged-workbook", name=self.name) from None


def _is_inner(book: Any, sheet: str, name: str) -> bool:
    """A sheet of repeated groups (KoboToolbox, ODK): its rows belong to rows of another sheet, and are not people who answered."""
    try:
        with _plain_errors(name):
            head = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True, nrows=1)
    except InputError:
        return False
    return bool(head) and any(str(cell).strip().lower() in INNER_KEYS for cell in head[0])


def _largest(book: Any, names: list[str], name: str) -> tuple[str, tuple[list[list[str]], range] | None, list[str]]:
    """The sheet with most filled rows x columns; what cannot be read is passed over while another sheet can."""
    sizes: dict[str, int] = {}
    chosen, sheet = "", None
    failed: InputError | None = None
    for candidate in names:
        try:
            with _plain_errors(name):
                found = book.get_sheet_by_name(candidate)
                sizes[candidate] = (found.height or 0) * (found.width or 0) if found.end is not None else 0
        except InputError as problem:
            failed = problem
            continue
        if sheet is None or sizes[candidate] > sizes[chosen]:
            chosen, sheet = candidate, found
    if sheet is None:
        raise failed or refused("no-rows", name=name)
    if not sizes[chosen]:
        return chosen, None, []
    if sizes[chosen] > MAX_CELLS:
        raise refused("too-many-cells", name=name, cells=f"{sizes[chosen]:,}")
    with _plain_errors(name):
        values = sheet.to_python(skip_empty_area=True)
        merged = sheet.merged_cell_ranges or []
    top = sheet.start[0] + 1
    rows = [_row(r) for r in values]
    _spread_merged(rows, merged, sheet.start)
    return chosen, (rows, range(top, top + len(rows))), [n for n in names if n != chosen and sizes.get(n)]


def _row(values: list[Any]) -> list[str]:
    return [v if type(v) is str and "_x" not in v and "\r" not in v else cell_text(v) for v in values]


def cell_text(value: Any) -> str:
    """One cell as text: whole numbers without ".0", dates in ISO form without a midnight nobody wrote, TRUE and FALSE as Excel shows them."""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescape, value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        rounded = value + datetime.timedelta(microseconds=500_000) if value.microsecond else value
        rounded = rounded.replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == datetime.time() else rounded.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)


@lru_cache(maxsize=20_000)
def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # Excel keeps 15 digits; 0.1 + 0.2 arithmetic noise beyond them is nobody's answer.
    return format(value, ".15g") if "e" not in format(value, ".15g") else repr(value)


def _unescape(match: re.Match[str]) -> str:
    """``_x000D_``: how XLSX writes characters that XML cannot hold."""
    code = int(match.group(1), 16)
    return (
        "\n" if code == 0x0D else "" if code < 0x20 and code not in (0x09, 0x0A) else chr(code) if code == 0x5F else match.group()
    )


def _spread_merged(rows: list[list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]) -> None:
    """A merged cell below the header stands for all the cells that it covers, downwards; a header merged across is left as blanks
    after a text, which is how every platform writes a question over its options."""
    for (top, left), (bottom, right) in merged:
        r0, c0 = top - start[0], left - start[1]
        if not (0 <= r0 < len(rows) and 0 <= c0 < len(rows[0])) or left != right or r0 == 0:
            continue
        for r in range(r0 + 1, min(bottom - start[0] + 1, len(rows))):
            if not rows[r][c0]:
                rows[r][c0] = rows[r0][c0]
