"""A scale that was found and where each answer stands on it; built from scores by whoever finds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research_kit.language import to_simplified
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
    r"|no s[eé]|prefiero no .*|n[ãa]o sei|prefiro n[ãa]o .*|je ne sais pas|ne se prononce pas|sans opinion|wei(?:ß|ss) (?:ich )?nicht"
    r"|keine angabe|わからない|分からない|答えたくない|没用过|未使用过?|没有使用过?|其他|其它|说不清|难以回答|很难说|无法回答)$"
)


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
    unchosen: tuple[str, ...] = ()
    """Labels of the scale that nobody chose."""

    def told(self) -> dict[str, str]:
        """What its reason speaks of."""
        return {
            "labels": " < ".join(self.scale.labels[:12]),
            "unchosen": " / ".join(self.unchosen),
            "low": f"{self.scale.min:g}",
            "high": f"{self.scale.max:g}",
            "outside": f"{self.outside:.0%}",
        }


def off_scale(value: str) -> bool:
    """True for answers that stand beside any scale ("Don't know", "Prefer not to say", 不清楚)."""
    return bool(_OFF_SCALE.match(to_simplified(norm(value))))


def on_scale(values: Sequence[str]) -> list[str]:
    """The values that are no answer beside the scale. "Not relevant" is a step among "slightly relevant" and "highly relevant"."""
    beside = [v for v in values if off_scale(v)]
    if not beside:
        return list(values)
    kept = [v for v in values if v not in beside]
    return [v for v in values if v in kept or _shares_word(v, kept)]


def _shares_word(value: str, others: Sequence[str]) -> bool:
    words = {w for w in norm(value).split() if len(w) > 4 and w not in ("other", "never", "unsure")}
    return any(sum(w in norm(o).split() for o in others) >= 2 for w in words)


def outside_of(column: Profile, place: Mapping[str, float]) -> float:
    """Share of answers without a place on the scale, those beside any scale aside."""
    return column.share(lambda v: v not in place and not off_scale(v))


def ordered(
    column: Profile,
    score: Mapping[str, float],
    direction: Direction,
    why: str,
    unit: str = "",
    *,
    unchosen: Mapping[str, float] | None = None,
) -> Found | None:
    """A scale from scores: equal scores are one step; the steps are numbered from 1. ``unchosen`` are steps that nobody chose."""
    added = unchosen or {}
    steps = sorted({*score.values(), *added.values()})
    rank = {s: i + 1 for i, s in enumerate(steps)}
    labels = {rank[s]: text for text, s in added.items()}
    for value in column.values:
        if value in score:
            labels.setdefault(rank[score[value]], value)
    place = {v: float(rank[s]) for v, s in score.items()}
    outside = outside_of(column, place)
    if outside > 0.05 or len(steps) < 2:
        return None
    return Found(
        Scale(1, len(steps), tuple(labels[i + 1] for i in range(len(steps))), direction), place, why, unit, outside, tuple(added)
    )


def core(column: Profile, on: Sequence[str], test: Callable[[str], bool]) -> list[str]:
    """The answers that pass; too few of them (or too many others) is none at all."""
    passed = [v for v in on if test(v)]
    others = column.share(lambda v: v not in passed and not off_scale(v))
    return passed if others <= 0.05 else []
