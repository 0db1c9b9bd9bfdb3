"""Small themes that a team would put in one line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.records import Theme
from research_kit.text.themes.kin import STANDS, WEAK, gather
from research_kit.text.themes.model import learn
from research_kit.text.themes.names import of_set
from research_kit.text.vocabulary import knowledge

from .mentions import frame


def themes_of(texts, kind="pain"):
    mentions = frame(texts, kind)
    return learn(mentions, (), "en").assign(mentions).tolist()


@pytest.mark.parametrize(
    ("texts", "theme", "kind"),
    [
        (["too expensive for students", "Price", "the registration fee is steep"], "pain-expensive", "pain"),
        (["wifi was useless", "no wifi at all", "Internet kept dropping", "poor connection"], "pain-wifi", "pain"),
        (["客服复制粘贴", "申诉没人理", "打客服电话排队半小时"], "pain-support", "pain"),
        (["小哥人很好", "服务态度好", "快递员", "送货师傅热情"], "delight-friendly", "delight"),
    ],
)
def test_what_few_say_each_is_one_theme_with_its_kin(texts, theme, kind):
    assert set(themes_of(texts, kind)) == {theme}


def test_what_is_no_kin_stays_apart():
    texts = ["too expensive", "far too expensive for us", "the toilets are dirty", "dirty floors"]
    found = themes_of([*texts, "parking is a nightmare", "boring menu", "slow lift", "no signs anywhere"])

    assert found[:4] == ["pain-expensive"] * 2 + ["pain-dirty"] * 2
    assert pd.isna(found[4:]).all()


@pytest.mark.parametrize(("one", "other"), [("bug", "repair"), ("late", "flight_change"), ("transport", "convenient")])
def test_two_matters_that_a_team_counts_apart_are_no_kin(one, other):
    units, owner = np.arange(5), np.array([0, 0, 1, 1, 1])
    themes = [{f"@{one}": 1.0}, {f"@{other}": 1.0}]

    assert gather(themes, owner, {}, units, "pain") == []
    assert themes == [{f"@{one}": 1.0}, {f"@{other}": 1.0}]


def test_a_theme_of_many_stands_beside_its_kin():
    units = np.arange(2 * STANDS)
    owner = np.repeat([0, 1], STANDS)
    themes = [{"@expensive": 1.2}, {"@hidden_fees": 1.1}]

    assert gather(themes, owner, {}, units, "pain") == []
    assert themes == [{"@expensive": 1.2}, {"@hidden_fees": 1.1}]


def test_the_smaller_theme_joins_with_its_weight_and_what_is_said_once_weakly():
    units = np.arange(2 * STANDS)
    owner = np.array([0] * STANDS + [1] * (STANDS - 1) + [-1])
    themes = [{"@expensive": 1.2}, {"@hidden_fees": 1.1}]
    gather(themes, owner, {"@price": np.array([0, 2 * STANDS - 1])}, units, "pain")

    assert themes == [{"@expensive": 1.2, "@hidden_fees": 1.1, "@price": WEAK}, {}]
    assert owner.tolist() == [0] * len(units)


def test_what_joined_takes_only_what_no_other_theme_speaks_of():
    """ "Price" joined the expensive things; a dirty price list is dirty."""
    mentions = frame(
        [
            "too expensive for students",
            "Price",
            "the registration fee is steep",
            "dirty floors",
            "the toilets are dirty",
            "dirty windows",
        ],
        "pain",
    )
    model = learn(mentions, (), "en")

    assert model.assign(mentions).tolist() == ["pain-expensive"] * 3 + ["pain-dirty"] * 3
    assert model.assign(frame(["the price board was dirty", "the price list"], "pain")).tolist() == [
        "pain-dirty",
        "pain-expensive",
    ]


def test_praise_does_not_join_a_pain():
    units, owner = np.arange(3), np.array([0, 0, -1])
    themes = [{"@expensive": 1.2}]
    gather(themes, owner, {"@cheap": np.array([2])}, units, "pain")

    assert themes == [{"@expensive": 1.2}]


def test_families_name_sets_that_there_are_and_each_has_two():
    for family in knowledge.families():
        assert len(set(family)) == len(family) >= 2
        assert {name for name in family if name not in knowledge.synonyms()} == set()


def test_the_line_of_several_sets_has_the_name_of_the_thing():
    several = Theme("pain-phone-queue", "", "pain", "", terms=("@phone_queue", "@chatbot", "@support"))

    assert of_set(several, "zh-Hant") == "客服"
    assert of_set(Theme("pain-phone-queue", "", "pain", "", terms=("@phone_queue",)), "zh-Hant") == "電話打不通"
