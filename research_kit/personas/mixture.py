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
from typing import TYPE_CHECKING

import numpy as np

from research_kit.personas.design import Array, Design, nodes
from research_kit.personas.tables import Table, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLOOR = 1e-12
_CACHED = 1_000_000
"""Responsibilities in one batch."""


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


def _tables(design: Design, p: Parameters, *, styled: bool = False) -> list[Table]:
    """The ordered items under ``p``, by group; ``styled``: only those that have a style."""
    style, z = _style(design, p.tau), nodes(design)[0]
    return [table(group, p.alpha, p.beta, style, z) for group in design.groups if group.styled or not styled]


def _style(design: Design, tau: Array) -> Array:
    """(b, J): tau of each item's battery, 0 without one."""
    if not design.batteries:
        return np.zeros((tau.shape[0], design.battery.shape[0]))
    return np.where(design.battery >= 0, tau[:, np.maximum(design.battery, 0)], 0.0)


def log_joint(design: Design, p: Parameters, tables: Sequence[Table]) -> Array:
    """Log density (b, k, Q, n) up to what is common to all classes; ``base`` adds that."""
    z, log_w = nodes(design)
    b, k = p.log_share.shape
    out = p.beta.reshape(b * k, -1) @ design.weighted_scores.T
    if design.nominal.shape[1]:
        out += p.log_theta.reshape(b * k, -1) @ design.weighted_nominal.T
    out = out.reshape(b, k, 1, design.n)
    spread = (p.log_share[:, :, None] + log_w)[..., None]
    if design.batteries:
        spread = spread + (p.tau @ design.weighted_totals.T)[:, None, None, :] * z[:, None]
    for each, seen in zip(tables, design.seen_by_group, strict=True):
        normaliser = np.log(each.total) * design.ordered_weight[each.group.columns]
        own = normaliser.sum(axis=-1, keepdims=True) if design.complete else _times(normaliser, seen.T)
        if each.group.styled:
            spread = spread - own
        else:
            out = out - own
    return np.asarray(out + spread)


def _times(a: Array, b: Array) -> Array:
    """a @ b as one product of two matrices."""
    return np.asarray((a.reshape(-1, a.shape[-1]) @ b).reshape(*a.shape[:-1], b.shape[1]))


def base(design: Design, p: Parameters) -> Array:
    """(b, n): the part of the log density that no class changes (alpha at the answers given)."""
    out: Array = np.zeros((p.log_share.shape[0], design.n))
    for j, weight in enumerate(design.ordered_weight):
        out += p.alpha[:, j, :][:, design.levels[:, j]] * (design.seen[:, j] * weight)
    return out


def expect(design: Design, p: Parameters, tables: Sequence[Table] | None = None) -> tuple[Array, Array]:
    """Responsibilities (b, k, Q, n) and log likelihood of each person (b, n) without ``base``."""
    joint = log_joint(design, p, _tables(design, p) if tables is None else tables)
    flat = joint.reshape(joint.shape[0], -1, joint.shape[-1])
    top = flat.max(axis=1, keepdims=True)
    np.subtract(flat, top, out=flat)
    np.exp(flat, out=flat)
    total = flat.sum(axis=1, keepdims=True)
    flat /= total
    return joint, (top + np.log(total))[:, 0]


@dataclass(frozen=True)
class Answered:
    """What the row weights say about the answers; no iteration changes it."""

    levels: Array
    """(b, J, L): people who chose each level of an ordered item."""
    nominal: Array
    """(b, C)"""

    @classmethod
    def of(cls, design: Design, rows: Array) -> Answered:
        """Count with row weights (b, n)."""
        levels = np.zeros((rows.shape[0], *design.level_scores.shape))
        for level in range(design.level_scores.shape[1]):
            levels[:, :, level] = rows @ (design.seen * (design.levels == level))
        return cls(levels, rows @ design.nominal)

    def pick(self, which: Array) -> Answered:
        """Some batch members."""
        return Answered(self.levels[which], self.nominal[which])

    def base(self, design: Design, p: Parameters) -> Array:
        """(b,): the weighted sum of ``base``."""
        alpha = np.where(design.level_exists, p.alpha, 0.0)
        return np.asarray(((alpha * self.levels).sum(axis=2) * design.ordered_weight).sum(axis=1))


