"""What a written corpus knows of the six general stages: how people speak at each, and which questions ask of each.

``training/stages.py`` makes the weights: two multinomial logistic regressions over the words of clauses and of questions, whose logits
add up (naive Bayes across the two).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from research_kit.text.vocabulary import said, vectors
from research_kit.text.vocabulary.numbers import Places

JOURNEY = ("awareness", "consideration", "purchase", "use", "retention", "advocacy")
TARGET = Path(__file__).parent / "stages.npz"


@dataclass(frozen=True)
class _Model:
    places: Places
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray


@cache
def _model(part: str) -> _Model:
    with np.load(TARGET) as stored:
        words = str(stored[f"{part}_words"]).split("\n")
        idf, weights, bias = (stored[f"{part}_{name}"].astype(float) for name in ("idf", "weights", "bias"))
    return _Model(Places(vectors.numbers_of(words)), idf, weights, bias)


def logits(part: str, texts: Sequence[str]) -> np.ndarray:
    """How much each normalised clause or question speaks for each of the six stages: texts x 6; 0 where no word is known."""
    model = _model(part)
    if not texts:
        return np.zeros((0, len(JOURNEY)))
    text, number = vectors.phrasing_numbers(said.read(texts))
    table = vectors.counted(text, model.places.of(number), (len(texts), len(model.idf)))
    scores: np.ndarray = np.asarray(vectors.weighted(table, model.idf) @ model.weights.T) + model.bias
    scores[np.diff(table.indptr) == 0] = 0.0
    return scores
