"""The mixture model behind the personas: latent classes over mixed answers, fitted by a batched EM.

The likelihood. Given class c and a person's response style u ~ N(0, 1), answers are independent:

    nominal item      P(level l) = theta[c, l]
    ordered item j    P(level l) proportional to exp(alpha[j, l] + (beta[c, j] + tau[g(j)] u) score[j, l])

An ordered item is an adjacent-category logit: alpha reproduces the item's own distribution, however skewed, so a lopsided item alone
never makes a class (equal-variance normal components do that), and a class costs one number per item. With two levels it is a plain
Bernoulli item. ``tau`` belongs to a battery (several items on one scale): a person who ticks high everywhere moves along u instead of
forming a class. This is row-centring inside the model: it leaves alone what the classes themselves differ in.
Source: Magidson & Vermunt (2005), random intercepts in latent class models for response style; Hagenaars & McCutcheon (2002) for the rest.

Missing answers leave their term out of the product (full information maximum likelihood). Item weights are exponents of the likelihood.
All arrays carry a batch axis b: several starts or several bootstrap resamples are one fit with different row weights.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray

_NODES = 9
_REACH = 2.6
"""Style nodes: equally spaced, normal weights. Gauss-Hermite nodes lie too far apart once twenty items pin u down."""
_FLOOR = 1e-12
_CACHED = 250_000
"""Responsibilities in one batch."""


@dataclass(frozen=True)
class Design:
    """Encoded answers. n people, J ordered items of at most L levels, C columns of nominal levels."""

    scores: Array
    """(n, J): score of the answer, 0 where missing."""
    seen: Array
    """(n, J): 1.0 where answered."""
    levels: Array
    """(n, J): level number, 0 where missing (look at ``seen``)."""
    level_scores: Array
    """(J, L): score of each level; 0 on padding."""
    level_exists: Array
    """(J, L): bool."""
    battery: Array
    """(J,): number of the item's battery, -1 = none."""
    ordered_weight: Array
    """(J,)"""
    nominal: Array
    """(n, C): one-hot, all zero where missing."""
    spans: tuple[tuple[int, int], ...]
    """Columns [start, stop) of each nominal item."""
    nominal_weight: Array
    """(C,)"""
    nodes: int = _NODES
    """Places of the style variable."""

    @property
    def n(self) -> int:
        """People."""
        return int(self.scores.shape[0])

    @cached_property
    def complete(self) -> bool:
        """Everybody answered every ordered item."""
        return bool(self.seen.all())

    @property
    def batteries(self) -> int:
        """Batteries with a style of their own."""
        return int(max(self.battery, default=-1)) + 1

    def take(self, rows: Array) -> Design:
        """The same design for some of the people."""
        return replace(self, scores=self.scores[rows], seen=self.seen[rows], levels=self.levels[rows], nominal=self.nominal[rows])

    def without_style(self) -> Design:
        """The same design with no batteries: plain latent class analysis."""
        return replace(self, battery=np.full_like(self.battery, -1))

    def parameters(self, k: int) -> int:
        """Free parameters that k classes add to one class, style included (alpha and the margins are common to all k)."""
        nominal = sum(stop - start - 1 for start, stop in self.spans)
        return int((k - 1) * (1 + self.scores.shape[1] + nominal) + self.batteries)


@dataclass(frozen=True)
class Parameters:
    """One row per batch member b."""

    log_share: Array
    """(b, k)"""
    alpha: Array
    """(b, J, L): -inf on padding."""
    beta: Array
    """(b, k, J)"""
    tau: Array
    """(b, G)"""
    log_theta: Array
    """(b, k, C)"""

    @property
    def k(self) -> int:
        """Classes."""
        return int(self.log_share.shape[1])

    def pick(self, which: int | Sequence[int] | Array) -> Parameters:
        """Some batch members; an int keeps the batch axis."""
        rows = [which] if isinstance(which, int) else [int(w) for w in which]
        return Parameters(*(getattr(self, f.name)[rows] for f in fields(self)))

    def repeat(self, times: int) -> Parameters:
        """The first batch member, copied."""
        return self.pick([0] * times)


