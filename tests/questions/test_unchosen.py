"""Steps of a scale that nobody chose: kept where the chosen ones imply them, in their words; never where a scale may be lopsided."""

from __future__ import annotations

import numpy as np
import pytest

from research_kit.questions import scales
from research_kit.questions.found import Found
from research_kit.questions.profile import Profile


def found(*answers: str) -> Found:
    scale = scales.find(Profile(answers, np.full(len(answers), 9), np.repeat(np.arange(len(answers)), 9)), "")
    assert scale is not None
    return scale


@pytest.mark.parametrize(
    ("answers", "labels"),
    [
        ("Satisfied|Very satisfied|Neither satisfied nor dissatisfied|Dissatisfied",
         "Very dissatisfied|Dissatisfied|Neither satisfied nor dissatisfied|Satisfied|Very satisfied"),
        ("Very unlikely|Unlikely|Neutral|Likely", "Very unlikely|Unlikely|Neutral|Likely|Very likely"),
        ("Disagree|Agree|Strongly agree", "Strongly disagree|Disagree|Agree|Strongly agree"),
        ("Tend to disagree|Neither|Tend to agree|Strongly agree", "Strongly disagree|Tend to disagree|Neither|Tend to agree|Strongly agree"),
        ("不滿意|普通|滿意|非常滿意", "非常不滿意|不滿意|普通|滿意|非常滿意"),
        ("非常不同意|不同意|一般|同意", "非常不同意|不同意|一般|同意|非常同意"),
        ("比较不满意|一般|比较满意|非常满意", "非常不满意|比较不满意|一般|比较满意|非常满意"),
        ("差|一般|好|非常好", "非常差|差|一般|好|非常好"),
        ("Probably not|Might or might not|Probably|Definitely", "Definitely not|Probably not|Might or might not|Probably|Definitely"),
        ("Fair|Good|Very good|Excellent", "Poor|Fair|Good|Very good|Excellent"),
        ("poor|fair|good|very good", "poor|fair|good|very good|excellent"),
    ],
)  # fmt: skip
def test_the_step_that_nobody_chose_is_on_the_scale(answers: str, labels: str) -> None:
    scale = found(*answers.split("|"))
    whole = labels.split("|")

    assert scale.scale.labels == tuple(whole)
    assert (scale.scale.min, scale.scale.max) == (1, len(whole))
    assert set(scale.unchosen) == set(whole) - set(answers.split("|"))
    assert {v: whole[int(at) - 1] for v, at in scale.place.items()} == {v: v for v in answers.split("|")}
    assert scale.why == "scale-words-unchosen"


@pytest.mark.parametrize(
    "answers",
    [
        "Very dissatisfied|Dissatisfied|Satisfied|Very satisfied",
        "Dissatisfied|Neutral|Satisfied",
        "不重要|重要|非常重要",
        "Not important|Important|Very important",
        "Not at all satisfied|Slightly satisfied|Satisfied|Very satisfied",
        "Never|Rarely|Sometimes|Often",
        "Rarely|Sometimes|Often|Always",
        "Good|Very good|Excellent",
        "Dissatisfied|Neutral|Somewhat satisfied|Satisfied|Very satisfied|Extremely satisfied",
    ],
)
def test_a_scale_that_may_be_meant_so_stays_as_it_was_given(answers: str) -> None:
    scale = found(*answers.split("|"))

    assert len(scale.scale.labels) == len(answers.split("|"))
    assert scale.unchosen == ()
