"""What several test files share: the shipped studies, the measuring data, real programs, one finished run."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest

# Every core has a test process of its own: threads of the numeric libraries would only stand in each other's way. What a test starts inherits it.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
# Workbooks and models are millions of small objects that live as long as their test: looking for garbage every 700 of them costs a fifth of the time.
gc.set_threshold(100_000, 20, 100)

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
