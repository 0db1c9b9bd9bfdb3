"""Make the shipped weights: research_kit/text/weights/{en,zh}.npz. One command, the same bytes every time.

    RESEARCH_KIT_DATA=<folder> python training/train.py [--report]

First layers (over n-grams) are logistic regressions; second layers combine their out-of-fold logits (industries left out) with the
written lexicon's evidence. ``--report`` prints the figures on industries left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import samples
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import evidence, judge, ngrams, split, units, weights
from research_kit.text.weights import Layer

FOLDS = 5
KEPT = {"en": 60_000, "zh": 50_000}
"""N-grams that each path keeps."""
STRENGTH = {"sentiment": 1.0, "emotion": 2.0, "kind": 1.0, "goemotions": 3.0}
STACK_STRENGTH = {"clause": 0.05, "text": 0.05, "emotion": 0.01, "kind": 0.02}


class Table:
    """All samples of a path as units, with their n-gram counts over all buckets that occur often enough."""

    def __init__(self, path: str, rows: pd.DataFrame) -> None:
        self.path, self.rows = path, rows.reset_index(drop=True)
        cut = split.pieces(self.rows["text"].tolist())
        found = evidence.gather(cut, path)
        self.units = units.build(found, path, cut.text, len(rows), self.rows["asked"].tolist())
        self.kept = self._common(2)
        self.load(self.kept)

    def _common(self, least: int) -> np.ndarray:
        pairs = np.unique(np.concatenate([unit * ngrams.BUCKETS + bucket for unit, bucket in self.units.grams]))
        return np.flatnonzero(np.bincount(pairs % ngrams.BUCKETS, minlength=ngrams.BUCKETS) >= least)

    def load(self, kept: np.ndarray) -> None:
        """Count these buckets, and weigh them by their rarity."""
        self.kept = kept
        columns = np.full(ngrams.BUCKETS, -1, np.int32)
        columns[kept] = np.arange(len(kept), dtype=np.int32)
        counts = ngrams.counts(self.units.grams, len(self.units), columns, len(kept))
        frequency = np.bincount(counts.indices, minlength=len(kept))
        self.idf = (np.log((1 + len(self.rows)) / (1 + frequency)) + 1).astype(np.float16).astype(np.float32)
        self.tfidf = ngrams.unit_length(counts, self.idf)

    def column(self, name: str) -> np.ndarray:
        return self.rows[name].to_numpy()


def folds(table: Table) -> np.ndarray:
    """A fold for each row; rows of one industry (or data set) stay together, folds are of like size."""
    sizes = table.rows["group"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    load, where = np.zeros(FOLDS), {}
    for group, size in sizes.items():
        where[group] = int(load.argmin())
        load[where[group]] += size
    return table.rows["group"].map(where).to_numpy()


def softmax_layer(inputs: sparse.csr_matrix | np.ndarray, labels: np.ndarray, weight: np.ndarray, names: Sequence[str], strength: float, balanced: bool = True) -> Layer:
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


def goemotions_layer(inputs: sparse.csr_matrix, flags: np.ndarray, names: Sequence[str], *, thresholds: bool) -> Layer:
    """One logistic regression per label; its threshold (best F1 on inner folds) is taken into the bias: above 0 means yes."""
    inner = np.arange(len(flags)) % 3
    coefficients, bias = np.zeros((inputs.shape[1], len(names))), np.zeros(len(names))
    for k in range(len(names)):
        held = np.zeros(len(flags))
        for fold in range(3 if thresholds else 0):
            held[inner == fold] = _one(inputs[inner != fold], flags[inner != fold, k]).decision_function(inputs[inner == fold])
        model = _one(inputs, flags[:, k])
        coefficients[:, k], bias[k] = model.coef_[0], model.intercept_[0] - (_threshold(held, flags[:, k]) if thresholds else 0.0)
    return Layer(tuple(names), coefficients, bias)


def _one(inputs: sparse.csr_matrix, flag: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH["goemotions"], solver="liblinear", class_weight={0: 1.0, 1: 4.0}, tol=1e-2).fit(inputs, flag)


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


def stacked(inputs: np.ndarray, labels: np.ndarray, weight: np.ndarray, names: Sequence[str], strength: float, balanced: bool) -> Layer:
    """A second layer: inputs are brought to one scale for fitting, and the scale is folded into its coefficients."""
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-3
    layer = softmax_layer((inputs - centre) / spread, labels, weight, names, strength, balanced)
    coefficients = layer.coefficients / spread[:, None]
    return Layer(layer.labels, coefficients, layer.bias - centre @ coefficients)


def train(path: str, report: bool) -> None:
    rows = samples.corpus().query("path == @path")
    flags, names = np.zeros((0, 0), np.int8), ()
    if path == "en":
        reddit, flags, names = samples.goemotions()
        rows = pd.concat([rows, samples.rated(), reddit], ignore_index=True)
    table = Table(path, rows)
    everything = np.ones(len(table.rows), bool)
    heads = ["sentiment", "emotion", "kind"]
    is_go = table.column("group") == "goemotions"
    print(path, len(rows), "rows", len(table.kept), "n-grams")
    importance = np.zeros(len(table.kept))
    for head in heads:
        importance = np.maximum(importance, np.abs(first_layer(table, head, everything).coefficients).max(axis=1) / STRENGTH[head])
    if path == "en":
        table_layer = goemotions_layer(table.tfidf[is_go], flags, names, thresholds=False)
        importance = np.maximum(importance, np.abs(table_layer.coefficients).max(axis=1) / STRENGTH["goemotions"] / 2)
    chosen = np.sort(np.argsort(-importance, kind="stable")[: KEPT[path]])
    table.load(table.kept[chosen])
    grams = {head: first_layer(table, head, everything) for head in heads}
    fold = folds(table)
    held = {head: out_of_fold(table, head, fold) for head in heads}
    if path == "en":
        grams["goemotions"] = goemotions_layer(table.tfidf[is_go], flags, names, thresholds=True)
        held["goemotions"] = grams["goemotions"](table.tfidf)
    stacks = second_layers(table, held, fold, report)
    weights.save(path, table.kept, table.idf, grams, stacks)
    print(path, "written:", (weights.FOLDER / f"{path}.npz").stat().st_size, "bytes")


def second_layers(table: Table, held: dict[str, np.ndarray], fold: np.ndarray, report: bool) -> dict[str, Layer]:
    dense, weight, unit = table.units.dense, table.column("weight"), table.column("unit")
    written = table.column("emotion") >= 0
    stacks: dict[str, Layer] = {}
    plan = {"clause": np.isin(unit, ["clause", "both"]), "text": np.isin(unit, ["text", "both"])}
    logits = {}
    for name, rows in plan.items():
        rows = rows & (table.column("sentiment") >= 0)
        inputs = np.hstack([dense, held["sentiment"]])
        stacks[name] = _stack(name, inputs, table.column("sentiment"), weight, judge.POLES, rows, fold, table, report, balanced=False)
        logits[name] = stacks[name](inputs)
    poles = np.log(judge.softmax(logits["clause"]) + 1e-4)
    inputs = np.hstack([dense, *(held[h] for h in sorted(held)), poles])
    stacks["emotion"] = _stack("emotion", inputs, table.column("emotion"), weight, EMOTIONS, written, fold, table, report, balanced=True)
    inputs = np.hstack([dense, held["kind"], poles])
    stacks["kind"] = _stack("kind", inputs, table.column("kind"), weight, MENTION_KINDS, written, fold, table, report, balanced=False)
    return stacks


def _stack(name: str, inputs: np.ndarray, labels: np.ndarray, weight: np.ndarray, names: Sequence[str], rows: np.ndarray, fold: np.ndarray, table: Table, report: bool, *, balanced: bool) -> Layer:
    strength = STACK_STRENGTH[name]
    if report:
        guess = np.full(len(labels), -1)
        for number in range(FOLDS):
            learn, tell = rows & (fold != number), rows & (fold == number)
            if tell.any():
                guess[tell] = stacked(inputs[learn], labels[learn], weight[learn], names, strength, balanced)(inputs[tell]).argmax(axis=1)
        for group in ["en", "zh-Hant", "zh-Hans", "goemotions", "skytrax", "womens-clothing"]:
            here = rows & ((table.column("group") == group) | ((table.column("language") == group) & (table.column("emotion") >= 0) | (table.column("language") == group) & table.rows["file"].str.len().le(8).to_numpy() & (table.column("weight") == 1)))
            if here.any():
                print(f"  {table.path} {name:8s} {group:16s} n={here.sum():6d} exact={np.mean(guess[here] == labels[here]):.3f} macro-F1={f1_score(labels[here], guess[here], average='macro'):.3f}")
    return stacked(inputs[rows], labels[rows], weight[rows], names, strength, balanced)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--report", action="store_true", help="print the figures on industries left out")
    parser.add_argument("--path", choices=["en", "zh"], help="only this one")
    arguments = parser.parse_args()
    for chosen_path in [arguments.path] if arguments.path else ["zh", "en"]:
        train(chosen_path, arguments.report)
