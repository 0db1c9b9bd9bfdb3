"""How far a workbook spreads, found out before the library opens it: it keeps every cell between the first and the last used one in memory, the
empty ones too, and two cells in opposite corners are enough to ask for 500 GB."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from research_kit.reading.compound import is_whole
from research_kit.reading.said import refused

MAX_CELLS = 12_000_000
"""Cells between the first and the last used one."""


def check(data: bytes, name: str) -> None:
    """Refuse what would bring the library down: chains without an end, and sheets whose used area does not fit the memory."""
    if data.startswith(b"\xd0\xcf\x11\xe0") and not is_whole(data):
        raise refused("damaged-workbook", name=name)
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            cells = _cells(archive, member, name)
            if cells > MAX_CELLS:
                raise refused("too-many-cells", name=name, cells=f"{cells:,}")


def _cells(archive: zipfile.ZipFile, member: str, name: str) -> int:
    """Cells of the used area of one sheet; 0 for members that are no sheets."""
    lower = member.lower()
    if lower == "content.xml":
        return _of_document(b"".join(_chunks(archive, member, name)))
    if not lower.startswith("xl/worksheets/"):
        return 0
    if lower.endswith(".bin"):
        return _of_records(b"".join(_chunks(archive, member, name)))
    if not lower.endswith(".xml"):
        return 0
    rows, columns = _extent(_chunks(archive, member, name))
    if rows * columns > MAX_CELLS:  # the quick look only bounds the columns
        columns = max((_widest(chunk) for chunk in _chunks(archive, member, name)), default=1)
    return rows * columns


# ---------------------------------------------------------------- OpenDocument

_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


def _of_document(content: bytes) -> int:
    """The largest table of an .ods: rows and cells may be written once and repeated a million times."""
    return max(map(_of_table, content.split(b"<table:table ")))


def _of_table(table: bytes) -> int:
    rows = last = width = 0
    for row in table.split(b"<table:table-row")[1:]:
        attributes, _, cells = row.partition(b">")
        rows += _times(attributes)
        used = 0 if attributes.endswith(b"/") else _used(cells)
        if used:
            last, width = rows, max(width, used)
    return last * width


def _used(row: bytes) -> int:
    """The place of the last filled cell of a row."""
    place = used = 0
    for attributes, closed in _CELL.findall(row):
        place += _times(attributes)
        if not closed or b"office:value" in attributes:
            used = place
    return used


def _times(attributes: bytes) -> int:
    found = _TIMES.search(attributes)
    return int(found[1]) if found else 1


# ---------------------------------------------------------------- binary workbooks

_ROW_RECORD, _CELL_RECORDS = 0, range(1, 12)


def _of_records(data: bytes) -> int:
    """The records of an .xlsb sheet: type and length of 7 bits a byte, then the row, or the column and the cell."""
    rows = columns = at = 0
    size = len(data)
    while at < size:
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if kind <= 11 and length >= 4 and at + 4 <= size:
            (place,) = struct.unpack_from("<I", data, at)
            if kind == _ROW_RECORD:
                rows = max(rows, place + 1)
            elif kind in _CELL_RECORDS:
                columns = max(columns, place + 1)
        at += length
    return rows * columns


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for i in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << 7 * i
        if byte < 0x80:
            break
    return value, at


# ---------------------------------------------------------------- XML workbooks


def _chunks(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(1 << 22):
                yield chunk
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise refused("damaged-workbook", name=name) from None
    except Exception as problem:  # zlib.error has no base of its own
        if type(problem).__module__ == "zlib":
            raise refused("damaged-workbook", name=name) from None
        raise


def _extent(chunks: Iterator[bytes]) -> tuple[int, int]:
    rows, columns, rest = 1, 26, b""
    for chunk in chunks:
        block = rest + chunk
        rest = block[-64:]
        last = block.rfind(b'<row r="')
        if last >= 0:
            number = re.match(rb"\d+", block[last + 8 : last + 20])
            rows = max(rows, int(number.group()) if number else 1)
        cells = re.findall(rb' r="[A-Z]{1,3}(\d+)"', block[-4000:])
        rows = max([rows, *map(int, cells[-1:])])
        if columns < 702 and re.search(rb' r="[A-Z]{2}\d', block):
            columns = 702
        columns = max([columns, *(_column_number(w) for w in set(re.findall(rb' r="([A-Z]{3})\d', block)))])
    return rows, columns


def _widest(block: bytes) -> int:
    return max((_column_number(letters) for letters in set(re.findall(rb' r="([A-Z]{1,3})\d', block))), default=1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
