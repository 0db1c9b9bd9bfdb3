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

from research_kit.personas.design import Array, Design
from research_kit.personas.mixture import Prior

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


_SHORT = np.float32
"""People by places is the large array here, and seven digits of a log density are enough: it decides by whole points of deviance."""


def _short(a: Array) -> Array:
    return a.astype(_SHORT)


def _long(a: Array) -> Array:
    return a.astype(float)


@dataclass(frozen=True)
class _Answers:
    """The answers of a design in short numbers."""

    scores: Array
    seen: list[Array]
    """Of each group of ordered items."""
    nominal: Array
    weighted: Array
    """(n, ...): scores, whether seen (not where all is), and nominal levels, each times the item's weight: what the density is linear in."""

    @classmethod
    def of(cls, design: Design) -> _Answers:
        seen = (
            []
            if design.complete
            else [s * -design.ordered_weight[g.columns] for g, s in zip(design.groups, design.seen_by_group, strict=True)]
        )
        weighted = _short(np.concatenate([design.weighted_scores, *seen, design.weighted_nominal], axis=1))
        return cls(_short(design.scores), [_short(s) for s in design.seen_by_group], _short(design.nominal), weighted)

    def located(self, places: Array, products: Array, resp: Array, *, complete: bool) -> _Grid:
        """Where people with responsibilities (n, Q) are."""
        people = [] if complete else [_long(seen.T @ resp) for seen in self.seen]
        return _Grid(
            places, products, resp.sum(axis=0, dtype=float), people, _long(self.scores.T @ resp), _long(self.nominal.T @ resp)
        )


@dataclass(frozen=True)
class _Grid:
    """Where people are, after an E-step."""

    places: Array
    """(Q, q)"""
    products: Array
    """(Q, q x q): products of each two of a place's coordinates."""
    everybody: Array
    """(Q,): people at each place."""
    people: list[Array]
    """Of each group of ordered items (J, Q): those who answered the item; nothing where everybody answered."""
    got: Array
    """(J, Q): their scores, summed."""
    nominal: Array
    """(C, Q): those who chose each nominal level."""

    def curve(self, spread: Array) -> Array:
        """(items, q, q) from ``spread`` (items, Q)."""
        q = self.places.shape[1]
        return np.asarray((spread @ self.products).reshape(-1, q, q))


def fit_dimensions(design: Design, q: int, prior: Prior) -> Dimensions:
    """q dimensions; the log likelihood is comparable with that of ``mixture.fit``."""
    places, log_weight = grid(q)
    alpha, slope = _begin(design, q)
    theta, lean = _begin_nominal(design, q)
    chosen = _chosen(design)
    answers = _Answers.of(design)
    products = (places[:, :, None] * places[:, None]).reshape(len(places), -1)
    last = -np.inf
    for _ in range(_ITERATIONS):
        ordered, nominal = _ordered(design, places, alpha, slope), _nominal_log(design, places, theta, lean)
        joint = _log_joint(design, answers, places, slope, ordered, nominal)
        joint += log_weight.astype(_SHORT)
        top = joint.max(axis=1, keepdims=True)
        joint -= top
        np.exp(joint, out=joint)
        total = joint.sum(axis=1, keepdims=True)
        joint /= total
        margins = (np.where(design.level_exists, alpha, 0.0) * chosen).sum(axis=1) @ design.ordered_weight
        now = float((top + np.log(total)).sum(dtype=float) + margins)
        if now - last < _GAIN * design.n:
            break
        last = now
        grid_of = answers.located(places, products, joint, complete=design.complete)
        alpha, slope = _ordered_step(design, grid_of, alpha, slope, ordered, chosen, prior)
        theta, lean = _nominal_step(design, grid_of, theta, lean, nominal, prior)
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


_Ordered = list[tuple[Array, Array, Array, Array]]


def _ordered(design: Design, places: Array, alpha: Array, slope: Array) -> _Ordered:
    """For each group of items: columns, level scores (L, J, 1), sum of the levels' weights (J, Q) and level probabilities (L, J, Q)."""
    out = []
    for group in design.groups:
        scores = group.scores[:, :, None]
        eta = slope[group.columns] @ places.T
        prob = np.exp(alpha[group.columns, : len(scores)].T[:, :, None] + eta * scores)
        total = prob.sum(axis=0)
        prob /= total
        out.append((group.columns, scores, total, prob))
    return out


