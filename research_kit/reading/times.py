"""Times that a computer wrote as numbers -> times that a person can read, in the columns that a platform says hold times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from research_kit.records import Column

_TIMED = ("started", "submitted", "review_date", "timestamp")
_UNITS: Mapping[int, tuple[Literal["s", "ms", "us", "ns"], str]] = {
    10: ("s", "seconds"),
    13: ("ms", "milliseconds"),
    16: ("us", "microseconds"),
    19: ("ns", "nanoseconds"),
}


def plain_times(cells: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[str]]:
    """Epoch numbers (the unit by their length) become UTC times, spreadsheet serial numbers local ones; each change is said."""
    notes = []
    for column in columns:
        if column.hint not in _TIMED:
            continue
        values = cells[column.position]
        filled = values[values != ""]
        if filled.empty:
            continue
        texts, note = _converted(filled, column.text)
        if texts is not None:
            cells[column.position] = values.where(values == "", texts.reindex(values.index)).astype("str")
            notes.append(note)
    return cells, notes


def _converted(filled: pd.Series, name: str) -> tuple[pd.Series | None, str]:
    whole = filled.str.removesuffix(".0")
    length = len(whole.iloc[0])
    if length in _UNITS and whole.str.fullmatch(rf"1\d{{{length - 1}}}").all():
        unit, words = _UNITS[length]
        times = pd.Timestamp(0) + pd.to_timedelta(whole.astype("int64"), unit=unit)
        return _text(times), f"{name!r} held {words} since 1970 and was read as UTC times."
    if filled.str.fullmatch(r"[3-6]\d{4}(?:\.\d+)?").all():
        days = filled.astype("float64")
        times = (pd.Timestamp("1899-12-30") + pd.to_timedelta(days, unit="D")).dt.round("s")
        return _text(times), f"{name!r} held spreadsheet serial numbers and was read as dates."
    return None, ""


def _text(times: pd.Series) -> pd.Series:
    text: pd.Series = times.dt.strftime("%Y-%m-%d %H:%M:%S").str.removesuffix(" 00:00:00")
    return text
