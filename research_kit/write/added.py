"""Sheets that a researcher added, copied into the new workbook; and what of theirs cannot be copied, named."""

from __future__ import annotations

import re
import zipfile
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment

from research_kit.write.safety import sheet_titles

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_KINDS = {
    "sp": "shape or text box", "cxnSp": "connector", "grpSp": "group of shapes", "pic": "picture",
}  # fmt: skip
_PARTS = {
    "threadedcomments": "threaded comment", "pivottables": "pivot table", "slicers": "slicer", "ctrlprops": "form control",
    "oleobjects": "embedded object", "embeddings": "embedded object", "diagrams": "SmartArt", "timelines": "timeline",
}  # fmt: skip
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def copy_sheet(source: Worksheet, workbook: Workbook) -> str:
    """A sheet of another workbook with its cells, looks, sizes, merged cells, comments, links, rules and charts; its title there."""
    taken = sheet_titles([*workbook.sheetnames, source.title])[-1]
    target = workbook.create_sheet(taken)
    for row in source.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell):
                _copy_cell(cell, target.cell(cell.row, cell.column))
    for letter, size in source.column_dimensions.items():
        target.column_dimensions[letter].width = size.width
        target.column_dimensions[letter].hidden = size.hidden
    for number, line in source.row_dimensions.items():
        target.row_dimensions[number].height = line.height
        target.row_dimensions[number].hidden = line.hidden
    for area in source.merged_cells.ranges:
        target.merge_cells(str(area))
    target.freeze_panes = source.freeze_panes
    target.sheet_view.showGridLines = source.sheet_view.showGridLines
    target.sheet_properties.tabColor = copy(source.sheet_properties.tabColor)
    target.sheet_state = source.sheet_state
    target.conditional_formatting = source.conditional_formatting
    target.data_validations = source.data_validations
    for chart in source._charts:
        target.add_chart(chart)
    return taken


def _copy_cell(cell: Any, made: Any) -> None:
    if cell.value is not None:
        made.value = cell.value
        if cell.data_type == "s" and isinstance(cell.value, str):
            made.data_type = "s"
    if cell.has_style:
        made.font, made.fill, made.border = copy(cell.font), copy(cell.fill), copy(cell.border)
        made.alignment, made.number_format, made.protection = copy(cell.alignment), cell.number_format, copy(cell.protection)
        made.quotePrefix = cell.quotePrefix
    if cell.comment is not None:
        made.comment = Comment(cell.comment.text, cell.comment.author or "", cell.comment.height, cell.comment.width)
    if cell.hyperlink is not None:
        made._hyperlink = copy(cell.hyperlink)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    found = {}
    for relation in ET.fromstring(archive.read(path)):  # noqa: S314 - openpyxl has opened this very file
        target = relation.get("Target", "")
        target = target.lstrip("/") if target.startswith("/") else str(Path(folder, target).as_posix())
        while "/../" in target:
            target = re.sub(r"[^/]+/\.\./", "", target, count=1)
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return found


def lost_objects(path: Path, charts: dict[str, int]) -> list[dict[str, str]]:
    """What this workbook holds that a rewritten one will not: [{sheet, object}]. ``charts``: how many of each sheet's charts are ours."""
    lost: list[dict[str, str]] = []
    with zipfile.ZipFile(path) as archive:
        sheets = _sheets(archive)
        for title, part in sheets.items():
            if title in charts and b"<conditionalFormatting" in archive.read(part):
                lost.append({"sheet": title, "object": "conditional formatting"})
            for kind, target in _relations(archive, part).values():
                named = next((label for key, label in _PARTS.items() if f"/{key}/" in f"/{target.casefold()}"), "")
                if named:
                    lost.append({"sheet": title, "object": named})
                if kind == "drawing" and target in archive.namelist():
                    lost += [{"sheet": title, "object": name} for name in _drawn(archive.read(target), charts.get(title, 10**6))]
        if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
            lost.append({"sheet": "", "object": "macros"})
    return sorted(
        ({"sheet": s, "object": o} for s, o in {(x["sheet"], x["object"]) for x in lost}), key=lambda x: (x["sheet"], x["object"])
    )


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = _relations(archive, "xl/workbook.xml")
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - openpyxl has opened this very file
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get(_OFFICE, "") in relations:
            found[sheet.get("name", "")] = relations[sheet.get(_OFFICE, "")][1]
    return found


def _drawn(data: bytes, ours: int) -> list[str]:
    """Names of the drawn objects that are no chart of ours."""
    names, charts = [], 0
    for anchor in ET.fromstring(data):  # noqa: S314 - openpyxl has opened this very file
        for item in anchor:
            kind = item.tag.rpartition("}")[2]
            if kind == "graphicFrame":
                charts += 1
            elif kind in _KINDS:
                names.append(_KINDS[kind])
    return [*names, *(["chart"] if charts > ours else [])]
