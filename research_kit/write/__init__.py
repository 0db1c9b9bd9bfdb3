"""What was found -> the files that are handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.write.content import RunContent

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["RunContent", "write_run"]


def write_run(run: RunContent, directory: Path) -> list[Path]:
    """Write every file of a run into ``directory``, all or nothing, and return their paths.

    Files that would not change are not touched, files that are not ours stay. OutputError (nothing changed) when the folder cannot be
    written or the workbook is open in another program.
    """
    from research_kit.write import run as _run

    return _run.write_run(run, directory)
