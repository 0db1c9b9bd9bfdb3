"""Steps that a balanced scale has and nobody chose: "Very dissatisfied", where people said dissatisfied, neither, satisfied and very satisfied.

Without them the lowest answer that was given would count as the worst there is. Only what the chosen steps imply is added: a step whose mirror was
chosen, in the words in which another pair of steps differs; and the missing end of the one list of quality words that everybody uses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from research_kit.questions.degrees import degree
from research_kit.questions.profile import norm

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 2
"""Steps that may be missing."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_BALANCED = re.compile(r"agree|satisf|likely|同意|[滿满]意|[贊赞]成|[認认]同|符合", re.IGNORECASE)
"""Scales that are balanced even where they have no middle."""
_QUALITY = ("poor", "fair", "good", "very good", "excellent")


def mirrored(scores: Mapping[str, float]) -> dict[str, float]:
    """{wording: score} of the steps whose mirror was chosen and they were not; {} where the chosen ones do not tell their words."""
    by = {score: text for text, score in reversed(list(scores.items()))}
    above, below = {s for s in by if s > 0}, {-s for s in by if s < 0}
    missing = sorted(above ^ below)
    if not 1 <= len(missing) <= _MOST or not above & below or not (above > below or below > above):
        return {}
    if 0.0 not in by and not all(_BALANCED.search(text) for text in by.values()):
        return {}
    sign = -1 if above > below else 1
    out: dict[str, float] = {}
    for size in missing:
        words = (_reworded(by[-sign * s], by[sign * s], by[-sign * size]) for s in sorted(above & below))
        text = next((w for w in words if w and w not in scores), None)
        if text is None:
            return {}
        out[text] = sign * size
    return out


def graded(scores: Mapping[str, float]) -> dict[str, float]:
    """The same of answers that say how much of one thing: what is added must be read as the step that it stands for."""
    added = mirrored(scores)
    return added if all((read := degree(text)) is not None and read.score == score for text, score in added.items()) else {}


def quality(levels: Mapping[str, float]) -> dict[str, float]:
    """The end of "poor, fair, good, very good, excellent" that nobody chose."""
    given = {norm(text): text for text in levels}
    lost = [word for word in _QUALITY if word not in given]
    if len(given) != len(_QUALITY) - 1 or lost not in (["poor"], ["excellent"]):
        return {}
    text = lost[0] if given["good"].islower() else lost[0].capitalize()
    return {text: min(levels.values()) - 1 if lost == ["poor"] else max(levels.values()) + 1}


def _reworded(this: str, other: str, text: str) -> str | None:
    """A text changed as one answer differs from another: satisfied -> dissatisfied makes "Very satisfied" "Very dissatisfied"."""
    cut = "" if _HAN.search(this + other) else " "
    a, b = (list(t.strip()) if not cut else t.split() for t in (this, other))
    start = _shared(a, b)
    end = _shared(a[start:][::-1], b[start:][::-1])
    old, new, behind = a[start : len(a) - end], b[start : len(b) - end], a[len(a) - end :]
    parts = list(text.strip()) if not cut else text.split()
    # Where one has a word and the other nothing, its place is before what both end with, or the very end.
    place = _place(parts, [*old, *behind])
    if place is None or (not old and not behind and not start):
        return None
    changed = [*parts[:place], *(new if place == 0 or not cut else [w.lower() for w in new]), *parts[place + len(old) :]]
    return cut.join(changed)


def _shared(a: list[str], b: list[str]) -> int:
    """How many words two lists begin with alike."""
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x.casefold() != y.casefold()), min(len(a), len(b)))


def _place(words: list[str], wanted: list[str]) -> int | None:
    """Where the words end with those wanted."""
    at = len(words) - len(wanted)
    return at if at >= 0 and [w.casefold() for w in words[at:]] == [w.casefold() for w in wanted] else None
