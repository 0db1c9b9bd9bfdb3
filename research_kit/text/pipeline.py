"""The one place that loads spaCy: a blank English tokenizer, always; a trained pipeline, when the researcher installed one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language as Pipeline

_MARKS = re.compile(r"(?<=[^\W_])[,.!?;:\"]+(?=\s)")
TRAINED = {"en": ("en_core_web_md", "en_core_web_sm"), "zh": ("zh_core_web_md", "zh_core_web_sm")}


@cache
def english() -> Pipeline:
    """spaCy's English tokenizer, with its exceptions and norms (n't -> not, gonna -> going to) and nothing else."""
    import spacy

    return spacy.blank("en")


@cache
def trained(language: str) -> Pipeline | None:
    """The researcher's trained pipeline for "en" or "zh" when one is installed, else None. Nothing is ever downloaded."""
    import spacy

    for name in TRAINED.get(language, ()):
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    return None


def norm(word: str) -> int:
    """The number by which ``tokens`` knows this word."""
    return int(english().vocab.strings.add(word.lower()))


def tokens(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every English token of every text, in one pass: (norm as a number, text it belongs to, looks like a number).

    The texts must be neither blank nor hold a line break: it is what parts them, since one long document costs far less than many
    short ones.
    """
    from spacy.attrs import LIKE_NUM, NORM  # type: ignore[import-not-found]

    pipeline = english()
    line = pipeline.vocab.strings.add("\n ")
    norms: list[np.ndarray] = []
    owners: list[np.ndarray] = []
    numbers: list[np.ndarray] = []
    for first in range(0, len(texts), 2000):
        batch = texts[first : first + 2000]
        # Marks at the end of a word are dropped first: the tokenizer caches words, and "good" is met more often than "good,".
        table = pipeline.tokenizer(_MARKS.sub("", " \n ".join(batch) + " ")).to_array([NORM, LIKE_NUM])
        word = table[:, 0] != line
        owner = first + np.cumsum(~word)
        norms.append(table[word, 0])
        owners.append(owner[word])
        numbers.append(table[word, 1] > 0)
    if not norms:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, bool)
    return np.concatenate(norms), np.concatenate(owners), np.concatenate(numbers)
