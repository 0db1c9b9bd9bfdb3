"""Every file of a run: what is in it, safe text, all or nothing, the same bytes."""

from __future__ import annotations

import contextlib
import csv
import errno
import json
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit.errors import LostObjectsWarning, OutputError
from research_kit.labels import say
from research_kit.mentions import Mentions
from research_kit.write import RunContent, folder, write_run
from tests.write.conftest import small_content

FILES = {
    "journey-map.xlsx", "respondents.csv", "personas.json", "journey.json", "mentions.parquet", "codebook.csv", "run.json", "timings.json",
    "journey.csv", "journey.html", "journey.xmind", "segments",
}  # fmt: skip


@pytest.fixture(scope="module")
def run() -> RunContent:
    return small_content("zh-Hant")


@pytest.fixture(scope="module")
def written(run: RunContent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("輸出") / "結果"
    write_run(run, directory)
    return directory


def contents(directory: Path) -> dict[str, bytes]:
    return {str(p.relative_to(directory)): p.read_bytes() for p in sorted(directory.rglob("*")) if p.is_file()}


def test_every_file_is_written(written: Path) -> None:
    assert {p.name for p in written.iterdir() if not p.name.startswith(".")} == FILES


def test_a_second_run_touches_nothing(run: RunContent, written: Path) -> None:
    before = {name: (data, (written / name).stat().st_mtime_ns) for name, data in contents(written).items()}

    write_run(run, written)

    assert {name: (data, (written / name).stat().st_mtime_ns) for name, data in contents(written).items()} == before


def test_another_folder_gets_the_same_bytes(run: RunContent, written: Path, tmp_path: Path) -> None:
    write_run(run, tmp_path)

    assert contents(tmp_path) == contents(written)


def test_files_that_are_not_ours_stay(run: RunContent, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    write_run(run, tmp_path)

    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".writing")]


