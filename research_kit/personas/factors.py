"""The rival without personas: people who differ by degree, along one continuous dimension or several.

Given a person's place z on q independent normal dimensions, answers are independent:

    ordered item j    P(level l) proportional to exp(alpha[j, l] + (z . slope[j]) score[j, l])
    nominal item      P(level l) proportional to exp(alpha[l] + z . slope[l])

These are the same margins, scores and item weights as in ``mixture``, with dimensions in place of classes, so the two likelihoods may be
compared: k classes span k - 1 dimensions, and only the shape of the distribution tells them from as many continuous ones. Fitted by EM on a
grid of places. Source: Markon & Krueger (2006), information-theoretic comparison of latent distributions; Bock & Aitkin (1981) for the EM.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from research_kit.personas.mixture import Array, Design, Prior

_REACH = 2.6
_STEPS = {1: 21, 2: 11, 3: 7, 4: 5, 5: 4}
"""Places per dimension: their number stays under about a thousand."""
MOST_DIMENSIONS = max(_STEPS)
_ITERATIONS = 60
_GAIN = 2e-5
"""Log likelihood per person under which an iteration gains nothing."""
_STEEPEST = 2.5


@dataclass(frozen=True)
class Dimensions:
    """A fitted continuous model."""

    q: int
    log_likelihood: float
    parameters: int
    """Beyond the margins."""


def fit_dimensions(design: Design, q: int, prior: Prior) -> Dimensions:
    """q dimensions; the log likelihood is comparable with that of ``mixture.fit``."""
    places, log_weight = grid(q)
    alpha, slope = _begin(design, q)
    theta, lean = _begin_nominal(design, q)
    last = -np.inf
    for _ in range(_ITERATIONS):
        joint = _log_joint(design, places, alpha, slope, theta, lean) + log_weight
        top = joint.max(axis=1, keepdims=True)
        np.exp(joint - top, out=joint)
        total = joint.sum(axis=1, keepdims=True)
        joint /= total
        now = float((top + np.log(total)).sum())
        if now - last < _GAIN * design.n:
            break
        last = now
        alpha, slope = _ordered_step(design, joint, places, alpha, slope, prior)
        theta, lean = _nominal_step(design, joint, places, theta, lean, prior)
    free = design.scores.shape[1] + sum(stop - start - 1 for start, stop in design.spans)
    return Dimensions(q, now, q * free - q * (q - 1) // 2)


def grid(q: int) -> tuple[Array, Array]:
    """(places, q) with unit variance, and their log weights."""
    line = np.linspace(-_REACH, _REACH, _STEPS[q])
    weight = np.exp(-0.5 * line**2)
    weight /= weight.sum()
    line = line / np.sqrt((weight * line**2).sum())
    places = np.stack(np.meshgrid(*[line] * q, indexing="ij"), axis=-1).reshape(-1, q)
    weights = np.stack(np.meshgrid(*[weight] * q, indexing="ij"), axis=-1).reshape(-1, q).prod(axis=1)
    return places, np.log(weights)


def _axes(design: Design, q: int) -> Array:
    """(n, q): leading principal axes with unit variance, where the EM begins."""
    parts = [design.scores * np.sqrt(design.ordered_weight)]
    for start, stop in design.spans:
        one_hot = design.nominal[:, start:stop]
        share = one_hot.sum(axis=0) / max(one_hot.sum(), 1.0)
        answered = one_hot.sum(axis=1, keepdims=True)
        parts.append((one_hot - answered * share) / np.sqrt(np.maximum(share, 1e-9)) * np.sqrt(design.nominal_weight[start]))
    data = np.concatenate(parts, axis=1)
    data = data - data.mean(axis=0)
    vectors = np.linalg.eigh(data.T @ data)[1][:, ::-1][:, :q]
    points = data @ vectors
    points = points / np.maximum(points.std(axis=0), 1e-9)
    return np.asarray(np.pad(points, ((0, 0), (0, q - points.shape[1]))))


def _begin(design: Design, q: int) -> tuple[Array, Array]:
    """Margins (J, L) and slopes (J, q) of the ordered items."""
    points = _axes(design, q)
    seen = np.maximum(design.seen.sum(axis=0), 1.0)
    shared = (design.scores.T @ points) / seen[:, None]
    left = np.maximum(1 - (shared**2).sum(axis=1, keepdims=True), 0.35)
    counts = _chosen(design)
    return _settled(design, np.log(counts + 0.1)), np.clip(shared / left, -_STEEPEST, _STEEPEST)


def _begin_nominal(design: Design, q: int) -> tuple[Array, Array]:
    """Margins (C,) and leanings (C, q) of the nominal levels."""
    points = _axes(design, q)
    count = design.nominal.sum(axis=0)
    return np.log(count + 0.1), np.clip((design.nominal.T @ points) / (count + 5.0)[:, None], -_STEEPEST, _STEEPEST)


def _ordered(design: Design, places: Array, alpha: Array, slope: Array) -> tuple[Array, Array]:
    """Log normaliser (Q, J) and level probabilities (Q, J, L)."""
    eta = places @ slope.T
    prob = np.exp(alpha + eta[:, :, None] * design.level_scores)
    total = prob.sum(axis=2)
    return np.log(total), prob / total[:, :, None]


def _log_joint(design: Design, places: Array, alpha: Array, slope: Array, theta: Array, lean: Array) -> Array:
    """(n, Q): log density of each person's answers at each place."""
    out = np.zeros((design.n, len(places)))
    weight = design.ordered_weight
    if weight.size:
        out += (design.scores * weight) @ (slope @ places.T)
        normaliser = _ordered(design, places, alpha, slope)[0] * weight
        out -= normaliser.sum(axis=1) if design.complete else design.seen @ normaliser.T
        at = alpha[np.arange(len(weight)), design.levels]
        out += np.where(design.seen > 0, at * weight, 0.0).sum(axis=1, keepdims=True)
    if design.spans:
        out += (design.nominal * design.nominal_weight) @ _nominal_log(design, places, theta, lean).T
    return out


