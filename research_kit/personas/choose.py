"""Which number of personas the data carry, and how sure one may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from research_kit.personas.stability import Solution

LARGE = 2000
_STABLE, _STABLE_LARGE = 0.60, 0.75
_LOWEST = 0.45


@dataclass(frozen=True)
class Reason:
    """A sentence of labels/personas.toml and its values."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Choice:
    """The number of personas (0 = none), the verdict and why."""

    k: int
    verdict: str
    reasons: tuple[Reason, ...]
    accepted: tuple[int, ...]


def smallest_allowed(n: int) -> int:
    """People that a persona must have: 4%, and at least 12."""
    return max(12, ceil(0.04 * n))


def most_allowed(n: int, asked: int) -> int:
    """Personas that n people can carry: one per 25."""
    return max(1, min(asked, n // 25))


def stable_enough(n: int) -> float:
    """Mean bootstrap Jaccard that a solution needs."""
    return _STABLE_LARGE if n > LARGE else _STABLE


def sizes(solution: Solution) -> np.ndarray:
    """People whose most probable class it is."""
    return np.bincount(solution.posterior.argmax(axis=1), minlength=solution.k)


def choose(solutions: Sequence[Solution], n: int) -> Choice:
    """The likeliest number (BIC) among those that are stable and whose personas are large enough."""
    one = solutions[0]
    accepted = [s for s in solutions[1:] if _fits(s, one, n)]
    if not accepted:
        return Choice(0, "none", (_why_none(solutions, n),), ())
    winner = min(accepted, key=lambda s: s.bic)
    return Choice(winner.k, verdict(winner, one, n), _reasons(winner, n), tuple(s.k for s in accepted))


def _fits(s: Solution, one: Solution, n: int) -> bool:
    return bool(
        s.bic < one.bic
        and s.outside > one.outside
        and s.jaccard.mean() >= stable_enough(n)
        and s.jaccard.min() >= _LOWEST
        and sizes(s).min() >= smallest_allowed(n)
    )


def verdict(s: Solution, one: Solution, n: int) -> str:
    """strong, moderate or weak for a solution with personas."""
    if s.bic >= one.bic:
        return "weak"
    if s.jaccard.mean() >= 0.85 and s.jaccard.min() >= 0.75:
        return "strong"
    return "moderate" if s.jaccard.mean() >= 0.7 and s.jaccard.min() >= 0.6 else "weak"


def _why_none(solutions: Sequence[Solution], n: int) -> Reason:
    if len(solutions) < 2:
        return Reason("none_small", (("n", n),))
    if all(s.bic >= solutions[0].bic for s in solutions[1:]):
        return Reason("none_fit")
    top = max(s.jaccard.mean() for s in solutions[1:])
    return Reason("none_unstable", (("stability", f"{top:.2f}"), ("needed", f"{stable_enough(n):.2f}")))


def _reasons(s: Solution, n: int) -> tuple[Reason, ...]:
    out = [Reason("stable", (("k", s.k), ("stability", f"{s.jaccard.mean():.2f}"), ("lowest", f"{s.jaccard.min():.2f}")))]
    if s.k > 4:
        out.append(Reason("many", (("k", s.k), ("n", n), ("smallest", int(sizes(s).min())))))
    return tuple(out)


def fixed(solutions: Sequence[Solution], n: int) -> Choice:
    """The last solution, because the researcher said so; the verdict still says how well it holds."""
    last = solutions[-1]
    if last.k == 1:
        return Choice(1, "weak", (Reason("fixed_one"),), (1,))
    reasons = (Reason("fixed", (("k", last.k),)), *_reasons(last, n))
    return Choice(last.k, verdict(last, solutions[0], n), reasons, (last.k,))
