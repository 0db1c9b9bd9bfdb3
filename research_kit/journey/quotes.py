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
ENOUGH = 5
"""Times the wanted quotes that are looked at for blame and praise."""
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
    chosen: list[int] = []
    for place in np.argsort(-worth, kind="stable").tolist():
        if len(chosen) == wanted:
            break
        fresh = units[place] not in units[chosen]
        if _says_something(texts[place]) and fresh and all(_likeness(texts[place], texts[other]) < TOO_ALIKE for other in chosen):
            chosen.append(place)
    return [(place, texts[place]) for place in chosen]


def balanced(rows: pd.DataFrame, crowd: Crowd, wanted: int) -> list[tuple[int, str]]:
    """As ``differing``, with blame and praise in the proportion of the people who blame and praise: whoever is a fifth of them is quoted once at
    least, the larger side first."""
    found = differing(rows, crowd, ENOUGH * wanted)
    means = rows.groupby("unit")["valence"].mean()
    people = {-1: int((means <= -LEANS).sum()), 1: int((means >= LEANS).sum())}
    sides = sorted(people, key=lambda side: -people[side])
    few, all_people = min(people.values()), sum(people.values())
    if not all_people or few < HEARD * all_people:
        return found[:wanted]
    places = {side: [pair for pair in found if side * rows["valence"].iloc[pair[0]] >= LEANS] for side in sides}
    smaller = min(wanted // 2, max(1, round(wanted * few / all_people)))
    chosen = [*places[sides[0]][: wanted - smaller], *places[sides[1]][:smaller]]
    return [*chosen, *(pair for pair in found if pair not in chosen)][:wanted]


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


def _likeness(a: str, b: str) -> float:
    """Jaccard of the pairs of characters."""
    pairs_a, pairs_b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a.lower(), b.lower()))
    return len(pairs_a & pairs_b) / max(1, len(pairs_a | pairs_b))
