"""Writes all files of a run, all or nothing, with what was edited in the workbook of the last one."""

from __future__ import annotations

import csv
import json
import re
import warnings
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research_kit.errors import LostObjectsWarning
from research_kit.labels import Sentence, find
from research_kit.records import plain
from research_kit.write.added import lost_objects
from research_kit.write.base import FILE, Base, alike, pack, sha256, snapshot, unpack
from research_kit.write.book import map_book, workbook
from research_kit.write.compare import as_json, compare
from research_kit.write.content import Compared
from research_kit.write.dismissed import dismissed_themes, without
from research_kit.write.edits import Edits, find_edits
from research_kit.write.excel import render
from research_kit.write.folder import read_bytes, refuse_open_workbook, replace_all
from research_kit.write.merge import merge
from research_kit.write.readback import open_workbook
from research_kit.write.renamed import renamed_personas, renamed_themes, with_drafts, with_names, with_people
from research_kit.write.safety import csv_text, sheet_titles
from research_kit.write.sheets.waves import compare_book, findings, hints, to_do
from research_kit.write.sheets.words import Words
from research_kit.write.tables import all_tables, to_json
from research_kit.write.who import follow, same_personas

if TYPE_CHECKING:
    from research_kit.records import MapContent
    from research_kit.write.content import RunContent
    from research_kit.write.matters import Recount
    from research_kit.write.sheets.model import Book

WORKBOOK = "journey-map.xlsx"
_SEGMENT = re.compile(r"(persona|group)-\d+\.csv")
_SAME_QUESTIONS = 0.5
"""Of a study's questions: whoever asks so many of them again asks the next wave."""
NO_EDITS: dict[str, Any] = {"kept": 0, "conflicts": 0, "moved": 0, "lost_objects": []}


@dataclass
class _Written:
    """A workbook ready to be written, and what became of edits."""

    data: bytes
    sheets: dict[str, Any]
    report: dict[str, Any] = field(default_factory=lambda: dict(NO_EDITS))
    origins: dict[str, str] = field(default_factory=dict)
    copy: str = ""
    """Name of the copy of the former workbook, "" when none is needed."""
    told: str = ""
    """What the researcher has to know about that copy, where it is not of this study's last run."""


def write_run(run: RunContent, directory: Path) -> list[Path]:
    """Write every file of a run into ``directory``. See ``research_kit.write.write_run``."""
    directory = Path(directory)
    path = directory / WORKBOOK
    refuse_open_workbook(path)
    run, made = _workbook(run, directory)
    files = {WORKBOOK: made.data, **all_tables(run)}
    files["run.json"] = to_json({**plain(run.info), "edits": made.report})
    files[FILE] = pack(made.sheets, made.data, made.origins, made.report)
    if not made.copy and (other := _other_study(run, directory)):
        made.copy = _copy_name(path)
        made.told = Sentence("output_problems", "other-study", folder=directory, study=other, copy=made.copy)
    if made.copy:
        files[made.copy] = read_bytes(path)
    written = replace_all(directory, files)
    for stale in sorted((directory / "segments").glob("*.csv")):
        if _SEGMENT.fullmatch(stale.name) and f"segments/{stale.name}" not in files:
            stale.unlink()  # a persona of an earlier run
    if made.told:
        warnings.warn(made.told, LostObjectsWarning, stacklevel=3)
    for lost in made.report["lost_objects"]:
        if made.copy:
            thing = Sentence("output_problems", find("output_problems", lost["object"]) or "")
            told = Sentence("output_problems", "lost", sheet=lost["sheet"], object=thing, copy=made.copy)
            warnings.warn(told, LostObjectsWarning, stacklevel=3)
    return [p for p in written if ".base" not in p.parts]


