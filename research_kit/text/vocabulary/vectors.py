"""Normalised texts -> a sparse table of the words they hold: English stems and pairs of them, pieces of Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from research_kit.text.vocabulary import stopwords
from research_kit.text.vocabulary.words import tokens

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def features(text: str) -> list[str]:
    """Stems, pairs of neighbouring stems, and two and three Chinese characters in a row; function words left out."""
    found: list[str] = []
    before = ""
    for token in tokens(text):
        if _HAN.match(token):
            for piece in stopwords.bare(token):
                found.extend(piece[i : i + n] for n in (2, 3) for i in range(len(piece) - n + 1))
            before = ""
        elif token in stopwords.ENGLISH or len(token) < 2:
            before = ""
        else:
            found.append(token)
            if before:
                found.append(f"{before} {token}")
            before = token
    return found


def phrasing(text: str) -> list[str]:
    """Stems and pairs of them, one to three Chinese characters in a row, function words and all: how something is said ("next time",
    "before I") tells the stage as much as what it is about."""
    found: list[str] = []
    before = "^"
    for token in tokens(text):
        if _HAN.match(token):
            found.extend(token[i : i + n] for n in (1, 2, 3) for i in range(len(token) - n + 1))
            before = "#"
        else:
            found.append(token)
            found.append(f"{before} {token}")
            before = token
    return found


def vectorizer(texts: Sequence[str], *, min_df: int = 1, max_features: int | None = None) -> Any:
    """A TF-IDF vectorizer fitted to these normalised texts; None where no word is frequent enough."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(analyzer=features, min_df=min_df, max_features=max_features, sublinear_tf=True)
    try:
        return made.fit(texts)
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return None
