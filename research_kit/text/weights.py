"""The shipped weights: small linear models, quantised, read with numpy alone (weights/*.npz, made by training/train.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse

from research_kit.text import ngrams
from research_kit.text.units import Units

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Layer:
    """A linear layer: inputs @ coefficients + bias, one column per label."""

    labels: tuple[str, ...]
    coefficients: np.ndarray
    bias: np.ndarray

    def __call__(self, inputs: np.ndarray | sparse.csr_matrix) -> np.ndarray:
        """Log-odds (or logits of a softmax): rows x labels."""
        return np.asarray(np.asarray(inputs @ self.coefficients) + self.bias)


@dataclass(frozen=True)
class Weights:
    """Everything learned for a path ("en" or "zh"), or for whole texts of any ("whole": second layers alone)."""

    columns: np.ndarray
    """Bucket -> column of the n-gram models, or -1."""
    idf: np.ndarray
    grams: Mapping[str, Layer]
    """First layers, over n-grams: sentiment, emotion, kind, and goemotions for English."""
    stacks: Mapping[str, Layer]
    """Second layers, over dense evidence and the first layers' logits: clause, text, emotion, kind."""
    together: Layer | None = None
    """All first layers side by side, in the order of ``grams``: one product instead of four."""

    def first(self, table: sparse.csr_matrix, heads: tuple[str, ...]) -> dict[str, np.ndarray]:
        """Logits of these first layers."""
        if self.together is None or set(heads) != set(self.grams):
            return {head: self.grams[head](table) for head in heads if head in self.grams}
        logits = self.together(table)
        ends = np.cumsum([len(layer.labels) for layer in self.grams.values()])[:-1]
        return dict(zip(self.grams, np.split(logits, ends, axis=1), strict=True))

    def counts(self, units: Units) -> sparse.csr_matrix:
        """The n-grams of the units that the models know: 0/1."""
        unit, column = units.pieces.known(units.owner, self.columns)
        return ngrams.held(unit, column, len(units), len(self.idf))


def packed(coefficients: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One byte a weight: (int8, scale of each column)."""
    scale = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / 127
    return np.round(coefficients / scale).astype(np.int8), scale.astype(np.float32)


def save(name: str, kept: np.ndarray, idf: np.ndarray, grams: Mapping[str, Layer], stacks: Mapping[str, Layer]) -> None:
    """Write weights/<name>.npz; the same weights give the same bytes."""
    arrays: dict[str, np.ndarray] = {"buckets": kept.astype(np.int32), "idf": idf.astype(np.float16)}
    for head, layer in grams.items():
        arrays[f"gram.{head}.weights"], arrays[f"gram.{head}.scale"] = packed(layer.coefficients)
        arrays[f"gram.{head}.bias"], arrays[f"gram.{head}.labels"] = layer.bias.astype(np.float32), np.array(layer.labels)
    for head, layer in stacks.items():
        arrays[f"stack.{head}.weights"], arrays[f"stack.{head}.bias"] = (
            layer.coefficients.astype(np.float32),
            layer.bias.astype(np.float32),
        )
        arrays[f"stack.{head}.labels"] = np.array(layer.labels)
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(FOLDER / f"{name}.npz", **arrays)  # type: ignore[arg-type]
    load.cache_clear()


@cache
def load(name: str) -> Weights:
    """The weights of a path, or of whole texts."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    columns = np.full(ngrams.BUCKETS, -1, np.int32)
    columns[arrays["buckets"]] = np.arange(len(arrays["buckets"]), dtype=np.int32)
    names = _names(arrays, "gram")
    ends = np.cumsum([0, *(arrays[f"gram.{name}.weights"].shape[1] for name in names)]).tolist()
    together = Layer(
        tuple(label for name in names for label in _labels(arrays, "gram", name)),
        np.empty((len(arrays["buckets"]), ends[-1]), np.float32),
        np.concatenate([arrays[f"gram.{name}.bias"] for name in names] or [np.zeros(0)]),
    )
    for name, first, end in zip(names, ends, ends[1:], strict=False):
        np.multiply(arrays[f"gram.{name}.weights"], arrays[f"gram.{name}.scale"], out=together.coefficients[:, first:end])
    # The single layers are parts of the whole: nothing of it stands there twice.
    grams = {
        name: Layer(together.labels[first:end], together.coefficients[:, first:end], together.bias[first:end])
        for name, first, end in zip(names, ends, ends[1:], strict=False)
    }
    stacks = {
        name: Layer(_labels(arrays, "stack", name), arrays[f"stack.{name}.weights"], arrays[f"stack.{name}.bias"])
        for name in _names(arrays, "stack")
    }
    return Weights(columns, arrays["idf"].astype(np.float32), grams, stacks, together if names else None)


def _names(arrays: Mapping[str, np.ndarray], layer: str) -> list[str]:
    return [name.split(".")[1] for name in arrays if name.startswith(f"{layer}.") and name.endswith(".weights")]


def _labels(arrays: Mapping[str, np.ndarray], layer: str, name: str) -> tuple[str, ...]:
    return tuple(str(label) for label in arrays[f"{layer}.{name}.labels"])
