"""How far each number of classes survives resampling: mean bootstrap Jaccard per class (Hennig 2007).

A resample is a vector of row weights, so all resamples of one k are one batched EM. Each starts from the solution of all data with its
classes pulled halfway together: near enough to be quick, far enough that a class which the resample does not support dissolves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from research_kit.personas.mixture import (
    Array,
    Design,
    Parameters,
    Prior,
    each_log_likelihood,
    expect,
    fit,
    initial,
)
from research_kit.personas.starts import axes, responsibilities

_LOOSE = 0.5


@dataclass(frozen=True)
class Solution:
    """The best model with k classes, and what is known about it."""

    k: int
    parameters: Parameters
    log_likelihood: float
    bic: float
    posterior: Array
    """(n, k)"""
    jaccard: Array
    """(k,): mean bootstrap Jaccard of each class."""
    outside: float
    """Mean log likelihood of people who were not in the resample."""
    entropy: float
    """1 - normalised entropy of the posterior: 1 = everybody is surely in one class."""


def best(design: Design, k: int, rng: np.random.Generator, *, starts: int, prior: Prior) -> tuple[Parameters, float]:
    """The likeliest of several starts: all run briefly, the best three to the end."""
    if k == 1:
        starts = 1
    points = [axes(design, centred=False)]
    if design.batteries:
        points.append(axes(design, centred=True))
    resp = np.stack([responsibilities(points[s % len(points)], k, rng) for s in range(starts)], axis=1)
    rows = np.ones((design.n, starts))
    p, ll = fit(design, initial(design, resp, rows, prior), rows, prior=prior, iterations=12)
    leaders = np.argsort(-ll, kind="stable")[:3]
    p, ll = fit(design, p.pick(leaders), rows[:, : len(leaders)], prior=prior, iterations=200)
    winner = int(np.argmax(ll))
    return p.pick(winner), float(ll[winner])


def solve(design: Design, k: int, draws: Array, rng: np.random.Generator, *, starts: int, prior: Prior) -> Solution:
    """Fit k classes and resample. ``draws`` (n, B): how often each person is in each resample."""
    p, ll = best(design, k, rng, starts=starts, prior=prior)
    resp = expect(design, p)[0].sum(axis=-1)[:, 0]
    bic = -2 * ll + np.log(design.n) * design.parameters(k)
    jaccard, outside = resample(design, p, resp.argmax(axis=1), draws, prior)
    entropy = 1.0 + float((resp * np.log(np.maximum(resp, 1e-12))).sum() / (design.n * np.log(k))) if k > 1 else 1.0
    return Solution(k, p, ll, float(bic), resp, jaccard, outside, entropy)


def resample(design: Design, p: Parameters, label: Array, draws: Array, prior: Prior) -> tuple[Array, float]:
    """Mean Jaccard per class, and mean log likelihood of those left outside."""
    times = draws.shape[1]
    warm = p.repeat(times)
    warm = replace(warm, beta=_LOOSE * warm.beta + (1 - _LOOSE) * warm.beta.mean(axis=1, keepdims=True),
                   log_theta=_LOOSE * warm.log_theta + (1 - _LOOSE) * warm.log_theta.mean(axis=1, keepdims=True))  # fmt: skip
    fitted, _ = fit(design, warm, draws, prior=prior, iterations=25, tolerance=1e-4)
    outsiders = draws == 0
    each = each_log_likelihood(design, fitted)
    outside = float(each[outsiders].mean()) if outsiders.any() else float("nan")
    if p.k == 1:
        return np.ones(1), outside
    again = expect(design, fitted)[0].sum(axis=-1).argmax(axis=-1)
    return jaccard(label, again, draws > 0, p.k).mean(axis=0), outside


def jaccard(label: Array, again: Array, counted: Array, k: int) -> Array:
    """(B, k): for each class its best match among the classes of each resample, over people who were drawn."""
    mine = label[:, None] == np.arange(k)
    out = np.zeros((again.shape[1], k))
    for b in range(again.shape[1]):
        theirs = (again[:, b][:, None] == np.arange(k)) & counted[:, b][:, None]
        left = mine & counted[:, b][:, None]
        both = left.T.astype(float) @ theirs.astype(float)
        either = left.sum(axis=0)[:, None] + theirs.sum(axis=0)[None] - both
        out[b] = (both / np.maximum(either, 1)).max(axis=1)
    return out


def bootstrap(n: int, times: int, rng: np.random.Generator) -> Array:
    """(n, times): multinomial row counts."""
    return rng.multinomial(n, np.full(n, 1 / n), size=times).T.astype(float)


__all__ = ["Solution", "best", "bootstrap", "initial", "jaccard", "resample", "solve"]
