"""From a decided question to its record and its typed columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.questions import dates
from research_kit.questions.amounts import amount
from research_kit.questions.profile import norm, numbers, same_spelling
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Decision, Draft, Part
    from research_kit.questions.found import Found
    from research_kit.questions.joined import Joined
    from research_kit.questions.profile import Profile

_NOTHING = frozenset(
    {
        "0",
        "n",
        "no",
        "false",
        "unchecked",
        "not selected",
        "not checked",
        "否",
        "没有",
        "沒有",
        "未选",
        "未選",
        "off",
        "quoted: no",
    }
)


@dataclass(frozen=True)
class Typed:
    """What a question's answers became."""

    columns: dict[str, Any]
    """Answer column -> typed values, one per person."""
    answered: np.ndarray
    """Per person: gave an answer."""
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    scale: Scale | None = None


def typed(draft: Draft, decision: Decision, key: str) -> Typed:
    """The answers of one question as its kind has them (records.Responses.answers)."""
    make = {
        "single": _single,
        "rating": _rating,
        "nps": _rating,
        "multiple": _multiple,
        "ranking": _ranking,
        "number": _number,
        "date": _date,
    }.get(decision.kind)
    if make is None:
        return Typed({}, _answered(draft))
    return make(draft, decision, key)


def _answered(draft: Draft) -> np.ndarray:
    return np.asarray(np.any([p.column.codes >= 0 for p in draft.parts], axis=0))


def _categorical(codes: np.ndarray, categories: list[Any], *, ordered: bool = False) -> Any:
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(categories, ordered=ordered))


def _names(draft: Draft, key: str) -> list[str]:
    return [f"{key} | {p.label}" for p in draft.parts] if draft.spread else [key]


def _rows(draft: Draft) -> tuple[str, ...]:
    return tuple(p.label for p in draft.parts) if draft.spread else ()


def _single(draft: Draft, decision: Decision, key: str) -> Typed:
    merged = [same_spelling(p.column) for p in draft.parts]
    options: dict[str, int] = {}
    for column in merged:
        for value, count in zip(column.values, column.counts.tolist(), strict=True):
            options[value] = options.get(value, 0) + count
    order = tuple(sorted(options, key=lambda v: -options[v]))
    columns = {
        name: _categorical(_take(c, {v: i for i, v in enumerate(order)}), list(order))
        for name, c in zip(_names(draft, key), merged, strict=True)
    }
    return Typed(columns, _answered(draft), options=order, rows=_rows(draft))


def _take(column: Profile, place: dict[str, int]) -> np.ndarray:
    table = np.array([place.get(v, -1) for v in column.values] + [-1], dtype=np.int64)
    return table[column.codes]


def _rating(draft: Draft, decision: Decision, key: str) -> Typed:
    found = decision.found
    if found is None:
        return _single(draft, decision, key)
    scale = _forced_scale(draft, found)
    # Words have no numbers of their own: where the study says where their scale begins, they move along.
    moved = scale.min - found.scale.min if found.scale.labels and not _numeric_labels(found.scale) else 0.0
    place = {norm(v): x + moved for v, x in found.place.items()}
    columns, answered = {}, np.zeros(len(draft.first.column.codes), dtype=bool)
    categories, values = _categories(scale, sorted(set(place.values())))
    position = {v: i for i, v in enumerate(values)}
    for name, part in zip(_names(draft, key), draft.parts, strict=True):
        own = [place.get(norm(v)) for v in part.column.values]
        table = np.array([position.get(x, -1) if x is not None else -1 for x in own] + [-1], dtype=np.int64)
        codes = table[part.column.codes]
        columns[name] = _categorical(codes, categories, ordered=True)
        answered |= codes >= 0
    return Typed(columns, answered, rows=_rows(draft), scale=scale)


def _forced_scale(draft: Draft, found: Found) -> Scale:
    spec, scale = draft.spec, found.scale
    low = spec.scale_min if spec.scale_min is not None else scale.min
    high = spec.scale_max if spec.scale_max is not None else scale.max
    labels = spec.scale_labels or scale.labels
    direction = scale.direction
    if spec.reversed is not None:
        direction = "down" if spec.reversed else "up"
    elif spec.scale_labels is not None and direction == "unknown":
        direction = "up"
    return Scale(low, high, tuple(labels), direction)


def _categories(scale: Scale, places: Sequence[float]) -> tuple[list[Any], list[float]]:
    """Categories low to high and the value behind each: all whole steps of a numeric scale, else the labels."""
    whole = float(scale.min).is_integer() and float(scale.max).is_integer() and all(float(p).is_integer() for p in places)
    if not whole:
        values = sorted({*places})
        return [float(v) for v in values], values
    steps = [float(i) for i in range(int(scale.min), int(scale.max) + 1)]
    if len(steps) > 60:
        steps = sorted(set(places))
    if len(scale.labels) == len(steps) and scale.labels and len(set(scale.labels)) == len(steps) and not _numeric_labels(scale):
        return list(scale.labels), steps
    return [int(s) for s in steps], steps


