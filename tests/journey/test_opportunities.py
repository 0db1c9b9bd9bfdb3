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
        "How might we put an end to “zibbel is loose” at the stage “Pay”?",
    ]
    assert found[0].reason.startswith("8 people (57%) met it; severity")
    assert (found[0].priority, found[0].effort, found[0].owner) == ("high", "", "")


def test_wishes_and_other_languages():
    found = ideas(people(6, "wish-app", kind="wish"), "zh-Hant")

    assert found[0].text == "我們可以如何在「付款」回應「an app please」這個期待？"
    assert found[0].reason == "6 人（100%）提出這項期待"


def test_few_people_make_a_low_priority_and_one_makes_none():
    found = ideas(people(2, "pain-waiting") + people(1, "pain-zibbel", first=10))

    assert [(o.theme, o.priority) for o in found] == [("pain-waiting", "low")]
    assert "only 2 people" in found[0].reason


def test_never_more_than_three_per_stage_most_pressing_first():
    themes = tuple(Theme(f"pain-{c}", c, "pain", "") for c in "abcde")
    said = [row for place, theme in enumerate(themes) for row in people(2 + place, theme.id, first=place * 7)]

    assert [o.theme for o in ideas(said, themes=themes)] == ["pain-e", "pain-d", "pain-c"]


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
