"""Scales in words: ladders that everybody knows, and degrees of one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from research_kit.questions import unchosen
from research_kit.questions.degrees import Degree, degree, excess, middle_is_best
from research_kit.questions.found import Found, core, ordered
from research_kit.questions.ladders import climb
from research_kit.questions.profile import norm
from research_kit.questions.wording import not_compared, wordings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.profile import Profile
    from research_kit.records import Direction


def verbal(column: Profile, on: Sequence[str], question: str) -> Found | None:
    """The scale of answers in words, by a ladder that holds them all or by how much each says of one thing."""
    whole = _distinct_forms(column.values)
    # "Not sure" stands beside most scales, but in the middle of "definitely ... definitely not".
    forms = (
        whole
        if len(whole) <= 12 and (found := climb([form for form, _ in whole])) and found[1] == "probability"
        else _distinct_forms(on)
    )
    climbed = _climbed([form for form, _ in forms]) if 2 <= len(forms) <= 12 else None
    if climbed is not None and (len(forms) >= 3 or climbed[1] not in ("probability", "amount")):
        level = {
            v: climbed[0][i] - (0.1 if len(members) > 1 and re.search(r"\bnot\b|不", v[len(form) :]) else 0.0)
            for i, (form, members) in enumerate(forms)
            for v in members
        }
        return _ordered(column, level, "up", _added(level, climbed[1]))
    return _graded(column, on)


def _added(level: Mapping[str, float], ladder: str) -> dict[str, float]:
    """The steps of a ladder that nobody chose."""
    if ladder == "quality":
        read = {text: d.score for text in level if (d := degree(norm(text))) is not None}
        ends = unchosen.graded(read) if len(read) == len(level) else {}
        beyond = {text: min(level.values()) - 1 if score < 0 else max(level.values()) + 1 for text, score in ends.items()}
        return unchosen.quality(level) or (beyond if len(beyond) == 1 else {})
    if ladder != "probability":
        return {}
    middle = 2.0
    added = unchosen.mirrored({text: at - middle for text, at in level.items()})
    climbed = climb([*(norm(headword(text)) for text in level), *map(norm, added)])
    return {text: at + middle for text, at in added.items()} if climbed is not None and climbed[1] == ladder else {}


def _ordered(column: Profile, score: Mapping[str, float], direction: Direction, added: Mapping[str, float]) -> Found | None:
    return ordered(column, score, direction, "scale-words-unchosen" if added else "scale-words", unchosen=added)


def _graded(column: Profile, on: Sequence[str]) -> Found | None:
    """The scale of answers that say how much of one thing, as they stand or in barer words."""
    texts = [norm(v) for v in on]
    barer = [words for words in wordings(texts) if words != texts] if len(texts) <= 12 else []
    for words in (texts, *barer):
        read = {v: _degree(w) for v, w in zip(on, _with_opposites(words), strict=True)}
        passed = core(column, on, lambda v, read=read: read.get(v) is not None)  # type: ignore[misc]
        degrees = {v: d for v in passed if (d := read[v]) is not None}
        if len(degrees) >= 2 and (found := _by_degrees(column, degrees)) is not None:
            return found
    return None


def _climbed(forms: list[str]) -> tuple[list[float], str, bool] | None:
    """The ladder of the forms as they stand, or in barer words."""
    return next((found for words in wordings(forms) if (found := climb(words))), None)


_NEGATED = re.compile(r"^(?:un|in|im|ir|il|dis|non-?|mis)(\w{4,})$")


def _with_opposites(texts: Sequence[str]) -> list[str]:
    """ "Disorganised" as "not organised" where another answer says "organised": the column itself tells what is whose opposite."""
    words = {w for t in texts for w in t.split()}
    opposite = {w: m.group(1) for w in sorted(words) if (m := _NEGATED.match(w)) and m.group(1) in words and not _is_known(w)}
    if not opposite:
        return list(texts)
    return [
        " ".join(f"un{_STAND_IN}" if w in opposite else _STAND_IN if w in opposite.values() else w for w in t.split())
        for t in texts
    ]


def _is_known(word: str) -> bool:
    found = degree(word)
    return found is None or found.score < 0


_STAND_IN = "satisfied"
"""Any word whose opposite is known."""


def _degree(value: str) -> Degree | None:
    plain = not_compared(norm(value))
    return degree(plain) if not plain.isascii() else degree(value) or degree(plain)


def _distinct_forms(values: Sequence[str]) -> list[tuple[str, list[str]]]:
    forms: dict[str, list[str]] = {}
    for value in values:
        forms.setdefault(norm(headword(value)), []).append(value)
    return list(forms.items())


def headword(value: str) -> str:
    """ "Weekly -- once or more per week" -> "Weekly": the word before an explanation."""
    return (
        re.split(r"\s+(?:--|–|—|-)\s+|[:：;；]\s|\s*[（(]|,\s+(?:but|and|i|though|only)\b", value.strip(), flags=re.IGNORECASE)[0]
        or value
    )


def _by_degrees(column: Profile, degrees: Mapping[str, Degree]) -> Found | None:
    if len({d.raw for d in degrees.values() if d.raw}) == 1 and all(d.raw for d in degrees.values() if d.score):
        degrees = {v: Degree(d.raw, d.raw_score, d.marked, d.good, d.raw, d.raw_score) for v, d in degrees.items()}
    degrees = _with_middle(degrees)
    heads = {d.head for d in degrees.values() if d.head}
    if len(heads) > 1:
        shared = _shared_head(heads)
        if shared is None:
            return _two_poles(column, degrees, heads)
        degrees = {v: Degree(shared if d.head else "", d.score, d.marked, d.good) for v, d in degrees.items()}
    scores = {v: d.score for v, d in degrees.items()}
    marked = sum(d.marked for d in degrees.values())
    if len(scores) == 2 and {abs(s) for s in scores.values()} == {3.0}:
        return None  # "willing" or "not willing" is a choice
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
    both = {scores[v] > 0 for v in scores if excess(v)}
    direction: Direction = "unknown" if len(both) == 2 or (middle_is_best(head) and min(scores.values()) < 0) else "up"
    return _ordered(column, scores, direction, unchosen.graded(scores) if direction == "up" else {})


_MIDDLES = frozenset("acceptable fair adequate fine normal tolerable passable reasonable stable decent".split())


def _with_middle(degrees: Mapping[str, Degree]) -> Mapping[str, Degree]:
    """ "Dirty, acceptable, clean": one word that others do not use stands in the middle."""
    middles = [v for v, d in degrees.items() if d.head in _MIDDLES and d.score == 3.0]
    others = {d.head for d in degrees.values() if d.head} - _MIDDLES
    if len(middles) != 1 or not others or any(d.score == 0.0 for d in degrees.values()):
        return degrees
    return {v: Degree("", 0.0, marked=True) if v in middles else d for v, d in degrees.items()}


def _shared_head(heads: set[str]) -> str | None:
    """Heads that differ only in a trailing or leading word ("agree", "agree statement"; "rude" in "rude at all")."""
    shortest = min(heads, key=lambda h: (len(h), h))
    return shortest if all(set(shortest.split()) <= set(h.split()) for h in heads) else None


def _two_poles(column: Profile, degrees: Mapping[str, Degree], heads: set[str]) -> Found | None:
    """ "Too much lecture ... balanced ... too much hands-on": two ends with a middle; which end is better nobody says."""
    poles = sorted(heads)
    middle = any(not d.head for d in degrees.values())
    if len(poles) != 2 or not middle or any(not d.marked or d.score <= 0 for d in degrees.values() if d.head):
        return None
    scores = {v: d.score * (-1 if d.head == poles[0] else 1) if d.head else 0.0 for v, d in degrees.items()}
    if len(set(scores.values())) < len(scores) or len(scores) < 3:
        return None
    return ordered(column, scores, "unknown", "scale-words")
