"""What is said right beside things, in a whole batch at once: in English by the words around them, else clause by clause."""

from __future__ import annotations

import numpy as np
import pytest

from research_kit.text.vocabulary import issues, said
from research_kit.text.vocabulary.beside import said_of
from research_kit.text.vocabulary.words import Finder

THINGS = {"seat": ("seat",), "app": ("app",), "staff": ("staff", "the crew"), "房间": ("房间",)}


def told(*texts: str) -> list[set[tuple[str, str]]]:
    """{(thing, what is said of it)} of each text."""
    finder = Finder.of({word: [thing] for thing, words in THINGS.items() for word in words})
    words = said.read(texts)
    found = finder.find_all(words)
    which, issue = said_of(found, words, texts, [THINGS[key] for key in finder.keys])
    every: list[set[tuple[str, str]]] = [set() for _ in texts]
    for place, number in zip(which.tolist(), issue.tolist(), strict=True):
        every[found.text[place]].add((finder.keys[found.key[place]], issues.keys()[number]))
    return every


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the seat was too small", {("seat", "small")}),
        ("small seats everywhere", {("seat", "small")}),
        ("not enough seats in there", {("seat", "lack")}),
        ("'not enough' seats", {("seat", "lack")}),
        ("the crew were rude to us", {("staff", "rude")}),
        ("the seat, which we paid for, small", set()),  # another part of the sentence
        ("the seat that I had booked in March was small", set()),  # too far
        ("small seat. rude staff", {("seat", "small"), ("staff", "rude")}),
        ("a small app team", {("app", "small")}),
        ("the seat itself", set()),
        ("", set()),
    ],
)
def test_what_is_said_of_a_thing(text: str, expected: set[tuple[str, str]]) -> None:
    assert told(text) == [expected]


def test_each_text_of_a_batch_speaks_for_itself() -> None:
    texts = ("small", "the seat", "房间太小了", "rude", "staff", "a small seat", "the wi‑fi is fine, small seats")

    assert told(*texts) == [set(), set(), {("房间", "small")}, set(), set(), {("seat", "small")}, {("seat", "small")}]


def test_a_batch_without_things_says_nothing() -> None:
    which, issue = said_of(Finder.of({"seat": ["seat"]}).find_all(said.read(("",))), said.read(("",)), ("",), [("seat",)])

    assert not len(which)
    assert issue.dtype == np.int64


def test_one_clause_and_a_batch_agree() -> None:
    texts = ["the seat was too small", "no proper seat", "seats are filthy and worn", "comfortable seats", "i like the seat"]

    assert [{key for _, key in found} for found in told(*texts)] == [set(issues.all_said_of(text, ("seat",))) for text in texts]
