"""N-grams of whole batches: those of each unit alone, by a plain loop."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from research_kit.text.signs import ngrams

UNITS = some.lists(some.lists(some.integers(1, 9), max_size=6), max_size=5)


def flat(units: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    tokens = np.array([token for unit in units for token in unit], np.uint64)
    return tokens, np.repeat(np.arange(len(units)), [len(unit) for unit in units])


@given(UNITS, some.sampled_from([(1,), (1, 2), (2, 3), ()]))
def test_ngrams_never_cross_units(units: list[list[int]], orders: tuple[int, ...]) -> None:
    unit, bucket = ngrams.hashed(*flat(units), orders, salt=1)
    alone = [ngrams.hashed(*flat([one]), orders, salt=1)[1].tolist() for one in units]

    assert [sorted(bucket[unit == i].tolist()) for i in range(len(units))] == [sorted(found) for found in alone]
    assert [len(found) for found in alone] == [sum(max(0, len(one) - n + 1) for n in orders) for one in units]
    assert ((bucket >= 0) & (bucket < ngrams.BUCKETS)).all()


def test_order_and_salt_make_other_ngrams() -> None:
    buckets = {
        tuple(ngrams.hashed(*flat([tokens]), (2,), salt=salt)[1].tolist()) for tokens in ([1, 2], [2, 1]) for salt in (1, 2)
    }

    assert len(buckets) == 4


@given(UNITS, some.lists(some.lists(some.integers(0, 4), max_size=4), min_size=5, max_size=5), some.data())
def test_counts_hold_what_each_unit_has_once(units: list[list[int]], spellings: list[list[int]], data: some.DataObject) -> None:
    """Pieces are put together into units, word parts are given once a word; a piece of no unit counts nowhere."""
    pieces = [np.array(unit, np.int64) for unit in units]
    piece = np.repeat(np.arange(len(units)), [len(unit) for unit in units])
    word = np.array([token % 5 for unit in units for token in unit], np.int64)
    parts = ngrams.Parts(
        piece,
        word,
        np.repeat(np.arange(5), [len(s) for s in spellings]),
        np.array([b + 20 for s in spellings for b in s], np.int32),
    )
    grams = ngrams.Grams((piece, np.concatenate([np.zeros(0, np.int64), *pieces])), parts)
    columns = np.full(ngrams.BUCKETS, -1, np.int32)
    known = [2, 4, 6, 8, 20, 22, 24]
    columns[known] = np.arange(len(known))
    owner = np.array(data.draw(some.lists(some.integers(-1, 2), min_size=len(units), max_size=len(units))), np.int64)
    held: list[set[int]] = [set(), set(), set()]
    for unit, mine in zip(units, owner.tolist(), strict=True):
        if mine >= 0:
            held[mine] |= {*unit, *(b + 20 for token in unit for b in spellings[token % 5])}

    for _ in range(2):  # looked up once, asked for twice
        assert grams.counts(owner, 3, columns, len(known)).toarray().tolist() == [[float(b in h) for b in known] for h in held]
    pairs = {(int(u), int(b)) for unit, bucket in grams.of(owner) for u, b in zip(unit, bucket, strict=True)}
    assert pairs == {(u, b) for u in range(3) for b in held[u]}


def test_rows_are_brought_to_length_one() -> None:
    matrix = ngrams.Grams((np.array([0, 0, 2]), np.array([1, 2, 1]))).counts(np.arange(3), 3, np.arange(ngrams.BUCKETS), 3)
    found = ngrams.unit_length(matrix, np.array([1.0, 3.0, 4.0])).toarray()

    np.testing.assert_allclose(found, [[0, 0.6, 0.8], [0, 0, 0], [0, 1, 0]], rtol=1e-6)
