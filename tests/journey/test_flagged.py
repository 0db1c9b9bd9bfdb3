"""Praise that may be sarcasm or a slip of the rating: in no delight, quote, emotion or curve; listed for review."""

from __future__ import annotations

import pandas as pd
import pytest

from research_kit import text as text_stage
from research_kit.journey import Builder
from research_kit.journey.kept import Kept
from research_kit.records import EVERYONE, MapContent
from tests.journey import world

SAID: list[world.Said] = [
    (0, "so easy, I love paying three times", "pay", "delight", 0.8, "delight-easy"),
    (1, "easy to pay at the door", "pay", "delight", 0.6, "delight-easy"),
    (2, "easy and quick with my card", "pay", "delight", 0.4, "delight-easy"),
    (3, "the queue was far too long", "pay", "pain", -0.6, "pain-waiting"),
    (4, "an app please, brilliant people", "pay", "wish", 0.1, "wish-app"),
    (5, "wonderful, no sign anywhere", "", "statement", 0.5, ""),
]


def built(flagged: tuple[int, ...], said: list[world.Said] = SAID) -> MapContent:
    responses = world.responses(said)
    builder = Builder(responses, world.nobody(len(responses.respondents)), world.study(), "en")
    builder.add(world.mentions(said, flagged=flagged))
    return builder.result(world.REPORT)


def lines(content: MapContent, lane: str) -> tuple[str, ...]:
    cell = content.cell(EVERYONE, "pay", lane)
    return cell.lines if cell else ()


def test_what_is_flagged_is_no_delight_no_joy_no_quote_and_not_in_the_curve() -> None:
    plain, doubted = built(()), built((0,))

    assert {t.id: t.n for t in plain.themes}["delight-easy"] == 3
    assert {t.id: t.n for t in doubted.themes}["delight-easy"] == 2
    assert "S1-R2-C1-1" not in [e for t in doubted.themes for e in (*t.evidence, *t.examples)]
    assert SAID[0][1] in lines(plain, "quotes")
    assert SAID[0][1] not in lines(doubted, "quotes")
    joy = [c.n for content in (plain, doubted) for c in content.cell(EVERYONE, "pay", "emotions").claims[:1]]  # type: ignore[union-attr]
    assert joy == [4, 3]
    curve = {c.stage: (c.n, c.mean) for c in doubted.curves}
    assert curve["pay"] == (4, pytest.approx((0.6 + 0.4 - 0.6 + 0.1) / 4))


def test_it_is_listed_for_review_and_still_counted_where_nothing_is_judged() -> None:
    content = built((0, 5))

    assert content.flagged == ("S1-R2-C1-1", "S1-R7-C1-1")
    assert content.unassigned == {"survey.csv": 1}  # it fits no stage, flagged or not
    assert content.sources[0].mentions == 6
    assert built(()).flagged == ()


def test_only_praise_is_set_aside() -> None:
    """A flagged complaint stays a complaint, a flagged wish a wish."""
    content = built((3, 4))

    assert {t.id: t.n for t in content.themes} == {"delight-easy": 3, "pain-waiting": 1, "wish-app": 1}
    assert content.flagged == ("S1-R6-C1-1",)  # the wish reads slightly well: it moves no curve
    assert {c.stage: c.n for c in content.curves}["pay"] == 4


def test_a_delight_that_nobody_is_left_for_is_none() -> None:
    assert [t.id for t in built((0, 1, 2)).themes if t.kind == "delight"] == []


def test_parts_that_were_kept_apart_know_it_too() -> None:
    rows = world.mentions(SAID, flagged=(0,))
    one, other = (Kept([s.key for s in world.STAGES]) for _ in range(2))
    one.add(rows.iloc[3:])
    other.add(rows.iloc[:3])
    one.merge(other)

    assert one.table()["flagged"].tolist() == [1, 0, 0, 0, 0, 0]
    assert pd.isna(one.table()["valence"].iloc[0])


@pytest.mark.parametrize(
    ("text", "sincere"),
    [
        ("Great app if you enjoy getting fined", "The staff were friendly and helpful"),
        ("太棒了，又當機了，真是謝謝喔", "護理師很親切又有耐心"),
        ("太棒了，又闪退了，真是谢谢啊", "护士很亲切又有耐心"),
    ],
)
def test_the_worst_rating_flags_praise_but_not_what_somebody_was_asked_to_praise(text: str, sincere: str) -> None:
    """Three languages, from the text itself to the map."""
    said = [(i, t, "pay", "delight", -1.0, "") for i, t in enumerate((text, sincere, sincere))]
    responses = world.responses(said)
    comments = responses.comments.assign(
        framing=["", "", "positive"], question_text=["", "", "What did you like best?"], rating=0.0
    )
    reader = text_stage.learn(comments, world.study(), "en")
    mentions = next(iter(reader.read(comments, lambda m: m)))
    flagged = mentions.groupby("text_id")["sarcasm"].any().tolist()

    assert flagged == [True, True, False]
    assert mentions.loc[mentions["text_id"] == 2, "sentiment"].eq("positive").all()
