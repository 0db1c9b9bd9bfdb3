"""Workbooks of whole runs as Excel would open them: the sample studies, and answers as strange as they come."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit.records import MAP_TYPES
from tests.write.ooxml import Package, faults, units

from .conftest import research_kit

pytestmark = pytest.mark.slow

SAMPLES = ("airline-etiquette", "cafe-zh-hant", "notebook-ux")


@pytest.mark.parametrize("name", SAMPLES)
def test_excel_opens_the_map_of_a_sample_study_without_a_word(name: str, runs: Callable[[str], Path]) -> None:
    assert faults(runs(name) / "journey-map.xlsx") == []


STRANGE = (
    '=HYPERLINK("http://x","click")',
    "+1-800 is always busy",
    "-2 points for the queue",
    "@SUM(A1:A9)",
    "\t=1+1",
    "'quoted' and waited for ages",
    "_x000D_ the page was slow",
    "the queue \x0b was \x00 long\x1b",
    "the app crashed 😀👩\u200d👩\u200d👧 and \ud83d nothing",
    "מחכים הרבה זמן וזה נורא",
    "排隊排太久，<b>真的</b> & 很氣",
    "line one was slow\r\nline two was slower\nline three",
    "{name} %s $PATH ${x} is broken",
    "<script>alert(1)</script> the checkout was slow",
    "The checkout is slow and " * 3000,
    "]]> <![CDATA[ the form is confusing",
    "\ufffe\uffff the price is too high",
)
HEADERS = (
    "=1+1", "Q: how often? [1/2]*", "how often?" + " really" * 400, "HOW OFTEN", "how often", "What was bad about it? " + "x" * 300, "😀" * 60, "'", "a\nb\tc",
)  # fmt: skip


def strange_export(path: Path) -> Path:
    """120 people whose answers hold what spreadsheets, XML and templates take for their own."""
    levels = ("=Never", "+Sometimes", "-Often", "@Always")
    with path.open("w", encoding="utf-8", errors="ignore", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADERS)
        for i in range(120):
            kind = i % 2
            said = STRANGE[i % len(STRANGE)]
            table.writerow(
                [
                    levels[kind],
                    levels[2 * kind],
                    ("yes/no", "[no]")[kind],
                    kind + 1,
                    "a" * 300 + str(kind),
                    said,
                    f"{said[:80]} again",
                    i % 5,
                    "x;y",
                ]
            )
    return path


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_excel_opens_a_map_of_the_strangest_answers_without_a_word(orientation: str, tmp_path: Path) -> None:
    name = "=strange / [study]: *?" + "😀" * 20
    strange_export(tmp_path / "strange.csv")
    maps = ", ".join(f'"{kind}"' for kind in MAP_TYPES)
    (tmp_path / "study.toml").write_text(
        f'[study]\nname = "{name}"\nmap = [{maps}]\norientation = "{orientation}"\n[[source]]\npath = "strange.csv"\n'
        '[personas]\nby = "=1+1"\n[[stage]]\nkey = "a"\nnames = { en = "=cmd|\' /C calc\'!A0" }\nkeywords = ["slow"]\n'
        f'[[stage]]\nkey = "b"\nnames = {{ en = "{"long " * 90}" }}\nkeywords = ["busy", "long"]\n',
        encoding="utf-8",
    )

    result = research_kit("run", tmp_path / "study.toml", "--out", tmp_path / "out")

    assert result.returncode == 0, result.stderr
    path = tmp_path / "out" / "journey-map.xlsx"
    assert faults(path) == []
    assert all(units(text) <= 32_767 for text in Package(path).strings)
    told = [str(cell.value) for row in load_workbook(path)["Evidence"].iter_rows() for cell in row if cell.value]
    assert {"<script>alert(1)</script> the checkout was slow", "排隊排太久，<b>真的</b> & 很氣"} <= set(told)
