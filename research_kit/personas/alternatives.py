"""What could explain the answers without personas: people who differ by degree, or questions that go together in pairs.

Degrees. The rival of k classes is one group whose people differ along continuous dimensions (``factors``). k classes fit the same correlations as
k - 1 dimensions do; only the shape of the distribution tells them apart. Source: Markon & Krueger (2006), information-theoretic comparison of
latent distributions.

Pairs. Near-synonymous questions go together for everybody. The rival is one class in which each question depends on one other: the tree that
explains most (Chow & Liu 1968). Personas make all their questions go together and beat it; a few twins do not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from research_kit.personas.design import Array, Design
from research_kit.personas.factors import MOST_DIMENSIONS, fit_dimensions
from research_kit.personas.mixture import Parameters, Prior, log_likelihood

_PEOPLE = 2500
"""More are not needed to tell kind from degree."""


def degrees(design: Design, classes: Parameters, free: int, price: float, prior: Prior) -> tuple[float, int]:
    """(penalised deviance by which the classes beat continuous dimensions, number of dimensions).

    ``free`` parameters of the classes beyond the margins, ``price`` of each. Dimensions are added while they pay. Above 2,500 people
    both are compared on an even selection of them.
    """
    if design.n > _PEOPLE:
        design = design.take(np.linspace(0, design.n - 1, _PEOPLE).astype(int))
    own = -2 * float(log_likelihood(design, classes, np.ones((1, design.n)))[0]) + price * free
    best, dimensions = np.inf, 0
    for q in range(1, MOST_DIMENSIONS + 1):
        fitted = fit_dimensions(design, q, prior)
        cost = -2 * fitted.log_likelihood + price * fitted.parameters
        if cost >= best:
            break
        best, dimensions = cost, q
    return best - own, dimensions


def pair_gain(design: Design, price: float) -> float:
    """Penalised deviance that the best tree of paired questions takes off one class; ``price`` per parameter.

    Two ordered items cost one parameter (their correlation), an ordered and a nominal one its levels, two nominal ones their table. Each
    person's own mean is taken out of every battery first: response style is no pair.
    """
    gain = _pair_gains(replace(design, scores=_centred(design)), price)
    total, inside = 0.0, np.zeros(len(gain), dtype=bool)
    inside[:1] = True
    while not inside.all():
        open_edges = np.where(inside[:, None] & ~inside[None], gain, -1.0)
        best = int(open_edges.argmax()) % len(gain)
        total += max(0.0, float(open_edges.max()))
        inside[best] = True
    return total


def _pair_gains(design: Design, price: float) -> Array:
    """(items, items): deviance explained by each pair, less its price; at least 0. Items are counted as in ``trait_design``."""
    ordered = design.scores.shape[1]
    seen = [design.seen[:, [j]] for j in range(ordered)]
    columns = [design.scores[:, [j]] for j in range(ordered)]
    for start, stop in design.spans:
        one_hot = design.nominal[:, start:stop]
        seen.append(one_hot.sum(axis=1, keepdims=True))
        columns.append(one_hot[:, 1:])
    weight = np.concatenate([design.ordered_weight, design.nominal_weight[[start for start, _ in design.spans]]])
    out = np.zeros((len(columns), len(columns)))
    for i in range(len(columns)):
        for j in range(i):
            both = (seen[i] * seen[j])[:, 0] > 0
            if both.sum() < 20:
                continue
            explained = -float(both.sum()) * np.log1p(-_shared(columns[i][both], columns[j][both]))
            free = columns[i].shape[1] * columns[j].shape[1]
            out[i, j] = out[j, i] = max(0.0, min(weight[i], weight[j]) * explained - price * free)
    return out


def _centred(design: Design) -> Array:
    scores = design.scores.copy()
    for g in range(design.batteries):
        items = design.battery == g
        seen = design.seen[:, items]
        mean = scores[:, items].sum(axis=1, keepdims=True) / np.maximum(seen.sum(axis=1, keepdims=True), 1.0)
        scores[:, items] -= seen * mean
    return np.asarray(scores)


def _shared(a: Array, b: Array) -> float:
    """Share of variance that two sets of columns have in common: 1 - the product of (1 - squared canonical correlation)."""
    qa, qb = (np.linalg.svd(x - x.mean(axis=0), full_matrices=False) for x in (a, b))
    left, right = qa[0][:, qa[1] > 1e-8], qb[0][:, qb[1] > 1e-8]
    if not left.shape[1] or not right.shape[1]:
        return 0.0
    canonical = np.linalg.svd(left.T @ right, compute_uv=False).clip(0, 0.9999)
    return float(1 - np.prod(1 - canonical**2))
