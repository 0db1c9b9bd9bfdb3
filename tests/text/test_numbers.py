"""Words as numbers and stretches as positions: as a plain loop would say, whatever the batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from research_kit.text.vocabulary import numbers as num

WORDS = some.lists(some.text(alphabet="ab\u4e2d\U0001f600 '", min_size=1, max_size=6).filter(lambda word: " " not in word))
LINES = some.lists(some.text(alphabet="ab\u4e2d\U0001f600 ", max_size=12), max_size=6)


@given(WORDS, some.integers(0, 40))
def test_a_word_has_the_same_number_wherever_it_stands(words: list[str], before: int) -> None:
    joined = "x" * before + "".join(words)
    length = np.array([len(word) for word in words], np.int64)
    start = before + np.cumsum(length) - length

    assert num.numbered(num.codes_of(joined), start, length).tolist() == num.numbers(words).tolist()
    assert len(set(num.numbers(words).tolist())) == len(set(words))


def test_words_of_the_same_letters_in_another_order_differ() -> None:
    found = num.numbers(["ab", "ba", "a", "aa", "aaa", "中", "中中"])

    assert len(set(found.tolist())) == 7


@given(LINES)
def test_chunks_are_what_stands_between_blanks(lines: list[str]) -> None:
    found = num.chunks(lines)
    words = [found.distinct[which] for which in found.which]

    assert [(text, word) for text, word in zip(found.text.tolist(), words, strict=True)] == [
        (i, word) for i, line in enumerate(lines) for word in line.split(" ") if word
    ]
    assert all("\n".join(lines)[a : a + n] == word for a, n, word in zip(found.start, found.length, words, strict=True))
    assert [words.index(word) for word in found.distinct] == found.first.tolist()


@given(some.lists(some.integers(0, 2), max_size=30))
def test_stretches_of_one_kind(kinds: list[int]) -> None:
    start, length = num.stretches(np.array(kinds, np.int64))
    back = np.zeros(len(kinds), np.int64)
    for a, n in zip(start, length, strict=True):
        back[a : a + n] = kinds[a]

    assert back.tolist() == kinds
    assert all(kinds[a] and (a == 0 or kinds[a - 1] != kinds[a]) for a in start.tolist())


@given(some.lists(some.tuples(some.integers(0, 50), some.integers(0, 5)), max_size=8))
def test_the_positions_of_many_stretches(stretches: list[tuple[int, int]]) -> None:
    start, length = (np.array([pair[i] for pair in stretches], np.int64) for i in (0, 1))

    assert num.ragged(start, length).tolist() == [a + i for a, n in stretches for i in range(n)]


@given(some.lists(some.sampled_from("abc")))
def test_distinct_values_and_where_they_first_occur(values: list[str]) -> None:
    which, first = num.distinct(np.array(values, object))

    assert [values[first[w]] for w in which] == values
    assert first.tolist() == [values.index(v) for v in dict.fromkeys(values)]


@pytest.mark.parametrize("shared", [False, True])
@given(known=some.sets(some.integers(0, 300), max_size=40), sought=some.lists(some.integers(0, 320), max_size=40))
def test_places_are_found_as_in_a_dictionary(known: set[int], sought: list[int], shared: bool) -> None:
    """Where numbers share the bits by which the table is entered, too."""
    spread = 1 if shared else (1 << 55) + 12345
    numbers, looked = (np.array([x * spread % (1 << 64) for x in given], np.uint64) for given in (sorted(known), sought))
    place = {int(number): i for i, number in enumerate(numbers)}
    expected = [place.get(int(x), -1) for x in looked]
    places = num.Places(numbers)
    which, where = places.among(looked)

    assert places.of(looked).tolist() == expected
    assert dict(zip(which.tolist(), where.tolist(), strict=True)) == {i: at for i, at in enumerate(expected) if at >= 0}
