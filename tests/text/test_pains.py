"""The thing and what is wrong with it, as it was written."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_kit.text import pains
from research_kit.text.pieces import split


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("However, I think the app is too slow to load", "the app is too slow to load"),
        ("但是我覺得價格太貴。", "價格太貴"),
        ("唯一缺點就是店內冷氣太冷", "店內冷氣太冷"),
        ("the only thing that's missing is a button", "that's missing is a button"),
        ("No parking.", "No parking"),
        ("!!!", "!!!"),
        (
            "客服電話等了四十分鐘才有人接，而且接了也只會叫我重開機，根本沒有解決問題，真的很浪費時間，我們全家都在旁邊看",
            "客服電話等了四十分鐘才有人接，而且接了也只會叫我重開機，根本沒有解決問題",
        ),
    ],
)
def test_frames_go_and_long_clauses_are_cut_to_the_complaint(clause, phrase):
    assert pains.phrase(clause) == phrase


def test_only_pains_in_which_something_is_wrong_have_a_phrase():
    mentions = pd.DataFrame(
        {
            "text": ["too slow", "great", "Git", "Git"],
            "normal": ["too slow", "great", "git", "git"],
            "kind": ["pain", "delight", "pain", "pain"],
            "sentiment": ["negative", "positive", "neutral", "negative"],
        },
        index=[3, 5, 7, 9],
    )

    phrases = pains.extract(mentions)

    assert phrases.index.tolist() == [3, 5, 7, 9]
    assert [None if pd.isna(p) else p for p in phrases] == ["too slow", None, None, "Git"]


@given(st.text(alphabet="abc but however 但是太慢，。.!' ", max_size=300))
def test_a_phrase_is_always_a_piece_of_the_clause(clause):
    assert pains.phrase(clause) in clause


@pytest.mark.parametrize(
    ("text", "sentiment", "shown"),
    [
        ("the download keeps failing", "negative", True),
        ("I sigh every single time I think of that company", "negative", False),
        ("the battery stops and does not charge", "neutral", True),
        ("I lost interest but fine", "neutral", False),
        ("Git", "negative", True),
        ("載入一直失敗", "negative", True),
    ],
)
def test_ill_feeling_alone_has_no_phrase_and_a_told_fault_has_one(text, sentiment, shown):
    mentions = pd.DataFrame({"text": [text], "normal": [split.clean(text)], "kind": ["pain"], "sentiment": [sentiment]})

    assert pains.extract(mentions).notna().tolist() == [shown]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("一卡通，打卡消费", False), ("每晚都擺在床邊", False), ("至少有三種", False), ("前盤有冷切肉", False),
        ("刷卡机卡住了", True), ("晚上才送到", True), ("湯是冷的", True), ("没有多少选择", True),
    ],
)  # fmt: skip
def test_a_cue_inside_a_harmless_word_complains_of_nothing(text, wrong):
    assert pains.complains(text) is wrong
