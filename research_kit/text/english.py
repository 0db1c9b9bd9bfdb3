"""What English adds: TextBlob's lexicon as a voter."""

from __future__ import annotations

from functools import cache

import numpy as np

from research_kit.text import pipeline


@cache
def _table() -> tuple[np.ndarray, np.ndarray]:
    """TextBlob's polarity by token norm: sorted norms, and their values. Words of several senses count with their mean."""
    from textblob.en import sentiment

    sentiment.load()
    table: dict[int, float] = {}
    for word, senses in sentiment.items():
        polarity = senses.get(None, (0.0,))[0]
        if polarity and word.isalpha():
            table[pipeline.norm(word)] = float(polarity)
    norms = np.array(sorted(table), np.uint64)
    return norms, np.array([table[int(n)] for n in norms])


def textblob_values(tokens: np.ndarray) -> np.ndarray:
    """TextBlob's polarity of each token; 0 where it has none."""
    norms, values = _table()
    at = np.minimum(np.searchsorted(norms, tokens), len(norms) - 1)
    return np.where(norms[at] == tokens, values[at], 0.0)
