"""Logistic regression for what is learned from the study itself: scikit-learn's, with one row of weights for every class."""

from __future__ import annotations

import numpy as np
from scipy import sparse

TOLERANCE, STEPS = 1e-2, 200
"""When the fit may stop: what is left of the gradient, and Newton steps at most."""


def fitted(
    inputs: sparse.csr_matrix, classes: np.ndarray, weight: np.ndarray, *, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """(weights, inputs x classes; bias). ``classes``: that of each row, 0 .. n - 1, of which each occurs; ``weight``: of each row;
    ``strength``: scikit-learn's C. The same input gives the same output."""
    from sklearn.linear_model import LogisticRegression

    # Newton steps by conjugate gradients, in single precision: the quickest of scikit-learn's solvers on many sparse n-grams.
    model = LogisticRegression(C=strength, max_iter=STEPS, tol=TOLERANCE, solver="newton-cg")
    model.fit(inputs.astype(np.float32), classes, sample_weight=weight.astype(np.float32))
    weights, bias = np.asarray(model.coef_, float).T, np.asarray(model.intercept_, float)
    if len(model.classes_) == 2:  # one row serves both
        return np.hstack([-weights / 2, weights / 2]), np.append(-bias / 2, bias / 2)
    return weights, bias
