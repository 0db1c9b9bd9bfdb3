"""What a cell's tool-tip says: of whom a number is a share, and where the words are."""

from __future__ import annotations

from dataclasses import replace

from research_kit.records import Cell, Claim
from research_kit.write.html import journey_html
from research_kit.write.sheets.journey import tooltip
from research_kit.write.sheets.words import Words
from tests.write.conftest import content


def _cell(claims: tuple[Claim, ...], evidence: tuple[str, ...], n: int) -> Cell:
    return Cell("everyone", "report", "actions", ("Phone", "wait")[: len(claims)], n, 0.1, 0.9, evidence, {}, claims)


def test_a_ticked_answer_is_a_share_of_those_who_answered_and_a_told_one_of_those_who_commented() -> None:
    told = Claim(4, 0.03, 0.19, 49, evidence=("S1-R2-C3-1",))
    lines = tooltip(_cell((Claim(41, 0.31, 0.49, 104), told), ("S1-R2-C3-1",), 43), Words("en")).splitlines()
    assert lines[1] == "Phone: 41 of 104 people who answered the question (31% to 49%)"
    assert lines[2] == "wait: 4 of 49 people who commented (3.0% to 19%)"
    assert lines[3].startswith("Answers that were ticked have no words")
    assert lines[4] == "Click the number below: 1 mention on the Evidence sheet"


def test_one_person_is_no_people() -> None:
    one = Claim(1, 0.01, 0.2, 20, evidence=("S1-R2-C3-1",))
    assert tooltip(_cell((one,), ("S1-R2-C3-1",), 1), Words("en")).startswith("1 person, ")


def test_the_page_says_how_many_ticked_and_how_many_things_were_said() -> None:
    run = content("en", 60)
    said = run.mentions.frame()["mention_id"].iloc[0]
    told = Claim(1, 0.03, 0.19, 49, evidence=(said,))
    mixed = replace(_cell((Claim(41, 0.31, 0.49, 104), told), (said,), 42), stage="use")
    only = replace(_cell((Claim(41, 0.31, 0.49, 104),), (), 41), stage="use", lane="goals")
    rest = tuple(c for c in run.journey.cells if (c.persona, c.stage) != ("everyone", "use"))
    page = journey_html(replace(run.journey, cells=(*rest, mixed, only)), run.mentions).decode()
    assert "<small>42 people</small>" in page
    assert "what they said (1)</button>" in page
    assert "<small>41 people</small></td>" in page


def test_a_line_that_is_cut_says_so() -> None:
    one = replace(_cell((Claim(2, 0.01, 0.2, 20, evidence=("S1-R2-C3-1",)),), ("S1-R2-C3-1",), 2), lines=("waiting " * 10,))
    assert (
        tooltip(one, Words("en"))
        .splitlines()[1]
        .startswith("waiting waiting waiting waiting waiting waiting waiting wai…: 2 of 20")
    )