@dataclass(frozen=True)
class Prior:
    """Weak pulls towards "no difference" that keep estimates finite in small classes."""

    precision: float = 0.5
    """Of beta around 0, in units of one standard deviation of the score."""
    counts: float = 1.0
    """People's worth of the item's own distribution, added to each class."""


def nodes(design: Design) -> tuple[Array, Array]:
    """Places and log weights of the style variable; a single zero where there is no battery."""
    if not design.batteries:
        return np.zeros(1), np.zeros(1)
    places = np.linspace(-_REACH, _REACH, design.nodes)
    weights = np.exp(-0.5 * places**2)
    weights /= weights.sum()
    places = places / np.sqrt((weights * places**2).sum())
    return places, np.log(weights)


def _moments(design: Design, p: Parameters, z: Array) -> tuple[Array, Array, Array, Array]:
    """Log normaliser, mean and variance of the score (b, k, Q, J), and the level probabilities (L, b, k, Q, J)."""
    style = _style(design, p.tau)
    eta = p.beta[:, :, None, :] + style[:, None, None, :] * z[None, None, :, None]
    scores = design.level_scores.T[:, None, None, None, :]
    # alpha is at most 0 and eta a few units: nothing overflows, so no maximum is taken out.
    prob = np.exp(p.alpha.transpose(2, 0, 1)[:, :, None, None, :] + np.clip(eta, -60, 60) * scores)
    total = prob.sum(axis=0)
    prob /= total
    mean = (prob * scores).sum(axis=0)
    variance = (prob * scores**2).sum(axis=0) - mean**2
    return np.log(total), mean, np.maximum(variance, 0.0), prob


def _style(design: Design, tau: Array) -> Array:
    """(b, J): tau of each item's battery, 0 without one."""
    if not design.batteries:
        return np.zeros((tau.shape[0], design.battery.shape[0]))
    return np.where(design.battery >= 0, tau[:, np.maximum(design.battery, 0)], 0.0)


def _totals(design: Design, weights: Array) -> Array:
    """(n, G): each person's weighted sum of scores in each battery."""
    out = np.zeros((design.n, design.batteries))
    for g in range(design.batteries):
        items = design.battery == g
        out[:, g] = design.scores[:, items] @ weights[items]
    return out


def log_joint(design: Design, p: Parameters) -> Array:
    """Log density (b, k, Q, n) up to what is common to all classes; ``base`` adds that."""
    z, log_w = nodes(design)
    b, k, q = p.log_share.shape[0], p.k, len(z)
    weight = design.ordered_weight
    out = p.beta.reshape(b * k, -1) @ (design.scores * weight).T
    if design.nominal.shape[1]:
        out += p.log_theta.reshape(b * k, -1) @ (design.nominal * design.nominal_weight).T
    joint: Array = out.reshape(b, k, 1, design.n) + (p.log_share[:, :, None] + log_w)[..., None]
    if design.batteries:
        lift = p.tau @ _totals(design, weight).T
        joint += lift[:, None, None, :] * z[:, None]
    if weight.size:
        normaliser = _moments(design, p, z)[0]
        if design.complete:
            joint -= (normaliser @ weight)[..., None]
        else:
            joint -= (normaliser.reshape(b * k * q, -1) @ (design.seen * weight).T).reshape(joint.shape)
    return joint


def base(design: Design, p: Parameters) -> Array:
    """(b, n): the part of the log density that no class changes (alpha at the answers given)."""
    out: Array = np.zeros((p.log_share.shape[0], design.n))
    for j, weight in enumerate(design.ordered_weight):
        out += p.alpha[:, j, :][:, design.levels[:, j]] * (design.seen[:, j] * weight)
    return out


