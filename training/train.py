"""Make the shipped weights: research_kit/text/weights/{en,zh,whole}.npz. One command, the same bytes every time.

    RESEARCH_KIT_DATA=<folder> python training/train.py [--report]

First layers (over n-grams) are logistic regressions; second layers combine their out-of-fold logits (industries left out) with the
written lexicon's evidence. ``--report`` prints the figures on industries left out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace

import made_from
import numpy as np
import pandas as pd
import samples
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import assemble
from research_kit.text.judgement import judge, weights, whole
from research_kit.text.judgement.weights import Layer
from research_kit.text.signs import evidence, lexicon, ngrams, units

FOLDS = 5
KEPT = {"en": 60_000, "zh": 50_000}
"""N-grams that each path keeps."""
STRENGTH = {"sentiment": 0.5, "emotion": 2.0, "kind": 1.0, "goemotions": 3.0}
STACK_STRENGTH = {"clause": 0.02, "short": 0.05, "emotion": 0.001, "kind": 0.005}
"""Weak for emotions: with more, near relatives such as anger and frustration are told apart by chance (real clauses, and pairs of Taiwan and
Mainland wording, are judged better and more alike)."""
HEADS = ("sentiment", "emotion", "kind")
COMMON = 0.5
"""How far the emotion layer, fitted as if all emotions were equally common, is brought back to how common they are in the corpus (0 to 1):
real clauses are mostly satisfied, disappointed, frustrated or without a feeling."""
MARKS_TOO = tuple(mark for mark in evidence.MARKS if mark != "questions")
"""What the second layers do not hear, beside how often words of praise and blame stand there whatever negates them: the written corpus has
its own habits with length, digits, "!!!" and "...", and teaches them wrongly for plain reviews."""
EVENED = 0.625
"""Of the long-text layer's leaning (half and three quarters were about as good on five rated files of two languages)."""
REDDIT_WEIGHT = 0.03
"""Of GoEmotions in the second layers: comments of another world."""
_FULL_STOP = re.compile(r"(?<![.。])[.。]$")


class Table:
    """All samples of a path as units, with their n-gram counts over all buckets that occur often enough."""

    def __init__(self, path: str, rows: pd.DataFrame) -> None:
        self.path, self.rows = path, rows.reset_index(drop=True)
        batch = assemble.read(self.rows["text"].tolist(), self.rows["asked"].tolist(), by_things=False)
        mine = batch.pieces.chinese == (path == "zh")
        self.units = units.build(
            batch.found[path], path, np.where(mine, batch.pieces.text, -1), len(rows), self.rows["asked"].tolist()
        )
        ids, self.clauses = batch.clause_units[path]
        self.text_of, self.size = batch.text_of[ids], assemble.sizes(batch)[ids]
        self.kept = np.intersect1d(self._common(2), unstopped(batch, path))
        self.load(self.kept)

    def _common(self, least: int) -> np.ndarray:
        pairs = np.unique(np.concatenate([unit * ngrams.BUCKETS + bucket for unit, bucket in self.units.grams]))
        return np.flatnonzero(np.bincount(pairs % ngrams.BUCKETS, minlength=ngrams.BUCKETS) >= least)

    def load(self, kept: np.ndarray) -> None:
        """Count these buckets, and weigh them by their rarity."""
        self.kept = kept
        columns = np.full(ngrams.BUCKETS, -1, np.int32)
        columns[kept] = np.arange(len(kept), dtype=np.int32)
        counts = self.units.counts(columns, len(kept))
        frequency = np.bincount(counts.indices, minlength=len(kept))
        self.idf = (np.log((1 + len(self.rows)) / (1 + frequency)) + 1).astype(np.float16).astype(np.float32)
        self.tfidf = ngrams.unit_length(counts, self.idf)

    def column(self, name: str) -> np.ndarray:
        """A column of the samples."""
        return self.rows[name].to_numpy()


def unstopped(batch: assemble.Read, path: str) -> np.ndarray:
    """The buckets of n-grams that need no full stop at an end: whether somebody writes one must not change what is said. (A bucket that a full
    stop shares with something else counts by what it mostly is.)"""
    pieces = replace(batch.pieces, clean=tuple(_FULL_STOP.sub("", said) for said in batch.pieces.clean))
    with_, without = (
        sum(np.bincount(bucket, minlength=ngrams.BUCKETS) for _, bucket in found.grams.of(np.zeros(len(pieces.clean), np.int64)))
        for found in (batch.found[path], evidence.gather(pieces, path))
    )
    return np.flatnonzero(2 * without > with_)


