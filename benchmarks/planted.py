"""Planted studies: questionnaires with a known number of personas, and how well anybody could find them.

Every answer is drawn from probability tables, so the Bayes classifier with the true tables is known; ``separation`` is its ARI, reached by
bisection on the size of the differences between personas. A respondent's response style is drawn apart and belongs to no persona.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.metrics import adjusted_rand_score

_NODES = np.linspace(-2.6, 2.6, 9)


@dataclass(frozen=True)
class Plan:
    """One study to plant."""

    name: str
    k: int
    n: int
    separation: float = 0.8
    """ARI of the Bayes classifier; ignored for k = 1."""
    ratings: int = 10
    levels: int = 5
    singles: int = 8
    options: int = 0
    noise: int = 0
    """Questions that no persona answers differently, half ratings, half single choices."""
    style: float = 0.0
    """Standard deviation of the response style, in units of the spread of one rating."""
    ticks: float = 0.0
    """The same for how many options a person ticks."""
    missing: float = 0.0
    degree: float = 0.0
    """Without personas: one continuous dimension that every rating and single choice goes along with, each to its own extent."""
    pairs: float = 0.0
    """Correlation of the noise of neighbouring ratings: answers that go together for everybody. The Bayes figure leaves it out."""
    shares: tuple[float, ...] = ()
    """Empty = equal."""

    @property
    def smallest(self) -> float:
        """Expected size of the smallest persona."""
        return self.n * min(self.shares or (1 / self.k,))


@dataclass(frozen=True)
class Planted:
    """Answers, the questions that belong together, and the truth."""

    X: pd.DataFrame
    blocks: dict[str, list[str]]
    truth: np.ndarray
    bayes: float
    """ARI of the Bayes classifier on these very people."""


def plant(plan: Plan, seed: int) -> Planted:
    """Draw a study. The same plan and seed give the same study."""
    rng = np.random.default_rng([seed, sum(map(ord, plan.name))])
    shape = _shape(plan, rng)
    size = 0.0
    if plan.k > 1:
        low, high = 0.0, 6.0
        for _ in range(14):
            size = (low + high) / 2
            reached = _draw(plan, shape, size, 4000, np.random.default_rng(seed + 1)).bayes
            low, high = (size, high) if reached < plan.separation else (low, size)
    return _draw(plan, shape, size, plan.n, rng)


@dataclass(frozen=True)
class _Shape:
    """Directions in which personas differ (k, items...) and what all share."""

    ratings: np.ndarray
    rating_middle: np.ndarray
    singles: list[np.ndarray]
    single_base: list[np.ndarray]
    options: np.ndarray
    option_base: np.ndarray


def _shape(plan: Plan, rng: np.random.Generator) -> _Shape:
    n_ratings, n_singles = plan.ratings + plan.noise // 2, plan.singles + plan.noise - plan.noise // 2
    ratings = rng.normal(size=(plan.k, n_ratings))
    ratings[:, plan.ratings :] = 0
    sizes = rng.integers(2, 6, size=n_singles)
    singles = [rng.normal(size=(plan.k, s)) * (j < plan.singles) for j, s in enumerate(sizes)]
    return _Shape(
        ratings,
        rng.normal(0, 0.6, size=n_ratings),
        singles,
        [rng.normal(0, 0.7, size=s) for s in sizes],
        rng.normal(size=(plan.k, plan.options)),
        rng.normal(-0.8, 0.8, size=plan.options),
    )


def _draw(plan: Plan, shape: _Shape, size: float, n: int, rng: np.random.Generator) -> Planted:
    shares = np.array(plan.shares or np.full(plan.k, 1 / plan.k))
    truth = rng.choice(plan.k, size=n, p=shares / shares.sum())
    u, v = rng.normal(size=n), rng.normal(size=n)
    answers: dict[str, np.ndarray] = {}
    trait = rng.normal(size=n) * plan.degree
    extent = rng.uniform(0.3, 1.2, size=shape.ratings.shape[1])
    log_p = np.zeros((n, plan.k, len(_NODES)))
    log_q = np.zeros((n, plan.k, len(_NODES)))
    error = rng.normal(size=(n, shape.ratings.shape[1] + 1))
    for j in range(1, shape.ratings.shape[1], 2):
        error[:, j] = plan.pairs * error[:, j - 1] + np.sqrt(1 - plan.pairs**2) * error[:, j]
    cuts = np.linspace(-1.8, 1.8, plan.levels - 1)
    for j in range(shape.ratings.shape[1]):
        mean = shape.rating_middle[j] + 0.6 * size * shape.ratings[:, j]
        value = np.searchsorted(cuts, mean[truth] + plan.style * u + extent[j] * trait + error[:, j])
        gone = rng.random(n) < plan.missing
        places = mean[:, None] + plan.style * _NODES
        edges = np.concatenate([[-np.inf], cuts, [np.inf]])
        table = norm.cdf(edges[1:, None, None] - places) - norm.cdf(edges[:-1, None, None] - places)
        log_p += np.where(gone[:, None, None], 0.0, np.log(np.maximum(table[value], 1e-12)))
        answers[f"rating{j + 1}"] = np.where(gone, -1, value)
    for j, (direction, base) in enumerate(zip(shape.singles, shape.single_base, strict=True)):
        table = _softmax(base + size * direction)
        leaning = _softmax(base + np.outer(trait, np.arange(len(base)) - 1.0))
        table_of_each = leaning if plan.degree else table[truth]
        value = (rng.random(n)[:, None] > table_of_each.cumsum(axis=1)).sum(axis=1).clip(max=len(base) - 1)
        gone = rng.random(n) < plan.missing
        log_p += np.where(gone[:, None], 0.0, np.log(table[:, value].T))[:, :, None]
        answers[f"single{j + 1}"] = np.where(gone, -1, value)
    skipped = rng.random(n) < plan.missing
    for j in range(plan.options):
        places = (shape.option_base[j] + size * shape.options[:, j])[:, None] + plan.ticks * _NODES
        yes = 1 / (1 + np.exp(-places))
        mine = 1 / (1 + np.exp(-(shape.option_base[j] + size * shape.options[truth, j] + plan.ticks * v)))
        value = rng.random(n) < mine
        each = np.where(value[:, None, None], np.log(yes), np.log1p(-yes))
        log_q += np.where(skipped[:, None, None], 0.0, each)
        answers[f"option{j + 1}"] = np.where(skipped, -1, value)
    weight = np.log(np.exp(-0.5 * _NODES**2) / np.exp(-0.5 * _NODES**2).sum())
    joint = np.logaddexp.reduce(log_p + weight, axis=2) + np.logaddexp.reduce(log_q + weight, axis=2) + np.log(shares)
    bayes = float(adjusted_rand_score(truth, joint.argmax(axis=1))) if plan.k > 1 else 1.0
    return Planted(_frame(answers, plan.levels), _blocks(answers), truth, bayes)


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def _frame(answers: dict[str, np.ndarray], levels: int) -> pd.DataFrame:
    out: dict[str, object] = {}
    for name, value in answers.items():
        gone = value < 0
        if name.startswith("rating"):
            shifted = pd.Series(value + 1).where(~gone)
            out[name] = pd.Categorical(shifted, categories=list(range(1, levels + 1)), ordered=True)
        elif name.startswith("single"):
            out[name] = pd.Series([f"answer {chr(97 + int(v))}" for v in value], dtype="str").where(~gone)
        else:
            out[name] = pd.Series(value == 1).astype("boolean").mask(gone)
    return pd.DataFrame(out)


def _blocks(answers: dict[str, np.ndarray]) -> dict[str, list[str]]:
    options = [name for name in answers if name.startswith("option")]
    ratings = [name for name in answers if name.startswith("rating")]
    return {name: columns for name, columns in (("options", options), ("ratings", ratings)) if columns}


_UNEQUAL = {2: (0.8, 0.2), 3: (0.6, 0.3, 0.1), 4: (0.5, 0.25, 0.15, 0.1), 5: (0.4, 0.25, 0.15, 0.1, 0.1)}
_SHORT = {"ratings": 8, "singles": 4}
_EVERYTHING = {"ratings": 12, "singles": 6, "options": 12, "noise": 6, "style": 0.7, "missing": 0.1}

_KINDS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("clean", {"separation": 0.9}, "2:80 2:200 2:1000 3:150 3:400 3:2000 4:300 4:1000 5:600 5:3000 6:1200 6:5000"),
    ("overlapping", {"separation": 0.63}, "2:120 2:500 3:300 3:1000 4:500 4:2000 5:1000 6:2000 2:5000 3:5000"),
    ("unequal", {}, "2:200 2:1000 3:400 3:2000 4:600 4:3000 5:1500"),
    ("missing", {"separation": 0.75, "missing": 0.15}, "2:200 3:400 4:800 5:1500 3:3000"),
    ("style", {"ratings": 14, "singles": 5, "levels": 7, "style": 1.0}, "2:250 3:500 4:1000 5:2000 3:5000 4:400"),
    ("categorical", {"separation": 0.75, "ratings": 2, "singles": 14}, "2:200 3:600 4:1000 5:2000 6:3000"),
    ("noise questions", {"separation": 0.75, "ratings": 8, "singles": 6, "noise": 12}, "2:300 3:600 4:1000 5:2000 3:200"),
    ("multi-select", {**_SHORT, "options": 20}, "2:300 3:600 4:1000 5:2500 3:250"),
    ("ticks", {**_SHORT, "options": 15, "ticks": 0.8}, "2:400 3:800 4:1500 3:300"),
    ("pairs", {"pairs": 0.5}, "2:300 3:600 4:1200 3:2500"),
    ("everything", {"separation": 0.7, **_EVERYTHING}, "3:700 4:1500 2:350 5:4000"),
    ("too small", {"separation": 0.9}, "3:100 5:160 6:200"),
    ("nothing", {}, "1:80 1:300 1:1000 1:5000"),
    ("nothing but style", {"ratings": 14, "style": 1.0, "levels": 7}, "1:150 1:600 1:3000"),
    ("nothing, multi-select", {"options": 20, "ticks": 0.8}, "1:200 1:1000 1:4000"),
    ("nothing, missing", {"missing": 0.15}, "1:250 1:1500"),
    ("nothing, pairs", {"pairs": 0.5}, "1:300 1:1200"),
    ("degrees", {"degree": 1.0}, "1:200 1:600 1:1500"),
)


def battery() -> list[Plan]:
    """The studies of the benchmark, in order."""
    plans = []
    for kind, options, sizes in _KINDS:
        for size in sizes.split():
            k, n = map(int, size.split(":"))
            shares = _UNEQUAL[k] if kind == "unequal" else (0.1, *([0.9 / (k - 1)] * (k - 1))) if kind == "too small" else ()
            plans.append(Plan(f"{kind} k={k} n={n}", k, n, shares=shares, **options))
    return plans
