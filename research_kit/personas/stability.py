"""How far each number of classes survives resampling: mean bootstrap Jaccard per class (Hennig 2007).

A resample is a vector of row weights, so all resamples of one k are one batched EM. Each starts from the solution of all data with its
classes pulled halfway together: near enough to be quick, far enough that a class which the resample does not support dissolves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sklearn.metrics import adjusted_rand_score

from research_kit.personas.design import Array, Design
from research_kit.personas.mixture import Parameters, Prior, expect, fit_many, initial
from research_kit.personas.starts import axes, responsibilities

_LOOSE = 0.5
_NO_STYLE = 0.05
"""A style this faint is left out of the resamples: it costs nine nodes and changes nothing."""
_SPLITS, _HALF_STARTS = 5, 6


@dataclass(frozen=True)
class Solution:
    """The best model with k classes, and what is known about it."""

    k: int
    parameters: Parameters
    log_likelihood: float
    parameters_used: int
    """Free parameters beyond those of one class."""
    posterior: Array
    """(n, k)"""
    jaccard: Array
    """(k,): mean bootstrap Jaccard of each class."""


def best(design: Design, k: int, rng: np.random.Generator, *, starts: int, prior: Prior) -> tuple[Parameters, float]:
    """The likeliest of several starts: all run briefly, the best three to the end."""
    if k == 1:
        starts = 1
    points = [axes(design, centred=False)]
    if design.batteries:
        points.append(axes(design, centred=True))
    resp = np.stack([responsibilities(points[s % len(points)], k, rng) for s in range(starts)])
    rows = np.ones((starts, design.n))
    p, ll = fit_many(design, initial(design, resp, rows, prior), rows, prior=prior, iterations=12)
    leaders = np.argsort(-ll, kind="stable")[:3]
    p, ll = fit_many(design, p.pick(leaders), rows[: len(leaders)], prior=prior, iterations=200)
    winner = int(np.argmax(ll))
    return p.pick(winner), float(ll[winner])


def solve(design: Design, k: int, draws: Array, rng: np.random.Generator, *, starts: int, prior: Prior) -> Solution:
    """Fit k classes and resample. ``draws`` (B, n): how often each person is in each resample."""
    p, ll = best(design, k, rng, starts=starts, prior=prior)
    resp = expect(design, p)[0].sum(axis=2)[0].T
    free = design.parameters(k)
    if np.abs(p.tau).max(initial=0.0) < _NO_STYLE:
        design = design.without_style()
    return Solution(k, p, ll, free, resp, resample(design, p, resp.argmax(axis=1), draws, prior))


def resample(design: Design, p: Parameters, label: Array, draws: Array, prior: Prior) -> Array:
    """Mean Jaccard per class."""
    if p.k == 1:
        return np.ones(1)
    times = draws.shape[0]
    warm = p.repeat(times)
    warm = replace(warm, beta=_LOOSE * warm.beta + (1 - _LOOSE) * warm.beta.mean(axis=1, keepdims=True),
                   log_theta=_LOOSE * warm.log_theta + (1 - _LOOSE) * warm.log_theta.mean(axis=1, keepdims=True))  # fmt: skip
    fitted, _ = fit_many(design, warm, draws, prior=prior, iterations=25, tolerance=1e-4)
    again = np.concatenate([expect(design, fitted.pick(b))[0].sum(axis=2).argmax(axis=1) for b in range(times)])
    return np.asarray(jaccard(label, again, draws > 0, p.k).mean(axis=0))


def halves(design: Design, k: int, rng: np.random.Generator, *, prior: Prior) -> float:
    """Mean ARI of the two typings of everybody by models learned on two random halves, each from its own cold start."""
    scores = []
    for _ in range(_SPLITS):
        side = rng.permutation(design.n) % 2
        typed = []
        for half in (0, 1):
            p, _ll = best(design.take(np.flatnonzero(side == half)), k, rng, starts=_HALF_STARTS, prior=prior)
            typed.append(expect(design, p)[0].sum(axis=2)[0].argmax(axis=0))
        scores.append(adjusted_rand_score(*typed))
    return float(np.mean(scores))


def jaccard(label: Array, again: Array, counted: Array, k: int) -> Array:
    """(B, k): for each class its best match among the classes of each resample, over people who were drawn."""
    mine = label[:, None] == np.arange(k)
    out = np.zeros((len(again), k))
    for b in range(len(again)):
        theirs = (again[b][:, None] == np.arange(k)) & counted[b][:, None]
        left = mine & counted[b][:, None]
        both = left.T.astype(float) @ theirs.astype(float)
        either = left.sum(axis=0)[:, None] + theirs.sum(axis=0)[None] - both
        out[b] = (both / np.maximum(either, 1)).max(axis=1)
    return out


def bootstrap(n: int, times: int, rng: np.random.Generator) -> Array:
    """(times, n): multinomial row counts."""
    return rng.multinomial(n, np.full(n, 1 / n), size=times).astype(float)
