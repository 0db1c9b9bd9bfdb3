"""Columns of numbers: 0 to 10 of a recommendation, a scale without words, codes, counts, and amounts with their units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import scales
from research_kit.questions.amounts import amount
from research_kit.questions.draft import Decision
from research_kit.questions.found import Found, off_scale
from research_kit.questions.marked import stated, stated_direction
from research_kit.questions.profile import Profile, numbers
from research_kit.questions.words import COUNT, HOW_MANY, HOW_WAS, NPS, RATE, plain, says
from research_kit.records import Scale

if TYPE_CHECKING:
    from research_kit.questions.draft import Draft
    from research_kit.records import Direction


def nps(draft: Draft, column: Profile) -> Decision | None:
    """0 to 10 where the question asks how likely people are to recommend."""
    if not says(NPS, draft.text, draft.code):
        return None
    found = scales.find(column, draft.text)
    values = np.array([found.place.get(v, np.nan) for v in column.values]) if found else numbers(column.values)
    known = values[~np.isnan(values)]
    if (
        len(known)
        and column.share(lambda v: not np.isnan(dict(zip(column.values, values, strict=True))[v]) or off_scale(v)) > 0.97
    ):
        if found is not None and found.why != "scale-marked":
            return None
        if known.min() >= 0 and known.max() <= 10 and known.max() > 7 and (known == known.round()).all():
            return Decision("nps", "nps", found=_zero_to_ten(column, values, found))
    return None


def _zero_to_ten(column: Profile, values: np.ndarray, found: Found | None) -> Found:
    place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
    labels = found.scale.labels if found else ()
    return Found(Scale(0, 10, labels, "up"), place, "nps")


def numeric(draft: Draft, column: Profile, *, grid: bool = False) -> Decision | None:
    """Plain numbers: a scale when the question or the values say so, else a count or measure; None when there are other answers."""
    if np.isnan(numbers(column.values[:200])).mean() > 0.6:
        return None
    values = numbers(column.values)
    on = np.array([not off_scale(v) for v in column.values])
    known = ~np.isnan(values)
    if not known.any() or column.counts[known].sum() < 0.95 * column.counts[on].sum():
        return None
    given = values[known]
    place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
    whole = bool((given == given.round()).all())
    low, high, distinct = float(given.min()), float(given.max()), len(set(given.tolist()))
    ends = stated(draft.text)
    rates = says(RATE, draft.text) or ends is not None
    # "How likely are you to come back next year?" names a year and asks for no number of them.
    counts = says(COUNT, draft.text, draft.code) and (not rates or says(HOW_MANY, draft.text))
    if whole and ends is not None and ends[0] <= low and high <= ends[2] <= 10:
        scale = Scale(ends[0], ends[2], _ends_as_labels(ends), stated_direction(draft.text))
        return Decision(
            "rating",
            "scale-stated",
            {"low": f"{ends[0]:g}", "high": f"{ends[2]:g}", "low_words": ends[1], "high_words": ends[3]},
            found=Found(scale, place, "scale-stated"),
        )
    if draft.platform == "qualtrics" and whole and not counts and distinct <= 12 and (high <= 11 or column.n >= 2 * distinct):
        return _recoded(place, column, grid=grid or rates)
    if distinct <= 2 and whole and high <= 2 and not (counts or rates):
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:2])})
    if whole and -5 <= low == -high and distinct >= 3 and not counts:
        signed: Direction = "up" if any(v.startswith(("+", "＋")) for v in column.values) else "unknown"
        values_of = {"low": f"{low:g}", "high": f"{high:g}"}
        return Decision("rating", "scale-numbers", values_of, found=Found(Scale(low, high, (), signed), place, "scale-numbers"))
    if (
        whole
        and low >= 0
        and high <= 10
        and ((rates and not counts) or (not counts and (_asks_how(draft.text, low) or _looks_rated(low, high, distinct, column))))
    ):
        top = _scale_top(draft.text, max(high, 5.0) if _asks_how(draft.text, low) else high)
        # A review platform's further ratings count as its stars do.
        named = re.search(r"rating|score|stars?\b|评分|評分|星", draft.text, re.IGNORECASE)
        stars = draft.types == ("reviews",) and (bool(named) or draft.platform not in ("review-table", "table"))
        points: Direction = "up" if stars or _POINTS.search(plain(draft.text)) else "unknown"
        scale = Scale(0.0 if low == 0 else 1.0, top, (), points)
        return Decision(
            "rating",
            "star-rating" if stars else "scale-numbers",
            {"low": f"{scale.min:g}", "high": f"{scale.max:g}"},
            found=Found(scale, place, "scale-numbers"),
        )
    return Decision("number", "numbers", {"low": f"{low:g}", "high": f"{high:g}"})


_POINTS = re.compile(r"打分|评分|给分|几分|\bscore\b|\bout of (?:5|five|10|ten)\b|\bstars?\b", re.IGNORECASE)
"""Points and stars: where numbers are given as these, more is better, unless the file says otherwise."""


def _recoded(place: dict[str, float], column: Profile, *, grid: bool) -> Decision:
    """Qualtrics' recode values: what they stand for is not in the file, negative ones are "no basis" or "not answered"."""
    on = {v: x for v, x in place.items() if x >= 0}
    if not grid or len(on) < 2:
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:6])})
    scale = Scale(min(1.0, min(on.values())), max(on.values()), (), "unknown")
    return Decision(
        "rating",
        "scale-numbers",
        {"low": f"{scale.min:g}", "high": f"{scale.max:g}"},
        found=Found(scale, on, "scale-numbers"),
    )


def _ends_as_labels(ends: tuple[float, str, float, str]) -> tuple[str, ...]:
    """One label per step: the words at the ends, the numbers between."""
    low, high = round(ends[0]), round(ends[2])
    return (ends[1], *[str(i) for i in range(low + 1, high)], ends[3])


def _scale_top(question: str, high: float) -> float:
    match = re.search(r"\b(?:1|0)\s*(?:-|–|to|~|至|到)\s*(4|5|6|7|9|10)\b|/\s*(5|7|10)\b", plain(question))
    stated = float(match.group(1) or match.group(2)) if match else 0.0
    return max(
        stated,
        next((t for t in (4.0, 5.0, 6.0, 7.0, 9.0, 10.0) if high <= t and not (t == 4.0 and high < 4)), high)
        if not stated
        else high,
    )


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
