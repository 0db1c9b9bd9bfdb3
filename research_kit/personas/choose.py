"""Which number of personas the answers carry, and how sure one may be.

A number is a candidate when its personas come back in resamples and are large enough. Among the candidates the penalised likelihood decides.
The penalty per parameter grows from half that of BIC in small samples, where BIC is blind to real groups, to all of it at 4,000 people, where
anything less rewards splitting. Both bounds were set on planted studies (benchmarks/personas.py) whose seeds the final table does not use.
Last, the winner is tried: against explanations without personas (people who differ by degree, questions that go together in pairs), and on two
random halves of the people, which share nobody as resamples do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Any

import numpy as np

from research_kit.personas.stability import Solution

_LARGE = 4000
_STABLE, _STABLE_LARGE = 0.75, 0.85
_SMALL_N, _LARGE_N = 500, 3000
_LOWEST = 0.60
_TIE = 0.04
"""Beyond four personas the last one must bring this share of all that the personas explain."""
_CLEAR = 10.0
"""Difference of penalised deviances that counts as clear (Raftery 1995: "very strong")."""
_STRONG, _STRONG_LOWEST = 0.94, 0.90
_MODERATE, _MODERATE_LOWEST = 0.80, 0.65
_STRONG_HALVES, _MODERATE_HALVES = 0.80, 0.50
_HALVES_CUT = 0.55
"""Cuts through several continuous dimensions are kept (as weak) where halves agree on them: planted continua stay under .55."""
_TYPICAL_MOST = 4


@dataclass(frozen=True)
class Reason:
    """A sentence of labels/personas.toml and its values."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Checks:
    """What was tried against the winner: explanations without personas (``alternatives``), and two halves (``stability.halves``)."""

    lead: float
    """Penalised deviance by which the personas beat continuous dimensions."""
    dimensions: int
    """Number of those dimensions."""
    without_pairs: float
    """Penalised deviance by which the personas beat one group where one question of each pair is left out."""
    halves: float
    """ARI of the typings of everybody by models learned on two random halves, mean over several splits."""


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


PER_PERSONA = 25


