""" "You are this persona if ...": at most three plain conditions per persona, and how well they do on people they were not chosen on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from research_kit.labels import label
from research_kit.personas.encode import Item
from research_kit.personas.wording import Asked, number, shorten, span, subject
from research_kit.records import Rule

if TYPE_CHECKING:
    from research_kit.records import Language

_TRIED = 24
"""Conditions that are combined: the best by themselves."""
_WORTH = 0.02
"""F1 that one more condition must bring."""
_ROWS = 5000
_FOLDS = 5


@dataclass(frozen=True)
class Condition:
    """A test that a person can answer: levels of one item from ``low`` to ``high``, both included."""

    item: Item
    low: int
    high: int


@dataclass(frozen=True)
class Chosen:
    """Conditions of a rule: all of them, or any two of three."""

    places: tuple[int, ...]
    two_of_three: bool = False


def conditions(items: Sequence[Item], X: pd.DataFrame) -> tuple[list[Condition], np.ndarray]:
    """(tests, (n, tests) of 0 and 1): every cut of ordered items, every level of nominal ones, ticked or not. Not answered = not met."""
    tests: list[Condition] = []
    columns: list[np.ndarray] = []
    for item in items:
        codes = item.code(X[item.column])
        top = item.size - 1
        if item.kind == "nominal":
            spans = [(level, level) for level in range(len(item.levels))]
        else:
            spans = [(low, top) for low in range(1, top + 1)] + [(0, high) for high in range(top)]
        for low, high in spans:
            tests.append(Condition(item, low, high))
            columns.append((codes >= low) & (codes <= high))
    return tests, np.column_stack(columns).astype(np.float32) if columns else np.zeros((len(X), 0), dtype=np.float32)


def rule(
    tests: Sequence[Condition], data: np.ndarray, member: np.ndarray, about: Mapping[str, Asked], language: Language, *, seed: int
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
        guess[test] = _meets(data[test], _choose(tests, data[train], member[train]))
    if not (guess & member).any():
        return None
    chosen = _choose(tests, data, member)
    used = [tests[i] for i in chosen.places]
    right = float((guess & member).sum())
    questions = tuple(dict.fromkeys(about[str(t.item.column)].question.key for t in used))
    text = _text(used, about, language, two_of_three=chosen.two_of_three)
    return Rule(text, questions, round(right / float(guess.sum()), 4), round(right / float(member.sum()), 4))


def _meets(data: np.ndarray, chosen: Chosen) -> np.ndarray:
    met = data[:, list(chosen.places)].sum(axis=1)
    return np.asarray(met >= (2 if chosen.two_of_three else len(chosen.places)))


def _choose(tests: Sequence[Condition], data: np.ndarray, member: np.ndarray) -> Chosen:
    """The rule with the best F1 among one, two or three conditions, and two of three; a longer one only where it is clearly better."""
    total = float(member.sum())
    alone = _f1(data[member].sum(axis=0), data.sum(axis=0), total)
    tried = _tried(tests, alone)
    few, mine = data[:, tried], data[member][:, tried]
    column = np.array([str(tests[i].item.column) for i in tried])
    apart = column[:, None] != column
    both_mine, both = mine.T @ mine, few.T @ few
    three_mine, three = _triples(mine), _triples(few)
    different = apart[:, :, None] & apart[:, None, :] & apart[None, :, :]
    two = np.where(apart, _f1(both_mine, both, total), -1.0)
    every = np.where(different, _f1(three_mine, three, total), -1.0)
    most = np.where(different, _f1(_any_two(both_mine, three_mine), _any_two(both, three), total), -1.0)
    best = Chosen((tried[int(alone[tried].argmax())],))
    reached = float(alone[tried].max())
    for scores, any_two in ((two, False), (every, False), (most, True)):
        place = np.unravel_index(int(scores.argmax()), scores.shape)
        gain = float(scores[place]) - reached
        if gain >= _WORTH * (len(place) - len(best.places)) and gain > 0:
            best, reached = Chosen(tuple(tried[i] for i in place), any_two), float(scores[place])
    return best


def _tried(tests: Sequence[Condition], alone: np.ndarray) -> list[int]:
    """The best conditions by themselves, at most two on one item."""
    out: list[int] = []
    count: dict[str, int] = {}
    for i in np.argsort(-alone, kind="stable").tolist():
        column = str(tests[i].item.column)
        if count.get(column, 0) < 2 and len(out) < _TRIED:
            count[column] = count.get(column, 0) + 1
            out.append(i)
    return out


def _f1(right: np.ndarray, said: np.ndarray, total: float) -> np.ndarray:
    return np.asarray(2 * right / np.maximum(said + total, 1e-9))


def _triples(data: np.ndarray) -> np.ndarray:
    """(m, m, m): how many people meet three conditions at once."""
    n, m = data.shape
    pairs = (data[:, :, None] * data[:, None, :]).reshape(n, m * m)
    return np.asarray((pairs.T @ data).reshape(m, m, m))


def _any_two(both: np.ndarray, three: np.ndarray) -> np.ndarray:
    """How many meet at least two of three conditions, from the counts of pairs and triples."""
    return np.asarray(both[:, :, None] + both[:, None, :] + both[None, :, :] - 2 * three)


def _text(used: Sequence[Condition], about: Mapping[str, Asked], language: Language, *, two_of_three: bool) -> str:
    parts = [_sentence(test, about[str(test.item.column)], language) for test in used]
    if two_of_three:
        return label("personas", "rule_two_of_three", language, first=parts[0], second=parts[1], third=parts[2])
    return label("personas", "rule", language, conditions=label("personas", "and", language).join(parts))


def _sentence(test: Condition, asked: Asked, language: Language) -> str:
    item, top = test.item, test.item.size - 1
    if item.kind == "option":
        key = "rule_ticked" if test.low == 1 else "rule_unticked"
        return label("personas", key, language, option=shorten(asked.part, 80) or "✓", question=shorten(asked.question.text, 70))
    question = subject(asked, 80)
    if asked.question.kind == "ranking" and not item.edges:
        key, level = ("rule_rank_low", test.low) if test.low > 0 else ("rule_rank_high", test.high)
        values = {"option": shorten(asked.part, 80), "question": shorten(asked.question.text, 60)}
        return label("personas", key, language, answer=number(item.levels[level]), **values)
    if item.edges or isinstance(item.levels[0], (int, float, np.integer, np.floating)):
        key = "rule_at_least" if test.low > 0 else "rule_at_most"
        if item.edges:
            answer = number(item.edges[test.low - 1] if test.low > 0 else item.edges[test.high])
            key = key if test.low > 0 else "rule_below"
        else:
            answer = number(item.levels[test.low if test.low > 0 else test.high])
            key = "rule_is" if test.low in (test.high, top) or test.high == 0 else key
    else:
        key, answer = "rule_is", span(item.levels[test.low : test.high + 1], language)
    return label("personas", key, language, answer=answer, question=question)
