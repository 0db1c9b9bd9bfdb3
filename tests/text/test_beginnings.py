"""The cheap look that spares the patterns: it finds every text that a plain search finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as some

from research_kit.text.pieces.beginnings import Beginnings, holding

TEXTS = some.lists(some.text(alphabet="abt 'é退\U0001f600.", max_size=14), max_size=6)
OPENINGS = ["aba", "bat", "tab a", "bb tta"]


@given(TEXTS)
def test_a_word_that_begins_so_is_found_in_its_text(texts: list[str]) -> None:
    found = Beginnings(OPENINGS).held(texts)

    assert found.tolist() == [any(re.search(rf"(?<![a-z]){opening}", text) is not None for opening in OPENINGS) for text in texts]


@given(TEXTS, some.lists(some.sampled_from(["ab", "t b", "退", "é退", "退t", "."]), unique=True))
def test_texts_that_hold_a_sign(texts: list[str], signs: list[str]) -> None:
    assert holding(texts, signs) == [i for i, text in enumerate(texts) if any(sign in text for sign in signs)]
