"""What could explain the answers without personas: people who differ by degree, or questions that go together in pairs.

Degrees. The rival of k classes is one group whose people differ along continuous dimensions (``factors``). k classes fit the same correlations as
k - 1 dimensions do; only the shape of the distribution tells them apart. Source: Markon & Krueger (2006), information-theoretic comparison of
latent distributions.

Pairs. Near-synonymous questions go together for everybody. The rival is one class in which each question depends on one other: the tree that
explains most (Chow & Liu 1968). Personas make all their questions go together and beat it; a few twins do not. Where the tree is the better one,
the personas have to hold without it: with one question of each pair left out, k classes must still beat one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from research_kit.personas.design import Array, Design
from research_kit.personas.factors import MOST_DIMENSIONS, fit_dimensions
from research_kit.personas.mixture import Parameters, Prior, log_likelihood
from research_kit.personas.stability import best

_PEOPLE = 2500
"""More are not needed to tell kind from degree."""
_PAIRS = 1.0
"""Pairs that explain this many times what the personas do are looked into. Planted personas without paired questions are over it in 1 of 20."""
_COMPARES = 0.25
"""Of the gain of the strongest pair: those that are taken apart."""
_STARTS = 10
_TOGETHER = 20
"""People who must have answered both questions of a pair."""
_MOST = 0.9999
_MOST_STYLE = 0.9
"""Share of an item's variance that may be style."""


def degrees(design: Design, classes: Parameters, free: int, price: float, prior: Prior) -> tuple[float, int]:
    """(penalised deviance by which the classes beat continuous dimensions, number of dimensions).

    ``free`` parameters of the classes beyond the margins, ``price`` of each. Dimensions are added while they pay. Above 2,500 people
    both are compared on an even selection of them.
    """
    if design.n > _PEOPLE:
        design = design.take(np.linspace(0, design.n - 1, _PEOPLE).astype(int))
    own = -2 * float(log_likelihood(design, classes, np.ones((1, design.n)))[0]) + price * free
    least, dimensions = np.inf, 0
    for q in range(1, MOST_DIMENSIONS + 1):
        fitted = fit_dimensions(design, q, prior)
        cost = -2 * fitted.log_likelihood + price * fitted.parameters
        if cost >= least:
            break
        least, dimensions = cost, q
    return least - own, dimensions


def without_pairs(design: Design, k: int, lead: float, price: float, rng: np.random.Generator, prior: Prior) -> float:
    """Penalised deviance by which k classes beat one where one question of each pair is left out.

    ``lead`` is that figure with all questions, and is given back where pairs explain no more than personas usually make them.
    """
    edges = pairs(design, price)
    if lead <= 0 or sum(gain for gain, _, _ in edges) <= _PAIRS * lead:
        return lead
    rest = design.keep(_one_of_each(edges, design.items))
    costs = []
    for number in (1, k):
        _, likely = best(rest, number, rng, starts=_STARTS, prior=prior)
        costs.append(-2 * likely + price * rest.parameters(number))
    return costs[0] - costs[1]


def pairs(design: Design, price: float) -> list[tuple[float, int, int]]:
    """(gain, item, item) of the best tree of paired questions, strongest first: what each takes off the penalised deviance of one class.

    ``price`` per parameter. Two ordered items cost one (their correlation), an ordered and a nominal one its levels, two nominal ones their
    table; and each pair pays for having been the best of many (extended BIC: Foygel & Drton 2010). Response style is no pair.
    """
    gain = _pair_gains(design, price)
    edges: list[tuple[float, int, int]] = []
    inside = np.zeros(len(gain), dtype=bool)
    inside[:1] = True
    while not inside.all():
        open_edges = np.where(inside[:, None] & ~inside[None], gain, -1.0)
        one, other = divmod(int(open_edges.argmax()), len(gain))
        if open_edges[one, other] > 0:
            edges.append((float(open_edges[one, other]), min(one, other), max(one, other)))
        inside[other] = True
    return sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2]))


