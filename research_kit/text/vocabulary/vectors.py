"""Normalised texts -> a sparse table of the words they hold: English stems and pairs of them, pieces of Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from research_kit.text.vocabulary import stopwords
from research_kit.text.vocabulary.words import tokens

if TYPE_CHECKING:
    from scipy import sparse

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


def vectorizer(texts: Sequence[str], *, min_df: int = 1, max_features: int | None = None) -> Any:
    """A TF-IDF vectorizer fitted to these normalised texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(analyzer=features, min_df=min_df, max_features=max_features, sublinear_tf=True)
    return made.fit(texts)


def spread(texts: Iterable[str], choose: int, table: sparse.csr_matrix) -> list[int]:
    """Positions of up to ``choose`` rows that differ from each other: the first, then each time the row least like those chosen."""
    import numpy as np

    count = len(list(texts))
    if not count:
        return []
    chosen = [0]
    likeness = np.asarray(table @ table[0].T.toarray()).ravel()
    while len(chosen) < min(choose, count):
        likeness[chosen] = np.inf
        following = int(np.argmin(likeness))
        if likeness[following] > 0.85:
            break
        chosen.append(following)
        likeness = np.maximum(likeness, np.asarray(table @ table[following].T.toarray()).ravel())
    return chosen
