"""``python -m research_kit`` is the command."""

from __future__ import annotations

import subprocess
import sys

import pytest

import research_kit


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["--version"], 0, f"research-kit {research_kit.__version__}\n"), (["inspect", "gone.csv", "--language", "en"], 2, "")],
)
def test_the_package_is_the_command(arguments: list[str], code: int, said: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "research_kit", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert (result.returncode, result.stdout) == (code, said)
    assert ("gone.csv does not exist" in result.stderr) == (code == 2)


def test_importing_it_runs_nothing() -> None:
    import research_kit.__main__

    assert research_kit.__main__.main.__module__ == "research_kit.cli"
