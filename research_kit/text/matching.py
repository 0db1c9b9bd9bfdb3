"""Finds every entry of a lexicon in a batch, on tokens (English words or Chinese characters), in numpy.

The entries' n-gram keys lie in a table of buckets; what falls into a filled bucket is checked against the full key. Of overlapping
finds the longest stays: "not bad at all" hides "not" and "bad". (An Aho-Corasick automaton answers one hit at a time, in Python.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
_BITS = np.uint64(64 - 18)


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

    def __init__(self, entries: Sequence[Sequence[int]]) -> None:
        self.longest = max((len(e) for e in entries), default=0)
        self._keys: dict[int, np.ndarray] = {}
        self._ids: dict[int, np.ndarray] = {}
        self._filled: dict[int, np.ndarray] = {}
        for n in range(1, self.longest + 1):
            chosen = [i for i, e in enumerate(entries) if len(e) == n]
            if chosen:
                self._prepare(n, np.array([entries[i] for i in chosen], np.uint64), np.array(chosen))

    def _prepare(self, n: int, grams: np.ndarray, ids: np.ndarray) -> None:
        keys = np.zeros(len(grams), np.uint64)
        for column in range(n):
            keys = _extend(keys, grams[:, column])
        keys, first = np.unique(keys, return_index=True)
        self._keys[n], self._ids[n] = keys, ids[first]
        self._filled[n] = np.zeros(1 << 18, bool)
        self._filled[n][(keys >> _BITS).astype(np.int64)] = True

    def find(self, tokens: np.ndarray, owner: np.ndarray) -> Finds:
        """Entries within one owner (piece), the longest where they overlap."""
        tokens = tokens.astype(np.uint64)
        places, lengths, found = [], [], []
        running = np.zeros(len(tokens), np.uint64)
        for n in range(1, self.longest + 1):
            if n > len(tokens):
                break
            running = _extend(running[: len(tokens) - n + 1], tokens[n - 1 :])
            if n not in self._keys:
                continue
            maybe = np.flatnonzero(self._filled[n][(running >> _BITS).astype(np.int64)])
            at = np.searchsorted(self._keys[n], running[maybe])
            at[at == len(self._keys[n])] = 0
            sure = (self._keys[n][at] == running[maybe]) & (owner[maybe] == owner[maybe + n - 1])
            places.append(maybe[sure])
            lengths.append(np.full(int(sure.sum()), n))
            found.append(self._ids[n][at[sure]])
        if not places:
            nothing = np.zeros(0, np.int64)
            return Finds(nothing, nothing, nothing)
        return _longest(np.concatenate(places), np.concatenate(lengths), np.concatenate(found))


def _longest(place: np.ndarray, length: np.ndarray, entry: np.ndarray) -> Finds:
    """Left to right, the longer first; what lies inside or reaches across an earlier one goes."""
    order = np.lexsort((-length, place))
    place, length, entry = place[order], length[order], entry[order]
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
