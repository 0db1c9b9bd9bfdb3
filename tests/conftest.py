"""What several test files share: the shipped studies, the measuring data, real programs, one finished run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "sample_surveys"


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files to measure on; the test is skipped where RESEARCH_KIT_DATA does not name it."""
    folder = os.environ.get("RESEARCH_KIT_DATA")
    if not folder:
        pytest.skip("RESEARCH_KIT_DATA names no folder of measuring data")
    return Path(folder)


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail(f"{names[0]} is not installed; .ci/run installs it and allows no skip")
    pytest.skip(f"{names[0]} is not installed")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command; skipped where it is missing, but not in CI."""
    return _program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's command; skipped where it is missing, but not in CI."""
    return _program("chromium", "chromium-browser", "google-chrome")
