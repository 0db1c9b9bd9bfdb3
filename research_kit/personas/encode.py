"""Answers -> numbers: which columns take part, as which kind of item, and with what weight.

Learned once on the people who form the personas (``learn``), then applied to anybody (``Encoding.design``): a level that was never seen
is a missing answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.stats import norm

from research_kit.personas.design import Design

ItemKind = Literal["ordered", "nominal", "option"]

MAX_LEVELS = 11
"""More distinct numbers than this are cut at quantiles."""
_BINS = 9
_USUAL_SCALES = (5, 6, 7, 10)
"""Whole numbers up to one of these are taken to be ratings on that scale: not everybody uses its ends."""
_MISSING_LIMIT = 0.6
_NUMBERED = 50
"""This many whole numbers, no two alike, are an id."""
_DUPLICATE = 0.95
_ENOUGH, _ENOUGH_SHARE = 3, 0.2
_BLOCK_FULL = 8.0
"""A block of this many columns still counts in full; beyond, its total grows with the root of its size."""
_ALONE_EXPECTED, _ALONE_SLIPS = 5.0, 0.02
"""An option stands alone when, of those who tick it, this many should have ticked another one too and next to nobody did."""


@dataclass(frozen=True)
class LeftOut:
    """A column that takes no part, and why: a key of labels/personas.toml and its values."""

    column: str
    reason: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Item:
    """One column as the model sees it."""

    column: Any
    """Its name, exactly as the DataFrame has it."""
    kind: ItemKind
    levels: tuple[Any, ...] = ()
    """Values in order of their level; of a nominal item those that are not merged."""
    edges: tuple[float, ...] = ()
    """Numbers cut at quantiles: inner edges; then ``levels`` is empty."""
    other: bool = False
    """Nominal: rare levels are one level of their own, the last."""
    scores: tuple[float, ...] = ()
    weight: float = 1.0
    scale: tuple[Any, ...] = ()
    """What the answers are given on: items with the same one may be a battery."""
    battery: int = -1
    block: str = ""
    """The question that the column is one part of."""

    @property
    def size(self) -> int:
        """Number of levels."""
        return len(self.scores)

    def code(self, values: pd.Series) -> np.ndarray:
        """Level numbers, -1 where missing or never seen."""
        if self.edges:
            numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            codes = np.searchsorted(np.asarray(self.edges), numbers, side="right")
            return np.where(np.isnan(numbers), -1, codes)
        if self.kind == "ordered" and isinstance(self.levels[0], float) and values.dtype.kind not in "biuf":
            values = pd.to_numeric(values.astype(object), errors="coerce")  # numbers that another file holds as text
        codes = pd.Index(list(self.levels), dtype=object).get_indexer(pd.Index(values.astype(object)))
        if self.other:
            unseen = (codes < 0) & values.notna().to_numpy()
            codes = np.where(unseen, len(self.levels), codes)
        return np.asarray(codes)


@dataclass(frozen=True)
class Encoding:
    """What was learned about the columns."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    alone: tuple[tuple[Any, str], ...] = ()
    """Columns of options that exclude the others of their block ("none of these"), with that block."""

    def columns(self) -> list[Any]:
        """The columns that typing a person needs."""
        return [item.column for item in self.items] + [column for column, _ in self.alone]

    def enough(self, design: Design) -> np.ndarray:
        """Who answered enough to be typed: three questions, or a fifth of them. The options of one question count as one."""
        parts: dict[str, list[np.ndarray]] = {}
        places = {"nominal": 0, "other": 0}
        for item in self.items:
            kind = "nominal" if item.kind == "nominal" else "other"
            start, stop = design.spans[places[kind]] if kind == "nominal" else (0, 0)
            given = design.nominal[:, start:stop].sum(axis=1) if kind == "nominal" else design.seen[:, places[kind]]
            parts.setdefault(item.block if item.kind == "option" and item.block else f"column {item.column}", []).append(given)
            places[kind] += 1
        answered = np.sum([np.max(given, axis=0) for given in parts.values()], axis=0) if parts else np.zeros(design.n)
        return np.asarray((answered >= _ENOUGH) | (answered >= _ENOUGH_SHARE * max(len(parts), 1)))

    def design(self, X: pd.DataFrame) -> Design:
        """The answers of these people as the model's arrays. Columns that are not there count as missing."""
        codes = {
            i: item.code(X[item.column]) if item.column in X.columns else np.full(len(X), -1) for i, item in enumerate(self.items)
        }
        for column, block in self.alone:
            if column in X.columns:
                _not_asked(codes, [i for i, item in enumerate(self.items) if item.block == block], X[column].eq(True))
        return _design(self.items, codes, len(X))


