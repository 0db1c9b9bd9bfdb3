"""Reads workbooks of ours back: every keyed cell, wherever it stands now, with what was done to it."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.exceptions import InvalidFileException

from research_kit import labels
from research_kit.errors import MapError
from research_kit.records import LANGUAGES
from research_kit.write import evidence_ids
from research_kit.write.excel import DATA, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Place = tuple[str, str, str]
"""Persona, stage and lane of a cell."""
SEARCHED = 60
"""Rows and columns in which the mark is looked for: people insert above and to the left of it."""


@dataclass
class Grid:
    """One of our sheets as it stands in a file: where its keys are now."""

    id: str
    sheet: Worksheet
    key_column: int
    key_row: int
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)

    def value(self, row: str, column: str) -> Any:
        """What stands at these keys; None where there is no such place."""
        if row not in self.rows or column not in self.columns:
            return None
        return self.sheet.cell(self.rows[row], self.columns[column]).value


def open_workbook(path: Path) -> Workbook:
    """The workbook with its rich text kept. MapError when it cannot be opened."""
    if not Path(path).is_file():
        raise MapError(_said("map-folder" if Path(path).is_dir() else "no-workbook", path=path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # what openpyxl drops is named by added.lost_objects
            return load_workbook(path, rich_text=True)
    except InvalidFileException:
        raise MapError(_said("no-xlsx", path=path)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError) as error:
        raise MapError(_said("not-a-workbook", path=path, reason=error)) from error


def _said(key: str, **values: Any) -> labels.Sentence:
    return labels.Sentence("output_problems", key, **values)


def _key(value: Any) -> str:
    """The key that stands in a cell: LibreOffice splits one that mixes Chinese and Latin into parts with a font each."""
    return str(value) if isinstance(value, (str, CellRichText)) else ""


def _find_mark(sheet: Worksheet) -> tuple[int, int, str] | None:
    for row in sheet.iter_rows(min_row=1, max_row=min(SEARCHED, sheet.max_row), max_col=min(SEARCHED, sheet.max_column)):
        for cell in row:
            if (mark := _key(cell.value)).startswith(MARK + " "):
                return cell.row, cell.column, mark[len(MARK) + 1 :]
    return None


def grid(sheet: Worksheet) -> Grid | None:
    """Where the keys of this sheet are, or None when the sheet is not ours."""
    mark = _find_mark(sheet)
    if mark is None:
        return None
    row, column, name = mark
    found = Grid(name, sheet, column, row)
    for cell in sheet[row]:
        if cell.column != column and (key := _key(cell.value)):
            found.columns.setdefault(key, cell.column)
    for (cell,) in sheet.iter_rows(min_row=row + 1, min_col=column, max_col=column):
        if key := _key(cell.value):
            found.rows.setdefault(key, cell.row)
    return found


def all_grids(workbook: Workbook, titles: Mapping[str, str]) -> tuple[dict[str, Grid], list[Worksheet]]:
    """Our sheets by id, and the sheets that are not ours. Of a sheet that was copied, the one with the title we gave it is ours."""
    found: dict[str, Grid] = {}
    others: list[Worksheet] = []
    for sheet in workbook.worksheets:
        one = grid(sheet)
        if one is None:
            others.append(sheet)
        elif one.id not in found:
            found[one.id] = one
        elif sheet.title == titles.get(one.id):
            others.append(found[one.id].sheet)
            found[one.id] = one
        else:
            others.append(sheet)
    return found, others


def grids(workbook: Workbook) -> dict[str, Grid]:
    """Our sheets by id."""
    return all_grids(workbook, {})[0]


def stored_map(found: dict[str, Grid], path: Path) -> dict[str, Any]:
    """The map as it was when the workbook was written."""
    if DATA not in found:
        raise MapError(_said("no-map", path=path, sheet=DATA))
    sheet, parts = found[DATA].sheet, []
    for row in sheet.iter_rows(
        min_row=found[DATA].key_row + 1, min_col=found[DATA].key_column, max_col=found[DATA].key_column, values_only=True
    ):
        if row[0] is None:
            break
        parts.append(str(row[0]))
    try:
        return dict(json.loads("".join(parts)))
    except (ValueError, TypeError) as error:
        raise MapError(_said("damaged-map", path=path, sheet=DATA, reason=error)) from error


_BULLET = re.compile(r"^[•・·\-*]\s*")
_COUNT = re.compile(r"\s·\s[\d,]+$")


def lines_of(text: str) -> list[str]:
    """The lines of a cell as a person left them: without bullets, counts and blank lines."""
    return [line for raw in text.split("\n") if (line := _COUNT.sub("", _BULLET.sub("", raw.strip())).strip())]


def read_workbook(path: Path) -> tuple[dict[str, Any], dict[Place, list[str]]]:
    """The map of a workbook as it was written, as plain data, and the lines of every cell that was edited since."""
    found = grids(open_workbook(path))
    data = stored_map(found, path)
    try:
        evidence_ids.given(data, data.pop("evidence"))
    except (ValueError, KeyError) as error:
        raise MapError(_said("damaged-map", path=path, sheet=DATA, reason=error)) from error
    return data, edited_cells(data, found)


def edited_cells(data: dict[str, Any], found: dict[str, Grid]) -> dict[Place, list[str]]:
    """Cells of the maps that no longer show what was written into them (kept beside the map), with their lines now."""
    edited: dict[Place, list[str]] = {}
    for sheet, row, column, written in data.pop("shown", ()):
        one = found.get(sheet)
        if one is None or row not in one.rows or column not in one.columns:
            continue
        now = str(one.value(row, column) or "").strip()
        if now != written.strip():
            person = sheet.split(":", 2)[2]
            stage, lane = (column, row) if row.startswith("lane:") else (row.removeprefix("stage:"), column)
            ours = {labels.label("workbook", "not_enough", name) for name in LANGUAGES}
            edited[person, stage, lane.removeprefix("lane:")] = [line for line in lines_of(now) if line not in ours]
    return edited
