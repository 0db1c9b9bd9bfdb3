"""Columns of numbers: 0 to 10 of a recommendation, a scale without words, codes, counts, and amounts with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import scales
from research_kit.questions.amounts import amount
from research_kit.questions.draft import Decision
from research_kit.questions.found import Found, off_scale, outside_of
from research_kit.questions.marked import stated, stated_direction
from research_kit.questions.profile import Profile, numbers
from research_kit.questions.words import COUNT, HOW_MANY, HOW_WAS, NPS, RATE, plain, says
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from research_kit.questions.draft import Draft
    from research_kit.records import Direction


def nps(draft: Draft, column: Profile) -> Decision | None:
    """0 to 10 where the question asks how likely people are to recommend."""
    if not says(NPS, draft.text, draft.code):
        return None
    found = scales.find(column, draft.text)
    values = np.array([found.place.get(v, np.nan) for v in column.values]) if found else numbers(column.values)
    place = _places(column, values)
    known = np.array(list(place.values()))
    if not len(known) or outside_of(column, place) >= 0.03 or (found is not None and found.why != "scale-marked"):
        return None
    if known.min() < 0 or known.max() > 10 or known.max() <= 7 or (known != known.round()).any():
        return None
    labels = found.scale.labels if found else ()
    return Decision("nps", "nps", found=Found(Scale(0, 10, labels, "up"), place, "nps"))


def _places(column: Profile, values: np.ndarray) -> dict[str, float]:
    """The number of each answer that is one."""
    return {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}


@dataclass(frozen=True)
class _Given:
    """The numbers of a column."""

    place: dict[str, float]
    whole: bool
    low: float
    high: float
    distinct: int
    """Different numbers: "5" and "5.0" are one."""


def _given(column: Profile) -> _Given | None:
    """The numbers of a column, None where too many of its answers are none."""
    if np.isnan(numbers(column.values[:200])).mean() > 0.6:
        return None
    values = numbers(column.values)
    on = np.array([not off_scale(v) for v in column.values])
    known = ~np.isnan(values)
    if not known.any() or column.counts[known].sum() < 0.95 * column.counts[on].sum():
        return None
    given = values[known]
    whole = bool((given == given.round()).all())
    return _Given(_places(column, values), whole, float(given.min()), float(given.max()), len(set(given.tolist())))


def numeric(draft: Draft, column: Profile, *, grid: bool = False) -> Decision | None:
    """Plain numbers: a scale when the question or the values say so, else a count or measure; None when there are other answers."""
    given = _given(column)
    if given is None:
        return None
    low, high, distinct = given.low, given.high, given.distinct
    ends = stated(draft.text)
    rates = says(RATE, draft.text) or ends is not None
    # "How likely are you to come back next year?" names a year and asks for no number of them.
    counts = says(COUNT, draft.text, draft.code) and (not rates or says(HOW_MANY, draft.text))
    how = _asks_how(draft.text, low)
    if not given.whole:
        return _number(given)
    if ends is not None and ends[0] <= low and high <= ends[2] <= 10:
        scale = Scale(ends[0], ends[2], _ends_as_labels(ends), stated_direction(draft.text))
        words = {"low": f"{ends[0]:g}", "high": f"{ends[2]:g}", "low_words": ends[1], "high_words": ends[3]}
        return Decision("rating", "scale-stated", words, found=Found(scale, given.place, "scale-stated"))
    if draft.platform == "qualtrics" and not counts and distinct <= 12 and (high <= 11 or column.n >= 2 * distinct):
        return _recoded(given.place, column, grid=grid or rates)
    if distinct <= 2 and high <= 2 and not (counts or rates):
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:2])})
    if -5 <= low == -high and distinct >= 3 and not counts:
        plus = any(v.startswith(("+", "＋")) for v in column.values)
        return _scale_of_numbers(Scale(low, high, (), "up" if plus else "unknown"), given.place)
    if low >= 0 and high <= 10 and not counts and (rates or how or _looks_rated(low, high, distinct, column)):
        return _marks(draft, given, _scale_top(draft.text, max(high, 5.0) if how else high))
    return _number(given)


def _number(given: _Given) -> Decision:
    """A count or a measure."""
    return Decision("number", "numbers", {"low": f"{given.low:g}", "high": f"{given.high:g}"})


def _scale_of_numbers(scale: Scale, place: Mapping[str, float], why: str = "scale-numbers") -> Decision:
    """A rating whose steps are numbers without words."""
    ends = {"low": f"{scale.min:g}", "high": f"{scale.max:g}"}
    return Decision("rating", why, ends, found=Found(scale, place, "scale-numbers"))


def _marks(draft: Draft, given: _Given, top: float) -> Decision:
    """Numbers from 0 or 1 up to ``top``, as points or stars are given."""
    # A review platform's further ratings count as its stars do.
    named = re.search(r"rating|score|stars?\b|评分|評分|星", draft.text, re.IGNORECASE)
    stars = draft.types == ("reviews",) and (bool(named) or draft.platform not in ("review-table", "table"))
    points: Direction = stated_direction(draft.text)
    if points == "unknown" and (stars or _POINTS.search(plain(draft.text))):
        points = "up"
    scale = Scale(0.0 if given.low == 0 else 1.0, top, (), points)
    return _scale_of_numbers(
        scale, given.place, "star-rating" if stars else "scale-numbers" if points == "unknown" else "scale-marks"
    )


_POINTS = re.compile(r"打分|评分|给分|几分|\bscore\b|\bout of (?:5|five|10|ten)\b|\bstars?\b", re.IGNORECASE)
"""Points and stars: where numbers are given as these, more is better, unless the file says otherwise."""


def _recoded(place: dict[str, float], column: Profile, *, grid: bool) -> Decision:
    """Qualtrics' recode values: what they stand for is not in the file, negative ones are "no basis" or "not answered"."""
    on = {v: x for v, x in place.items() if x >= 0}
    if not grid or len(on) < 2:
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:6])})
    return _scale_of_numbers(Scale(min(1.0, min(on.values())), max(on.values()), (), "unknown"), on)


