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
EXPLICIT, BRIEF, SHARE = 0.5, 9, 0.3
"""Value of an explicit word, characters of a very short clause, and what n-grams count beside such a word in it."""
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
    column = inputs(units.path).index
    logits = first["sentiment"] if whole else _stacked(units, first["sentiment"], learned)
    known = np.diff(counts.indptr)
    speaks = units.dense[:, column("values")] > 0
    framed = units.dense[:, column("asked_positive")] + units.dense[:, column("asked_negative")] > 0
    poles = softmax(logits)
    leans = np.abs(poles[:, 2] - poles[:, 0]) >= FAINT
    if units.path == "zh" and not whole:
        logits[~speaks & ~framed, POLES.index("neutral")] += FACTS
    return Judgement(logits, speaks | framed | ((known >= 2) & leans) | (known >= 8), known, first)


def _stacked(units: Units, grams: np.ndarray, learned: Weights) -> np.ndarray:
    """Logits of clauses over all evidence. In a very short Chinese clause with one explicit word that word counts more than the n-grams, which are
    mostly pieces of it (没有想象中那么好 holds 那么好)."""
    if units.path == "zh":
        column = inputs("zh").index
        outright = np.maximum(units.dense[:, column("strongest")], -units.dense[:, column("weakest")]) >= np.log1p(EXPLICIT)
        single = np.isclose(units.dense[:, column("values")], np.log1p(1))
        short = units.dense[:, column("length")] <= np.log1p(BRIEF) / 5  # as units.build scales
        grams = np.where((outright & single & short)[:, None], SHARE * grams, grams)
    return learned.stacks["clause"](np.hstack([units.dense, grams]))


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
