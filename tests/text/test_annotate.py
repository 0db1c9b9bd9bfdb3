"""annotate: shape, columns, refusals; and what sentences of three languages say (cases/text/sentences.tsv)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.errors import StudyError
from research_kit.records import EMOTIONS, MENTION_COLUMNS, MENTION_KINDS, SENTIMENTS
from research_kit.text import annotate

CASES = Path(__file__).parents[1] / "cases" / "text"


def sentences() -> list[pytest.param]:
    with (CASES / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        pytest.param(
            r["text"],
            r["question"] or None,
            int(r["sign"]),
            id=r["text"][:40],
            marks=[pytest.mark.xfail(strict=True, reason=r["known failure"])] if r["known failure"] else [],
        )
        for r in rows
    ]


@pytest.mark.parametrize(("text", "question", "sign"), sentences())
def test_sign_of_a_sentence(text: str, question: str | None, sign: int) -> None:
    """sign 1, -1: the sign of the valence; 0: not assessed, or so weak that nobody would mind."""
    value = annotate([text], questions=[question], unit="text")["valence"].iloc[0]
    found = 0 if pd.isna(value) or (sign == 0 and abs(value) < 0.35) else int(np.sign(value))

    assert found == sign


def test_one_row_per_text_in_their_order_blank_ones_too() -> None:
    found = annotate(["Great staff.", "", "等了四十分鐘", "   "], unit="text")

    assert found["text"].tolist() == ["Great staff.", "", "等了四十分鐘", "   "]
    assert found["text_id"].tolist() == [0, 1, 2, 3]
    assert found["sentiment"].isna().tolist() == [False, True, False, True]
    assert found["valence"].isna().tolist() == [False, True, False, True]


@pytest.mark.parametrize("question", ["What did you dislike?", "What did you like most?", "最不滿意的是什麼？"])
@pytest.mark.parametrize("unit", ["mention", "text"])
def test_who_left_the_question_out_says_nothing(question: str, unit: Literal["mention", "text"]) -> None:
    found = annotate(["", "  ", None, "Slow and rude."], questions=[question] * 4, unit=unit)  # type: ignore[list-item]

    blank = found[found["text_id"] < 3]
    assert blank[["sentiment", "valence", "emotion", "pain"]].isna().all(axis=None)
    assert set(blank["kind"]) == {"statement"}
    assert found["sentiment"].iloc[-1] == "negative"


def test_columns_and_values_are_those_of_the_contract() -> None:
    found = annotate(["The food was lovely but the waiter was rude.", "希望可以增加座位", "Ok"])

    assert tuple(found.columns) == MENTION_COLUMNS
    assert set(found["sentiment"].dropna()) <= set(SENTIMENTS)
    assert set(found["emotion"].dropna()) <= set(EMOTIONS)
    assert set(found["kind"]) <= set(MENTION_KINDS)
    assert found["valence"].dropna().between(-1, 1).all()


def test_no_texts_give_an_empty_frame_with_all_columns() -> None:
    for unit in ("mention", "text"):
        found = annotate([], unit=unit)
        assert len(found) == 0
        assert tuple(found.columns) == MENTION_COLUMNS


def test_a_sentence_of_two_minds_is_mixed_and_its_clauses_are_not() -> None:
    text = "The food was lovely but the waiter was rude."
    clauses = annotate([text])

    assert clauses["sentiment"].tolist() == ["positive", "negative"]
    assert clauses["kind"].tolist() == ["delight", "pain"]
    assert annotate([text], unit="text")["sentiment"].tolist() == ["mixed"]


def test_a_rating_is_reported_beside_the_judgement() -> None:
    found = annotate(["Good. Bad."], ratings=[4])

    assert found["rating"].tolist() == [4.0, 4.0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"questions": ["a"]}, "2 texts but 1 questions"),
        ({"ratings": [1, 2, 3]}, "2 texts but 3 ratings"),
        ({"languages": []}, "2 texts but 0 languages"),
        ({"unit": "word"}, "no unit 'word'"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments: dict[str, object], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        annotate(["a", "b"], **arguments)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_clauses_are_exact_pieces_of_their_text_in_order(texts: list[str]) -> None:
    found = annotate(texts)

    assert found["text_id"].is_monotonic_increasing
    assert set(found["text_id"]) == set(range(len(texts)))
    for row in found.itertuples():
        assert row.text == texts[row.text_id][row.start : row.end]


def test_the_same_texts_get_the_same_answer_whatever_stands_beside_them() -> None:
    texts = ["The app crashes every time.", "超好用，推薦！", "waited 40 minutes"]
    together = annotate(texts, unit="text")["valence"].tolist()
    alone = [annotate([t], unit="text")["valence"].iloc[0] for t in texts]

    assert together == pytest.approx(alone, abs=1e-4)


def test_sarcasm_is_flagged_and_never_flipped() -> None:
    found = annotate(
        ["Great, thanks for nothing, it broke again.", "So lovely, really happy.", "So lovely, so happy."], ratings=[1, 1, 5]
    )

    assert found.groupby("text_id")["sarcasm"].any().tolist() == [True, True, False]
    assert annotate(["So lovely, really happy."], ratings=[5])["sarcasm"].tolist() == [False]
    assert found["sentiment"].iloc[-1] == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "Great gym if you enjoy queueing",
        "Brilliant, now I pay for two gyms and can use none",
        "真棒，交了年费就搬家了",
        "謝謝店家讓我拉了兩天肚子",
    ],
)
def test_praise_under_the_worst_rating_is_flagged_where_it_is_not_read_as_blame(text: str) -> None:
    found = annotate([text, "Good place", "Awful"], ratings=[1, 5, 1])
    first = found[found["text_id"] == 0]
    assert first["sarcasm"].any() or first["sentiment"].eq("negative").any()
    assert not found[found["text_id"] == 1]["sarcasm"].any()


@pytest.mark.parametrize(
    "text",
    ["Found what I wanted", "It was fine", "Not bad", "Long queue", "It works", "菜是热的", "湯是溫的", "还可以", "房间有点小"],
)
def test_a_full_stop_changes_no_judgement(text: str) -> None:
    for question in (None, "What could be better?", "Any comments?"):
        plain, stopped = (annotate([said], questions=[question]) for said in (text, text + ("." if text.isascii() else "。")))
        assert plain["sentiment"].fillna("").tolist() == stopped["sentiment"].fillna("").tolist()
        assert plain["kind"].tolist() == stopped["kind"].tolist()


def test_half_a_character_and_a_long_run_of_marks_are_read() -> None:
    found = annotate(["\ud800 great service", '"' * 20_000], unit="text")
    assert found["sentiment"].iloc[0] == "positive"
    assert found["text_id"].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"texts": "one text"}, "give a list of texts"),
        ({"texts": ["a"], "ratings": ["good"]}, "annotate got the rating 'good'"),
        ({"texts": ["a"], "languages": ["xx"]}, "allowed are en, zh-Hant, zh-Hans"),
        ({"texts": ["a"], "stages": ["use"]}, "wants stages as rk.Stage"),
    ],
)
def test_what_annotate_cannot_use_is_refused_in_a_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        annotate(**arguments)
