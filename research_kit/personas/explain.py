"""What sets a group apart from all others: standardised effects, corrected for their number, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from research_kit.statistics import Z95, benjamini_hochberg, cohens_h, wilson

COLUMNS = ("persona", "column", "answer", "kind", "value", "others", "low", "high", "n", "effect", "p", "p_adjusted")
_SMALLEST = 5


def explain(
    X: pd.DataFrame, labels: np.ndarray, groups: int, *, weight: np.ndarray | None = None, columns: Sequence[Any] | None = None
) -> pd.DataFrame:
    """One row per group and answer. ``others`` are all people outside the group who answered, unassigned ones included.

    ``kind`` is "share" (of an answer; Cohen's h), "mean" (of numbers; Cohen's d), or "at_least" / "at_most": a scale of words is compared as a
    whole and shown as the share at or beyond the level that separates best. Intervals are Wilson's for shares and normal for means, on
    effective numbers where people are weighted. Questions that fewer than 5 people of one side answered are left out.
    """
    weight = np.ones(len(X)) if weight is None else weight
    rows: list[tuple[Any, ...]] = []
    for column in X.columns if columns is None else columns:
        for kind, answer, value in _indicators(X[column]):
            for g in range(groups):
                row = _compare(value, labels == g, weight, kind)
                if row is None:
                    continue
                told = _cut(X[column], value, labels == g, weight, row) if kind == "words" else (answer, kind, *row)
                if told is not None:
                    rows.append((g, column, *told))
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    table["p_adjusted"] = benjamini_hochberg(table["p"].tolist()) if len(table) else np.zeros(0)
    order = np.lexsort(
        (np.arange(len(table)), -table["effect"].abs().to_numpy(dtype=float), table["persona"].to_numpy(dtype=int))
    )
    return table.iloc[order].reset_index(drop=True)


def _indicators(values: pd.Series) -> list[tuple[str, Any, np.ndarray]]:
    """(kind, answer, numbers with NaN where missing): one mean for numbers and ordered answers, a share for every other level."""
    known = values.notna().to_numpy()
    if isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered:
        categories = values.dtype.categories
        if pd.api.types.is_numeric_dtype(categories):
            return [("mean", None, values.astype(float).to_numpy())]
        return [("words", None, np.where(known, values.cat.codes.to_numpy(), np.nan))]
    present = values[known]
    if pd.api.types.is_bool_dtype(present) or (len(present) and set(pd.unique(present)) <= {True, False}):
        return [("share", True, np.where(known, values.eq(True).to_numpy(dtype=bool, na_value=False), np.nan))]
    if pd.api.types.is_numeric_dtype(present):
        return [("mean", None, pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan))]
    text = values.astype(object)
    counts = present.value_counts()
    levels = sorted(counts.index[counts >= _SMALLEST], key=lambda level: (-int(counts[level]), str(level)))[:30]
    return [("share", level, np.where(known, (text == level).to_numpy(dtype=bool), np.nan)) for level in levels]


def _compare(value: np.ndarray, inside: np.ndarray, weight: np.ndarray, kind: str) -> tuple[float, ...] | None:
    known = ~np.isnan(value)
    mine, rest = known & inside, known & ~inside
    if mine.sum() < _SMALLEST or rest.sum() < _SMALLEST:
        return None
    a, var_a, n_a = _summary(value[mine], weight[mine])
    b, var_b, n_b = _summary(value[rest], weight[rest])
    if n_a < 1 or n_b < 1:
        return None
    if kind == "share":
        low, high = wilson(a * n_a, n_a)
        effect = cohens_h(a, b)
        pooled = (a * n_a + b * n_b) / (n_a + n_b)
        error = np.sqrt(max(pooled * (1 - pooled), 1e-12) * (1 / n_a + 1 / n_b))
    else:
        half = Z95 * np.sqrt(var_a / n_a)
        low, high = a - half, a + half
        spread = np.sqrt(((n_a - 1) * var_a + (n_b - 1) * var_b) / max(n_a + n_b - 2, 1))
        effect = (a - b) / spread if spread > 0 else 0.0
        error = np.sqrt(max(var_a / n_a + var_b / n_b, 1e-12))
    p = 2 * norm.sf(abs(a - b) / error)
    return float(a), float(b), float(low), float(high), int(mine.sum()), float(effect), float(p)


def _cut(
    values: pd.Series, code: np.ndarray, inside: np.ndarray, weight: np.ndarray, whole: tuple[float, ...]
) -> tuple[Any, ...] | None:
    """(answer, kind, numbers): the scale of words cut where the group differs most, in its own direction; p is that of the whole scale.

    Where a cut leaves one answer alone with three or more on the persona's side, that answer is told instead. None where all answered alike.
    """
    words = values.dtype.categories  # type: ignore[union-attr]
    given = np.unique(code[~np.isnan(code)]).astype(int)
    up = whole[0] >= whole[1]

    def share(chosen: np.ndarray) -> tuple[float, ...]:
        row = _compare(np.where(np.isnan(code), np.nan, np.isin(code, chosen)), inside, weight, "share")
        return row or (np.nan,) * 7

    sides = [given[place:] if up else given[: place + 1] for place in (range(1, len(given)) if up else range(len(given) - 1))]
    if not sides:
        return None
    rows = [share(chosen) for chosen in sides]
    best = max(range(len(sides)), key=lambda i: rows[i][5])
    chosen, row = sides[best], rows[best]
    level, size = chosen[0] if up else chosen[-1], len(chosen)
    if size >= 3 and len(given) - size == 1:
        level, size = given[0] if up else given[-1], 1
        row = share(np.array([level]))
    return words[level], "share" if size == 1 else "at_least" if up else "at_most", *row[:6], whole[6]


def _summary(value: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    """Weighted mean, variance and effective number (Kish)."""
    total = weight.sum()
    if total <= 0:
        return 0.0, 0.0, 0.0
    mean = float((value * weight).sum() / total)
    effective = float(total**2 / (weight**2).sum())
    variance = float((weight * (value - mean) ** 2).sum() / total)
    return mean, variance * effective / max(effective - 1, 1), effective
