"""Logistic regression over sparse inputs: two or more classes at once, ridge on the weights, none on the bias.

Newton's method, each step found by conjugate gradients as far as it is worth (truncated Newton; Dembo and Steihaug 1983; Nocedal and Wright 2006,
chapter 7). It goes the way of scikit-learn's LogisticRegression with ``newton-cg``, by the same rules of when to stop, in half the time: in
single precision, with one column of unknowns less than there are classes. And no process has to load scikit-learn for it.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

TOLERANCE = 1e-3
"""The largest part of the mean gradient that is left."""
STEPS, TRIES, INNER = 100, 12, 200
"""Newton steps, halvings of one, and conjugate gradients in one, at most."""

Solved = tuple[np.ndarray, np.ndarray]
"""(weights, inputs x classes; bias)."""


def fitted(
    inputs: sparse.csr_matrix, classes: np.ndarray, weight: np.ndarray, *, n: int, strength: float, start: Solved | None = None
) -> Solved:
    """Weights and bias of ``n`` classes, of which each occurs. ``classes``: that of each row; ``weight``: of each row; ``strength``: scikit-learn's C.

    ``start``: where to begin, such as the solution for a part of these rows. The same input gives the same output.
    """
    problem = _Problem(inputs, classes, weight, n, strength)
    basis = problem.basis.astype(float)
    begun = None if start is None else np.vstack([start[0], start[1]]) @ basis.T
    found = problem.solve(begun).astype(float) @ basis
    return found[:-1], found[-1]


class _Problem:
    """Loss, gradient and curvature, all divided by the sum of the weights. Only what sets classes apart counts, so there is one column of unknowns
    less than there are classes; the last row is the bias."""

    def __init__(self, inputs: sparse.csr_matrix, classes: np.ndarray, weight: np.ndarray, n: int, strength: float) -> None:
        self.inputs = inputs.astype(np.float32)
        self.columns = self.inputs.T
        self.share = (weight / weight.sum()).astype(np.float32)[:, None]
        self.truth = np.zeros((len(classes), n), np.float32)
        self.truth[np.arange(len(classes)), classes] = 1.0
        self.basis = _basis(n)
        # Two classes have one weight, of which each holds a half.
        self.ridge = np.float32((2.0 if n == 2 else 1.0) / (strength * weight.sum()))

    def solve(self, start: np.ndarray | None) -> np.ndarray:
        """The unknowns at the optimum: inputs and bias x classes - 1."""
        at = np.zeros((self.inputs.shape[1] + 1, len(self.basis)), np.float32) if start is None else start.astype(np.float32)
        logits = self._along(at)
        for _ in range(STEPS):
            shares = _softmax(logits)
            slope = self._back(self.share * (shares - self.truth)) + self._held(at)
            if np.abs(slope @ self.basis).max() <= TOLERANCE:
                break
            step, along = self._step(shares, slope)
            before, size = self._loss(logits, at), np.float32(1.0)
            while self._loss(logits + size * along, at + size * step) >= before:
                size /= 2
                if size < 2.0**-TRIES:  # as far as single precision sees
                    return at
            at, logits = at + size * step, logits + size * along
        return at

    def _step(self, shares: np.ndarray, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """About where the curvature puts the minimum, and what that adds to the logits."""
        step, along = np.zeros_like(slope), np.zeros_like(shares)
        rest, way = -slope, -slope
        enough = self._size(rest) * min(0.5, self._size(rest) ** 0.5)
        squared = float(np.vdot(rest, rest))
        for _ in range(INNER):
            moved = self._along(way)
            bent = self.share * shares * (moved - (shares * moved).sum(axis=1, keepdims=True))
            pull = self._back(bent) + self._held(way)
            far = np.float32(squared / max(float(np.vdot(way, pull)), 1e-30))
            step, along, rest = step + far * way, along + far * moved, rest - far * pull
            if self._size(rest) <= enough:
                break
            squared, last = float(np.vdot(rest, rest)), squared
            way = rest + np.float32(squared / last) * way
        return step, along

    def _size(self, at: np.ndarray) -> float:
        return float(np.abs(at @ self.basis).sum())

    def _loss(self, logits: np.ndarray, at: np.ndarray) -> float:
        top = logits.max(axis=1)
        each = np.log(np.exp(logits - top[:, None]).sum(axis=1)) + top - (logits * self.truth).sum(axis=1)
        return float(np.vdot(self.share[:, 0], each)) + float(self.ridge) / 2 * float(np.vdot(at[:-1], at[:-1]))

    def _held(self, at: np.ndarray) -> np.ndarray:
        """What the ridge adds: nothing for the bias."""
        return np.vstack([self.ridge * at[:-1], np.zeros_like(at[-1:])])

    def _along(self, at: np.ndarray) -> np.ndarray:
        """Logits of the rows: rows x classes."""
        # One column at a time is faster than all at once.
        columns = [self.inputs @ np.ascontiguousarray(column[:-1]) + column[-1] for column in at.T]
        return np.asarray(np.column_stack(columns) @ self.basis)

    def _back(self, rows: np.ndarray) -> np.ndarray:
        """What rows x classes say of the unknowns."""
        turned = (rows @ self.basis.T).T
        return np.column_stack([np.append(self.columns @ np.ascontiguousarray(column), column.sum()) for column in turned])


def _basis(n: int) -> np.ndarray:
    """Directions that set ``n`` classes apart, at right angles and of length one: n - 1 x n."""
    rows = [np.r_[np.ones(k), -k, np.zeros(n - k - 1)] / np.sqrt(k * (k + 1)) for k in range(1, n)]
    return np.array(rows, np.float32)


def _softmax(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