def learn(X: pd.DataFrame, blocks: Mapping[str, Sequence[Any]] | None = None) -> Encoding:
    """Decide for every column what it is, or why it is left out."""
    block_of = {column: name for name, columns in (blocks or {}).items() for column in columns}
    items: list[Item] = []
    left_out: list[LeftOut] = []
    codes: dict[int, np.ndarray] = {}
    for column in X.columns:
        found = _item(X[column], column)
        if isinstance(found, LeftOut):
            left_out.append(found)
            continue
        codes[len(items)] = found.code(X[column])
        items.append(found)
    alone = _alone(items, codes, block_of)
    for i, others in alone.items():
        _not_asked(codes, others, X[items[i].column].eq(True))
        left_out.append(LeftOut(str(items[i].column), "left_alone"))
    keep, doubles = _duplicates(items, codes, sorted(set(codes) - set(alone)))
    left_out += doubles
    kept = [items[i] for i in keep]
    kept_codes = {new: codes[old] for new, old in enumerate(keep)}
    kept = _scored(kept, kept_codes)
    kept = _with_batteries(kept, block_of)
    excluding = tuple((items[i].column, str(block_of[items[i].column])) for i in alone)
    return Encoding(tuple(_weighted(kept, block_of)), tuple(left_out), excluding)


def _alone(items: Sequence[Item], codes: Mapping[int, np.ndarray], block_of: Mapping[Any, str]) -> dict[int, list[int]]:
    """Options like "none of these", each with the other options of its block. Whoever ticks one can tick nothing else: by the form, not by
    what they think, so that groups found by it would be the form's."""
    blocks: dict[str, list[int]] = {}
    for i, item in enumerate(items):
        if item.kind == "option" and item.column in block_of:
            blocks.setdefault(block_of[item.column], []).append(i)
    out: dict[int, list[int]] = {}
    for members in blocks.values():
        ticked = np.stack([codes[i] == 1 for i in members], axis=1)
        number = ticked.sum(axis=1)
        for place, i in enumerate(members):
            mine, others = ticked[:, place], ~ticked[:, place] & (number > 0)
            several = float((number[others] > 1).mean()) if others.any() else 0.0
            if mine.sum() * several >= _ALONE_EXPECTED and (number[mine] > 1).sum() <= _ALONE_SLIPS * mine.sum():
                out[i] = [m for m in members if m != i]
    return out


def _not_asked(codes: dict[int, np.ndarray], members: Sequence[int], who: pd.Series) -> None:
    """For those who ticked the option that excludes them, the other options of the question are no answers."""
    for i in members:
        codes[i] = np.where(who.to_numpy(dtype=bool, na_value=False), -1, codes[i])


