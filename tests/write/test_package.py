"""The workbook as a package: nothing in it makes Excel offer a repair, and the check that says so would see it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from research_kit.maps import JourneyMap
from research_kit.records import LANGUAGES, MAP_TYPES, MapPersona
from research_kit.text import recount
from research_kit.write import compare_runs, write_run
from research_kit.write.safety import sheet_titles
from tests.write.conftest import every_map, small_content
from tests.write.ooxml import faults, units

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest, first_run: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package")
    first_run(every_map(request.param), path)
    return path / "journey-map.xlsx"


def test_excel_would_open_it_without_a_word(written: Path) -> None:
    assert faults(written) == []


def test_it_holds_what_is_checked(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        names = archive.namelist()
        book = archive.read("xl/workbook.xml").decode()
    kinds = {
        k: sum(n.startswith(f"xl/{k}") for n in names) for k in ("tables/table", "charts/chart", "comments", "worksheets/sheet")
    }

    assert kinds["tables/table"] == 4
    assert kinds["charts/chart"] >= 9
    assert kinds["comments"] >= 4
    assert kinds["worksheets/sheet"] == len(re.findall("<sheet ", book)) >= 25


def test_number_formats_quote_what_is_not_a_format(written: Path) -> None:
    book = load_workbook(written)
    formats = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}

    assert all(re.sub(r'"[^"]*"', "", f).isascii() for f in formats)


def test_stages_down_the_side_are_as_sound(tmp_path: Path) -> None:
    run = small_content("zh-Hant")
    write_run(replace(run, study=replace(run.study, orientation="rows")), tmp_path)

    assert faults(tmp_path / "journey-map.xlsx") == []


HOSTILE = (
    "=1+1",
    "a" * 300,
    "x/y:z*?[q]\\",
    "'quoted'",
    "😀" * 40,
    "same name",
    "SAME NAME",
    "名字" * 30,
    "\x07\ud800 bell",
    "history",
    "'",
    " ",
)


def test_no_name_breaks_it(tmp_path: Path) -> None:
    run = every_map("en", 30)
    persons = tuple(MapPersona(f"persona-{i}", name, 5, 0.1, 0.0, 0.2, name, (name,)) for i, name in enumerate(HOSTILE, 1))
    stages = tuple(replace(s, name=HOSTILE[i], description=HOSTILE[-i]) for i, s in enumerate(run.journey.stages))
    themes = tuple(replace(t, label=HOSTILE[i % len(HOSTILE)] * (1 if i else 300)) for i, t in enumerate(run.journey.themes))
    write_run(
        replace(run, journey=replace(run.journey, name="a&b" * 99, personas=persons, stages=stages, themes=themes)), tmp_path
    )

    assert faults(tmp_path / "journey-map.xlsx") == []


def test_titles_are_cut_where_excel_counts() -> None:
    titles = sheet_titles([*HOSTILE, *HOSTILE])

    assert max(units(t) for t in titles) == 31
    assert len({t.casefold() for t in titles}) == len(titles)
    assert titles[1].endswith("a…")
    assert titles[len(HOSTILE) + 1].endswith("… 2")


def test_a_map_by_hand_and_a_comparison_are_as_sound(first_run: Callable, tmp_path: Path) -> None:
    made = JourneyMap.from_dict(
        {"stages": ["a!b", "c'd", "e"], "cells": {"e": {"actions": "=1+1\n@x"}}, "types": list(MAP_TYPES)}
    )
    assert faults(made.write(tmp_path / "hand.xlsx")) == []
    assert faults(made.write(tmp_path / "rows.xlsx", orientation="rows")) == []

    first_run(small_content(people=40), tmp_path / "old")
    first_run(small_content(), tmp_path / "new")
    compare_runs(tmp_path / "old", tmp_path / "new", tmp_path / "both", recount)
    assert faults(tmp_path / "both" / "compare.xlsx") == []


def test_what_a_researcher_added_does_not_break_it(first_run: Callable, tmp_path: Path) -> None:
    run = small_content(people=40)
    first_run(run, tmp_path)
    path = tmp_path / "journey-map.xlsx"
    book = load_workbook(path)
    own = book.create_sheet("Own")
    own["B2"], own["B3"] = "=SUM(1,2)", "text"
    own["B2"].comment = Comment("why", "Mei")
    own.merge_cells("C2:D3")
    book.active = book["Own"]
    for sheet in book:
        sheet.sheet_view.tabSelected = True  # several sheets marked, as Excel saves them when they were selected together
    book.save(path)
    write_run(run, tmp_path)

    assert faults(path, own_formulas=False) == []
    assert "Own" in load_workbook(path).sheetnames


# ---------------------------------------------------------------- the check itself


def _in(part: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        name = next(n for n in sorted(parts) if re.fullmatch(part, n) and re.search(old.encode(), parts[n]))
        parts[name] = re.sub(old.encode(), new.encode(), parts[name], count=1)

    return change


def _without(part: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts.pop(next(n for n in sorted(parts) if re.fullmatch(part, n)))

    return change


BROKEN = [
    ("leads to", _without(r"xl/charts/chart1\.xml")),
    ("has no type", _in(r"\[Content_Types\]\.xml", r"<Default[^>]*vml[^>]*>", "")),
    ("is no title", _in(r"xl/workbook\.xml", r'(<sheet [^>]*)name="[^"]*"', r'\1name="' + "x" * 32 + '"')),
    ("two sheets are", _in(r"xl/workbook\.xml", r'sheetId="2"', 'sheetId="1"')),
    ("leads to no sheet", _in(r"xl/workbook\.xml", r"(<definedName[^>]*>)'[^']*'", r"\1'Nowhere'")),
    ("has style", _in(r"xl/worksheets/sheet1\.xml", r' s="\d+"', ' s="9999"')),
    ("is the number", _in(r"xl/worksheets/sheet1\.xml", r't="n"><v>[^<]+<', 't="n"><v>nought<')),
    ("the cells say", _in(r"xl/tables/table1\.xml", r'(<tableColumn[^>]* name=")[^"]*', r"\1Another")),
    ("tables have the displayName", _in(r"xl/tables/table2\.xml", r'displayName="[^"]*"', 'displayName="rk_pains_pains"')),
    ("merged cells overlap", _in(r"xl/worksheets/sheet1\.xml", r"(<mergeCell ref=\"[^\"]*\" ?/>)", r"\1\1")),
    ("counts", _in(r"xl/worksheets/sheet1\.xml", r'mergeCells count="\d+"', 'mergeCells count="1"')),
    ("leads to '", _in(r"xl/worksheets/sheet1\.xml", r"location=\"'[^']*'!", "location=\"'Gone'!")),
    ("has two links", _in(r"xl/worksheets/sheet1\.xml", r"(<hyperlink [^>]*>)", r"\1\1")),
    ("takes its options from", _in(r"xl/worksheets/sheet\d+\.xml", r"<formula1>'_lists'!", "<formula1>'_gone'!")),
    ("has two comments", _in(r"xl/comments/comment1\.xml", r"(<comment ref=.*?</comment>)", r"\1\1")),
    ("and boxes at", _in(r"xl/drawings/commentsDrawing1\.vml|xl/drawings/legacyDrawing1\.vml", r"(Row>)\d+<", r"\g<1>900<")),
    ("errorTitle of a drop-down", _in(r"xl/worksheets/sheet\d+\.xml", r"<dataValidation ", '<dataValidation errorTitle="' + "x" * 33 + '" ')),
    ("two drop-downs", _in(r"xl/worksheets/sheet\d+\.xml", r"(<dataValidation .*?</dataValidation>)", r"\1\1")),
    ("it draws", _in(r"xl/charts/chart1\.xml", r"'[^']*'!", "'Gone'!")),
    ("follows row", _in(r"xl/worksheets/sheet1\.xml", r'<row r="3"', '<row r="1"')),
    ("points high", _in(r"xl/worksheets/sheet1\.xml", r' ht="[\d.]+"', ' ht="900"')),
    ("its parts stand", _in(r"xl/worksheets/sheet1\.xml", r"(<printOptions[^>]*>)(<pageMargins[^>]*>)", r"\2\1")),
    ("is the formula", _in(r"xl/worksheets/sheet1\.xml", r'(<c [^>]*t="n")\s*(?:/>|></c>)', r'\1><f>HYPERLINK("x")</f></c>')),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(first_run: Callable, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("sound")
    first_run(small_content(people=40), path)
    with zipfile.ZipFile(path / "journey-map.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("told", "change"), BROKEN, ids=[told for told, _ in BROKEN])
def test_the_check_sees_what_is_broken(
    told: str, change: Callable[[dict[str, bytes]], None], sound: dict[str, bytes], tmp_path: Path
) -> None:
    parts = dict(sound)
    change(parts)
    with zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    assert any(told in fault for fault in faults(tmp_path / "broken.xlsx"))


def test_the_check_sees_sheets_selected_together(tmp_path: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("b")):
        sheet["A1"] = 1
        sheet.sheet_view.tabSelected = True
    book.save(tmp_path / "two.xlsx")

    assert any("selected together" in fault for fault in faults(tmp_path / "two.xlsx"))


@pytest.mark.office
def test_libreoffice_opens_it(first_run: Callable, convert: Callable, tmp_path: Path) -> None:
    for language in LANGUAGES:
        first_run(every_map(language), tmp_path / language)
    books = [(tmp_path / language / "journey-map.xlsx").rename(tmp_path / f"{language}.xlsx") for language in LANGUAGES]

    convert(books, "csv", tmp_path / "csv")

    assert all((tmp_path / "csv" / f"{language}.csv").stat().st_size > 500 for language in LANGUAGES)
