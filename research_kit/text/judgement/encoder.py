# ruff: noqa: E501 (tables of names)
"""Text classifiers of the BERT family, read from a Hugging Face folder and run with numpy alone: no torch (gigabytes), no download.

Covers BERT, RoBERTa, XLM-RoBERTa and DistilBERT (Devlin et al. 2019; Liu et al. 2019; Conneau et al. 2020; Sanh et al. 2019), which is what
nearly all public sentiment and emotion classifiers are. Weights come from ``model.safetensors``, whose format is a JSON header and
raw numbers; words become numbers by the folder's own ``tokenizer.json`` and the package tokenizers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import erf

LONGEST = 256
"""Tokens of a text that are read."""
FAMILIES = ("bert", "roberta", "xlm-roberta", "distilbert")
_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8"}
_LAYER = {
    "bert": {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "mixed": "attention.output.dense", "calm": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense", "end": "output.LayerNorm"},
    "distilbert": {"query": "attention.q_lin", "key": "attention.k_lin", "value": "attention.v_lin", "mixed": "attention.out_lin", "calm": "sa_layer_norm", "wide": "ffn.lin1", "narrow": "ffn.lin2", "end": "output_layer_norm"},
}  # fmt: skip


def tensors(path: Path) -> dict[str, np.ndarray]:
    """The named arrays of a .safetensors file as float32. ValueError when it is no such file or holds other types of numbers."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    if not 2 <= size <= len(raw) - 8 or raw[8:9] != b"{":
        raise ValueError("model.safetensors is cut short or not a safetensors file")
    found = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name == "__metadata__":
            continue
        first, last = (8 + size + offset for offset in entry["data_offsets"])
        if entry["dtype"] == "BF16":
            numbers = (np.frombuffer(raw[first:last], "<u2").astype(np.uint32) << np.uint32(16)).view(np.float32)
        elif entry["dtype"] in _TYPES:
            numbers = np.frombuffer(raw[first:last], _TYPES[entry["dtype"]]).astype(np.float32)
        else:
            raise ValueError(f"model.safetensors holds numbers of the type {entry['dtype']}, which cannot be read")
        found[name] = numbers.reshape(entry["shape"])
    return found


@dataclass(frozen=True)
class Encoder:
    """A loaded classifier: ``logits`` of texts over the labels of its configuration."""

    family: str
    config: Mapping[str, Any]
    parts: Mapping[str, np.ndarray]
    tokenizer: Any

    def logits(self, texts: Sequence[str]) -> np.ndarray:
        """Texts x labels."""
        cut = [encoded.ids for encoded in self.tokenizer.encode_batch(list(texts))]
        longest = max(map(len, cut))
        ids = np.array([row + [self._number("pad_token_id", default=0)] * (longest - len(row)) for row in cut])
        mask = np.array([[0.0] * len(row) + [-1e9] * (longest - len(row)) for row in cut], np.float32)
        return self._classified(self._read(ids, mask)[:, 0])

    def _read(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """What each token means in its text: texts x tokens x width."""
        place = np.arange(ids.shape[1])
        if self.family.endswith("roberta"):
            place = place + self._number("pad_token_id", default=1) + 1
        state = self._part("embeddings.word_embeddings.weight")[ids] + self._part("embeddings.position_embeddings.weight")[place]
        if self.family != "distilbert":
            state = state + self._part("embeddings.token_type_embeddings.weight")[0]
        state = self._calm("embeddings.LayerNorm", state)
        stack = "transformer.layer" if self.family == "distilbert" else "encoder.layer"
        for number in range(self._number("num_hidden_layers", "n_layers")):
            state = self._layer(f"{stack}.{number}", state, mask)
        return state

    def _layer(self, name: str, state: np.ndarray, mask: np.ndarray) -> np.ndarray:
        of = {part: f"{name}.{path}" for part, path in _LAYER["distilbert" if self.family == "distilbert" else "bert"].items()}
        many, tokens, width = state.shape
        heads = self._number("num_attention_heads", "n_heads")

        def parted(part: str) -> np.ndarray:
            return self._linear(of[part], state).reshape(many, tokens, heads, width // heads).transpose(0, 2, 1, 3)

        score = parted("query") @ parted("key").transpose(0, 1, 3, 2) / np.sqrt(width // heads) + mask[:, None, None, :]
        share = np.exp(score - score.max(axis=-1, keepdims=True))
        share = share / share.sum(axis=-1, keepdims=True)
        seen = (share @ parted("value")).transpose(0, 2, 1, 3).reshape(many, tokens, width)
        state = self._calm(of["calm"], self._linear(of["mixed"], seen) + state)
        return self._calm(of["end"], self._linear(of["narrow"], self._bent(self._linear(of["wide"], state))) + state)

    def _classified(self, first: np.ndarray) -> np.ndarray:
        if self.family == "bert":
            return self._linear("classifier", np.tanh(self._linear("pooler.dense", first)), own=False)
        if self.family == "distilbert":
            return self._linear("classifier", np.maximum(self._linear("pre_classifier", first, own=False), 0), own=False)
        return self._linear("classifier.out_proj", np.tanh(self._linear("classifier.dense", first, own=False)), own=False)

    def _number(self, *names: str, default: int | None = None) -> int:
        found = next((self.config[name] for name in names if self.config.get(name) is not None), default)
        if found is None:
            raise ValueError(f"config.json does not say {names[0]}")
        return int(found)

    def _part(self, name: str, own: bool = True) -> np.ndarray:
        stem = "roberta" if self.family == "xlm-roberta" else self.family
        full = f"{stem}.{name}" if own and not name.startswith("pooler") else name
        for key in (full, f"{stem}.{name}", name):
            if key in self.parts:
                return self.parts[key]
        raise ValueError(f"model.safetensors has no part {full}")

    def _linear(self, name: str, state: np.ndarray, own: bool = True) -> np.ndarray:
        return np.asarray(state @ self._part(f"{name}.weight", own).T + self._part(f"{name}.bias", own))

    def _calm(self, name: str, state: np.ndarray) -> np.ndarray:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + float(self.config.get("layer_norm_eps", 1e-12)))
        return np.asarray(centred / spread * self._part(f"{name}.weight") + self._part(f"{name}.bias"))

    def _bent(self, state: np.ndarray) -> np.ndarray:
        kind = self.config.get("hidden_act") or self.config.get("activation") or "gelu"
        if kind == "relu":
            return np.asarray(np.maximum(state, 0))
        if kind in ("gelu_new", "gelu_pytorch_tanh"):
            return np.asarray(0.5 * state * (1 + np.tanh(np.sqrt(2 / np.pi) * (state + 0.044715 * state**3))))
        if kind != "gelu":
            raise ValueError(f"config.json asks for the activation {kind!r}, which is not known")
        return np.asarray(0.5 * state * (1 + erf(state / np.sqrt(2))))


def load(folder: Path) -> Encoder:
    """The classifier in a folder. ValueError, in words, for what it is not or does not hold; ImportError without tokenizers."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    family = str(config.get("model_type"))
    if family not in FAMILIES:
        raise ValueError(f"it is of the type {family!r}; {', '.join(FAMILIES)} can be read")
    if not (folder / "model.safetensors").is_file():
        raise ValueError("it has no model.safetensors: save it in that format (save_pretrained does)")
    return Encoder(family, config, tensors(folder / "model.safetensors"), _tokenizer(folder, config))


def _tokenizer(folder: Path, config: Mapping[str, Any]) -> Any:
    import tokenizers

    if (folder / "tokenizer.json").is_file():
        tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    elif (folder / "vocab.txt").is_file():
        settings = folder / "tokenizer_config.json"
        told = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
        tokenizer = tokenizers.BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=bool(told.get("do_lower_case", True)))
    else:
        raise ValueError("it has neither tokenizer.json nor vocab.txt")
    tokenizer.no_padding()
    offset = int(config.get("pad_token_id") or 0) + 1 if str(config.get("model_type")).endswith("roberta") else 0
    tokenizer.enable_truncation(min(LONGEST, int(config.get("max_position_embeddings", LONGEST)) - offset))
    return tokenizer
