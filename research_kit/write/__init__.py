"""What was found -> the files that are handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.write.content import Compared, RunContent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from research_kit.records import Language, MapContent, Personas, Responses, TextReport
    from research_kit.study import Study
    from research_kit.write.check import Finding
    from research_kit.write.matters import Recount

__all__ = ["Compared", "RunContent", "check_map", "compare_runs", "read_workbook", "run_info", "write_map", "write_run"]


def run_info(study: Study, language: Language, responses: Responses, personas: Personas, report: TextReport) -> dict[str, Any]:
    """What a run was made of, as plain data: run.json but for the edits."""
    from research_kit.write import provenance

    return provenance.run_info(study, language, responses, personas, report)


def write_run(run: RunContent, directory: Path) -> list[Path]:
    """Write every file of a run into ``directory``, all or nothing, and return their paths.

    Files that would not change are not touched, files that are not ours stay. OutputError (nothing changed) when the folder cannot be
    written or the workbook is open in another program.
    """
    from research_kit.write import run as _run

    return _run.write_run(run, directory)


def write_map(content: MapContent, path: Path, *, orientation: str = "columns") -> Path:
    """Write a map alone as a workbook, replacing what is there. OutputError when it cannot be written or is open elsewhere."""
    from research_kit.write import run as _run

    return _run.write_map(content, path, orientation=orientation)


def read_workbook(path: Path) -> tuple[dict[str, Any], Mapping[tuple[str, str, str], list[str]]]:
    """The map of a workbook as it was written, as plain data, and the lines of each (persona, stage, lane) edited since.

    MapError when the file cannot be opened or holds no map of ours.
    """
    from research_kit.write import readback

    return readback.read_workbook(path)


def compare_runs(old: Path, new: Path, out: Path, recount: Recount) -> Compared:
    """Write compare.xlsx and compare.json into ``out``: what moved between the runs in two folders, and what only seems to. ``recount`` finds
    what the mentions of both speak of (``text.recount``).

    InputError when a folder holds no results, OutputError when the files cannot be written.
    """
    from research_kit.write import run as _run

    return _run.compare_runs(old, new, out, recount)


def check_map(path: Path) -> list[Finding]:
    """What a reviewer would object to in a map workbook, each with its sheet and cell and why it matters; empty when there is nothing.

    MapError when the file cannot be opened or holds no map of ours.
    """
    from research_kit.write import check

    return check.check_map(path)
