"""Maps that a person wrote come back as they were, whatever stands in them, in both orientations and after LibreOffice saved them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from research_kit.errors import MapError
from research_kit.maps import JourneyMap, read_map
from research_kit.records import MAP_TYPES
from research_kit.write import write_run
from research_kit.write.readback import DATA, grids
from tests.write.conftest import small_content
from tests.write.ooxml import faults

pytestmark = pytest.mark.slow

MAPS: dict[str, dict[str, Any]] = {
    "four stages, formula-like text": {
        "name": "Library app", "language": "en",
        "personas": [{"name": "Ann", "share": 0.4, "n": 12, "quote": '"Just let me renew"', "traits": ["reads at night"]}, "Bob"],
        "stages": [
            {"name": "Find", "actions": ["searches", "asks a friend"], "emotions": "curious", "pain_points": "=SUM(A1)\n+1 too many\n-none\n@home"},
            {"name": "Borrow", "opportunities": ["• already a bullet", "- dash at start", "1. numbered"]},
            {"name": "Read", "quotes": ["“Lovely”", "It’s “fine”"]}, {"name": "Return"},
        ],
    },
    "eight stages, emoji, long lines, empty cells": {
        "name": "旅行 ✈️", "stages": [f"階段{i} 🧳" for i in range(8)],
        "cells": [{"stage": f"階段{i} 🧳", "lane": lane, "lines": [f"{lane}{i} 😀", "第二行 · 12", "很長" * 400] if i % 3 else []}
                  for i in range(8) for lane in ("行為", "情緒", "痛點")],
    },
    "lanes of one's own, blanks": {
        "stages": ["a", "b"], "lanes": ["心智模型", "actions", "KPI / 指標"],
        "cells": {"a": {"KPI / 指標": "NPS = 30", "心智模型": "x\n\ny"}, "b": {"actions": " leading and trailing  "}},
    },
    "text that looks like numbers": {
        "stages": ["1", "2"], "cells": {"1": {"actions": "0\n00123\n1e5\nTRUE\n2024-01-01"}, "2": {"emotions": "謹慎\n專注\n期待\n開心"}},
    },
    "lines that end like counts": {"stages": ["x"], "cells": {"x": {"pain_points": "costs · 3\nmore · 1,200 \n* star"}}},
    "keys with signs of ours": {
        "stages": ["a/b", "c:d", "e|f", "lane:x"],
        "cells": {"a/b": {"actions": "1"}, "c:d": {"actions": "2"}, "e|f": {"actions": "3"}, "lane:x": {"actions": "4"}},
    },
    "seven personas, every type": {
        "stages": ["x"], "personas": [f"P{i}" for i in range(7)], "types": list(MAP_TYPES),
        "cells": [{"persona": f"P{i}", "stage": "x", "lane": "actions", "lines": [f"does {i}"]} for i in range(7)],
    },
}  # fmt: skip


@pytest.mark.parametrize("orientation", ["columns", "rows"])
@pytest.mark.parametrize("name", MAPS)
def test_a_map_comes_back_as_it_was(name: str, orientation: Any, tmp_path: Path) -> None:
    made = JourneyMap.from_dict(MAPS[name])
    path = made.write(tmp_path / "map.xlsx", orientation=orientation)

    assert read_map(path) == made
    assert faults(path) == []


@pytest.mark.office
def test_saving_in_libreoffice_changes_nothing(resaved: Callable[..., None], tmp_path: Path) -> None:
    made = JourneyMap.from_dict(MAPS["four stages, formula-like text"])
    path = made.write(tmp_path / "map.xlsx", orientation="rows")
    resaved(path)

    assert read_map(path) == made


def test_what_is_typed_over_a_thin_cell_is_read_without_our_words(tmp_path: Path) -> None:
    run = small_content("zh-Hant")
    cells = tuple(
        replace(c, n=2) if (c.persona, c.stage, c.lane) == ("everyone", "use", "actions") else c for c in run.journey.cells
    )
    write_run(replace(run, journey=replace(run.journey, cells=cells)), tmp_path)
    path = tmp_path / "journey-map.xlsx"
    book = load_workbook(path)
    one = grids(book)["map:current:everyone"]
    cell = one.sheet.cell(one.rows["lane:actions"], one.columns["use"])
    assert cell.value.startswith("佐證不足\n")
    cell.value = cell.value + "\n坐在窗邊"
    book.save(path)

    found = read_map(path).cell("everyone", "use", "actions")
    assert found is not None
    assert found.lines[-1] == "坐在窗邊"
    assert "佐證不足" not in found.lines


@pytest.mark.parametrize("data", ["", "{", "[1, 2]", "7", '{"stages": ["a"]}'])
def test_damaged_data_of_a_map_is_told(data: str, tmp_path: Path) -> None:
    path = JourneyMap.from_dict({"stages": ["a"], "cells": {"a": {"actions": "x"}}}).write(tmp_path / "map.xlsx")
    book = load_workbook(path)
    hidden = grids(book)[DATA]
    for row in range(hidden.key_row + 1, hidden.sheet.max_row + 1):
        hidden.sheet.cell(row, hidden.key_column).value = data if row == hidden.key_row + 1 else None
    book.save(path)

    with pytest.raises(MapError, match=r"map\.xlsx: the map data in its hidden sheet .* is damaged"):
        read_map(path)


def test_a_workbook_of_somebody_else_is_no_map(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Stage", "Awareness", "Purchase"])
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(MapError, match="holds no journey map of research_kit"):
        read_map(tmp_path / "own.xlsx")
    shutil.copy(tmp_path / "own.xlsx", tmp_path / "own.txt")
    with pytest.raises(MapError, match="is no Excel workbook"):
        read_map(tmp_path / "own.txt")
