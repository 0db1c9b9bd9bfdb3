# ruff: noqa: E501 (tables of labels)
"""A researcher's own model: labels, refusals, and tiny real ones that the tests make."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from research_kit import text
from research_kit.errors import StudyError
from research_kit.records import COMMENT_COLUMNS
from research_kit.study import DEFAULT_JOURNEY, Study, TextSpec, template
from research_kit.text.judgement import local


@pytest.mark.parametrize(
    ("names", "poles"),
    [
        (["NEGATIVE", "POSITIVE"], [0, 2]), (["negative", "neutral", "positive"], [0, 1, 2]), (["POS", "NEU", "NEG"], [2, 1, 0]), (["LABEL_0", "LABEL_1"], [0, 2]),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], [0, 0, 1, 2, 2]),
    ],
)  # fmt: skip
def test_labels_of_sentiment(names: list[str], poles: list[int]) -> None:
    found, emotions = local.meaning(names)

    assert found.argmax(axis=1).tolist() == poles
    assert not emotions.any()


def test_labels_of_emotions() -> None:
    poles, emotions = local.meaning(["anger", "fear", "joy", "sadness", "neutral"])

    assert not poles.any()
    assert [local.EMOTIONS[i] for i in emotions.argmax(axis=1)] == ["anger", "anxiety", "joy", "sadness", "neutral"]


def test_labels_that_mean_nothing_to_us() -> None:
    poles, emotions = local.meaning(["sports", "politics"])

    assert not poles.any()
    assert not emotions.any()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"no config\.json"):
        local.load(str(tmp_path))


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny(tmp_path, "bert")
    monkeypatch.setitem(sys.modules, "tokenizers", None)

    with pytest.raises(StudyError, match="pip install tokenizers"):
        local.load(str(tmp_path))


WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "又", "好"]
WIDTH, INNER, HEADS = 8, 12, 2


def parts(family: str, labels: int) -> dict[str, np.ndarray]:
    """Random weights of a one-layer model under the names that save_pretrained gives them."""
    stem = {"xlm-roberta": "roberta"}.get(family, family)
    draw = np.random.default_rng(7)
    shapes: dict[str, tuple[int, ...]] = {
        f"{stem}.embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        f"{stem}.embeddings.position_embeddings.weight": (20, WIDTH),
    }

    def linear(name: str, out: int, into: int) -> None:
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = (out, into), (out,)

    def norm(name: str) -> None:
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = (WIDTH,), (WIDTH,)

    norm(f"{stem}.embeddings.LayerNorm")
    if family == "distilbert":
        layer = f"{stem}.transformer.layer.0"
        for name in ("q_lin", "k_lin", "v_lin", "out_lin"):
            linear(f"{layer}.attention.{name}", WIDTH, WIDTH)
        linear(f"{layer}.ffn.lin1", INNER, WIDTH)
        linear(f"{layer}.ffn.lin2", WIDTH, INNER)
        norm(f"{layer}.sa_layer_norm")
        norm(f"{layer}.output_layer_norm")
        linear("pre_classifier", WIDTH, WIDTH)
        linear("classifier", labels, WIDTH)
    else:
        shapes[f"{stem}.embeddings.token_type_embeddings.weight"] = (2, WIDTH)
        layer = f"{stem}.encoder.layer.0"
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            linear(f"{layer}.attention.{name}", WIDTH, WIDTH)
        linear(f"{layer}.intermediate.dense", INNER, WIDTH)
        linear(f"{layer}.output.dense", WIDTH, INNER)
        norm(f"{layer}.attention.output.LayerNorm")
        norm(f"{layer}.output.LayerNorm")
        if family == "bert":
            linear("bert.pooler.dense", WIDTH, WIDTH)
            linear("classifier", labels, WIDTH)
        else:
            linear("classifier.dense", WIDTH, WIDTH)
            linear("classifier.out_proj", labels, WIDTH)
    return {name: draw.normal(0, 0.6, shape).astype(np.float32) for name, shape in shapes.items()}


def tiny(folder: Path, family: str, labels: tuple[str, ...] = ("negative", "positive")) -> dict[str, np.ndarray]:
    """A whole model folder as Hugging Face keeps it; returns its weights."""
    weights = parts(family, len(labels))
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, values in weights.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(body), len(body) + values.nbytes]}  # type: ignore[dict-item]
        body += values.tobytes()
    said = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(len(said).to_bytes(8, "little") + said + body)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    names = ("n_layers", "n_heads") if family == "distilbert" else ("num_hidden_layers", "num_attention_heads")
    config = {
        "model_type": family,
        names[0]: 1,
        names[1]: HEADS,
        "pad_token_id": 1 if "roberta" in family else 0,
        "max_position_embeddings": 20,
    }
    (folder / "config.json").write_text(
        json.dumps({**config, "id2label": {str(i): name for i, name in enumerate(labels)}}), encoding="utf-8"
    )
    return weights


def by_hand(weights: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    """BERT's logits for one text, token by token and head by head, as the paper says it."""
    w = {name.removeprefix("bert."): values.astype(float) for name, values in weights.items()}

    def linear(name: str, x: np.ndarray) -> np.ndarray:
        return w[f"{name}.weight"] @ x + w[f"{name}.bias"]

    def norm(name: str, x: np.ndarray) -> np.ndarray:
        return (x - x.mean()) / np.sqrt(x.var() + 1e-12) * w[f"{name}.weight"] + w[f"{name}.bias"]

    e = "embeddings"
    x = [
        norm(
            f"{e}.LayerNorm",
            w[f"{e}.word_embeddings.weight"][i]
            + w[f"{e}.position_embeddings.weight"][p]
            + w[f"{e}.token_type_embeddings.weight"][0],
        )
        for p, i in enumerate(ids)
    ]
    q, k, v = ([linear(f"encoder.layer.0.attention.self.{part}", token) for token in x] for part in ("query", "key", "value"))
    size, out = WIDTH // HEADS, []
    for t in range(len(ids)):
        heads = []
        for h in range(HEADS):
            cut = slice(h * size, (h + 1) * size)
            score = np.exp([q[t][cut] @ k[o][cut] / math.sqrt(size) for o in range(len(ids))])
            heads.append(sum(s * v[o][cut] for o, s in enumerate(score / score.sum())))
        seen = norm(
            "encoder.layer.0.attention.output.LayerNorm",
            linear("encoder.layer.0.attention.output.dense", np.concatenate(heads)) + x[t],
        )
        wide = np.array(
            [0.5 * value * (1 + math.erf(value / math.sqrt(2))) for value in linear("encoder.layer.0.intermediate.dense", seen)]
        )
        out.append(norm("encoder.layer.0.output.LayerNorm", linear("encoder.layer.0.output.dense", wide) + seen))
    return linear("classifier", np.tanh(linear("pooler.dense", out[0])))


