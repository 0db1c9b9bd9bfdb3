# ruff: noqa: E501 (lists of inputs)
"""Clauses -> the text as a whole: a small layer over what its clauses say, its n-grams and what was asked. The same for all languages,
so that rated English reviews also teach how a long Chinese one adds up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from research_kit.text.judgement.weights import Layer
from research_kit.text.signs.units import FRAMES, Units, inputs

INPUTS = (
    "mean", "mean_good", "mean_bad", "first", "last", "best", "worst", "good_share", "bad_share", "grams_bad", "grams_calm", "grams_good", "balance", "strongest",
    "weakest", "textblob", "clauses", "silent", *(f"asked_{f}" for f in FRAMES), *(f"{f}_{w}" for f in FRAMES for w in ("short", "nothing", "silent", "mean")),
)  # fmt: skip
LONG_FROM = 3
"""Clauses from which a text is read as a long one alone."""
EXPLICIT = 4.0
"""What the balance of explicit words counts in a long text beside its n-grams: 3 to 4 was best on each of five rated files."""
_DENSE = ("balance", "strongest", "weakest")


def features(
    n: int, text_of: np.ndarray, poles: np.ndarray, size: np.ndarray, grams: np.ndarray, dense: np.ndarray, names: Sequence[str]
) -> np.ndarray:
    """Inputs of the layer, texts x INPUTS.

    ``text_of``, ``poles`` and ``size``: text, probabilities and length of each clause, in order; ``grams``: n-gram logits of each text;
    ``dense``: its evidence, columns as ``names``.
    """
    weight = np.sqrt(np.maximum(size, 1.0))
    total = np.maximum(np.bincount(text_of, weight, n), 1e-9)
    value = poles[:, 2] - poles[:, 0]

    def mean(of: np.ndarray) -> np.ndarray:
        return np.asarray(np.bincount(text_of, weight * of, n) / total)

    first = np.searchsorted(text_of, np.arange(n))
    last = np.searchsorted(text_of, np.arange(n), side="right") - 1
    first, many = np.minimum(first, len(value) - 1), np.maximum(last - first, 0)
    last = np.maximum(last, 0)
    some = np.bincount(text_of, minlength=n) > 0
    best, worst = np.full(n, -1.0), np.full(n, 1.0)
    np.maximum.at(best, text_of, value)
    np.minimum.at(worst, text_of, value)
    column = list(names).index
    spoken = dense[:, column("speaks")]
    blob = dense[:, column("textblob")]
    columns = [
        mean(value), mean(poles[:, 2]), mean(poles[:, 0]), value[first] * some, value[last] * some, best * some, worst * some, mean((value > 0.3).astype(float)), mean((value < -0.3).astype(float)),
        *np.clip(grams, -4, 4).T, *(dense[:, column(name)] for name in _DENSE), np.clip(blob, -2, 2), np.log1p(many), 1 - spoken,
    ]  # fmt: skip
    columns.extend(dense[:, column(f"asked_{frame}")] for frame in FRAMES)
    for frame in FRAMES:
        asked = dense[:, column(f"asked_{frame}")]
        columns += [*(dense[:, column(f"{frame}_{what}")] for what in ("short", "nothing", "silent")), asked * mean(value)]
    return np.column_stack(columns)


def blended(features: np.ndarray, short: Layer, long: Layer) -> np.ndarray:
    """Probabilities of the poles. A text of one clause says what its clause says. The more clauses, the more counts what explicit words
    and n-grams of the whole say together: of single clauses the layers that the written corpus taught know more, over long reviews
    their errors add up (measured on rated files)."""
    column = INPUTS.index
    many = np.expm1(features[:, column("clauses")])
    good, bad = features[:, column("mean_good")], features[:, column("mean_bad")]
    few = np.where((many < 0.5)[:, None], np.column_stack([bad, 1 - good - bad, good]), softmax(short(features)))
    share = np.clip(np.log1p(many) / np.log(LONG_FROM), 0, 1)[:, None]
    return np.asarray((1 - share) * few + share * softmax(long(long_inputs(features))))


def long_inputs(features: np.ndarray) -> np.ndarray:
    """Inputs of the layer for long texts: the balance of explicit words and the n-grams' leaning as one score, and its size."""
    column = INPUTS.index
    return plain_inputs(
        features[:, column("balance")], features[:, [column(f"grams_{lean}") for lean in ("bad", "calm", "good")]]
    )


def plain_inputs(balance: np.ndarray, grams: np.ndarray) -> np.ndarray:
    """The same of any units: ``grams`` are logits of POLES."""
    clipped = np.clip(grams, -4, 4)
    score = EXPLICIT * balance + clipped[:, 2] - clipped[:, 0]
    return np.column_stack([score, np.abs(score)])


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows of logits as probabilities."""
    across = np.ascontiguousarray(logits.T)  # over rows numpy goes several times as fast
    raised = np.exp(across - across.max(axis=0))
    return np.ascontiguousarray((raised / raised.sum(axis=0)).T)


def merged(
    n: int, parts: dict[str, tuple[np.ndarray, Units]], grams: dict[str, np.ndarray], known: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """N-gram logits and dense evidence of texts that may speak two languages: each path counts with the n-grams that it knows there."""
    names = inputs("en")
    logits, dense, share = np.zeros((n, 3)), np.zeros((n, len(names))), np.zeros(n)
    for path, (ids, units) in parts.items():
        if len(ids):
            weight = np.maximum(known[path], 1.0)
            logits[ids] += grams[path] * weight[:, None]
            dense[ids] += _aligned(units, names) * weight[:, None]
            share[ids] += weight
    share = np.maximum(share, 1.0)[:, None]
    return logits / share, dense / share


def _aligned(units: Units, names: Sequence[str]) -> np.ndarray:
    own = inputs(units.path)
    if own == list(names):
        return units.dense
    return units.dense[:, [own.index(name) for name in names]]
