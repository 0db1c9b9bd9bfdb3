"""A number for each word, made of its characters: the same in every run, and found for a whole batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_PRIME = np.uint64(0x9E3779B97F4A7C15)
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
    inside = (codes != 32) & (codes != 10)
    letters = np.flatnonzero(inside)
    fresh = np.flatnonzero(np.append(True, np.diff(letters) > 1)[: len(letters)])
    start = letters[fresh]
    length = np.diff(np.append(fresh, len(letters)))
    which, first = distinct(numbered(codes[inside], length))
    words = zip(start[first].tolist(), length[first].tolist(), strict=True)
    lines = np.flatnonzero(codes == 10)
    text = np.searchsorted(lines, start) if len(lines) < len(start) / 8 else np.cumsum(codes == 10)[start]
    return Chunks(codes, text, start, length, which, tuple(joined[a : a + n] for a, n in words), first)


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


def numbered(codes: np.ndarray, length: np.ndarray) -> np.ndarray:
    """The numbers of words (none of them empty) whose characters lie end to end: a polynomial of the characters, its bits spread."""
    if not len(length):
        return np.zeros(0, np.uint64)
    first = np.cumsum(length) - length
    powers = np.cumprod(np.full(int(length.max()), _PRIME))
    value = codes.astype(np.uint64) * powers[ragged(np.zeros_like(first), length)]
    total = np.add.reduceat(value, first)
    total ^= total >> np.uint64(29)
    total *= _STEP
    return np.asarray(total ^ (total >> np.uint64(32)))


def numbers(words: Sequence[str]) -> np.ndarray:
    """The numbers of these words."""
    return numbered(codes_of("".join(words)), np.array([len(w) for w in words], np.int64))


def joined(parts: Sequence[np.ndarray], salt: int) -> np.ndarray:
    """The numbers of n-grams out of those of their words: ``parts`` are the first words, the second ..."""
    total = np.full(len(parts[0]), np.uint64(salt))
    for part in parts:
        total = (total ^ part.astype(np.uint64)) * _PRIME
        total ^= total >> np.uint64(29)
    return np.asarray(total * _STEP)


class Places:
    """Where each of some numbers, all different, stands among them; -1 for any other number."""

    _BITS = np.uint64(64 - 20)

    def __init__(self, known: np.ndarray) -> None:
        self._known = known
        self._table = np.full(1 << 20, -1, np.int32)
        slot = self._slots(known)
        self._table[slot[::-1]] = np.arange(len(known), dtype=np.int32)[::-1]
        # The few that share a slot with an earlier one are looked for apart.
        late = np.flatnonzero(self._table[slot] != np.arange(len(known)))
        self._late = late[np.argsort(known[late])]

    def of(self, sought: np.ndarray) -> np.ndarray:
        """Positions, or -1."""
        place: np.ndarray = self._table[self._slots(sought)]
        maybe = np.flatnonzero(place >= 0)
        wrong = maybe[self._known[place[maybe]] != sought[maybe]]
        place[wrong] = -1
        if len(self._late) and len(wrong):
            sorted_late = self._known[self._late]
            at = np.minimum(np.searchsorted(sorted_late, sought[wrong]), len(sorted_late) - 1)
            place[wrong] = np.where(sorted_late[at] == sought[wrong], self._late[at], -1)
        return place

    def _slots(self, numbers: np.ndarray) -> np.ndarray:
        return np.asarray(numbers >> self._BITS).astype(np.int64)
