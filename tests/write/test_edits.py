"""The edit battery: what researchers do to the workbook survives a re-run, on the same data, on new data, on another number of personas,
and after LibreOffice saved it."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from research_kit.errors import LostObjectsWarning, MapError, OutputError
from research_kit.write import RunContent, write_run
from research_kit.write.edits import value_of
from tests.write.conftest import small_content
from tests.write.hand import KINDS, MAP, Kind, grids, place, reading

pytestmark = pytest.mark.slow


def fewer_personas(run: RunContent) -> RunContent:
    """The same people in two personas instead of three."""
    gone = "persona-3"
    journey = replace(
        run.journey, personas=tuple(p for p in run.journey.personas if p.id != gone),
        cells=tuple(c for c in run.journey.cells if c.persona != gone), curves=tuple(c for c in run.journey.curves if c.persona != gone),
    )  # fmt: skip
    members = run.personas.membership
    members = members.assign(persona=members["persona"].where(members["persona"] != gone, None))
    personas = replace(run.personas, personas=tuple(p for p in run.personas.personas if p.id != gone), membership=members)
    return replace(run, journey=journey, personas=personas)


@pytest.fixture(scope="module")
def run() -> RunContent:
    return small_content()


@pytest.fixture(scope="module")
def edited(run: RunContent, first_run: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose workbook has had every kind of edit."""
    folder = tmp_path_factory.mktemp("edited")
    first_run(run, folder)
    book = load_workbook(folder / "journey-map.xlsx", rich_text=True)
    for kind in KINDS:
        kind.make(book)
    book.save(folder / "journey-map.xlsx")
    return folder


SCENARIOS = ["same data", "new data", "fewer personas", "LibreOffice"]