def _nominal_log(design: Design, places: Array, theta: Array, lean: Array) -> Array:
    """(Q, C): log probability of each nominal level."""
    eta = theta + places @ lean.T
    for start, stop in design.spans:
        part = eta[:, start:stop]
        top = part.max(axis=1, keepdims=True)
        eta[:, start:stop] = part - top - np.log(np.exp(part - top).sum(axis=1, keepdims=True))
    return np.asarray(eta)


def _ordered_step(design: Design, resp: Array, places: Array, alpha: Array, slope: Array, prior: Prior) -> tuple[Array, Array]:
    """One Newton step for the slopes, then iterative scaling for the margins."""
    if not design.ordered_weight.size:
        return alpha, slope
    people = resp.T @ design.seen
    prob = _ordered(design, places, alpha, slope)[1]
    mean = (prob * design.level_scores).sum(axis=2)
    spread = people * np.maximum((prob * design.level_scores**2).sum(axis=2) - mean**2, 0.0)
    pull = (design.scores.T @ resp - (people * mean).T) @ places - prior.precision * slope
    curve = np.einsum("aj,ad,ae->jde", spread, places, places) + (prior.precision + 1e-6) * np.eye(places.shape[1])
    step = np.linalg.solve(curve, pull[:, :, None])[:, :, 0]
    slope = np.clip(slope + np.clip(step, -0.5, 0.5), -2 * _STEEPEST, 2 * _STEEPEST)
    expected = (_ordered(design, places, alpha, slope)[1] * people[:, :, None]).sum(axis=0)
    move = np.log((_chosen(design) + 0.1) / (expected + 0.1))
    return _settled(design, np.where(design.level_exists, alpha, 0.0) + move), slope


def _nominal_step(design: Design, resp: Array, places: Array, theta: Array, lean: Array, prior: Prior) -> tuple[Array, Array]:
    """The same for the levels of nominal items, each level on its own."""
    if not design.spans:
        return theta, lean
    theta, lean = theta.copy(), lean.copy()
    counts = resp.T @ design.nominal
    prob = np.exp(_nominal_log(design, places, theta, lean))
    eye = (prior.precision + 1e-6) * np.eye(places.shape[1])
    for start, stop in design.spans:
        people = counts[:, start:stop].sum(axis=1, keepdims=True)
        part = prob[:, start:stop]
        pull = (counts[:, start:stop] - people * part).T @ places - prior.precision * lean[start:stop]
        curve = np.einsum("al,ad,ae->lde", people * part * (1 - part), places, places) + eye
        step = np.linalg.solve(curve, pull[:, :, None])[:, :, 0] * (1 - 1 / (stop - start))
        lean[start:stop] = np.clip(lean[start:stop] + np.clip(step, -0.5, 0.5), -2 * _STEEPEST, 2 * _STEEPEST)
    prob = np.exp(_nominal_log(design, places, theta, lean))
    for start, stop in design.spans:
        people = counts[:, start:stop].sum(axis=1, keepdims=True)
        expected = (people * prob[:, start:stop]).sum(axis=0)
        theta[start:stop] += np.log((counts[:, start:stop].sum(axis=0) + 0.1) / (expected + 0.1))
    return theta, lean


def _chosen(design: Design) -> Array:
    """(J, L): people who chose each level."""
    out = np.zeros(design.level_scores.shape)
    for level in range(design.level_scores.shape[1]):
        out[:, level] = (design.seen * (design.levels == level)).sum(axis=0)
    return out


def _settled(design: Design, alpha: Array) -> Array:
    alpha = np.where(design.level_exists, alpha, -np.inf)
    return np.asarray(alpha - alpha.max(axis=-1, keepdims=True))
