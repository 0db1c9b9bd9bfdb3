"""Learning from the study: ratings beside comments, and questions with a direction, are labels.

One rule keeps it honest: every text belongs to one of five folds by what it says (so that the same words always fall together), and is
only ever judged by the model of its fold, which was fitted, compared with the rules and accepted or refused on the other folds alone.
A text's own rating, and that of its twins, therefore never enters its own value. Changing one rating may change other texts, never itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from research_kit.text.judgement import judge, logistic
from research_kit.text.pieces import split
from research_kit.text.second import Share
from research_kit.text.signs import ngrams
from research_kit.text.signs.units import Units

FOLDS = 5
FEWEST = 60
"""Rated texts that must be left to learn from, at least 15 of each of two classes."""
FEWEST_OF_A_CLASS = 15
MOST = 6000
"""Texts that are learned from; above this a sample (every text is judged all the same)."""
LOW, HIGH = 0.375, 0.625
"""Ratings (0..1) below and above which a text counts as negative or positive: 1-2 and 4-5 stars of five; 1-4 and 7-10 of ten."""
MARGIN = 0.005
"""Macro-F1 by which the study's model must beat the rules to be used."""
CLAUSE_SHARE = 0.5
"""How much of what a study's words add counts for single clauses, whose ratings nobody gave."""
FRAMED_WEIGHT = 0.5
"""What an answer to "what did you (dis)like?" counts as a label, beside a rating's 1."""


def fold_of(text: str) -> int:
    """The fold of a text, by its words alone."""
    return zlib.crc32(" ".join(split.clean(text).split()).encode()) % FOLDS


def poles_of(ratings: np.ndarray) -> np.ndarray:
    """Ratings (0..1) as 0 negative, 1 neutral, 2 positive; -1 where there is none."""
    return np.where(np.isnan(ratings), -1, np.where(ratings < LOW, 0, np.where(ratings > HIGH, 2, 1)))


@dataclass(frozen=True)
class FoldModel:
    """What one fold's texts are judged by: fitted on the other folds."""

    columns: np.ndarray
    """Bucket -> column, or -1."""
    idf: np.ndarray
    words: np.ndarray
    """Columns x poles."""
    cold: np.ndarray
    """Poles x poles: what becomes of the rules' logits."""
    bias: np.ndarray

    def table(self, units: Units) -> sparse.csr_matrix:
        """The known n-grams of each unit, weighted."""
        return ngrams.unit_length(units.counts(self.columns, len(self.idf)), self.idf)

    def adds(self, units: Units) -> np.ndarray:
        """Logits that the study's words add to each unit."""
        return np.asarray(self.table(units) @ self.words)


@dataclass(frozen=True)
class StudyModel:
    """The fold models of one path (None where the study's model did not beat the rules), and the figures."""

    folds: tuple[FoldModel | None, ...]
    figures: dict[str, Any] = field(default_factory=dict)

    def logits(self, units: Units, cold: np.ndarray, fold: np.ndarray, *, whole: bool) -> np.ndarray:
        """Logits of units (texts or clauses) by the model of each one's fold; the rules' own where the fold has none."""
        result = cold.copy()
        known = next((model for model in self.folds if model is not None), None)
        if known is None:
            return result
        table = known.table(units)  # all folds know the same n-grams
        for number, model in enumerate(self.folds):
            mine = fold == number
            if model is None or not mine.any():
                continue
            added = np.asarray(table[mine] @ model.words)
            if whole:
                result[mine] = cold[mine] @ model.cold + added + model.bias
            else:
                result[mine] = cold[mine] + CLAUSE_SHARE * (added - added.mean(axis=1, keepdims=True))
        return result