@pytest.fixture(scope="module")
def saved_in_libreoffice(
    run: RunContent, edited: Path, first_run: Callable, resaved: Callable, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder with every kind of edit and an untouched one, both workbooks opened and saved in LibreOffice."""
    folder = tmp_path_factory.mktemp("libreoffice")
    shutil.copytree(edited, folder / "edited")
    first_run(run, folder / "untouched")
    resaved(folder / "edited" / "journey-map.xlsx", folder / "untouched" / "journey-map.xlsx")
    return folder


@pytest.fixture(scope="module", params=[*SCENARIOS[:3], pytest.param(SCENARIOS[3], marks=pytest.mark.office)])
def after(request: pytest.FixtureRequest, run: RunContent, edited: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("after") / "out"
    shutil.copytree(edited, folder)
    if request.param == "LibreOffice":
        shutil.copytree(request.getfixturevalue("saved_in_libreoffice") / "edited", folder, dirs_exist_ok=True)
    changed = {"new data": lambda: small_content("en", 72, 5), "fewer personas": lambda: fewer_personas(run)}
    write_run(changed.get(request.param, lambda: run)(), folder)
    return folder


@pytest.fixture(scope="module")
def book(after: Path) -> Workbook:
    return reading(after / "journey-map.xlsx")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_the_edit_survives(kind: Kind, book: Workbook) -> None:
    assert kind.check(book)


def test_forty_kinds() -> None:
    assert len({k.name for k in KINDS}) == len(KINDS) >= 65


def test_the_former_workbook_is_kept_with_its_date(after: Path) -> None:
    copies = [p.name for p in after.glob("journey-map 2*.xlsx")]

    assert len(copies) == 1
    assert copies[0] == f"journey-map {datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}.xlsx"


def test_an_edited_cell_is_marked_and_its_tooltip_shows_the_draft(book: Workbook) -> None:
    cell = place(book, MAP, "lane:actions", "awareness")

    assert "asks colleagues" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFF6D6"


def test_edits_are_counted(after: Path) -> None:
    edits = json.loads((after / "run.json").read_text(encoding="utf-8"))["edits"]

    assert edits["kept"] >= 40


def test_a_dismissed_pain_leaves_the_map(run: RunContent, after: Path) -> None:
    journey = json.loads((after / "journey.json").read_text(encoding="utf-8"))

    assert "theme-4" not in {o["theme"] for o in journey["opportunities"]}
    assert "theme-4" not in {t["id"] for t in journey["themes"]}


def test_running_again_changes_no_byte_and_makes_no_copy(run: RunContent, edited: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(edited, folder)
    write_run(run, folder)
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    write_run(run, folder)

    assert {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_edits_stay_over_two_changes_of_data(run: RunContent, edited: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(edited, folder)
    write_run(small_content("en", 72, 5), folder)
    write_run(run, folder)

    found = reading(folder / "journey-map.xlsx")

    assert [k.name for k in KINDS if not k.check(found)] == []


def test_edits_of_a_persona_that_is_gone_wait_aside_and_return(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    place(book, "map:current:persona-3", "lane:actions", "use").value = "brings a blanket"
    book.save(tmp_path / "journey-map.xlsx")

    write_run(fewer_personas(run), tmp_path)
    aside = grids(load_workbook(tmp_path / "journey-map.xlsx"))
    assert any("brings a blanket" in str(c.value) for row in aside["kept"].sheet.iter_rows() for c in row)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["edits"]["moved"] == 1

    write_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    assert place(book, "map:current:persona-3", "lane:actions", "use").value == "brings a blanket"
    assert "kept" not in grids(book)


def test_edits_follow_the_people_when_personas_change_places(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    place(book, "map:current:persona-1", "lane:actions", "use").value = "hurries"
    book.save(tmp_path / "journey-map.xlsx")
    swap = {"persona-1": "persona-2", "persona-2": "persona-1"}
    members = run.personas.membership

    write_run(
        replace(run, personas=replace(run.personas, membership=members.assign(persona=members["persona"].replace(swap)))),
        tmp_path,
    )

    book = load_workbook(tmp_path / "journey-map.xlsx")
    assert place(book, "map:current:persona-2", "lane:actions", "use").value == "hurries"
    assert place(book, "map:current:persona-1", "lane:actions", "use").value != "hurries"


def test_a_conflict_is_counted(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    place(book, MAP, "lane:actions", "use").value = "mine"
    book.save(tmp_path / "journey-map.xlsx")
    cells = tuple(
        replace(c, lines=("sits outside",)) if (c.stage, c.lane) == ("use", "actions") else c for c in run.journey.cells
    )

    write_run(replace(run, journey=replace(run.journey, cells=cells)), tmp_path)

    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["edits"]["conflicts"] == 1
    book = load_workbook(tmp_path / "journey-map.xlsx")
    assert "sits outside" in place(book, MAP, "lane:actions", "use").comment.text


def test_edits_turn_with_the_map(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    place(book, MAP, "lane:actions", "use").value = "reads the paper"
    book.save(tmp_path / "journey-map.xlsx")
    sideways = replace(run, study=replace(run.study, orientation="rows"))

    write_run(sideways, tmp_path)
    assert place(load_workbook(tmp_path / "journey-map.xlsx"), MAP, "stage:use", "lane:actions").value == "reads the paper"

    write_run(run, tmp_path)
    assert place(load_workbook(tmp_path / "journey-map.xlsx"), MAP, "lane:actions", "use").value == "reads the paper"


def test_a_workbook_without_its_base_is_kept_and_told(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    place(book, MAP, "lane:actions", "use").value = "mine"
    book.save(tmp_path / "journey-map.xlsx")
    shutil.rmtree(tmp_path / ".base")

    with pytest.warns(LostObjectsWarning, match=r"missing or damaged.*were not taken over; it is kept as journey-map 2.*xlsx"):
        write_run(run, tmp_path)

    (copy,) = tmp_path.glob("journey-map 2*.xlsx")
    assert place(load_workbook(copy), MAP, "lane:actions", "use").value == "mine"


def test_a_damaged_workbook_stops_the_run_and_stays(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    path = tmp_path / "journey-map.xlsx"
    path.write_bytes(path.read_bytes()[:5000])
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    with pytest.raises(MapError, match="move it away first"):
        write_run(run, tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_workbook_that_may_not_be_read_is_told(
    run: RunContent, first_run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_run(run, tmp_path)
    reading = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "journey-map.xlsx":
            raise PermissionError(13, "Permission denied")
        return reading(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(OutputError, match=r"open in another program or write-protected.*nothing was changed"):
        write_run(run, tmp_path)


@pytest.mark.office
def test_saving_in_libreoffice_is_no_edit(run: RunContent, saved_in_libreoffice: Path, tmp_path: Path) -> None:
    shutil.copytree(saved_in_libreoffice / "untouched", tmp_path / "out")
    write_run(run, tmp_path / "out")

    edits = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["edits"]
    assert edits == {"kept": 0, "conflicts": 0, "moved": 0, "lost_objects": []}


@pytest.mark.office
def test_a_chinese_workbook_saved_in_libreoffice_holds_no_edit(tmp_path: Path, first_run: Callable, resaved: Callable) -> None:
    """LibreOffice splits every text that mixes Chinese and Latin into parts: none of them is the researcher's."""
    run = small_content("zh-Hant")
    first_run(run, tmp_path)
    resaved(tmp_path / "journey-map.xlsx")
    cells = [
        c for sheet in load_workbook(tmp_path / "journey-map.xlsx", rich_text=True) for row in sheet.iter_rows() for c in row
    ]
    assert any(isinstance(c.value, CellRichText) for c in cells)

    write_run(run, tmp_path)

    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["edits"]["kept"] == 0


@pytest.mark.parametrize(
    ("font", "kept"),
    [
        (InlineFont(rFont="Noto Sans CJK TC", sz=10, b=False), False),
        (InlineFont(rFont="Noto Sans CJK TC", b=True), True),
        (InlineFont(u="single"), True),
        (InlineFont(strike=True), True),
        (InlineFont(color="FFAB12CD"), True),
        (InlineFont(color="FF000000"), False),
    ],
)
def test_rich_text_is_kept_where_a_part_looks_different_from_its_cell(font: InlineFont, kept: bool) -> None:
    cell = Workbook().active["A1"]
    cell.value = CellRichText("共有 ", TextBlock(font, "112"), " 人")

    assert str(value_of(cell)) == "共有 112 人"
    assert isinstance(value_of(cell), CellRichText) == kept
