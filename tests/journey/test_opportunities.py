"""From pains and wishes to questions for the team."""

import pytest

from research_kit import labels
from research_kit.journey import Builder
from research_kit.journey.crowd import Crowd
from research_kit.journey.opportunities import draft
from research_kit.records import EVERYONE, LANGUAGES, TextReport, Theme
from research_kit.text.vocabulary import knowledge
from tests.journey import world


def ideas(said, language="en", themes=world.THEMES):
    builder = Builder(world.responses(said, people=40), world.nobody(40), world.study(), language)
    builder.add(world.mentions(said))
    return builder.result(TextReport(themes=themes)).opportunities


def people(n, theme, *, kind="pain", stage="pay", first=0):
    return [(first + i, f"{theme} {i}", stage, kind, -0.6 if kind == "pain" else 0.0, theme) for i in range(n)]


def test_known_pains_have_their_own_question_and_others_quote_the_label():
    found = ideas(people(8, "pain-waiting") + people(6, "pain-zibbel", first=10))

    assert [o.text for o in found] == [
        "How might we shorten the wait at “Pay”, or make it easier to bear?",
        "How might we fix “zibbel is loose” at the stage “Pay”?",
    ]
    assert found[0].reason.startswith("8 people (57%) met it; severity")
    assert (found[0].priority, found[0].effort, found[0].owner) == ("high", "", "")


def test_wishes_and_other_languages():
    found = ideas(people(6, "wish-app", kind="wish"), "zh-Hant")

    assert found[0].text == "我們可以如何在「付款」回應「an app please」這個期待？"
    assert found[0].reason == "6 人（100%）提出這項期待"


def test_few_people_make_a_low_priority_and_two_make_none():
    found = ideas(people(3, "pain-waiting") + people(2, "pain-zibbel", first=10))

    assert [(o.theme, o.priority) for o in found] == [("pain-waiting", "low")]
    assert "only 3 people" in found[0].reason


@pytest.mark.parametrize(("others", "fewest"), [(0, 3), (120, 4), (400, 5)])
def test_how_many_are_few_follows_the_size_of_the_study(others, fewest):
    """3% of who commented, three at least; five are enough in any study."""
    themes = tuple(Theme(f"pain-{n}", f"matter {n}", "pain", "") for n in (2, 3, 4, 5))
    said = [row for n, theme in zip((2, 3, 4, 5), themes, strict=True) for row in people(n, theme.id, first=n * 6)]
    said += [(40 + i, "nothing", "", "statement", 0.0, "") for i in range(others)]
    builder = Builder(world.responses(said, people=40 + others), world.nobody(40 + others), world.study(), "en")
    builder.add(world.mentions(said))

    found = builder.result(TextReport(themes=themes)).opportunities

    assert sorted(int(o.theme[-1]) for o in found) == [n for n in (2, 3, 4, 5) if n >= fewest]


def test_a_known_question_is_asked_only_where_five_speak_of_it():
    few, enough = (ideas(people(n, "pain-waiting"))[0].text for n in (4, 5))

    assert few == "How might we fix “queue too long” at the stage “Pay”?"
    assert enough == "How might we shorten the wait at “Pay”, or make it easier to bear?"


def test_all_that_matters_stands_in_the_list_and_the_three_most_pressing_on_the_map():
    themes = tuple(Theme(f"pain-{c}", c, "pain", "") for c in "abcdefghijkl")
    said = [row for place, theme in enumerate(themes) for row in people(3 + place, theme.id, first=place * 15)]
    builder = Builder(world.responses(said, people=200), world.nobody(200), world.study(), "en")
    builder.add(world.mentions(said))

    content = builder.result(TextReport(themes=themes))

    assert [o.theme for o in content.opportunities] == [f"pain-{c}" for c in "lkjihgfedc"]  # ten at the most
    cell = content.cell(EVERYONE, "pay", "opportunities")
    assert cell is not None
    assert [claim.theme for claim in cell.claims] == ["pain-l", "pain-k", "pain-j"]


def test_delights_are_no_opportunities():
    assert ideas([(i, f"so easy {i}", "find", "delight", 0.9, "delight-easy") for i in range(9)]) == ()


@pytest.mark.parametrize("key", [k for k in labels.keys("journey") if k.startswith("how_pain_")])
def test_every_question_is_for_a_known_set_of_synonyms_and_reads_as_one(key):
    assert key.removeprefix("how_pain_") in knowledge.synonyms()
    for language in LANGUAGES:
        words = labels.label("journey", key, language, stage="X")
        assert words.startswith({"en": "How might we ", "zh-Hant": "我們可以如何", "zh-Hans": "我们可以如何"}[language])
        assert words.endswith("?" if language == "en" else "？")


def test_a_large_source_does_not_outrank_a_small_one_unless_the_study_pools():
    """Everybody in the survey (4 of 4) against most reviewers (5 of 6): 50% and 42% of the sources' people, 40% and 50% of all."""
    said = [(i, f"a{i}", "pay", "pain", -0.5, "") for i in range(4)] + [
        (i, f"b{i}", "pay", "pain", -0.5, "") for i in range(10, 16)
    ]
    themes = (
        Theme("pain-waiting", "queue", "pain", "pay", 4, 0.4, 0.2, 0.6, 0.5, by_source={"survey.csv": 4}),
        Theme("pain-zibbel", "zibbel", "pain", "pay", 5, 0.5, 0.3, 0.7, 0.5, by_source={"reviews.csv": 5}),
    )

    def first(pool: bool) -> list[str]:
        crowd = Crowd.of(world.responses(said, reviewers=6), world.nobody(16), pool=pool)
        return [o.theme for o in draft(themes, crowd, {"pay": "Pay"}, "en")]

    assert first(pool=False) == ["pain-waiting", "pain-zibbel"]
    assert first(pool=True) == ["pain-zibbel", "pain-waiting"]


def test_an_opportunity_stands_at_its_own_stage_and_nowhere_else():
    said = [*people(8, "pain-waiting"), *[(i, f"the queue {i}", "find", "pain", -0.4, "pain-waiting") for i in range(3)]]
    builder = Builder(world.responses(said, people=40), world.nobody(40), world.study(), "en")
    builder.add(world.mentions(said))
    content = builder.result(world.REPORT)

    assert [o.stage for o in content.opportunities] == ["pay"]
    shown = {c.stage: len(c.lines) for c in content.cells if c.lane == "opportunities" and c.persona == EVERYONE and c.lines}
    assert shown == {"pay": 1}
