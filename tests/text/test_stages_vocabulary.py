"""Words, stems and the finder behind stages, touchpoints and themes; the hand-written tables."""

import numpy as np
import pytest

from research_kit.text.vocabulary import general, knowledge, stopwords, vectors
from research_kit.text.vocabulary.words import Finder, stem, tokens


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        ("wait waits waited waiting", True),
        ("share shares shared sharing", True),
        ("plan plans planned planning", True),
        ("pay pays paid paying", True),
        ("delivery deliveries", True),
        ("crash crashes crashed crashing", True),
        ("care cared caring", True),
        ("car care", False),
        ("thing think", False),
        ("use us", False),
    ],
)
def test_stems(forms, same):
    assert (len({stem(form) for form in forms.split()}) == 1) is same


def test_tokens_are_stems_and_runs_of_chinese():
    assert tokens("app 闪退了, reloading") == ("app", "闪退了", "reload")


def test_the_longest_phrase_wins_and_idioms_hide_what_they_hold():
    finder = Finder.of(
        {"course": ("course",), "course content": ("content",), "排队": ("queue",), "排队系统": ("system",)}, ["of course"]
    )

    assert finder.find("of course the course content and the courses") == [("content", 2), ("course", 1)]
    assert [key for key, _ in finder.find("排队系统很好，排队很久")] == ["system", "queue"]


def test_features_leave_function_words_out_and_phrasing_keeps_them():
    assert vectors.features("the staff was next to the door") == ["staff", "door"]
    assert "next" in vectors.phrasing("next time")
    assert stopwords.bare("排队的时间") == ["排队"]


def test_a_vectorizer_without_words_is_none():
    assert vectors.vectorizer(["the of", "and"]) is None


def test_corpus_weights_say_nothing_of_unknown_words():
    logits = general.logits("clause", ["qzx", "i recommend it to all my friends"])

    np.testing.assert_array_equal(logits[0], np.zeros(6))
    assert general.JOURNEY[int(logits[1].argmax())] == "advocacy"


def test_tables_are_sound():
    stages = knowledge.common_stages()

    assert {stage.journey for stage in stages.values()} == set(general.JOURNEY)
    assert set(general.JOURNEY) <= set(stages)
    assert {concept.kind for concept in knowledge.concepts().values()} == {"aspect", "problem"}
    assert set(knowledge.forms("things").split()) <= set(knowledge.synonyms())


def test_a_word_means_one_set_of_synonyms():
    special = {"payment_failed": "payment", "not_received": "delivery"}  # what goes wrong with a thing is said of the thing too
    owners: dict[str, str] = {}
    for key, words in knowledge.synonyms().items():
        for word in words:
            if not key.startswith("_"):
                first = owners.setdefault(word, key)
                assert first == key or special.get(key) == first or special.get(first) == key, word


def test_a_set_that_two_words_say_is_made_of_sets():
    sets = knowledge.synonyms()

    assert {key for key, ways in knowledge.both().items() for key in (key, *(side for way in ways for side in way))} <= set(sets)
    assert {key for key in sets if key.startswith("_")} <= {
        side for ways in knowledge.both().values() for way in ways for side in way
    }


def test_the_weights_are_small():
    assert general.TARGET.stat().st_size < 1_000_000
