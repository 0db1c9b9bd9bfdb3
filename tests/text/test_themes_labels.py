"""Names of themes."""

import pandas as pd
import pytest

from research_kit.records import Theme
from research_kit.text.theme_labels import named


def label(texts, *, terms=("@size",), kind="pain", languages=None, language="en"):
    mentions = pd.DataFrame({"text": texts, "language": languages or [language] * len(texts)})
    theme = Theme("t", "", kind, "", terms=terms)
    return named([theme], mentions, pd.Series(["t"] * len(texts)), (), language)[0].label


def test_a_short_phrase_is_taken_over_a_sentence():
    assert label(["I really thought that my usual size would fit me here too", "runs small", "But it runs small"]) == "runs small"


def test_the_part_that_holds_the_theme_is_taken():
    assert label(["好吃，可惜插座太少"], terms=("插座",), language="zh-Hant") == "插座太少"


def test_a_long_clause_gives_the_words_around_the_term():
    long = "after all of that the nice lady said to us that the tab completion of it had not been there at all today"

    assert label([long], terms=("tab completion",)) == "tab completion"


def test_the_language_of_the_study_is_preferred_where_enough_use_it():
    texts, languages = ["too small", "尺寸偏小"], ["en", "zh-Hant"]

    assert label(texts, languages=languages, language="zh-Hant") == "尺寸偏小"
    assert label(texts, languages=languages, language="en") == "too small"


@pytest.mark.parametrize("text", ["runs small, as written!", "  尺寸偏小 "])
def test_a_label_stands_in_what_was_written(text):
    assert label([text], language="en" if text.isascii() else "zh-Hans") in text
