"""Numbers with words or marks beside them ("5 - Excellent", "★★★", "4/5"), and what a question says of the ends of its scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from research_kit.language import to_simplified
from research_kit.questions.amounts import amount
from research_kit.questions.degrees import Degree, degree, middle_is_best
from research_kit.questions.found import Found
from research_kit.questions.ladders import climb, per_year
from research_kit.questions.profile import norm
from research_kit.questions.views import chinese_half
from research_kit.questions.wording import wordings
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.profile import Profile
    from research_kit.records import Direction

_NUMBERED = re.compile(r"^[（(\[]?(-?\d{1,2})[)）\]]?\s*(?:[-–—:：=.、,，/]+\s*|\s+)?(.*)$")
_LABEL_FIRST = re.compile(r"^(.*?)\s*[（(\[]\s*(-?\d{1,2})\s*(?:分|points?)?\s*[)）\]]$")
_POINTS = re.compile(
    r"^(-?\d{1,2}(?:\.\d+)?)\s*(?:stars?|points?|分|顆星|颗星|星|/\s*(?:5|7|10)|out of (?:5|7|10)|(?:\s*of\s*)(?:5|7|10))$"
)
_STARS = re.compile(r"^([★⭐✭]{0,10})[☆✩]{0,10}$")
_NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "一星": 1,
    "二星": 2,
    "三星": 3,
    "四星": 4,
    "五星": 5,
}


def marked_numbers(column: Profile, on: Sequence[str], question: str) -> Found | None:
    """The scale of answers that are all numbers, some of them with words or marks; None for plain numbers, ranges and amounts."""
    place: dict[str, float] = {}
    words: dict[float, str] = {}
    marks = 0
    for value in on:
        parsed = _marked(value)
        if parsed is None:
            return None
        number, label, marked = parsed
        place[value] = number
        marks += marked
        if label and norm(words.setdefault(number, label)) != norm(label):
            return None
    if (
        not marks
        or len(set(place.values())) < 2
        or min(place.values()) < -10
        or any(v != int(v) and v * 2 != int(v * 2) for v in place.values())
    ):
        return None
    # "1 - 2 years", "25 - 34" are ranges and "5 years" is an amount: their words would begin with digits or be units.
    if any(re.match(r"^[\d+<>]", w) or _unit_word(w) for w in words.values()):
        return None
    if len(words) > 1 and len({norm(w) for w in words.values()}) == 1:
        return None  # "12 km", "30 km": one word behind all numbers is their unit
    low, high = min(place.values()), max(place.values())
    direction = direction_of_ends(words.get(low, ""), words.get(high, "")) or stated_direction(question)
    if not words and direction == "unknown":
        direction = "up"  # stars and points say themselves that more is better
    numbers = sorted(set(place.values()))
    labels = tuple(words.get(n, f"{n:g}") for n in numbers) if words else ()
    return Found(Scale(low, high, labels, direction), place, "scale-marked")


def _unit_word(word: str) -> bool:
    parsed = amount(f"5 {word}")
    return (parsed is not None and (parsed.unit not in ("", norm(word)) or parsed.is_range)) or bool(
        re.match(
            r"^(?:times?|people|persons?|or more|or less|and (?:over|above)|%|次|人|岁|歲|個|个|萬|万|以上|以下|小時|小时|年|天|元)",
            norm(word),
        )
    )


def _marked(value: str) -> tuple[float, str, bool] | None:
    text = norm(value)
    if text in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[text]), "", True
    if (match := _STARS.match(value.strip())) and value.strip():
        return float(len(match.group(1))), "", True
    if match := _POINTS.match(text):
        return float(match.group(1)), "", True
    if match := _NUMBERED.match(value.strip()):
        label = match.group(2).strip(" -–—:：()（）")
        if label.startswith(".") and label[1:].isdigit():
            return float(value), "", False
        # "3x4", "1st": a number that runs into Latin letters is no step with its word.
        runs_on = label[:1].isascii() and label[:1].isalnum() and value.strip().startswith(match.group(1) + label[:1])
        return None if runs_on else (float(match.group(1)), label, bool(label))
    if match := _LABEL_FIRST.match(value.strip()):
        return float(match.group(2)), match.group(1), True
    return None


def direction_of_ends(low: str, high: str) -> Direction | None:
    """ "up" when the words at the high end say more or better than those at the low end, "down" when less or worse, None when they do not say."""
    a, b = _strength(low), _strength(high)
    first, last = degree(_bare(low)), degree(_bare(high))
    if first is not None and last is not None and first.raw and last.raw and first.raw.split()[0] == last.raw.split()[0]:
        a, b = (
            first.raw_score,
            last.raw_score,
        )  # "not challenging" .. "most challenging": more of one thing, whatever its opposite is
    if a is not None and b is not None and a != b:
        return "up" if b > a else "down"
    if low and high and (a is None or b is None):
        climbed = next((found for words in wordings([norm(low), norm(high)]) if (found := climb(words))), None)
        if climbed is not None:
            return "up" if climbed[0][1] > climbed[0][0] else "down"
    if b is not None and abs(b) >= 2 and a is None and not low:
        return "up" if b > 0 else "down"
    if a is not None and abs(a) >= 2 and b is None and not high:
        return "down" if a > 0 else "up"
    return None


def _bare(label: str) -> str:
    return chinese_half(label.strip(" \"'“”‘’「」"))[:60]


def _strength(label: str) -> float | None:
    if not label:
        return None
    label = chinese_half(label)
    found: Degree | None = degree(_bare(label))
    if found is not None and found.marked and not middle_is_best(found.head):
        return found.score
    if (climbed := climb([label, "never"])) or (climbed := climb([label, "excellent"])):
        return float(climbed[0][0] - 3)
    rate = per_year(label)
    if rate is not None:
        return -5.0 if rate == 0 else 4.0
    text = to_simplified(norm(label))
    if re.search(
        r"\b(?:best|most|highest|excellent|always|maximum|love|fully|high|perfect|great)\b|最(?!不|低|差|少|小)|优|高$", text
    ):
        return 5.0
    if re.search(
        r"\b(?:worst|least|lowest|never|minimum|hate|none|low|terrible|poor|zero)\b|^最[不低差少小]|^(?:无|完全不|从不)|低$|差$",
        text,
    ):
        return -5.0
    return None


_VERB = r"(?:is|being|=|means|meaning|represents?|indicates|stands for|:|-|–|as|＝)"
_WORDS = r"[\"'“‘]?(?=[A-Za-z\"'“‘])([^,.;()\]\"”]{2,60}?)[\"'”’]?"
_AFTER = r"(?=\s*(?:[,.;)\]?!/]|$|\band\b|\bto\b|\bthrough\b|\bwhile\b|\d))"
# What a question says of single numbers of its scale: strict forms first, then without a verb.
_STATED = (
    re.compile(rf"(?<![\d.])(\d{{1,2}})\s*{_VERB}\s*{_WORDS}{_AFTER}", re.IGNORECASE),
    re.compile(r"(?<![\d.])(\d{1,2})\s*[(（]([^()（）]{2,40})[)）]"),
    re.compile(r"(\d{1,2})\s*分?\s*(?:为|是|代表|表示|=|＝|：|:|－|-|即)\s*[「“\"']?([^,，;；、()（）」”\"'\d~～]{1,14})"),
    re.compile(rf"(?<![\d.-])(\d{{1,2}})\s*{_VERB}?\s*{_WORDS}{_AFTER}", re.IGNORECASE),
)


def stated(question: str) -> tuple[float, str, float, str] | None:
    """What the question itself says of its ends: "(1 = not at all, 5 = very)" -> (1, "not at all", 5, "very"). None unless the words make a direction."""
    text = to_simplified(question.replace("’", "'"))
    for pattern in _STATED:
        # The converted text has the length of the original: the words are quoted as they were written.
        said = {float(m.group(1)): question[m.start(2) : m.end(2)].strip(" \"'“”‘’") for m in pattern.finditer(text)}
        if len(said) >= 2:
            low, high = min(said), max(said)
            if direction_of_ends(said[low], said[high]):
                return low, said[low], high, said[high]
    return None


def stated_direction(question: str) -> Direction:
    """The direction that the question states for its numbers, of both ends or of one ("5 = best"); "unknown" when it does not."""
    ends = stated(question)
    if ends is not None:
        return direction_of_ends(ends[1], ends[3]) or "unknown"
    text = to_simplified(question.replace("’", "'"))
    if _FULL_MARKS.search(text):
        return "up"
    for pattern in _STATED:
        if len(found := list(pattern.finditer(text))) == 1 and int(found[0].group(1)) in _ENDS:
            word, top = found[0].group(2), int(found[0].group(1)) > 1
            return direction_of_ends("" if top else word, word if top else "") or "unknown"
    return "unknown"


_ENDS = (0, 1, 5, 7, 10)
"""Numbers at which a scale ends."""
_FULL_MARKS = re.compile(r"满分|\d\s*[-~～至到–]\s*(?:5|7|10|100)\s*分")
"""Marks: more of them is better."""
