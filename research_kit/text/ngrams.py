"""Hashed n-grams of words and characters, whole batches at once in numpy: no Python loop per text.

A unit (a fine piece of text) is a run of tokens in one long array, with ``owner`` naming its unit; n-grams never cross units.
Each n-gram falls into one of ``BUCKETS`` buckets (the hashing trick, Weinberger et al. 2009); a model keeps the buckets it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy import sparse

BUCKETS = 1 << 20
_SHIFT = np.uint64(64 - 20)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)

Hits = tuple[np.ndarray, np.ndarray]
"""(unit of each n-gram, bucket of each n-gram)."""


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


class Grams:
    """N-grams of pieces. Units of several sorts (clauses, texts) are made of the same pieces: what a model knows of them is looked up once."""

    def __init__(self, hits: Sequence[Hits]) -> None:
        """``hits``: (piece, bucket)."""
        self._hits = hits
        self._known: tuple[np.ndarray, Hits] | None = None

    def of(self, owner: np.ndarray) -> Iterator[Hits]:
        """(unit, bucket) of all, by the unit of each piece; -1 is none."""
        return (_of_units(owner[piece], bucket) for piece, bucket in self._hits)

    def known(self, owner: np.ndarray, columns: np.ndarray) -> Hits:
        """(unit, column) of those that a model knows. ``columns`` maps a bucket to its column, or to -1."""
        if self._known is None or self._known[0] is not columns:
            pairs = [_known(piece, columns[bucket]) for piece, bucket in self._hits] or [(_NONE, _NONE)]
            self._known = columns, (np.concatenate([p for p, _ in pairs]), np.concatenate([c for _, c in pairs]))
        piece, column = self._known[1]
        return _of_units(owner[piece], column)


_NONE = np.zeros(0, np.int64)


def _known(unit: np.ndarray, column: np.ndarray) -> Hits:
    kept = column >= 0
    return unit[kept], column[kept]


def _of_units(unit: np.ndarray, what: np.ndarray) -> Hits:
    kept = unit >= 0
    return (unit, what) if kept.all() else (unit[kept], what[kept])


def counts(hits: Iterable[Hits], n_units: int, columns: np.ndarray, n_columns: int) -> sparse.csr_matrix:
    """Which kept n-grams each unit holds: 0/1, units x kept columns. ``columns`` maps a bucket to its column, or to -1."""
    known = [_known(unit, columns[bucket]) for unit, bucket in hits] or [(_NONE, _NONE)]
    return held(np.concatenate([unit for unit, _ in known]), np.concatenate([column for _, column in known]), n_units, n_columns)


def held(unit: np.ndarray, column: np.ndarray, n_units: int, n_columns: int) -> sparse.csr_matrix:
    """Units x columns: 1 where a unit has a column, however often."""
    width = max(n_columns, 1)
    size: Any = np.uint32 if n_units * width < 1 << 32 else np.uint64  # the small ones are sorted in half the time
    pairs = np.sort(unit.astype(size) * size(width) + column.astype(size))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    ends = np.searchsorted(pairs, np.arange(n_units + 1, dtype=np.uint64) * np.uint64(width))
    places = pairs - np.repeat(np.arange(n_units, dtype=size) * size(width), np.diff(ends))
    return sparse.csr_matrix(
        (np.ones(len(pairs), np.float32), places.astype(np.int32), ends.astype(np.int32)), shape=(n_units, n_columns)
    )


def unit_length(matrix: sparse.csr_matrix, weight: np.ndarray) -> sparse.csr_matrix:
    """Columns weighted (idf), rows brought to length one."""
    scaled = matrix.copy()
    scaled.data = scaled.data * weight[scaled.indices].astype(np.float32)
    squares = np.add.reduceat(np.append(scaled.data**2, 0.0), np.minimum(scaled.indptr[:-1], scaled.nnz))
    squares[np.diff(scaled.indptr) == 0] = 1.0
    scaled.data = scaled.data / np.repeat(np.sqrt(squares), np.diff(scaled.indptr)).astype(np.float32)
    return scaled
