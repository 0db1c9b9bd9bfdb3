"""The workbook as a package: what makes Excel offer a repair is looked for part by part."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from research_kit.records import LANGUAGES, MAP_TYPES
from research_kit.write import write_run
from tests.write.sample import run_content

pytestmark = pytest.mark.slow

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "drawing", "legacyDrawing", "tableParts",
)  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    run = run_content(request.param, people=60)
    mentions = run.mentions.assign(channel=["app" if i % 2 else None for i in range(len(run.mentions))])
    path = tmp_path_factory.mktemp("package")
    write_run(replace(run, mentions=mentions, journey=replace(run.journey, types=MAP_TYPES)), path)
    with zipfile.ZipFile(path / "journey-map.xlsx") as archive:
        yield archive


def sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, ET.Element]]:
    for name in package.namelist():
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            yield name, ET.fromstring(package.read(name))


def relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    path = PurePosixPath(part)
    name = str(path.parent / "_rels" / f"{path.name}.rels")
    if name not in package.namelist():
        return {}
    found = {}
    for relation in ET.fromstring(package.read(name)):
        target = relation.get("Target", "")
        where = PurePosixPath(target.lstrip("/")) if target.startswith("/") else path.parent / target
        parts: list[str] = []
        for piece in where.parts:
            parts = parts[:-1] if piece == ".." else [*parts, piece]
        found[relation.get("Id", "")] = ("/".join(parts), relation.get("TargetMode", ""))
    return found


def test_every_relation_leads_to_a_part_inside_the_package(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.endswith(".rels"):
            for target, mode in relations(package, name).values():
                assert mode != "External"
                assert target in package.namelist()


def test_every_part_has_a_type(package: zipfile.ZipFile) -> None:
    types = ET.fromstring(package.read("[Content_Types].xml"))
    named = {t.get("PartName", "").lstrip("/") for t in types}
    endings = {t.get("Extension") for t in types}

    assert [
        n for n in package.namelist() if n not in named and n.rpartition(".")[2] not in endings and n != "[Content_Types].xml"
    ] == []
    assert named - {""} <= set(package.namelist())


def test_the_parts_of_a_sheet_stand_in_the_order_of_the_schema(package: zipfile.ZipFile) -> None:
    for name, sheet in sheets(package):
        found = [child.tag.removeprefix(MAIN) for child in sheet]
        assert set(found) <= set(ORDER), name
        assert sorted(found, key=ORDER.index) == found, name


def test_tables_fit_their_sheets(package: zipfile.ZipFile, tmp_path: Path) -> None:
    ids, names = set(), set()
    book = load_workbook(package.filename)
    seen = 0
    for sheet in book:
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            heads = [sheet.cell(top, c).value for c in range(left, right + 1)]
            assert [c.name for c in table.tableColumns] == heads
            assert all(isinstance(h, str) and h for h in heads)
            assert len({h.casefold() for h in heads}) == len(heads)
            assert bottom > top
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", table.displayName)
            assert not re.fullmatch(r"[A-Za-z]{1,3}\d+", table.displayName)
            ids.add(table.id)
            names.add(table.displayName.casefold())
            seen += 1
    assert len(ids) == len(names) == seen == 4


def test_merged_cells_do_not_overlap_and_links_lead_somewhere(package: zipfile.ZipFile) -> None:
    book = load_workbook(package.filename)
    for sheet in book:
        covered: set[tuple[int, int]] = set()
        for area in sheet.merged_cells.ranges:
            cells = {(r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)}
            assert not covered & cells
            covered |= cells
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    title, _, place = cell.hyperlink.location.rpartition("!")
                    target = book[title.strip("'").replace("''", "'")]
                    assert range_boundaries(place)[3] <= target.max_row


def test_only_our_own_formulas_are_there(package: zipfile.ZipFile) -> None:
    found = {cell.text for _, sheet in sheets(package) for cell in sheet.iter(f"{MAIN}f")}

    assert found
    assert all(
        re.fullmatch(r"IF\(AND\(ISNUMBER\([A-Z]+\d+\),ISNUMBER\([A-Z]+\d+\)\),[A-Z]+\d+-[A-Z]+\d+,\"\"\)", f or "") for f in found
    )


def test_cells_have_styles_that_exist_and_hold_what_they_say(package: zipfile.ZipFile) -> None:
    styles = ET.fromstring(package.read("xl/styles.xml"))
    count = len(list(styles.find(f"{MAIN}cellXfs") or []))
    for _, sheet in sheets(package):
        for cell in sheet.iter(f"{MAIN}c"):
            assert int(cell.get("s", "0")) < count
            assert cell.get("t", "n") in ("n", "inlineStr", "s", "b")
            assert (cell.find(f"{MAIN}is") is not None) == (cell.get("t") == "inlineStr")


def test_charts_draw_cells_that_exist(package: zipfile.ZipFile) -> None:
    book = load_workbook(package.filename)
    seen = 0
    for name in package.namelist():
        if name.startswith("xl/charts/chart"):
            for reference in ET.fromstring(package.read(name)).iter(f"{CHART}f"):
                title, _, place = (reference.text or "").rpartition("!")
                sheet = book[title.strip("'").replace("''", "'")]
                assert range_boundaries(place.replace("$", ""))[3] <= sheet.max_row
                seen += 1
    assert seen > 20


def test_number_formats_quote_what_is_not_a_format(package: zipfile.ZipFile) -> None:
    book = load_workbook(package.filename)
    formats = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}

    assert all(re.sub(r'"[^"]*"', "", f).isascii() for f in formats)


@pytest.mark.office
def test_libreoffice_opens_it(package: zipfile.ZipFile, soffice: str, tmp_path: Path) -> None:
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(package.filename)], check=True, capture_output=True, timeout=120)

    assert (tmp_path / "journey-map.csv").stat().st_size > 500
