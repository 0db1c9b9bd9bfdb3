"""Which theme a mention belongs to, where it speaks of several."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from research_kit.records import Theme
from research_kit.text.themes.finder import ThemeFinder
from research_kit.text.vocabulary import said

SOUP = Theme("pain-soup", "", "pain", "", terms=("soup",))
COFFEE = Theme("pain-coffee", "", "pain", "", terms=("cold coffee", "barista"))
DOOR = Theme("pain-door", "", "pain", "", terms=("door + squeak",))
SMALL = Theme("pain-room-small", "", "pain", "", terms=("room + #small",))


def best(texts: list[str], *themes: Theme, weights: Mapping[str, float] | None = None, kind: str = "") -> dict[int, str]:
    finder = ThemeFinder.of(themes, weights or {}, kind)
    places, names = finder.best(said.read(texts), texts)
    return dict(zip(np.asarray(places).tolist(), names, strict=True))


def test_texts_that_speak_of_no_theme_are_left_out() -> None:
    assert best(["the soup", "the weather", ""], SOUP, COFFEE) == {0: "pain-soup"}


def test_a_longer_phrase_says_more_than_a_word() -> None:
    assert best(["soup and cold coffee", "soup and a barista"], SOUP, COFFEE) == {0: "pain-coffee", 1: "pain-soup"}


def test_the_more_telling_term_wins() -> None:
    weights = {"pain-soup\tsoup": 1.0, "pain-coffee\tbarista": 2.0}

    assert best(["soup and a barista"], SOUP, COFFEE, weights=weights) == {0: "pain-coffee"}


def test_what_is_said_twice_counts_once() -> None:
    weights = {"pain-soup\tsoup": 1.0, "pain-coffee\tbarista": 1.5}

    assert best(["soup, soup and a barista"], SOUP, COFFEE, weights=weights) == {0: "pain-coffee"}


def test_a_pair_needs_both_its_words() -> None:
    assert best(["the door squeaks", "squeaks at the door", "the door", "it squeaks"], DOOR) == {0: "pain-door", 1: "pain-door"}


def test_a_thing_needs_its_fault_right_beside_it() -> None:
    assert best(["a small room", "the room was tiny", "a small bag in the room"], SMALL) == {
        0: "pain-room-small",
        1: "pain-room-small",
    }


@pytest.mark.parametrize(("kind", "found"), [("", {0: "pain-soup"}), ("pain", {0: "pain-soup"}), ("delight", {0: ""})])
def test_words_of_the_opposite_kind_keep_a_mention_out(kind: str, found: dict[int, str]) -> None:
    """Bombarded among delights."""
    assert best(["bombarded with soup"], SOUP, kind=kind) == found
