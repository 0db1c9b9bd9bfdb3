"""One thing in two waves: how much of it there was and is, with the interval of the difference, and whether that is a real change.

Shares are compared with Newcombe's interval of the difference of two Wilson intervals (1998, method 10), means with the normal interval of
the difference; p-values are corrected for the number of comparisons (Benjamini-Hochberg 1995).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from research_kit.statistics import Z95, benjamini_hochberg, wilson

LEVEL = 0.02
"""Corrected p under which a change is called real: of fifty pairs of waves without any change, one may be said to have one."""
PERHAPS = 0.1
"""Corrected p under which it is worth a look, though it may be chance."""
FEWEST = 5
"""People in both waves together: of fewer nothing can be said."""
SHOWS = 0.005
"""Uncorrected p that the greatest possible change must reach."""
STILL = ("none", "perhaps", "unknown", "apart")
"""Verdicts of what did not move."""


@dataclass(frozen=True)
class Change:
    """One thing in both waves: how much of it there was, how much there is, and whether that is a real change."""

    kind: str
    """persona, valence, rating, pain, delight or wish"""
    what: str
    where: str
    """Stage, or ""."""
    source: str
    """Kind of source (survey, reviews), or "" where there is only one."""
    old: float | None
    new: float | None
    difference: float | None
    low: float | None
    high: float | None
    n_old: int
    n_new: int
    p: float | None
    """Corrected; None where one wave has nothing to compare."""
    verdict: str
    """came, went, grew, shrank, rose, fell, none (no real change), perhaps (worth a look, but
    may be chance), unknown (one wave has too little), apart (personas that
    were formed apart: the difference says nothing sure)"""
    level: str = "theme"
    """Of a sum of pains, delights or wishes: what it is a sum of (all, stage, family, together)."""
    parts: tuple[tuple[str, int, int], ...] = ()
    """Of a sum: the themes in it that moved most its way, with the people who named each then and now."""

    @property
    def moved(self) -> bool:
        """Whether it is a real change."""
        return self.verdict not in STILL


def share_difference(old: tuple[float, float, float], new: tuple[float, float, float]) -> tuple[float, float, float]:
    """Difference of two shares given as (share, low, high), with its 95% interval (Newcombe 1998)."""
    (p1, l1, u1), (p2, l2, u2) = old, new
    d = p2 - p1
    return d, d - math.hypot(p2 - l2, u1 - p1), d + math.hypot(u2 - p2, p1 - l1)


def p_of(difference: float, low: float, high: float) -> float:
    """Two-sided p of a difference whose 95% interval is this (normal)."""
    se = (high - low) / (2 * Z95)
    return 1.0 if se <= 0 else math.erfc(abs(difference) / se / math.sqrt(2))


def corrected(*lists: Sequence[Change]) -> tuple[list[Change], ...]:
    """The lists with p-values corrected for all comparisons in them: what is not significant then is no real change."""
    known = [c.p for changes in lists for c in changes if c.p is not None]
    right = iter(benjamini_hochberg(known).tolist() if known else ())

    def judged(change: Change) -> Change:
        if change.p is None:
            return change
        p = next(right)
        return replace(change, p=p, verdict=change.verdict if p < LEVEL else "perhaps" if p < PERHAPS else "none")

    return tuple([judged(change) for change in changes] for changes in lists)


def direction(kind: str, old: float, new: float) -> str:
    """The word for the way that something changed."""
    if kind in ("valence", "rating"):
        return "rose" if new > old else "fell"
    return "came" if old == 0 else "went" if new == 0 else "grew" if new > old else "shrank"


def share_change(kind: str, what: str, where: str, source: str, people: tuple[int, int], bases: tuple[int, int]) -> Change:
    """How the share of people who say something changed; unknown where a wave has nobody who could, or so few say it that nothing could show.

    The second keeps the correction for the number of comparisons from counting those that could not matter (Tarone 1990)."""
    old, new = ((min(k, n), n) for k, n in zip(people, bases, strict=True))
    if not old[1] or not new[1]:
        return Change(kind, what, where, source, None, None, None, None, None, *people, None, "unknown")
    change = share_moved(kind, what, where, source, _share(*old), _share(*new), (old[0], new[0]))
    return change if _could_show(old[0] + new[0], bases) else replace(change, p=None, verdict="unknown")


def _share(k: int, n: int) -> tuple[float, float, float]:
    return k / n, *wilson(k, n)


def _could_show(people: int, bases: tuple[int, int]) -> bool:
    """Whether so many would be a change if all of them spoke in one of the waves."""
    ends = [
        share_difference(_share(min(a, bases[0]), bases[0]), _share(min(b, bases[1]), bases[1]))
        for a, b in ((people, 0), (0, people))
    ]
    return people >= FEWEST and min(p_of(*end) for end in ends) < SHOWS


def share_moved(
    kind: str,
    what: str,
    where: str,
    source: str,
    old: tuple[float, float, float],
    new: tuple[float, float, float],
    people: tuple[int, int],
) -> Change:
    """How a share with its interval changed."""
    d, low, high = share_difference(old, new)
    verdict = direction(kind, old[0], new[0])
    return Change(kind, what, where, source, old[0], new[0], d, low, high, *people, p_of(d, low, high), verdict)


def mean_moved(
    kind: str, what: str, where: str, source: str, old: tuple[float, float, int], new: tuple[float, float, int]
) -> Change:
    """How a mean, given as (mean, standard error, people), changed."""
    d, half = new[0] - old[0], Z95 * math.hypot(old[1], new[1])
    p = p_of(d, d - half, d + half)
    return Change(
        kind, what, where, source, old[0], new[0], d, d - half, d + half, old[2], new[2], p, direction(kind, old[0], new[0])
    )
