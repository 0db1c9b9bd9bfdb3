"""Finds the texts of a batch that hold given letters, or a word that begins with them: spares all others the patterns that look closer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LETTERS = 6
"""How many letters are looked at."""
_BITS = 5
_BLANK = 27


def _letters() -> np.ndarray:
    """Letters as 1..26, a blank as 27, all else as 0."""
    table = np.zeros(128, np.int64)
    table[97:123] = np.arange(1, 27)
    table[ord(" ")] = _BLANK
    return table


_LETTER = _letters()


class Beginnings:
    """Openings of words, of three to six letters and blanks each."""

    def __init__(self, openings: Sequence[str]) -> None:
        self._first = np.zeros(1 << 3 * _BITS, bool)
        self._whole: dict[int, list[int]] = {}
        for word in openings:
            number = 0
            for place, letter in enumerate(word):
                number = (number << _BITS) | int(_LETTER[ord(letter)])
                if place == 2:
                    self._first[number] = True
            self._whole.setdefault(_BITS * (LETTERS - len(word)), []).append(number)

    def among(self, codes: np.ndarray, begin: np.ndarray) -> np.ndarray:
        """Positions in ``begin``, the places where words begin, of those that begin so; six more characters must follow each."""
        maybe = np.flatnonzero(self._first[_number(codes, begin, 3)])
        number = _number(codes, begin[maybe], LETTERS)
        hit = np.zeros(len(maybe), bool)
        for rest, whole in self._whole.items():
            hit |= np.isin(number >> rest, whole)
        return np.asarray(maybe[hit])

    def held(self, texts: Sequence[str]) -> np.ndarray:
        """Which of these texts, lower-case and without line breaks, hold a word that begins so."""
        codes = np.frombuffer("\n".join(["", *texts, " " * LETTERS]).encode("utf-32-le", "surrogatepass"), np.uint32)
        letter = (codes >= 97) & (codes < 123)
        begin = np.flatnonzero(letter[1:] & ~letter[:-1]) + 1
        found = begin[self.among(codes, begin)]
        held = np.zeros(len(texts) + 1, bool)
        held[np.searchsorted(np.flatnonzero(codes == 10), found) - 1] = True
        return held[:-1]


def holding(texts: Sequence[str], signs: Sequence[str]) -> list[int]:
    """Positions of the texts that hold one of the signs. Chinese signs are looked for where something else than ASCII stands."""
    han = [i for i, text in enumerate(texts) if not text.isascii()]
    found = _held([texts[i] for i in han], [sign for sign in signs if not sign.isascii()])
    return sorted({*(han[i] for i in found), *_held(texts, [sign for sign in signs if sign.isascii()])})


def _held(texts: Sequence[str], signs: Sequence[str]) -> list[int]:
    joined = "\n".join(texts)
    places = []
    for sign in signs:
        place = joined.find(sign)
        while place >= 0:
            places.append(place)
            place = joined.find(sign, place + 1)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    found: list[int] = np.unique(np.searchsorted(ends, places, side="right")).tolist() if places else []
    return found


def _number(codes: np.ndarray, begin: np.ndarray, size: int) -> np.ndarray:
    number = np.zeros(len(begin), np.int64)
    for i in range(size):
        number = (number << _BITS) | _LETTER[np.minimum(codes[begin + i], 127)]
    return number
