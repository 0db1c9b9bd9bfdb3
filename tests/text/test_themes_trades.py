"""What respondents of many trades say is known to be one thing, in three languages."""

from pathlib import Path

import pandas as pd
import pytest

from research_kit import language as languages
from research_kit.text.themes.model import learn
from research_kit.text.vocabulary import knowledge

CASES = Path(__file__).parent.parent / "cases/text"


def rows(name):
    return [line.split("\t") for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def sets_of(text):
    """The sets of synonyms that a text speaks of, by a word or by two words of one clause."""
    found = {key.split("\t")[0] for key, _ in knowledge.synonym_finder().find(languages.to_simplified(text).lower())}
    return found | {key for key, ways in knowledge.both().items() if any(found.issuperset(pair) for pair in ways)}


@pytest.mark.parametrize(("key", "language", "text"), rows("trades.tsv"))
def test_what_is_said_is_of_its_set(key, language, text):
    assert key in sets_of(text)


@pytest.mark.parametrize(("key", "language", "text"), rows("trades_not.tsv"))
def test_what_only_looks_alike_is_not(key, language, text):
    assert key not in sets_of(text)


def test_every_set_of_the_cases_is_said_in_three_languages():
    said = pd.DataFrame(rows("trades.tsv"), columns=["key", "language", "text"]).groupby("key")["language"].agg(set)

    assert said.map({"en", "zh-Hant", "zh-Hans"}.issubset).all()


def test_every_set_has_words_of_both_languages():
    for key, words in knowledge.synonyms().items():
        assert {word.isascii() for word in words} == {True, False}, key


@pytest.mark.parametrize("key", ["signage", "not_to_the_door", "damp"])
def test_a_pain_is_one_theme_across_languages(key):
    mine = [row for row in rows("trades.tsv") if row[0] == key]
    mentions = pd.DataFrame(
        {
            "text": [text for _, _, text in mine],
            "normal": [languages.to_simplified(text).lower() for _, _, text in mine],
            "language": [language for _, language, _ in mine],
            "kind": "pain",
            "text_id": range(len(mine)),
            "valence": -0.5,
        }
    )

    assert set(learn(mentions, (), "en").assign(mentions)) == {f"pain-{key.replace('_', '-')}"}
