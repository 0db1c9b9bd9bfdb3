"""Hashed n-grams of words and characters, whole batches at once in numpy: no Python loop per text.

A unit (a fine piece of text) is a run of tokens in one long array, with ``owner`` naming its unit; n-grams never cross units.
Each n-gram falls into one of ``BUCKETS`` buckets (the hashing trick, Weinberger et al. 2009); a model keeps the buckets it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def counts(hits: Sequence[Hits], n_units: int, columns: np.ndarray, n_columns: int) -> sparse.csr_matrix:
    """Which kept n-grams each unit holds: 0/1, units x kept columns. ``columns`` maps a bucket to its column, or to -1."""
    width = np.int64(max(n_columns, 1))
    keys = []
    for unit, bucket in hits:
        place = columns[bucket]
        kept = place >= 0
        keys.append(unit[kept] * width + place[kept])
    pairs = np.sort(np.concatenate(keys)) if keys else np.zeros(0, np.int64)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    rows, places = np.divmod(pairs, width)
    ends = np.cumsum(np.bincount(rows, minlength=n_units))
    return sparse.csr_matrix(
        (np.ones(len(pairs), np.float32), places.astype(np.int32), np.append(0, ends).astype(np.int32)),
        shape=(n_units, n_columns),
    )


def unit_length(matrix: sparse.csr_matrix, weight: np.ndarray) -> sparse.csr_matrix:
    """Columns weighted (idf), rows brought to length one."""
    scaled = matrix.copy()
    scaled.data = scaled.data * weight[scaled.indices].astype(np.float32)
    squares = np.add.reduceat(np.append(scaled.data**2, 0.0), np.minimum(scaled.indptr[:-1], scaled.nnz))
    squares[np.diff(scaled.indptr) == 0] = 1.0
    scaled.data = scaled.data / np.repeat(np.sqrt(squares), np.diff(scaled.indptr)).astype(np.float32)
    return scaled
