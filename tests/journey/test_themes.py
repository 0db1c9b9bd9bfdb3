"""Themes counted."""

import pytest

from research_kit.journey import Builder
from research_kit.statistics import wilson
from tests.journey import world


def counted(said, **kept):
    responses = world.responses(said, **kept)
    builder = Builder(responses, world.personas(len(responses.respondents), 5), world.study(), "en")
    builder.add(world.mentions(said))
    return {theme.id: theme for theme in builder.result(world.REPORT).themes}


def test_n_share_interval_persona_source_and_evidence():
    said = [(0, "the queue", "pay", "pain", -0.6, "pain-waiting"), (0, "queue!", "pay", "pain", -0.2, "pain-waiting")]
    said += [(6, "a queue", "find", "pain", -0.4, "pain-waiting"), (7, "fine", "pay", "statement", 0.2, "")]

    theme = counted(said)["pain-waiting"]

    assert (theme.n, theme.share) == (2, pytest.approx(2 / 3))
    assert (theme.low, theme.high) == wilson(2, 3)
    assert theme.by_persona == {"persona-1": 1, "persona-2": 1}
    assert theme.by_source == {"survey.csv": 2}
    assert theme.evidence == ("S1-R2-C1-1", "S1-R3-C1-1", "S1-R4-C1-1")


def test_severity_is_how_negative_and_how_many_rate_low():
    few = counted([(0, "the queue", "pay", "pain", -0.6, "pain-waiting"), (1, "queue!", "pay", "pain", -0.2, "pain-waiting")])
    rated = counted([(i, f"queue {i}", "pay", "pain", v, "pain-waiting") for i, v in enumerate((-0.8, -0.4, 0.0, 0.0))])

    assert few["pain-waiting"].severity == pytest.approx(0.4)
    assert rated["pain-waiting"].severity == pytest.approx((0.3 + 0.5) / 2)


@pytest.mark.parametrize(
    ("valences", "severe"),
    [
        # Ratings are (valence + 1) / 2; up to .45 they are low.
        ((-0.1, -0.1, -0.1), (0.1 + 1.0) / 2),  # .45 each: just low
        ((-0.08, -0.08, -0.08), (0.08 + 0.0) / 2),  # .46 each: not low
        ((-1.0, -1.0), 1.0),  # two ratings are too few to count
        ((-1.0, 0.8, 0.9), (1 / 3 + 1 / 3) / 2),  # who is content takes nothing from who suffers
    ],
)
def test_severity_at_its_edges(valences, severe):
    said = [(i, f"queue {i}", "pay", "pain", v, "pain-waiting") for i, v in enumerate(valences)]

    assert counted(said)["pain-waiting"].severity == pytest.approx(severe)


def test_a_persons_worst_clause_is_their_severity():
    said = [(0, f"queue {i}", "pay", "pain", v, "pain-waiting") for i, v in enumerate((-0.2, -0.9, -0.4))]

    assert counted(said)["pain-waiting"].severity == pytest.approx(0.9)


def test_delights_are_not_severe_and_unspoken_themes_are_left_out():
    found = counted([(0, "so easy", "find", "delight", 0.8, "delight-easy")])

    assert list(found) == ["delight-easy"]
    assert found["delight-easy"].severity == 0.0


def test_the_stage_is_where_most_people_speak_of_it():
    said = [(i, f"queue {i}", "pay", "pain", -0.5, "pain-waiting") for i in range(3)] + [
        (5, "queue x", "find", "pain", -0.5, "pain-waiting")
    ] * 9

    assert counted(said)["pain-waiting"].stage == "pay"


def test_examples_differ_and_come_from_different_people():
    said = [
        (i, text, "pay", "pain", -0.5, "pain-waiting")
        for i, text in enumerate(["the queue was endless"] * 5 + ["forty minutes until the till"])
    ]

    assert set(counted(said)["pain-waiting"].examples) == {"S1-R2-C1-1", "S1-R7-C1-1"}
