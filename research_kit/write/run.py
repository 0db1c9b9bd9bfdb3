"""Writes all files of a run, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from research_kit.records import plain
from research_kit.write import excel, folder, tables
from research_kit.write.book import map_book, workbook

if TYPE_CHECKING:
    from research_kit.records import MapContent
    from research_kit.write.content import RunContent

WORKBOOK = "journey-map.xlsx"


def write_run(run: RunContent, directory: Path) -> list[Path]:
    """Write every file of a run into ``directory``. See ``research_kit.write.write_run``."""
    directory = Path(directory)
    folder.refuse_open_workbook(directory / WORKBOOK)
    files = {WORKBOOK: excel.render(workbook(run)), **tables.all_tables(run)}
    edits = {"kept": 0, "conflicts": 0, "moved": 0, "lost_objects": []}
    files["run.json"] = tables.to_json({**plain(run.info), "edits": edits})
    return folder.replace_all(directory, files)


def write_map(content: MapContent, path: Path, *, orientation: str) -> Path:
    """Write a map alone. See ``research_kit.write.write_map``."""
    path = Path(path)
    folder.refuse_open_workbook(path)
    folder.replace_all(path.parent, {path.name: excel.render(map_book(content, orientation=orientation))})
    return path
