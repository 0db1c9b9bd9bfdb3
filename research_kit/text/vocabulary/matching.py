"""Finds every entry of a lexicon in a batch, on tokens (English words or Chinese characters), in numpy.

The beginnings of all entries lie in tables; what begins as one of them goes on to the next token. Of overlapping finds the longest stays:
"not bad at all" hides "not" and "bad". (An Aho-Corasick automaton answers one hit at a time, in Python.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from research_kit.text.vocabulary.numbers import Places

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
ROUNDS = 8
"""Overlaps that are settled for a whole batch at once; longer chains of them one by one."""


@dataclass(frozen=True)
class Finds:
    """Entries found, in order of place: arrays of one length."""

    place: np.ndarray
    """Position of the first token in the batch."""
    length: np.ndarray
    """Tokens."""
    entry: np.ndarray
    """Which entry of the lexicon."""


def _extend(keys: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    keys = (keys * _STEP + tokens) * _PRIME
    keys ^= keys >> np.uint64(31)
    return keys


class Matcher:
    """Sequences of tokens to look for. Later duplicates of an entry are ignored."""

    def __init__(self, tokens: np.ndarray, length: np.ndarray) -> None:
        """``tokens`` of all entries in a row, and how many each of them has."""
        self.longest = int(length.max(initial=0))
        self._begun: list[tuple[Places, np.ndarray]] = []
        """Per length: what begins so, and the entry that is no longer than that, or -1."""
        start, keys = np.cumsum(length) - length, np.zeros(len(length), np.uint64)
        going = np.flatnonzero(length > 0)
        for n in range(1, self.longest + 1):
            keys[going] = _extend(keys[going], tokens[start[going] + n - 1])
            ends = length[going] == n
            whole_first = np.concatenate([going[ends], going[~ends]])
            begun, first = np.unique(keys[whole_first], return_index=True)
            entry = whole_first[first]
            self._begun.append((Places(begun), np.where(length[entry] == n, entry, -1)))
            going = going[~ends]

    @classmethod
    def of(cls, entries: Sequence[Sequence[int]]) -> Matcher:
        """Of entries as lists."""
        length = np.fromiter(map(len, entries), np.int64, len(entries))
        return cls(np.fromiter(chain.from_iterable(entries), np.uint64, int(length.sum())), length)

    def find(self, tokens: np.ndarray, owner: np.ndarray) -> Finds:
        """Entries within one owner (piece), the longest where they overlap."""
        return _longest(self.hits(tokens, owner))

    def hits(self, tokens: np.ndarray, owner: np.ndarray, alike: tuple[np.ndarray, np.ndarray] | None = None) -> Finds:
        """All entries within one owner, in order of place, the longer first. ``alike``: which of the distinct tokens each one is, and these,
        where they are known."""
        tokens = tokens.astype(np.uint64)
        at = nothing = np.zeros(0, np.int64)
        keys = np.zeros(0, np.uint64)
        found = [(nothing, nothing, nothing)]
        for n, (begun, entries) in enumerate(self._begun, 1):
            if n == 1:
                at, keys, beginning = _first(begun, tokens, alike)
            else:
                inside = np.flatnonzero(owner[np.minimum(at + (n - 1), len(tokens) - 1)] == owner[at])
                inside = inside[at[inside] <= len(tokens) - n]
                at, keys = at[inside], keys[inside]
                keys = _extend(keys, tokens[at + (n - 1)])
                which, beginning = begun.among(keys)
                at, keys = at[which], keys[which]
            if not len(at):
                break
            entry = entries[beginning]
            whole = np.flatnonzero(entry >= 0)
            found.append((at[whole], np.full(len(whole), n), entry[whole]))
        place, length, entry = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.argsort(place * (self.longest + 1) - length, kind="stable")
        return Finds(place[order], length[order], entry[order])


def _first(
    begun: Places, tokens: np.ndarray, alike: tuple[np.ndarray, np.ndarray] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(the places of tokens with which an entry begins, their keys, what begins so)"""
    which, words = alike if alike is not None else (None, tokens)
    keys = _extend(np.zeros(1, np.uint64), words.astype(np.uint64))
    if which is None:
        at, beginning = begun.among(keys)
        return at, keys[at], beginning
    place = begun.of(keys)[which]
    at = np.flatnonzero(place >= 0)
    return at, keys[which[at]], place[at]


def leftmost(hits: Finds) -> Finds:
    """Of hits in order, those that no earlier one that stays reaches into."""
    place, length, entry = hits.place, hits.length, hits.entry
    for _ in range(ROUNDS):
        reach = np.concatenate([[-1], np.maximum.accumulate(place + length)[:-1]])
        free = place >= reach[: len(place)]
        if free.all():
            return Finds(place, length, entry)
        # The free ones stay; what begins inside the nearest free one before it goes.
        latest = np.maximum.accumulate(np.where(free, np.arange(len(place)), 0))
        keep = free | (place >= (place + length)[latest])
        place, length, entry = place[keep], length[keep], entry[keep]
    kept, end = [], -1
    for i, (begin, size) in enumerate(zip(place.tolist(), length.tolist(), strict=True)):
        if begin >= end:
            kept.append(i)
            end = begin + size
    return Finds(place[kept], length[kept], entry[kept])


def _longest(hits: Finds) -> Finds:
    """Left to right, the longer first; what lies inside or reaches across an earlier one goes."""
    place, length, entry = hits.place, hits.length, hits.entry
    while len(place):
        reach = np.maximum.accumulate(place + length)
        before = np.concatenate([[-1], reach[:-1]])
        inside = place + length <= before
        across = (place < before) & ~inside
        # Of two that cross, the longer wins; a chain of crossings is settled round by round.
        loses = inside.copy()
        crossing = np.flatnonzero(across)
        longer = length[crossing] > length[crossing - 1]
        loses[crossing[~longer]] = True
        loses[crossing[longer] - 1] = True
        if not loses.any():
            break
        keep = ~loses
        place, length, entry = place[keep], length[keep], entry[keep]
    return Finds(place, length, entry)
