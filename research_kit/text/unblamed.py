"""What answers a question for faults and names none: praise in whole sentences ("Everything was explained to me"), habits ("I go three times a
week"), errands ("just dropped off a parcel"), dates. The question makes blame of whatever nobody knows better; these are read without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from research_kit.text import pains
from research_kit.text.framing import errand, wish_word
from research_kit.text.judgement import judge
from research_kit.text.judgement.whole import softmax
from research_kit.text.patterns import SAID
from research_kit.text.signs import english, units
from research_kit.text.signs.units import Units

PRAISES = {"en": 0.1, "zh": 0.3}
"""Valence of a sentence read without its question from which it praises."""
WORDS, CHARACTERS = 4, 4
"""What a sentence has at least."""
GOOD = 0.3
"""Value of a word that praises; without one, only what people do is praise: "they always listen", not "classes fill up within minutes"."""


def read_alone(
    tables: Mapping[str, tuple[np.ndarray, Units]], logits: np.ndarray, asked: Sequence[str], said: Sequence[str]
) -> np.ndarray:
    """The logits of POLES with those clauses read without their question. ``tables`` = {path: (clauses, units)}; ``asked``: framing of each
    clause's question; ``said``: the clauses, normalised."""
    blamed = np.array([a == "negative" for a in asked], bool) & (logits.argmax(axis=1) != 2)
    if not blamed.any():
        return logits
    logits = logits.copy()
    for path, (ids, table) in tables.items():
        places = [i for i in np.flatnonzero(blamed[ids]).tolist() if _whole(said[ids[i]], path)]
        if not places:
            continue
        chosen = np.zeros(len(ids), bool)
        chosen[places] = True
        alone = judge.judge(_unasked(units.only(table, chosen)), whole=False).logits
        poles = softmax(alone)
        good = table.dense[:, units.inputs(path).index("strongest")] >= np.log1p(GOOD)
        for row, place in enumerate(places):
            text = said[ids[place]]
            if _tells(text):
                logits[ids[place]] = [0.0, 3.0, 0.0]
            elif _praises(text):
                logits[ids[place]] = [0.0, 1.0, 3.0]
            elif poles[row, 2] - poles[row, 0] >= PRAISES[path] and (good[place] or SAID["people"].search(text)):
                logits[ids[place]] = alone[row]
    return logits


def _tells(text: str) -> bool:
    """Whether a clause only tells when or how often, or what somebody came for."""
    return any(SAID[use].fullmatch(text.strip()) for use in ("date", "habit")) or errand(text)


def _praises(text: str) -> bool:
    return SAID["far"].search(text.replace("\u2019", "'")) is not None


def _whole(text: str, path: str) -> bool:
    """Whether a clause is a sentence that neither complains nor asks for anything, or only tells of habits and errands."""
    if _tells(text) or _praises(text):
        return True
    if pains.complains(text) or SAID["more"].search(text) or wish_word(text):
        return False
    if path == "zh":
        return len(text) >= CHARACTERS
    words = text.split()
    return len(words) >= WORDS and any(t[:2] == "VB" and t != "VBG" for t in english.parts_of_speech(words))


def _unasked(table: Units) -> Units:
    """The units as if nobody had asked anything."""
    dense = table.dense.copy()
    dense[:, units.inputs(table.path).index("asked_positive") :] = 0.0
    return Units(table.path, dense, table.pieces, table.owner)
