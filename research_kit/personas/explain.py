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
                if kind == "words":
                    rows.append((g, column, *_cut(X[column], value, labels == g, weight, row)))
                else:
                    rows.append((g, column, answer, kind, *row))
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
) -> tuple[Any, ...]:
    """(answer, kind, numbers): the scale of words cut where the group differs most, in its own direction; p is that of the whole scale."""
    words = values.dtype.categories  # type: ignore[union-attr]
    up = whole[0] >= whole[1]
    best: tuple[Any, ...] = ()
    for level in range(1, len(words)) if up else range(len(words) - 1):
        value = np.where(np.isnan(code), np.nan, code >= level if up else code <= level)
        row = _compare(value, inside, weight, "share")
        if row is not None and (not best or row[5] > best[7]):
            end = level in (0, len(words) - 1)
            best = (words[level], "share" if end else "at_least" if up else "at_most", *row)
    return (*best[:-1], whole[6])


def _summary(value: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    """Weighted mean, variance and effective number (Kish)."""
    total = weight.sum()
    if total <= 0:
        return 0.0, 0.0, 0.0
    mean = float((value * weight).sum() / total)
    effective = float(total**2 / (weight**2).sum())
    variance = float((weight * (value - mean) ** 2).sum() / total)
    return mean, variance * effective / max(effective - 1, 1), effective
