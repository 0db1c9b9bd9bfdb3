"""The hint which shipped journey comments are about."""

import pandas as pd
import pytest

from research_kit.study import Study
from research_kit.text import reader
from research_kit.text.stages import journey_hint

MEALS = [
    "the menu was short", "we had to queue for a table", "the waiter was kind", "下单后等位很久", "扫码点餐", "菜单看不懂", "dessert was sold out",
    "book a table by phone",
    "服务员很好", "等位一小时", "味道很好", "上菜慢", "the dish was cold", "portion too small", "the bill was split", "tip included", "买单", "带位很乱",
]  # fmt: skip


def test_comments_that_are_plainly_about_one_journey():
    assert journey_hint.journey(pd.Series(MEALS * 4)) == "restaurant"


@pytest.mark.parametrize("texts", [MEALS, ["it was fine"] * 90, []])
def test_few_or_silent_comments_give_no_hint(texts):
    assert journey_hint.journey(pd.Series(texts, dtype="str")) == ""


@pytest.mark.parametrize(("journey", "hints"), [("default", 1), ("saas", 0)])
def test_only_a_study_with_the_general_stages_gets_the_hint(tmp_path, journey, hints):
    study = Study.from_files([tmp_path / "x.csv"], journey=journey)

    notes = reader._hint(pd.Series(MEALS * 4), study, "zh-Hant")

    assert len(notes) == hints
    assert all("restaurant" in note for note in notes)
