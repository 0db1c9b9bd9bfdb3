"""Phrases are short, keep what they say, and hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.personas import phrases
from research_kit.personas.phrases import polarity, stance, topic, words_of
from research_kit.personas.shortening import MOST_HAN, MOST_WORDS, SPARE, compact, width

PIECES = (
    "Do you ever the of to in order when is it rude How often important satisfied with Which following your "
    "您 會 不會 多久 喝 咖啡 ， ? never a1 q_2 - ; !"
)
TEXT = st.one_of(st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join), st.text(max_size=30))


@settings(max_examples=150, deadline=None)
@given(TEXT, st.integers(2, 5))
def test_a_compact_phrase_is_short_and_only_of_the_texts_own_words(text: str, most: int) -> None:
    found = compact(text, most)
    assert 0 <= found.kept <= 1
    assert width(found.text) <= most + SPARE
    bare = text.casefold()
    assert all(word.casefold().rstrip("…") in bare for word in found.text.split())


@settings(max_examples=150, deadline=None)
@given(
    TEXT,
    st.lists(
        st.sampled_from(["Yes", "No", "Never", "Very rude", "Agree", "同意", "不同意", "從不", "每天", "3"]),
        min_size=1,
        max_size=2,
    ),
)
def test_a_framed_question_never_breaks_and_keeps_a_share(text: str, answers: list[str]) -> None:
    found = phrases.framed(text, answers, ("Never", "Sometimes", "Always"))
    assert found is None or (0 <= found.kept <= 1 and width(found.text) <= MOST_WORDS + SPARE + 2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Fresh coffee", "Fresh coffee"),
        ("The possibility of ordering ahead of time", "ordering ahead of time"),
        ("It remembers my usual order when I come back", "It remembers my usual order"),
    ],
)
def test_long_options_are_cut_where_a_clause_ends(text: str, kept: str) -> None:
    assert compact(text).text == kept


def test_chinese_counts_in_characters() -> None:
    assert width("方便") == 1
    assert width("一二三四五六七八九十甲乙") == MOST_WORDS
    long = "店裡的插座與網路以及座位的舒適程度都非常好"
    assert len(compact(long).text) == MOST_HAN
    assert compact(long).text.endswith("…")
    assert compact("價格便宜，而且離家近，所以常常來").text == "價格便宜"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["Yes"], True), (["yes, very", "Yes - a bit"], True), (["No"], False), (["No, not at all"], False), (["Yes", "No"], None), (["Maybe"], None),
        (["會"], True), (["不會"], False), (["沒有"], False),
    ],
)  # fmt: skip
def test_yes_and_no_are_known_by_their_first_word(answers: list[str], said: bool | None) -> None:
    assert polarity(answers) is said


@pytest.mark.parametrize(
    ("answers", "levels", "shared"),
    [
        (["Very important", "Important"], (), "important"),
        (["Slightly important", "Not at all important"], ("Not at all important", "Slightly important", "Very important"), "less important"),
        (["Neutral"], (), ""),
        (["1-2 times", "3 times"], (), ""),
        (["非常重要", "重要"], (), "重要"),
        (["不重要", "非常重要"], (), "較不重要"),
    ],
)  # fmt: skip
def test_a_stance_is_what_answers_share_and_less_where_one_denies_it(
    answers: list[str], levels: tuple[str, ...], shared: str
) -> None:
    assert stance(answers, levels) == shared


@pytest.mark.parametrize(
    ("header", "words"),
    [("TrainersConsiderate", "Trainers considerate"), ("help.others", "Help others"), ("NPS", "NPS"), ("two words", "two words")],
)
def test_headers_in_one_piece_become_words(header: str, words: str) -> None:
    assert words_of(header).casefold() == words.casefold()


def test_a_topic_has_three_words_at_most() -> None:
    for text in (
        "How important is the friendliness of the people who work there to you?",
        "Which of the following drinks do you order?",
        "您平均每次停留多久？",
    ):
        found = topic(text)
        assert found is not None
        assert width(found.text) <= 4
    assert topic("Q12_3") is None
