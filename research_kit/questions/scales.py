"""Ordered scales: numbers with words at their ends, words alone, how often, and ranges. Each finder says how sure its order and direction are."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from research_kit.language import to_simplified
from research_kit.questions import views
from research_kit.questions.amounts import amount
from research_kit.questions.found import Found, core, on_scale, ordered
from research_kit.questions.ladders import per_year
from research_kit.questions.marked import marked_numbers
from research_kit.questions.profile import norm
from research_kit.questions.verbal import headword, verbal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.profile import Profile


def find(column: Profile, question: str) -> Found | None:
    """The ordered scale that the answers are on, or None. Plain numbers without any word or mark are not decided here."""
    if not 2 <= column.distinct <= 60:
        return None
    half = views.one_script(column)
    if half is not None and (found := _find(half.column, question)):
        return views.as_given(found, half)
    if found := _find(column, question):
        return found
    if places := views.levels(column):
        return ordered(column, places, "up", "scale-words")
    for view in (views.unmarked(column), views.in_brackets(column), views.concerned(column)):
        if view is not None and (found := _find(view.column, question)):
            return views.as_given(found, view)
    return None


def _find(column: Profile, question: str) -> Found | None:
    on = on_scale(column.values)
    if len(on) < 2:
        return None
    for finder in (marked_numbers, verbal, _often, _ranges):
        found = finder(column, on, question)
        if found is not None:
            return found
    return None


def _often(column: Profile, on: Sequence[str], question: str) -> Found | None:
    passed = core(column, on, lambda v: per_year(v) is not None)
    rates = {v: r for v in passed if (r := per_year(v)) is not None}
    if (
        len(set(rates.values())) < 2
        or not any(r > 0 for r in rates.values())
        or len(set(rates.values())) < 0.7 * len({norm(headword(v)) for v in rates})
    ):
        return None
    if len(rates) == 2 and 0.0 in rates.values():
        return None
    # "Daily - heavy usage", "Daily - moderate usage; less than 3 hours": two steps at one rate.
    rates = {
        v: r
        * (
            0.999
            if re.search(r"\b(?:less|under|light|moderate|below)\b", v, re.IGNORECASE) and list(rates.values()).count(r) > 1
            else 1.0
        )
        for v, r in rates.items()
    }
    return ordered(column, rates, "up", "scale-often")


# What people say for the least or the most where all others say a range ("Just started", "On premises", "Every day").
_LEAST = re.compile(
    r"^(?:just|only) (?:me|myself|started|starting|joined|arrived|one|now)\b|\bmy first\b|^first (?:time|week|month|day|visit|year)"
    r"|^(?:i'?m )?(?:brand )?new\b"
    r"|^not yet\b|^(?:i )?haven't|^on (?:the )?(?:premises|site)|^same day|^(?:the )?same (?:day|week)|^today"
    r"|^self-employed|^sole trader|^no (?:staff|employees)|^(?:i )?would not |^not willing|^nothing\b"
    r"|^(?:at|in) (?:my |our |the )?(?:home|house|building)"
    r"|^immediately|^right away|^at once|^instantly|^none\b"
    r"|^(?:仅|只有)?(?:自己|本人|我自己|我一人|一个人)|^刚|^(?:这是)?我?(?:第一次|首次)|^新(?:用户|客户|会员)|^(?:当天|当日|同一天|同日)|^不(?:愿意?|想|会).{0,6}$|^尚未|^还没|^立即|^马上|^家中有?"
)
_MOST = re.compile(
    r"^(?:every|each) (?:single )?day|^daily|^always|^every time|^unlimited|^all (?:my life|day|of)"
    r"|^(?:since|from) (?:the (?:beginning|start|launch)|birth|day one)|^lifetime"
    r"|^每天|^天天|^一直|^从一?开始|^终[身生]|^无(?:限|上限)|^不限"
)


def _end(value: str) -> bool | None:
    """True for the low end said in words, False for the high end, None for anything else."""
    text = to_simplified(norm(value))
    return True if _LEAST.search(text) else False if _MOST.search(text) else None


def as_written(unit: str, values: Sequence[str]) -> str:
    """A unit in the script of the answers ("歲", where the search was in Simplified)."""
    for value in values:
        at = to_simplified(value).find(unit)
        if unit and at >= 0:
            return value[at : at + len(unit)]
    return unit


def _place(low: float, high: float, times: float) -> float:
    """Where a range stands: by its low end, a wider or open one behind a narrower one; nothing at all before all else."""
    if high == 0:
        return -1.0
    wider = 0.0 if high == low else min((high - low) * 1e-6, 1e-3) if high < math.inf else 0.01
    return (low + wider) * times


def _ranges(column: Profile, on: Sequence[str], question: str) -> Found | None:
    passed = core(column, on, lambda v: amount(v) is not None or _end(v) is not None)
    amounts = {v: a for v in passed if (a := amount(v)) is not None}
    ends = {v: e for v in passed if v not in amounts and (e := _end(v)) is not None}
    if len(set(ends.values())) < len(ends):
        return None
    ranges = sum(a.is_range for a in amounts.values())
    if len(amounts) < 2 or ranges < (1 if 3 <= len(amounts) <= 15 else max(2, 0.25 * len(amounts))):
        return None
    units = {a.unit for a in amounts.values() if a.unit}
    if len(units) > 1:
        return None
    unit = next((a.written for a in amounts.values() if a.written), "")
    # "5-10" beside "15 minutes" is in minutes, too.
    one = amount(f"1 {unit}") if unit else None
    bare = one.low if one is not None and one.low > 0 else 1.0
    place = {v: _place(a.low, a.high, 1.0 if a.unit else bare) for v, a in amounts.items()}
    place |= {v: -2.0 if low else math.inf for v, low in ends.items()}
    return ordered(column, place, "up", "scale-ranges", as_written(unit, column.values))