def _item(values: pd.Series, column: Any) -> Item | LeftOut:
    """The kind of one column, from its dtype and its values."""
    name = str(column)
    present = values.dropna()
    share_missing = 1 - len(present) / max(len(values), 1)
    if share_missing > _MISSING_LIMIT:
        return LeftOut(name, "left_missing", (("share", round(100 * share_missing)),))
    if pd.api.types.is_datetime64_any_dtype(values):
        return LeftOut(name, "left_date")
    if present.dtype == object and not all(isinstance(v, Hashable) for v in present):
        return LeftOut(name, "left_text", (("distinct", len(present)),))
    counts = present.value_counts()
    counts = counts[counts > 0]
    if len(counts) == len(present) >= _NUMBERED and pd.api.types.is_integer_dtype(present):
        return LeftOut(name, "left_text", (("distinct", len(counts)),))
    rare = max(3, 0.01 * len(present))
    if len(counts) < 2 or len(present) - counts.iloc[0] < rare:
        return LeftOut(name, "left_constant")
    if pd.api.types.is_bool_dtype(present) or set(counts.index) <= {True, False}:
        return Item(column, "option", levels=(False, True))
    if isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered:
        given = set(counts.index.tolist())  # "in" on a CategoricalIndex misses its first category (pandas 3.1)
        categories = tuple(values.dtype.categories.tolist())
        return Item(column, "ordered", levels=tuple(c for c in categories if c in given), scale=("levels", *categories))
    if pd.api.types.is_numeric_dtype(present):
        return _numeric(present.astype(float), column)
    return _nominal(counts, column, len(present))


def _numeric(present: pd.Series, column: Any) -> Item:
    distinct = np.unique(present.to_numpy())
    if len(distinct) <= MAX_LEVELS:
        whole = bool((distinct == np.round(distinct)).all())
        top = next((t for t in _USUAL_SCALES if distinct[-1] <= t), None)
        scale = ("numbers", top) if whole and top and distinct[0] >= 0 else ()
        return Item(column, "ordered", levels=tuple(float(v) for v in distinct), scale=scale)
    edges = np.unique(np.quantile(present, np.linspace(0, 1, _BINS + 1)[1:-1]))
    edges = edges[edges > distinct[0]]
    if not len(edges):
        edges = np.array([distinct[1]])
    return Item(column, "ordered", edges=tuple(float(e) for e in edges))


def _nominal(counts: pd.Series, column: Any, n: int) -> Item | LeftOut:
    """Levels with fewer than max(5, 2%) people are one level; a column of mostly singletons is text or an id."""
    order = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))
    common = [level for level in order if counts[level] >= max(5, 0.02 * n)]
    if not common or sum(int(counts[level]) for level in common) < 0.5 * n:
        return LeftOut(str(column), "left_text", (("distinct", len(counts)),))
    merged = n - sum(int(counts[level]) for level in common)
    if len(common) == 1 and merged < max(3, 0.01 * n):
        return LeftOut(str(column), "left_constant")
    return Item(column, "nominal", levels=tuple(common), other=merged > 0)


def _duplicates(items: list[Item], codes: dict[int, np.ndarray], candidates: Sequence[int]) -> tuple[list[int], list[LeftOut]]:
    """Candidates that say nearly the same as an earlier one (Cramér's V or |r| of at least .95) are left out."""
    keep: list[int] = []
    left: list[LeftOut] = []
    for i in candidates:
        item = items[i]
        twin = next((j for j in keep if _same(codes[i], codes[j], item, items[j])), None)
        if twin is None:
            keep.append(i)
        else:
            left.append(LeftOut(str(item.column), "left_duplicate", (("other", str(items[twin].column)),)))
    return keep, left


