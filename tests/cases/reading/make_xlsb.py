"""A small .xlsb workbook, record by record as [MS-XLSB] lays them out: no library writes this format.

A record is its type (7 bits a byte, the lower ones first), its length (the same) and its data. Cells: a column, a style, a value.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

ROW, BOOL, REAL, TEXT = 0, 4, 5, 6
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_SHEETS, END_SHEETS, BEGIN_ROWS, END_ROWS, EXTENT, SHEET = 143, 144, 145, 146, 148, 156

Cell = str | float | bool | None
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def record(kind: int, data: bytes = b"") -> bytes:
    """One record."""
    return _number(kind) + _number(len(data)) + data


def _text(value: str) -> bytes:
    data = value.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _cell(column: int, value: Cell) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return record(BOOL, place + bytes([value]))
    if isinstance(value, str):
        return record(TEXT, place + _text(value))
    return b"" if value is None else record(REAL, place + struct.pack("<d", value))


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max(map(len, rows))
    out = record(BEGIN_SHEET) + record(EXTENT, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + record(BEGIN_ROWS)
    for number, row in enumerate(rows):
        out += record(ROW, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        out += b"".join(_cell(column, value) for column, value in enumerate(row))
    return out + record(END_ROWS) + record(END_SHEET)


def _relations(*entries: tuple[str, str, str]) -> str:
    lines = (f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in entries)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
    )


def workbook(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    """The bytes of a workbook with these sheets."""
    listed = b"".join(
        record(SHEET, struct.pack("<II", 0, i) + _text(f"rId{i}") + _text(name)) for i, name in enumerate(sheets, start=1)
    )
    book = record(BEGIN_BOOK) + record(BEGIN_SHEETS) + listed + record(END_SHEETS) + record(END_BOOK)
    kinds = '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    kinds += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>',
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _relations(
            *((f"rId{i}", "worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1))
        ),
        **{f"xl/worksheets/sheet{i}.bin": _sheet(rows) for i, rows in enumerate(sheets.values(), start=1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def main() -> None:
    """wjx-codes.xlsx of the platforms, as .xlsb among the containers."""
    here = Path(__file__).parent
    book = openpyxl.load_workbook(here / "platforms" / "wjx-codes.xlsx")
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    (here / "containers" / "wjx-codes.xlsb").write_bytes(workbook(sheets))


if __name__ == "__main__":
    main()
