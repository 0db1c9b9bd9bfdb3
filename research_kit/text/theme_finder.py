"""Finds the theme of a mention by the terms of the themes of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from research_kit.records import Theme
from research_kit.text.theme_pairs import JOIN, words_of
from research_kit.text.vocabulary import issues, knowledge
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.words import Finder, Found

NONE, HEAVIEST = "", 1e6
"""The theme of what belongs to no theme of its kind, and its weight."""
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
    def of(cls, themes: Iterable[Theme], weights: Mapping[str, float], kind: str = "") -> ThemeFinder:
        """A finder of these themes by all their terms; what says the opposite of their ``kind`` belongs to NONE."""
        against = knowledge.words_of(knowledge.forms(f"not_{kind}").replace("\n", " ")) if kind in ("delight", "pain") else ()
        phrases: dict[str, list[str]] = {word: [f"{NONE}\t{NONE}"] for word in against}
        for theme in themes:
            for term in theme.terms:
                parts = term.split(JOIN)
                for part in parts:
                    key = f"{theme.id}\t{term}" if len(parts) == 1 else f"{theme.id}\t{term}\t{part}"
                    for word in words_of(part):
                        phrases.setdefault(word.lower(), []).append(key)
        spared = knowledge.words_of(knowledge.forms("yet_so").replace("\n", " ")) if against else ()
        return cls(Finder(phrases, (*knowledge.idioms(), *spared)), {**weights, f"{NONE}\t{NONE}": HEAVIEST})

    @property
    def themes(self) -> frozenset[str]:
        """The ids of the themes."""
        return frozenset(key.split("\t")[0] for key in self.single.keys)

    @cached_property
    def _entries(self) -> tuple[list[list[str]], list[str], np.ndarray]:
        """(the keys in their parts, "theme<tab>term" of all terms, which of these each key belongs to)"""
        entries = [key.split("\t") for key in self.single.keys]
        names = list(dict.fromkeys("\t".join(entry[:2]) for entry in entries))
        place = {name: i for i, name in enumerate(names)}
        return entries, names, np.array([place["\t".join(entry[:2])] for entry in entries], np.int64)

    def best(self, words: Said, texts: Sequence[str]) -> tuple[np.ndarray, list[str]]:
        """(positions, theme ids): what the texts of a batch speak of most, the first of equals; texts that speak of none are left out."""
        found = self.single.find_all(words).once()
        entries, names, term_of = self._entries
        whole = np.array([len(entry) == 2 for entry in entries], bool)[found.key]
        term = term_of[found.key]
        kept = whole | self._paired(found, entries, term, names, texts)
        return self._most(found.text[kept], term[kept], np.where(whole, found.weight, 1)[kept], names)

    def _paired(
        self, found: Found, entries: Sequence[Sequence[str]], term: np.ndarray, names: Sequence[str], texts: Sequence[str]
    ) -> np.ndarray:
        """Which finds make a pair whole: the thing where its issue is said of it, or the later one of the two words."""
        kept = np.zeros(len(found.text), bool)
        pairs = [name.split("\t")[1].split(JOIN) for name in names]
        by_issue = np.array([len(pair) == 2 and pair[1].startswith(issues.MARK) for pair in pairs], bool)
        second = np.array([len(entry) == 3 and not entry[1].startswith(entry[2] + JOIN) for entry in entries], bool)
        halved = np.flatnonzero(np.array([len(entry) == 3 for entry in entries], bool)[found.key])
        group = found.text[halved] * len(names) + term[halved]
        told = by_issue[term[halved]]
        _, place = np.unique(group[told], return_index=True)
        things = halved[told][place]
        kept[things] = _told(found.text[things].tolist(), [pairs[i] for i in term[things].tolist()], texts)
        side = second[found.key[halved]]
        one, at_one = np.unique(group[~told & ~side], return_index=True)
        two, at_two = np.unique(group[~told & side], return_index=True)
        _, in_one, in_two = np.intersect1d(one, two, assume_unique=True, return_indices=True)
        kept[np.maximum(halved[~told & ~side][at_one[in_one]], halved[~told & side][at_two[in_two]])] = True
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


def _told(rows: Sequence[int], pairs: Sequence[Sequence[str]], texts: Sequence[str]) -> list[bool]:
    """Whether each text says of the thing of a pair what its issue is; of each thing each text is asked once."""
    said: dict[tuple[int, str], frozenset[str]] = {}
    told = []
    for row, (thing, issue) in zip(rows, pairs, strict=True):
        if (row, thing) not in said:
            said[row, thing] = issues.all_said_of(texts[row], words_of(thing))
        told.append(issue[len(issues.MARK) :] in said[row, thing])
    return told
