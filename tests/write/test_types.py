"""The five map types: what comes from the data, what is left to fill in, and in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from research_kit.records import LANGUAGES, MAP_TYPES
from research_kit.write import write_run
from research_kit.write.edits import same_value
from research_kit.write.readback import Grid, grids
from research_kit.write.sheets.model import Formula
from research_kit.write.sheets.told import _told, time_words
from research_kit.write.sheets.words import Words
from tests.write.conftest import every_map, small_content
from tests.write.sample import STAGES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=LANGUAGES)
def sheets(
    request: pytest.FixtureRequest, first_run: Callable, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Words, dict[str, Grid]]:
    run, path = every_map(request.param), tmp_path_factory.mktemp("types")
    first_run(run, path)
    return Words(run.language), grids(load_workbook(path / "journey-map.xlsx"))


def test_every_type_has_its_sheet(sheets: tuple[Words, dict[str, Grid]]) -> None:
    _, found = sheets

    assert {f"map:{kind}:everyone" for kind in MAP_TYPES} <= set(found)


def test_the_gap_is_target_less_today(sheets: tuple[Words, dict[str, Grid]]) -> None:
    _, found = sheets
    one = found["map:future:everyone"]
    at = one.sheet.cell(1, one.columns["use"]).column_letter
    target, now = f"{at}{one.rows['fill:target']}", f"{at}{one.rows['now:valence']}"

    assert one.value("gap", "use") == f'=IF(AND(ISNUMBER({target}),ISNUMBER({now})),{target}-{now},"")'
    assert one.value("fill:target", "use") is None
    assert isinstance(one.value("now:valence", "use"), float)


def test_a_blueprint_has_its_lines_between_its_lanes(sheets: tuple[Words, dict[str, Grid]]) -> None:
    _, found = sheets
    order = sorted(found["map:blueprint:everyone"].rows, key=lambda r: found["map:blueprint:everyone"].rows[r])
    wanted = [
        "now:touchpoints",
        "now:actions",
        "line_interaction",
        "fill:front",
        "line_visibility",
        "fill:back",
        "line_internal",
        "fill:support",
    ]

    assert [r for r in order if r in wanted] == wanted


def test_a_day_counts_people_who_name_the_time(sheets: tuple[Words, dict[str, Grid]]) -> None:
    words, found = sheets
    one = found["map:day:everyone"]

    assert one.value("told:n", "morning") > 5
    assert one.value("told:n", "night") == 0
    assert one.value("told:pains", "night") == words("not_enough")
    assert one.value("fill:situation", "morning") is None


def test_channels_stand_side_by_side(sheets: tuple[Words, dict[str, Grid]]) -> None:
    _, found = sheets
    one = found["map:channel:everyone"]

    assert set(one.columns) == {"#labels", "app", "store"}
    assert one.value("told:n", "app") == 40
    assert {f"stage:{s}" for s in STAGES} <= set(one.rows)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("I come for breakfast", "morning"),
        ("下班後才有空來", "evening"),
        ("午休排队太久", "midday"),
        ("open until midnight", "night"),
    ],
)
def test_times_of_day_are_known_in_three_languages(text: str, time: str) -> None:
    assert [t for t, pattern in time_words().items() if pattern.search(text)] == [time]


def test_words_that_only_contain_a_time_are_none() -> None:
    assert not any(p.search("a knightly adventure in Noonan") for p in time_words().values())


def test_a_formula_of_ours_is_no_edit_wherever_it_stands() -> None:
    ours = '=IF([fill:target]>0,[now:valence],"")'

    assert same_value(Formula('=IF(D20>0,$D$17,"")'), ours)
    assert not same_value(Formula('=IF(D20>0,D17+1,"")'), ours)


def test_what_is_filled_in_stays(tmp_path: Path) -> None:
    run = small_content()
    run = replace(run, journey=replace(run.journey, types=("current", "future")))
    write_run(run, tmp_path)
    book = load_workbook(tmp_path / "journey-map.xlsx")
    one = grids(book)["map:future:everyone"]
    one.sheet.cell(one.rows["fill:target"], one.columns["purchase"]).value = 0.4
    one.sheet.cell(one.rows["fill:intended"], one.columns["purchase"]).value = "Paid in one tap"
    book.save(tmp_path / "journey-map.xlsx")

    write_run(run, tmp_path)

    one = grids(load_workbook(tmp_path / "journey-map.xlsx"))["map:future:everyone"]
    assert one.value("fill:target", "purchase") == 0.4
    assert one.value("fill:intended", "purchase") == "Paid in one tap"
    assert str(one.value("gap", "purchase")).startswith("=IF(")


def test_short_quotes_are_quotes_in_chinese_and_none_is_no_crash() -> None:
    rows = pd.DataFrame({"unit": range(5), "text": "机器人客服没用", "valence": -0.8, "theme": None, "stage": None})

    assert _told(rows, small_content().journey).quotes == ("机器人客服没用",)
    assert _told(rows.assign(text="没用"), small_content().journey).quotes == ()