def most_allowed(n: int, asked: int) -> int:
    """Personas that n people can carry: one per 25."""
    return max(1, min(asked, n // PER_PERSONA))


def stable_enough(n: int) -> float:
    """Mean bootstrap Jaccard that a solution needs: .75 up to 500 people, rising to .85 at 3,000, since resamples of many people agree sooner."""
    along = (log(n) - log(_SMALL_N)) / (log(_LARGE_N) - log(_SMALL_N))
    return _STABLE + (_STABLE_LARGE - _STABLE) * min(1.0, max(0.0, along))


def penalty(n: int) -> float:
    """What a parameter must gain in deviance."""
    return 0.5 * log(n) * (1 + min(1.0, n / _LARGE))


def sizes(solution: Solution) -> np.ndarray:
    """People whose most probable class it is."""
    return np.bincount(solution.posterior.argmax(axis=1), minlength=solution.k)


def cost(solution: Solution, n: int) -> float:
    """Penalised deviance: lower is better."""
    return -2 * solution.log_likelihood + penalty(n) * solution.parameters_used


def winner(solutions: Sequence[Solution], n: int) -> Solution | None:
    """The candidate with the lowest cost; None where one group costs least. Beyond four, a near tie goes to the smaller number."""
    candidates = [s for s in solutions[1:] if _holds(s, n)]
    best = min(candidates, key=lambda s: cost(s, n), default=None)
    if best is None or cost(best, n) >= cost(solutions[0], n):
        return None
    near = _TIE * (cost(solutions[0], n) - cost(best, n))
    while best.k > _TYPICAL_MOST and (fewer := [s for s in candidates if s.k < best.k and cost(s, n) - cost(best, n) < near]):
        best = fewer[0]
    return best


def choose(solutions: Sequence[Solution], n: int, checks: Checks | None) -> Choice:
    """The number of personas, with reasons. ``solutions`` for k = 1, 2, ...; ``checks`` were fitted beside the winner."""
    accepted = tuple(s.k for s in solutions[1:] if _holds(s, n) and cost(s, n) < cost(solutions[0], n))
    best = winner(solutions, n)
    if best is None:
        return Choice(0, "none", (_why_none(solutions, n),), accepted)
    if checks and checks.without_pairs <= 0:
        return Choice(0, "none", (Reason("none_pairs"),), accepted)
    if checks and checks.lead < -_CLEAR and (checks.dimensions < 2 or checks.halves < _HALVES_CUT):
        return Choice(0, "none", (_by_degree("none_gradient", "none_dimensions", best.k, checks),), accepted)
    return Choice(best.k, verdict(best, solutions, checks, n), _reasons(best, checks, n), accepted)


def fixed(solutions: Sequence[Solution], n: int, checks: Checks | None) -> Choice:
    """The last solution, because the researcher said so; the verdict still says how well it holds."""
    last = solutions[-1]
    if last.k == 1:
        return Choice(1, "weak", (Reason("fixed_one"),), (1,))
    reasons = [Reason("fixed", (("k", last.k),))]
    beyond = cost(last, n) >= cost(solutions[0], n)
    if beyond:
        reasons.append(Reason("fixed_beyond", (("k", last.k),)))
    twins = not beyond and checks is not None and checks.without_pairs <= 0
    if twins:
        reasons.append(Reason("none_pairs"))
    grade = "weak" if beyond or twins else verdict(last, solutions, checks, n)
    return Choice(last.k, grade, (*reasons, *_reasons(last, checks, n)), (last.k,))


def verdict(s: Solution, solutions: Sequence[Solution], checks: Checks | None, n: int) -> str:
    """strong, moderate or weak for a solution with personas."""
    mean, lowest = float(s.jaccard.mean()), float(s.jaccard.min())
    others = [cost(o, n) for o in solutions if o.k != s.k and (o.k == 1 or _holds(o, n))]
    margin = min(others, default=float("inf")) - cost(s, n)
    halves = checks.halves if checks else 1.0
    shaky = mean < _MODERATE or lowest < _MODERATE_LOWEST or halves < _MODERATE_HALVES
    if shaky or _in_doubt(checks) or sizes(s).min() < smallest_allowed(n):
        return "weak"
    steady = mean >= _STRONG and lowest >= _STRONG_LOWEST and halves >= _STRONG_HALVES
    return "strong" if steady and margin >= _CLEAR else "moderate"


def _holds(s: Solution, n: int) -> bool:
    return bool(s.jaccard.mean() >= stable_enough(n) and s.jaccard.min() >= _LOWEST and sizes(s).min() >= smallest_allowed(n))


def _in_doubt(checks: Checks | None) -> bool:
    """Continuous dimensions explain the answers nearly as well, or better."""
    return checks is not None and checks.lead < _CLEAR


def _by_degree(one: str, several: str, k: int, checks: Checks) -> Reason:
    if checks.dimensions < 2:
        return Reason(one, (("k", k),))
    return Reason(several, (("k", k), ("dimensions", checks.dimensions)))


def _why_none(solutions: Sequence[Solution], n: int) -> Reason:
    if len(solutions) < 2:
        return Reason("none_small", (("n", n),))
    better = [s for s in solutions[1:] if cost(s, n) < cost(solutions[0], n)]
    if not better:
        return Reason("none_fit")
    large = [s for s in better if sizes(s).min() >= smallest_allowed(n)]
    if not large:
        smallest = max(int(sizes(s).min()) for s in better)
        return Reason("none_tiny", (("smallest", smallest), ("needed", smallest_allowed(n))))
    top = max(large, key=lambda s: float(s.jaccard.mean()))
    if top.jaccard.mean() >= stable_enough(n):
        return Reason("none_lowest", (("k", top.k), ("lowest", f"{top.jaccard.min():.2f}"), ("needed", f"{_LOWEST:.2f}")))
    return Reason("none_unstable", (("stability", f"{top.jaccard.mean():.2f}"), ("needed", f"{stable_enough(n):.2f}")))


def _reasons(s: Solution, checks: Checks | None, n: int) -> tuple[Reason, ...]:
    mean, lowest = float(s.jaccard.mean()), float(s.jaccard.min())
    steady = mean >= _MODERATE and lowest >= _MODERATE_LOWEST
    numbers = (("k", s.k), ("stability", f"{mean:.2f}"), ("lowest", f"{lowest:.2f}"))
    out = [Reason("stable" if steady else "shaky", numbers)]
    if checks:
        out.append(Reason("halves" if checks.halves >= _MODERATE_HALVES else "halves_low", (("halves", f"{checks.halves:.2f}"),)))
    if checks and _in_doubt(checks):
        several = "cuts" if checks.lead < -_CLEAR else "dimensions"
        out.append(_by_degree("gradient", several, s.k, checks))
    if s.k > _TYPICAL_MOST:
        out.append(Reason("many", (("k", s.k), ("n", n), ("smallest", int(sizes(s).min())))))
    return tuple(out)
