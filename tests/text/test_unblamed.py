"""Answers to a question for faults that name none."""

import pytest

from research_kit.text import annotate, unblamed

BETTER, BETTER_ZH = "What could be better?", "您觉得哪些地方需要改进？"


def kinds(text, question):
    found = annotate([text], questions=[question])
    return found["kind"].tolist(), found["valence"].fillna(0).tolist()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("I go three times a week", BETTER),
        ("I use the app every day on the bus", BETTER),
        ("In 2026!", BETTER),
        ("Since 2019", BETTER),
        ("I signed up online", BETTER),
        ("我一週去三次", BETTER_ZH),
        ("2026年", BETTER_ZH),
    ],
)
def test_what_only_tells_when_or_how_often_is_no_pain(text, question):
    kind, valence = kinds(text, question)

    assert kind == ["statement"]
    assert valence == [0.0]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Everything was explained to me", BETTER),
        ("They always listen to me", BETTER),
        ("Could not have had better treatment", BETTER),
        ("The trainer explained each exercise patiently", BETTER),
        ("護理師解說得很清楚", BETTER_ZH),
    ],
)
def test_praise_stays_praise(text, question):
    kind, valence = kinds(text, question)

    assert "pain" not in kind
    assert valence[0] >= 0


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("They moved my appointment twice", BETTER),
        ("I had to ask three times", BETTER),
        ("Parking", BETTER),
        ("The price went up twice this year", BETTER),
        ("I waited 25 minutes for a machine", BETTER),
        ("排隊", BETTER_ZH),
        ("打了三通電話", BETTER_ZH),
    ],
)
def test_a_named_fault_stays_a_pain(text, question):
    kind, valence = kinds(text, question)

    assert kind == ["pain"]
    assert valence[0] < 0


def test_a_fact_without_praise_is_no_delight_under_a_question_for_faults():
    kind, valence = kinds("The morning classes fill up before I can book", BETTER)

    assert kind == ["pain"]
    assert valence[0] < 0


@pytest.mark.parametrize(
    ("text", "path", "whole"),
    [
        ("nurses explain", "en", False),
        ("the nurses explain everything", "en", True),
        ("the colour of the walls", "en", False),
        ("please explain it to us", "en", False),
        ("态度好", "zh", False),
        ("护士态度好", "zh", True),
        ("daily", "en", False),
        ("in 2026", "en", True),
    ],
)
def test_a_sentence_has_a_verb_and_some_words(text, path, whole):
    assert unblamed._whole(text, path) is whole
