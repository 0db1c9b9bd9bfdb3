"""One finished run of each shipped study, shared by the tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def research_kit(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "research_kit.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


@pytest.fixture(scope="session")
def runs(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folder of results by study name."""
    folders = {}
    for name in ("notebook-ux", "cafe-zh-hant", "airline-etiquette"):
        folders[name] = tmp_path_factory.mktemp(name) / "out"
        result = research_kit("run", samples / name / "study.toml", "--out", folders[name])
        assert result.returncode == 0, result.stderr
    return folders
