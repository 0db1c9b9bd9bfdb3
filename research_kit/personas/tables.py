"""Level probabilities of the ordered items of ``mixture``, computed by what the items have in common.

Items with about as many levels share one array, so a yes/no question costs two levels and not the widest scale's; items of no battery have no
style and need one place of it instead of nine. exp(alpha + (beta + tau u) score) is split into exp(alpha + beta score), one per class, times
exp(tau u score), one per place of the style: no exponential is taken for every class at every place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

_WIDTHS = (2, 5)
"""Items of up to two, up to five and more levels share an array: few arrays, little padding."""
_FAR = 200.0
"""Exponents end here: a product of three of them is still a number."""


@dataclass(frozen=True)
class Group:
    """Ordered items with about as many levels, all of them in batteries or none."""

    columns: Array
    """(J,): their places among all ordered items."""
    scores: Array
    """(L, J)"""
    styled: bool


@dataclass(frozen=True)
class Table:
    """The items of one group under parameters (b, k); Q is 1 where the group has no style."""

    group: Group
    own: Array
    """(L, b, k, J)"""
    lift: Array
    """(L, b, Q, J)"""
    total: Array
    """(b, k, Q, J): sum over levels of own x lift."""

    def pick(self, which: Array) -> Table:
        """Some batch members."""
        return Table(self.group, self.own[:, which], self.lift[:, which], self.total[which])

    def moments(self) -> tuple[Array, Array]:
        """Mean and variance of the score (b, k, Q, J)."""
        scores = self.group.scores
        if len(scores) == 2:
            step = scores[1] - scores[0]
            high = (self.own[1][:, :, None] * self.lift[1][:, None]) / self.total
            return scores[0] + step * high, step**2 * (high * (1 - high))
        mean, square = np.zeros_like(self.total), np.zeros_like(self.total)
        term = np.empty_like(self.total)
        for level, score in enumerate(scores):
            np.multiply((self.own[level] * score[None, None])[:, :, None], self.lift[level][:, None], out=term)
            mean += term
            term *= score
            square += term
        mean /= self.total
        square /= self.total
        return mean, np.maximum(square - mean**2, 0.0)

    def expected(self, people: Array) -> Array:
        """(L, b, J): people expected to choose each level, for ``people`` (b, k, Q, J) who answered."""
        share = people / self.total
        return np.stack(
            [
                np.einsum("bkj,bkj->bj", own, np.einsum("bqj,bkqj->bkj", lift, share))
                for own, lift in zip(self.own, self.lift, strict=True)
            ]
        )


def groups(level_scores: Array, level_exists: Array, battery: Array) -> tuple[Group, ...]:
    """The items (J, L) sorted into groups, in a fixed order."""
    sizes = level_exists.sum(axis=1)
    bounds = np.searchsorted(_WIDTHS, sizes)
    out = []
    for bound in np.unique(bounds):
        for styled in (False, True):
            columns = np.flatnonzero((bounds == bound) & ((battery >= 0) == styled))
            if len(columns):
                size = int(sizes[columns].max())
                out.append(Group(columns, np.ascontiguousarray(level_scores[columns, :size].T), styled))
    return tuple(out)


def table(group: Group, alpha: Array, beta: Array, style: Array, z: Array) -> Table:
    """``alpha`` (b, J, L), ``beta`` (b, k, J) and ``style`` (b, J) of all items, at places ``z`` of the style."""
    columns, scores = group.columns, group.scores[:, None, None]
    margin = alpha[:, columns, : len(scores)].transpose(2, 0, 1)[:, :, None]
    own = np.exp(margin + np.clip(beta[:, :, columns] * scores, -_FAR, _FAR))
    if not group.styled:
        return Table(group, own, np.ones((len(scores), len(beta), 1, len(columns))), own.sum(axis=0)[:, :, None])
    lift = np.exp(np.clip(style[:, None, columns] * z[None, :, None] * scores, -_FAR, _FAR))
    total = own[0][:, :, None] * lift[0][:, None]
    term = np.empty_like(total)
    for level in range(1, len(scores)):
        total += np.multiply(own[level][:, :, None], lift[level][:, None], out=term)
    return Table(group, own, lift, total)
