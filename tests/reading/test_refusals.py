"""What is no table of answers is refused in one plain sentence that names the file and says what to do."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from research_kit.errors import InputError
from research_kit.labels import Sentence, say
from research_kit.language import detect
from research_kit.reading import container, read_export
from research_kit.reading.compound import is_whole
from research_kit.study import SourceSpec

sys.path.insert(0, str(Path(__file__).parents[1] / "cases" / "reading"))

import make_xlsb as xlsb


def refusal(path: Path, **spec: str) -> str:
    with pytest.raises(InputError) as caught:
        read_export(SourceSpec(path=path, **spec))
    assert len(caught.value.problems) == 1
    sentence = caught.value.problems[0]
    assert sentence.endswith((".", ")."))
    assert "\n" not in sentence
    assert isinstance(sentence, Sentence)
    for language in ("zh-Hant", "zh-Hans"):
        assert path.name in say(sentence, language)
        assert detect(say(sentence, language).replace(path.name, "")) != "en"
    return sentence


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "is empty"),
        (b"\n\n\n", "a.csv", "is empty"),
        (b"\xef\xbb\xbf", "a.csv", "is empty"),
        (b"\x00" * 500, "a.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.csv", "PNG picture"),
        (b"\xff\xd8\xff\xe0" + b"JFIF" * 9, "a.xlsx", "JPEG picture"),
        (b"GIF89a" + b"\x01" * 50, "a.csv", "GIF picture"),
        (b"%PDF-1.7\n" + b"x" * 50, "a.pdf", "PDF document"),
        (b"SQLite format 3\x00" + b"x" * 50, "a.csv", "SQLite"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "a.doc", "Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 5000, "a.xls", "damaged workbook"),
        (b"PK\x03\x04" + b"\x07" * 500, "a.xlsx", "damaged"),
        (b"$FL2" + b"\x07" * 500, "a.sav", "damaged SPSS"),
        (b"\x1f\x8b" + b"\x07" * 500, "a.csv.gz", "damaged gzip"),
        (b",".join([b"q"] * 10_001) + b"\n" + b",".join([b"4"] * 10_001) + b"\n", "a.csv", "has 10,001 columns; a survey export has fewer than 10,000"),
        (b"id,age,why\n", "a.csv", "only a header"),
        (b"id,age,why\n,,\n", "a.csv", "only a header"),
        (bytes(range(256)) * 20, "a.csv", "not text"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]}', "Reviews.json", "reviews you wrote yourself"),
        (b'{"a": 1}', "a.json", "JSON without a list"),
        (b"<html><body><p>Please log in</p></body></html>", "a.xls", "without a table"),
        (b'<?xml version="1.0"?>\n<a><b/></a>', "a.xml", "XML file"),
        (b'<?xml version="1.0"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>', "a.lss", "structure of a LimeSurvey survey"),
    ],
)  # fmt: skip
def test_no_table(content: bytes, name: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    sentence = refusal(path)

    assert said in sentence
    assert name in sentence


@pytest.mark.parametrize(
    "text",
    [
        "# ----\n# Events\n# Start date: 20260501\n# ----\n,,Totals,1240,338\nEvent name,Event count,Total users\npage_view,1200,300\npurchase,40,38\n",
        "# 所有使用者\n# 開始日期：20260501\n\n網頁路徑和畫面類別,瀏覽,活躍使用者,每位活躍使用者的瀏覽次數,事件計數\n/,900,300,3,2000\n/pay,80,60,1.3,200\n",
        "会话主要渠道组（默认渠道组）,会话数,互动会话数,互动率\nOrganic Search,500,300,0.6\nDirect,200,90,0.45\n",
    ],
)
def test_totals_of_ga4_hold_no_people(text: str, tmp_path: Path) -> None:
    """The sentence says which export to take instead."""
    path = tmp_path / "download.csv"
    path.write_text(text, encoding="utf-8")

    assert "BigQuery" in refusal(path)
    assert "user_pseudo_id" in refusal(path)


def test_missing(tmp_path: Path) -> None:
    assert "nowhere.csv does not exist" in refusal(tmp_path / "nowhere.csv")


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_name_no_system_allows() -> None:
    assert "a.csv" in refusal(Path("no\x00thing/a.csv"))


def workbook(*rows: list[object], title: str = "Answers", more: dict[str, list[list[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, lines in (more or {}).items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(["id"], [1], more={"Other": [["x"]]}))

    assert refusal(path, sheet="Answer") == "a.xlsx has no sheet “Answer”; it has Answers, Other."


def test_an_empty_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())

    assert "holds no rows" in refusal(path)


def test_a_sheet_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    assert "has no sheets" in refusal(path, sheet="Answers")


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def test_an_archive_without_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(picture_dot_png=b"x"))

    assert "archive without a table in it (it holds picture.png)" in refusal(path)


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(word__document_dot_xml=b"<a/>"))

    assert "Word document" in refusal(path)


def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(a_dot_csv=b"a,b\n" + b"1,2\n" * 1_000_000))

    assert "unpacks to more than" in refusal(path)


def test_a_gzip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1,2\n" * 1_000_000))

    assert "unpacks to more than" in refusal(path)


def test_a_workbook_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 100_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(xl__workbook_dot_xml=b"<a/>", xl__worksheets__sheet1_dot_xml=b" " * 1_000_000))

    assert "unpacks to more than" in refusal(path)


def test_a_workbook_that_spreads_over_the_whole_sheet(tmp_path: Path) -> None:
    """Two cells in opposite corners would ask for 500 GB."""
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active["XFD1048576"] = "far away"
    path = tmp_path / "a.xlsx"
    book.save(path)

    assert "spreads over 17,179,869,184 cells" in refusal(path)


def ods(rows: int, columns: int) -> bytes:
    """A spreadsheet of one header row, and one cell that stands for a whole field of them."""
    text = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
    field = text.format(f' table:number-columns-repeated="{columns}"')
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = f"<table:table-row>{text.format('') * 2}</table:table-row>"
    body += f'<table:table-row table:number-rows-repeated="{rows}">{field}</table:table-row>'
    body += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">{body}'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{content}</table:table></office:spreadsheet></office:body></office:document-content>")
        space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}"/>')
    return out.getvalue()


def test_repeated_cells_of_an_open_document(tmp_path: Path) -> None:
    """Two million rows of blanks at the end are nothing; twenty million cells from one are refused."""
    path = tmp_path / "a.ods"
    path.write_bytes(ods(3, 2))
    assert len(read_export(SourceSpec(path=path)).cells) == 3

    path.write_bytes(ods(20_000, 1_000))
    assert "spreads over 20,001,000 cells" in refusal(path)


def test_a_binary_workbook_that_spreads_over_the_whole_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its own statement of its extent says."""
    far = b"".join(
        xlsb.record(xlsb.ROW, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0)) + xlsb._cell(column, "x")
        for row, column in ((0, 0), (0, 1), (1_048_575, 16_383))
    )
    extent = xlsb.record(xlsb.EXTENT, struct.pack("<4I", 0, 1, 0, 1))
    sheet = xlsb.record(xlsb.BEGIN_SHEET) + extent + xlsb.record(xlsb.BEGIN_ROWS) + far + xlsb.record(xlsb.END_ROWS)
    monkeypatch.setattr(xlsb, "_sheet", lambda _: sheet + xlsb.record(xlsb.END_SHEET))
    path = tmp_path / "a.xlsb"
    path.write_bytes(xlsb.workbook({"A": [["x"]]}))

    assert "spreads over 17,179,869,184 cells" in refusal(path)