def _log_joint(design: Design, answers: _Answers, places: Array, slope: Array, ordered: _Ordered, nominal: Array) -> Array:
    """(n, Q): log density of each person's answers at each place, without alpha at the answers given."""
    normalisers = [np.log(total) for _columns, _scores, total, _prob in ordered]
    if not design.complete:
        return np.asarray(answers.weighted @ _short(np.concatenate([slope @ places.T, *normalisers, nominal])))
    out = answers.weighted @ _short(np.concatenate([slope @ places.T, nominal]))
    for (columns, _scores, _total, _prob), normaliser in zip(ordered, normalisers, strict=True):
        out -= _short(design.ordered_weight[columns] @ normaliser)
    return np.asarray(out)


def _nominal_log(design: Design, places: Array, theta: Array, lean: Array) -> Array:
    """(C, Q): log probability of each nominal level."""
    eta = theta[:, None] + lean @ places.T
    for start, stop in design.spans:
        part = eta[start:stop]
        part -= part.max(axis=0)
        part -= np.log(np.exp(part).sum(axis=0))
    return np.asarray(eta)


def _ordered_step(
    design: Design, grid_of: _Grid, alpha: Array, slope: Array, ordered: _Ordered, chosen: Array, prior: Prior
) -> tuple[Array, Array]:
    """One Newton step for the slopes, then iterative scaling for the margins."""
    if not design.ordered_weight.size:
        return alpha, slope
    places = grid_of.places
    people = [grid_of.everybody[None]] * len(ordered) if design.complete else grid_of.people
    got = grid_of.got @ places
    pull, curve = np.empty_like(slope), np.empty((*slope.shape, slope.shape[1]))
    for (columns, scores, _total, prob), there in zip(ordered, people, strict=True):
        first = prob * scores
        mean = first.sum(axis=0)
        first *= scores
        pull[columns] = got[columns] - (there * mean) @ places
        curve[columns] = grid_of.curve(there * np.maximum(first.sum(axis=0) - mean**2, 0.0))
    step = np.linalg.solve(
        curve + (prior.precision + 1e-6) * np.eye(places.shape[1]), (pull - prior.precision * slope)[:, :, None]
    )[:, :, 0]
    slope = np.clip(slope + np.clip(step, -0.5, 0.5), -2 * _STEEPEST, 2 * _STEEPEST)
    expected = np.zeros_like(chosen)
    for (columns, scores, _total, prob), there in zip(_ordered(design, places, alpha, slope), people, strict=True):
        expected[columns, : len(scores)] = np.einsum("ljq,jq->jl", prob, np.broadcast_to(there, prob.shape[1:]))
    move = np.log((chosen + 0.1) / (expected + 0.1))
    return _settled(design, np.where(design.level_exists, alpha, 0.0) + move), slope


def _nominal_step(design: Design, grid_of: _Grid, theta: Array, lean: Array, nominal: Array, prior: Prior) -> tuple[Array, Array]:
    """The same for the levels of nominal items, each level on its own."""
    if not design.spans:
        return theta, lean
    places = grid_of.places
    counts = grid_of.nominal
    prob = np.exp(nominal)
    people = np.empty_like(counts)
    shrink = np.empty(len(counts))
    for start, stop in design.spans:
        people[start:stop] = counts[start:stop].sum(axis=0)
        shrink[start:stop] = 1 - 1 / (stop - start)
    pull = (counts - people * prob) @ places - prior.precision * lean
    curve = grid_of.curve(people * prob * (1 - prob)) + (prior.precision + 1e-6) * np.eye(places.shape[1])
    step = np.linalg.solve(curve, pull[:, :, None])[:, :, 0] * shrink[:, None]
    lean = np.clip(lean + np.clip(step, -0.5, 0.5), -2 * _STEEPEST, 2 * _STEEPEST)
    expected = (people * np.exp(_nominal_log(design, places, theta, lean))).sum(axis=1)
    return theta + np.log((counts.sum(axis=1) + 0.1) / (expected + 0.1)), lean


def _chosen(design: Design) -> Array:
    """(J, L): people who chose each level."""
    out = np.zeros(design.level_scores.shape)
    for level in range(design.level_scores.shape[1]):
        out[:, level] = (design.seen * (design.levels == level)).sum(axis=0)
    return out


def _settled(design: Design, alpha: Array) -> Array:
    alpha = np.where(design.level_exists, alpha, -np.inf)
    return np.asarray(alpha - alpha.max(axis=-1, keepdims=True))
