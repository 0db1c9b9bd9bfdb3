"""Verbatims that differ from each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from research_kit.journey.crowd import Crowd

LOOKED_AT = 300
SHORTEST, LONGEST = 8, 160
"""Characters of a good quote (a Chinese character counts as two)."""
TOO_SHORT = 6
"""Below this width it is "無" or "ok": an answer, but nothing to quote."""
TOO_ALIKE = 0.5


def words(rows: pd.DataFrame, crowd: Crowd) -> list[str]:
    """What was written: the texts of these clauses."""
    texts = crowd.texts.take(rows["text_id"].to_numpy()).tolist()
    return [
        str(text)[start:end].strip() for text, start, end in zip(texts, rows["start"].tolist(), rows["end"].tolist(), strict=True)
    ]


def differing(rows: pd.DataFrame, crowd: Crowd, wanted: int) -> list[tuple[int, str]]:
    """(place in ``rows``, words) of up to ``wanted`` quotes by different people: well-sized and clear ones first, none like an earlier
    one. The first 300 rows are looked at."""
    rows = rows.head(LOOKED_AT)
    texts = words(rows, crowd)
    strength = rows["valence"].abs().fillna(0.0).to_numpy()
    worth = np.array([_size(text) for text in texts]) + strength
    units = rows["unit"].to_numpy()
    chosen: list[int] = []
    for place in np.argsort(-worth, kind="stable").tolist():
        if len(chosen) == wanted:
            break
        fresh = units[place] not in units[chosen]
        if (
            _width(texts[place]) >= TOO_SHORT
            and fresh
            and all(_likeness(texts[place], texts[other]) < TOO_ALIKE for other in chosen)
        ):
            chosen.append(place)
    return [(place, texts[place]) for place in chosen]


def _size(text: str) -> float:
    """1 for a quote that can be read at a glance, less for shorter and longer ones."""
    length = _width(text)
    if length < SHORTEST:
        return length / SHORTEST - 0.5
    return 1.0 if length >= 2 * SHORTEST and length <= LONGEST else 0.6 if length <= 2 * LONGEST else 0.2


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if c > "\u2e80" else 1 for c in text)


def _likeness(a: str, b: str) -> float:
    """Jaccard of the pairs of characters."""
    pairs_a, pairs_b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a.lower(), b.lower()))
    return len(pairs_a & pairs_b) / max(1, len(pairs_a | pairs_b))