def _same(a: np.ndarray, b: np.ndarray, item_a: Item, item_b: Item) -> bool:
    both = (a >= 0) & (b >= 0)
    if both.sum() < 0.5 * max((a >= 0).sum(), (b >= 0).sum()):
        return False
    a, b = a[both], b[both]
    if "nominal" not in (item_a.kind, item_b.kind):
        if a.min() == a.max() or b.min() == b.max():
            return False
        return bool(abs(np.corrcoef(a, b)[0, 1]) >= _DUPLICATE)
    table = np.bincount(a * (b.max() + 1) + b, minlength=(a.max() + 1) * (b.max() + 1)).reshape(a.max() + 1, -1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return False
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    chi2 = ((table - expected) ** 2 / expected).sum()
    return bool(np.sqrt(chi2 / table.sum() / (min(table.shape) - 1)) >= _DUPLICATE)


def _scored(items: list[Item], codes: dict[int, np.ndarray]) -> list[Item]:
    """Level scores in standard deviations: places of the levels, or normal scores of quantile bins."""
    out = []
    for i, item in enumerate(items):
        known = codes[i][codes[i] >= 0]
        size = len(item.edges) + 1 if item.edges else len(item.levels) + int(item.other)
        if item.kind == "nominal":
            scores = np.arange(size, dtype=float)
        else:
            share = np.bincount(known, minlength=size) / max(len(known), 1)
            middle = np.clip(np.cumsum(share) - share / 2, 1e-3, 1 - 1e-3)
            raw = norm.ppf(middle) if item.edges else np.arange(size, dtype=float)
            mean = (share * raw).sum()
            sd = np.sqrt((share * (raw - mean) ** 2).sum()) or 1.0
            scores = (raw - mean) / sd
        out.append(replace(item, scores=tuple(float(s) for s in scores)))
    return out


def _with_batteries(items: list[Item], block_of: Mapping[Any, str]) -> list[Item]:
    """Ratings on one scale (4 or more levels, 3 or more items) share a response style; so do 6 or more options of one question."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for i, item in enumerate(items):
        if item.scale and len(item.levels) >= 4:
            groups.setdefault(item.scale, []).append(i)
        elif item.kind == "option" and item.column in block_of:
            groups.setdefault(("options", block_of[item.column]), []).append(i)
    out = list(items)
    number = 0
    for scale, members in groups.items():
        if len(members) < (6 if scale[0] == "options" else 3):
            continue
        # One step on the scale is one step for everybody: style moves all items of a battery by the same amount.
        step = float(np.mean([out[i].scores[1] - out[i].scores[0] for i in members]))
        for i in members:
            own = out[i].scores[1] - out[i].scores[0]
            out[i] = replace(out[i], battery=number, scores=tuple(s * step / own for s in out[i].scores))
        number += 1
    return out


def _weighted(items: list[Item], block_of: Mapping[Any, str]) -> list[Item]:
    """Columns of a large block count for less, so that one question of twenty options does not drown the others."""
    sizes: dict[str, int] = {}
    for item in items:
        if item.column in block_of:
            sizes[block_of[item.column]] = sizes.get(block_of[item.column], 0) + 1
    weight = {name: min(1.0, float(np.sqrt(_BLOCK_FULL / size))) for name, size in sizes.items()}
    raw = [weight.get(block_of.get(item.column, ""), 1.0) for item in items]
    top = max(raw, default=1.0)
    return [replace(i, weight=w / top, block=str(block_of.get(i.column, ""))) for i, w in zip(items, raw, strict=True)]


def _design(items: Sequence[Item], codes: Mapping[int, np.ndarray], n: int) -> Design:
    ordered = [i for i, item in enumerate(items) if item.kind != "nominal"]
    nominal = [i for i, item in enumerate(items) if item.kind == "nominal"]
    width = max((items[i].size for i in ordered), default=1)
    level_scores = np.zeros((len(ordered), width))
    exists = np.zeros((len(ordered), width), dtype=bool)
    levels = np.zeros((n, len(ordered)), dtype=np.intp)
    seen = np.zeros((n, len(ordered)))
    for j, i in enumerate(ordered):
        level_scores[j, : items[i].size] = items[i].scores
        exists[j, : items[i].size] = True
        seen[:, j] = codes[i] >= 0
        levels[:, j] = np.maximum(codes[i], 0)
    scores = np.take_along_axis(level_scores.T, levels, axis=0) * seen if ordered else np.zeros((n, 0))
    spans, columns = [], []
    start = 0
    for i in nominal:
        spans.append((start, start + items[i].size))
        start += items[i].size
        columns.append((codes[i][:, None] == np.arange(items[i].size)).astype(float))
    return Design(
        scores=scores, seen=seen, levels=levels, level_scores=level_scores, level_exists=exists,
        battery=np.array([items[i].battery for i in ordered], dtype=int),
        ordered_weight=np.array([items[i].weight for i in ordered], dtype=float),
        nominal=np.concatenate(columns, axis=1) if columns else np.zeros((n, 0)),
        spans=tuple(spans),
        nominal_weight=np.repeat([items[i].weight for i in nominal], [items[i].size for i in nominal]).astype(float),
    )  # fmt: skip
