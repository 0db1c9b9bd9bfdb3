"""Units -> what they say: sentiment, valence, emotion and kind, by the shipped weights (two linear layers) over all evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text.judgement import weights
from research_kit.text.judgement.weights import Weights
from research_kit.text.judgement.whole import plain_inputs, softmax
from research_kit.text.signs import ngrams
from research_kit.text.signs.units import Units, inputs

POLES = ("negative", "neutral", "positive")
FAINT = 0.25
"""Valence under which a unit without any word of the lexicon is not assessed."""
EXPLICIT, BRIEF, SHARE = {"en": 0.3, "zh": 0.5}, {"en": 24, "zh": 9}, 0.3
"""Value of an explicit word, characters of a very short clause, and what n-grams count beside such a word in it."""
FACTS = 1.0
"""What speaks for neutral in a Chinese clause where no word of the lexicon and no question judges: mere n-grams take facts for opinions.
Chosen on the gold clauses, whose three Chinese groups all gained; in English they gained nothing, and patient comments lost a little."""

PLAIN = 0.5
"""How much of the judgement on an unasked clause with an explicit word is left to such words and the n-grams: plain reviews gain."""
OUTRIGHT, CLEARLY, MERELY = 0.4, 0.4, 0.2
"""Value of a word that judges outright and probability of a pole, from which a clause is hardly a mere statement, and what it counts as one."""
BROAD = ("satisfaction", "disappointment", "frustration", "neutral")
UNNAMED = 0.8
"""What the probability of a particular emotion counts where no word names it: mere facts tell a broad one more surely. (Chosen on the gold
clauses; more of the pairs of Taiwan and Mainland wording agree, too.)"""


SURE, DOUBTED = {"en": 0.0, "zh": 0.2}, 0.25
"""Probability under which a particular emotion that no word names is doubted, and what its probability then counts. A wrong particular emotion
is laughable, a plain one is not. (Both halves of the Chinese gold clauses gained or stayed; English ones lost.)"""


@dataclass(frozen=True)
class Judgement:
    """What the shipped weights say of units of one path: arrays over units."""

    logits: np.ndarray
    """Of POLES; of whole texts: those of their n-grams alone."""
    assessed: np.ndarray
    known: np.ndarray
    """How many n-grams the models know in the unit."""
    first: dict[str, np.ndarray]
    """Logits of the first layers: sentiment, kind and what they add to those of emotions."""


def known_grams(units: Units, learned: Weights) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """The n-grams of the units that the models know: 0/1, and as their inputs."""
    counts = units.counts(learned.columns, len(learned.idf))
    return counts, ngrams.unit_length(counts, learned.idf)


def judge(units: Units, *, whole: bool) -> Judgement:
    """The judgement on clauses, or (``whole``) what whole texts' n-grams say."""
    learned = weights.load(units.path)
    counts, table = known_grams(units, learned)
    first = {"sentiment": learned.sentiment(table)} if whole else learned.logits(table)
    column = inputs(units.path).index
    grams = first["sentiment"] if whole else _faint(units, first["sentiment"])
    logits = grams if whole else learned.stacks["clause"](np.hstack([units.dense, grams]))
    known = np.diff(counts.indptr)
    speaks = units.dense[:, column("values")] > 0
    framed = units.dense[:, column("asked_positive")] + units.dense[:, column("asked_negative")] > 0
    poles = softmax(logits)
    wordy = _letters(units) >= 1
    leans = (np.abs(poles[:, 2] - poles[:, 0]) >= FAINT) & wordy
    if not whole:
        if units.path == "zh":
            logits[~speaks & ~framed, POLES.index("neutral")] += FACTS
        logits = _plainly(logits, units, grams, speaks & ~framed)
    return Judgement(logits, speaks | framed | ((known >= 2) & leans) | ((known >= 8) & wordy), known, first)


def _plainly(logits: np.ndarray, units: Units, grams: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Of the chosen units half is decided as a long text is: by the balance of explicit words and the n-grams alone."""
    if not chosen.any():
        return logits
    balance = units.dense[chosen, inputs(units.path).index("balance")]
    alone = softmax(weights.load("whole").stacks["long"](plain_inputs(balance, grams[chosen])))
    both = logits.copy()
    both[chosen] = np.log((1 - PLAIN) * softmax(logits[chosen]) + PLAIN * alone + 1e-9)
    return both


def _letters(units: Units) -> np.ndarray:
    """How many characters each unit has beside its marks: "!!!" says nothing, as long as nobody says to what."""
    column = inputs(units.path).index
    many = np.expm1(units.dense[:, [column(mark) for mark in ("exclamations", "questions", "quotes", "digits")]]).sum(axis=1)
    return np.asarray(
        np.expm1(5 * units.dense[:, column("length")]) - many - 3 * np.expm1(units.dense[:, column("ellipsis")]) - 0.5
    )


def _faint(units: Units, grams: np.ndarray) -> np.ndarray:
    """The n-grams' logits, fainter in a very short clause with one explicit word: there they are mostly pieces of it, and that word counts more
    (没有想象中那么好 holds 那么好, "not bad" holds "bad")."""
    column = inputs(units.path).index
    value = np.maximum(units.dense[:, column("strongest")], -units.dense[:, column("weakest")])
    single = np.isclose(units.dense[:, column("values")], np.log1p(1))
    short = units.dense[:, column("length")] <= np.log1p(BRIEF[units.path]) / 5  # as units.build scales
    return np.where(((value >= np.log1p(EXPLICIT[units.path])) & single & short)[:, None], SHARE * grams, grams)


def emotions(units: Units, first: dict[str, np.ndarray], poles: np.ndarray, learned: Weights) -> np.ndarray:
    """Probabilities of EMOTIONS for clauses."""
    likely = softmax(learned.stacks["emotion"](np.hstack([units.dense, np.log(poles + 1e-4)])) + first["emotion"])
    column = inputs(units.path).index
    for place, name in enumerate(EMOTIONS):
        if name not in BROAD:
            named = units.dense[:, column(f"emo_{name}")] > 0
            likely[:, place] *= np.where(named, 1.0, np.where(likely[:, place] < SURE[units.path], DOUBTED, UNNAMED))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))


def kinds(units: Units, first: dict[str, np.ndarray], poles: np.ndarray, learned: Weights) -> np.ndarray:
    """Probabilities of MENTION_KINDS for clauses."""
    likely = softmax(learned.stacks["kind"](np.hstack([units.dense, first["kind"], np.log(poles + 1e-4)])))
    column = inputs(units.path).index
    value = np.where(poles.argmax(axis=1) == 2, units.dense[:, column("strongest")], -units.dense[:, column("weakest")])
    outright = (value >= np.log1p(OUTRIGHT)) & (poles.max(axis=1) >= CLEARLY) & (poles.argmax(axis=1) != 1)
    likely[outright, MENTION_KINDS.index("statement")] *= MERELY
    return likely


def emotion_keys() -> tuple[str, ...]:
    """Labels of the emotion head."""
    return EMOTIONS


def kind_keys() -> tuple[str, ...]:
    """Labels of the kind head."""
    return MENTION_KINDS
