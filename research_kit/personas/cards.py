"""Persona cards: what sets a persona apart, in words; who they are; and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.labels import label
from research_kit.personas.explain import explain
from research_kit.personas.facets import facet
from research_kit.personas.phrases import EMPTY
from research_kit.personas.wording import Asked, records, tidy, trait_text
from research_kit.records import Trait

if TYPE_CHECKING:
    from research_kit.records import Language

_TRAITS, _DEMOGRAPHICS = 12, 6
_EACH, _LACKS = 3, 4
"""Lines about one question; lines about what fewer of them say."""
_SIGNIFICANT = 0.05
_SMALL_EFFECT = 0.2
_EXCLUSIVE = 0.9
_RARE = 0.1
"""What not even one in ten says, here or elsewhere, describes nobody."""


def compare(
    answers: pd.DataFrame, labels: np.ndarray, groups: int, *, weight: np.ndarray, columns: Sequence[str]
) -> list[pd.DataFrame]:
    """For each group the rows of ``explain`` that are sure (5% after correction) and large enough to matter (.2), strongest first."""
    table = explain(answers, labels, groups, weight=weight, columns=columns)
    sure = table[(table["p_adjusted"] < _SIGNIFICANT) & (table["effect"].abs() >= _SMALL_EFFECT)]
    return [sure[sure["persona"] == g].reset_index(drop=True) for g in range(groups)]


def traits(table: pd.DataFrame, about: Mapping[str, Asked], language: Language, *, most: int = _TRAITS) -> tuple[Trait, ...]:
    """Lines of a card, strongest first: at most three about one question, one of them about what fewer say, and nothing twice."""
    out: list[Trait] = []
    lines: dict[str, int] = {}
    lacks: dict[str, int] = {}
    told = _told(table, about)
    said: set[tuple[str, int, int]] = set()
    for row in records(table):
        item = about[str(row["column"])]
        key, lack = item.question.key, row["kind"] != "mean" and row["effect"] < 0
        same = (_answer(row, item).casefold(), round(100 * row["value"]), round(100 * row["others"]))
        if same in said or _says_nothing(row, item) or lines.get(key, 0) == _EACH or len(out) == most:
            continue
        if row["kind"] != "mean" and max(row["value"], row["others"]) < _RARE:
            continue
        if lack and (key in told or str(row["column"]) in told or lacks.get(key) or sum(lacks.values()) == _LACKS):
            continue
        lines[key] = lines.get(key, 0) + 1
        if lack:
            lacks[key] = 1
        said.add(same)
        out.append(trait(row, item, language))
    return tuple(out)


def _told(table: pd.DataFrame, about: Mapping[str, Asked]) -> set[str]:
    """Columns and questions whose lacks are said already: by the answer chosen instead, or by a tick that rules out the others."""
    out: set[str] = set()
    for row in records(table):
        item = about[str(row["column"])]
        if row["kind"] == "mean" or row["effect"] <= 0:
            continue
        if item.question.kind != "multiple":
            out.add(str(row["column"]))
        elif row["value"] >= _EXCLUSIVE and EMPTY.match(tidy(item.part)):
            out.add(item.question.key)
    return out


def _says_nothing(row: Mapping[str, Any], item: Asked) -> bool:
    """ "Other" tells nothing about anybody; that fewer say "none of these" is told by what they do say."""
    text = tidy(_answer(row, item))
    if row["kind"] != "share" or not EMPTY.match(text):
        return False
    return bool(row["effect"] < 0) or text.casefold().startswith(("other", "其他", "其它", "something else"))


def _answer(row: Mapping[str, Any], item: Asked) -> str:
    return item.part if row["answer"] is True or row["answer"] is None else str(row["answer"])


def trait(row: Mapping[str, Any], item: Asked, language: Language) -> Trait:
    """One row of ``explain`` as a line of a card."""
    return Trait(
        question=item.question.key,
        column=str(row["column"]),
        answer=_answer(row, item),
        text=trait_text(row, item, language),
        value=row["value"],
        others=row["others"],
        low=row["low"],
        high=row["high"],
        effect=row["effect"],
        p_adjusted=row["p_adjusted"],
        facet=facet(item, row),
    )


def demographics(table: pd.DataFrame, about: Mapping[str, Asked], language: Language) -> tuple[Trait, ...]:
    """Who they are, described only."""
    return traits(table, about, language, most=_DEMOGRAPHICS)


def rated(
    answers: pd.DataFrame,
    labels: np.ndarray,
    groups: int,
    *,
    weight: np.ndarray,
    about: Mapping[str, Asked],
    columns: Sequence[str],
) -> list[pd.DataFrame]:
    """For each group the rows of ``explain`` for outcomes, all of them; a scale in words as the share on its better half."""
    X = answers[list(columns)].copy()
    best: dict[str, tuple[str, Any]] = {}
    for column in columns:
        item = about[column]
        if len(item.levels) < 2 or not isinstance(item.levels[0], str):
            continue
        half = len(item.levels) // 2
        down = item.question.scale is not None and item.question.scale.direction == "down"
        best[column] = ("at_most", item.levels[half - 1]) if down else ("at_least", item.levels[-half])
        chosen = item.levels[:half] if down else item.levels[-half:]
        X[column] = X[column].astype(object).isin(chosen).astype("boolean").mask(X[column].isna())
    table = explain(X, labels, groups, weight=weight)
    cut = table["column"].isin(best)
    for name, place in (("kind", 0), ("answer", 1)):
        told = table["column"].map({column: value[place] for column, value in best.items()}).astype(object)
        table[name] = told.where(cut, table[name].astype(object))
    return [table[table["persona"] == g] for g in range(groups)]


def outcomes(table: pd.DataFrame, about: Mapping[str, Asked], language: Language) -> tuple[Trait, ...]:
    """One line for each question that rates the whole, different or not: ``table`` is one of ``rated``."""
    out: list[Trait] = []
    for row in records(table):
        item = about[str(row["column"])]
        if any(t.column == str(row["column"]) for t in out):
            continue
        line = trait(row, item, language)
        sure = row["p_adjusted"] < _SIGNIFICANT and abs(row["effect"]) >= _SMALL_EFFECT
        out.append(line if sure else replace(line, text=label("personas", "no_difference", language, text=line.text)))
    return tuple(out)


def matches(answers: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Share of the persona's traits (weighed by their effect) that each person shows; what they did not answer counts as not shown."""
    shown = np.zeros(len(answers))
    total = 0.0
    for row in records(table.head(_TRAITS)):
        values, weight = answers[str(row["column"])], abs(float(row["effect"]))
        if row["kind"] == "mean":
            number = pd.to_numeric(values.astype(object), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            middle = (row["value"] + row["others"]) / 2
            met = number >= middle if row["effect"] > 0 else number <= middle
        else:
            met = _given(values, row)
            met = met if row["effect"] > 0 else values.notna().to_numpy() & ~met
        shown += weight * met
        total += weight
    return pd.Series(shown / max(total, 1e-9), index=answers.index)


def _given(values: pd.Series, row: Mapping[str, Any]) -> np.ndarray:
    if row["kind"] == "share":
        return values.astype(object).eq(row["answer"]).to_numpy(dtype=bool, na_value=False)
    code = values.cat.codes.to_numpy()
    place = list(values.cat.categories).index(row["answer"])
    return np.asarray((code >= place) if row["kind"] == "at_least" else (code <= place) & (code >= 0))
