"""Matters too small for their own change to be sure, that moved the same way by more than chance would let them.

Of all themes of a kind that go one way, the ones that moved most are summed as long as the sum gets surer. Whoever picks so always finds
something; how much, is seen by giving the people to the waves at random and picking again (a permutation test of the greatest sum). The
interval allows for the picking, too: it is as wide as the greatest of the random sums.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

DRAWS, CELLS = 4999, 100_000_000
"""Random waves, and people times draws at most."""
CHUNK = 4_000_000
FEWEST_OF_EACH, FEWEST_THEMES = 2, 2


class Together(NamedTuple):
    """Themes of one kind that moved one way."""

    matters: tuple[str, ...]
    """The one that moved most first."""
    p: float
    reach: float
    """Standard errors from the middle of a 95% interval to its ends."""


def moved_together(finds: pd.DataFrame, bases: tuple[int, int], *, up: bool) -> Together | None:
    """The themes that moved most this way, together. ``finds``: wave (0, 1), unit and matter; ``bases``: people who commented in each wave.
    None where fewer than two themes move this way."""
    pairs = finds.drop_duplicates(["unit", "matter"])
    pairs = pairs[pairs.groupby("matter")["unit"].transform("size") >= FEWEST_OF_EACH]
    unit, units = pd.factorize(pairs["unit"])
    matter, matters = pd.factorize(pairs["matter"], sort=True)
    if len(matters) < FEWEST_THEMES:
        return None
    wave = np.zeros(max(sum(bases), len(units)), np.int8)
    wave[unit] = pairs["wave"].to_numpy()
    silent = len(wave) - len(units)
    wave[len(units) :] = np.arange(silent) >= max(bases[0] - int((wave[: len(units)] == 0).sum()), 0)
    many = np.bincount(matter, minlength=len(matters)).astype(float)
    sides = np.array([(wave == 0).sum(), (wave == 1).sum()], float)
    sign = 1.0 if up else -1.0
    now = np.bincount(matter, wave[unit], len(matters))[:, None]
    score, size, order = _greatest(now, many, sides, sign)
    if size[0] < FEWEST_THEMES or score[0] <= 0:
        return None
    null = _by_chance(wave, unit, matter, many, sides, sign)
    p = (1 + int((null >= score[0] - 1e-9).sum())) / (1 + len(null))
    return Together(tuple(str(m) for m in matters[order[: size[0], 0]]), p, float(np.quantile(null, 0.95)))


def _greatest(now: np.ndarray, many: np.ndarray, sides: np.ndarray, sign: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each column of counts in the later wave (themes x draws): (how sure the surest sum is, of how many themes, the themes in order)."""
    difference = sign * (now / sides[1] - (many[:, None] - now) / sides[0])
    order = np.argsort(-difference / _error(many, sides)[:, None], axis=0, kind="stable")
    sums = np.cumsum(np.take_along_axis(difference, order, 0), axis=0)
    scores = sums / _error(np.cumsum(many[order], axis=0), sides)
    scores[: FEWEST_THEMES - 1] = -np.inf
    best = scores.argmax(axis=0)
    return np.take_along_axis(scores, best[None], 0)[0], best + 1, order


def _error(people: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Standard error of the difference of two shares, when so many people in both waves say it and the waves do not differ."""
    share = np.minimum(people / sides.sum(), 0.5)
    return np.asarray(np.sqrt(share * (1 - share) * (1 / sides).sum()))


def _by_chance(
    wave: np.ndarray, unit: np.ndarray, matter: np.ndarray, many: np.ndarray, sides: np.ndarray, sign: float
) -> np.ndarray:
    """How sure the surest sum is where the waves are drawn at random."""
    draws = max(199, min(DRAWS, CELLS // len(wave)))
    at_once = max(1, CHUNK // len(wave))
    chance = np.random.default_rng(0)
    first = np.argsort(matter, kind="stable")
    starts = np.searchsorted(matter[first], np.arange(len(many)))
    found = []
    for start in range(0, draws, at_once):
        shuffled = chance.permuted(np.tile(wave, (min(at_once, draws - start), 1)), axis=1)
        now = np.add.reduceat(shuffled[:, unit[first]].astype(np.int32), starts, axis=1).T
        found.append(_greatest(now.astype(float), many, sides, sign)[0])
    return np.concatenate(found)


def interval(counts: tuple[int, int], bases: tuple[int, int], reach: float) -> tuple[float, float, float]:
    """(difference of two shares, its ends), the ends as many standard errors away as the picking asks for."""
    shares = [min(k / n, 1.0) for k, n in zip(counts, bases, strict=True)]
    error = math.sqrt(sum(s * (1 - s) / n for s, n in zip(shares, bases, strict=True)))
    d = shares[1] - shares[0]
    return d, max(d - reach * error, -1.0), min(d + reach * error, 1.0)
