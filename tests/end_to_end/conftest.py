"""One finished run of each shipped study, shared by the tests of this folder, and the command in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that speaks English, whoever runs the tests."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def program(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own: start-up, streams and exit code are real. Costs three seconds of imports."""
    return subprocess.run(
        [sys.executable, "-m", "research_kit", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


def research_kit(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The same command by its front door, ``cli.main``, in this process."""
    from research_kit import cli

    given = ["research-kit", *map(str, arguments)]
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(sys, "argv", given))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        if cwd:
            stack.enter_context(contextlib.chdir(cwd))
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(given, code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def runs(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Folder of results by study name; a study is run, in a process of its own, when it is first asked for."""
    folders: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in folders:
            out = tmp_path_factory.mktemp(name) / "out"
            result = program("run", samples / name / "study.toml", "--out", out)
            assert result.returncode == 0, result.stderr
            folders[name] = out
        return folders[name]

    return folder
