"""Units -> what they say: sentiment, valence, emotion and kind, by the shipped weights (two linear layers) over all evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import evidence, ngrams, weights
from research_kit.text.units import Units, inputs
from research_kit.text.weights import Layer, Weights

POLES = ("negative", "neutral", "positive")
FAINT = 0.12
"""Valence under which a unit without any word of the lexicon is not assessed."""


@dataclass(frozen=True)
class Judgement:
    """Arrays over units."""

    logits: np.ndarray
    """Of POLES."""
    assessed: np.ndarray
    known: np.ndarray
    """How many n-grams the models know in the unit."""


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows of logits as probabilities."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def first_layer(units: Units, learned: Weights, heads: tuple[str, ...]) -> tuple[sparse.csr_matrix, dict[str, np.ndarray]]:
    """The known n-grams of the units and the logits of these heads."""
    counts = learned.counts(units)
    table = ngrams.unit_length(counts, learned.idf)
    return counts, {head: learned.grams[head](table) for head in heads if head in learned.grams}


def sentiment(units: Units, logits: np.ndarray, stack: Layer) -> np.ndarray:
    """Logits of POLES from the dense evidence and the first layer's logits."""
    return stack(np.hstack([units.dense, logits]))


def judge(units: Units, *, whole: bool) -> tuple[Judgement, dict[str, np.ndarray]]:
    """The judgement on clauses (``whole`` False) or texts; and, for clauses, what emotions and kinds are made from."""
    learned = weights.load(units.path)
    heads = ("sentiment",) if whole else tuple(learned.grams)
    counts, first = first_layer(units, learned, heads)
    logits = sentiment(units, first["sentiment"], learned.stacks["text" if whole else "clause"])
    poles = softmax(logits)
    known = np.diff(counts.indptr)
    speaks = units.dense[:, evidence.names(units.path).index("values")] > 0
    framed = units.dense[:, inputs(units.path).index("asked_positive")] + units.dense[:, inputs(units.path).index("asked_negative")] > 0
    valence = poles[:, 2] - poles[:, 0]
    assessed = speaks | framed | ((known >= 2) & (np.abs(valence) >= FAINT)) | (known >= 8)
    return Judgement(logits, assessed, known), first


def emotions(units: Units, first: dict[str, np.ndarray], poles: np.ndarray, learned: Weights) -> np.ndarray:
    """Probabilities of EMOTIONS for clauses."""
    return softmax(learned.stacks["emotion"](np.hstack([units.dense, *(first[h] for h in sorted(first)), np.log(poles + 1e-4)])))


def kinds(units: Units, first: dict[str, np.ndarray], poles: np.ndarray, learned: Weights) -> np.ndarray:
    """Probabilities of MENTION_KINDS for clauses."""
    return softmax(learned.stacks["kind"](np.hstack([units.dense, first["kind"], np.log(poles + 1e-4)])))


def emotion_keys() -> tuple[str, ...]:
    """Labels of the emotion head."""
    return EMOTIONS


def kind_keys() -> tuple[str, ...]:
    """Labels of the kind head."""
    return MENTION_KINDS
