"""Dates, times and durations in local forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.language import to_simplified
from research_kit.questions.profile import norm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.profile import Profile

_SHAPES = (
    re.compile(
        r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT"
        r"|[A-Z]{2,4})?\s*(?:(?:GMT)?[+-]\d{1,2}:?\d{0,2})?)?$"
    ),
    re.compile(
        r"^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[A-Z]{2,4})?(?:[+-]\d{1,2}:?\d{0,2})?)?$"
    ),
    re.compile(
        r"^\d{1,2}[-\s](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s,]+\d{2,4}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd"
        r"|th)?,?\s+\d{4}(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?)?$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:\d{4}|民国\d{2,3})年\d{1,2}月\d{1,2}日?(?:\s*(?:上午|下午)?\s*\d{1,2}[:时点]\d{1,2}分?(?::?\d{1,2}秒?)?)?$"),
    re.compile(r"^(?:民国\s*)?1\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])$"),  # a year of the Republic
    re.compile(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*(?:上午|下午)\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*GMT[+-]\d+)?$"),
)
_DURATION = re.compile(
    r"^(?:(\d+)\s*(?:天|d)\s*)?(?:(\d+)\s*(?:小时|时|h)\s*)?(?:(\d+)\s*(?:分钟?|m(?:in)?)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:秒钟?|s(?:ec)?)?)?$"
)
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d{2})$")


def is_date(value: str) -> bool:
    """True for a date or a date with a time, written in one of the usual ways."""
    text = to_simplified(value.strip())
    return any(shape.match(text) for shape in _SHAPES)


def looks_like_date(column: Profile) -> bool:
    """True when nearly all answers are dates."""
    sample = column.top(300)
    return column.n > 0 and sample.share(is_date) >= 0.95


def parse(values: Sequence[str]) -> pd.DatetimeIndex:
    """Each value as a moment (without a zone, as written), NaT where it is none. Day and month are told apart by the whole column."""
    plain = pd.Series([_western(v) for v in values], dtype="str")
    day_first = _day_first(plain)
    result = pd.to_datetime(plain, errors="coerce", format="mixed", dayfirst=day_first, utc=True)
    return pd.DatetimeIndex(result).tz_localize(None)


def _western(value: str) -> str:
    """Chinese date words as the signs that a parser knows; the zone goes: the moment stays as the file writes it."""
    text = to_simplified(value.strip())
    if match := re.match(r"(?:民国\s*)?(1\d{2})([-/.])(?=\d{1,2}[-/.]\d{1,2}$)", text):
        text = f"{int(match.group(1)) + 1911}{match.group(2)}{text[match.end() :]}"
    if match := re.match(r"民国(\d+)年", text):
        text = f"{int(match.group(1)) + 1911}年{text[match.end() :]}"
    afternoon, morning = "下午" in text, "上午" in text
    text = re.sub(r"上午|下午", " ", re.sub(r"[年月]", "-", text).replace("日", " "))
    text = re.sub(r"[时点]", ":", text).replace("分", ":").replace("秒", "").rstrip(": ")
    text = (
        re.sub(
            r"\s*(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}$|\s*(?:GMT|UTC)[+-]\d{1,2}$|\s*(?:Z|UTC|GMT|EST|EDT|PST|PDT|CST|CET)$", "", text
        )
        if re.search(r":\d{2}", text)
        else text
    )
    if afternoon or morning:
        text += " PM" if afternoon else " AM"
    return re.sub(r"\bat\b", " ", text)


def _day_first(values: pd.Series) -> bool:
    """Decided by the values: a first number above 12 means day first, a second above 12 month first; else month first, as exporters write."""
    parts = values.str.extract(r"^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}").astype(float)
    return bool((parts[0] > 12).any() and not (parts[1] > 12).any())


def seconds(values: Sequence[str]) -> np.ndarray:
    """Each value as a duration in seconds ("2分3秒", "00:05:10", "310"), NaN where it is none."""
    return np.array([_seconds(norm(to_simplified(v))) for v in values], dtype=float)


def _seconds(text: str) -> float:
    if match := _CLOCK.match(text):
        return int(match.group(1) or 0) * 3600.0 + int(match.group(2)) * 60.0 + int(match.group(3))
    match = _DURATION.match(text)
    if not match or not any(match.groups()):
        return np.nan
    days, hours, minutes, rest = (float(g or 0) for g in match.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + rest