def expect(design: Design, p: Parameters) -> tuple[Array, Array]:
    """Responsibilities (b, k, Q, n) and log likelihood of each person (b, n) without ``base``."""
    joint = log_joint(design, p)
    flat = joint.reshape(joint.shape[0], -1, joint.shape[-1])
    top = flat.max(axis=1, keepdims=True)
    np.subtract(flat, top, out=flat)
    np.exp(flat, out=flat)
    total = flat.sum(axis=1, keepdims=True)
    flat /= total
    return joint, (top + np.log(total))[:, 0]


def maximise(design: Design, p: Parameters, resp: Array, rows: Array, prior: Prior) -> Parameters:
    """One generalised M-step. ``resp`` (b, k, Q, n) already weighted by ``rows`` (b, n)."""
    b, k, q, n = resp.shape
    by_class = resp.sum(axis=2)
    size = by_class.sum(axis=2)
    log_share = np.log(size + 1.0) - np.log((size + 1.0).sum(axis=1, keepdims=True))
    p = replace(p, log_share=log_share)
    if design.nominal.shape[1]:
        p = replace(p, log_theta=_nominal(design, by_class, rows, prior))
    if not design.ordered_weight.size:
        return p
    z, _ = nodes(design)
    got = (by_class.reshape(b * k, n) @ design.scores).reshape(b, k, -1)
    if design.complete:
        people = np.broadcast_to(resp.sum(axis=3)[..., None], (b, k, q, design.scores.shape[1]))
    else:
        people = (resp.reshape(-1, n) @ design.seen).reshape(b, k, q, -1)
    _, mean, variance, _ = _moments(design, p, z)
    slope = got - (people * mean).sum(axis=2) - prior.precision * p.beta
    curve = (people * variance).sum(axis=2) + prior.precision + _FLOOR
    p = replace(p, beta=p.beta + np.clip(slope / curve, -1.0, 1.0))
    if design.batteries:
        p = replace(p, tau=_tau(design, p, resp, people, z))
    return replace(p, alpha=_alpha(design, p, people, rows, z))


def _nominal(design: Design, by_class: Array, rows: Array, prior: Prior) -> Array:
    b, k, n = by_class.shape
    counts = (by_class.reshape(b * k, n) @ design.nominal).reshape(b, k, -1)
    overall = rows @ design.nominal
    out: Array = np.empty_like(counts)
    for start, stop in design.spans:
        margin = overall[:, start:stop] + _FLOOR
        margin = margin / margin.sum(axis=1, keepdims=True)
        part = counts[:, :, start:stop] + prior.counts * margin[:, None, :] + _FLOOR
        out[:, :, start:stop] = np.log(part / part.sum(axis=2, keepdims=True))
    return out


def _tau(design: Design, p: Parameters, resp: Array, people: Array, z: Array) -> Array:
    _, mean, variance, _ = _moments(design, p, z)
    place = np.tensordot(resp.sum(axis=1), z, axes=(1, 0))
    got = place @ _totals(design, np.ones_like(design.ordered_weight))
    expected = (people * mean * z[:, None]).sum(axis=(1, 2))
    curve = (people * variance * z[:, None] ** 2).sum(axis=(1, 2))
    tau: Array = p.tau.copy()
    for g in range(design.batteries):
        items = design.battery == g
        step = (got[:, g] - expected[:, items].sum(axis=1)) / (curve[:, items].sum(axis=1) + 1.0)
        tau[:, g] += np.clip(step, -0.5, 0.5)
    return tau


def _alpha(design: Design, p: Parameters, people: Array, rows: Array, z: Array) -> Array:
    """Iterative scaling: move each level by the log of how many chose it over how many were expected to."""
    prob = _moments(design, p, z)[3]
    expected = (prob * people).sum(axis=(2, 3)).transpose(1, 2, 0)
    step = np.log((_chosen(design, rows) + 0.1) / (expected + 0.1))
    return _settled(design, np.where(design.level_exists, p.alpha, 0.0) + step)


