"""Best and worst moments: planted curves, and what they must be called."""

import pytest

from research_kit.journey.curves import FEWEST
from research_kit.records import EVERYONE
from tests.journey import world
from tests.journey.test_curves import curve

SURE = [0.0, 0.01, -0.01, 0.02, -0.02, 0.0, 0.01, -0.01]
WIDE = [-0.9, 0.9, -0.8, 0.8, -0.7, 0.7, 0.1, -0.1]


def around(mean: float, spread: list[float]) -> list[float]:
    return [mean + x for x in spread]


def turns(**stages: list[float]) -> dict[str, str]:
    """{stage: best, worst or ""} of people who each say one thing at each stage."""
    said = [(i, f"{stage} {i}", stage, "statement", v, "") for stage, values in stages.items() for i, v in enumerate(values)]
    return {stage: value.turn for stage, value in curve(said).items()}


@pytest.mark.parametrize(
    ("find", "pay", "marks"),
    [
        (around(0.6, SURE), around(-0.6, SURE), ("best", "worst")),
        (around(-0.6, SURE), around(0.6, SURE), ("worst", "best")),
        # Surely good everywhere: there is a best moment and no bad one.
        (around(0.8, SURE), around(0.3, SURE), ("best", "")),
        # Surely bad everywhere: there is a worst moment and no good one.
        (around(-0.8, SURE), around(-0.3, SURE), ("worst", "")),
        # Nobody can tell these apart from nothing or from each other.
        (around(0.05, WIDE), around(-0.05, WIDE), ("", "")),
        (around(0.4, SURE), around(0.4, SURE), ("", "")),
        # Sure of itself, but the other moment could be anywhere.
        (around(0.3, SURE), around(0.0, WIDE), ("", "")),
        (around(0.0, WIDE), around(-0.3, SURE), ("", "")),
        # Good on average with an interval across zero, yet surely better than the other.
        (around(0.3, [-0.5, 0.5, -0.45, 0.45, -0.4, 0.4, 0.0, 0.0]), around(-0.7, SURE), ("best", "worst")),
    ],
)
def test_a_moment_turns_only_where_it_is_sure(find: list[float], pay: list[float], marks: tuple[str, str]):
    found = turns(find=find, pay=pay)

    assert (found["find"], found["pay"]) == marks


SPREAD = [-0.3, 0.3, -0.25, 0.25, -0.2, 0.2, -0.1, 0.1, 0.0, 0.0]


@pytest.mark.parametrize(
    ("stages", "marks"),
    [
        # The second best overlaps the best: the best of four is no claim then, however good it is.
        (
            {"find": around(0.4, SPREAD), "pay": around(0.3, SPREAD), "tell": around(-0.6, SPREAD)},
            {"find": "", "pay": "", "tell": "worst"},
        ),
        (
            {"find": around(0.6, SPREAD), "pay": around(0.0, SPREAD), "tell": around(-0.6, SPREAD)},
            {"find": "best", "pay": "", "tell": "worst"},
        ),
        # Six people said the same by chance; where many spoke they differ, and so might these.
        (
            {"find": around(0.3, SPREAD), "pay": around(-0.6, SPREAD), "tell": [-0.76] * 6},
            {"find": "best", "pay": "", "tell": ""},
        ),
    ],
)
def test_a_moment_turns_only_where_no_other_comes_near(stages: dict[str, list[float]], marks: dict[str, str]):
    assert turns(**stages) == marks


def test_few_people_who_agree_have_no_narrow_interval():
    said = [(i, f"a{i}", "find", "statement", v, "") for i, v in enumerate(around(0.3, SPREAD))]
    said += [(i, f"b{i}", "tell", "pain", -0.76, "") for i in range(6)]
    found = curve(said)["tell"]

    assert found.mean == pytest.approx(-0.76)
    assert found.low == pytest.approx(-0.76 - 2.571 * 0.175 / 6**0.5, abs=0.01)  # nobody else's spread: .175 over both stages
    assert found.high == pytest.approx(-0.76 + 2.571 * 0.175 / 6**0.5, abs=0.01)


def test_one_more_person_makes_a_stage_one_that_may_turn():
    low = [-0.9] * FEWEST

    assert turns(find=[0.5] * 8, pay=low)["pay"] == "worst"
    assert turns(find=[0.5] * 8, pay=low[1:]) == {"find": "", "pay": ""}


def test_every_source_has_its_own_turns_and_pooling_makes_one_line():
    """Survey: finding good, paying bad. Reviews: the other way round."""
    said = [(i, f"s{i}", "find", "delight", 0.6, "") for i in range(6)] + [
        (i, f"t{i}", "pay", "pain", -0.6, "") for i in range(6)
    ]
    said += [(i, f"r{i}", "find", "pain", -0.5, "") for i in range(10, 16)]
    said += [(i, f"q{i}", "pay", "delight", 0.5, "") for i in range(10, 16)]

    def lines(pool: bool) -> dict[tuple[str, str], tuple[int, float | None, str]]:
        from research_kit.journey import Builder

        responses = world.responses(said, reviewers=6)
        builder = Builder(responses, world.nobody(16), world.study(pool_sources=pool), "en")
        builder.add(world.mentions(said))
        values = builder.result(world.REPORT).curves
        return {(v.source, v.stage): (v.n, v.mean and round(v.mean, 3), v.turn) for v in values if v.persona == EVERYONE}

    assert lines(pool=False) == {
        ("survey.csv", "find"): (6, 0.6, "best"),
        ("survey.csv", "pay"): (6, -0.6, "worst"),
        ("reviews.csv", "find"): (6, -0.5, "worst"),
        ("reviews.csv", "pay"): (6, 0.5, "best"),
    }
    pooled = lines(pool=True)
    assert {key: value[:2] for key, value in pooled.items()} == {("all", "find"): (12, 0.05), ("all", "pay"): (12, -0.05)}
    assert {value[2] for value in pooled.values()} == {""}