def compound(chain: int) -> bytes:
    """An old Office file of four sectors: table, directory, and a stream whose second sector is followed by ``chain``."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504)
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9I", header, 44, 1, 1, 0, 4096, end, 0, end, 0, 0)
    struct.pack_into("<108I", header, 80, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, 3, chain, *[free] * 124)
    entry = bytearray(128)
    entry[66] = 2
    struct.pack_into("<II", entry, 116, 2, 5000)
    return bytes(header) + table + bytes(entry) + b"\x00" * 384 + b"\x07" * 1024


def test_a_chain_of_sectors_that_never_ends(tmp_path: Path) -> None:
    """The workbook library would follow it for ever."""
    path = tmp_path / "a.xls"
    path.write_bytes(compound(chain=2))

    assert is_whole(compound(chain=0xFFFFFFFE))
    assert "damaged workbook" in refusal(path)


def test_a_panic_of_the_library_stays_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A workbook stream of nonsense: one sentence, and nothing on stderr."""
    path = tmp_path / "a.xls"
    path.write_bytes(compound(chain=0xFFFFFFFE))

    assert "damaged workbook" in refusal(path)
    assert capfd.readouterr().err == ""


def test_pyreadstat_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    path = tmp_path / "a.sav"
    path.write_bytes(b"$FL2" + b"\x00" * 300 + b"x")

    assert "pip install" in refusal(path)


@pytest.mark.data
def test_the_bad_folder_is_read_or_refused(data: Path) -> None:
    """Odd, old, encrypted and broken files of other projects: one sentence or an export, nothing else."""
    read = refused = 0
    sentences = []
    for path in sorted(p for p in (data / "bad_input").rglob("*") if p.is_file()):
        try:
            export = read_export(SourceSpec(path=path))
        except InputError as problem:
            refused += 1
            sentences.append(problem.problems)
        else:
            read += 1
            assert len(export.cells) > 0
    assert all(len(s) == 1 for s in sentences)
    assert read >= 280
    assert refused >= 40