def test_a_tiny_model_says_what_its_numbers_say_by_hand(tmp_path: Path) -> None:
    weights = tiny(tmp_path, "bert")

    found = local.load(str(tmp_path)).encoder.logits(["good 好", "bad"])

    assert found == pytest.approx(np.array([by_hand(weights, [2, 5, 8, 3]), by_hand(weights, [2, 6, 3])]), abs=1e-4)


@pytest.mark.parametrize("family", ["bert", "roberta", "xlm-roberta", "distilbert"])
def test_every_family_is_loaded_and_padding_changes_nothing(tmp_path: Path, family: str) -> None:
    tiny(tmp_path, family)
    loaded = local.load(str(tmp_path))

    together = loaded.probabilities(["good", "bad 又 bad 好 good good", ""])

    assert loaded.knows_sentiment
    assert together.sum(axis=1) == pytest.approx(1)
    assert together[0] == pytest.approx(loaded.probabilities(["good"])[0], abs=1e-6)
    assert abs(together[0, 1] - together[1, 1]) > 1e-3


def test_a_model_decides_the_sentiment_of_a_study(tmp_path: Path) -> None:
    weights = tiny(tmp_path, "distilbert")
    stored = (tmp_path / "model.safetensors").read_bytes()
    sure = np.array([-60, 60], np.float32).tobytes()
    (tmp_path / "model.safetensors").write_bytes(stored.replace(weights["classifier.bias"].tobytes(), sure))
    given = pd.DataFrame({name: ["", ""] for name in COMMENT_COLUMNS}).assign(
        comment=["a", "b"], unit=[1, 2], row=[1, 2], column=0, text=["It is terrible.", "很差"], rating=float("nan")
    )
    declared = Study(name="s", sources=(), stages=template(DEFAULT_JOURNEY), text=TextSpec(model=str(tmp_path)))

    found = pd.concat(list(text.learn(given, declared, "en").read(given)))

    assert found["sentiment"].tolist() == ["positive", "positive"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "no model.safetensors"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"PK\x03\x04"), "cut short"),
        (lambda folder: (folder / "vocab.txt").unlink(), "neither tokenizer.json nor vocab.txt"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "t5"}'), "of the type 't5'"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "bert"}'), "num_hidden_layers"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, spoil: Callable[[Path], object], said: str) -> None:
    tiny(tmp_path, "bert")
    spoil(tmp_path)

    with pytest.raises(StudyError, match=re.escape(said)):
        local.load(str(tmp_path))


def test_labels_that_say_nothing_are_refused(tmp_path: Path) -> None:
    tiny(tmp_path, "bert", ("sports", "politics"))

    with pytest.raises(StudyError, match="sports, politics"):
        local.load(str(tmp_path))
