# ruff: noqa: E501 (tables of labels)
"""A researcher's own model: labels, refusals, and a tiny real one where transformers is installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from research_kit.errors import StudyError
from research_kit.text import local

INSTALLED = importlib.util.find_spec("transformers") is not None and importlib.util.find_spec("torch") is not None


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


@pytest.mark.skipif(INSTALLED, reason="transformers is installed")
def test_a_missing_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")

    with pytest.raises(StudyError, match="pip install transformers torch"):
        local.load(str(tmp_path))


@pytest.mark.skipif(not INSTALLED, reason="transformers and torch are not installed")
def test_a_tiny_real_model_is_loaded_and_decides(tmp_path: Path) -> None:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad"]))
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    config = BertConfig(
        vocab_size=7,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        num_labels=2,
        id2label={0: "negative", 1: "positive"},
    )
    model = BertForSequenceClassification(config)
    model.classifier.weight.data[:] = 0
    model.classifier.bias.data[:] = model.classifier.bias.data.new_tensor([-3.0, 3.0])
    model.save_pretrained(tmp_path)

    loaded = local.load(str(tmp_path))

    assert loaded.knows_sentiment
    assert (loaded.probabilities(["good", "bad", ""])[:, 1] > 0.9).all()
