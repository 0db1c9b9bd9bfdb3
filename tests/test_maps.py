"""The public journey map: made by hand, written, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit.errors import MapError
from research_kit.maps import JourneyMap, read_map
from tests.write.sample import map_content, mentions_frame

HAND = {
    "name": "線上購物旅程",
    "personas": [{"name": "林小姐", "quote": "只想快點買到", "職業": "行銷"}],
    "stages": ["認知", {"key": "buy", "name": "購買", "痛點": "運費太高\n結帳步驟多", "emotions": ["謹慎", "焦慮"]}],
    "cells": [
        {"persona": "林小姐", "stage": "認知", "lane": "行為", "lines": ["看到廣告", "問朋友"]},
        {"persona": "林小姐", "stage": "購買", "lane": "actions", "lines": "比較價格"},
    ],
}


def test_a_map_by_hand_is_understood() -> None:
    made = JourneyMap.from_dict(HAND)

    assert made.language == "zh-Hant"
    assert [s.key for s in made.stages] == ["認知", "buy"]
    assert made.lanes == ("actions", "emotions", "pain_points")
    assert made.personas[0].traits == ("職業: 行銷",)
    assert made.cell("everyone", "buy", "pain_points").lines == ("運費太高", "結帳步驟多")
    assert made.cell("everyone", "buy", "emotions").lines == ("謹慎", "焦慮")
    assert made.cell("everyone", "buy", "emotions").emotions == ("anxiety",)
    assert made.cell("林小姐", "認知", "actions").lines == ("看到廣告", "問朋友")
    assert made.cell("林小姐", "buy", "actions").n is None


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_a_map_by_hand_comes_back_without_loss(tmp_path: Path, orientation: str) -> None:
    made = JourneyMap.from_dict(HAND)
    made.write(tmp_path / "map.xlsx", orientation=orientation)

    assert read_map(tmp_path / "map.xlsx") == made


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_a_measured_map_comes_back_with_its_numbers(tmp_path: Path, language: str) -> None:
    made = JourneyMap.of(map_content(language, mentions_frame(language, 60)))
    made.write(tmp_path / "map.xlsx")

    back = read_map(tmp_path / "map.xlsx")

    assert back.curves == made.curves
    assert back.opportunities == made.opportunities
    assert [(c.lines, c.n, sorted(c.evidence)) for c in back.cells] == [(c.lines, c.n, sorted(c.evidence)) for c in made.cells]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"n": "many"}, "cell 1: n is 'many'; a whole number is expected."),
        ({"low": "x"}, "cell 1: low is 'x'; a number is expected."),
        ({"by_source": 3}, "cell 1: by_source is 3; a table of names and values is expected."),
        ({"claims": 7}, "cell 1: claims is 7; a list is expected."),
    ],
)
def test_what_stands_in_the_wrong_place_is_told_in_plain_words(given: dict[str, object], said: str) -> None:
    cell = {"persona": "p", "stage": "s", "lane": "goals", "lines": ["x"]} | given

    with pytest.raises(MapError) as caught:
        JourneyMap.from_dict({"name": "a", "stages": ["s"], "personas": ["p"], "cells": [cell]})

    assert caught.value.problems == (said,)
    for wrong in (5, {"a.csv": "few"}):
        with pytest.raises(MapError, match=r"unassigned is .*; a table of sources and whole numbers is expected"):
            JourneyMap.from_dict({"name": "a", "stages": ["s"], "unassigned": wrong})


def test_problems_are_told_all_at_once() -> None:
    with pytest.raises(MapError) as caught:
        JourneyMap.from_dict(
            {
                "stages": ["a", "a"],
                "language": "fr",
                "cells": [{"stage": "z", "lane": "goals"}, {"lane": "goals"}],
                "types": ["x"],
            }
        )

    assert len(caught.value.problems) == 5
    assert any("'z', which the map does not have; it has a, a." in p for p in caught.value.problems)


def test_one_id_or_one_trait_may_stand_without_a_list() -> None:
    made = JourneyMap.from_dict(
        {
            "stages": ["a"],
            "personas": [{"name": "Ann", "traits": "reads at night"}],
            "cells": [
                {
                    "stage": "a",
                    "lane": "quotes",
                    "lines": "slow",
                    "evidence": "S1-R2-C1-1",
                    "claims": [{"n": 1, "evidence": "S1-R2-C1-1"}],
                }
            ],
        }
    )

    assert made.personas[0].traits == ("reads at night",)
    assert made.cells[0].evidence == made.cells[0].claims[0].evidence == ("S1-R2-C1-1",)


JOURNEYS = json.loads((Path(__file__).parent / "cases" / "write" / "journeys.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("orientation", ["columns", "rows"])
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: j["name"])
def test_typical_journeys_come_back_without_loss(tmp_path: Path, journey: dict, orientation: str) -> None:
    made = JourneyMap.from_dict(journey)
    made.write(tmp_path / "map.xlsx", orientation=orientation)

    back = read_map(tmp_path / "map.xlsx")

    assert back.to_dict() == made.to_dict()
    assert [s.name for s in back.stages] == journey["stages"]
    for cell in journey["cells"]:
        lane = {"行為": "actions", "情緒": "emotions", "接觸點": "touchpoints", "痛點": "pain_points", "機會點": "opportunities"}[
            cell["lane"]
        ]
        assert back.cell(cell["persona"], cell["stage"], lane).lines == tuple(cell["lines"])


def test_emotions_of_ones_own_stay_as_written() -> None:
    own = {line for j in JOURNEYS for c in JourneyMap.from_dict(j).cells if c.lane == "emotions" for line in c.lines}

    assert {"謹慎", "專注", "期待"} <= own


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_what_was_edited_in_the_workbook_is_read(tmp_path: Path, orientation: str) -> None:
    JourneyMap.from_dict(JOURNEYS[0]).write(tmp_path / "map.xlsx", orientation=orientation)
    book = load_workbook(tmp_path / "map.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "• 用篩選找尺寸\n• 把商品加進收藏":
                    cell.value = "• 直接問客服\n• 看直播"
    book.save(tmp_path / "map.xlsx")

    assert read_map(tmp_path / "map.xlsx").cell("精打細算的小資族", "瀏覽", "actions").lines == ("直接問客服", "看直播")


@pytest.mark.parametrize("wrong", ["across", "Rows", ""])
def test_an_unknown_orientation_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(MapError, match="columns"):
        JourneyMap.from_dict(HAND).write(tmp_path / "map.xlsx", orientation=wrong)
    assert not (tmp_path / "map.xlsx").exists()