def _numeric_labels(scale: Scale) -> bool:
    """Labels at the ends of a numeric scale only ("1: not at all", "2", "3"): the numbers are the clearer categories."""
    return any(label.strip().lstrip("-").isdigit() for label in scale.labels)


def _multiple(draft: Draft, decision: Decision, key: str) -> Typed:
    if decision.joined is not None and not draft.spread:
        return _multiple_joined(draft, decision, key)
    if decision.joined is not None:
        return _multiple_rows(draft, decision, key)
    answered = _answered(draft)
    columns = {}
    for name, part in zip(_names(draft, key), draft.parts, strict=True):
        table = np.array([norm(v) not in _NOTHING for v in part.column.values] + [False], dtype=bool)
        columns[name] = pd.array(table[part.column.codes], dtype="boolean")
        columns[name][~answered] = pd.NA
    return Typed(columns, answered, options=tuple(p.label for p in draft.parts))


def named_options(draft: Draft) -> Draft:
    """The draft of a multi-select whose columns have only codes ("0001") with what the ticked cells say as labels."""
    if not all(p.label.isdigit() or p.label == p.code for p in draft.parts):
        return draft
    words = [[v for v in p.column.values if norm(v) not in _NOTHING] for p in draft.parts]
    if not all(len(w) == 1 and not w[0].isdigit() and len(w[0]) > 1 for w in words) or len({w[0] for w in words}) < len(words):
        return draft
    return replace(draft, parts=tuple(replace(p, label=w[0]) for p, w in zip(draft.parts, words, strict=True)))


def _multiple_joined(draft: Draft, decision: Decision, key: str) -> Typed:
    joined = _joined(decision)
    wanted = [(f"{key} | {o}", o) for o in joined.options]
    return Typed(_ticks(draft.first.column, joined.parts, wanted), _answered(draft), options=joined.options)


def _joined(decision: Decision) -> Joined:
    if decision.joined is None:
        raise TypeError("a multi-select in one cell comes with the way it is joined")
    return decision.joined


def _multiple_rows(draft: Draft, decision: Decision, key: str) -> Typed:
    joined = _joined(decision)
    columns: dict[str, Any] = {}
    for part in draft.parts:
        columns |= _ticks(part.column, joined.parts, [(f"{key} | {part.label} | {o}", o) for o in joined.options])
    return Typed(columns, _answered(draft), options=joined.options, rows=_rows(draft))


def _ticks(column: Profile, parts: Any, wanted: Sequence[tuple[str, str]]) -> dict[str, Any]:
    result = {}
    for name, option in wanted:
        table = np.array([option in parts.get(v, ()) for v in column.values] + [False], dtype=bool)
        ticks = pd.array(table[column.codes], dtype="boolean")
        ticks[column.codes < 0] = pd.NA
        result[name] = ticks
    return result


def _ranking(draft: Draft, decision: Decision, key: str) -> Typed:
    answered = _answered(draft)
    if decision.joined is not None and not draft.spread:
        column, joined = draft.first.column, decision.joined
        columns = {}
        for option in joined.options:
            table = np.array(
                [joined.parts[v].index(option) + 1.0 if option in joined.parts[v] else np.nan for v in column.values] + [np.nan]
            )
            columns[f"{key} | {option}"] = table[column.codes]
        return Typed(columns, answered, options=joined.options)
    return Typed(
        {n: _as_numbers(p) for n, p in zip(_names(draft, key), draft.parts, strict=True)},
        answered,
        options=_rows(draft) or (draft.text,),
    )


def _as_numbers(part: Part) -> np.ndarray:
    return np.append(numbers(part.column.values), np.nan)[part.column.codes]


def _number(draft: Draft, decision: Decision, key: str) -> Typed:
    columns = {}
    for name, part in zip(_names(draft, key), draft.parts, strict=True):
        values = numbers(part.column.values)
        if np.isnan(values).any():
            values = np.array(
                [x if not np.isnan(x) else _measured(v, decision.unit) for v, x in zip(part.column.values, values, strict=True)]
            )
        columns[name] = np.append(values, np.nan)[part.column.codes]
    return Typed(columns, np.any([~np.isnan(c) for c in columns.values()], axis=0), rows=_rows(draft))


def _measured(value: str, unit: str) -> float:
    """The number in the unit that the question's answers are in; the middle of a range, the end of an open one."""
    found, one = amount(value), amount(f"1 {unit}") if unit else None
    if found is None or (found.written not in ("", unit) and (one is None or found.unit != one.unit)):
        return np.nan
    low, high = max(found.low, 0.0), found.high
    middle = low if np.isinf(high) else high if found.low < 0 else (low + high) / 2
    if found.unit in ("second", "metre") and one is not None and one.low:
        return middle / one.low
    return middle


def _date(draft: Draft, decision: Decision, key: str) -> Typed:
    columns = {}
    for name, part in zip(_names(draft, key), draft.parts, strict=True):
        moments = dates.parse(part.column.values).append(pd.DatetimeIndex([pd.NaT]))
        columns[name] = moments.take(part.column.codes)
    return Typed(columns, _answered(draft), rows=_rows(draft))
