"""The shipped weights: small linear models, quantised, read with numpy alone (weights/*.npz, made by training/train.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse

from research_kit.text.signs import ngrams

FOLDER = Path(__file__).parents[1] / "weights"


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
    sentiment: Layer
    """The first layer of sentiment, over n-grams."""
    first: Layer
    """Over n-grams: sentiment, kind, and what all first layers together add to the logits of emotions (one product instead of four)."""
    stacks: Mapping[str, Layer]
    """Second layers: clause, text and kind over dense evidence and the first layers' logits; emotion over dense evidence and poles, the
    first layers' share apart."""

    def logits(self, table: sparse.csr_matrix) -> dict[str, np.ndarray]:
        """What ``first`` says of these n-grams: sentiment, kind and emotion."""
        ends = np.cumsum([len(self.sentiment.labels), len(self.stacks["kind"].labels)])
        return dict(zip(("sentiment", "kind", "emotion"), np.split(self.first(table), ends, axis=1), strict=True))


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
    arrays = _arrays(name)
    columns = np.full(ngrams.BUCKETS, -1, np.int32)
    columns[arrays["buckets"]] = np.arange(len(arrays["buckets"]), dtype=np.int32)
    stacks = {
        name: Layer(_labels(arrays, "stack", name), arrays[f"stack.{name}.weights"], arrays[f"stack.{name}.bias"])
        for name in _names(arrays, "stack")
    }
    nothing = Layer((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    sentiment = first = nothing
    if _names(arrays, "gram"):
        sentiment = _first_layer(arrays, "sentiment")
        added, stacks["emotion"] = _parted(arrays, stacks["emotion"])
        parts = (sentiment, _first_layer(arrays, "kind"), added)
        first = Layer(
            tuple(label for part in parts for label in part.labels),
            np.hstack([part.coefficients for part in parts]),
            np.concatenate([part.bias for part in parts]),
        )
    return Weights(columns, arrays["idf"].astype(np.float32), sentiment, first, stacks)


def first_layers(name: str) -> dict[str, Layer]:
    """All first layers of a path as they were learned, goemotions among them."""
    arrays = _arrays(name)
    return {head: _first_layer(arrays, head) for head in _names(arrays, "gram")}


def _arrays(name: str) -> dict[str, np.ndarray]:
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def _first_layer(arrays: Mapping[str, np.ndarray], head: str) -> Layer:
    coefficients = arrays[f"gram.{head}.weights"] * arrays[f"gram.{head}.scale"]
    return Layer(_labels(arrays, "gram", head), coefficients, arrays[f"gram.{head}.bias"])


def _parted(arrays: Mapping[str, np.ndarray], emotion: Layer) -> tuple[Layer, Layer]:
    """The layer of emotions in two: what comes of n-grams by way of the first layers, and what comes of dense evidence and poles."""
    heads = sorted(_names(arrays, "gram"))
    many = [len(_labels(arrays, "gram", head)) for head in heads]
    dense = len(emotion.coefficients) - sum(many) - len(_labels(arrays, "gram", "sentiment"))
    ends = np.cumsum([dense, *many])
    added, bias = np.zeros((len(arrays["buckets"]), len(emotion.labels)), np.float32), np.zeros(len(emotion.labels), np.float32)
    for head, first, end in zip(heads, ends, ends[1:], strict=False):
        layer, onward = _first_layer(arrays, head), emotion.coefficients[first:end]
        added += layer.coefficients @ onward
        bias += layer.bias @ onward
    rest = np.delete(emotion.coefficients, slice(dense, ends[-1]), axis=0)
    return Layer(emotion.labels, added, bias), Layer(emotion.labels, rest, emotion.bias)


def _names(arrays: Mapping[str, np.ndarray], layer: str) -> list[str]:
    return [name.split(".")[1] for name in arrays if name.startswith(f"{layer}.") and name.endswith(".weights")]


def _labels(arrays: Mapping[str, np.ndarray], layer: str, name: str) -> tuple[str, ...]:
    return tuple(str(label) for label in arrays[f"{layer}.{name}.labels"])
