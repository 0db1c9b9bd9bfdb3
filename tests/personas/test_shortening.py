"""Clauses in a few words: whole where they fit, cut only where they may end, and told so where they could not be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.personas.shortening import DANGLING, MOST_HAN, MOST_WORDS, SPARE, compact, width


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("My children decide what we borrow", "My children decide what we borrow"),
        ("like to see what I spend", "like to see what I spend"),
        ("manage my money on my phone rather than on a computer", "manage my money on my phone"),
        ("worry about fraud when I bank on my phone", "worry about fraud"),
        ("would miss my branch if it closed", "would miss my branch"),
        ("Price is the most important thing", "Price is the most important thing"),
        ("log in", "log in"),
        ("Improve your English", "Improve your English"),
        ("be able to order ahead of time", "order ahead of time"),
        ("Men are taken more seriously", "Men are taken more seriously"),
    ],
)
def test_a_clause_ends_where_it_may(text: str, short: str) -> None:
    found = compact(text)
    assert found.text == short
    assert found.whole


@pytest.mark.parametrize(
    "text",
    [
        "never spent time considering if the word was spelled as a singular or plural noun",
        "Some experts say it's important to drink milk, but the data is inconclusive",
        "staff know exactly how each and every machine in the whole place should be used",
        "店裡的插座與網路以及座位的舒適程度都非常好",
        "價格便宜又離家裡很近，但是服務態度不太好",
    ],
)
def test_a_torso_is_told_to_be_one(text: str) -> None:
    assert not compact(text).whole


def test_few_words_are_dropped_before_a_clause_is_broken() -> None:
    assert (
        compact("ask someone to switch seats with you in order to be closer to friends", 3, spare=0).text == "ask to switch seats"
    )
    assert compact("recline your seat when you fly", 4).text == "recline seat"
    assert compact("bring a baby on a plane", 3, spare=0).text == "bring a baby"


def test_a_chinese_clause_stays_whole_or_gives_its_first_part() -> None:
    assert compact("朋友或家人介紹，或者在路上看到招牌").text == "朋友或家人介紹"
    assert compact("PTT、Dcard 等論壇").text == "PTT、Dcard 等論壇"
    assert len(compact("看" * 16).text) == MOST_HAN + SPARE * MOST_HAN // MOST_WORDS


WORDS = st.sampled_from(
    "I we my children decide what if when the a of to in on with for borrow books library price is are not , but than quiet log stay".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14), st.integers(2, 5))
def test_nothing_whole_ends_on_a_word_that_leads_on(words: list[str], most: int) -> None:
    found = compact(" ".join(words), most)
    assert 0 <= found.kept <= 1
    assert width(found.text) <= most + SPARE
    if found.whole and found.text:
        last, length = found.text.split()[-1].casefold(), len(found.text.split())
        assert last not in DANGLING or (length == 2 and last in {"in", "up", "out", "off", "on"})