def _ends_as_labels(ends: tuple[float, str, float, str]) -> tuple[str, ...]:
    """One label per step: the words at the ends, the numbers between."""
    low, high = round(ends[0]), round(ends[2])
    return (ends[1], *[str(i) for i in range(low + 1, high)], ends[3])


def _scale_top(question: str, high: float) -> float:
    """Where a scale ends: where the question says ("1-5", "/10"), else at the next usual number of steps. Never below a number that was given."""
    said = re.search(r"\b(?:1|0)\s*(?:-|–|to|~|至|到)\s*(4|5|6|7|9|10)\b|/\s*(5|7|10)\b", plain(question))
    if said:
        return max(float(said.group(1) or said.group(2)), high)
    usual = (5.0, 6.0, 7.0, 9.0, 10.0) if high < 4 else (4.0, 5.0, 6.0, 7.0, 9.0, 10.0)
    return next((top for top in usual if high <= top), high)


def _asks_how(question: str, low: float) -> bool:
    """ "How was the tour?", 导览怎么样: however few people answered, their numbers are marks. "How was the wait (minutes)?" asks for a measure."""
    return low >= 1 and says(HOW_WAS, question) and not says(COUNT, question)


def _looks_rated(low: float, high: float, distinct: int, column: Profile) -> bool:
    """Whole numbers that fill 0/1 .. 4-7 or 10 without a gap, given again and again: a scale whose words are not in the file."""
    return (
        distinct >= 3
        and low <= 1
        and high in (4.0, 5.0, 6.0, 7.0, 9.0, 10.0)
        and distinct >= (high - low + 1) * 0.7
        and column.n >= 2 * distinct
    )


def amounts(draft: Draft, column: Profile) -> Decision | None:
    """Numbers with their units ("5 years", "5'4\"", "36.5 hours"); ranges were a scale before."""
    if column.distinct < 3:
        return None
    read = {v: amount(v) for v in column.top(400).values}
    good = column.top(400).share(lambda v: (a := read.get(v)) is not None and not a.is_range)
    if column.top(400).share(lambda v: any(c.isdigit() for c in v)) < 0.6:  # "No", "None" are zeros only among numbers
        return None
    sample = column.top(400)
    units: dict[str, int] = {}
    for value, count in zip(sample.values, sample.counts.tolist(), strict=True):
        if (a := read[value]) is not None and a.unit:
            units[a.unit] = units.get(a.unit, 0) + count
    units = _one_currency(units)
    main = max(units, key=lambda u: units[u], default="")
    if good < 0.9 or sum(units.values()) - units.get(main, 0) > 0.05 * sample.n:
        return None
    unit = next((a.written for a in read.values() if a is not None and a.unit == main), "")
    return Decision("number", "numbers-unit", {"unit": unit or main}, unit=unit)


_CURRENCIES = frozenset("$ us$ nt$ hk$ a$ c$ rmb twd usd eur gbp cny ntd hkd € £ ¥ ￥".split())


def _one_currency(units: dict[str, int]) -> dict[str, int]:
    """ "NT$300" and "500元" are one currency where there is no third."""
    signs = [u for u in units if u in _CURRENCIES]
    if "元" not in units or len(signs) != 1:
        return units
    return {**{u: n for u, n in units.items() if u != "元"}, signs[0]: units[signs[0]] + units["元"]}
