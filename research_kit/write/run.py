"""Writes all files of a run, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from research_kit.records import plain
from research_kit.write import excel, folder, tables
from research_kit.write.book import workbook

if TYPE_CHECKING:
    from research_kit.write.content import RunContent

WORKBOOK = "journey-map.xlsx"


def write_run(run: RunContent, directory: Path) -> list[Path]:
    """Write every file of a run into ``directory``. See ``research_kit.write.write_run``."""
    directory = Path(directory)
    folder.refuse_open_workbook(directory / WORKBOOK)
    files = {WORKBOOK: excel.render(workbook(run)), **tables.all_tables(run)}
    files["run.json"] = tables.to_json(plain(run.run))
    return folder.replace_all(directory, files)
