"""The words that betray a stage, and which general stage it is part of."""

import numpy as np
import pytest

from research_kit.records import Stage
from research_kit.study import journeys, template
from research_kit.text import annotate
from research_kit.text.stages.words import linked, part_of, vocabulary
from research_kit.text.vocabulary.general import JOURNEY


def test_a_word_of_two_stages_weighs_less_for_both():
    _, alone = vocabulary([Stage("a", {"en": "Food"}, "", ("zibbel",)), Stage("b", {"en": "Parking"})])
    _, shared = vocabulary([Stage("a", {"en": "Food"}, "", ("zibbel",)), Stage("b", {"en": "Parking"}, "", ("zibbel",))])

    assert shared["zibbel"][0] == shared["zibbel"][1] < alone["zibbel"][0]


@pytest.mark.parametrize(
    ("name", "common"), [("delivery", "delivery"), ("退换货", "returns"), ("first use", "onboarding"), ("上手", "onboarding")]
)
def test_a_name_is_linked_to_the_common_stage_that_it_is(name, common):
    assert common in linked([name], "")


def test_the_default_journey_is_the_general_one():
    np.testing.assert_array_equal(part_of(template("default")), np.eye(6))


@pytest.mark.parametrize("name", journeys())
def test_every_shipped_journey_is_of_the_general_kind_and_whole_in_three_languages(name):
    stages = template(name)

    assert part_of(stages) is not None
    assert len({s.key for s in stages}) == len(stages) >= 6
    for stage in stages:
        assert set(stage.names) == {"en", "zh-Hant", "zh-Hans"}
        assert stage.description
        assert len(stage.keywords) >= 4
    assert len(JOURNEY) == 6


def test_parts_of_a_service_are_no_journey():
    assert part_of([Stage("food", {"en": "Food"}), Stage("staff", {"en": "Staff"}), Stage("rooms", {"en": "Rooms"})]) is None


@pytest.mark.parametrize(
    ("journey", "said", "stage"),
    [
        ("ecommerce", "Eight weeks late and counting", "delivery"), ("ecommerce", "Took the day off work and nobody turned up", "delivery"),
        ("ecommerce", "Arrived with a big scratch", "delivery"), ("ecommerce", "The chatbot goes round in circles", "service"),
        ("ecommerce", "stopped working after two weeks", "use"), ("healthcare", "標示都是英文縮寫", "arrive"), ("healthcare", "志工會帶路", "arrive"),
        ("banking", "I want a callback", "help"), ("travel", "改签打了二十个电话", "return"),
    ],
)  # fmt: skip
def test_words_of_the_trade_that_a_trial_study_missed(journey, said, stage):
    assert annotate([said], stages=template(journey))["stage"].tolist() == [stage]


def test_the_heart_of_a_workshop_is_the_repair_not_the_drop_off():
    names = {
        "book": "Book a slot",
        "dropoff": "Drop off",
        "quote": "Diagnosis and quote",
        "repair": "Repair and waiting",
        "ride": "Ride again",
    }
    declared = [Stage(key, {"en": name}) for key, name in names.items()]

    found = annotate(["Top quality work", "Friendly lads", "courtesy bike"], stages=declared)

    assert found["stage"].eq("repair").all()
