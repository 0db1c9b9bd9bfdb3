"""Who counts how often, and the people behind a figure."""

import numpy as np
import pytest

from research_kit.journey.crowd import EVIDENCE, Crowd
from research_kit.records import EVERYONE
from research_kit.statistics import wilson
from tests.journey import world

TWO_SOURCES = [(i, f"a{i}", "find", "pain", -0.2, "") for i in range(4)] + [
    (i, f"b{i}", "find", "pain", -0.6, "") for i in range(10, 16)
]


def crowd(*, pool: bool = False) -> Crowd:
    """Four of ten in the survey and six of twenty reviewers have commented; persona-1 are the first twelve people."""
    return Crowd.of(world.responses(TWO_SOURCES, reviewers=20), world.personas(30, 12), pool=pool)


def test_bases_are_people_who_commented_by_persona_and_source():
    bases = crowd().bases

    assert bases[EVERYONE] == {"survey.csv": 4, "reviews.csv": 6}
    assert bases["persona-1"] == {"survey.csv": 4, "reviews.csv": 2}
    assert bases["persona-2"] == {"survey.csv": 0, "reviews.csv": 4}
    assert crowd().in_source == {"survey.csv": 10, "reviews.csv": 20}
    assert crowd().base("persona-1") == 6


def test_reach_is_the_mean_of_the_sources_unless_the_study_pools():
    """Two of four and one of six: the larger source does not outvote the smaller one."""
    people = crowd().by_source(np.array([0, 1, 1, 1, 12]))

    assert people == {"survey.csv": 2, "reviews.csv": 1}
    assert crowd().reach(people, EVERYONE) == pytest.approx((2 / 4 + 1 / 6) / 2)
    assert crowd(pool=True).reach(people, EVERYONE) == pytest.approx(3 / 10)


def test_a_source_without_anybody_of_the_persona_is_no_part_of_its_reach():
    assert crowd().reach({"reviews.csv": 2}, "persona-2") == pytest.approx(2 / 4)
    assert crowd().reach({}, "persona-2") == 0.0


def test_people_are_of_their_persona_and_everybody_is_of_everyone():
    units = np.array([0, 11, 12, 29])

    assert crowd().belongs(units, "persona-1").tolist() == [True, True, False, False]
    assert crowd().belongs(units, "persona-2").tolist() == [False, False, True, True]
    assert crowd().belongs(units, EVERYONE).all()


def test_a_claim_counts_people_once_and_carries_the_interval_of_its_base():
    ids = tuple(f"m{i}" for i in range(EVIDENCE + 5))
    claim = crowd().claim(np.array([0, 0, 0, 1, 12]), ids, EVERYONE, theme="t", valence=-0.4)

    assert (claim.n, claim.base) == (3, 10)
    assert (claim.low, claim.high) == wilson(3, 10)
    assert claim.by_source == {"survey.csv": 2, "reviews.csv": 1}
    assert (claim.theme, claim.valence) == ("t", -0.4)
    assert claim.evidence == ids[:EVIDENCE]


def test_a_persons_rating_is_the_mean_of_their_comments():
    said = [(0, "a", "find", "pain", -1.0, ""), (0, "b", "find", "delight", 0.5, ""), (2, "c", "find", "delight", 1.0, "")]
    rating = Crowd.of(world.responses(said), world.nobody(10), pool=False).rating

    assert rating[0] == pytest.approx((0.0 + 0.75) / 2)
    assert rating[2] == 1.0
    assert np.isnan(rating[1])