def _other_study(run: RunContent, directory: Path) -> str:
    """The name of the study whose results lie in ``directory``, where this one has neither its name, nor a file, nor most of what it asked."""
    try:
        former = json.loads((directory / "run.json").read_text(encoding="utf-8"))
        with (directory / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
            asked = {row["text"] for row in csv.DictReader(file) if row["role"] in ("active", "comment")}
        sources = {str(given["source"]) for given in former["inputs"]}
        name = str(former["study"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if name == run.study.name or sources & {e.source for e in run.responses.exports} or not (directory / WORKBOOK).is_file():
        return ""
    again = asked & {csv_text(q.text) for q in run.responses.questions}
    return name if len(again) < _SAME_QUESTIONS * len(asked) else ""


def _workbook(run: RunContent, directory: Path) -> tuple[RunContent, _Written]:
    """The workbook with the edits of the one in ``directory``, and the run without what was dismissed there, under the names that were given there."""
    path = directory / WORKBOOK
    known, before = _base(directory)
    if not path.is_file() or known is None:
        book = workbook(run)
        data = render(book)
        foreign = path.is_file() and read_bytes(path) != data
        copy = _copy_name(path) if foreign else ""
        told = Sentence("output_problems", "no-base", path=path, base=FILE, copy=copy) if copy else ""
        return run, _Written(data, _snapshot(book), copy=copy, told=told)
    current = read_bytes(path)
    untouched = sha256(current) == known.written
    if untouched and not known.report.get("kept") and not known.report.get("moved"):
        book = workbook(run)
        return run, _Written(render(book), _snapshot(book))
    found = open_workbook(path)
    edits = find_edits(found, known)
    follow(edits, same_personas(run, directory / "respondents.csv"))
    names, people, gone, drafted = renamed_themes(edits), renamed_personas(edits), dismissed_themes(edits), run
    run = with_people(replace(run, journey=with_names(without(run.journey, gone), names)), people)
    book = with_drafts(workbook(run, gone), drafted, names, people)
    # The table keeps what was dismissed, so that it can come back; the other files do not.
    run = replace(run, journey=replace(run.journey, themes=tuple(t for t in run.journey.themes if t.id not in gone)))
    sheets = _snapshot(book)
    if untouched and alike(sheets, before):
        return run, _Written(current, sheets, dict(known.report), dict(known.origins))
    merged, report = merge(book, edits, origins=known.origins)
    data = render(merged, edits.added_sheets, edits.order)
    lost = _lost(path, edits, book)
    about = {
        "kept": report.kept + len(edits.added_sheets),
        "conflicts": report.conflicts,
        "moved": report.moved,
        "lost_objects": lost,
    }
    return run, _Written(data, sheets, about, report.origins, _copy_name(path) if data != current else "")


def _lost(path: Path, edits: Edits, book: Book) -> list[dict[str, str]]:
    ours = {edits.titles[s.id]: len(s.charts) for s in book.sheets if s.id in edits.titles}
    return lost_objects(path, ours)


def _base(directory: Path) -> tuple[Base | None, dict[str, Any]]:
    """What was written last, or None when there is no base that can be read."""
    path = directory / FILE
    if not path.is_file():
        return None, {}
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None, {}


def _snapshot(book: Book) -> dict[str, Any]:
    titles = sheet_titles(s.title for s in book.sheets)
    return snapshot(book, dict(zip((s.id for s in book.sheets), titles, strict=True)))


def _copy_name(path: Path) -> str:
    """A name with the date of the former workbook that is not taken yet."""
    day = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).strftime("%Y-%m-%d")
    stem, number = f"{path.stem} {day}", 1
    name = f"{stem}{path.suffix}"
    while (path.parent / name).exists():
        number += 1
        name = f"{stem} ({number}){path.suffix}"
    return name


def write_map(content: MapContent, path: Path, *, orientation: str) -> Path:
    """Write a map alone. See ``research_kit.write.write_map``."""
    path = Path(path)
    refuse_open_workbook(path)
    replace_all(path.parent, {path.name: render(map_book(content, orientation=orientation))})
    return path


def compare_runs(old: Path, new: Path, out: Path, recount: Recount) -> Compared:
    """Write what moved between two runs. See ``research_kit.write.compare_runs``."""
    before, after, changes = compare(Path(old), Path(new), recount)
    refuse_open_workbook(Path(out) / "compare.xlsx")
    book = compare_book(before, after, changes, after.language)
    files = {"compare.xlsx": render(book), "compare.json": to_json(as_json(before, after, changes))}
    words = Words(after.language)
    return Compared(
        tuple(replace_all(Path(out), files)),
        tuple(findings(changes, words)),
        tuple(hints(changes, words)),
        tuple(to_do(before, after, words)),
    )
