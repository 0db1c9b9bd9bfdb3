"""Times that a computer wrote as numbers -> times that a person can read, in the columns that a platform says hold times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from research_kit.labels import Sentence
from research_kit.reading.said import said
from research_kit.records import Column

_TIMED = ("started", "submitted", "review_date", "timestamp")
_UNITS: Mapping[int, Literal["s", "ms", "us", "ns"]] = {10: "s", 13: "ms", 16: "us", 19: "ns"}
"""By the number of digits of a time of today."""


def plain_times(cells: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[Sentence]]:
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
        if texts is not None and note is not None:
            cells[column.position] = values.where(values == "", texts.reindex(values.index)).astype("str")
            notes.append(note)
    return cells, notes


def _converted(filled: pd.Series, name: str) -> tuple[pd.Series | None, Sentence | None]:
    whole = filled.str.removesuffix(".0")
    length = len(whole.iloc[0])
    if length in _UNITS and whole.str.fullmatch(rf"1\d{{{length - 1}}}").all():
        times = pd.Timestamp(0) + pd.to_timedelta(whole.astype("int64"), unit=_UNITS[length])
        return _text(times), said("epoch", name=name)
    if filled.str.fullmatch(r"[3-6]\d{4}(?:\.\d+)?").all():
        days = filled.astype("float64")
        times = (pd.Timestamp("1899-12-30") + pd.to_timedelta(days, unit="D")).dt.round("s")
        return _text(times), said("serial", name=name)
    return None, None


def _text(times: pd.Series) -> pd.Series:
    text: pd.Series = times.dt.strftime("%Y-%m-%d %H:%M:%S").str.removesuffix(" 00:00:00")
    return text
