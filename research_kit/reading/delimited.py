"""Delimited text -> Grid: the delimiter by what a real CSV parser makes of it, broken rows repaired or counted and named.

Two ways to the same cells (a property test holds them to it): Arrow's parser for big files without oddities, Python's for the rest.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv

from research_kit.labels import Sentence
from research_kit.reading.grid import MAX_COLUMNS, Grid, from_arrow, text_frame
from research_kit.reading.said import of_rows, refused, said

DELIMITERS = (",", ";", "\t", "|", "^")
BIG = 2_000_000
"""Characters from which the fast path pays."""
_SAMPLE = 60_000
_LONGEST_CELL = 50_000_000
_MOST_LINES = 5_000
"""Lines that one cell may span; a quote still open after that many was a stray one."""

_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')

csv.field_size_limit(_LONGEST_CELL)


@dataclass
class Records:
    """Parsed records: (row number, cells); and what was wrong with some."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)


def read_delimited(text: str, *, delimiter: str = "", name: str = "") -> Grid:
    """Parse delimited text. ``delimiter`` from the study file is used as it is. InputError when there is no table in it, or when that delimiter
    stands nowhere in its first line and another one parts it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes: list[Sentence] = []
    if "\x00" in text:
        notes.append(said("nul", n=text.count("\x00")))
        text = text.replace("\x00", "")
    if delimiter and (other := _other_delimiter(text, delimiter)):
        raise refused("delimiter", name=name, delimiter=_shown(delimiter), other=_shown(other))
    declared = re.match(r'\ufeff?"?sep=(.)"?\n', text[:20])
    skip = 0
    if declared:  # Excel's own way to say which delimiter follows
        delimiter, skip = delimiter or declared.group(1), 1
        text = text[declared.end() :]
    chosen = delimiter or choose_delimiter(text)
    grid = _fast(text, chosen, skip) if len(text) >= BIG else None
    if grid is None:
        grid = _slow(text, chosen, skip, name)
    guarded = re.search(r"'[=+\-@\t]", text) is not None
    return Grid(grid.frame, delimiter=chosen, notes=(*notes, *grid.notes), guarded=guarded)


# ---------------------------------------------------------------- the delimiter


def choose_delimiter(text: str) -> str:
    """The delimiter under which most of the first records have the same number of cells; "" when the file has one column."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = "", 0.0
    for candidate in DELIMITERS:
        if candidate in sample:
            score = _delimiter_score(sample, candidate)
            if score > best_score:
                best, best_score = candidate, score
    return best


def _other_delimiter(text: str, declared: str) -> str:
    """The delimiter that parts the text where its first line holds it and not the declared one; else ""."""
    first, found = text[: text.find("\n") + 1 or None], choose_delimiter(text)
    return found if found in first and declared not in first else ""


def _shown(delimiter: str) -> str:
    """The delimiter as a study file writes it."""
    return delimiter.replace("\t", "\\t")


def _delimiter_score(sample: str, delimiter: str) -> float:
    try:
        rows = [row for _, row in zip(range(200), csv.reader(io.StringIO(sample), delimiter=delimiter), strict=False) if row]
    except csv.Error:
        return 0.0
    widths = [len(row) for row in rows if not (len(row) == 1 and row[0].startswith("#"))]
    if not widths:
        return 0.0
    counts = Counter(w for w in widths if w > 1)
    if not counts:
        return 0.0
    width, times = max(counts.items(), key=lambda item: (item[1] * min(item[0], 8), item[0]))
    agreement: float = times / len(widths)
    if agreement < 0.5 and (width < 3 or widths[0] == 1):
        return 0.0  # prose with a few commas
    # Wider is better only a little: a delimiter inside joined answers may make more columns, but never steady ones.
    return agreement * agreement * (1 + 0.15 * math.sqrt(min(width, 20))) + (0.2 if widths[0] == width else 0.0)


# ---------------------------------------------------------------- the fast path


