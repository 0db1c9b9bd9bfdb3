"""What a written corpus knows of the six general stages: how people speak at each, and which questions ask of each.

``training/stages.py`` makes the weights: two multinomial logistic regressions over the words of clauses and of questions, whose logits
add up (naive Bayes across the two).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from research_kit.text.vocabulary.vectors import phrasing

if TYPE_CHECKING:
    from scipy import sparse

JOURNEY = ("awareness", "consideration", "purchase", "use", "retention", "advocacy")
TARGET = Path(__file__).parent / "stages.npz"


@dataclass(frozen=True)
class _Model:
    places: dict[str, int]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray


@cache
def _model(part: str) -> _Model:
    with np.load(TARGET) as stored:
        words = str(stored[f"{part}_words"]).split("\n")
        idf, weights, bias = (stored[f"{part}_{name}"].astype(float) for name in ("idf", "weights", "bias"))
    return _Model({word: place for place, word in enumerate(words)}, idf, weights, bias)


def logits(part: str, texts: Sequence[str]) -> np.ndarray:
    """How much each normalised clause or question speaks for each of the six stages: texts x 6; 0 where no word is known."""
    model = _model(part)
    if not texts:
        return np.zeros((0, len(JOURNEY)))
    table = _table(texts, model.places)
    scores: np.ndarray = np.asarray(_unit_length(table, model.idf) @ model.weights.T) + model.bias
    scores[np.diff(table.indptr) == 0] = 0.0
    return scores


def _table(texts: Sequence[str], places: dict[str, int]) -> sparse.csr_matrix:
    from scipy import sparse

    columns: list[int] = []
    starts = [0]
    for text in texts:
        columns.extend(places[f] for f in phrasing(text) if f in places)
        starts.append(len(columns))
    table: Any = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(texts), len(places)))
    table.sum_duplicates()
    return table


def _unit_length(table: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """1 + log of the counts, times idf, rows of length one: what scikit-learn's TfidfVectorizer with ``sublinear_tf`` gave in training."""
    from scipy import sparse

    scaled = table.copy()
    scaled.data = (1 + np.log(scaled.data)) * idf[scaled.indices]
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return sparse.diags(1 / lengths) @ scaled
