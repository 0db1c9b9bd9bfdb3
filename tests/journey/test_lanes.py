"""Goals and actions from closed answers and comments; quotes that differ."""

from dataclasses import replace

import pandas as pd

from research_kit.journey import Builder
from research_kit.records import EVERYONE, Question, TextReport, Theme
from tests.journey import world


def build(said, questions, answers):
    builder = Builder(world.responses(said, questions=questions, answers=answers), world.nobody(10), world.study(), "en")
    builder.add(world.mentions(said))
    return builder.result(world.REPORT)


def test_closed_answers_of_tied_questions_are_goals_or_actions():
    why = Question(
        "why", "Why did you come?", "multiple", "active", "", stage="find", answer_columns=("why | a gift", "why | for me")
    )
    how = Question("how", "Which way did you pay?", "single", "active", "", stage="pay", answer_columns=("how",))
    untied = Question("age", "Age group", "single", "demographic", "", stage="pay", answer_columns=("age",))
    gift = pd.array([True] * 6 + [False] * 2 + [None] * 2, dtype="boolean")
    own = pd.array([False] * 6 + [True] * 2 + [None] * 2, dtype="boolean")
    answers = pd.DataFrame({"why | a gift": gift, "why | for me": own, "how": ["card"] * 7 + ["cash"] * 3, "age": ["30s"] * 10})
    content = build([], (why, how, untied), answers)

    goals, acts = content.cell(EVERYONE, "find", "goals"), content.cell(EVERYONE, "pay", "actions")
    assert goals.lines == ("a gift", "for me")
    assert [(c.n, c.base) for c in goals.claims] == [(6, 8), (2, 8)]
    assert acts.lines == ("card", "cash")
    assert content.cell(EVERYONE, "find", "actions") is None


def test_told_actions_are_counted_and_named():
    said = [(i, f"I waited {i} minutes", "pay", "pain", -0.4, "") for i in range(3)]
    cell = build(said, (), None).cell(EVERYONE, "pay", "actions")

    assert (cell.lines, cell.claims[0].n) == (("wait",), 3)


def test_a_pain_without_theme_is_shown_by_its_phrase_only_where_there_is_no_theme():
    alone = [(0, "the door squeaks", "pay", "pain", -0.4, "")]
    themed = [*alone, (1, "the queue", "pay", "pain", -0.4, "pain-waiting")]

    assert build(alone, (), None).cell(EVERYONE, "pay", "pain_points").lines == ("the door squeaks",)
    assert build(themed, (), None).cell(EVERYONE, "pay", "pain_points").lines == ("queue too long",)


def test_delights_stand_in_a_lane_of_their_own_with_evidence():
    said = [(i, "the queue was short", "pay", "delight", 0.6, "delight-fast") for i in range(4)]
    said += [
        (5, "it went fast here too", "find", "delight", 0.6, "delight-fast"),
        (6, "the queue", "pay", "pain", -0.4, "pain-waiting"),
    ]
    themes = (*world.REPORT.themes, Theme("delight-fast", "quick service", "delight", "pay", terms=("@fast",)))
    builder = Builder(world.responses(said, questions=(), answers=None), world.nobody(10), world.study(), "en")
    builder.add(world.mentions(said))
    content = builder.result(replace(world.REPORT, themes=themes))
    cell = content.cell(EVERYONE, "pay", "delights")

    assert (cell.lines, cell.n, cell.claims[0].theme, len(cell.evidence)) == (("quick service",), 4, "delight-fast", 4)
    assert content.cell(EVERYONE, "pay", "pain_points").lines == ("queue too long",)
    assert content.cell(EVERYONE, "find", "delights") is None, "one of five is no delight of another stage"
    assert content.lanes.index("delights") == content.lanes.index("pain_points") + 1


def test_quotes_differ_and_neutral_is_no_emotion():
    said = [(i, "the waiting room was full of people", "find", "statement", 0.0, "") for i in range(4)] + [
        (5, "nobody told me where to go", "find", "pain", -0.5, "")
    ]
    content = build(said, (), None)

    assert sorted(content.cell(EVERYONE, "find", "quotes").lines) == [
        "nobody told me where to go",
        "the waiting room was full of people",
    ]
    assert content.cell(EVERYONE, "find", "emotions").emotions == ("frustration",)


def test_a_wish_is_a_goal_at_one_stage_only():
    said = [(i, "more plugs", "find" if i < 2 else "pay", "wish", 0.0, "wish-plug") for i in range(6)]
    report = TextReport(themes=(Theme("wish-plug", "more plugs", "wish", ""),))
    builder = Builder(world.responses(said), world.nobody(10), world.study(), "en")
    builder.add(world.mentions(said))
    content = builder.result(report)

    assert content.cell(EVERYONE, "find", "goals") is None
    assert content.cell(EVERYONE, "pay", "goals").lines == ("more plugs",)


def test_a_pain_is_shown_where_a_good_part_of_its_people_meet_it():
    said = [(i, "the queue", "find" if i < 1 else "pay", "pain", -0.5, "pain-waiting") for i in range(9)]
    many = [(i, "the queue", "find" if i < 3 else "pay", "pain", -0.5, "pain-waiting") for i in range(9)]

    assert build(said, (), None).cell(EVERYONE, "find", "pain_points") is None
    assert build(many, (), None).cell(EVERYONE, "find", "pain_points").lines == ("queue too long",)


def test_two_of_a_dozen_are_no_good_part_of_a_theme_s_people():
    said = [(i, "the queue", "find" if i < 2 else "pay", "pain", -0.5, "pain-waiting") for i in range(12)]
    builder = Builder(world.responses(said, people=12), world.nobody(12), world.study(), "en")
    builder.add(world.mentions(said))
    content = builder.result(world.REPORT)

    assert content.cell(EVERYONE, "find", "pain_points") is None
    assert content.cell(EVERYONE, "pay", "pain_points").claims[0].n == 10


def test_actions_are_those_that_people_tell_of_at_this_stage_more_than_elsewhere():
    said = [(i, "I waited", "pay", "statement", 0.0, "") for i in range(5)] + [(5, "I waited", "find", "statement", 0.0, "")]
    said += [(i, "I looked up prices", "find", "statement", 0.0, "") for i in (6, 7, 8)]
    content = build(said, (), None)

    assert content.cell(EVERYONE, "find", "actions").lines == ("search for it",)
    assert content.cell(EVERYONE, "pay", "actions").lines == ("wait",)


def test_an_option_that_names_nothing_is_no_action():
    how = Question("how", "How did you pay?", "single", "active", "", stage="pay", answer_columns=("how",))
    answers = pd.DataFrame({"how": ["card"] * 4 + ["Other (please specify)"] * 6})

    assert build([], (how,), answers).cell(EVERYONE, "pay", "actions").lines == ("card",)
