"""Workbooks: the largest sheet, cells as the text that a CSV of the sheet would hold, merged cells, archives of them."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from research_kit.reading import read_export
from research_kit.reading.workbook import cell_text
from research_kit.study import SourceSpec


def moment(*parts: int) -> datetime.datetime:
    """Spreadsheets know no time zones."""
    return datetime.datetime(*parts)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (5, "5"),
        (-3.0, "-3"),
        (4.5, "4.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "1e+20"),
        (12345678901234.0, "12345678901234"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.date(2026, 3, 1), "2026-03-01"),
        (moment(2026, 3, 1), "2026-03-01"),
        (moment(2026, 3, 1, 9, 5), "2026-03-01 09:05:00"),
        (moment(2026, 3, 1, 9, 4, 59, 999999), "2026-03-01 09:05:00"),
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=27, minutes=5), "27:05:00"),
        (datetime.timedelta(seconds=-90), "-0:01:30"),
        ("a\r\nb", "a\nb"),
        ("a_x000D_\nb", "a\n\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("0050", "0050"),
        (None, ""),
    ],
)
def test_cells_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def save(path: Path, rows: list[list[object]], **more: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Answers"
    for row in rows:
        book.active.append(row)
    for name, lines in more.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


ROWS: list[list[object]] = [
    ["Respondent", "How many?", "When?", "Why?"],
    ["0050", 5, moment(2026, 3, 1, 9, 5), "a\nb"],
    ["0051", 4.5, None, "等太久"],
]
TEXTS = [["0050", "5", "2026-03-01 09:05:00", "a\nb"], ["0051", "4.5", "", "等太久"]]


def test_the_largest_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    export = read_export(SourceSpec(path=save(tmp_path / "a.xlsx", ROWS, Notes=[["hello"]])))

    assert export.sheet == "Answers"
    assert export.cells.to_numpy().tolist() == TEXTS
    assert list(export.cells.index) == [2, 3]
    assert export.notes == ("The sheet “Answers” was read.", "Also there but not used: Notes.")


def test_a_named_sheet_is_read(tmp_path: Path) -> None:
    export = read_export(SourceSpec(path=save(tmp_path / "a.xlsx", ROWS, Wave2=[["Q", "A"], ["x", "y"]]), sheet="Wave2"))

    assert export.cells.to_numpy().tolist() == [["x", "y"]]


def test_csv_xlsx_and_ods_read_alike(tmp_path: Path) -> None:
    """The same values, whatever the container."""
    frame = pd.DataFrame(
        {"id": ["a", "b", "c"], "stars": [5, 3, 1], "score": [4.5, 2.25, 3.0], "why": ["good, cheap", "line\nbreak", ""]}
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    _write_ods(tmp_path / "a.ods", [list(frame.columns), *frame.to_numpy().tolist()])
    csv, xlsx, ods = (read_export(SourceSpec(path=tmp_path / f"a.{kind}")) for kind in ("csv", "xlsx", "ods"))

    assert xlsx.columns == ods.columns == csv.columns
    assert xlsx.cells.equals(ods.cells)
    assert xlsx.cells[3].tolist() == csv.cells[3].tolist() == ["good, cheap", "line\nbreak", ""]
    assert xlsx.cells[1].tolist() == csv.cells[1].tolist() == ["5", "3", "1"]


def _write_ods(path: Path, rows: list[list[object]]) -> None:
    def cell(value: object) -> str:
        if isinstance(value, (int, float)):
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
            )
        lines = "".join(f"<text:p>{line}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Answers">{body}</table:table></office:spreadsheet></office:body></office:document-content>'  # noqa: E501
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'  # noqa: E501
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)


def test_merged_cells_stand_for_what_they_cover_downwards(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Region", "City", "Stars"], ["North", "A", 5], [None, "B", 4], ["South", "C", 3]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")

    assert read_export(SourceSpec(path=tmp_path / "a.xlsx")).cells[0].tolist() == ["North", "North", "South"]


def test_two_header_rows_with_merged_questions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Name", "What do you drink?", None, "How old?"],
        [None, "Tea", "Latte", None],
        ["A", "Tea", None, 31],
        ["B", "Tea", "Latte", 44],
    ):
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.save(tmp_path / "a.xlsx")
    export = read_export(SourceSpec(path=tmp_path / "a.xlsx"))

    assert export.header_rows == 2
    assert [(c.text, c.label, c.hint) for c in export.columns] == [
        ("Name", "", ""),
        ("What do you drink?", "Tea", "option"),
        ("What do you drink?", "Latte", "option"),
        ("How old?", "", ""),
    ]


def test_titles_blank_rows_and_blank_columns_around_the_table(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        [["Café survey 2026"], [], ["id", "stars", "why", "again"], [1, 5, "good", "yes"], [], [2, 4, "fine", "no"]],
    )
    export = read_export(SourceSpec(path=path))

    assert [c.text for c in export.columns] == ["id", "stars", "why", "again"]
    assert list(export.cells.index) == [4, 6]
    assert export.notes == ("Blank rows left out: 2.", "Lines above the header left out: 1 (Café survey 2026).")


CASES = Path(__file__).parents[1] / "cases" / "reading"


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_the_same_export_saved_by_an_office_program(kind: str) -> None:
    """wjx-codes.xlsx in the other formats: saved again by LibreOffice, .xlsb written by make_xlsb.py."""
    original = read_export(SourceSpec(path=CASES / "platforms" / "wjx-codes.xlsx"))
    export = read_export(SourceSpec(path=CASES / "containers" / f"wjx-codes.{kind}"))

    assert export.columns == original.columns
    assert export.cells.equals(original.cells)
    assert (export.platform, export.rule, export.notes) == (original.platform, original.rule, original.notes)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "xlsx"])
@pytest.mark.data
def test_old_and_other_workbooks(kind: str, data: Path) -> None:
    """The same sheet saved in four formats (calamine's own test files)."""
    export = read_export(SourceSpec(path=data / "bad_input" / "workbooks" / f"issues.{kind}", sheet="issue2"))

    assert export.cells.to_numpy().tolist() == [["2", "b"], ["3", "c"]]


def test_a_zip_of_exports(tmp_path: Path) -> None:
    """The largest member is read; ``sheet`` can name another."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Takeout/big.csv", "id,why\n" + "1,good\n" * 50)
        archive.writestr("Takeout/small.csv", "id,why\n1,bad\n")
        archive.writestr("__MACOSX/._big.csv", "junk" * 500)
        archive.writestr("readme.md", "x" * 5000)
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())

    assert len(read_export(SourceSpec(path=path)).cells) == 50
    assert read_export(SourceSpec(path=path)).notes == (
        "“big.csv” was read from the archive a.zip.",
        "Also there but not used: small.csv.",
    )
    assert read_export(SourceSpec(path=path, sheet="small.csv")).cells.loc[2, 1] == "bad"


def test_a_workbook_in_a_zip(tmp_path: Path) -> None:
    save(tmp_path / "a.xlsx", ROWS, Wave2=[["Q", "A"], ["x", "y"]])
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "a.xlsx", "a.xlsx")

    assert read_export(SourceSpec(path=path)).cells.to_numpy().tolist() == TEXTS
    assert read_export(SourceSpec(path=path, sheet="Wave2")).cells.to_numpy().tolist() == [["x", "y"]]


def test_a_web_page_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        '<html><head><meta charset="utf-8"><style>td{x:y}</style></head><body><table><tr><td>menu</td></tr></table>'
        '<table border=1><tr><th>姓名</th><th colspan="2">滿意度&nbsp;</th></tr><tr><td rowspan=2>王</td><td>5</td><td>好<br>吃</td></tr>'
        "<tr><td>4</td><td>&lt;還可以&gt;</td></tr></table></body></html>",
        encoding="utf-8",
    )
    export = read_export(SourceSpec(path=path))

    assert [c.text for c in export.columns] == ["姓名", "滿意度", "Column 3"]
    assert export.cells.to_numpy().tolist() == [["王", "5", "好\n吃"], ["王", "4", "<還可以>"]]
    assert "The largest of 2 tables was used." in export.notes


def test_an_xml_spreadsheet_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet><Table><Row><Cell><Data>id</Data></Cell><Cell><Data>why</Data></Cell><Cell><Data>stars</Data></Cell></Row>"
        '<Row><Cell><Data>1</Data></Cell><Cell ss:Index="3"><Data>5</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )

    assert read_export(SourceSpec(path=path)).cells.to_numpy().tolist() == [["1", "", "5"]]


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "r-community/2019 English R Community Survey Responses",
        "r-community/2019 Spanish R Community Survey Responses",
        "spack-users/spack-user-survey-2022-responses",
    ],
)
def test_real_answers_read_alike_from_csv_and_xlsx(name: str, data: Path) -> None:
    """Cell for cell; the timestamps as moments, for Excel keeps them as numbers."""
    csv, xlsx = (read_export(SourceSpec(path=data / "surveys" / f"{name}.{kind}")) for kind in ("csv", "xlsx"))
    a, b = csv.cells.reset_index(drop=True), xlsx.cells.reset_index(drop=True)

    assert csv.columns == xlsx.columns
    assert a.drop(columns=0).equals(b.drop(columns=0))
    assert (pd.to_datetime(a[0]) == pd.to_datetime(b[0])).all()


@pytest.mark.data
def test_blank_rows_of_a_csv_are_counted(data: Path) -> None:
    """The spack survey of 2025 has 100 blank rows that its XLSX lacks."""
    folder = data / "surveys" / "spack-users"
    csv, xlsx = (read_export(SourceSpec(path=folder / f"spack-user-survey-2025-responses.{kind}")) for kind in ("csv", "xlsx"))

    assert len(csv.cells) == len(xlsx.cells) == 245
    assert csv.notes == ("Blank rows left out: 100.",)
