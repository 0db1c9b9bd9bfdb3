"""PersonaModel: mixed survey answers -> personas, as a scikit-learn clusterer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from research_kit.personas import alternatives, choose, stability
from research_kit.personas.design import Design
from research_kit.personas.encode import Encoding, learn
from research_kit.personas.explain import explain
from research_kit.personas.mixture import Prior, posterior

SURE = 0.5
"""A person belongs to a persona that is more probable than all others together, else to none."""
_FIT_ROWS = 5000
_RESAMPLES = 25
_STARTS = 10


class PersonaModel(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Groups of people who answer alike, as many as survive resampling, or none.

    X is a DataFrame of mixed answers: an ordered Categorical is ordered, str or Categorical a single choice, bool an option, a number numeric;
    missing answers are allowed and stay missing. A numeric array is taken as numbers. ``blocks`` = {name: [columns]} says which columns are one
    multi-select or matrix. ``n_personas`` fixes their number; "auto" lets the data decide, and 0 ("none") is an answer.
    ``sample_weight`` sizes the personas (``shares_``) and does not shape them.

    Refuses what is not an answer: constants, near-duplicates, dates, columns of mostly distinct texts and columns that most people left
    empty take no part; ``left_out_`` names each with its reason.

    After ``fit``: ``labels_`` (-1 = unassigned: no persona is more probable than all others
    together, or fewer than three questions and a fifth of them were answered), ``n_personas_``, ``verdict_`` (strong, moderate, weak,
    none) with ``reasons_``, ``stability_`` (one row per number tried), ``jaccard_`` (per
    persona), ``halves_`` (ARI of two random halves typed onto each other; None without personas), ``shares_``, ``explain()``.

    Method: a latent class model with a response-style term (``mixture``), stability by bootstrap (``stability``), the choice in ``choose``.
    Above 5,000 rows the model learns from a seeded sample and types everybody.
    """

    def __init__(
        self,
        n_personas: int | Literal["auto"] = "auto",
        *,
        blocks: Mapping[str, Sequence[Any]] | None = None,
        max_personas: int = 6,
        random_state: Any = 0,
    ) -> None:
        self.n_personas = n_personas
        self.blocks = blocks
        self.max_personas = max_personas
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> PersonaModel:
        """Find the personas. ValueError when ``n_personas`` or the shapes cannot be used."""
        frame = self._frame(X, reset=True)
        if self.n_personas != "auto" and not _at_least_one(self.n_personas):
            raise ValueError(f"n_personas is {self.n_personas!r}; it must be 'auto' or a whole number of at least 1.")
        if not _at_least_one(self.max_personas):
            raise ValueError(f"max_personas is {self.max_personas!r}; it must be a whole number of at least 1.")
        if not _are_blocks(self.blocks):
            raise ValueError(
                "blocks must be a dict of a name and the list of its columns, such as {'devices': ['phone', 'laptop']}."
            )
        if strangers := [c for columns in (self.blocks or {}).values() for c in columns if c not in frame.columns]:
            raise ValueError(f"blocks name columns that X does not have: {', '.join(map(repr, strangers[:5]))}.")
        if self.n_personas != "auto" and self.n_personas > len(frame):
            raise ValueError(f"n_personas is {self.n_personas}, and X has n_samples = {len(frame)}; it can be no more than that.")
        weight = self._weights(sample_weight, len(frame))
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        rng = np.random.default_rng(seed)
        rows = np.arange(len(frame))
        if len(frame) > _FIT_ROWS:
            rows = np.sort(rng.choice(len(frame), _FIT_ROWS, replace=False))
        with threadpool_limits(1):  # sums in one order, so that two cores give what one core gives
            part = frame.iloc[rows]
            self.encoding_: Encoding = learn(part, self.blocks)
            self.left_out_ = self.encoding_.left_out
            design = self.encoding_.design(part)
            self._form(design.take(np.flatnonzero(self.encoding_.enough(design))), rng)
            self._size(frame, weight)
        return self

    def _form(self, design: Design, rng: np.random.Generator) -> None:
        """Try every number that n allows, choose, and keep the winner's parameters."""
        fixed = None if self.n_personas == "auto" else int(self.n_personas)
        most = choose.most_allowed(design.n, self.max_personas) if fixed is None else fixed
        tried = range(1, most + 1) if design.n and design.ordered_weight.size + len(design.spans) else range(0)
        draws = stability.bootstrap(design.n, _RESAMPLES, rng) if tried else np.zeros((0, design.n))
        solutions = [stability.solve(design, k, draws, rng, starts=_STARTS, prior=Prior()) for k in tried]
        best = choose.winner(solutions, design.n) if fixed is None else solutions[-1] if solutions else None
        decide = choose.choose if fixed is None or not solutions else choose.fixed
        checks = None
        if best is not None and best.k > 1:
            price = choose.penalty(design.n)
            lead, dimensions = alternatives.degrees(design, best.parameters, best.parameters_used, price, Prior())
            ahead = choose.cost(solutions[0], design.n) - choose.cost(best, design.n)
            without = alternatives.without_pairs(design, best.k, ahead, price, rng.spawn(1)[0], Prior())
            checks = choose.Checks(lead, dimensions, without, 1.0)
            if decide(solutions, design.n, checks).k:  # where even halves that agree would not save the personas, none are run
                checks = replace(checks, halves=stability.halves(design, best.k, rng, prior=Prior()))
        self.choice_ = decide(solutions, design.n, checks)
        self.verdict_ = self.choice_.verdict
        self.halves_ = checks.halves if checks and self.choice_.k else None
        self.reasons_ = self.choice_.reasons
        self.stability_ = _curve(solutions, self.choice_, design.n)
        self.parameters_ = solutions[self.choice_.k - 1].parameters if self.choice_.k else None
        self._jaccard = solutions[self.choice_.k - 1].jaccard if self.choice_.k else np.zeros(0)

    def _size(self, frame: pd.DataFrame, weight: np.ndarray) -> None:
        """Order the personas by size, largest first, and label everybody."""
        self.n_personas_ = self.choice_.k
        self.order_ = np.arange(self.n_personas_)
        first = self._typed(frame)
        mass = np.bincount(first[first >= 0], weights=weight[first >= 0], minlength=self.n_personas_)
        self.order_ = np.argsort(-mass, kind="stable")
        self.jaccard_ = self._jaccard[self.order_]
        self.labels_ = self._typed(frame)
        placed = self.labels_ >= 0
        counts = np.bincount(self.labels_[placed], weights=weight[placed], minlength=self.n_personas_)
        self.shares_ = counts / max(counts.sum(), 1e-12)
        self._training = (frame, weight)

    def predict(self, X: Any) -> np.ndarray:
        """Persona number of each row; -1 where none is more probable than all others together, or where hardly anything was answered."""
        check_is_fitted(self, "choice_")
        with threadpool_limits(1):
            return self._typed(self._frame(X, reset=False))

    def predict_proba(self, X: Any) -> np.ndarray:
        """(n, n_personas_): probability of each persona; no columns when there are none."""
        check_is_fitted(self, "choice_")
        with threadpool_limits(1):
            return self._probabilities(self._frame(X, reset=False))

    def explain(self) -> pd.DataFrame:
        """What sets each persona apart from all others, strongest first.

        One row per persona and answer: persona, column, answer, value (share or mean), others, low, high (95%), effect (Cohen's h or d), p,
        p_adjusted (Benjamini-Hochberg over all rows).
        """
        check_is_fitted(self, "choice_")
        frame, weight = self._training
        return explain(frame, self.labels_, self.n_personas_, weight=weight, columns=[i.column for i in self.encoding_.items])

    def _typed(self, frame: pd.DataFrame) -> np.ndarray:
        """Labels: -1 for people who are between personas, or who said too little."""
        probability = self._probabilities(frame)
        if not probability.shape[1]:
            return np.full(len(frame), -1)
        sure = (probability.max(axis=1) >= SURE) & self.encoding_.enough(self.encoding_.design(frame))
        return np.where(sure, probability.argmax(axis=1), -1)

    def _probabilities(self, frame: pd.DataFrame) -> np.ndarray:
        if not self.choice_.k or self.parameters_ is None:
            return np.zeros((len(frame), 0))
        return posterior(self.encoding_.design(frame), self.parameters_)[:, self.order_]

    def _frame(self, X: Any, *, reset: bool) -> pd.DataFrame:
        if isinstance(X, pd.DataFrame):
            twice = X.columns[X.columns.duplicated()].unique()
            if len(twice):
                raise ValueError(
                    f"Two columns have the same name: {', '.join(map(str, twice))}. Every column needs its own name."
                )
            validate_data(self, X, reset=reset, skip_check_array=True)
            if reset and not len(X):
                raise ValueError("Found array with 0 sample(s) while a minimum of 1 is required.")
            return _finite(X)
        array = validate_data(
            self, X, reset=reset, ensure_all_finite="allow-nan", dtype="numeric", ensure_min_samples=2 if reset else 1
        )
        return pd.DataFrame(array)

    def _weights(self, sample_weight: Any, n: int) -> np.ndarray:
        if sample_weight is None:
            return np.ones(n)
        try:
            weight = np.asarray(sample_weight, dtype=float)
        except (TypeError, ValueError) as problem:
            raise ValueError("sample_weight must be numbers of at least 0, one per row.") from problem
        if weight.shape != (n,) or not np.isfinite(weight).all() or (weight < 0).any():
            raise ValueError(f"sample_weight must be {n} finite numbers of at least 0, one per row; its shape is {weight.shape}.")
        if weight.sum() <= 0:
            raise ValueError("sample_weight is zero for everybody; at least one weight must be above zero.")
        return weight

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = True
        return tags


def _finite(X: pd.DataFrame) -> pd.DataFrame:
    """An infinite number is a missing one."""
    numbers = [place for place, dtype in enumerate(X.dtypes) if dtype.kind == "f"]
    if not numbers or not np.isinf(X.iloc[:, numbers].to_numpy(dtype=float, na_value=np.nan)).any():
        return X
    return X.replace([np.inf, -np.inf], np.nan)


def _at_least_one(number: Any) -> bool:
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool) and int(number) >= 1


def _are_blocks(blocks: Any) -> bool:
    if blocks is None:
        return True
    return isinstance(blocks, Mapping) and not any(isinstance(columns, str) for columns in blocks.values())


def _curve(solutions: Sequence[stability.Solution], choice: choose.Choice, n: int) -> pd.DataFrame:
    rows = [
        {
            "k": s.k,
            "stability": float(s.jaccard.mean()),
            "lowest": float(s.jaccard.min()),
            "smallest": int(choose.sizes(s).min()),
            "cost": choose.cost(s, n),
            "accepted": s.k in choice.accepted,
        }
        for s in solutions
        if s.k > 1
    ]
    columns = ["k", "stability", "lowest", "smallest", "cost", "accepted"]
    return pd.DataFrame(rows, columns=columns)
