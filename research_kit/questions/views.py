"""Other ways to look at the answers of one column: in one of the two languages that they are written in, or without those whom it does not concern."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from research_kit.language import to_simplified
from research_kit.questions.profile import Profile, norm
from research_kit.questions.wording import without_mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from research_kit.questions.found import Found

_HAN = "\u3400-\u9fff"
_CHINESE_FIRST = re.compile(rf"^(.*[{_HAN}][)）]?)\s*(?:[/／|(（]\s*|\s)[^{_HAN}]*[A-Za-z][^{_HAN}]*$")
_CHINESE_LAST = re.compile(rf"^(\d{{0,2}}\W{{0,3}})[A-Za-z][^{_HAN}]*?[\s/／|(（]+([^A-Za-z]*[{_HAN}][^A-Za-z]*?)[)）]?$")
# "I have not used it", "没有投诉过": said by those who cannot judge.
_NOT_CONCERNED = re.compile(
    r"^(?:i|we|it|this|my [\w ]{2,20}?) (?:has|have|had|did|do|does|was|is)(?: not|n't| never)\b.*|^(?:haven't|hasn't|didn't|never) \w+ .*"
    r"|^(?:have|has|did) not .*|^(?:don't|do not) (?:use|have|visit|need|own|watch|drive|work)\b.*"
    r"|^(?:我|我们)?(?:没有?|从?未|尚未|不曾)[\u3400-\u9fff]{1,8}过$|^没有?相关.*|^不涉及$"
)


@dataclass(frozen=True)
class View:
    """A column seen otherwise."""

    column: Profile
    words: Mapping[str, str]
    """Answer as given -> as seen; what is not in here is not seen."""


def one_script(column: Profile) -> View | None:
    """Answers such as "非常好 Very good" by their Chinese half; None unless most are written so."""
    words = {v: chinese_half(v) for v in column.values}
    if sum(v != w for v, w in words.items()) < 0.6 * len(words) or len(set(words.values())) < len(words):
        return None
    return View(_seen(column, words), words)


def _seen(column: Profile, words: Mapping[str, str]) -> Profile:
    """Values and counts in other words; which row holds which is not asked of a view."""
    total: dict[str, int] = {}
    for value, count in zip(column.values, column.counts.tolist(), strict=True):
        if value in words:
            total[words[value]] = total.get(words[value], 0) + count
    return Profile(tuple(total), np.array(list(total.values()), dtype=np.int64), column.codes[:0])


def chinese_half(value: str) -> str:
    """The Chinese of "非常好 Very good"; anything else as it is."""
    if match := _CHINESE_FIRST.match(value):
        return match.group(1).strip()
    if match := _CHINESE_LAST.match(value):
        return (match.group(1) + match.group(2)).strip()
    return value


def unmarked(column: Profile) -> View | None:
    """The answers without the letters or pictures before them ("A. Always", "🙂 Good"); None unless most have one."""
    words = {v: without_mark(v) for v in column.values}
    if sum(v != w for v, w in words.items()) < 0.6 * len(words) or len(set(words.values())) < len(words):
        return None
    return View(_seen(column, words), words)


_LEVEL = re.compile(r"^(?:level|grade|stage|tier|step|rank|band|phase|第)\s*(\d{1,2})\s*(?:级|等|阶段)?$")


def levels(column: Profile) -> dict[str, float]:
    """ "Level 1", "Level 2" ... as numbers; {} unless all answers are such, without a gap wider than one."""
    places = {v: float(match.group(1)) for v in column.values if (match := _LEVEL.match(to_simplified(norm(v))))}
    if len(places) < max(3, len(column.values)) or max(places.values()) - min(places.values()) > len(places):
        return {}
    return places


_BRACKETS = re.compile(r"^[^\d]+[(（]([^()（）]*\d[^()（）]*)[)）]$")


def in_brackets(column: Profile) -> View | None:
    """Names of ranges by what stands in their brackets ("Millennial (28-43)"); None unless all are written so."""
    words = {v: match.group(1).strip() for v in column.values if (match := _BRACKETS.match(v))}
    if len(words) < max(3, len(column.values) - 1) or len(set(words.values())) < len(words):
        return None
    return View(_seen(column, words), words)


def concerned(column: Profile) -> View | None:
    """The answers without the one that says that the question is not theirs to answer; None unless there is one such, beside three others."""
    others = {v: v for v in column.values if not _NOT_CONCERNED.match(to_simplified(norm(v)))}
    if len(others) < 3 or len(column.values) - len(others) != 1:
        return None
    return View(_seen(column, others), others)


def as_given(found: Found, view: View) -> Found:
    """The scale with the answers in the words that they were given in."""
    given = {seen: value for value, seen in reversed(list(view.words.items()))}
    place = {value: found.place[seen] for value, seen in view.words.items() if seen in found.place}
    return replace(found, place=place, scale=replace(found.scale, labels=tuple(given.get(x, x) for x in found.scale.labels)))
