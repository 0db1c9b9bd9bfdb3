"""Verbatims that differ from each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from research_kit.journey.crowd import Crowd
from research_kit.language import in_script
from research_kit.records import Language

LOOKED_AT = 300
SHORTEST, LONGEST = 8, 160
"""Characters of a good quote (a Chinese character counts as two)."""
TOO_SHORT = 6
"""Below this width it is "無" or "ok": an answer, but nothing to quote."""
TOO_ALIKE = 0.5
LEANS, HEARD = 0.1, 0.2
"""Mean valence from which somebody blames or praises; share of those people from which a side is heard."""
SCRIPTS: tuple[Language, ...] = ("zh-Hant", "zh-Hans")
FITTING = 2.0
"""Worth of a quote that holds all of its theme's name; one that is well-sized has 1, and up to 1 by how clear it is."""


def words(rows: pd.DataFrame, crowd: Crowd) -> list[str]:
    """What was written: the texts of these clauses."""
    texts = crowd.texts.take(rows["text_id"].to_numpy()).tolist()
    return [
        str(text)[start:end].strip() for text, start, end in zip(texts, rows["start"].tolist(), rows["end"].tolist(), strict=True)
    ]


def differing(rows: pd.DataFrame, crowd: Crowd, wanted: int, *, label: str = "") -> list[tuple[int, str]]:
    """(place in ``rows``, words) of up to ``wanted`` quotes by different people: those first that say what ``label`` says, then well-sized and
    clear ones, none like an earlier one. The first 300 rows are looked at."""
    rows = rows.head(LOOKED_AT)
    texts = words(rows, crowd)
    strength = rows["valence"].abs().fillna(0.0).to_numpy()
    ways = [_parts(written.lower()) for written in dict.fromkeys((label, *(in_script(label, to) for to in SCRIPTS)))]
    worth = np.array([_size(text) + FITTING * _told(ways, text) for text in texts]) + strength
    units = rows["unit"].to_numpy()
    chosen: dict[int, frozenset[str]] = {}
    for place in np.argsort(-worth, kind="stable").tolist():
        if len(chosen) == wanted:
            break
        if units[place] in units[list(chosen)] or not _says_something(texts[place]):
            continue
        pairs = _pairs(texts[place])
        if all(_likeness(pairs, other) < TOO_ALIKE for other in chosen.values()):
            chosen[place] = pairs
    return [(place, texts[place]) for place in chosen]


def balanced(rows: pd.DataFrame, crowd: Crowd, wanted: int) -> list[tuple[int, str]]:
    """As ``differing``, with blame and praise in the proportion of the people who blame and praise: whoever is a fifth of them is quoted once at
    least, the larger side first."""
    means = rows.groupby("unit")["valence"].mean()
    people = {-1: int((means <= -LEANS).sum()), 1: int((means >= LEANS).sum())}
    larger, smaller = sorted(people, key=lambda side: -people[side])
    if people[smaller] < max(1.0, HEARD * sum(people.values())):
        return differing(rows, crowd, wanted)
    few = min(wanted // 2, max(1, round(wanted * people[smaller] / sum(people.values()))))
    found: list[tuple[int, str]] = []
    for side, most in ((larger, wanted - few), (smaller, few)):
        own = np.flatnonzero((side * rows["valence"] >= LEANS).to_numpy())
        taken = rows["unit"].iloc[[place for place, _ in found]]
        own = own[~rows["unit"].iloc[own].isin(taken).to_numpy()]
        found += [(int(own[place]), text) for place, text in differing(rows.iloc[own], crowd, most)]
    return found


def _says_something(text: str) -> bool:
    """More than a word: "month." and "Honest!" are answers, too, but nothing to quote."""
    return _width(text) >= TOO_SHORT and (not text.isascii() or len(text.split()) > 1)


def _told(ways: Sequence[Sequence[str]], text: str) -> float:
    """Which share of a name stands in a text, written in any of some ways."""
    plain = text.lower()
    return max((sum(part in plain for part in parts) / len(parts) for parts in ways if parts), default=0.0)


def _parts(label: str) -> list[str]:
    """The words of a name, or its pairs of Chinese characters."""
    words = label.split()
    return words if label.isascii() else [word[i : i + 2] for word in words for i in range(max(1, len(word) - 1))]


def _size(text: str) -> float:
    """1 for a quote that can be read at a glance, less for shorter and longer ones."""
    length = _width(text)
    if length < SHORTEST:
        return length / SHORTEST - 0.5
    return 1.0 if length >= 2 * SHORTEST and length <= LONGEST else 0.6 if length <= 2 * LONGEST else 0.2


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if c > "\u2e80" else 1 for c in text)


def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters of a text."""
    lower = text.lower()
    return frozenset(lower[i : i + 2] for i in range(len(lower) - 1))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard."""
    return len(a & b) / max(1, len(a | b))