def fit(
    held: sparse.csr_matrix, cold: np.ndarray, targets: np.ndarray, weight: np.ndarray, fold: np.ndarray, *, share: Share = map
) -> StudyModel | None:
    """Fit the study's own words on top of the rules' logits, per fold. None where there is too little to learn from in every fold.

    ``held``: the n-grams of each text, as ``everything`` gives them.
    ``targets``: folds x texts, what the model of a fold learns from: 0 negative, 1 neutral, 2 positive, -1 unknown (a row may depend on
    all ratings but those of its fold); ``weight``: of each label. Logistic regression over hashed n-grams
    and the rules' logits (compare Cho et al. 2014: dictionaries revised by labelled reviews gain 12 to 15 points).
    """
    known = np.flatnonzero((targets >= 0).any(axis=0))
    if len(known) > MOST:
        known = np.sort(np.random.default_rng(0).permutation(known)[:MOST])
    columns, counts, idf = _table(held, known)
    cold, targets, weight, fold = cold[known], targets[:, known], weight[known], fold[known]
    given = _Given(counts, idf, cold, targets, weight, fold)
    tried: list[_Tried | None] = list(share(partial(_tried, given), range(FOLDS)))
    models = [FoldModel(columns, idf, *t.final) if t and t.final else None for t in tried]
    rules, ours = [t.before for t in tried if t], [t.after for t in tried if t]
    if not rules:
        return None
    if np.mean(ours) <= np.mean(rules):  # a single lucky fold is no reason
        models = [None] * FOLDS
    used = sum(m is not None for m in models)
    figures = {
        "texts": len(known), "rules_macro_f1": round(float(np.mean(rules)), 4), "study_macro_f1": round(float(np.mean(ours)), 4),
        "folds_blended": used, "folds": FOLDS,
    }  # fmt: skip
    return StudyModel(tuple(models), figures)