def _fast(text: str, delimiter: str, skip: int) -> Grid | None:
    """Arrow's parser, or None where its reading could differ from the careful one's."""
    end = len(text)
    while end and text[end - 1] == "\n":
        end -= 1
    if not delimiter or not _plain(text, end, delimiter):
        return None
    width = len(next(csv.reader(_lines(text, end), delimiter=delimiter)))
    if width > MAX_COLUMNS:
        return None
    names = [str(i) for i in range(width)]
    try:
        table = arrow_csv.open_csv(
            pa.PythonFile(_Encoded(text, end), mode="r"),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 24),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        ).read_all()
    except (pa.ArrowException, UnicodeEncodeError):
        return None
    frame = from_arrow({i: table.column(i) for i in range(width)}, range(1 + skip, table.num_rows + 1 + skip))
    return Grid(frame)


class _Encoded(io.RawIOBase):
    """Text as a file of UTF-8, encoded piece by piece: the whole of it never stands there twice."""

    def __init__(self, text: str, end: int) -> None:
        """``end``: where the file ends in the text."""
        self._text, self._position, self._end = text, 0, end

    def readable(self) -> bool:
        """It can only be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """At least one character of at most four bytes."""
        stop = min(self._end, self._position + max(1, len(buffer) // 4))
        piece = self._text[self._position : stop].encode("utf-8")
        self._position = stop
        buffer[: len(piece)] = piece
        return len(piece)


def _lines(text: str, end: int) -> Iterator[str]:
    start = 0
    while start < end:
        stop = text.find("\n", start, end) + 1 or end
        yield text[start:stop]
        start = stop


def _plain(text: str, end: int, delimiter: str) -> bool:
    """True when every quoted cell before ``end`` is well-formed and no line between them is blank: that is where parsers differ."""
    done, border = 0, (delimiter, "\n")
    for cell in _QUOTED.finditer(text, 0, end):
        first, last = cell.span()
        alone = (first == 0 or text[first - 1] in border) and (last == end or text[last] in border)
        if not alone or text.find('"', done, first) >= 0 or text.find("\n\n", done, first) >= 0:
            return False
        done = last
    return text.find('"', done, end) < 0 and text.find("\n\n", done, end) < 0


# ---------------------------------------------------------------- the careful path


def _slow(text: str, delimiter: str, skip: int, name: str) -> Grid:
    records = parse(text, delimiter or "\x1f")
    if not any(records.rows):
        raise refused("no-rows", name=name)
    numbers = [n + skip for n in records.numbers]
    width = expected_width([r for r in records.rows if r])
    if width > MAX_COLUMNS:
        raise refused("too-wide", name=name, width=f"{width:,}", most=f"{MAX_COLUMNS:,}")
    rows, kept, notes = _level(records.rows, numbers, width)
    if records.repaired:
        notes.append(of_rows("quote-open", [n + skip for n in records.repaired]))
    return Grid(text_frame(rows, kept, width), notes=tuple(notes))


def parse(text: str, delimiter: str) -> Records:
    """Every record with its number. A quote that never closes and swallows the rows after it is taken literally instead."""
    lines = text.split("\n")
    while lines and lines[-1] == "":
        lines.pop()
    if delimiter == "\t" and not _plain(text, len(text), delimiter) and _same_width(lines) and not _well_quoted(lines, delimiter):
        return Records([line.split("\t") if line else [] for line in lines], list(range(1, len(lines) + 1)))
    try:
        return _parse_quoted(lines, delimiter)
    except csv.Error:  # one cell beyond any limit: no quotation mark in this file can be trusted
        return Records([line.split(delimiter) for line in lines], list(range(1, len(lines) + 1)))


def _well_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """True when a strict parser finds nothing to object to."""
    try:
        for _ in csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _same_width(lines: Sequence[str]) -> bool:
    """Tab-separated files often quote nothing: then every line has the same number of tabs, and marks are only marks."""
    counts = Counter(line.count("\t") for line in lines if line)
    return bool(counts) and max(counts.values()) >= 0.95 * sum(counts.values())


def _parse_quoted(lines: Sequence[str], delimiter: str) -> Records:
    records = Records()
    width = expected_width([r for _, r in zip(range(300), _records(lines, delimiter), strict=False)])
    start, number = 0, 1
    while start < len(lines):
        source = _Lines(lines, start)
        for cells in csv.reader(source, delimiter=delimiter):
            source.first = source.position
            used = source.position - start
            if used > 1 and _swallowed(
                lines[start : source.position], cells, width, delimiter, at_end=source.position >= len(lines)
            ):
                cells = _literal(lines[start], delimiter)
                records.repaired.append(number)
                used = 1
            records.rows.append(cells)
            records.numbers.append(number)
            number += 1
            start += used
            if start != source.position:
                break
        else:
            if start >= len(lines) or source.position == start:
                break
    return records


class _Lines:
    """The lines from a position on, for csv.reader, which tells how far it read only through its source."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self.lines, self.position, self.first = lines, position, position

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines) or self.position - self.first > _MOST_LINES:
            raise StopIteration
        self.position += 1
        # The last line gets no line end: it would become part of a cell that never closes.
        return self.lines[self.position - 1] + ("\n" if self.position < len(self.lines) else "")