def _one_of_each(edges: Sequence[tuple[float, int, int]], items: int) -> Array:
    """The items without the later one of each pair that nearly compares with the strongest; an item is in one pair only."""
    left_out: set[int] = set()
    taken: set[int] = set()
    for gain, one, other in edges:
        if gain >= _COMPARES * edges[0][0] and not taken & {one, other}:
            taken |= {one, other}
            left_out.add(other)
    return np.array([item for item in range(items) if item not in left_out], dtype=int)


def _pair_gains(design: Design, price: float) -> Array:
    """(items, items): deviance explained by each pair, less its price; at least 0. Ordered items first, then the nominal ones."""
    centred = _centred(design)
    ordered = design.scores.shape[1]
    correlation, together = _correlations(design, centred)
    seen = [design.seen[:, [j]] for j in range(ordered)]
    columns = [centred[:, [j]] for j in range(ordered)]
    for start, stop in design.spans:
        one_hot = design.nominal[:, start:stop]
        seen.append(one_hot.sum(axis=1, keepdims=True))
        columns.append(one_hot[:, 1:])
    weight = np.concatenate([design.ordered_weight, design.nominal_weight[[start for start, _ in design.spans]]])
    chosen = 2 * np.log(max(len(columns) - 1, 1))
    out = np.zeros((len(columns), len(columns)))
    explained = np.minimum.outer(weight[:ordered], weight[:ordered]) * -together * np.log1p(-(correlation**2))
    out[:ordered, :ordered] = np.where(together >= _TOGETHER, np.maximum(0.0, explained - price - chosen), 0.0)
    np.fill_diagonal(out, 0.0)
    for i in range(ordered, len(columns)):
        for j in range(i):
            both = (seen[i] * seen[j])[:, 0] > 0
            if both.sum() < _TOGETHER:
                continue
            deviance = -float(both.sum()) * np.log1p(-_shared(columns[i][both], columns[j][both]))
            free = columns[i].shape[1] * columns[j].shape[1]
            out[i, j] = out[j, i] = max(0.0, min(weight[i], weight[j]) * deviance - price * free - chosen)
    return out


def _correlations(design: Design, centred: Array) -> tuple[Array, Array]:
    """(J, J): correlation of each two ordered items without response style, and the people who answered both.

    Between batteries each person's own mean is taken out. Within one that would make pairs of what is independent (three items less
    their mean correlate at -1/2), so there the style is what the typical two items share, and is taken out of every two.
    """
    correlation, together = _pairwise(centred * design.seen, design.seen)
    plain, _ = _pairwise(design.scores, design.seen)
    answered = np.maximum(design.seen.sum(axis=0), 1.0)
    variance = (design.scores**2).sum(axis=0) / answered - (design.scores.sum(axis=0) / answered) ** 2
    for g in range(design.batteries):
        items = np.ix_(*[np.flatnonzero(design.battery == g)] * 2)
        correlation[items] = _without_style(plain[items], np.maximum(variance[design.battery == g], 1e-9))
    return np.clip(correlation, -_MOST, _MOST), together


def _pairwise(scores: Array, seen: Array) -> tuple[Array, Array]:
    """(J, J): correlations over the people who answered both, and their number; 0 where an item does not vary among them."""
    together = seen.T @ seen
    total = scores.T @ seen
    spread = np.maximum(together * ((scores**2).T @ seen) - total**2, 0.0)
    scale = np.sqrt(spread * spread.T)
    shared = together * (scores.T @ scores) - total * total.T
    return np.where(scale > 1e-8, shared / np.maximum(scale, 1e-8), 0.0), together


def _without_style(correlation: Array, variance: Array) -> Array:
    """Partial correlations of a battery, given a style that moves every item by the same amount: in each score by its variance.

    The style is as large as the median of all pairs says, which a few twins do not move, and never negative.
    """
    one, other = np.triu_indices(len(variance), 1)
    size = max(0.0, float(np.median(correlation[one, other] / np.sqrt(variance[one] * variance[other]))))
    part = np.minimum(size * variance, _MOST_STYLE)
    return np.asarray((correlation - np.sqrt(np.outer(part, part))) / np.sqrt(np.outer(1 - part, 1 - part)))


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
    canonical = np.linalg.svd(left.T @ right, compute_uv=False).clip(0, _MOST)
    return float(1 - np.prod(1 - canonical**2))
