"""Pieces: exact offsets, sentence ends, contrast words."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_kit.text import annotate
from research_kit.text.pieces import split


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
        ("里面闷得喘不过气", ["里面闷得喘不过气"]),
        ("服務生忙不過來，等了半小時", ["服務生忙不過來，", "等了半小時"]),
        ("这价格说不过去", ["这价格说不过去"]),
        ("味道不错不过有点贵", ["味道不错", "不过有点贵"]),
        ("店員很忙不過很親切", ["店員很忙", "不過很親切"]),
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
    "that said", "other than that", "apart from that", "even though", "having said that", "while it", "while", "which", "、",
    "yet it", "thus", "whereas", "albeit", "however", "although", "unfortunately", "nevertheless",
    "nonetheless", "despite", "except", "though", "但是", "不过", "就是", "可惜", "唯一不好", "虽然", "好", "太慢", "：", ":",
    " ", "  ", "\n", " - ", "—", "–", "...", "…", "!", "?)", ".", ";", "。", "/", "~", "，", ",", "dr.", "e.g.",
    "x", " ", "\t", "é", "A", "1",
]  # fmt: skip


# The same cuts as one pattern, text by text: plain to read, and far too slow to be used.
END = r"(?:[.!?]+[)\"'\]]*(?=\s)|[。;\n]+[)\"'\]」』”]*|(?<=[\u3400-\u9fff])[!?~…]+[)\"'\]」』”]*)"
CONTRAST_EN = (
    r"(?:(?<=\s)|(?<=,))(?:but|however|although|though|whereas|except|nevertheless|nonetheless|unfortunately|despite|albeit|"
    r"(?:my|the|our) only (?:complaint|issue|problem|gripe|negative|downside|drawback|criticism)|other than that|apart from that|"
    r"on the other hand|on the (?:down|plus|up) ?side|that said|having said that|even though|yet(?= [a-z]))\b(?=[^\w]+\w+[^\w]+\w)"
)
CONTRAST_ZH = (
    r"(?:(?<!不)但(?!愿|凡|求|若)是?|不过(?!如此|是|分|关|敏|瘾)|(?<=[,、 ])(?:就是|只是|倒是)(?!说|想|要|因为)|可是|然而|可惜|美中不足|"
    r"唯一(?=.{0,4}(?:缺|不|可|遗|问|小|就|希))|除此之外|反倒|反而|(?<=[,。 ])(?:虽然|虽说|尽管|至于))"
)
SOFT = r"(?:[,、]|(?<=[\u3400-\u9fff])[ :]+(?=[\u3400-\u9fff])|\.{2,}|…+|\s[-–—]+\s|—+|(?<=\S)\s+(?=(?:and|while|whilst|which)\s)|/(?=[\u3400-\u9fff]))"
CUT = re.compile(f"(?:(?<=[\\s,])|(?![a-z0-9]))(?:(?P<end>{END})|(?P<turn>{CONTRAST_EN}|{CONTRAST_ZH})|(?P<soft>{SOFT}))")
ABBREVIATION = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|vs|no|nr|approx|e\.g|i\.e|etc|inc|ltd|min|max|a\.m|p\.m|[a-z])\.$")
WORDLIKE = re.compile(r"[^\W_]|[\U0001f300-\U0001faff\u2600-\u27bf]")


def spelled_out(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, begins a clause) of each piece of a cleaned text."""
    spans: list[tuple[int, int, bool]] = []
    begin, fresh = 0, True
    for match in CUT.finditer(text):
        at = match.start() if match.lastgroup == "turn" else match.end()
        if match.lastgroup == "end" and match.group().startswith(".") and ABBREVIATION.search(text, max(begin, at - 9), at):
            continue
        if WORDLIKE.search(text, begin, at):
            spans.append((begin, at, fresh))
            begin, fresh = at, match.lastgroup != "soft"
        else:
            fresh = fresh or match.lastgroup != "soft"
    if begin < len(text) and (not spans or WORDLIKE.search(text, begin)):
        spans.append((begin, len(text), fresh))
    elif spans:
        spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    spans = spans or [(0, len(text), True)]
    return [(spans[0][0], spans[0][1], True), *spans[1:]]


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        max_size=4,
    )
)
def test_a_batch_is_cut_as_the_pattern_cuts_each_text(texts: list[str]) -> None:
    found = split.pieces(texts)

    cut_up = list(zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), found.hard.tolist(), strict=True))
    tidy = [split.clean(text) for text in texts]
    assert cut_up == [(i, *span) for i, text in enumerate(tidy) for span in spelled_out(text)]
    said = [" ".join(tidy[i][a:b].split()) or "-" for i, a, b, _ in cut_up]
    assert list(found.clean) == said


