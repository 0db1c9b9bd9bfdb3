"""Which rows of a source take part: ``[[source]] where = {column = value | [values] | {from, to}}``."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.questions import dates
from research_kit.questions.headers import unnumbered
from research_kit.questions.profile import norm, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from research_kit.records import Column, Export

_SHOWN = 6
"""So many values of a column are named."""


def select(export: Export, where: Mapping[str, Any]) -> Export:
    """The export with only the rows that fit every condition, and a note of how many were left out.

    A condition names a column by its code, its header or a distinctive part of it. StudyError lists every condition that names no column, or
    several, or whose bounds are neither numbers nor dates, and refuses conditions that no row fits.
    """
    if not where:
        return export
    keep = np.ones(len(export.cells), dtype=bool)
    problems: list[str] = []
    for name, wanted in where.items():
        position = _column(export, name, problems)
        if position is not None:
            keep &= _fits(export.cells[position], name, wanted, export.source, problems)
    if not problems and len(keep) and not keep.any():
        problems.append(_nothing_left(export, where))
    if problems:
        raise StudyError(problems)
    left_out = int((~keep).sum())
    note = Sentence("reading", "where", n=f"{left_out:,}", all=f"{len(keep):,}", names=", ".join(where))
    return replace(export, cells=export.cells[keep], notes=(*export.notes, note))


def _column(export: Export, name: str, problems: list[str]) -> int | None:
    wanted = norm(name)
    named: tuple[list[Column], ...] = (
        [c for c in export.columns if norm(c.code) == wanted],
        [c for c in export.columns if wanted in (norm(c.text), norm(unnumbered(c.text)), norm(f"{c.text} {c.label}"))],
        [c for c in export.columns if wanted in norm(f"{c.text} {c.label}")],
    )
    for found in named:
        if len(found) == 1:
            return found[0].position
        if found:
            problems.append(_said("where-several", name=name, n=len(found), source=export.source, columns=_shown(found)))
            return None
    near = get_close_matches(wanted, [norm(c.text) for c in export.columns], n=3, cutoff=0.4)
    alike = [c for c in export.columns if norm(c.text) in near]
    key, shown = ("where-near", alike) if alike else ("where-none", export.columns)
    problems.append(_said(key, source=export.source, name=name, columns=_shown(shown)))
    return None


def _nothing_left(export: Export, where: Mapping[str, Any]) -> Sentence:
    """What the column of the first condition that no row fits really holds; of the first one where only all together fit none."""
    alone = {name: export.cells[at] for name in where if (at := _column(export, name, [])) is not None}
    empty = [n for n, cells in alone.items() if not _fits(cells, n, where[n], export.source, []).any()]
    name = (empty or list(alone))[0]
    values = alone[name].dropna().astype(str).str.strip().loc[lambda text: text != ""].value_counts()
    usual = sorted(values.index, key=lambda text: (-values[text], text))[:_SHOWN]
    more = ", …" if len(values) > len(usual) else ""
    return _said(
        "where-empty" if empty else "where-empty-together",
        source=export.source, n=f"{len(export.cells):,}", name=name, names=", ".join(where),
        values=", ".join(f"“{text[:40]}”" for text in usual) + more,
    )  # fmt: skip


def _said(key: str, **values: Any) -> Sentence:
    return Sentence("study_problems", key, **values)


def _shown(columns: list[Column] | tuple[Column, ...]) -> str:
    return ", ".join(f'"{c.text[:40]}"' for c in columns[:5])


def _fits(cells: pd.Series, name: str, wanted: Any, source: str, problems: list[str]) -> np.ndarray:
    codes, uniques = pd.factorize(cells)
    values = [str(v) for v in uniques]
    if isinstance(wanted, dict):
        fits = _between(values, wanted, name, source, problems)
    else:
        accepted = {norm(str(w)) for w in (wanted if isinstance(wanted, (list, tuple)) else [wanted])}
        fits = np.array([norm(v) in accepted for v in values], dtype=bool)
    return np.append(fits, False)[codes]


def _between(values: list[str], bounds: Mapping[str, Any], name: str, source: str, problems: list[str]) -> np.ndarray:
    low, high = bounds.get("from"), bounds.get("to")
    unknown = sorted(set(bounds) - {"from", "to"})
    if unknown or (low is None and high is None):
        problems.append(_said("where-value", where=source, column=name))
        return np.zeros(len(values), dtype=bool)
    given = [str(b) for b in (low, high) if b is not None]
    limits = numbers(given)
    if not np.isnan(limits).any():
        x = numbers(values)
        ends = iter(limits)
    elif not dates.parse(given).isna().any():
        x = dates.parse(values).to_numpy().astype("datetime64[s]").astype(float)
        x[dates.parse(values).isna()] = np.nan
        moments = dates.parse(given)
        # A day without a clock time as the upper bound means that whole day.
        seconds = moments.to_numpy().astype("datetime64[s]").astype(float)
        if high is not None and ":" not in given[-1]:
            seconds[-1] += 86399
        ends = iter(seconds)
    else:
        problems.append(_said("where-bounds", name=name, source=source, given=", ".join(given)))
        return np.zeros(len(values), dtype=bool)
    bottom = next(ends) if low is not None else -np.inf
    top = next(ends) if high is not None else np.inf
    return np.asarray((x >= bottom) & (x <= top), dtype=bool)
