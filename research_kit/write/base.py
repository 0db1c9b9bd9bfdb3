"""What we wrote, cell by cell and by key: the base against which a later run sees what a researcher changed."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from research_kit.write.excel import row_height
from research_kit.write.sheets.palette import STYLES

if TYPE_CHECKING:
    from research_kit.write.sheets.model import Book, CellSpec

FILE = ".base/journey-map.json.gz"
PLAIN_SHEETS = ("evidence", "codebook")
"""Large tables: only their text is compared, not their looks."""


@dataclass(frozen=True)
class Written:
    """One cell as we wrote it."""

    text: Any = None
    fill: str = ""
    color: str = ""
    bold: bool = False
    italic: bool = False
    comment: str = ""
    size: float = 0.0
    across: str = ""
    looks: bool = True
    """Whether its looks are known."""


@dataclass(frozen=True)
class BaseSheet:
    """One sheet as we wrote it."""

    title: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, Written]]
    widths: tuple[float, ...] = ()
    heights: Mapping[str, float] = field(default_factory=dict)
    """Of the rows that can be seen; not of large tables."""
    tab: str = ""


@dataclass(frozen=True)
class Base:
    """What was written last: the draft without edits, the hash of the workbook with them, and which draft each edit answered."""

    sheets: Mapping[str, BaseSheet] = field(default_factory=dict)
    written: str = ""
    """sha256 of the workbook as it was put into the folder."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """"sheet|row|column" of an edit -> the draft that stood there when it was made."""
    report: Mapping[str, Any] = field(default_factory=dict)


def _cell(spec: CellSpec, plain: bool) -> Any:
    text = spec.text.item() if hasattr(spec.text, "item") else spec.text
    style = STYLES[spec.style]
    if plain:
        fill = spec.fill or style.fill
        return [text, fill] if fill else text
    bold = style.bold if spec.bold is None else spec.bold
    italic = style.italic if spec.italic is None else spec.italic
    return [text, spec.fill or style.fill, spec.color or style.color, bold, italic, spec.comment, style.size, style.across]


def snapshot(book: Book, titles: Mapping[str, str]) -> dict[str, Any]:
    """The book as plain data: sheets -> title, columns and, by row key, the cells in their order with the column they start at."""
    sheets: dict[str, Any] = {}
    for sheet in book.sheets:
        keys = [key for key, _ in sheet.columns]
        rows: dict[str, Any] = {}
        for row in sheet.rows():
            cells, at = {}, 0
            for spec in row.cells:
                if at < len(keys) and keys[at]:
                    cells[keys[at]] = _cell(spec, sheet.id in PLAIN_SHEETS)
                at += spec.span
            rows[row.key] = cells
        widths = [w for _, w in sheet.columns]
        tall = [] if sheet.id in PLAIN_SHEETS else [r for r in sheet.rows() if not r.hidden]
        heights = {r.key: round(row_height(r, widths), 2) for r in tall}
        sheets[sheet.id] = {
            "title": titles[sheet.id],
            "columns": keys,
            "rows": rows,
            "widths": widths,
            "heights": heights,
            "tab": sheet.tab,
        }
    return sheets


def pack(sheets: Mapping[str, Any], written: bytes, origins: Mapping[str, str], report: Mapping[str, Any]) -> bytes:
    """The bytes of the base file; the same base gives the same bytes."""
    data = {"sheets": sheets, "written": sha256(written), "origins": dict(sorted(origins.items())), "report": report}
    return gzip.compress(
        json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace"), 6, mtime=0
    )


def sha256(data: bytes) -> str:
    """Hexadecimal hash of these bytes."""
    return hashlib.sha256(data).hexdigest()


def _written(value: Any) -> Written:
    if not isinstance(value, list):
        return Written(value, looks=False)
    return Written(*value) if len(value) > 2 else Written(value[0], value[1], looks=False)


def unpack(data: bytes) -> tuple[Base, dict[str, Any]]:
    """The base, and its sheets as plain data (to see whether a new draft is the same)."""
    found = json.loads(gzip.decompress(data))
    sheets = {}
    for key, sheet in found["sheets"].items():
        rows = {row: {c: _written(v) for c, v in cells.items()} for row, cells in sheet["rows"].items()}
        sizes = (tuple(sheet.get("widths", ())), sheet.get("heights", {}), sheet.get("tab", ""))
        sheets[key] = BaseSheet(sheet["title"], tuple(sheet["columns"]), rows, *sizes)
    return Base(sheets, found["written"], found["origins"], found["report"]), found["sheets"]


def alike(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a new draft is the one that was written before."""
    return bool(json.loads(json.dumps(now, default=str)) == before)
