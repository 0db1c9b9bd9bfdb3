"""Terms that make themes."""

import numpy as np
import pandas as pd
import pytest

from research_kit.text.themes.drafts import SMALL, drafts, readable
from research_kit.text.themes.kin import WEAK
from research_kit.text.themes.offers import Offers, candidates
from research_kit.text.themes.terms import Heard, Table, family
from research_kit.text.vocabulary import said


def table(*texts: str) -> Table:
    mentions = pd.DataFrame({"normal": texts, "unit": range(len(texts)), "text_id": range(len(texts))})
    return Table.of(Heard.of(mentions), Offers.of(texts))


def test_candidates_are_stems_phrases_and_pieces_of_chinese_without_function_words():
    assert candidates("the keyboard shortcuts of my browser") == ["keyboard", "shortcut", "keyboard shortcut", "browser"]
    assert "插座" in candidates("店里的插座太少了")
    assert all("的" not in c and "时间" not in c for c in candidates("店里的插座时间太少了"))


def test_a_masked_name_is_no_candidate():
    assert candidates("xxxx was here") == []


@pytest.mark.parametrize(
    ("a", "b", "same"), [("interactiv", "interactivity", True), ("visualiz", "visualis", True), ("print", "price", False)]
)
def test_forms_of_a_word_are_a_family(a, b, same):
    assert (family(a) == family(b)) is same


def test_a_piece_that_only_occurs_in_a_longer_term_is_no_term():
    rows = table(*["tab groups"] * 4).rows

    assert "tab group" in rows
    assert "tab" not in rows


def test_a_set_that_is_one_phrase_every_time_is_that_set():
    assert "@signage" in table(*["got lost in the west wing"] * 3, "got lost twice").rows
    assert "@autocomplete" in table(*["tab completion"] * 4).rows


def test_a_piece_of_chinese_that_always_has_the_same_neighbour_is_no_word():
    rows = table("看菜单封面", "菜单封面", "这份菜单封面很花", "菜单很旧", "菜单").rows

    assert "菜单" in rows
    assert "单封" not in rows


def test_synonyms_that_are_one_other_word_stand_back():
    texts = [f"the extra charge number {i} fee" for i in range(5)]

    assert "@hidden_fees" in table(*texts).rows
    assert "@security" not in table(*[f"type safe thing {i}" for i in range(9)]).rows


def test_drafts_cover_the_mentions_and_slugs_become_words():
    texts = [f"large file {i}" for i in range(6)] + [f"hot soup {i}" for i in range(5)]
    found = drafts(table(*texts), table(*texts), "pain")
    readable(found, said.read(texts))

    assert {draft.slug for draft in found} == {"large-file", "hot-soup"}


def test_a_word_that_names_no_thing_is_no_theme_where_others_use_it_too():
    texts = [f"it stopped {word}" for word in ("there", "again", "yesterday", "here", "twice")]
    others = ["we stopped by on our way", "stopped in May", "he stopped to help", "I stopped at noon"]

    assert drafts(table(*texts), table(*texts, *others), "pain") == []
    assert [d.slug for d in drafts(table(*texts), table(*texts), "pain")] == ["stop"]


def test_a_word_of_those_who_are_left_out_is_a_theme_of_a_small_study():
    texts = ["open on sunday", "sundays too", "could you collect on sunday evening", "cheaper by the week", "warm soup"]
    found = drafts(table(*texts), table(*texts, "never on sunday"), "wish")

    assert [(d.slug, d.terms) for d in found if "sunday" in d.terms] == [("sunday", {"sunday": WEAK})]
    assert drafts(table(*texts[:2]), table(*texts[:2]), "wish") == []
    many = [f"box number q{i}x arrived" for i in range(SMALL)]
    assert [d for d in drafts(table(*texts, *many), table(*texts, *many), "wish") if "sunday" in d.terms] == []


@pytest.mark.parametrize("text", ["avoid", "excellent", "love it", "great app"])
def test_a_verdict_that_many_give_is_no_word_of_theirs(text):
    texts = [text, f"{text}!", f"{text} ..", text]

    assert [d for d in drafts(table(*texts), table(*texts), "delight") if WEAK in d.terms.values()] == []


def test_praise_is_no_theme_of_a_pain():
    texts = ["so easy", "not so easy", "easy they said", "an easier way"]

    assert [d.slug for d in drafts(table(*texts), table(*texts), "delight")] == ["easy"]
    assert drafts(table(*texts), table(*texts), "pain") == []


def test_a_batch_offers_what_its_texts_offer():
    texts = [
        "the keyboard shortcuts of my browser",
        "keyboard shortcuts in a 浏览器 browser",
        "插座太少了 keyboard shortcut",
        "插座太少",
        "店里的插座太少了",
        "xxxx 2024 browsers",
    ]
    offered = Offers.of(texts)
    each = [set(candidates(text)) for text in texts]
    often = {term for found in each for term in found if sum(term in other for other in each) >= 3}
    assert {"keyboard shortcut", "browser", "插座"} <= often == set(offered.names)
    assert [{term for term, _ in offered.counted(np.array([i]), 1)} for i in range(len(texts))] == [
        found & often for found in each
    ]
    assert dict(offered.counted(np.array([0, 1, 2]), 3)) == {"keyboard": 3, "keyboard shortcut": 3, "shortcut": 3}
    some = offered.only(np.array([True, True, True, False, False, False]))
    assert {term: rows.tolist() for term, rows in some.places()} == {
        term: [0, 1, 2] for term in ("keyboard", "keyboard shortcut", "shortcut")
    }
