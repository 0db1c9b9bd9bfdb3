"""The emotion curve."""

import pandas as pd
import pytest

from research_kit.journey import Builder
from research_kit.records import EVERYONE, Question, Scale
from tests.journey import world

LOW_TO_HIGH = [(i, f"a{i}", "find", "delight", 0.6, "") for i in range(5)] + [
    (i, f"b{i}", "pay", "pain", -0.6, "") for i in range(5)
]


def curve(said, **kept):
    responses = world.responses(said, **kept)
    builder = Builder(responses, world.nobody(len(responses.respondents)), world.study(), "en")
    builder.add(world.mentions(said))
    return {value.stage: value for value in builder.result(world.REPORT).curves if value.persona == EVERYONE}


def test_the_mean_is_over_people_and_turns_are_marked():
    found = curve([*LOW_TO_HIGH, (0, "c", "find", "delight", 1.0, "")])

    assert found["find"].n == 5
    assert found["find"].mean == pytest.approx((0.8 + 4 * 0.6) / 5)
    assert (found["find"].turn, found["pay"].turn) == ("best", "worst")
    assert found["find"].source == "all"


def test_stages_with_few_people_do_not_turn():
    found = curve([*LOW_TO_HIGH, (0, "c", "tell", "pain", -1.0, "")])

    assert (found["tell"].n, found["tell"].turn, found["pay"].turn) == (1, "", "worst")
    assert found["tell"].low is None


def test_what_is_not_assessed_is_no_zero():
    found = curve([(0, "hm", "find", "statement", float("nan"), ""), (1, "ok", "find", "delight", 0.4, "")])

    assert (found["find"].n, found["find"].mean) == (1, pytest.approx(0.4))


def ratings(direction, *, reversed_=False, kind="rating", labels=()):
    scale = None if kind == "nps" else Scale(1, 5, labels, direction)
    question = Question(
        "ease", "How easy?", kind, "active", "", scale=scale, stage="pay", answer_columns=("ease",), reversed=reversed_
    )
    levels = list(range(11)) if kind == "nps" else [1, 2, 3, 4, 5]
    column = pd.Categorical([levels[-1]] * 8 + [None, None], categories=levels, ordered=True)
    return curve(LOW_TO_HIGH, questions=(question,), answers=pd.DataFrame({"ease": column}))["pay"].ratings


def test_ratings_of_the_stage_stand_beside_the_curve():
    assert ratings("up") == {"ease": {"n": 8.0, "mean": 1.0, "low": 1.0, "high": 1.0}}
    assert ratings("down")["ease"]["mean"] == -1.0
    assert ratings("up", reversed_=True)["ease"]["mean"] == -1.0
    assert ratings("", kind="nps")["ease"]["mean"] == 1.0


@pytest.mark.parametrize(
    ("labels", "rates"),
    [
        (("Under ten", "Tens", "Hundreds", "Thousands", "Tens of thousands"), False),
        (("Never", "Rarely", "Sometimes", "Often", "Always"), False),
        (("從不", "一年數次", "每月", "每週", "每天"), False),
        (("1-2 times", "3-5 times", "6-10 times", "11-20 times", "over 20 times"), False),
        (("Very bad", "Bad", "Neither", "Good", "Very good"), True),
        (("1 Strongly disagree", "2", "3", "4", "5 Strongly agree"), True),
        (("非常不满意", "不满意", "一般", "满意", "十分满意"), True),
        (("1", "2", "3", "4", "5"), True),
    ],
)
def test_how_often_or_how_many_is_no_rating(labels, rates):
    assert bool(ratings("up", labels=labels)) is rates


def test_a_scale_whose_good_end_is_not_known_is_left_out():
    assert ratings("unknown") == {}
