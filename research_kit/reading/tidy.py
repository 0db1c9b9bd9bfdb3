"""What stands above and below a table: titles, comment lines and blank rows are taken off, and said."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from research_kit.labels import Sentence
from research_kit.reading.grid import Grid, records
from research_kit.reading.said import of_rows, said

_LOOK_AHEAD = 40


def tidy(grid: Grid) -> Grid:
    """The grid from its header row on, without blank rows, preamble, footer or empty last columns. Row numbers stay those of the file."""
    frame, notes = grid.frame, list(grid.notes)
    blank = _blank_rows(frame)
    inner = int(blank.sum())
    frame = frame.loc[~blank]
    if inner:
        notes.append(said("blank-rows", n=inner))
    frame, above = _without_preamble(frame)
    frame, below = _without_footer(frame, blank)
    frame, totals = _without_totals(frame)
    notes += [*above, *below, *totals]
    frame = _without_empty_columns(frame)
    return replace(grid, frame=frame, notes=tuple(notes))


def _blank_rows(frame: pd.DataFrame) -> pd.Series:
    """Rows in which no cell holds more than blanks; column by column, and only while some row may still be blank."""
    blank = pd.Series(True, index=frame.index)
    for column in frame.columns:
        if not blank.any():
            break
        rest = frame.loc[blank, column]
        blank.loc[blank] = rest.eq("") | rest.str.strip().eq("")
    return blank


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _without_preamble(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Sentence]]:
    """Drop title and comment lines above the header: rows with far fewer cells than the rows that follow."""
    rows = records(frame.iloc[:_LOOK_AHEAD])
    if len(rows) < 2 or frame.shape[1] < 2:
        return frame, []
    skip = 0
    while skip < len(rows) - 1 and rows[skip][0].startswith("#") and rows[skip][0].strip() != "#" and _filled(rows[skip]) <= 2:
        skip += 1  # comment lines, as GA4 writes them
    typical = sorted(_filled(r) for r in rows[skip:])[(len(rows) - skip) // 2]
    while skip < len(rows) - 1 and _is_preamble(rows[skip], typical, rows[skip + 1 :]):
        skip += 1
    if not skip or skip > 20:
        return frame, []
    lines = "; ".join(" ".join(c.strip() for c in row if c.strip())[:80] for row in rows[:skip][:3])
    return frame.iloc[skip:], [said("above-header", n=skip, lines=lines)]


def _is_preamble(row: list[str], typical: int, rest: list[list[str]]) -> bool:
    filled = _filled(row)
    return filled <= 2 and filled < typical and any(_filled(r) >= max(2 * filled, 0.5 * typical) for r in rest[:5])


def _without_footer(frame: pd.DataFrame, blank: pd.Series) -> tuple[pd.DataFrame, list[Sentence]]:
    """Drop lines under the table (report totals, copyright): one filled cell each, at the very end, after a blank row."""
    tail = records(frame.iloc[-12:])
    start = len(tail)
    while start > 0 and _filled(tail[start - 1]) <= 1 and tail[start - 1][0].strip():
        start -= 1
    footer = tail[start:]
    if not footer or len(footer) == len(tail) or frame.shape[1] < 3:
        return frame, []
    first = int(frame.index[-len(footer)])
    if first - 1 not in blank.index or not blank.loc[first - 1]:
        return frame, []
    lines = "; ".join(line[0].strip()[:80] for line in footer[:3])
    return frame.iloc[: -len(footer)], [said("below-table", n=len(footer), lines=lines)]


_TOTALS = re.compile(
    r"(?:grand |sub)?totals?|count|record count|小計|合計|總計|加總|小计|合计|总计|總数|总数|計數|计数", re.IGNORECASE
)

_FIGURE = re.compile(r"[-+\d.,%$€£¥ ]+")


def _without_totals(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Sentence]]:
    """Drop the rows with which a report sums up its groups: "Subtotal", "Count" or "合計" and a number or two, all else blank."""
    narrow = frame.shape[1] < 4
    hit: list[int] = []
    # Only rows that say so in one of the first columns can be such rows: a quick look, for tables may be long.
    for position in range(0 if narrow else 3):
        cells = frame[position].iloc[1:]
        named = {c for c in cells.unique() if len(c) < 20 and _TOTALS.fullmatch(c.strip(" :："))}
        for number in cells.index[cells.isin(named)] if named else ():
            rest = [c.strip() for i, c in enumerate(frame.loc[number]) if i != position and c.strip()]
            if len(rest) <= 0.5 * frame.shape[1] and all(_FIGURE.fullmatch(c) or _TOTALS.fullmatch(c) for c in rest):
                hit.append(int(number))
    rows = sorted(set(hit))
    if not rows:
        return frame, []
    return frame.drop(index=rows), [of_rows("totals-row", rows)]


def _without_empty_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Drop the columns at the right end that hold nothing at all: a trailing delimiter, or formatted but empty cells."""
    width = frame.shape[1]
    while width > 1 and frame[width - 1].eq("").all():
        width -= 1
    return frame if width == frame.shape[1] else frame.iloc[:, :width]
