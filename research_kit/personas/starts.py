"""Where the EM begins: k-means++ like seeds on a few principal axes of the answers, centred by battery and not."""

from __future__ import annotations

import numpy as np

from research_kit.personas.design import Array, Design

_SHARP = 0.85
"""Weight that a start gives to the class a person was put in; the rest is spread over the others."""
_AXES, _STEPS = 8, 6
"""Axes that are looked along at most, and steps of k-means: the EM does the rest."""


def axes(design: Design, *, centred: bool) -> Array:
    """(n, d): leading principal axes of the weighted answers; ``centred`` takes each person's own mean out of every battery."""
    scores = design.scores.copy()
    if centred:
        for g in range(design.batteries):
            items = design.battery == g
            count = np.maximum(design.seen[:, items].sum(axis=1, keepdims=True), 1.0)
            scores[:, items] -= design.seen[:, items] * (scores[:, items].sum(axis=1, keepdims=True) / count)
    parts = [scores * np.sqrt(design.ordered_weight)]
    if design.nominal.shape[1]:
        share = np.maximum(design.nominal.mean(axis=0), 1e-9)
        answered = np.zeros_like(design.nominal)
        for start, stop in design.spans:
            answered[:, start:stop] = design.nominal[:, start:stop].sum(axis=1, keepdims=True)
        parts.append((design.nominal - answered * share) / np.sqrt(share) * np.sqrt(design.nominal_weight))
    data = np.concatenate(parts, axis=1)
    data = data - data.mean(axis=0)
    _values, vectors = np.linalg.eigh(data.T @ data)
    leading = vectors[:, ::-1][:, : min(_AXES, data.shape[1])]
    # A sign per axis that does not depend on the machine's linear algebra.
    leading = leading * np.where(leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])] < 0, -1.0, 1.0)
    return np.asarray(data @ leading)


def responsibilities(points: Array, k: int, rng: np.random.Generator) -> Array:
    """(k, n): a short k-means from D^2-weighted seeds (Arthur & Vassilvitskii 2007), softened."""
    n = len(points)
    centres = points[[int(rng.integers(n))]]
    nearest = ((points - centres[0]) ** 2).sum(axis=1)
    while len(centres) < k:
        total = nearest.sum()
        chance = nearest / total if total > 0 else np.full(n, 1.0 / n)
        pick = min(int(np.searchsorted(np.cumsum(chance), rng.random())), n - 1)
        centres = np.vstack([centres, points[pick]])
        nearest = np.minimum(nearest, ((points - points[pick]) ** 2).sum(axis=1))
    for _ in range(_STEPS):
        label = _nearest(points, centres)
        for c in range(k):
            if (label == c).any():
                centres[c] = points[label == c].mean(axis=0)
    out = np.full((n, k), (1 - _SHARP) / max(k - 1, 1))
    out[np.arange(n), _nearest(points, centres)] = _SHARP
    return out.T


def _nearest(points: Array, centres: Array) -> Array:
    return np.asarray((((centres**2).sum(axis=1))[None] - 2 * points @ centres.T).argmin(axis=1))
