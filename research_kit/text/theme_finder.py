"""Finds the theme of a mention by the terms of the themes of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from research_kit.records import Theme
from research_kit.text.theme_pairs import JOIN, words_of
from research_kit.text.vocabulary import issues, knowledge
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.words import Finder, Found

LONGER = 0.2
"""What each further word of a phrase adds to its weight."""


@dataclass(frozen=True)
class ThemeFinder:
    """The terms of some themes, ready to be looked for."""

    single: Finder
    """Keys "theme<tab>term"; of a pair "theme<tab>term<tab>part"."""
    weights: Mapping[str, float]
    """{"theme<tab>term": how telling it is}"""

    @classmethod
    def of(cls, themes: Iterable[Theme], weights: Mapping[str, float]) -> ThemeFinder:
        """A finder of these themes by all their terms."""
        phrases: dict[str, list[str]] = {}
        for theme in themes:
            for term in theme.terms:
                parts = term.split(JOIN)
                for part in parts:
                    key = f"{theme.id}\t{term}" if len(parts) == 1 else f"{theme.id}\t{term}\t{part}"
                    for word in words_of(part):
                        phrases.setdefault(word.lower(), []).append(key)
        return cls(Finder(phrases, knowledge.idioms()), weights)

    def best(self, words: Said, texts: Sequence[str]) -> tuple[np.ndarray, list[str]]:
        """(positions, theme ids): what the texts of a batch speak of most, the first of equals; texts that speak of none are left out."""
        found = self.single.find_all(words).once()
        entries = [key.split("\t") for key in self.single.keys]
        whole = np.array([len(entry) == 2 for entry in entries], bool)[found.key]
        names = list(dict.fromkeys("\t".join(entry[:2]) for entry in entries))
        place = {name: i for i, name in enumerate(names)}
        term = np.array([place["\t".join(entry[:2])] for entry in entries], np.int64)[found.key]
        kept = whole | self._paired(found, entries, term, texts)
        return self._most(found.text[kept], term[kept], np.where(whole, found.weight, 1)[kept], names)

    def _paired(self, found: Found, entries: Sequence[Sequence[str]], term: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        """Which finds make the second half of a pair whole."""
        kept = np.zeros(len(found.text), bool)
        met: dict[tuple[int, int], set[str]] = {}
        halved = np.flatnonzero(np.array([len(entry) == 3 for entry in entries], bool)[found.key])
        columns = (halved.tolist(), found.text[halved].tolist(), term[halved].tolist(), found.key[halved].tolist())
        for at, text, which, entry in zip(*columns, strict=True):
            key = (text, which)
            _, pair, part = entries[entry]
            halves = met.setdefault(key, set())
            halves.add(part)
            if "" not in halves and _whole(pair, halves, texts[key[0]]):
                kept[at] = True
                halves.add("")
        return kept

    def _most(self, text: np.ndarray, term: np.ndarray, words: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, list[str]]:
        themes = list(dict.fromkeys(name.split("\t")[0] for name in names))
        known = {theme: i for i, theme in enumerate(themes)}
        theme = np.array([known[name.split("\t")[0]] for name in names], np.int64)[term]
        weight = np.array([self.weights.get(name, 1.0) for name in names])[term] * (1 + LONGER * (words - 1))
        pairs, first, which = np.unique(text * (len(themes) + 1) + theme, return_index=True, return_inverse=True)
        score = np.bincount(which, weight, len(pairs))
        order = np.lexsort((first, -score, text[first]))
        where, best = np.unique(text[first][order], return_index=True)
        return where, [themes[i] for i in theme[first][order][best].tolist()]


def _whole(term: str, met: set[str], text: str) -> bool:
    """Whether all parts of a pair stand in the text, of which those in ``met`` were found."""
    thing, other = term.split(JOIN)
    return thing in met and (other in met or (other.startswith(issues.MARK) and issues.said_of(text, words_of(thing), other[1:])))