def maximise(design: Design, p: Parameters, resp: Array, answered: Answered, prior: Prior, tables: Sequence[Table]) -> Parameters:
    """One generalised M-step. ``resp`` (b, k, Q, n) already weighted by rows; ``tables`` of ``p``."""
    by_class = resp.sum(axis=2)
    size = by_class.sum(axis=2)
    log_share = np.log(size + 1.0) - np.log((size + 1.0).sum(axis=1, keepdims=True))
    p = replace(p, log_share=log_share)
    if design.nominal.shape[1]:
        p = replace(p, log_theta=_nominal(design, by_class, answered, prior))
    if not design.ordered_weight.size:
        return p
    people = _people(design, resp, by_class)
    got = _times(by_class, design.scores)
    slope, curve = np.empty_like(got), np.empty_like(got)
    for each, there in zip(tables, people, strict=True):
        mean, variance = each.moments()
        columns = each.group.columns
        slope[:, :, columns] = got[:, :, columns] - (there * mean).sum(axis=2)
        curve[:, :, columns] = (there * variance).sum(axis=2)
    step = (slope - prior.precision * p.beta) / (curve + prior.precision + _FLOOR)
    p = replace(p, beta=p.beta + np.clip(step, -1.0, 1.0))
    if design.batteries:
        p = replace(p, tau=_tau(design, p, resp, people))
    return replace(p, alpha=_alpha(design, p, people, answered))


def _people(design: Design, resp: Array, by_class: Array) -> list[Array]:
    """(b, k, Q, J) of each group: people who answered the item, by class and place of the style."""
    out = []
    for group, seen in zip(design.groups, design.seen_by_group, strict=True):
        parts = resp if group.styled else by_class[:, :, None]
        if design.complete:
            out.append(np.broadcast_to(parts.sum(axis=3)[..., None], (*parts.shape[:3], len(group.columns))))
        else:
            out.append(_times(parts, seen))
    return out


def _nominal(design: Design, by_class: Array, answered: Answered, prior: Prior) -> Array:
    counts = _times(by_class, design.nominal)
    out: Array = np.empty_like(counts)
    for start, stop in design.spans:
        margin = answered.nominal[:, start:stop] + _FLOOR
        margin = margin / margin.sum(axis=1, keepdims=True)
        part = counts[:, :, start:stop] + prior.counts * margin[:, None, :] + _FLOOR
        out[:, :, start:stop] = np.log(part / part.sum(axis=2, keepdims=True))
    return out


def _tau(design: Design, p: Parameters, resp: Array, people: Sequence[Array]) -> Array:
    z, _ = nodes(design)
    place = np.tensordot(resp.sum(axis=1), z, axes=(1, 0))
    slope, curve = place @ design.battery_totals, np.ones_like(p.tau)
    styled = [there for group, there in zip(design.groups, people, strict=True) if group.styled]
    for each, there in zip(_tables(design, p, styled=True), styled, strict=True):
        mean, variance = each.moments()
        expected = np.einsum("bkqj,bkqj,q->bj", there, mean, z)
        spread = np.einsum("bkqj,bkqj,q->bj", there, variance, z**2)
        member = (design.battery[each.group.columns][:, None] == np.arange(design.batteries)).astype(float)
        slope -= expected @ member
        curve += spread @ member
    return np.asarray(p.tau + np.clip(slope / curve, -0.5, 0.5))


def _alpha(design: Design, p: Parameters, people: Sequence[Array], answered: Answered) -> Array:
    """Iterative scaling: move each level by the log of how many chose it over how many were expected to."""
    expected = np.zeros_like(answered.levels)
    for each, there in zip(_tables(design, p), people, strict=True):
        expected[:, each.group.columns, : len(each.own)] = each.expected(there).transpose(1, 2, 0)
    step = np.log((answered.levels + 0.1) / (expected + 0.1))
    return _settled(design, np.where(design.level_exists, p.alpha, 0.0) + step)