Fitted = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(word weights, what becomes of the rules' logits, bias)"""
STRENGTH, COLD_SCALE, ABSENT = 2.0, 0.7, -9.0
"""How freely words may weigh, how large the rules' logits stand beside them, and the bias of a pole that nobody gave."""


@dataclass(frozen=True)
class _Given:
    """What all folds are fitted from."""

    counts: sparse.csr_matrix
    idf: np.ndarray
    cold: np.ndarray
    targets: np.ndarray
    weight: np.ndarray
    fold: np.ndarray


@dataclass(frozen=True)
class _Tried:
    """The macro-F1 of the rules and of the study's words on the texts that tell, and the fold's model if the words are better."""

    before: float
    after: float
    final: Fitted | None


def _tried(given: _Given, out: int) -> _Tried | None:
    """The fold ``out``: fitted without it and the next one, judged on the next one; fitted again without it alone where that was better."""
    counts, idf, cold, weight, fold = given.counts, given.idf, given.cold, given.weight, given.fold
    check, target = (out + 1) % FOLDS, given.targets[out]
    trial = _fitted(counts, idf, cold, target, weight, ~np.isin(fold, (out, check)) & (target >= 0))
    tell = (fold == check) & (target >= 0)
    if trial is None or not tell.any():
        return None
    words, mix, bias = trial
    table = ngrams.unit_length(counts[tell], idf)
    guess = (cold[tell] @ mix + np.asarray(table @ words) + bias).argmax(axis=1)
    # Both choose among the poles that anybody gave: the study's words know no other.
    given_poles = np.unique(target[target >= 0])
    rules = given_poles[cold[tell][:, given_poles].argmax(axis=1)]
    before, after = macro_f1(target[tell], rules), macro_f1(target[tell], guess)
    final = _fitted(counts, idf, cold, target, weight, (fold != out) & (target >= 0)) if after > before + MARGIN else None
    return _Tried(before, after, final)


def everything(units: Units) -> sparse.csr_matrix:
    """All n-grams that each of these units holds."""
    return units.counts(np.arange(ngrams.BUCKETS, dtype=np.int32), ngrams.BUCKETS)


def _table(held: sparse.csr_matrix, known: np.ndarray) -> tuple[np.ndarray, sparse.csr_matrix, np.ndarray]:
    """The n-grams that two or more of these texts hold: bucket -> column, counts, idf. Looks at words alone, never at labels."""
    counts = held[known]
    frequency = np.bincount(counts.indices, minlength=ngrams.BUCKETS)
    kept = np.flatnonzero(frequency >= (2 if len(known) < 1000 else 3))
    columns = np.full(ngrams.BUCKETS, -1, np.int32)
    columns[kept] = np.arange(len(kept), dtype=np.int32)
    idf = np.log((1 + len(known)) / (1 + frequency[kept])) + 1
    return columns, counts[:, kept].tocsr(), idf.astype(np.float32)


def _fitted(
    counts: sparse.csr_matrix, idf: np.ndarray, cold: np.ndarray, target: np.ndarray, weight: np.ndarray, rows: np.ndarray
) -> Fitted | None:
    """The weights over three poles, or None where these rows are too few."""
    sizes = np.bincount(target[rows], minlength=3)
    if sizes.sum() < FEWEST or (sizes >= FEWEST_OF_A_CLASS).sum() < 2:
        return None
    rows = rows & (sizes >= FEWEST_OF_A_CLASS)[target]
    chosen = np.flatnonzero(sizes >= FEWEST_OF_A_CLASS)
    inputs = sparse.hstack([ngrams.unit_length(counts[rows], idf), sparse.csr_matrix(cold[rows] * COLD_SCALE)]).tocsr()
    # As if all classes were equal: few bad reviews must not be drowned (better in macro-F1 on three of five rated files, level on two).
    balance = (sizes.max() / np.maximum(sizes, 1))[target[rows]]
    classes = np.searchsorted(chosen, target[rows])
    found, own_bias = logistic.fitted(inputs, classes, weight[rows] * balance, strength=STRENGTH)
    full, bias = np.zeros((inputs.shape[1], 3)), np.full(3, ABSENT)
    full[:, chosen], bias[chosen] = found, own_bias
    words = counts.shape[1]
    return full[:words].astype(np.float32), full[words:] * COLD_SCALE, bias


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """Mean F1 over the poles that occur in the truth."""
    scores = []
    for pole in range(len(judge.POLES)):
        if (truth == pole).any():
            hit = ((truth == pole) & (guess == pole)).sum()
            scores.append(2 * hit / ((truth == pole).sum() + (guess == pole).sum()))
    return float(np.mean(scores))


def targets_of(
    ratings: np.ndarray, framing: Sequence[str], informative: np.ndarray, fold: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What each fold's model learns from (folds x texts) and the weight of each label.

    ``ratings`` on one scale, nan where there is none: the scale is found without the fold's own ratings. Where nobody rated, answers to
    questions with a direction are labels, if both directions were asked and the answer says something (``informative``).
    """
    targets = np.full((FOLDS, len(ratings)), -1)
    for out in range(FOLDS):
        others = np.where(fold == out, np.nan, ratings)
        targets[out] = poles_of(scaled(others))
    rated = ~np.isnan(ratings)
    asked = np.array([{"positive": 2, "negative": 0}.get(f, -1) for f in framing])
    asked = np.where(informative & ~rated, asked, -1)
    if min((asked == 2).sum(), (asked == 0).sum()) >= FEWEST_OF_A_CLASS:
        targets = np.where((asked >= 0)[None, :], asked[None, :], targets)
    return targets, np.where(rated, 1.0, FRAMED_WEIGHT)


def turned(model: StudyModel, entries: Sequence[str], values: np.ndarray, units: Units) -> list[str]:
    """Words of the lexicon whose sign the study's data turned round, the strongest first. ``units``: one per entry, of its word alone."""
    fitted = [m for m in model.folds if m is not None]
    if not fitted:
        return []
    lean = np.mean([m.adds(units)[:, 2] - m.adds(units)[:, 0] for m in fitted], axis=0)
    against = np.flatnonzero((np.sign(lean) == -np.sign(values)) & (np.abs(values) >= 0.2) & (np.abs(lean) >= 0.8))
    return [entries[i] for i in sorted(against.tolist(), key=lambda i: (-abs(lean[i]), entries[i]))]


def scaled(values: np.ndarray) -> np.ndarray:
    """Ratings on one unknown scale brought to 0..1: -1..1, 0..1, 1..5, 1..7, 0..10 or 0..100, by the smallest that holds them all."""
    known = values[~np.isnan(values)]
    if not len(known):
        return values
    low, high = known.min(), known.max()
    scales = [(0, 1), (-1, 1), (1, 5), (0, 5), (1, 7), (1, 10), (0, 10), (0, 100)]
    first, last = next(((a, b) for a, b in scales if a <= low and high <= b), (low, high))
    return (values - first) / max(last - first, 1e-9)
