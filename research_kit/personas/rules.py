""" "You are this persona if ...": a decision tree of at most five questions per persona, and how well it does on people it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from research_kit.labels import label
from research_kit.personas.encode import Item
from research_kit.personas.wording import Asked, shorten
from research_kit.records import Rule

if TYPE_CHECKING:
    from research_kit.records import Language

MOST_QUESTIONS = 5
_LEAVES = 6
_ROWS = 5000
_FOLDS = 5


@dataclass(frozen=True)
class Feature:
    """A yes/no or level test that a person can answer."""

    item: Item
    level: int
    """Nominal: the level that is asked for; else -1: the level number is compared."""


def features(items: Sequence[Item], X: pd.DataFrame) -> tuple[list[Feature], np.ndarray]:
    """(tests, (n, tests)): level numbers of ordered items (missing: the middle one), 0/1 for each level of nominal ones."""
    tests: list[Feature] = []
    columns: list[np.ndarray] = []
    for item in items:
        codes = item.code(X[item.column]).astype(float)
        if item.kind == "nominal":
            for level in range(len(item.levels)):
                tests.append(Feature(item, level))
                columns.append((codes == level).astype(float))
        else:
            known = codes[codes >= 0]
            tests.append(Feature(item, -1))
            columns.append(np.where(codes < 0, np.median(known) if len(known) else 0.0, codes))
    return tests, np.column_stack(columns) if columns else np.zeros((len(X), 0))


def rule(
    tests: Sequence[Feature], data: np.ndarray, member: np.ndarray, about: Mapping[str, Asked], language: Language, *, seed: int
) -> Rule | None:
    """The rule of one persona with cross-validated precision and recall; None where no rule finds anybody."""
    rows = np.arange(len(member))
    if len(rows) > _ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _ROWS, replace=False))
    data, member = data[rows], member[rows]
    folds = min(_FOLDS, int(member.sum()), int((~member).sum()))
    if folds < 2 or not data.shape[1]:
        return None
    guess = np.zeros(len(member), dtype=bool)
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=seed).split(data, member):
        chosen, tree = _grow(tests, data[train], member[train], seed)
        guess[test] = tree.predict(data[test][:, chosen])
    chosen, tree = _grow(tests, data, member, seed)
    paths = _paths(tree)
    if not paths or not guess.any():
        return None
    sentences = [_sentence(path, [tests[i] for i in chosen], about, language) for path in paths]
    questions = {about[str(tests[chosen[f]].item.column)].question.key: None for path in paths for f, _ in path}
    text = label("personas", "rule", language, conditions=label("personas", "or", language).join(sentences))
    right = float((guess & member).sum())
    return Rule(text, tuple(questions), round(right / float(guess.sum()), 4), round(right / float(member.sum()), 4))


def _grow(tests: Sequence[Feature], data: np.ndarray, member: np.ndarray, seed: int) -> tuple[list[int], DecisionTreeClassifier]:
    """A small tree on the tests of the five questions that go along with membership most."""
    centred = data - data.mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=0))
    target = member - member.mean()
    strength = np.abs(centred.T @ target) / np.maximum(spread, 1e-9)
    best: dict[str, float] = {}
    for test, value in zip(tests, strength, strict=True):
        best[str(test.item.column)] = max(best.get(str(test.item.column), 0.0), float(value))
    columns = sorted(best, key=lambda c: (-best[c], c))[:MOST_QUESTIONS]
    chosen = [i for i, test in enumerate(tests) if str(test.item.column) in columns]
    tree = DecisionTreeClassifier(
        max_depth=3, max_leaf_nodes=_LEAVES, min_samples_leaf=max(5, len(member) // 100), random_state=seed
    )
    return chosen, tree.fit(data[:, chosen], member)


def _paths(tree: DecisionTreeClassifier) -> list[list[tuple[int, tuple[float, float]]]]:
    """The ways to a leaf that says yes, sibling leaves merged: [(feature, (above, at most))], largest leaf first."""
    inner = tree.tree_
    found: list[tuple[int, list[tuple[int, tuple[float, float]]]]] = []

    def says(node: int) -> bool | None:
        if inner.children_left[node] < 0:
            return bool(tree.classes_[inner.value[node][0].argmax()])
        left, right = says(inner.children_left[node]), says(inner.children_right[node])
        return left if left == right else None

    def walk(node: int, bounds: dict[int, tuple[float, float]]) -> None:
        verdict = says(node)
        if verdict is not None:
            if verdict and bounds:
                found.append((int(inner.n_node_samples[node]), list(bounds.items())))
            return
        feature, cut = int(inner.feature[node]), float(inner.threshold[node])
        low, high = bounds.get(feature, (-np.inf, np.inf))
        walk(inner.children_left[node], {**bounds, feature: (low, min(high, cut))})
        walk(inner.children_right[node], {**bounds, feature: (max(low, cut), high)})

    walk(0, {})
    return [path for _, path in sorted(found, key=lambda f: -f[0])]


def _sentence(
    path: list[tuple[int, tuple[float, float]]], tests: Sequence[Feature], about: Mapping[str, Asked], language: Language
) -> str:
    parts = []
    for feature, (above, at_most) in path:
        parts += _conditions(tests[feature], about[str(tests[feature].item.column)], above, at_most, language)
    return label("personas", "and", language).join(parts)


def _conditions(test: Feature, item: Asked, above: float, at_most: float, language: Language) -> list[str]:
    question = shorten(item.part or item.question.text, 80)
    if test.item.kind == "option":
        key = "rule_ticked" if above > -np.inf else "rule_unticked"
        return [label("personas", key, language, option=item.part or "✓", question=shorten(item.question.text, 80))]
    if test.level >= 0:
        key = "rule_is" if above > -np.inf else "rule_not"
        words = label("personas", "exactly", language, level=test.item.levels[test.level])
        return [label("personas", key, language, answer=words, question=question)]
    out = []
    lowest, highest = int(np.floor(above)) + 1 if above > -np.inf else None, int(np.floor(at_most)) if at_most < np.inf else None
    if lowest is not None and lowest == highest:
        return [
            label("personas", "rule_is", language, answer=_level(test.item, lowest, language, upper=False), question=question)
        ]
    if lowest is not None:
        words = _level(test.item, lowest, language, upper=False)
        out.append(label("personas", "rule_at_least", language, answer=words, question=question))
    if highest is not None:
        words = _level(test.item, highest, language, upper=True)
        out.append(label("personas", "rule_at_most", language, answer=words, question=question))
    return out


def _level(item: Item, level: int, language: Language, *, upper: bool) -> str:
    if item.edges:
        return f"{item.edges[min(level, len(item.edges) - 1) if upper else max(level - 1, 0)]:g}"
    value = item.levels[min(max(level, 0), len(item.levels) - 1)]
    if isinstance(value, (int, float, np.integer, np.floating)):
        return f"{value:g}"
    return label("personas", "exactly", language, level=value)
