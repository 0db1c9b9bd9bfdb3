"""Pieces: exact offsets, sentence ends, contrast words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_kit.text import split


def cut(text: str) -> list[str]:
    found = split.pieces([text])
    return [text[a:b].strip() for a, b in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The food was lovely but the waiter was rude.", ["The food was lovely", "but the waiter was rude."]),
        ("Good. Cheap. Will be back!", ["Good.", "Cheap.", "Will be back!"]),
        ("Dr. Smith was kind.", ["Dr. Smith was kind."]),
        ("It cost 4.50 a month.", ["It cost 4.50 a month."]),
        ("服務很好，但是價格太貴了！下次再來", ["服務很好，", "但是價格太貴了！", "下次再來"]),
        ("等了很久。还没到", ["等了很久。", "还没到"]),
        ("很好吃 服務也不錯", ["很好吃", "服務也不錯"]),
        ("不但便宜而且好用", ["不但便宜而且好用"]),
        ("Nothing", ["Nothing"]),
    ],
)
def test_where_a_text_is_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_contrast_and_sentence_ends_begin_a_clause_and_commas_do_not() -> None:
    found = split.pieces(["Quick, cheap, but cold. Sad."])

    assert found.hard.tolist() == [True, False, True, True]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_pieces_cover_every_text_without_gap_or_overlap(texts: list[str]) -> None:
    found = split.pieces(texts)

    for number, text in enumerate(texts):
        mine = found.text == number
        assert "".join(text[a:b] for a, b in zip(found.start[mine], found.end[mine], strict=True)) == text


@given(st.text(max_size=80))
def test_cleaning_keeps_every_offset(text: str) -> None:
    assert len(split.clean(text)) == len(text)


WORDS = [
    "but", ",but", "and", "my only issue", "the only complaint is", "on the other hand", "on the upside",
    "that said", "other than that", "apart from that", "even though", "having said that", "while it",
    "yet it", "thus", "whereas", "albeit", "however", "although", "unfortunately", "nevertheless",
    "nonetheless", "despite", "except", "though", "但是", "不过", "就是", "可惜", "唯一不好", "虽然", "好", "太慢", "：", ":",
    " ", "  ", "\n", " - ", "—", "–", "...", "…", "!", "?)", ".", ";", "。", "/", "~", "，", ",", "dr.", "e.g.",
    "x", " ", "\t", "é", "A", "1",
]  # fmt: skip


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        max_size=4,
    )
)
def test_no_place_where_the_pattern_matches_is_passed_over(texts: list[str]) -> None:
    tidy = [split.clean(text) for text in texts]
    for text, places in zip(tidy, split._places(tidy), strict=True):
        assert {match.start() for match in split._CUT.finditer(text)} <= set(places)
