"""What was found -> the files that are handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.write.content import RunContent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from research_kit.records import MapContent

__all__ = ["RunContent", "read_workbook", "write_map", "write_run"]


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
