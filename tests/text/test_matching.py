"""Lexicon entries in token arrays: all of them, the longest where they overlap, never across pieces."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from research_kit.text import annotate
from research_kit.text.signs import lexicon
from research_kit.text.vocabulary.matching import Matcher


def found(entries: list[list[int]], tokens: list[int], owner: list[int] | None = None) -> list[tuple[int, int]]:
    result = Matcher.of(entries).find(np.array(tokens, np.uint64), np.array(owner or [0] * len(tokens)))
    return list(zip(result.place.tolist(), result.entry.tolist(), strict=True))


def test_the_longest_entry_hides_those_inside_it() -> None:
    assert found([[1], [2], [1, 2, 3]], [1, 2, 3, 1]) == [(0, 2), (3, 0)]


def test_an_entry_never_reaches_into_the_next_piece() -> None:
    assert found([[1, 2]], [1, 2, 1, 2], [0, 1, 1, 1]) == [(2, 0)]


def test_nothing_is_found_in_nothing() -> None:
    assert found([[1, 2]], []) == []
    assert found([], [1, 2]) == []


@given(
    st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=1, max_size=6),
    st.lists(st.integers(1, 4), max_size=30),
)
def test_finds_are_true_and_never_overlap(entries: list[list[int]], tokens: list[int]) -> None:
    end = 0
    for place, entry in found(entries, tokens):
        assert tokens[place : place + len(entries[entry])] == entries[entry]
        assert place >= end
        end = place + len(entries[entry])


@given(st.lists(st.integers(1, 3), min_size=1, max_size=20))
def test_single_tokens_are_all_found(tokens: list[int]) -> None:
    assert [place for place, _ in found([[2]], tokens)] == [i for i, token in enumerate(tokens) if token == 2]


def test_a_number_is_found_whole() -> None:
    words = lexicon.load("zh", (("5星", 0.8),))
    said = lexicon.tokenized(["打了0分", "等了40分钟", "4.0分", "满分100分", "给5星", "15星"], "zh")
    found = [words.matcher.find(np.array(text, np.uint64), np.zeros(len(text), np.int64)).entry for text in said]
    numbers = [[words.forms[i] for i in entries if any(c.isdigit() for c in words.forms[i])] for entries in found]
    assert numbers == [["0分"], [], [], ["100分"], ["5星"], []]


def test_minutes_and_weeks_are_no_verdict() -> None:
    found = annotate(["车程5分钟", "住了2星期", "给了0分"], unit="text")
    assert found["sentiment"].fillna("").tolist()[2] == "negative"
    assert "negative" not in found["sentiment"].fillna("").tolist()[:2]
