# ruff: noqa: E501 (tables of questions)
"""What a question asks for, and bare answers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from research_kit.text import annotate, framing, reader

QUESTIONS = pd.read_csv(
    Path(__file__).parents[1] / "cases/text/questions.tsv", sep="\t", comment="#", dtype={"set": str}, keep_default_na=False
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did you like most?", "positive"), ("What did you dislike?", "negative"), ("What could we do better?", "negative"), ("What do you not like about it?", "negative"),
        ("Why this score?", "neutral"), ("Any other comments?", "neutral"), ("Would you recommend us? Why or why not?", "neutral"), ("What feature would you like to see next?", "neutral"),
        ("最滿意的是？", "positive"), ("哪裡需要改進？", "negative"), ("您最不满意的地方是？", "negative"), ("為什麼給這個分數？", "neutral"), ("还有什么建议？", "neutral"),
        ("What hinders you in your work?", "negative"), ("What are the most pleasant aspects?", "positive"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_direction_of_a_question(question: str | None, expected: str) -> None:
    assert framing.detect(question) == expected


@pytest.mark.parametrize("part", ["1", "2", "3", "4", "5"])
def test_what_many_questions_ask_for(part: str) -> None:
    given = QUESTIONS[QUESTIONS["set"].eq(part)]
    found = [framing.WISH if framing.wishes(q) else framing.detect(q) for q in given["question"]]
    wrong = given.assign(found=found)[given["asks"] != found]
    assert len(wrong) <= 0.03 * len(given), wrong.to_string()
    assert not (wrong["found"].isin(["positive", "negative"]) & wrong["asks"].isin(["positive", "negative"])).any()


def test_framing_comes_with_the_comment_and_wishes_from_the_words_of_its_question() -> None:
    told = pd.DataFrame(
        {
            "question_text": ["What puts you off coming?", "What shall we build? Feature requests", "Age"],
            "framing": ["neutral", "", ""],
        }
    )
    assert reader.asked_of(told).tolist() == ["neutral", framing.WISH, ""]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing.",
        "n/a",
        "None!",
        "I can't think of anything",
        "Nothing could have been done better.",
        "無",
        "没有",
        "暫時沒有",
        "沒有需要改進的地方",
        "想不到",
    ],
)
def test_bare_nothing(text: str) -> None:
    assert framing.bare([text]).tolist() == [framing.NOTHING]


@pytest.mark.parametrize(
    "text",
    [
        "no wifi",
        "None of the staff helped",
        "没有停车位",
        "没有服务",
        "Nothing works",
        "沒有熱水",
        "everything was broken",
        "not much choice",
    ],
)
def test_a_short_complaint_is_no_bare_answer(text: str) -> None:
    assert framing.bare([text]).tolist() == [0]


@pytest.mark.parametrize(
    "text",
    [
        "same as above",
        "ask me again after the migration",
        "too early to say",
        "...",
        "我才剛加入",
        "同上",
        "說不上來",
        "下次再說",
        "都行",
        "没怎么用过",
    ],
)
def test_what_says_nothing_is_neither_praise_nor_blame(text: str) -> None:
    found = annotate([text] * 3, questions=["What frustrates you most?", "What do you like most?", None])
    assert found["sentiment"].isna().all()
    assert (found["kind"] == "statement").all()


@pytest.mark.parametrize(
    "text",
    [
        "同上一次的師傅又遲到",
        "I never used to wait this long",
        "難說話的店員",
        "passed around five people",
        "ask my manager twice and still no refund",
    ],
)
def test_a_complaint_that_begins_so_says_something(text: str) -> None:
    assert framing.bare([text]).tolist() == [0]


def test_so_so_is_no_merit_and_nothing_but_a_mark_no_answer() -> None:
    found = annotate(
        ["一般般", "it's ok I guess", "馬馬虎虎"], questions=["您最滿意的地方", "What do you like most?", "最滿意的是什麼？"]
    )
    assert found[["sentiment", "kind"]].to_numpy().tolist() == [["neutral", "statement"]] * 3


def test_what_follows_nothing_is_read_as_it_stands() -> None:
    asked = "What frustrates you most?"
    found = annotate(
        ["Nothing, everyone has been patient with me", "No, but the queue was far too long"], questions=[asked, asked]
    )
    assert found["sentiment"].iloc[0] == "positive"
    assert found["kind"].iloc[-1] == "pain"


def test_a_sentence_that_only_repeats_is_no_mention_of_its_own() -> None:
    found = annotate(["Always running late. Always.", "The heating failed. Again. Nobody came."])
    assert found["text"].tolist() == ["Always running late. Always.", "The heating failed. Again.", "Nobody came."]


def test_nothing_is_praise_or_blame_by_its_question() -> None:
    asked = ["What could be better?", "What did you like?", None, "哪裡需要改進？", "最滿意的是什麼？", "What could be better?"]
    found = annotate(["Nothing", "Nothing", "Nothing", "沒有", "沒有", "Everything"], questions=asked, unit="text")

    assert found["sentiment"].fillna("-").tolist() == ["positive", "negative", "-", "positive", "negative", "negative"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "qwerty",
            "asdf",
            "asdf asdf.",
            "lkjlkj",
            "asdjkl",
            "zxcvbnm",
            "dddd",
            "qweqwe",
            "sdkfjhg",
            "1234",
            "1111",
            "test",
            "testing 123",
            "this is a test",
        ),
        *("blah blah", "测试", "這是測試", "测试一下", "凑字数凑字数", "嗯嗯", "ㄅㄆㄇ"),
    ],
)
def test_what_fingers_do_on_a_keyboard_says_nothing(text: str) -> None:
    assert framing.bare([text]).tolist() == [framing.NO_IDEA]
    found = annotate([text], questions=["What would you like us to add?"])
    assert found["kind"].tolist() == ["statement"]
    assert found["sentiment"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        "wifi",
        "nhs",
        "bbq",
        "asda",
        "couscous",
        "murmur",
        "were",
        "html",
        "rhythm",
        "hmmm",
        "mmm",
        "10",
        "2020",
        "999",
        "free tests",
        "測試環境太慢",
        "测试账号",
    ],
)
def test_short_words_are_no_noise(text: str) -> None:
    assert framing.bare([text]).tolist() == [0]