def _settled(design: Design, alpha: Array) -> Array:
    """The highest level of each item at 0, padding at -inf."""
    alpha = np.where(design.level_exists, alpha, -np.inf)
    return np.asarray(alpha - alpha.max(axis=-1, keepdims=True))


def initial(design: Design, resp: Array, rows: Array, prior: Prior) -> Parameters:
    """Parameters for responsibilities (b, k, n): the margins, then two M-steps without style."""
    b, k = resp.shape[:2]
    answered = Answered.of(design, rows)
    p = Parameters(
        log_share=np.full((b, k), -np.log(k)),
        alpha=_settled(design, np.log(answered.levels + 0.1)) if design.ordered_weight.size else np.zeros((b, 0, 1)),
        beta=np.zeros((b, k, design.scores.shape[1])),
        tau=np.zeros((b, design.batteries)),
        log_theta=np.zeros((b, k, design.nominal.shape[1])),
    )
    weights = np.exp(nodes(design)[1])
    spread = (resp * rows[:, None, :])[:, :, None, :] * weights[:, None]
    for _ in range(2):
        p = replace(maximise(design, p, spread, answered, prior, _tables(design, p)), tau=p.tau)
    return replace(p, tau=np.full_like(p.tau, 0.3))


def fit(
    design: Design, p: Parameters, rows: Array, *, prior: Prior, iterations: int, tolerance: float = 1e-5
) -> tuple[Parameters, Array]:
    """EM from ``p`` with row weights (b, n). Returns parameters and log likelihood (b,).

    A member stops when it gains less than ``tolerance`` per person, whatever the others do.
    """
    answered = Answered.of(design, rows)
    last = np.full(rows.shape[0], -np.inf)
    going = np.arange(rows.shape[0])
    stopped: list[tuple[Array, Parameters, Array]] = []
    for _ in range(iterations):
        tables = _tables(design, p)
        resp, each = expect(design, p, tables)
        now = (each * rows).sum(axis=1) + answered.base(design, p)
        gains = np.abs(now - last) >= tolerance * rows.sum(axis=1)
        if not gains.all():
            still = np.flatnonzero(gains)
            stopped.append((going[~gains], p.pick(np.flatnonzero(~gains)), now[~gains]))
            going, p, rows, now, resp, answered = (
                going[still],
                p.pick(still),
                rows[still],
                now[still],
                resp[still],
                answered.pick(still),
            )
            tables = [part.pick(still) for part in tables]
        if not len(going):
            break
        last = now
        resp *= rows[:, None, None, :]
        p = maximise(design, p, resp, answered, prior, tables)
    if len(going):
        stopped.append((going, p, log_likelihood(design, p, rows)))
    order = np.argsort(np.concatenate([which for which, _, _ in stopped]))
    return _joined([q for _, q, _ in stopped]).pick(order), np.concatenate([ll for _, _, ll in stopped])[order]


def _joined(parts: Sequence[Parameters]) -> Parameters:
    """Several batches as one."""
    return Parameters(*(np.concatenate([getattr(q, f.name) for q in parts]) for f in fields(Parameters)))


def fit_many(
    design: Design, p: Parameters, rows: Array, *, prior: Prior, iterations: int, tolerance: float = 1e-5
) -> tuple[Parameters, Array]:
    """``fit`` in batches of a bounded size; a batch leaves out the people whom none of its members drew."""
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
    return _joined(fitted), np.concatenate(likely)


def each_log_likelihood(design: Design, p: Parameters) -> Array:
    """(b, n): log likelihood of each person."""
    return np.asarray(expect(design, p)[1] + base(design, p))


def log_likelihood(design: Design, p: Parameters, rows: Array) -> Array:
    """(b,): weighted log likelihood."""
    return np.asarray((each_log_likelihood(design, p) * rows).sum(axis=1))


AT_ONCE = 4096
"""People whose probabilities are worked out together, so that typing a million of them needs no more memory than typing some thousand."""


def posterior(design: Design, p: Parameters) -> Array:
    """(n, k): class probabilities under the first batch member."""
    one = p.pick(0)
    parts = [
        expect(design.take(np.arange(start, min(start + AT_ONCE, design.n))), one)[0].sum(axis=2)[0].T
        for start in range(0, design.n, AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, p.k))
