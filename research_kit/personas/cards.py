"""Persona cards: what sets a persona apart, in words, and the people's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.personas.explain import explain
from research_kit.personas.wording import Asked, records, trait_text
from research_kit.records import Quote, Trait

if TYPE_CHECKING:
    from research_kit.records import Language

_TRAITS, _DEMOGRAPHICS, _QUOTES = 12, 6, 5
_SIGNIFICANT = 0.05
_SMALL_EFFECT = 0.2
_GOOD_LENGTH = (40, 240)


def compare(
    answers: pd.DataFrame, labels: np.ndarray, groups: int, *, weight: np.ndarray, columns: Sequence[str]
) -> list[pd.DataFrame]:
    """For each group the rows of ``explain`` that are sure (5% after correction) and large enough to matter (.2), strongest first."""
    table = explain(answers, labels, groups, weight=weight, columns=columns)
    sure = table[(table["p_adjusted"] < _SIGNIFICANT) & (table["effect"].abs() >= _SMALL_EFFECT)]
    return [sure[sure["persona"] == g].reset_index(drop=True) for g in range(groups)]


def traits(table: pd.DataFrame, about: Mapping[str, Asked], language: Language, *, most: int = _TRAITS) -> tuple[Trait, ...]:
    """Lines of a card. At most three answers of one question, so that a long list does not fill the card."""
    out: list[Trait] = []
    used: dict[str, int] = {}
    chosen = {str(row["column"]) for row in records(table) if row["kind"] == "share" and row["effect"] > 0}
    for row in records(table):
        if row["kind"] == "share" and row["effect"] < 0 and str(row["column"]) in chosen:
            continue  # what they choose instead is said already
        item = about[str(row["column"])]
        key = item.question.key
        if used.get(key, 0) == 3 or len(out) == most:
            continue
        used[key] = used.get(key, 0) + 1
        answer = item.part if row["answer"] is True or row["answer"] is None else str(row["answer"])
        out.append(
            Trait(
                question=key,
                column=str(row["column"]),
                answer=answer,
                text=trait_text(row, item, language),
                value=row["value"],
                others=row["others"],
                low=row["low"],
                high=row["high"],
                effect=row["effect"],
                p_adjusted=row["p_adjusted"],
            )
        )
    return tuple(out)


def demographics(table: pd.DataFrame, about: Mapping[str, Asked], language: Language) -> tuple[Trait, ...]:
    """Who they are, described only."""
    return traits(table, about, language, most=_DEMOGRAPHICS)


def quotes(comments: pd.DataFrame, probability: pd.Series, *, most: int = _QUOTES) -> tuple[Quote, ...]:
    """Verbatims of the most typical people (``probability`` by person), one each, telling ones first, over different questions."""
    own = comments[comments["unit"].isin(probability.index)]
    if own.empty:
        return ()
    own = own.assign(
        _typical=(own["unit"].map(probability).astype(float) * 20).round(),
        _telling=[_telling(text) for text in own["text"]],
    )
    own = own[own["_telling"] > 0].sort_values(
        ["_typical", "_telling", "unit", "column"], ascending=[False, False, True, True], kind="stable"
    )
    picked: list[Quote] = []
    people: set[int] = set()
    asked: dict[str, int] = {}
    for allowed in (1, 2, most):
        for row in records(own):
            if len(picked) == most:
                break
            if row["unit"] in people or asked.get(str(row["question"]), 0) >= allowed:
                continue
            people.add(int(row["unit"]))
            asked[str(row["question"])] = asked.get(str(row["question"]), 0) + 1
            picked.append(
                Quote(
                    str(row["text"]),
                    str(row["comment"]),
                    str(row["source"]),
                    int(row["row"]),
                    str(row["respondent"]),
                    str(row["question"]),
                )
            )
    return tuple(picked)


def _telling(text: str) -> int:
    """0 for a text that says nothing, 1 for a short or overlong one, 2 for one that can stand on a card."""
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    length = len(text) + 2 * han
    if length < 12 or (not han and len(text.split()) < 3):
        return 0
    return 2 if _GOOD_LENGTH[0] <= length <= _GOOD_LENGTH[1] else 1
