"""The door: chunks in, the map out."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.journey import Builder, kept
from research_kit.records import EVERYONE, LANES, plain
from tests.journey import world

SAID = [
    (0, "the queue was too long", "pay", "pain", -0.6, "pain-waiting"),
    (0, "again the queue", "pay", "pain", -0.4, "pain-waiting"),
    (1, "queue, queue, queue", "pay", "pain", -0.8, "pain-waiting"),
    (2, "so easy", "find", "delight", 0.8, "delight-easy"),
    (3, "an app please", "pay", "wish", 0.0, "wish-app"),
    (4, "blue", "", "statement", 0.0, ""),
]


def build(said=SAID, *, people=10, first=5, language="en", chunks=1, **kept):
    responses = world.responses(said, people=people, **kept)
    builder = Builder(responses, world.personas(len(responses.respondents), first), world.study(), language)
    rows = world.mentions(said)
    size = max(1, -(-len(rows) // chunks))
    for start in range(0, len(rows), size):
        builder.add(rows.iloc[start : start + size])
    return builder.result(world.REPORT)


def test_people_count_not_sentences():
    cell = build().cell(EVERYONE, "pay", "pain_points")

    assert cell.lines == ("queue too long",)
    assert (cell.n, cell.claims[0].n, cell.claims[0].base) == (2, 2, 5)
    assert cell.evidence == ("S1-R2-C1-1", "S1-R3-C1-1", "S1-R4-C1-1")


def test_cells_are_built_for_each_persona_and_for_everyone():
    content = build(first=1)

    assert [p.id for p in content.personas] == [EVERYONE, "persona-1", "persona-2"]
    assert content.cell("persona-1", "pay", "pain_points").n == 1
    assert content.cell("persona-2", "pay", "pain_points").n == 1
    assert content.cell("persona-1", "find", "quotes") is None


def test_what_fits_no_stage_is_counted_as_unassigned():
    assert build().unassigned == {"survey.csv": 1}


def test_what_is_no_answer_is_not_counted_as_unassigned():
    said = [(0, "n/a", "", "statement", 0.0, ""), (1, "hm", "", "statement", 0.0, "")]

    assert build(said).unassigned == {"survey.csv": 1}


def test_lines_are_in_the_output_language_and_quotes_as_written():
    content = build(language="zh-Hant")

    assert content.cell(EVERYONE, "pay", "touchpoints").lines == ("排隊等候",)
    assert content.cell(EVERYONE, "pay", "emotions").lines == ("挫折",)
    assert "the queue was too long" in content.cell(EVERYONE, "pay", "quotes").lines
    assert [s.name for s in content.stages] == ["尋找", "付款", "分享"]


def test_a_map_of_no_mentions_has_stages_and_no_cells():
    content = build([])

    assert (content.cells, content.themes, content.opportunities, content.curves) == ((), (), (), ())
    assert content.lanes == LANES
    assert [s.commented for s in content.sources] == [0]


def test_every_cell_has_a_claim_per_line_and_evidence_that_exists():
    content = build()
    known = {f"S1-R{i + 2}-C1-1" for i in range(len(SAID))}

    for cell in content.cells:
        assert len(cell.claims) == len(cell.lines)
        assert set(cell.evidence) <= known
        assert 0 <= cell.low <= cell.high <= 1


def test_the_chunk_is_not_changed():
    responses, rows = world.responses(SAID), world.mentions(SAID)
    before = rows.copy()
    Builder(responses, world.nobody(10), world.study(), "en").add(rows)

    pd.testing.assert_frame_equal(rows, before)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6))
def test_the_map_does_not_depend_on_how_mentions_were_cut(chunks):
    assert json.dumps(plain(build(chunks=chunks))) == json.dumps(plain(build()))


def test_what_others_counted_is_taken_in():
    responses, rows = world.responses(SAID), world.mentions(SAID)
    alone, helped = (Builder(responses, world.nobody(10), world.study(), "en") for _ in range(2))
    alone.add(rows)
    helped.add(rows.iloc[3:])
    helped.take(kept([stage.key for stage in world.STAGES], rows.iloc[:3]))

    assert plain(alone.result(world.REPORT)) == plain(helped.result(world.REPORT))


def test_sources_stay_apart():
    said = [(i, f"the queue number {i} was long", "pay", "pain", -0.5, "pain-waiting") for i in range(3)]
    said += [(10 + i, f"zibbel {i} is loose", "pay", "pain", -0.5, "pain-zibbel") for i in range(40)]
    said += [(10 + i, f"fine {i}", "find", "statement", 0.1, "") for i in range(40, 90)]
    content = build(said, reviewers=90)

    cell = content.cell(EVERYONE, "pay", "pain_points")
    assert cell.lines == ("queue too long", "zibbel is loose")
    assert cell.by_source == {"survey.csv": 3, "reviews.csv": 40}
    assert {c.source for c in content.curves if c.persona == EVERYONE} == {"survey.csv", "reviews.csv"}
    assert [(s.name, s.type, s.commented) for s in content.sources] == [
        ("survey.csv", "survey", 3),
        ("reviews.csv", "reviews", 90),
    ]


@pytest.mark.parametrize("unknown", ["elsewhere", None])
def test_a_stage_that_is_not_of_the_study_is_unassigned(unknown):
    assert build([(0, "hm", unknown or "", "statement", 0.0, "")]).unassigned == {"survey.csv": 1}


def test_a_bare_answer_is_counted_and_not_quoted():
    content = build([*SAID, (5, "ok", "pay", "statement", 0.1, ""), (6, "無", "pay", "statement", 0.1, "")])

    assert not {"ok", "無"} & set(content.cell(EVERYONE, "pay", "quotes").lines)


def test_a_description_in_another_language_than_the_map_is_left_out():
    described = {s.key: s.description for s in world.study().stages if s.description}

    assert described
    assert {s.key: s.description for s in build().stages if s.description} == described
    assert [s.description for s in build(language="zh-Hant").stages if s.description] == []


def test_who_was_placed_by_words_is_told_apart_from_the_respondents_of_a_persona():
    said = [(i, "the queue", "pay", "pain", -0.5, "") for i in range(12)]
    responses = world.responses(said, reviewers=2)
    formed = world.personas(12, 6)
    formed.membership.loc[[10, 11], "how"] = "text"
    builder = Builder(responses, formed, world.study(), "en")
    builder.add(world.mentions(said))

    heads = {head.id: head for head in builder.result(world.REPORT).personas}

    assert {key: head.placed for key, head in heads.items()} == {"everyone": 0, "persona-1": 0, "persona-2": 2}
