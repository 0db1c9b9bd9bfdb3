"""What holds whatever stands in the cells."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.labels import keys, label
from research_kit.questions import understand
from research_kit.questions.amounts import amount
from research_kit.questions.joined import split
from research_kit.questions.profile import norm, profile
from research_kit.records import COMMENT_COLUMNS, KINDS, LANGUAGES, RESPONDENT_COLUMNS, ROLES

from .exports import make_export, study_of

POOL = [
    "",
    "Yes",
    "No",
    "1",
    "2",
    "3",
    "4",
    "5",
    "10",
    "N/A",
    "Very satisfied",
    "Satisfied",
    "Neutral",
    "Daily",
    "Weekly",
    "a, b",
    "b, c",
    "a; b",
    "2024-01-02",
    "25-34",
    "55+",
    "$1,000",
    "★★★",
    "4/5",
    "10 - best",
    "非常同意",
    "同意",
    "普通",
    "不同意",
    "每天",
    "1萬以下",
    "x@y.org",
    "R_123456789012345",
    "=1+1",
    "(((",
    "a┋b",
    "\x00",
    "é" * 300,
    "I do not know what to say about it, really.",
    "等了四十分鐘，太久了。",
    "-99",
    "1e5",
    "NaN",
    "5'4\"",
    "12:30",
    "Other: something",
    "\u200b",
    "﷽",
    "a\nb",
]
HEADERS = [
    "",
    "Q1",
    "Q1_1",
    "Q1_2",
    "Q5[SQ001]",
    "1. Age",
    "2、您的性別",
    "Rate it [Speed]",
    "Rate it [Price]",
    "Why?",
    "Other (please specify)",
    "Rank: A",
    "Rank: B",
    "email",
    "Timestamp",
    "How likely are you to recommend us?",
    "Select all that apply",
    "weight",
    "3(搜索)",
    "3(推荐)",
    "Aspect #1:What do you like about it here?",
    "Aspect #2:What do you like about it here?",
    "=cmd|' /C calc'!A0",
]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    width = draw(st.integers(1, 6))
    heads = draw(st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width))
    pools = [draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=6)) for _ in range(width)]
    rows = draw(st.integers(0, 25))
    return heads, [[pools[j][draw(st.integers(0, len(pools[j]) - 1))] for j in range(width)] for _ in range(rows)]


@settings(max_examples=120, deadline=None)
@given(tables())
def test_every_table_is_understood_and_adds_up(table: tuple[list[str], list[list[str]]]) -> None:
    heads, rows = table
    export = make_export(heads, rows)
    responses = understand([export], study_of(export))
    assert tuple(responses.respondents.columns) == RESPONDENT_COLUMNS
    assert tuple(responses.comments.columns) == COMMENT_COLUMNS
    assert len(responses.respondents) == len(responses.answers) == len(rows)
    assert len({q.key for q in responses.questions}) == len(responses.questions)
    assert sorted(responses.answers.columns) == sorted(c for q in responses.questions for c in q.answer_columns)
    taking_part = int(responses.included().sum())
    for question in responses.questions:
        assert question.kind in KINDS
        assert question.role in ROLES
        assert question.reason
        assert question.n + question.missing == taking_part
        assert set(question.columns) <= set(range(len(heads)))
    assert {p for q in responses.questions for p in q.columns} <= set(range(len(heads)))
    assert responses.comments["unit"].isin(responses.respondents.index[responses.included()]).all()
    assert responses.comments["text"].str.strip().ne("").all()
    assert responses.comments["comment"].is_unique
    assert responses.comments["rating"].dropna().between(0, 1).all()


@settings(max_examples=20, deadline=None)
@given(tables())
def test_the_same_table_gives_the_same_responses(table: tuple[list[str], list[list[str]]]) -> None:
    export = make_export(*table)
    first, second = understand([export], study_of(export)), understand([export], study_of(export))
    assert first.questions == second.questions
    assert first.notes == second.notes
    pd.testing.assert_frame_equal(first.answers, second.answers)
    pd.testing.assert_frame_equal(first.comments, second.comments)


@given(st.lists(st.sampled_from(POOL), max_size=40))
def test_a_profile_counts_every_answer_once(values: list[str]) -> None:
    column = profile(pd.Series(values, dtype="str"))
    assert column.n == int((column.codes >= 0).sum()) == int(column.counts.sum())
    assert list(column.counts) == sorted(column.counts, reverse=True)
    for code, value in zip(column.codes, values, strict=True):
        assert code == -1 or norm(column.values[code]) == norm(value)


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    found = amount(text)
    assert found is None or found.low <= found.high


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=5).filter(str.strip), min_size=1, max_size=6))
def test_what_was_joined_comes_apart(parts: list[str]) -> None:
    wanted = [" ".join(p.split()) for p in parts]
    for mark in ("┋", ";", "、", "|"):
        assert split(mark.join(parts), mark) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_sentences_in_every_language(language: str) -> None:
    for key in keys("questions"):
        assert label("questions", key, language).endswith((".", "。")), key  # type: ignore[arg-type]


def test_the_reason_is_in_the_language_of_the_study() -> None:
    export = make_export(["Do you like it?"], [["Yes"], ["No"]])
    assert understand([export], study_of(export)).questions[0].reason == "The answers are yes or no. It may form personas."
    assert (
        understand([export], study_of(export, language="zh-Hant")).questions[0].reason
        == "回答是「是」或「否」。可用來形成人物誌。"
    )
