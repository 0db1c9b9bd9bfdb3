"""The encoded answers as the mixture model sees them, with what is computed from them once: groups of items, totals of batteries, style nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from research_kit.personas.tables import Group, groups

Array = np.ndarray

_NODES = 9
_REACH = 2.6
"""Style nodes: equally spaced, normal weights. Gauss-Hermite nodes lie too far apart once twenty items pin u down."""


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

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The ordered items by number of levels."""
        return groups(self.level_scores, self.level_exists, self.battery)

    @cached_property
    def seen_by_group(self) -> tuple[Array, ...]:
        """``seen`` of each group's items."""
        return tuple(np.ascontiguousarray(self.seen[:, group.columns]) for group in self.groups)

    @cached_property
    def weighted_scores(self) -> Array:
        """(n, J)"""
        return np.asarray(self.scores * self.ordered_weight)

    @cached_property
    def weighted_nominal(self) -> Array:
        """(n, C)"""
        return np.asarray(self.nominal * self.nominal_weight)

    @cached_property
    def battery_totals(self) -> Array:
        """(n, G): each person's sum of scores in each battery."""
        return _totals(self, np.ones_like(self.ordered_weight))

    @cached_property
    def weighted_totals(self) -> Array:
        """(n, G): the same with the items' weights."""
        return _totals(self, self.ordered_weight)

    @property
    def batteries(self) -> int:
        """Batteries with a style of their own."""
        return int(max(self.battery, default=-1)) + 1

    @property
    def items(self) -> int:
        """Ordered and nominal items."""
        return int(self.scores.shape[1]) + len(self.spans)

    def keep(self, items: Array) -> Design:
        """The same people and some of the items: ordered ones by their place, nominal ones by theirs behind all of these."""
        ordered = items[items < self.scores.shape[1]]
        spans = [self.spans[item - self.scores.shape[1]] for item in items[items >= self.scores.shape[1]]]
        columns = np.array([column for start, stop in spans for column in range(start, stop)], dtype=int)
        ends = np.cumsum([stop - start for start, stop in spans]).tolist()
        return replace(
            self,
            scores=self.scores[:, ordered],
            seen=self.seen[:, ordered],
            levels=self.levels[:, ordered],
            level_scores=self.level_scores[ordered],
            level_exists=self.level_exists[ordered],
            battery=self.battery[ordered],
            ordered_weight=self.ordered_weight[ordered],
            nominal=self.nominal[:, columns],
            spans=tuple(zip([0, *ends[:-1]], ends, strict=True)) if spans else (),
            nominal_weight=self.nominal_weight[columns],
        )

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


def _totals(design: Design, weights: Array) -> Array:
    """(n, G): each person's weighted sum of scores in each battery."""
    out = np.zeros((design.n, design.batteries))
    for g in range(design.batteries):
        items = design.battery == g
        out[:, g] = design.scores[:, items] @ weights[items]
    return out


def nodes(design: Design) -> tuple[Array, Array]:
    """Places and log weights of the style variable; a single zero where there is no battery."""
    if not design.batteries:
        return np.zeros(1), np.zeros(1)
    places = np.linspace(-_REACH, _REACH, design.nodes)
    weights = np.exp(-0.5 * places**2)
    weights /= weights.sum()
    places = places / np.sqrt((weights * places**2).sum())
    return places, np.log(weights)
