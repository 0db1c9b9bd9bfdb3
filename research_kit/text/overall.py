"""What the texts of a batch say as wholes. Most who read comments ask for their clauses alone: this is not made before it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from research_kit.text.assemble import Poles, Read, calmed, lists, sizes, unasked
from research_kit.text.judgement import judge, weights, whole
from research_kit.text.judgement.learning import StudyModel
from research_kit.text.judgement.whole import softmax
from research_kit.text.signs import units
from research_kit.text.signs.units import Units


def judged(batch: Read, poles: Poles, study_models: Mapping[str, StudyModel], fold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of negative, neutral, positive for each text, by the shipped weights and by what the study taught; and whether anything
    speaks in it. ``poles``: of its clauses; ``fold``: of each text."""
    said, speaks = _untaught(batch, poles.untaught)
    logits = np.log(said + 1e-4)
    for path, model in study_models.items():
        ids, table = batch.text_units[path]
        ids, table = ids[_majority(batch, path)[ids]], units.only(table, _majority(batch, path)[ids])
        logits[ids] = model.logits(table, logits[ids], fold[ids], whole=True)
    only = np.bincount(batch.text_of, ~poles.wishes, len(batch.texts)) == 0
    logits[only] = calmed(logits[only])
    return softmax(logits), speaks | only


def _untaught(batch: Read, clause_poles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of whole texts before the study teaches anything, and whether anything speaks."""
    grams, known, speaks = {}, {}, np.zeros(len(batch.texts), bool)
    for path, (ids, table) in batch.text_units.items():
        if len(ids):
            judgement = judge.judge(table, whole=True)
            grams[path], known[path] = judgement.logits, judgement.known
            speaks[ids] |= judgement.assessed
    logits, dense = whole.merged(len(batch.texts), batch.text_units, grams, known)
    own = batch.own
    inputs = whole.features(
        len(batch.texts), batch.text_of[own], clause_poles[own], sizes(batch)[own], logits, dense, units.inputs("en")
    )
    inputs[lists(batch), whole.INPUTS.index("clauses")] = 0.0  # a list says what its items say
    layers = weights.load("whole").stacks
    return whole.blended(inputs, layers["short"], layers["long"]), speaks


def _majority(batch: Read, path: str) -> np.ndarray:
    """Texts that speak mostly this path's language."""
    size = batch.pieces.end - batch.pieces.start
    mine = np.bincount(batch.pieces.text, size * (batch.pieces.chinese == (path == "zh")), len(batch.texts))
    return np.asarray(2 * mine >= np.bincount(batch.pieces.text, size, len(batch.texts)))


def cold(batch: Read) -> dict[str, tuple[np.ndarray, Units, np.ndarray]]:
    """Per path: texts that speak mostly its language, their evidence, and what the shipped weights say of them (logits)."""
    poles, _ = _untaught(batch, softmax(unasked(batch)[0]))
    found = {}
    for path, (ids, table) in batch.text_units.items():
        mine = _majority(batch, path)[ids]
        found[path] = ids[mine], units.only(table, mine), np.log(poles[ids[mine]] + 1e-4)
    return found
