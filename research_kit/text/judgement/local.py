# ruff: noqa: E501 (tables and patterns that read better unbroken)
"""A researcher's own Hugging Face model, from a folder on their machine (``[text] model = "..."``). Off by default; nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.records import EMOTIONS
from research_kit.text.judgement import encoder, judge
from research_kit.text.judgement.encoder import Encoder
from research_kit.text.judgement.whole import softmax

BATCH = 32
_POLE = ((r"^pos|positive|^label_pos", 2), (r"^neg|negative|^label_neg", 0), (r"^neu|neutral|mixed", 1))
_EMOTION = {
    "happiness": "joy", "love": "joy", "amusement": "joy", "admiration": "satisfaction", "approval": "satisfaction", "optimism": "hope", "desire": "hope", "fear": "anxiety",
    "nervousness": "anxiety", "annoyance": "frustration", "disgust": "anger", "disapproval": "disappointment", "grief": "sadness", "remorse": "sadness", "embarrassment": "sadness",
    "realization": "surprise", "caring": "gratitude",
}  # fmt: skip


@dataclass(frozen=True)
class LocalModel:
    """A loaded model and what its labels mean to us."""

    encoder: Encoder
    poles: np.ndarray
    """Labels x POLES; all zero for a model of emotions."""
    emotions: np.ndarray
    """Labels x EMOTIONS; all zero for a model of sentiment."""

    @property
    def knows_sentiment(self) -> bool:
        """Its labels are positive and negative, or stars."""
        return bool(self.poles.any())

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Of its labels: texts x labels."""
        order = np.argsort([len(t) for t in texts], kind="stable")  # texts of like length together: little padding
        result = np.zeros((len(texts), len(self.poles)))
        for first in range(0, len(texts), BATCH):
            mine = order[first : first + BATCH]
            result[mine] = softmax(self.encoder.logits([texts[i] or " " for i in mine]))
        return result


def load(path: str) -> LocalModel:
    """The model in this folder, with its tokenizer. StudyError when the folder, the package or the meaning of its labels is missing."""
    folder = Path(path)
    if not (folder / "config.json").is_file():
        raise StudyError(_said("model-folder", path=repr(path)))
    try:
        loaded = encoder.load(folder)
        loaded.logits([" "])
    except ImportError:
        raise StudyError(_said("model-tokenizers")) from None
    except Exception as problem:  # noqa: BLE001 (tokenizers raises bare ones)
        raise StudyError(_said("model-damaged", path=repr(path), reason=str(problem).splitlines()[0])) from None
    named = loaded.config.get("id2label") or {}
    names = [str(named.get(str(i), f"LABEL_{i}")) for i in range(loaded.logits([" "]).shape[1])]
    poles, emotions = meaning(names)
    if not poles.any() and not emotions.any():
        raise StudyError(_said("model-labels", path=repr(path), labels=", ".join(names[:8])))
    return LocalModel(loaded, poles, emotions)


def _said(key: str, **values: Any) -> Sentence:
    return Sentence("study_problems", key, **values)


def meaning(names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """What a model's labels say: labels x POLES and labels x EMOTIONS (0/1, one of the two all zero)."""
    poles, emotions = np.zeros((len(names), len(judge.POLES))), np.zeros((len(names), len(EMOTIONS)))
    tidy = [n.strip().lower() for n in names]
    stars = [re.fullmatch(r"(\d)(?: ?stars?)?", n) for n in tidy]
    if len(names) == 5 and all(stars):
        for i in range(5):
            poles[i, [0, 0, 1, 2, 2][i]] = 1
        return poles, emotions
    for i, name in enumerate(tidy):
        for pattern, pole in _POLE:
            if re.search(pattern, name):
                poles[i, pole] = 1
                break
    if poles[:, 0].any() and poles[:, 2].any() and len(names) <= 5:
        return poles, emotions
    poles[:] = 0
    if tidy == [f"label_{i}" for i in range(len(names))] and len(names) in (2, 3):
        for i, pole in enumerate((0, 2) if len(names) == 2 else (0, 1, 2)):
            poles[i, pole] = 1
        return poles, emotions
    for i, name in enumerate(tidy):
        key = _EMOTION.get(name, name)
        if key in EMOTIONS:
            emotions[i, EMOTIONS.index(key)] = 1
    return poles, emotions if emotions.sum() >= 2 else np.zeros_like(emotions)
