"""What closed answers rate a stage with stands on the map, in both orientations; thin ones and maps without any show nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import research_kit as rk
from research_kit.records import EVERYONE, CurveValue

RATING = {"n": 90.0, "mean": 0.38, "low": 0.3, "high": 0.46}


def sheet_texts(tmp_path: Path, n: float, orientation: str) -> list[str]:
    drawn = rk.JourneyMap.from_dict(
        {"stages": ["Book", "Ride"], "cells": [{"persona": "everyone", "stage": "Book", "lane": "actions", "lines": ["call"]}]}
    )
    curve = CurveValue(EVERYONE, drawn.stages[0].key, "all", 0, None, None, None, {"grid | Booking": {**RATING, "n": n}})
    path = replace(drawn, curves=(curve,)).write(tmp_path / "map.xlsx", orientation=orientation)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_the_mean_and_the_people_of_a_row_stand_at_its_stage(tmp_path: Path, orientation: str) -> None:
    assert any(text.endswith("Booking: +0.38 · 90") for text in sheet_texts(tmp_path, 90, orientation))


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_a_rating_of_too_few_is_not_shown(tmp_path: Path, orientation: str) -> None:
    assert not any("+0.38" in text for text in sheet_texts(tmp_path, 4, orientation))


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "+ 234 placed by their words"), ("zh-Hant", "另有 234 人依文字歸入"), ("zh-Hans", "另有 234 人按文字归入")],
)
def test_who_was_placed_by_words_stands_in_the_header(tmp_path: Path, language: str, told: str) -> None:
    person = {"id": "persona-1", "name": "Savers", "n": 66, "share": 0.3, "low": 0.24, "high": 0.36, "placed": 234}
    drawn = rk.JourneyMap.from_dict(
        {
            "language": language,
            "stages": ["Book"],
            "personas": [person, {**person, "id": "persona-2", "name": "Others", "placed": 0}],
        }
    )
    book = openpyxl.load_workbook(drawn.write(tmp_path / "map.xlsx"))
    texts = {sheet.title: "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value) for sheet in book}

    assert told in texts["Savers"]
    assert "234" not in texts["Others"]
