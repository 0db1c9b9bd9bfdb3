"""Normalised texts -> flat arrays of words (``flat.Said``). Each distinct word is read once in Python (its stem, or what an apostrophe or
a "+" makes of it); everything else is numpy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd

from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import codes_of, distinct, numbered, numbers, owners, ragged, stretches
from research_kit.text.vocabulary.words import stem, tokens

_LATIN, _HAN = 1, 2
REMEMBERED = 200_000
"""Distinct words that are kept in mind from batch to batch."""


def _groups() -> np.ndarray:
    """Of each character: part of a word of Latin letters (and what may stand inside one), Chinese, or neither."""
    table = np.zeros(1 << 16, np.int8)
    table[[ord(c) for c in "abcdefghijklmnopqrstuvwxyz0123456789+#'’"]] = _LATIN
    table[0x3400:0x4DC0] = _HAN
    table[0x4E00:0xA000] = _HAN
    return table


_GROUP = _groups()


def read(texts: Iterable[str]) -> Said:
    """The words of normalised texts. The last batches are remembered: every finder asks for them."""
    return _remembered(tuple(texts))


def read_once(texts: Iterable[str]) -> Said:
    """The words of normalised texts that nobody asks for again."""
    return _read(tuple(texts))


def texts_of(mentions: pd.DataFrame) -> list[str]:
    """What the mentions say, normalised."""
    column = mentions["normal"]
    found: list[str] = (column if column.dtype == object else column.astype(str)).tolist()
    return found


def spelled(words: np.ndarray) -> list[str]:
    """The stems of a batch that was just read, from their numbers."""
    return _vocabulary.spelled(words)


def _read(texts: tuple[str, ...]) -> Said:
    joined = "\n".join(texts)
    if joined.count("\n") != max(len(texts) - 1, 0):
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    codes = codes_of(joined)
    group = _GROUP[np.minimum(codes, 0xFFFF)]
    start, length = stretches(group)
    if not len(start):
        return Said(len(texts), np.zeros(0, np.uint64), start, start > 0, codes[:0], start, joined, start, start)
    number = numbered(codes, start, length)
    latin = group[start] == _LATIN
    words, count = _stemmed(number, latin, start, length, joined)
    owner = owners(start, codes == 10)
    first = np.cumsum(count) - count
    return Said(
        len(texts), words, np.repeat(owner, count), np.repeat(latin, count), codes[group == _HAN],
        np.repeat(first[~latin], length[~latin]), joined, np.repeat(start, count).astype(np.int32),
        np.repeat(np.minimum(length, 255), count).astype(np.uint8),
    )  # fmt: skip


_remembered = lru_cache(maxsize=12)(_read)


def forget() -> None:
    """Let go of the batches that were read: nobody will ask for them again."""
    _remembered.cache_clear()


def _stemmed(
    number: np.ndarray, latin: np.ndarray, start: np.ndarray, length: np.ndarray, joined: str
) -> tuple[np.ndarray, np.ndarray]:
    """The words of all chunks in a row, and how many each chunk holds: Chinese runs are words, of Latin ones come the stems."""
    which, first = distinct(number[latin])
    place = np.flatnonzero(latin)[first]
    begin, many, stems = _vocabulary.stems(number[place], joined, start[place], length[place])
    count = np.ones(len(number), np.int64)
    count[latin] = many[which]
    words = np.empty(int(count.sum()), np.uint64)
    is_latin = np.repeat(latin, count)
    words[~is_latin] = number[~latin]
    words[is_latin] = stems[ragged(begin[which], count[latin])]
    return words, count


class _Vocabulary:
    """The stems of chunks of Latin letters that were met, by number, and what the stems look like."""

    def __init__(self) -> None:
        self._place: dict[int, int] = {}
        self._spelled: dict[int, str] = {}
        self._begin = self._many = np.zeros(0, np.int64)
        self._stems = np.zeros(0, np.uint64)

    def stems(
        self, number: np.ndarray, joined: str, start: np.ndarray, length: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(where the stems of each chunk begin, how many it has, all stems by their numbers)."""
        if len(self._place) > REMEMBERED:
            self.__init__()  # type: ignore[misc]
            _remembered.cache_clear()
        known = self._place
        keys = number.tolist()
        missing = [i for i, key in enumerate(keys) if key not in known]
        new = [
            (keys[i], (stem(word),) if (word := joined[a : a + n]).isalpha() and word.isascii() else tokens(word))
            for i, a, n in zip(missing, start[missing].tolist(), length[missing].tolist(), strict=True)
        ]
        if new:
            stems = [stem for _, found in new for stem in found]
            found = numbers(stems)
            self._spelled.update(zip(found.tolist(), stems, strict=True))
            many = np.fromiter((len(found) for _, found in new), np.int64, len(new))
            known.update(zip((key for key, _ in new), range(len(known), len(known) + len(new)), strict=True))
            self._begin = np.append(self._begin, len(self._stems) + np.cumsum(many) - many)
            self._many = np.append(self._many, many)
            self._stems = np.append(self._stems, found)
        place = np.fromiter(map(known.__getitem__, keys), np.int64, len(keys))
        return self._begin[place], self._many[place], self._stems

    def spelled(self, number: np.ndarray) -> list[str]:
        """The stems with these numbers, of a batch that was just read."""
        return [self._spelled[key] for key in number.tolist()]


_vocabulary = _Vocabulary()
