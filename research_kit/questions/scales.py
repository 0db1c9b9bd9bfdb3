"""Ordered scales: numbers with words at their ends, words alone, how often, and ranges. Each finder says how sure its order and direction are."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from research_kit.language import to_simplified
from research_kit.questions.amounts import amount
from research_kit.questions.degrees import Degree, degree, middle_is_best
from research_kit.questions.ladders import climb, per_year
from research_kit.questions.profile import norm
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from research_kit.questions.profile import Profile
    from research_kit.records import Direction

_OFF_SCALE = re.compile(
    r"^n/?a\b.{0,40}$|^(?:i )?(?:don't|do not|dont) (?:know|remember|recall|care to (?:say|answer)|have an opinion"
    r"|understand.*)\b.*$|^(?:unsure|not sure|uncertain|no opinion|can't say|cannot say|prefer not to (?:say|answer|disclose"
    r"|respond).*|rather not (?:say|answer).*|decline to .*"
    r"|unfamiliar.*\(n/a\)|no basis.*|unknown|refused|not relevant.*|not familiar with.*|never used it|haven't used.*"
    r"|i have not used.*|have not (?:used|tried|heard).*|other|other \(please specify\)|it depends.*|depends)$"
    r"|^(?:不知道|不清楚|不了解|不确定|不记得|忘记了?|不愿(?:回答|透露|作答)|拒答|不方便(?:回答|透露)?|不想回答|保密|无法判断"
    r"|没用过|未使用过?|没有使用过?|其他|其它|说不清|难以回答|很难说|无法回答)$"
)
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


@dataclass(frozen=True)
class Found:
    """A scale and where each answer stands on it."""

    scale: Scale
    place: Mapping[str, float]
    """Answer -> value on the scale; an answer that is not in here has no place on it ("Don't know")."""
    why: str
    """Key of the reason in labels/questions.toml."""
    unit: str = ""
    outside: float = 0.0
    """Share of answers without a place."""
    extra: Mapping[str, str] = field(default_factory=dict)


def off_scale(value: str) -> bool:
    """True for answers that stand beside any scale ("Don't know", "Prefer not to say", 不清楚)."""
    return bool(_OFF_SCALE.match(to_simplified(norm(value))))


def find(column: Profile, question: str) -> Found | None:
    """The ordered scale that the answers are on, or None. Plain numbers without any word or mark are not decided here."""
    if not 2 <= column.distinct <= 60:
        return None
    on = [v for v in column.values if not off_scale(v)]
    if len(on) < 2:
        return None
    for finder in (_marked_numbers, _verbal, _often, _ranges):
        found = finder(column, on, question)
        if found is not None:
            return found
    return None


def _outside(column: Profile, place: Mapping[str, float]) -> float:
    return column.share(lambda v: v not in place and not off_scale(v))


# ------------------------------------------------------------------ numbers with words or marks beside them


def _marked_numbers(column: Profile, on: Sequence[str], question: str) -> Found | None:
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
    if b is not None and abs(b) >= 2 and a is None and not low:
        return "up" if b > 0 else "down"
    if a is not None and abs(a) >= 2 and b is None and not high:
        return "down" if a > 0 else "up"
    return None


def _bare(label: str) -> str:
    return label.strip(" \"'“”‘’「」")[:60]


def _strength(label: str) -> float | None:
    if not label:
        return None
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
    """The direction that the question states for its numbers; "unknown" when it does not."""
    ends = stated(question)
    return (direction_of_ends(ends[1], ends[3]) or "unknown") if ends else "unknown"


# ------------------------------------------------------------------ words


def _ordered(
    column: Profile, on: Sequence[str], score: Mapping[str, float], direction: Direction, why: str, unit: str = ""
) -> Found | None:
    """A scale from scores: equal scores are one step; the steps are numbered from 1."""
    steps = sorted(set(score.values()))
    rank = {s: i + 1 for i, s in enumerate(steps)}
    labels: dict[int, str] = {}
    for value in column.values:
        if value in score:
            labels.setdefault(rank[score[value]], value)
    place = {v: float(rank[s]) for v, s in score.items()}
    outside = _outside(column, place)
    if outside > 0.05 or len(steps) < 2:
        return None
    return Found(Scale(1, len(steps), tuple(labels[i + 1] for i in range(len(steps))), direction), place, why, unit, outside)


def _core(column: Profile, on: Sequence[str], test: Callable[[str], bool]) -> list[str]:
    """The answers that pass; too few of them (or too many others) is none at all."""
    passed = [v for v in on if test(v)]
    others = column.share(lambda v: v not in passed and not off_scale(v))
    return passed if others <= 0.05 else []


def _verbal(column: Profile, on: Sequence[str], question: str) -> Found | None:
    whole = _distinct_forms(column.values)
    # "Not sure" stands beside most scales, but in the middle of "definitely ... definitely not".
    forms = (
        whole
        if len(whole) <= 12 and (found := climb([form for form, _ in whole])) and found[1] == "probability"
        else _distinct_forms(on)
    )
    climbed = (
        (climb([form for form, _ in forms]) or climb(_without_shared_words([form for form, _ in forms])))
        if 2 <= len(forms) <= 12
        else None
    )
    if climbed is not None and (len(forms) >= 3 or climbed[1] not in ("probability", "amount")):
        level = {
            v: climbed[0][i] - (0.1 if len(members) > 1 and re.search(r"\bnot\b|不", v[len(form) :]) else 0.0)
            for i, (form, members) in enumerate(forms)
            for v in members
        }
        return _ordered(column, on, level, "up", "scale-words")
    degrees = {v: d for v in _core(column, on, lambda v: degree(v) is not None) if (d := degree(v)) is not None}
    return _by_degrees(column, on, degrees) if len(degrees) >= 2 else None


def _without_shared_words(forms: list[str]) -> list[str]:
    """ "Some knowledge of topic", "Extensive knowledge of topic" -> "some", "extensive": what all answers end with says nothing."""
    words = [f.split() for f in forms]
    shared = 0
    while all(len(w) > shared + 1 for w in words) and len({w[-1 - shared] for w in words}) == 1:
        shared += 1
    return [" ".join(w[: len(w) - shared]) for w in words] if shared else []


def _distinct_forms(values: Sequence[str]) -> list[tuple[str, list[str]]]:
    forms: dict[str, list[str]] = {}
    for value in values:
        forms.setdefault(norm(_headword(value)), []).append(value)
    return list(forms.items())


def _headword(value: str) -> str:
    """ "Weekly -- once or more per week" -> "Weekly": the word before an explanation."""
    return (
        re.split(r"\s+(?:--|–|—|-)\s+|[:：;；]\s|\s*[（(]|,\s+(?:but|and|i|though|only)\b", value.strip(), flags=re.IGNORECASE)[0]
        or value
    )


def _by_degrees(column: Profile, on: Sequence[str], degrees: Mapping[str, Degree]) -> Found | None:
    if len({d.raw for d in degrees.values() if d.raw}) == 1:
        degrees = {v: Degree(d.raw, d.raw_score, d.marked, d.good, d.raw, d.raw_score) for v, d in degrees.items()}
    heads = {d.head for d in degrees.values() if d.head}
    if len(heads) > 1:
        shared = _shared_head(heads)
        if shared is None:
            return _two_poles(column, on, degrees, heads)
        degrees = {v: Degree(shared if d.head else "", d.score, d.marked, d.good) for v, d in degrees.items()}
    scores = {v: d.score for v, d in degrees.items()}
    marked = sum(d.marked for d in degrees.values())
    if len(set(scores.values())) < 2 or marked < 2 or marked < len(degrees) - 1:
        return None
    if len(set(scores.values())) < len({norm(v) for v in scores}):
        return None
    if not any(abs(s) not in (0.0, 3.0) for s in scores.values()) and not any(d.good for d in degrees.values()):
        return None
    negative = [s for s in scores.values() if s < 0 and s > -5]
    if not negative and 0.0 in scores.values():
        scores = {v: 1.6 if s == 0.0 and any(0 < o < 1.6 for o in scores.values()) else s for v, s in scores.items()}
    head = next((d.head for d in degrees.values() if d.head), "")
    direction: Direction = "unknown" if middle_is_best(head) and min(scores.values()) < 0 else "up"
    return _ordered(column, on, scores, direction, "scale-words")


def _shared_head(heads: set[str]) -> str | None:
    """Heads that differ only in a trailing or leading word ("agree", "agree statement"; "rude" in "rude at all")."""
    shortest = min(heads, key=lambda h: (len(h), h))
    return shortest if all(set(shortest.split()) <= set(h.split()) for h in heads) else None


def _two_poles(column: Profile, on: Sequence[str], degrees: Mapping[str, Degree], heads: set[str]) -> Found | None:
    """ "Too much lecture ... balanced ... too much hands-on": two ends with a middle; which end is better nobody says."""
    poles = sorted(heads)
    middle = any(not d.head for d in degrees.values())
    if len(poles) != 2 or not middle or any(not d.marked or d.score <= 0 for d in degrees.values() if d.head):
        return None
    scores = {v: d.score * (-1 if d.head == poles[0] else 1) if d.head else 0.0 for v, d in degrees.items()}
    if len(set(scores.values())) < len(scores) or len(scores) < 3:
        return None
    return _ordered(column, on, scores, "unknown", "scale-words")


def _often(column: Profile, on: Sequence[str], question: str) -> Found | None:
    core = _core(column, on, lambda v: per_year(v) is not None)
    rates = {v: r for v in core if (r := per_year(v)) is not None}
    if (
        len(set(rates.values())) < 2
        or not any(r > 0 for r in rates.values())
        or len(set(rates.values())) < 0.7 * len({norm(_headword(v)) for v in rates})
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
    return _ordered(column, on, rates, "up", "scale-often")


def as_written(unit: str, values: Sequence[str]) -> str:
    """A unit in the script of the answers ("歲", where the search was in Simplified)."""
    for value in values:
        at = to_simplified(value).find(unit)
        if unit and at >= 0:
            return value[at : at + len(unit)]
    return unit


def _ranges(column: Profile, on: Sequence[str], question: str) -> Found | None:
    core = _core(column, on, lambda v: amount(v) is not None)
    amounts = {v: a for v in core if (a := amount(v)) is not None}
    ranges = sum(a.is_range for a in amounts.values())
    if len(amounts) < 2 or ranges < (1 if 3 <= len(amounts) <= 15 else max(2, 0.25 * len(amounts))):
        return None
    units = {a.unit for a in amounts.values() if a.unit}
    if len(units) > 1:
        return None
    place = {
        v: -1.0
        if a.high == 0
        else a.low + (0.0 if a.high == a.low else min((a.high - a.low) * 1e-6, 1e-3) if a.high < math.inf else 0.01)
        for v, a in amounts.items()
    }
    unit = next((a.written for a in amounts.values() if a.written), "")
    return _ordered(column, on, place, "up", "scale-ranges", as_written(unit, column.values))