@pytest.mark.parametrize(
    "text", ["!" * 50_000 + "a", "." * 50_000 + "a", " " * 50_000 + "and x", "x " + "- " * 20_000, "但" * 20_000]
)
def test_long_runs_of_marks_take_no_long_time(text: str) -> None:
    began = time.process_time()
    split.pieces([text])
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("The room was clean while breakfast was cold", ["The room was clean", "while breakfast was cold"]),
        ("It rained while we waited", ["It rained while we waited"]),
        (
            "Lovely staff, which is more than can be said for the food",
            ["Lovely staff", "which is more than can be said for the food"],
        ),
        ("The food is great, yet the wait is awful", ["The food is great", "yet the wait is awful"]),
    ],
)
def test_while_and_which_begin_a_clause_where_the_judgement_turns(text: str, clauses: list[str]) -> None:
    assert annotate([text])["text"].tolist() == clauses


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("slow, rude and expensive", ["slow", "rude", "and expensive"]),
        ("價格、停車、廁所", ["價格", "停車", "廁所"]),
        ("parking, food", ["parking, food"]),
        ("I came, I saw, I left", ["I came, I saw, I left"]),
    ],
)
def test_an_answer_that_is_a_list_names_each_of_its_items(text: str, items: list[str]) -> None:
    found = annotate([text], questions=["What could we do better?"])
    assert found["text"].tolist() == items
    if len(items) > 1:
        assert found["kind"].tolist() == ["pain"] * len(items)
        assert annotate([text], questions=["What could we do better?"], unit="text")["sentiment"].tolist() == ["negative"]
        assert len(annotate([text])) == 1, "in a review the words of a list explain one another"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("排隊太久，廁所又髒", ["排隊太久", "廁所又髒"]),
        ("等太久，排隊排到腳酸", ["等太久，排隊排到腳酸"]),  # the same thing twice
        ("服务员态度差，菜又难吃", ["服务员态度差", "菜又难吃"]),
        ("空调太冷，地板很脏，还有蟑螂", ["空调太冷", "地板很脏", "还有蟑螂"]),
        ("等太久，等了一個小時", ["等太久，等了一個小時"]),
        ("店员亲切，环境干净", ["店员亲切", "环境干净"]),
        ("環境乾淨整潔 護士很有愛心", ["環境乾淨整潔", "護士很有愛心"]),  # for many a blank is a full stop
        ("味道很赞，很值得推荐", ["味道很赞，很值得推荐"]),
        ("环境不错，很安静", ["环境不错，很安静"]),  # one thing, praised twice
    ],
)
def test_a_chinese_chain_is_cut_where_it_judges_something_else(text, clauses):
    assert annotate([text])["text"].tolist() == clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("办卡的时候笑脸相迎，退卡的时候没人理", ["办卡的时候笑脸相迎", "退卡的时候没人理"]),
        ("下单前秒回，下单后装死", ["下单前秒回", "下单后装死"]),
        ("白天很安靜，晚上吵到不行", ["白天很安靜", "晚上吵到不行"]),
        ("平日很好停車，假日根本沒位子", ["平日很好停車", "假日根本沒位子"]),
        ("办卡的时候很快，老师也好", ["办卡的时候很快", "老师也好"]),
    ],
)
def test_a_chinese_chain_is_cut_where_it_tells_of_another_time(text, clauses):
    assert annotate([text])["text"].tolist() == clauses
