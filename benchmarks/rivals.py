"""Five other ways to segment a survey, each choosing its own number (silhouette, or BIC for StepMix) and once more told the true one."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

MOST = 7
SILHOUETTE_ROWS = 1500
_LARGE = 1500
"""People above which the slow ones get one start."""

Fit = Callable[[pd.DataFrame, int], np.ndarray]


def _kinds(X: pd.DataFrame) -> tuple[list[str], list[str]]:
    ordered = [c for c in X if isinstance(X[c].dtype, pd.CategoricalDtype) and X[c].dtype.ordered]
    return ordered, [c for c in X if c not in ordered]


def filled(X: pd.DataFrame) -> pd.DataFrame:
    """Ratings as z-scores with the mean where missing; "no answer" as a level of its own."""
    ordered, other = _kinds(X)
    out = pd.DataFrame(index=X.index)
    for column in ordered:
        value = X[column].astype(float)
        out[column] = ((value - value.mean()) / (value.std() or 1.0)).fillna(0.0)
    for column in other:
        out[column] = X[column].astype(object).where(X[column].notna(), "no answer").astype(str).astype(object)
    return out


def one_hot(X: pd.DataFrame) -> np.ndarray:
    """Ratings z-scored, everything else one column per level."""
    return pd.get_dummies(filled(X)).to_numpy(dtype=float)


def k_means(X: pd.DataFrame, k: int) -> np.ndarray:
    """k-means on one-hot."""
    return KMeans(k, n_init=10, random_state=0).fit_predict(one_hot(X))


def famd(X: pd.DataFrame, k: int) -> np.ndarray:
    """FAMD (8 components, prince), then k-means."""
    return KMeans(k, n_init=10, random_state=0).fit_predict(_famd(X))


def _famd(X: pd.DataFrame) -> np.ndarray:
    import prince

    data = filled(X)
    if not _kinds(X)[0]:
        return prince.MCA(n_components=8, random_state=0).fit(data).row_coordinates(data).to_numpy()
    return prince.FAMD(n_components=8, n_iter=3, random_state=0).fit(data).row_coordinates(data).to_numpy()


def k_prototypes(X: pd.DataFrame, k: int) -> np.ndarray:
    """k-prototypes (kmodes), 3 starts; one above 1,500 people."""
    from kmodes.kprototypes import KPrototypes

    data = filled(X)
    nominal = list(range(len(_kinds(X)[0]), data.shape[1]))
    return np.asarray(
        KPrototypes(k, n_init=3 if len(X) <= _LARGE else 1, random_state=0, init="Huang").fit_predict(
            data.to_numpy(), categorical=nominal
        )
    )


def stepmix(X: pd.DataFrame, k: int) -> tuple[np.ndarray, float]:
    """StepMix on mixed measurement (ratings continuous): labels and BIC."""
    from stepmix.utils import get_mixed_descriptor

    ordered, other = _kinds(X)
    data = pd.DataFrame({c: X[c].astype(float) for c in ordered})
    binary = [c for c in other if pd.api.types.is_bool_dtype(X[c].dtype)]
    for column in other:
        code = X[column].astype(float) if column in binary else pd.Series(pd.Categorical(X[column]).codes, dtype=float)
        data[column] = code.where(code >= 0)
    end = "_nan" if data.isna().to_numpy().any() else ""
    parts = {"continuous": ordered, "binary": binary, "categorical": [c for c in other if c not in binary]}
    data, description = get_mixed_descriptor(data, **{name + end: columns for name, columns in parts.items() if columns})
    return _stepmix(data, k, description)


def lca(X: pd.DataFrame, k: int) -> tuple[np.ndarray, float]:
    """StepMix as plain latent class analysis (ratings are categories too): labels and BIC."""
    data = pd.DataFrame({c: pd.Series(pd.Categorical(X[c]).codes, dtype=float) for c in X})
    data = data.where(data >= 0)
    return _stepmix(data, k, "categorical_nan" if data.isna().to_numpy().any() else "categorical")


def _stepmix(data: pd.DataFrame, k: int, measurement: object) -> tuple[np.ndarray, float]:
    """3 starts; one above 1,500 people with missing answers, where a start takes ten seconds. A fit without a likelihood is the worst."""
    from stepmix.stepmix import StepMix

    starts = 1 if len(data) > _LARGE and data.isna().to_numpy().any() else 3
    model = StepMix(k, measurement=measurement, n_init=starts, max_iter=150, random_state=0, verbose=0, progress_bar=0).fit(data)
    bic = float(model.bic(data))
    return np.asarray(model.predict(data)), bic if np.isfinite(bic) else np.inf


def by_silhouette(fit: Fit, X: pd.DataFrame, true_k: int) -> tuple[np.ndarray, np.ndarray]:
    """(labels with its own number, labels with the true one)."""
    space = _famd(X) if fit is famd else one_hot(X)
    rows = min(SILHOUETTE_ROWS, len(X))
    found = {k: fit(X, k) for k in range(2, MOST + 1)}
    score = {k: silhouette_score(space, v, sample_size=rows, random_state=0) for k, v in found.items() if len(set(v)) > 1}
    own = found[max(score, key=lambda k: score[k])]
    return own, found.get(true_k, np.zeros(len(X)))


def by_bic(
    fit: Callable[[pd.DataFrame, int], tuple[np.ndarray, float]], X: pd.DataFrame, true_k: int
) -> tuple[np.ndarray, np.ndarray]:
    """(labels with the lowest BIC, labels with the true number)."""
    found = {k: fit(X, k) for k in range(1, MOST + 1)}
    return min(found.values(), key=lambda f: f[1])[0], found[true_k][0]


def all_rivals(X: pd.DataFrame, true_k: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """{name: (own number, told the true number)}."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        out = {
            name: by_silhouette(fit, X, true_k) for name, fit in (("k-means", k_means), ("FAMD", famd), ("k-proto", k_prototypes))
        }
        return out | {name: by_bic(fit, X, true_k) for name, fit in (("StepMix", stepmix), ("LCA", lca))}
