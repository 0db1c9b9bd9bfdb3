"""What is expensive and shared by the tests of this folder: synthetic runs, finished folders, one LibreOffice, one Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from research_kit.mentions import Mentions
from research_kit.records import MAP_TYPES
from research_kit.write import RunContent, write_run
from tests.write.browser import Browser
from tests.write.sample import run_content

content = cache(run_content)
"""The synthetic run, made once a process; nobody may change it (tests/test_records.py), and a test that wants another uses ``replace``."""


@cache
def small_content(language: str = "en", people: int = 60, seed: int = 0) -> RunContent:
    """The same with three pieces of evidence a cell: a third of the rows to write and read back, where evidence is not the matter."""
    run = content(language, people, seed)
    cells = tuple(replace(c, evidence=c.evidence[:3]) for c in run.journey.cells)
    return replace(run, journey=replace(run.journey, cells=cells))


@cache
def every_map(language: str = "en", people: int = 60) -> RunContent:
    """The run with every type of map, of people who name a channel or none."""
    run = content(language, people)
    mentions = run.mentions.frame()
    mentions["channel"] = [("app", "store", None)[i % 3] for i in range(len(mentions))]
    return replace(run, mentions=Mentions.of(mentions), journey=replace(run.journey, types=MAP_TYPES))


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[RunContent, Path], None]:
    """Fills a folder as the first ``write_run`` of this run does: written once a process and copied from then on."""
    kept: dict[int, tuple[RunContent, Path]] = {}  # the run is kept too, so that its id stays its own

    def fill(run: RunContent, folder: Path) -> None:
        if id(run) not in kept:
            kept[id(run)] = run, tmp_path_factory.mktemp("first") / "out"
            write_run(*kept[id(run)])
        shutil.copytree(kept[id(run)][1], folder, dirs_exist_ok=True)

    return fill


@pytest.fixture(scope="session")
def convert(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Path], str, Path], None]:
    """Opens files in LibreOffice and saves them in another format into a folder: one start for all of them, one profile for all starts."""
    profile = tmp_path_factory.mktemp("office")

    def to(files: Sequence[Path], kind: str, folder: Path) -> None:
        command = [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
        ]
        utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}  # in the C locale it waits for ever before a path that is not ASCII
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180, env=utf8)

    return to


@pytest.fixture(scope="session")
def resaved(convert: Callable[[Sequence[Path], str, Path], None]) -> Callable[..., None]:
    """Workbooks opened and saved by LibreOffice, in place."""

    def save(*workbooks: Path) -> None:
        for index, path in enumerate(workbooks):  # the files of one call need names of their own
            path.rename(path.with_name(f"{index}.xlsx"))
        folder = workbooks[0].parent / "saved"
        convert([p.with_name(f"{i}.xlsx") for i, p in enumerate(workbooks)], "xlsx:Calc MS Excel 2007 XML", folder)
        for index, path in enumerate(workbooks):
            (folder / f"{index}.xlsx").replace(path)
            path.with_name(f"{index}.xlsx").unlink()
        folder.rmdir()

    return save


@pytest.fixture(scope="session")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless Chromium for all pages."""
    one = Browser(chromium, tmp_path_factory.mktemp("profile"))
    yield one
    one.close()
