"""Which language each text is in, and which script the Chinese ones share."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Language
from research_kit.text.pieces import split

_PLAINLY_ENGLISH = re.compile(
    r"\b(?:the|and|was|is|it|to|for)\b.*\b(?:the|and|was|is|it|to|of|with|very|not)\b", re.IGNORECASE | re.DOTALL
)
"""Spares most English texts the full detection."""


def of_texts(
    texts: Sequence[str], given: Sequence[str | None] | None, who: np.ndarray, chinese: Language, *, foreign: bool
) -> list[str]:
    """The language of each distinct text. ``given``: what is known of each comment, and ``who``: which of the texts it says; ``chinese``: the
    script of what both share; ``foreign``: most comments are in a language that nothing here speaks."""
    stated: list[str | None] = [None] * len(texts)
    if given is not None:
        for text, name in zip(who.tolist(), given, strict=True):
            stated[text] = stated[text] or name
    return [name or _of_text(text, chinese, foreign) for text, name in zip(texts, stated, strict=True)]


def _of_text(text: str, chinese: Language, foreign: bool) -> str:
    if text.isascii() and _PLAINLY_ENGLISH.search(text):
        return "en"
    return languages.detect(text, chinese if split.HAN.search(text) else "other" if foreign else None)


def mostly_foreign(texts: pd.Series) -> bool:
    """True when a good part of these texts is surely in a language that nothing here speaks, and most of the rest show no English word."""
    surely = sum(languages.detect(t) == "other" for t in texts)
    perhaps = sum(languages.detect(t, "other") == "other" for t in texts)
    return surely > 0.25 * len(texts) and perhaps > 0.5 * len(texts)


def script_of(texts: pd.Series, language: Language) -> Language:
    """The Chinese script that most of these texts are in; where none says, that of the outputs."""
    found = languages.majority(t for t in texts.head(2000).tolist() if not t.isascii() and split.HAN.search(t))
    if found != "en":
        return found
    return language if language != "en" else "zh-Hans"
