"""A number for each word, made of its characters: the same in every run, and found for a whole batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(0xF1DE83E19937733D)
"""Of the prime, modulo 2^64."""
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)


def codes_of(text: str) -> np.ndarray:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(frozen=True)
class Chunks:
    """What stands between blanks and line breaks in texts: arrays over these chunks, but for the characters."""

    codes: np.ndarray
    """Characters of all texts, a line break between texts."""
    text: np.ndarray
    """Text of each chunk."""
    start: np.ndarray
    length: np.ndarray
    which: np.ndarray
    """Position in ``distinct``."""
    distinct: tuple[str, ...]
    first: np.ndarray
    """Of each distinct chunk: where it first occurs among the chunks."""


def chunks(texts: Sequence[str]) -> Chunks:
    """Texts (without line breaks) cut at blanks."""
    joined = "\n".join(texts)
    codes = codes_of(joined)
    line = codes == 10
    start, length = stretches(~line & (codes != 32))
    which, first = distinct(numbered(codes, start, length))
    words = zip(start[first].tolist(), length[first].tolist(), strict=True)
    return Chunks(codes, owners(start, line), start, length, which, tuple(joined[a : a + n] for a, n in words), first)


def stretches(kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(where it begins, how long it is) of each stretch of one kind; 0 is none."""
    edges = np.concatenate([[0], np.flatnonzero(kind[1:] != kind[:-1]) + 1, [len(kind)]])
    some = np.flatnonzero(kind[edges[:-1]]) if len(kind) else edges[:0]
    return edges[some], edges[some + 1] - edges[some]


def owners(place: np.ndarray, line: np.ndarray) -> np.ndarray:
    """The text of each of some places, in order; ``line``: where in all texts the line breaks between them stand."""
    many = np.diff(np.searchsorted(place, np.flatnonzero(line)), prepend=0, append=len(place))
    return np.repeat(np.arange(len(many)), many)


def distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(which of the distinct values each one is, where each distinct one first occurs)."""
    which, found = pd.factorize(values)
    first = np.empty(len(found), np.int64)
    first[which[::-1]] = np.arange(len(values))[::-1]
    return which, first


def ragged(start: np.ndarray, length: np.ndarray) -> np.ndarray:
    """start[0], start[0] + 1 ... (length[0] of them), start[1] ...: the positions of many stretches in a row."""
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(start - ends + length, length))


def numbered(codes: np.ndarray, start: np.ndarray, length: np.ndarray) -> np.ndarray:
    """The numbers of words (none of them empty) in a row of characters: a polynomial of the characters, its bits spread."""
    if not len(length):
        return np.zeros(0, np.uint64)
    powers, inverses = _powers(max(19, len(codes).bit_length()))
    value = np.cumsum(codes * powers[: len(codes)])
    total = value[start + length - 1] - value[start] + codes[start] * powers[start]
    total *= inverses[start]
    total ^= total >> np.uint64(29)
    total *= _STEP
    return np.asarray(total ^ (total >> np.uint64(32)))


@lru_cache(maxsize=2)
def _powers(bits: int) -> tuple[np.ndarray, np.ndarray]:
    """The powers of the prime from the first on, and of its inverse from the zeroth, for so many characters as have ``bits``."""
    powers, inverses = (np.cumprod(np.full(1 << bits, base)) for base in (_PRIME, _INVERSE))
    return powers, inverses * _PRIME


def numbers(words: Sequence[str]) -> np.ndarray:
    """The numbers of these words."""
    length = np.fromiter(map(len, words), np.int64, len(words))
    return numbered(codes_of("".join(words)), np.cumsum(length) - length, length)


def joined(parts: Sequence[np.ndarray], salt: int) -> np.ndarray:
    """The numbers of n-grams out of those of their words: ``parts`` are the first words, the second ..."""
    total = np.full(len(parts[0]), np.uint64(salt))
    for part in parts:
        total = (total ^ part.astype(np.uint64)) * _PRIME
        total ^= total >> np.uint64(29)
    return np.asarray(total * _STEP)


class Places:
    """Where each of some numbers, all different and well spread, stands among them."""

    def __init__(self, known: np.ndarray) -> None:
        self._known = known
        bits = min(20, len(known).bit_length() + 4)  # a small table stays where the processor finds it at once
        self._shift = np.uint64(64 - bits)
        self._table = np.full(1 << bits, -1, np.int32)
        slot = self._slots(known)
        self._table[slot[::-1]] = np.arange(len(known), dtype=np.int32)[::-1]
        # The few that share a slot with an earlier one are looked for apart.
        late = np.flatnonzero(self._table[slot] != np.arange(len(known)))
        self._late = late[np.argsort(known[late])]

    def among(self, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(which of the sought numbers are known, where each of these stands)."""
        place = self._table[self._slots(sought)]
        which = np.flatnonzero(place >= 0)
        place = place[which]
        other = np.flatnonzero(self._known[place] != sought[which])
        if len(self._late) and len(other):
            late, missed = self._known[self._late], sought[which[other]]
            at = np.minimum(np.searchsorted(late, missed), len(late) - 1)
            hit = late[at] == missed
            place[other[hit]] = self._late[at[hit]]
            other = other[~hit]
        return (np.delete(which, other), np.delete(place, other)) if len(other) else (which, place)

    def of(self, sought: np.ndarray) -> np.ndarray:
        """Positions, or -1 for any other number."""
        found = np.full(len(sought), -1, np.int32)
        which, place = self.among(sought)
        found[which] = place
        return found

    def _slots(self, numbers: np.ndarray) -> np.ndarray:
        return np.asarray(numbers >> self._shift).astype(np.int64)