def _settled(design: Design, alpha: Array) -> Array:
    """The highest level of each item at 0, padding at -inf."""
    alpha = np.where(design.level_exists, alpha, -np.inf)
    return np.asarray(alpha - alpha.max(axis=-1, keepdims=True))


def _chosen(design: Design, rows: Array) -> Array:
    """(b, J, L): people who chose each level."""
    out = np.zeros((rows.shape[0], *design.level_scores.shape))
    for level in range(design.level_scores.shape[1]):
        out[:, :, level] = rows @ (design.seen * (design.levels == level))
    return out


def initial(design: Design, resp: Array, rows: Array, prior: Prior) -> Parameters:
    """Parameters for responsibilities (b, k, n): the margins, then two M-steps without style."""
    b, k = resp.shape[:2]
    p = Parameters(
        log_share=np.full((b, k), -np.log(k)),
        alpha=_settled(design, np.log(_chosen(design, rows) + 0.1)) if design.ordered_weight.size else np.zeros((b, 0, 1)),
        beta=np.zeros((b, k, design.scores.shape[1])),
        tau=np.zeros((b, design.batteries)),
        log_theta=np.zeros((b, k, design.nominal.shape[1])),
    )
    weights = np.exp(nodes(design)[1])
    spread = (resp * rows[:, None, :])[:, :, None, :] * weights[:, None]
    for _ in range(2):
        p = replace(maximise(design, p, spread, rows, prior), tau=p.tau)
    return replace(p, tau=np.full_like(p.tau, 0.3))


def fit(
    design: Design, p: Parameters, rows: Array, *, prior: Prior, iterations: int, tolerance: float = 1e-5
) -> tuple[Parameters, Array]:
    """EM from ``p`` with row weights (b, n). Returns parameters and log likelihood (b,).

    Stops when no member gains ``tolerance`` per person.
    """
    last = np.full(rows.shape[0], -np.inf)
    needed = tolerance * rows.sum(axis=1)
    for _ in range(iterations):
        resp, each = expect(design, p)
        now = ((each + base(design, p)) * rows).sum(axis=1)
        if np.all(np.abs(now - last) < needed):
            return p, now
        last = now
        resp *= rows[:, None, None, :]
        p = maximise(design, p, resp, rows, prior)
    return p, log_likelihood(design, p, rows)


def fit_many(
    design: Design, p: Parameters, rows: Array, *, prior: Prior, iterations: int, tolerance: float = 1e-5
) -> tuple[Parameters, Array]:
    """``fit`` in batches that stay in the processor's cache; a batch leaves out the people whom none of its members drew."""
    size = max(1, _CACHED // (p.k * len(nodes(design)[0]) * design.n))
    fitted, likely = [], []
    for start in range(0, len(rows), size):
        members = range(start, min(start + size, len(rows)))
        part = rows[members]
        drawn = np.flatnonzero(part.any(axis=0))
        smaller = design if len(drawn) == design.n else design.take(drawn)
        q, ll = fit(smaller, p.pick(members), part[:, drawn], prior=prior, iterations=iterations, tolerance=tolerance)
        fitted.append(q)
        likely.append(ll)
    whole = Parameters(*(np.concatenate([getattr(q, f.name) for q in fitted]) for f in fields(Parameters)))
    return whole, np.concatenate(likely)


def each_log_likelihood(design: Design, p: Parameters) -> Array:
    """(b, n): log likelihood of each person."""
    return np.asarray(expect(design, p)[1] + base(design, p))


def log_likelihood(design: Design, p: Parameters, rows: Array) -> Array:
    """(b,): weighted log likelihood."""
    return np.asarray((each_log_likelihood(design, p) * rows).sum(axis=1))


def posterior(design: Design, p: Parameters, *, chunk: int = 4096) -> Array:
    """(n, k): class probabilities under the first batch member."""
    one = p.pick(0)
    parts = [
        expect(design.take(np.arange(start, min(start + chunk, design.n))), one)[0].sum(axis=2)[0].T
        for start in range(0, design.n, chunk)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, p.k))
