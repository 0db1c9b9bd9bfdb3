"""Units -> what they say: sentiment, valence, emotion and kind, by the shipped weights (two linear layers) over all evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import ngrams, weights
from research_kit.text.units import Units, inputs
from research_kit.text.weights import Weights
from research_kit.text.whole import softmax

POLES = ("negative", "neutral", "positive")
FAINT = 0.25
"""Valence under which a unit without any word of the lexicon is not assessed."""
FACTS = 1.0
"""What speaks for neutral in a Chinese clause where no word of the lexicon and no question judges: mere n-grams take facts for opinions.
Chosen on the gold clauses, whose three Chinese groups all gained; in English they gained nothing, and patient comments lost a little."""


@dataclass(frozen=True)
class Judgement:
    """What the shipped weights say of units of one path: arrays over units."""

    logits: np.ndarray
    """Of POLES; of whole texts: those of their n-grams alone."""
    assessed: np.ndarray
    known: np.ndarray
    """How many n-grams the models know in the unit."""
    first: dict[str, np.ndarray]
    """Logits of the first layers."""


def first_layer(units: Units, learned: Weights, heads: tuple[str, ...]) -> tuple[sparse.csr_matrix, dict[str, np.ndarray]]:
    """The known n-grams of the units and the logits of these heads."""
    counts = learned.counts(units)
    table = ngrams.unit_length(counts, learned.idf)
    return counts, learned.first(table, heads)


def judge(units: Units, *, whole: bool) -> Judgement:
    """The judgement on clauses, or (``whole``) what whole texts' n-grams say."""
    learned = weights.load(units.path)
    counts, first = first_layer(units, learned, ("sentiment",) if whole else tuple(learned.grams))
    logits = first["sentiment"] if whole else learned.stacks["clause"](np.hstack([units.dense, first["sentiment"]]))
    known = np.diff(counts.indptr)
    column = inputs(units.path).index
    speaks = units.dense[:, column("values")] > 0
    framed = units.dense[:, column("asked_positive")] + units.dense[:, column("asked_negative")] > 0
    poles = softmax(logits)
    leans = np.abs(poles[:, 2] - poles[:, 0]) >= FAINT
    if units.path == "zh" and not whole:
        logits[~speaks & ~framed, POLES.index("neutral")] += FACTS
    return Judgement(logits, speaks | framed | ((known >= 2) & leans) | (known >= 8), known, first)


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