def test_formula_like_text_is_text_everywhere(run: RunContent, tmp_path: Path) -> None:
    nasty = '=HYPERLINK("http://x","y")\x07'
    mentions = run.mentions.frame().assign(text=nasty, respondent="@handle")
    respondents = run.responses.respondents.assign(respondent="-2+3")
    journey = replace(
        run.journey, personas=tuple(replace(p, name="=1+1" if i else p.name) for i, p in enumerate(run.journey.personas))
    )
    write_run(
        replace(run, mentions=Mentions.of(mentions), journey=journey, responses=replace(run.responses, respondents=respondents)),
        tmp_path,
    )

    book = load_workbook(tmp_path / "journey-map.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    assert any(str(c.value).startswith("=HYPERLINK") and c.quotePrefix for c in cells)
    with (tmp_path / "respondents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["respondent"] for row in csv.DictReader(file)} == {"'-2+3"}
    assert json.loads((tmp_path / "journey.json").read_text(encoding="utf-8"))["personas"][1]["name"] == "=1+1"


def test_an_open_workbook_is_told_and_nothing_changes(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    before = contents(tmp_path)
    (tmp_path / "~$journey-map.xlsx").write_bytes(b"")

    with pytest.raises(OutputError, match="Close the workbook and run again") as caught:
        write_run(replace(run, info={}), tmp_path)

    assert len(caught.value.problems) == 1
    (tmp_path / "~$journey-map.xlsx").unlink()
    assert contents(tmp_path) == before


def test_a_failure_half_way_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.replace_all(tmp_path, {"a": b"1", "b": b"1", "c": b"1"})
    replaced = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target) == tmp_path / "b" and "new" in self.parts:
            raise PermissionError(13, "Permission denied")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="open in another program"):
        folder.replace_all(tmp_path, {"a": b"2", "b": b"2", "c": b"2"})
    monkeypatch.undo()

    assert contents(tmp_path) == {"a": b"1", "b": b"1", "c": b"1"}


@pytest.mark.parametrize("moved", range(6))
def test_who_stops_it_half_way_finds_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    folder.replace_all(tmp_path / "out", {"a": b"1", "b": b"1"})
    replaced, count = Path.replace, iter(range(99))

    def stopped(self: Path, target: Path) -> Path:
        if next(count) == moved:
            raise KeyboardInterrupt
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    # Two old files are moved out of the way and three new ones in: five steps, and a sixth never comes.
    with pytest.raises(KeyboardInterrupt) if moved < 5 else contextlib.nullcontext():
        folder.replace_all(tmp_path / "out", {"a": b"2", "b": b"2", "c": b"2"})

    assert contents(tmp_path / "out") == ({"a": b"1", "b": b"1"} if moved < 5 else {"a": b"2", "b": b"2", "c": b"2"})
    assert not list((tmp_path / "out").glob(".writing-*"))


def test_who_stops_it_while_a_file_is_made_finds_no_folder(tmp_path: Path) -> None:
    def stopped(_: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.replace_all(tmp_path / "out", {"a": b"1", "b": stopped})

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_called_so_by_the_name_of_the_file(tmp_path: Path) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match=rf"^{re.escape(str(tmp_path / 'out' / 'b'))} cannot be written: the disk is full"):
        folder.replace_all(tmp_path / "out", {"a": b"1", "b": full})

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(run: RunContent, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(OutputError, match="Choose another folder"):
        write_run(run, tmp_path / "file" / "out")


def test_the_workbook_carries_no_time(written: Path) -> None:
    with zipfile.ZipFile(written / "journey-map.xlsx") as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"created" not in archive.read("docProps/core.xml")
        assert b"modified" not in archive.read("docProps/core.xml")


def test_run_json_says_what_happened_to_edits(written: Path) -> None:
    assert json.loads((written / "run.json").read_text(encoding="utf-8"))["edits"] == {
        "kept": 0,
        "conflicts": 0,
        "moved": 0,
        "lost_objects": [],
    }


def with_text_box(path: Path) -> None:
    """Put a text box on the map of everybody, as Excel stores it."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = next(n for n in sorted(members) if n.startswith("xl/drawings/drawing"))
    box = (
        b'<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:from><xdr:col>1</xdr:col>'
        b"<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff>"
        b"<xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp/><xdr:clientData/></xdr:twoCellAnchor>"
    )
    head, end, tail = members[name].rpartition(b"</")
    members[name] = head + box + end + tail
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def test_what_cannot_be_taken_over_is_named_and_the_old_workbook_kept(
    run: RunContent, first_run: Callable, tmp_path: Path
) -> None:
    first_run(run, tmp_path)
    with_text_box(tmp_path / "journey-map.xlsx")
    before = (tmp_path / "journey-map.xlsx").read_bytes()

    with pytest.warns(
        UserWarning, match="its shape or text box could not be taken over; the former workbook is kept as journey-map 2"
    ) as told:
        write_run(run, tmp_path)
    assert "圖案或文字方塊無法沿用" in say(told[0].message.args[0], "zh-Hant")

    edits = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["edits"]
    assert [lost["object"] for lost in edits["lost_objects"]] == ["shape or text box"]
    (kept,) = tmp_path.glob("journey-map 2*.xlsx")
    assert kept.read_bytes() == before


def test_a_workbook_of_somebody_else_is_kept(run: RunContent, tmp_path: Path) -> None:
    (tmp_path / "journey-map.xlsx").write_bytes(b"not ours")

    with pytest.warns(LostObjectsWarning, match="missing or damaged"):
        write_run(run, tmp_path)

    (kept,) = tmp_path.glob("journey-map 2*.xlsx")
    assert kept.read_bytes() == b"not ours"


def test_a_broken_base_loses_nothing(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    before = (tmp_path / "journey-map.xlsx").read_bytes()
    (tmp_path / ".base" / "journey-map.json.gz").write_bytes(b"broken")

    write_run(run, tmp_path)

    assert (tmp_path / "journey-map.xlsx").read_bytes() == before


def test_the_results_of_another_study_are_kept(run: RunContent, tmp_path: Path) -> None:
    write_run(
        replace(run, info={"study": run.study.name, "inputs": [{"source": e.source} for e in run.responses.exports]}), tmp_path
    )
    before = (tmp_path / "journey-map.xlsx").read_bytes()
    (export,) = run.responses.exports[:1]
    asked = tuple(replace(q, text=f"{q.text} (other)") for q in run.responses.questions)
    responses = replace(run.responses, questions=asked, exports=(replace(export, source="other.csv"),))
    other = replace(
        run,
        study=replace(run.study, name="Other"),
        responses=responses,
        info={"study": "Other", "inputs": [{"source": "other.csv"}]},
    )

    with pytest.warns(LostObjectsWarning, match="held the results of another study, “.+”; its workbook is kept as journey-map 2"):
        write_run(other, tmp_path)

    (kept,) = tmp_path.glob("journey-map 2*.xlsx")
    assert kept.read_bytes() == before
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_run(other, tmp_path)  # its own results now
        write_run(replace(other, study=replace(run.study, name="Next wave")), tmp_path)  # other names, the same questions
    assert len(list(tmp_path.glob("journey-map 2*.xlsx"))) == 1
