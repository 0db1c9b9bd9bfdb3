"""Which language a text is in, where the text alone does not say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.records import Language
from research_kit.text.pieces import tongues

SPANISH = ["La comida llegó fría y el servicio es muy lento", "No me gusta la tienda, todo muy caro", "Excelente"]


@pytest.mark.parametrize(
    ("text", "chinese", "foreign", "language"),
    [
        ("it was fine and the staff is very kind", "zh-Hans", True, "en"),
        ("太好了", "zh-Hant", False, "zh-Hant"),
        ("太好了", "zh-Hans", False, "zh-Hans"),
        ("這間店", "zh-Hans", False, "zh-Hant"),
        ("Zorbax", "zh-Hans", False, "en"),
        ("Zorbax", "zh-Hans", True, "other"),
        (SPANISH[0], "zh-Hans", False, "other"),
    ],
)
def test_a_text_is_read_in_the_light_of_the_others(text: str, chinese: Language, foreign: bool, language: str) -> None:
    assert tongues.of_texts([text], None, np.zeros(1, int), chinese, foreign=foreign) == [language]


def test_what_is_known_of_a_comment_holds_for_its_text() -> None:
    """Two comments of one text: what is known of either is known of both."""
    found = tongues.of_texts(["ok", "fine"], [None, "zh-Hans", None], np.array([0, 0, 1]), "zh-Hant", foreign=False)

    assert found == ["zh-Hans", "en"]


@pytest.mark.parametrize(
    ("texts", "foreign"),
    [
        (SPANISH * 4, True),
        ([*SPANISH, *["The food was cold and the service is slow"] * 12], False),
        ([*SPANISH * 2, *["The food was cold and the service is slow"] * 9], False),
        (["Zorbax", "Plimth"] * 5, False),
    ],
)
def test_a_file_is_foreign_where_a_good_part_surely_is_and_most_may_be(texts: list[str], foreign: bool) -> None:
    assert tongues.mostly_foreign(pd.Series(texts)) is foreign


@pytest.mark.parametrize(
    ("texts", "outputs", "script"),
    [
        (["太好了", "這間店很慢"], "en", "zh-Hant"),
        (["太好了", "这间店很慢"], "zh-Hant", "zh-Hans"),
        (["good"], "zh-Hant", "zh-Hant"),
        (["good"], "en", "zh-Hans"),
    ],
)
def test_the_script_of_what_both_share(texts: list[str], outputs: Language, script: Language) -> None:
    assert tongues.script_of(pd.Series(texts), outputs) == script
