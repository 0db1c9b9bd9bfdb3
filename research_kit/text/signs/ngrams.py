"""Hashed n-grams of words and characters, whole batches at once in numpy: no Python loop per text.

A unit (a fine piece of text) is a run of tokens in one long array, with ``owner`` naming its unit; n-grams never cross units.
Each n-gram falls into one of ``BUCKETS`` buckets (the hashing trick, Weinberger et al. 2009); a model keeps the buckets it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from research_kit.text.vocabulary.numbers import ragged

BUCKETS = 1 << 20
_SHIFT = np.uint64(64 - 20)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)

Hits = tuple[np.ndarray, np.ndarray]
"""(unit of each n-gram, bucket of each n-gram)."""
Runs = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(piece of each run of n-grams, how many it has, something of each n-gram)."""
_NONE = np.zeros(0, np.int64)


def hashed(tokens: np.ndarray, owner: np.ndarray, orders: Sequence[int], *, salt: int) -> Hits:
    """All n-grams of these orders: which unit each belongs to and which bucket it falls into."""
    units: list[np.ndarray] = []
    buckets: list[np.ndarray] = []
    running = _mix(tokens.astype(np.uint64) + np.array([salt], np.uint64) * _STEP)
    for n in range(1, max(orders, default=0) + 1):
        if n > 1:
            running = _mix(running[:-1] * _STEP + tokens[n - 1 :].astype(np.uint64))
        if n not in orders or not len(running):
            continue
        inside = owner[: len(running)] == owner[n - 1 :]
        units.append(owner[: len(running)][inside])
        buckets.append((running[inside] >> _SHIFT).astype(np.int32))
    if not units:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    return np.concatenate(units), np.concatenate(buckets)


def _mix(values: np.ndarray) -> np.ndarray:
    """Spread the bits, so that the top ones depend on all (splitmix64, Steele et al. 2014)."""
    values = values * _PRIME
    values ^= values >> np.uint64(29)
    values *= _STEP
    values ^= values >> np.uint64(32)
    return values * _PRIME


@dataclass(frozen=True)
class Parts:
    """N-grams inside words: those of each word once, however often it occurs."""

    piece: np.ndarray
    word: np.ndarray
    """Piece and word of each occurrence of a word."""
    of_word: np.ndarray
    bucket: np.ndarray
    """Word of each n-gram, in order, and its bucket."""

    def runs(self, what: np.ndarray, of_word: np.ndarray) -> Runs:
        """For each occurrence of a word what stands for its n-grams: of the n-grams ``what`` of the words ``of_word``, in order."""
        many = np.bincount(of_word, minlength=int(self.word.max(initial=-1)) + 1)
        each = many[self.word]
        return self.piece, each, what[ragged((np.cumsum(many) - many)[self.word], each)]


class Grams:
    """N-grams of pieces. Units of several sorts (clauses, texts) are made of the same pieces: what a model knows of them is looked up once."""

    def __init__(self, hits: Hits = (_NONE, _NONE), parts: Parts | None = None) -> None:
        """``hits``: (piece, bucket)."""
        self._hits, self._parts = hits, parts
        self._known: tuple[np.ndarray, Runs] | None = None

    def of(self, owner: np.ndarray) -> list[Hits]:
        """(unit, bucket) of all, by the unit of each piece; -1 is none."""
        found = [self._hits]
        if self._parts:
            run, each, bucket = self._parts.runs(self._parts.bucket, self._parts.of_word)
            found.append((np.repeat(run, each), bucket))
        return [(unit, bucket) for unit, bucket in (_kept(owner[piece] >= 0, owner[piece], bucket) for piece, bucket in found)]

    def counts(self, owner: np.ndarray, n_units: int, columns: np.ndarray, n_columns: int) -> sparse.csr_matrix:
        """Which n-grams that a model knows each unit holds: 0/1, units x columns. ``columns`` maps a bucket to its column, or to -1."""
        if self._known is None or self._known[0] is not columns:
            self._known = columns, self._runs(columns)
        run, each, column = self._known[1]
        unit = owner[run]
        if (unit < 0).any():
            column = column[np.repeat(unit >= 0, each)]
            unit, each = _kept(unit >= 0, unit, each)
        return _held(unit, each, column, n_units, n_columns)

    def _runs(self, columns: np.ndarray) -> Runs:
        piece, bucket = self._hits
        column = columns[bucket]
        piece, column = _kept(column >= 0, piece, column)
        first = np.flatnonzero(np.append(True, piece[1:] != piece[:-1])[: len(piece)])
        runs = [(piece[first], np.diff(first, append=len(piece)), column)]
        if self._parts:
            column = columns[self._parts.bucket]
            of_word, column = _kept(column >= 0, self._parts.of_word, column)
            runs.append(self._parts.runs(column, of_word))
        run, each, column = (np.concatenate(parts) for parts in zip(*runs, strict=True))
        return run, each, column


def _kept(which: np.ndarray, *of: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of these arrays what a mask chooses. (Numpy takes positions several times as fast as a mask.)"""
    place = np.flatnonzero(which)
    return tuple(array[place] for array in of)


def _held(unit: np.ndarray, each: np.ndarray, column: np.ndarray, n_units: int, n_columns: int) -> sparse.csr_matrix:
    """Units x columns: 1 where a unit has a column, however often. ``column`` in runs of ``each``, those of a run of one ``unit``."""
    width = max(n_columns, 1)
    size: Any = np.uint32 if n_units * width < 1 << 32 else np.uint64  # the small ones are sorted in half the time
    begin = np.arange(n_units + 1, dtype=size) * size(width)
    pairs = np.repeat(begin[unit], each)
    pairs += column.astype(size)
    pairs.sort()
    (pairs,) = _kept(np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)], pairs)
    ends = np.searchsorted(pairs, begin)
    pairs -= np.repeat(begin[:-1], np.diff(ends))
    return sparse.csr_matrix(
        (np.ones(len(pairs), np.float32), pairs.astype(np.int32), ends.astype(np.int32)), shape=(n_units, n_columns)
    )


def unit_length(matrix: sparse.csr_matrix, weight: np.ndarray) -> sparse.csr_matrix:
    """Columns weighted (idf), rows brought to length one."""
    data = matrix.data * weight[matrix.indices].astype(np.float32)
    each = np.diff(matrix.indptr)
    some = np.flatnonzero(each)
    length = np.sqrt(np.add.reduceat(data * data, matrix.indptr[some], dtype=np.float64)) if len(some) else np.zeros(0)
    data /= np.repeat(length.astype(np.float32), each[some])
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)