def _records(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in csv.reader((line + "\n" for line in lines), delimiter=delimiter) if row)
    except csv.Error:
        return


def expected_width(rows: Sequence[Sequence[str]]) -> int:
    """The number of cells that most rows have, and at least as many as the rows above them name."""
    counts = Counter(len(r) for r in rows)
    if not counts:
        return 1
    # Wider rows weigh more: titles and comments above a short table may outnumber its rows.
    modal = max(counts, key=lambda w: (counts[w] * min(w, 8), w))
    # A header wider than the rows under it (trailing blanks left out by the writer) names real columns.
    header = max((len(r) for r in rows[:3] if sum(1 for c in r if c.strip()) >= 0.5 * len(r)), default=modal)
    return max(modal, header)


def _swallowed(block: Sequence[str], cells: Sequence[str], width: int, delimiter: str, *, at_end: bool) -> bool:
    """True when a record over several lines is really several records: it has the wrong width, and its later lines alone the right one."""
    if len(cells) == width and not (at_end and len(block) > 50):
        return False
    probe = block[1:200]
    alone = sum(1 for line in probe if len(_literal(line, delimiter)) == width)
    return width > 1 and alone >= max(1, 0.3 * len(probe))


def _literal(line: str, delimiter: str) -> list[str]:
    """One line by itself: well-formed quotes respected, a stray one kept as a character."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        cells = [c.removeprefix('"').removesuffix('"').replace('""', '"') for c in _split_outside_quotes(line, delimiter)]
    return cells


def _split_outside_quotes(line: str, delimiter: str) -> list[str]:
    d = re.escape(delimiter)
    pattern = re.compile(rf'(?:^|{d})("(?:[^"]|"")*"(?={d}|$)|[^{d}]*)')
    return [m.group(1) for m in pattern.finditer(line)]


def _level(rows: list[list[str]], numbers: list[int], width: int) -> tuple[list[list[str]], list[int], list[Sentence]]:
    """Bring every row to the same width. Cells too many make a row unreadable: nobody can say which column they belong to."""
    level: list[list[str]] = []
    kept: list[int] = []
    short: list[int] = []
    long: list[int] = []
    trimmed: list[int] = []
    for number, row in zip(numbers, rows, strict=True):
        if len(row) == width:
            level.append(row)
        elif len(row) < width:
            if len(row) > 1 and level:
                short.append(number)
            level.append(row + [""] * (width - len(row)))
        elif not any(c.strip() for c in row[width:]):
            level.append(row[:width])
            trimmed.append(number)
        else:
            long.append(number)
            continue
        kept.append(number)
    notes = []
    if long:
        notes.append(of_rows("row-long", long, width=width))
    if trimmed and len(trimmed) < 0.5 * len(rows):
        notes.append(of_rows("row-trimmed", trimmed))
    if short and len(short) < 0.5 * len(rows):
        notes.append(of_rows("row-short", short, width=width))
    return level, kept, notes
