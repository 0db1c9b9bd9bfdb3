"""Normalised texts -> flat arrays of words (``flat.Said``). Each distinct word is read once in Python (its stem, or what an apostrophe or
a "+" makes of it); everything else is numpy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import codes_of, distinct, numbered, numbers, ragged
from research_kit.text.vocabulary.words import tokens

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
    return _read(tuple(texts))


def texts_of(mentions: pd.DataFrame) -> list[str]:
    """What the mentions say, normalised."""
    column = mentions["normal"]
    found: list[str] = (column if column.dtype == object else column.astype(str)).tolist()
    return found


def spelled(words: np.ndarray) -> list[str]:
    """The stems of a batch that was just read, from their numbers."""
    return _vocabulary.spelled(words)


@lru_cache(maxsize=12)
def _read(texts: tuple[str, ...]) -> Said:
    joined = "\n".join(texts)
    if joined.count("\n") != max(len(texts) - 1, 0):
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    codes = codes_of(joined)
    group = _GROUP[np.minimum(codes, 0xFFFF)]
    inside = np.flatnonzero(group)
    if not len(inside):
        nothing = np.zeros(0, np.int64)
        return Said(len(texts), nothing.astype(np.uint64), nothing, nothing.astype(bool), nothing, nothing)
    fresh = np.append(True, (np.diff(inside) > 1) | (np.diff(group[inside]) != 0))
    start = inside[fresh]
    length = np.diff(np.append(np.flatnonzero(fresh), len(inside)))
    number = numbered(codes[inside], length)
    latin = group[start] == _LATIN
    words, count = _stemmed(number, latin, start, length, joined)
    owner = np.cumsum(codes == 10)[start] if len(texts) > 1 else np.zeros(len(start), np.int64)
    first = np.cumsum(count) - count
    return Said(
        len(texts), words, np.repeat(owner, count), np.repeat(latin, count), codes[group == _HAN],
        np.repeat(first[~latin], length[~latin]),
    )  # fmt: skip


def _stemmed(
    number: np.ndarray, latin: np.ndarray, start: np.ndarray, length: np.ndarray, joined: str
) -> tuple[np.ndarray, np.ndarray]:
    """The words of all chunks in a row, and how many each chunk holds: Chinese runs are words, of Latin ones come the stems."""
    count = np.ones(len(number), np.int64)
    which, first = distinct(number[latin])
    place = np.flatnonzero(latin)[first]
    stems = _vocabulary.stems(
        [joined[a : a + n] for a, n in zip(start[place].tolist(), length[place].tolist(), strict=True)], number[place]
    )
    each = np.fromiter(map(len, stems), np.int64, len(stems))
    flat = np.fromiter(chain.from_iterable(stems), np.uint64, int(each.sum()))
    count[latin] = each[which]
    words = np.empty(int(count.sum()), np.uint64)
    is_latin = np.repeat(latin, count)
    words[~is_latin] = number[~latin]
    mine = count[latin]
    words[is_latin] = flat[ragged((np.cumsum(each) - each)[which], mine)]
    return words, count


class _Vocabulary:
    """The stems of chunks of Latin letters that were met, by number, and what the stems look like."""

    def __init__(self) -> None:
        self._stems: dict[int, tuple[int, ...]] = {}
        self._spelled: dict[int, str] = {}

    def stems(self, chunks: Sequence[str], number: np.ndarray) -> list[tuple[int, ...]]:
        """Numbers of the stems in each chunk."""
        if len(self._stems) > REMEMBERED:
            self._stems.clear()
            self._spelled.clear()
            _read.cache_clear()
        known = number.tolist()
        new = [i for i, key in enumerate(known) if key not in self._stems]
        read = [tokens(chunks[i]) for i in new]
        found = iter(numbers([stem for stems in read for stem in stems]).tolist())
        for i, stems in zip(new, read, strict=True):
            self._stems[known[i]] = tuple(next(found) for _ in stems)
            self._spelled.update(zip(self._stems[known[i]], stems, strict=True))
        return [self._stems[key] for key in known]

    def spelled(self, number: np.ndarray) -> list[str]:
        """The stems with these numbers, of a batch that was just read."""
        return [self._spelled[key] for key in number.tolist()]


_vocabulary = _Vocabulary()
