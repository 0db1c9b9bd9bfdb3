"""Sentiment, emotion and kind of one clause say the same; answers to questions for wishes are wishes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import research_kit as rk
from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import decide, framing

FEATURES = "What new features or changes would you like to see?"


def test_emotions_of_the_other_colour_are_passed_over():
    sentiment = pd.Series(pd.array(["negative", "positive", "neutral", "negative"], dtype="str"))
    emotion = np.zeros((4, len(EMOTIONS)))
    for row, (first, second) in enumerate([("joy", "anger"), ("anger", "joy"), ("anger", "joy"), ("surprise", "anger")]):
        emotion[row, EMOTIONS.index(first)], emotion[row, EMOTIONS.index(second)] = 0.6, 0.3
    clauses = pd.DataFrame({"sentiment": sentiment, "valence": [-0.5, 0.5, 0.0, -0.5]})
    kinds = np.tile(np.eye(len(MENTION_KINDS))[3], (4, 1))
    found = decide.emotion_columns(clauses, emotion, kinds, np.zeros(4, bool))
    assert found["emotion"].tolist() == ["anger", "joy", "anger", "surprise"]
    assert found["emotion_score"].tolist() == pytest.approx([0.3, 0.3, 0.6, 0.6], abs=1e-4)


def test_every_emotion_has_a_colour_or_fits_any():
    assert set(decide.GOOD) | set(decide.BAD) | {"surprise", "curiosity", "neutral"} == set(EMOTIONS)
    assert not set(decide.GOOD) & set(decide.BAD)


def test_a_neutral_pain_says_what_is_wrong_and_a_delight_is_positive():
    sentiment = pd.Series(pd.array(["neutral", "neutral", "neutral", "positive"], dtype="str"))
    kind = np.zeros((4, len(MENTION_KINDS)))
    kind[:, MENTION_KINDS.index("statement")] = 0.2
    for row, name in enumerate(("pain", "pain", "delight", "pain")):
        kind[row, MENTION_KINDS.index(name)] = 0.7
    normal = ["it is slow and broken", "the shop at the corner", "the shop", "the shop"]
    allowed = decide.kinds_allowed(kind, sentiment, normal, np.zeros(4, bool))
    assert [MENTION_KINDS[i] for i in allowed.argmax(axis=1)] == ["pain", "statement", "statement", "statement"]


@pytest.mark.parametrize(
    "question",
    [
        FEATURES,
        "What enhancements would have made your first week easier?",
        "Do you have any suggestions for the library?",
        "您希望我們推出什麼新商品？",
        "您希望增加哪些服務？",
        "请问您有什么建议？",
    ],
)
def test_questions_for_wishes(question):
    assert framing.wishes(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What could be better?",
        "What do you dislike about our app?",
        "What features do you use most?",
        "Which features do you like most?",
        "What could we improve?",
        "Any other comments or suggestions?",
        "您覺得哪裡可以改善？",
        "您最不滿意的是什麼？",
        "其他意見或建議",
    ],
)
def test_other_questions_are_none(question):
    assert not framing.wishes(question)


def test_an_answer_to_a_question_for_wishes_is_a_neutral_wish_unless_it_judges():
    texts = ["a keyboard shortcut for run all", "The current editor is terrible.", "Nothing"]
    found = rk.annotate(texts, questions=[FEATURES] * 3, unit="text")
    assert found["kind"].tolist() == ["wish", "pain", "statement"]
    assert found["sentiment"].tolist()[:2] == ["neutral", "negative"]
    assert pd.isna(found["sentiment"][2])


def test_chinese_wishes():
    found = rk.annotate(["更多插座", "素食餐點"], questions=["您希望我們增加什麼？"] * 2, unit="text")
    assert found["kind"].tolist() == ["wish", "wish"]
    assert found["sentiment"].tolist() == ["neutral", "neutral"]


def test_chinese_facts_are_not_opinions():
    facts, asked = ["寒假三个月 暑假两个月", "出示学生卡进学校"], ["寒暑假多长？", "门禁情况怎么样？"]
    found = rk.annotate(facts, questions=asked, unit="text")
    assert found["sentiment"].tolist() == ["neutral", "neutral"]
    assert found["kind"].tolist() == ["statement", "statement"]


@pytest.mark.parametrize("answer", ["-", "???", "I don't know", "not sure", "no idea", "不知道", "還沒想過", "n/a"])
def test_no_idea_is_no_wish(answer):
    assert rk.annotate([answer], questions=[FEATURES], unit="text")["kind"].tolist() == ["statement"]


def test_an_idea_is_one():
    assert framing.has_idea("know-how articles")
    assert framing.has_idea("不知道的功能說明")
