"""Finds the theme of a mention by the terms of the themes of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from research_kit.records import Theme
from research_kit.text.themes.pairs import JOIN, words_of
from research_kit.text.vocabulary import issues, knowledge
from research_kit.text.vocabulary.beside import said_of
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.shared import Phrase
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
        entries: dict[Phrase, list[str]] = {entry: [f"{NONE}\t{NONE}"] for entry in knowledge.entries_of(against)}
        for theme in themes:
            for term in theme.terms:
                parts = term.split(JOIN)
                for part in parts:
                    key = f"{theme.id}\t{term}" if len(parts) == 1 else f"{theme.id}\t{term}\t{part}"
                    for entry in knowledge.entries_of(words_of(part)):
                        entries.setdefault(entry, []).append(key)
        spared = knowledge.words_of(knowledge.forms("yet_so").replace("\n", " ")) if against else ()
        told = {entry: tuple(dict.fromkeys(keys)) for entry, keys in entries.items()}
        return cls(knowledge.finding_entries(told, (*knowledge.idioms(), *spared)), {**weights, f"{NONE}\t{NONE}": HEAVIEST})

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

    def best(self, words: Said, texts: Sequence[str], among: np.ndarray | None = None) -> tuple[np.ndarray, list[str]]:
        """(positions, theme ids): what the texts of a batch, or the chosen ones (a mask), speak of most, the first of equals; texts that speak
        of none are left out."""
        found, everything = self.single.find_both(words, among)
        found = found.once()
        entries, names, term_of = self._entries
        whole = np.array([len(entry) == 2 for entry in entries], bool)[found.key]
        term = term_of[found.key]
        kept = whole | self._paired(found, term) | self._told(found, everything, words, texts)
        return self._most(found.text[kept], term[kept], np.where(whole, found.weight, 1)[kept], names)

    @cached_property
    def _issues(self) -> np.ndarray:
        """Of each key: the issue (position in ``issues.keys``) that must be said of it; -1 for none."""
        pairs = [entry[1].split(JOIN) for entry in self._entries[0]]
        told = [pair[1][len(issues.MARK) :] if len(pair) == 2 and pair[1].startswith(issues.MARK) else "" for pair in pairs]
        return np.array([issues.keys().index(key) if key else -1 for key in told], np.int64)

    def _paired(self, found: Found, term: np.ndarray) -> np.ndarray:
        """Which finds make a pair of two words whole: the later one of the two."""
        entries, names, _ = self._entries
        kept = np.zeros(len(found.text), bool)
        second = np.array([len(entry) == 3 and not entry[1].startswith(entry[2] + JOIN) for entry in entries], bool)
        pair = np.array([len(entry) == 3 for entry in entries], bool) & (self._issues < 0)
        halved = np.flatnonzero(pair[found.key])
        group = found.text[halved] * len(names) + term[halved]
        side = second[found.key[halved]]
        one, at_one = np.unique(group[~side], return_index=True)
        two, at_two = np.unique(group[side], return_index=True)
        _, in_one, in_two = np.intersect1d(one, two, assume_unique=True, return_indices=True)
        kept[np.maximum(halved[~side][at_one[in_one]], halved[side][at_two[in_two]])] = True
        return kept

    def _told(self, found: Found, everything: Found, words: Said, texts: Sequence[str]) -> np.ndarray:
        """Which finds are the first of a thing of which its issue is said in the same text."""
        _, names, term_of = self._entries
        issue = self._issues[everything.key]
        asked = np.flatnonzero(issue >= 0)
        which, said = said_of(everything.only(asked), words, texts, self._things)
        told = asked[which[said == issue[asked[which]]]]
        kept = np.zeros(len(found.text), bool)
        mine = np.flatnonzero(self._issues[found.key] >= 0)
        groups, first = np.unique(found.text[mine] * len(names) + term_of[found.key[mine]], return_index=True)
        kept[mine[first]] = np.isin(groups, everything.text[told] * len(names) + term_of[everything.key[told]])
        return kept

    @cached_property
    def _things(self) -> list[tuple[str, ...]]:
        """Of each key: the words for its thing."""
        return [words_of(entry[-1]) for entry in self._entries[0]]

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
