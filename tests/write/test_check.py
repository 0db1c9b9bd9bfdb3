"""What a reviewer would object to: every rule fires on a map that breaks it, at the right cell, and is silent on one that does not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from research_kit.errors import MapError
from research_kit.maps import JourneyMap
from research_kit.records import Question, Scale
from research_kit.write import RunContent, check_map, write_run
from research_kit.write.check import Finding
from research_kit.write.readback import grids
from tests.write.conftest import small_content

pytestmark = pytest.mark.slow

CLEAN = {
    "name": "Clean", "language": "en", "stages": ["buy"],
    "cells": [{"stage": "buy", "lane": lane, "lines": ["x"]} for lane in ("actions", "emotions", "pain_points", "opportunities")],
}  # fmt: skip


def rules(found: list[Finding]) -> set[str]:
    return {f.rule for f in found}


def written(data: dict, path: Path) -> Path:
    return JourneyMap.from_dict(data).write(path / "map.xlsx")


def test_an_export_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "museum.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(MapError, match=r"museum\.csv is no Excel workbook: give the journey-map\.xlsx that a run wrote"):
        check_map(tmp_path / "museum.csv")


def test_a_clean_map_has_no_findings(tmp_path: Path) -> None:
    assert check_map(written(CLEAN, tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "rule", "cell"),
    [
        ({"cells": CLEAN["cells"][:3]}, "unanswered", "pain_points"),
        ({"cells": [CLEAN["cells"][0], *CLEAN["cells"][2:]], "lanes": ["actions", "emotions", "pain_points", "opportunities"]}, "emotions", "emotions"),
        ({"stages": ["buy", "use"]}, "stage", "emotions"),
        ({"cells": [{"stage": "buy", "lane": "actions", "lines": list("abcdef")}, *CLEAN["cells"][1:]]}, "long", "actions"),
        ({"personas": [f"p{i}" for i in range(6)], "cells": CLEAN["cells"]}, "personas", ""),
    ],
)  # fmt: skip
def test_each_rule_fires(tmp_path: Path, change: dict, rule: str, cell: str) -> None:
    path = written(CLEAN | change, tmp_path)
    found = [f for f in check_map(path) if f.rule == rule]

    assert found
    assert all(f.what and f.why and f.sheet and f.cell for f in found)
    if cell:
        book = load_workbook(path)
        one = grids(book)["map:current:everyone"]
        assert any(book[f.sheet][f.cell].row == one.rows[f"lane:{cell}"] for f in found if f.sheet == one.sheet.title)


def test_an_old_map_is_told(tmp_path: Path) -> None:
    path = written(CLEAN, tmp_path)
    then = time.time() - 100 * 86400
    os.utime(path, (then, then))

    assert rules(check_map(path)) == {"old"}


@pytest.fixture(scope="module")
def run() -> RunContent:
    return small_content("zh-Hant")


def test_opportunities_need_owners_and_dates_pass(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    path = tmp_path / "journey-map.xlsx"
    (first,) = [f for f in check_map(path) if f.rule == "owner"]
    assert len(first.cells) == len(run.journey.opportunities) == 5
    assert first.what == "5 個機會點沒有負責人。"
    assert first.cell == f"{first.cells[0]}:{first.cells[-1]}"

    book = load_workbook(path)
    one = grids(book)["opportunities"]
    rows = [r for r in one.rows if r.startswith("opportunity:")]
    import datetime

    one.sheet.cell(one.rows[rows[0]], one.columns["owner"]).value = "阿美"
    one.sheet.cell(one.rows[rows[0]], one.columns["due"]).value = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - a cell has no zone
    one.sheet.cell(one.rows[rows[1]], one.columns["status"]).value = "已完成"
    book.save(path)

    found = check_map(path)
    assert [len(f.cells) for f in found if f.rule == "owner"] == [len(rows) - 2]
    (late,) = [f for f in found if f.rule == "overdue"]
    assert "2020-01-01" in late.what
    assert grids(load_workbook(path))["opportunities"].sheet[late.cell].row == one.rows[rows[0]]


def test_a_claim_edited_without_evidence_is_told(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    path = tmp_path / "journey-map.xlsx"
    assert "edited" not in rules(check_map(path))
    book = load_workbook(path)
    one = grids(book)["map:current:everyone"]
    cell = one.sheet.cell(one.rows["lane:pain_points"], one.columns["purchase"])
    cell.value = "• 咖啡太冷"
    book.save(path)

    (found,) = [f for f in check_map(path) if f.rule == "edited"]
    assert found.cell == cell.coordinate
    assert "咖啡太冷" in found.what


def test_claims_of_few_people_are_told(run: RunContent, tmp_path: Path) -> None:
    cells = tuple(replace(c, n=2) if c.persona == "persona-1" else c for c in run.journey.cells)
    write_run(replace(run, journey=replace(run.journey, cells=cells)), tmp_path)

    assert "thin" in rules(check_map(tmp_path / "journey-map.xlsx"))


def test_bare_numbers_without_a_better_end_are_told_with_what_to_write(run: RunContent, tmp_path: Path) -> None:
    tour = Question("q7", "這次導覽怎麼樣？", "rating", "active", "", scale=Scale(1, 5), answer_columns=("q7",))
    pace = replace(tour, key="q8", text="步調", scale=Scale(1, 3, ("太慢", "剛好", "太快")))
    known = replace(tour, key="q9", text="餐點", scale=Scale(1, 5, (), "up"))
    responses = replace(run.responses, questions=(*run.responses.questions, tour, pace, known))
    write_run(replace(run, responses=responses), tmp_path)
    path = tmp_path / "journey-map.xlsx"
    (found,) = [f for f in check_map(path) if f.rule == "direction"]

    assert "這次導覽怎麼樣？" in found.what
    assert "reversed = false" in found.why
    assert load_workbook(path)[found.sheet][found.cell].value.startswith("1–5")


def test_a_stage_of_few_people_is_thin_and_not_a_fault_of_its_emotions(run: RunContent, tmp_path: Path) -> None:
    stage = "use"

    def told(n: int, folder: str) -> set[str]:
        cells = tuple(
            replace(c, n=n, lines=() if c.lane == "emotions" else c.lines) if (c.persona, c.stage) == ("persona-1", stage) else c
            for c in run.journey.cells
        )
        write_run(replace(run, journey=replace(run.journey, cells=cells)), tmp_path / folder)
        return rules(check_map(tmp_path / folder / "journey-map.xlsx"))

    assert "emotions" not in told(2, "few")
    assert "emotions" in told(20, "many")


def test_a_workbook_that_is_no_map_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(MapError, match="holds no journey map"):
        check_map(tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK no zip")
    with pytest.raises(MapError, match="cannot be read as an Excel workbook"):
        check_map(tmp_path / "broken.xlsx")
    with pytest.raises(MapError, match="does not exist"):
        check_map(tmp_path / "none.xlsx")
    with pytest.raises(MapError, match=r"is a folder; give the journey-map.xlsx inside it"):
        check_map(tmp_path)
