"""What is said right beside things, in all English clauses of a batch at once: "small" of the seat in "the seat was too small".

As ``issues.all_said_of``, which asks one clause, of any language; here the words around a thing are looked up as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from research_kit.text.vocabulary import issues
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import codes_of, distinct, numbered, ragged
from research_kit.text.vocabulary.words import Found

BEFORE, AFTER = 3, 4
"""How many words before and after a thing speak of it."""
LENGTHS = 1 << 8
"""More words than a phrase has."""
_BREAKS = np.isin(np.arange(128), [ord(c) for c in ".,;!?"])
_LINKS = np.isin(np.arange(128), [ord(c) for c in " -"])
_LETTER = np.array([place - 96 if 97 <= place <= 122 else 0 for place in range(128)])
"""Letters as 1..26, all else as 0."""
_WORD = re.compile(r"\w+")


def said_of(things: Found, words: Said, texts: Sequence[str], named: Sequence[tuple[str, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """(position among ``things``, position of an issue in ``issues.keys``): what a batch says of the things found in it. ``named``: the words
    that stand for each key of theirs; a clause that is not English is asked for these."""
    rows, row = np.unique(things.text, return_inverse=True)
    english = np.flatnonzero(np.array([texts[i].isascii() for i in rows.tolist()], bool)[row])
    here = things.only(english)
    _, first, place = np.unique(here.place * LENGTHS + here.last - here.place, return_index=True, return_inverse=True)
    which, issue = _beside(words, here.place[first], here.last[first])
    each = np.bincount(which, minlength=len(first))
    many = each[place]
    told = issue[ragged((np.cumsum(each) - each)[place], many)]
    others = np.delete(np.arange(len(things.text)), english).tolist()
    asked = [(i, key) for i in others for key in issues.all_said_of(texts[things.text[i]], named[things.key[i]])]
    index = issues.keys().index
    return (
        np.append(np.repeat(english, many), np.array([i for i, _ in asked], np.int64)),
        np.append(told, np.array([index(key) for _, key in asked], np.int64)),
    )


def _beside(words: Said, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(position of a thing, position of an issue), in order: what the few words before and after things say of them, in their part of the
    sentence. ``first`` and ``last``: the words of the batch that each thing is made of. Nothing is said of what only names a whole
    ("great podcast app")."""
    codes, breaks = _codes(words.joined)
    thing, at = _near(words, codes, breaks, first, last)
    kind, written = _written(words, codes, at)
    told = [_may_say(word) for word in written]
    which, issue = _each([alone for alone, _ in told], kind)
    maybe, phrase = _each([phrases for _, phrases in told], kind)
    sure = _phrases(words, last[thing[maybe]], at[maybe], phrase)
    which, issue = np.append(which, maybe[sure]), np.append(issue, phrase[sure])
    pairs = np.unique(thing[which] * len(issues.keys()) + issue)
    return np.divmod(pairs, len(issues.keys()))


@lru_cache(maxsize=2)
def _codes(joined: str) -> tuple[np.ndarray, np.ndarray]:
    """(the characters of a batch, where its sentences break): asked for by pains, delights and wishes."""
    codes = codes_of(joined)
    return codes, np.flatnonzero(_BREAKS[np.minimum(codes, 127)])


def _near(
    words: Said, codes: np.ndarray, breaks: np.ndarray, first: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(position of a thing, a word near it) of all words that may say something of a thing."""
    many = last - first + 1 + BEFORE + AFTER
    thing, at = np.repeat(np.arange(len(first)), many), ragged(first - BEFORE, many)
    other = (at < first[thing]) | (at > last[thing])
    inside = np.flatnonzero((at >= 0) & (at < len(words.owner)) & other)
    inside = inside[_may_tell(codes, words.start[at[inside]])]
    thing, at = thing[inside], at[inside]
    edge = np.where(at < first[thing], first[thing], last[thing])
    part, own = (np.searchsorted(breaks, words.start[where]) for where in (at, edge))
    inside = np.flatnonzero((words.owner[at] == words.owner[edge]) & (part == own))
    inside = inside[~_of_a_whole(words, codes, last[thing[inside]])]
    return thing[inside], at[inside]


def _may_tell(codes: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Which words, by their first letters, may say something or begin a phrase that does: few do."""
    letters = [_LETTER[np.minimum(codes[np.minimum(start + i, len(codes) - 1)], 127)] for i in range(3)]
    return np.asarray(_heads()[letters[0], letters[1], letters[2]])


@cache
def _heads() -> np.ndarray:
    """By the first three characters of a word, as ``_LETTER`` numbers them. A mark may stand before it."""
    heads = np.zeros((27, 27, 27), bool)
    heads[0] = True
    for head in issues.heads():
        place = [int(_LETTER[ord(letter)]) for letter in head] + [0] * (3 - len(head))
        heads[tuple(place[:2] if len(head) < 2 else place)] = True
    return heads


def _of_a_whole(words: Said, codes: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Which things are followed by a name of the whole."""
    end = words.start[last].astype(np.int64) + words.size[last]
    after = np.minimum(last + 1, len(words.owner) - 1)
    linked = (words.start[after] == end + 1) & _LINKS[np.minimum(codes[np.minimum(end, len(codes) - 1)], 127)]
    linked[linked] = np.isin(words.words[after[linked]], issues.wholes())
    return np.asarray(linked)


def _written(words: Said, codes: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """(which of the distinct words each of these is, the distinct words as they are written)"""
    start, size = words.start[at].astype(np.int64), words.size[at].astype(np.int64)
    which, one = distinct(numbered(codes[ragged(start, size)], np.cumsum(size) - size, size))
    written = [words.joined[a : a + n] for a, n in zip(start[one].tolist(), size[one].tolist(), strict=True)]
    return which, written


@lru_cache(maxsize=issues.REMEMBERED)
def _may_say(written: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(the issues that a word says by itself, those of which a phrase may begin with it)"""
    bare = _WORD.search(written)
    return issues.begun(bare[0]) if bare else ((), ())


def _each(told: list[tuple[int, ...]], kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(position in ``kind``, issue) of all that is told of each kind."""
    many = np.fromiter(map(len, told), np.int64, len(told))
    listed = np.array([issue for issues_of in told for issue in issues_of], np.int64)
    each = many[kind]
    return np.repeat(np.arange(len(kind)), each), listed[ragged((np.cumsum(many) - many)[kind], each)]


def _phrases(words: Said, last: np.ndarray, at: np.ndarray, issue: np.ndarray) -> np.ndarray:
    """Which of these issues are said from these words on, in the words that speak of a thing; ``last``: the last word of each thing."""
    start = words.start.astype(np.int64)
    reach = np.minimum(last + AFTER, len(start) - 1)
    patterns = issues.english()
    places = zip(issue.tolist(), start[at].tolist(), (start[reach] + words.size[reach]).tolist(), strict=True)
    # A quotation mark may stand before the word.
    found = (patterns[i].match(words.joined, a + (not words.joined[a].isalnum()), b) for i, a, b in places)
    return np.fromiter((match is not None for match in found), bool, len(at))
