"""Normalised texts -> a sparse table of the words they hold: English stems and pairs of them, pieces of Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from research_kit.text.vocabulary import said as batches
from research_kit.text.vocabulary import stopwords
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import Places, joined, numbers
from research_kit.text.vocabulary.words import HAN, tokens


def features(text: str) -> list[str]:
    """Stems, pairs of neighbouring stems, and two and three Chinese characters in a row; function words left out."""
    found: list[str] = []
    before = ""
    for token in tokens(text):
        if HAN.match(token):
            for piece in stopwords.bare(token):
                found.extend(piece[i : i + n] for n in (2, 3) for i in range(len(piece) - n + 1))
            before = ""
        elif token in stopwords.ENGLISH or len(token) < 2:
            before = ""
        else:
            found.append(token)
            if before:
                found.append(f"{before} {token}")
            before = token
    return found


def phrasing(text: str) -> list[str]:
    """Stems and pairs of them, one to three Chinese characters in a row, function words and all: how something is said ("next time",
    "before I") tells the stage as much as what it is about."""
    found: list[str] = []
    before = "^"
    for token in tokens(text):
        if HAN.match(token):
            found.extend(token[i : i + n] for n in (1, 2, 3) for i in range(len(token) - n + 1))
            before = "#"
        else:
            found.append(token)
            found.append(f"{before} {token}")
            before = token
    return found


_SINGLE, _PAIR, _PIECE = 1, 2, 3
_EDGES = {"^": 1, "#": 2}
"""What stands before the first word of a text, and before the first one after Chinese."""


def numbers_of(known: Sequence[str]) -> np.ndarray:
    """The numbers of features, as ``feature_numbers`` and ``phrasing_numbers`` give them."""
    chinese = np.array([HAN.match(f) is not None for f in known], bool)
    pair = np.array([" " in f for f in known], bool)
    result = np.zeros(len(known), np.uint64)
    single = ~chinese & ~pair
    result[single] = joined([numbers([known[i] for i in np.flatnonzero(single).tolist()])], _SINGLE)
    both = [known[i].split(" ") for i in np.flatnonzero(pair).tolist()]
    edge = np.array([_EDGES.get(before, 0) for before, _ in both], np.uint64)
    before = np.where(edge > 0, edge, numbers([before for before, _ in both]))
    result[pair] = joined([before, numbers([word for _, word in both])], _PAIR)
    for size in {len(known[i]) for i in np.flatnonzero(chinese).tolist()}:
        mine = [i for i in np.flatnonzero(chinese).tolist() if len(known[i]) == size]
        codes = np.array([[ord(c) for c in known[i]] for i in mine], np.uint64)
        result[mine] = joined([codes[:, j] for j in range(size)], _PIECE)
    return result


def feature_numbers(said: Said) -> tuple[np.ndarray, np.ndarray]:
    """``features`` of all texts of a batch, as (text, number)."""
    tells = said.latin & ~stopwords.silent(said) & ~np.isin(said.words, _one_character())
    single = np.flatnonzero(tells)
    pair = np.flatnonzero(tells[1:] & tells[:-1] & (said.owner[1:] == said.owner[:-1]))
    words = said.words
    found = [
        (said.owner[single], joined([words[single]], _SINGLE)),
        (said.owner[pair], joined([words[pair], words[pair + 1]], _PAIR)),
        *_chinese(said, stopwords.pieces(said), (2, 3)),
    ]
    return np.concatenate([text for text, _ in found]), np.concatenate([number for _, number in found])


def phrasing_numbers(said: Said) -> tuple[np.ndarray, np.ndarray]:
    """``phrasing`` of all texts of a batch, as (text, number)."""
    place = np.flatnonzero(said.latin)
    earlier = np.maximum(place - 1, 0)
    first = (place == 0) | (said.owner[earlier] != said.owner[place])
    before = np.where(first, np.uint64(_EDGES["^"]), np.where(said.latin[earlier], said.words[earlier], np.uint64(_EDGES["#"])))
    owner, words = said.owner[place], said.words[place]
    found = [
        (owner, joined([words], _SINGLE)), (owner, joined([before, words], _PAIR)), *_chinese(said, said.run, (1, 2, 3)),
    ]  # fmt: skip
    return np.concatenate([text for text, _ in found]), np.concatenate([number for _, number in found])


def _chinese(said: Said, piece: np.ndarray, sizes: Sequence[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Characters in a row inside a piece."""
    found = []
    for size in sizes:
        last = len(piece) - size + 1
        at = np.flatnonzero((piece[: max(last, 0)] == piece[size - 1 :]) & (piece[: max(last, 0)] >= 0))
        number = joined([said.characters[at + i] for i in range(size)], _PIECE)
        found.append((said.owner[said.run[at]], number))
    return found


def _one_character() -> np.ndarray:
    return numbers(list("abcdefghijklmnopqrstuvwxyz0123456789"))


def counted(text: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> sparse.csr_matrix:
    """How often each text holds each known feature (column; -1 for unknown ones)."""
    known = np.flatnonzero(column >= 0)
    cells = np.sort(text[known] * shape[1] + column[known])
    first = np.flatnonzero(np.append(True, cells[1:] != cells[:-1])[: len(cells)])
    row, place = np.divmod(cells[first], shape[1])
    ends = np.searchsorted(row, np.arange(shape[0] + 1))
    return sparse.csr_matrix((np.diff(first, append=len(cells)).astype(float), place, ends), shape=shape)


def weighted(table: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """1 + log of the counts, times idf, rows of length one: what scikit-learn's TfidfVectorizer with ``sublinear_tf`` gives."""
    values = (1 + np.log(table.data)) * idf[table.indices]
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    lengths = np.sqrt(np.bincount(row, values * values, table.shape[0]))
    return sparse.csr_matrix((values / lengths[row], table.indices, table.indptr), shape=table.shape)


@dataclass(frozen=True)
class Vectorizer:
    """A fitted TF-IDF vectorizer that reads whole batches."""

    places: Places
    idf: np.ndarray

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Texts x features."""
        text, number = feature_numbers(batches.read(texts))
        return weighted(counted(text, self.places.of(number), (len(texts), len(self.idf))), self.idf)


def vectorizer(texts: Sequence[str], *, min_df: int = 1, max_features: int | None = None) -> Vectorizer | None:
    """A TF-IDF vectorizer fitted to these normalised texts; None where no word is frequent enough."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made: Any = TfidfVectorizer(analyzer=features, min_df=min_df, max_features=max_features, sublinear_tf=True)
    try:
        made.fit(texts)
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return None
    return Vectorizer(Places(numbers_of(made.get_feature_names_out().tolist())), made.idf_)