def folds(table: Table) -> np.ndarray:
    """A fold for each row; rows of one industry (or data set) stay together, folds are of like size; the lexicon's words (-1) are known to all."""
    sizes = table.rows["group"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    load, where = np.zeros(FOLDS), {}
    for group, size in sizes.items():
        where[group] = int(load.argmin())
        load[where[group]] += size
    return np.where(table.column("group") == "plain", -1, table.rows["group"].map(where).to_numpy())


def heard(dense: np.ndarray, path: str) -> np.ndarray:
    """The dense evidence with what the second layers do not hear set to 0, so that it gets no weight."""
    mute = {*MARKS_TOO, *(group for group in lexicon.groups(path) if group.startswith(("praise", "blame")))}
    return np.asarray(dense * np.array([name not in mute for name in units.inputs(path)], dense.dtype))


def softmax_layer(
    inputs: sparse.csr_matrix | np.ndarray,
    labels: np.ndarray,
    weight: np.ndarray,
    names: Sequence[str],
    strength: float,
    balanced: bool = True,
) -> Layer:
    """A multinomial logistic regression; labels that never occur get a low bias."""
    model = LogisticRegression(C=strength, class_weight="balanced" if balanced else None, max_iter=400, tol=1e-4)
    model.fit(inputs, labels, sample_weight=weight)
    coefficients = np.zeros((inputs.shape[1], len(names)))
    bias = np.full(len(names), -20.0)
    chosen = model.classes_.astype(int)
    if len(chosen) == 2:
        coefficients[:, chosen[1]], bias[chosen[0]], bias[chosen[1]] = model.coef_[0], 0.0, model.intercept_[0]
    else:
        coefficients[:, chosen], bias[chosen] = model.coef_.T, model.intercept_
    return Layer(tuple(names), coefficients, bias)


def first_layer(table: Table, head: str, rows: np.ndarray) -> Layer:
    names = {"sentiment": judge.POLES, "emotion": EMOTIONS, "kind": MENTION_KINDS}[head]
    use = rows & (table.column(head) >= 0)
    return softmax_layer(table.tfidf[use], table.column(head)[use], table.column("weight")[use], names, STRENGTH[head])


def goemotions_layer(inputs: sparse.csr_matrix, flags: np.ndarray, names: Sequence[str]) -> Layer:
    """One logistic regression per label; its threshold (best F1 on inner folds) is taken into the bias: above 0 means yes."""
    inner = np.arange(len(flags)) % 3
    coefficients, bias = np.zeros((inputs.shape[1], len(names))), np.zeros(len(names))
    for k in range(len(names)):
        held = np.zeros(len(flags))
        for fold in range(3):
            held[inner == fold] = _one(inputs[inner != fold], flags[inner != fold, k]).decision_function(inputs[inner == fold])
        model = _one(inputs, flags[:, k])
        coefficients[:, k], bias[k] = model.coef_[0], model.intercept_[0] - _threshold(held, flags[:, k])
    return Layer(tuple(names), coefficients, bias)


def _telling(inputs: sparse.csr_matrix, flags: np.ndarray) -> np.ndarray:
    """How much each n-gram tells of any label: the largest difference of its mean between texts with and without, in standard errors."""
    count, total = flags.sum(axis=0), len(flags)
    inside = np.asarray(inputs.T @ flags) / count
    everywhere = np.asarray(inputs.sum(axis=0)).ravel()[:, None] / total
    spread = np.sqrt(np.asarray(inputs.multiply(inputs).sum(axis=0)).ravel()[:, None] / total + 1e-9)
    return np.asarray(((inside - everywhere) / spread * np.sqrt(count)).max(axis=1))


def _one(inputs: sparse.csr_matrix, flag: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH["goemotions"], solver="liblinear", class_weight={0: 1.0, 1: 4.0}, tol=1e-2).fit(
        inputs, flag
    )


def _threshold(scores: np.ndarray, flag: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(flag[order])
    f1 = 2 * hits / (np.arange(1, len(flag) + 1) + flag.sum())
    best = int(f1.argmax())
    return float(scores[order][best : best + 2].mean())


def out_of_fold(table: Table, head: str, fold: np.ndarray) -> np.ndarray:
    """First-layer logits of each row from layers that never saw its industry."""
    width = {"sentiment": 3, "emotion": len(EMOTIONS), "kind": len(MENTION_KINDS)}[head]
    logits = np.zeros((len(table.rows), width))
    for number in range(FOLDS):
        logits[fold == number] = first_layer(table, head, fold != number)(table.tfidf[fold == number])
    return logits


def stacked(
    inputs: np.ndarray, labels: np.ndarray, weight: np.ndarray, names: Sequence[str], strength: float, balanced: bool
) -> Layer:
    """A second layer: inputs are brought to one scale for fitting, and the scale is folded into its coefficients."""
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-3
    layer = softmax_layer((inputs - centre) / spread, labels, weight, names, strength, balanced)
    coefficients = layer.coefficients / spread[:, None]
    return Layer(layer.labels, coefficients, layer.bias - centre @ coefficients)


def prepared(path: str) -> tuple[Table, np.ndarray, Sequence[str]]:
    """The samples of a path with the n-grams that it will keep; and, for English, the labels of GoEmotions."""
    rows = samples.corpus().query("path == @path")
    flags, names = np.zeros((0, 0), np.int8), ()
    parts = [rows, samples.plain(path)]
    if path == "en":
        reddit, flags, names = samples.goemotions()
        parts += [samples.rated(), reddit]
    table = Table(path, pd.concat(parts, ignore_index=True))
    print(path, len(table.rows), "rows", len(table.kept), "n-grams", flush=True)
    everything = np.ones(len(table.rows), bool)
    importance = np.zeros(len(table.kept))
    for head in HEADS:
        importance = np.maximum(
            importance, np.abs(first_layer(table, head, everything).coefficients).max(axis=1) / STRENGTH[head]
        )
    if path == "en":
        telling = _telling(table.tfidf[table.column("group") == "goemotions"], flags)
        importance = np.maximum(importance, telling * np.quantile(importance, 0.95) / np.quantile(telling, 0.95))
    chosen = np.sort(np.argsort(-importance, kind="stable")[: KEPT[path]])
    table.load(table.kept[chosen])
    return table, flags, names


def train(path: str, report: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Write the weights of a path; return what whole texts are learned from (inputs, labels, weights, rated)."""
    table, flags, names = prepared(path)
    fold = folds(table)
    everything = np.ones(len(table.rows), bool)
    grams = {head: first_layer(table, head, everything) for head in HEADS}
    held = {head: out_of_fold(table, head, fold) for head in HEADS}
    if path == "en":
        grams["goemotions"] = goemotions_layer(table.tfidf[table.column("group") == "goemotions"], flags, names)
        held["goemotions"] = grams["goemotions"](table.tfidf)
    stacks = second_layers(table, held, fold, report)
    weights.save(path, table.kept, table.idf, grams, stacks)
    print(path, "written:", (weights.FOLDER / f"{path}.npz").stat().st_size, "bytes", flush=True)
    return whole_rows(table, held["sentiment"], fold)


def second_layers(table: Table, held: dict[str, np.ndarray], fold: np.ndarray, report: bool) -> dict[str, Layer]:
    """Clause, emotion and kind, over dense evidence and out-of-fold logits."""
    dense, weight = heard(table.units.dense, table.path), table.column("weight").copy()
    weight[table.column("group") == "goemotions"] = REDDIT_WEIGHT
    written = table.column("emotion") >= 0
    rows = np.isin(table.column("unit"), ["clause", "both"]) & (table.column("sentiment") >= 0)
    inputs = np.hstack([dense, held["sentiment"]])
    stacks = {
        "clause": _stack(
            "clause", inputs, table.column("sentiment"), weight, judge.POLES, rows, fold, table, report, balanced=False
        )
    }
    poles = np.log(judge.softmax(stacks["clause"](inputs)) + 1e-4)
    inputs = np.hstack([dense, *(held[h] for h in sorted(held)), poles])
    stacks["emotion"] = _stack(
        "emotion", inputs, table.column("emotion"), weight, EMOTIONS, written, fold, table, report, balanced=True
    )
    stacks["emotion"] = commoner(stacks["emotion"], table.column("emotion")[written])
    inputs = np.hstack([dense, held["kind"], poles])
    stacks["kind"] = _stack(
        "kind", inputs, table.column("kind"), weight, MENTION_KINDS, written, fold, table, report, balanced=False
    )
    return stacks


def commoner(layer: Layer, labels: np.ndarray) -> Layer:
    """The layer with the labels' frequencies brought back into its bias, by COMMON."""
    share = np.bincount(labels, minlength=len(layer.labels)) / len(labels)
    return Layer(layer.labels, layer.coefficients, layer.bias + COMMON * np.log(np.maximum(share, 1e-4)))


def _stack(
    name: str, inputs: np.ndarray, labels: np.ndarray, weight: np.ndarray, names: Sequence[str], rows: np.ndarray, fold: np.ndarray, table: Table, report: bool,
    *, balanced: bool,
) -> Layer:  # fmt: skip
    if report:
        guess = np.full(len(labels), -1)
        for number in range(FOLDS):
            learn, tell = rows & (fold != number), rows & (fold == number)
            if tell.any():
                guess[tell] = stacked(inputs[learn], labels[learn], weight[learn], names, STACK_STRENGTH[name], balanced)(
                    inputs[tell]
                ).argmax(axis=1)
        for language in ("en", "zh-Hant", "zh-Hans"):
            here = rows & (table.column("language") == language) & (table.column("emotion") >= 0)
            if here.any():
                f1 = f1_score(labels[here], guess[here], average="macro")
                print(
                    f"  {name:8s} {language:8s} n={here.sum():6d} exact={np.mean(guess[here] == labels[here]):.3f} macro-F1={f1:.3f}",
                    flush=True,
                )
    return stacked(inputs[rows], labels[rows], weight[rows], names, STACK_STRENGTH[name], balanced)


def whole_rows(table: Table, held: np.ndarray, fold: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Inputs of the layers for whole texts, with every clause judged by layers that never saw its industry."""
    counts = table.clauses.counts(_columns(table.kept), len(table.kept))
    clause_grams = ngrams.unit_length(counts, table.idf)
    labels, weight = table.column("sentiment"), table.column("weight").copy()
    weight[table.column("group") == "goemotions"] = REDDIT_WEIGHT
    taught = np.isin(table.column("unit"), ["clause", "both"]) & (labels >= 0)
    inputs = np.hstack([heard(table.units.dense, table.path), held])
    poles = np.zeros((len(table.clauses), 3))
    for number in range(FOLDS):
        mine = fold[table.text_of] == number
        learn = taught & (fold != number)
        layer = stacked(inputs[learn], labels[learn], weight[learn], judge.POLES, STACK_STRENGTH["clause"], False)
        logits = first_layer(table, "sentiment", fold != number)(clause_grams[mine])
        poles[mine] = judge.softmax(layer(np.hstack([table.clauses.dense[mine], logits])))
    features = whole.features(
        len(table.rows), table.text_of, poles, table.size, held, table.units.dense, units.inputs(table.path)
    )
    rows = np.isin(table.column("unit"), ["text", "both"]) & (labels >= 0)
    rated = np.isin(table.column("group"), ["skytrax", "womens-clothing"])
    return features[rows], labels[rows], table.column("weight")[rows], rated[rows]


def _columns(kept: np.ndarray) -> np.ndarray:
    columns = np.full(ngrams.BUCKETS, -1, np.int32)
    columns[kept] = np.arange(len(kept), dtype=np.int32)
    return columns


def train_whole(parts: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """The layers for whole texts, over both languages: short ones from everything, long ones from the rated reviews."""
    features, labels, weight, rated = (np.concatenate([part[i] for part in parts]) for i in range(4))
    short = stacked(features, labels, weight, judge.POLES, STACK_STRENGTH["short"], False)
    even = np.array([1 / max((labels[rated] == pole).sum(), 1) for pole in range(3)])[labels[rated]]
    long = softmax_layer(whole.long_inputs(features[rated]), labels[rated], even / even.mean(), judge.POLES, 1.0, False)
    weights.save("whole", np.zeros(0, np.int32), np.zeros(0), {}, {"short": short, "long": evened(long)})


def evened(layer: Layer) -> Layer:
    """EVENED of a layer's leaning to one side taken back: airlines and clothes are no measure of how often people complain elsewhere."""
    bias = layer.bias.copy()
    lean = (bias[2] - bias[0]) / 2 * EVENED
    bias[2] -= lean
    bias[0] += lean
    return Layer(layer.labels, layer.coefficients, bias)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--report", action="store_true", help="print the figures on industries left out")
    arguments = parser.parse_args()
    train_whole([train(path, arguments.report) for path in ("zh", "en")])
    made_from.write()
