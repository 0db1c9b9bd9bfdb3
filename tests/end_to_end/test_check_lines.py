"""What `check` prints: Chinese sentences follow each other without a blank, English ones with one; numbers of a line never stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import research_kit as rk

from .conftest import research_kit


@pytest.mark.parametrize(("language", "blank"), [("en", True), ("zh-Hant", False), ("zh-Hans", False)])
def test_sentences_follow_each_other_as_the_language_has_it(tmp_path: Path, language: str, blank: bool) -> None:
    cells = [{"persona": "everyone", "stage": "A", "lane": "actions", "lines": ["x"]}]
    rk.JourneyMap.from_dict({"language": language, "stages": ["A", "B"], "cells": cells}).write(tmp_path / "map.xlsx")

    said = research_kit("check", tmp_path / "map.xlsx").stdout.splitlines()

    assert len(said) >= 1
    assert all("。 " not in line for line in said)
    assert any(". " in line for line in said) == blank


def test_a_number_is_kept_with_its_line(tmp_path: Path) -> None:
    claim = {"n": 24, "low": 0.1, "high": 0.2, "base": 90}
    cells = [
        {
            "persona": "everyone",
            "stage": "A",
            "lane": "pain_points",
            "lines": ["Price", "Queue"],
            "n": 40,
            "claims": [claim, claim],
        }
    ]
    drawn = rk.JourneyMap.from_dict({"stages": ["A"], "cells": cells})
    drawn.write(tmp_path / "map.xlsx")

    import openpyxl

    texts = [str(c.value) for row in openpyxl.load_workbook(tmp_path / "map.xlsx").worksheets[0].iter_rows() for c in row]
    assert "• Price\u00a0·\u00a024\n• Queue\u00a0·\u00a024" in texts
    assert [c.lines for c in rk.read_map(tmp_path / "map.xlsx").cells] == [("Price", "Queue")]
