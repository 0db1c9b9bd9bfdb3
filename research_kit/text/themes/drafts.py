"""Which terms make a theme: a greedy cover of the mentions of one kind by telling terms.

Each time the term is taken that says most of what is not yet covered (people x how telling it is); a term that mostly occurs with an
earlier theme, or is a form of its word, joins that theme. A thing that everybody speaks of is no theme by itself (``theme_pairs``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

import numpy as np

from research_kit.text.themes import kin as theme_kin
from research_kit.text.themes import pairs as theme_pairs
from research_kit.text.themes.offers import FEWEST_KNOWN, FEWEST_PEOPLE
from research_kit.text.themes.terms import Table, counted, family, letters, telling
from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import numbers
from research_kit.text.vocabulary.words import stem

MOST = 60
"""Themes of one kind at most: more than anybody reads."""
TOGETHER = 0.6
"""A term that occurs with an earlier theme in this share of its mentions belongs to it."""
ALIKE = 0.8
"""The same for a word that names only a thing, and joins what is wrong with it."""
CERTAIN = 0.9
"""The same for a word that joins a set which says by itself what is wrong or right: the word may be said without it."""
SMALL = 150
"""People of a small study: there, two make a theme of a set of synonyms."""
MIDDLING = 1000
"""People up to which small themes join their kin: in larger studies what few say is not read one by one."""
OWN, VARIED = 0.6, 2
"""Share of all who use a word that those left out must be to make a theme of it, and how many different things they must say."""
PAIR = 1.4
"""How much more telling a pair is than its words."""
_LETTERS = re.compile("[a-z]+")


@dataclass
class Draft:
    """A theme in the making: its defining word and the terms that belong to it, with weights."""

    slug: str
    terms: dict[str, float]


def drafts(table: Table, background: Table, kind: str, earlier: Sequence[Draft] = ()) -> list[Draft]:
    """The themes of one kind: first the ``earlier`` ones, as another wave defined them, then what those do not cover, in the order in
    which it was found; ``background`` = the terms of all mentions."""
    people = table.everybody()
    fewest = max(FEWEST_PEOPLE, math.ceil(0.004 * people))
    # What is known to be one thing needs no third witness in a small study.
    known = FEWEST_KNOWN if people <= SMALL else fewest
    things = theme_pairs.broad(table, background)
    rows = dict(table.rows)
    rows.update(theme_pairs.pairs(table, things, kind, fewest))
    weights: dict[str, float] = {}
    for term, n in counted(rows, table.units).items():
        pair = theme_pairs.JOIN in term
        if n < (known if term.startswith("@") and not pair else fewest) or (kind == "pain" and term in theme_pairs.PRAISE):
            continue
        if pair:
            weights[term] = telling(term, n / people, 2.0) * PAIR
        elif theme_pairs.lone(term) and (term in things or theme_pairs.belongs(term, table, background)):
            weights[term] = telling(term, n / people, theme_pairs.lift(term, table, background))
    cover = _Cover(table.units, rows, known)
    cover.keep(earlier, weights)
    cover.take({term: weight for term, weight in weights.items() if term not in things})
    cover.take({term: weight for term, weight in weights.items() if term in things and term.startswith("@")}, alone=True)
    if people <= MIDDLING:
        cover.gather({term: rows for term, rows in table.sets.items() if term not in things}, kind)
        cover.rest(table, background, bare=people <= SMALL)
    for draft in cover.found:
        draft.terms.update(ways(draft.terms, weights))
    return cover.found


def ways(terms: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    """The pairs of sets that say the same as sets among these terms, each weighing more than its sides by themselves."""
    pairs = {}
    for term, weight in terms.items():
        for sides in knowledge.both().get(term[1:], ()) if term.startswith("@") else ():
            names = [f"@{side}" for side in sides]
            pairs[theme_pairs.JOIN.join(names)] = PAIR * max(weight, *(others.get(name, 0.0) for name in names))
    return pairs


class _Cover:
    """Themes as they are found, and which mentions they cover."""

    def __init__(self, units: np.ndarray, rows: Mapping[str, np.ndarray], fewest: int) -> None:
        self.found: list[Draft] = []
        self._units, self._rows, self._fewest = units, rows, fewest
        self._covered = np.zeros(len(units), dtype=bool)
        self._owner = np.full(len(units), -1)
        self._families: dict[str, int] = {}

    def keep(self, earlier: Sequence[Draft], weights: dict[str, float]) -> None:
        """Begin with themes that are there already; their terms are no longer to be had."""
        for draft in earlier:
            home = len(self.found)
            self.found.append(Draft(draft.slug, {term: weights.pop(term, weight) for term, weight in draft.terms.items()}))
            for term in draft.terms:
                self._families.setdefault(family(term), home)
                rows = self._of(term)
                self._owner[rows[~self._covered[rows]]] = home
                self._covered[rows] = True

    def _of(self, term: str) -> np.ndarray:
        """The mentions of a term; of one that only stands in longer ones here, theirs."""
        longer = [rows for other, rows in self._rows.items() if set(term.split()) <= set(other.split())] if term.isascii() else []
        return np.unique(np.concatenate([self._rows.get(term, np.zeros(0, int)), *longer]))

    def take(self, left: dict[str, float], *, alone: bool = False) -> None:
        """Take terms as long as they add people; ``alone`` = none of them joins an earlier theme."""
        most = len(self.found) + MOST
        order = {term: place for place, term in enumerate(left)}
        # What a term adds only shrinks as others are taken: one whose last known gain is behind the best needs no new look.
        queue = [(-len(self._rows[term]) * weight, order[term], term) for term, weight in left.items()]
        heapify(queue)
        while queue and len(self.found) < most:
            known, place, best = queue[0]
            gain = self._gain(best, left[best])
            if -gain > known:
                heapreplace(queue, (-gain, place, best))
                continue
            if gain < 0.6 * self._fewest or not gain:
                break
            heappop(queue)
            rows = self._rows[best]
            home = -1 if alone else self._home(best, rows)
            if home < 0:
                home = len(self.found)
                self.found.append(Draft(_slug(best), {}))
            self.found[home].terms[best] = left.pop(best)
            self._families.setdefault(family(best), home)
            self._owner[rows[~self._covered[rows]]] = home
            self._covered[rows] = True

    def gather(self, sets: Mapping[str, np.ndarray], kind: str) -> None:
        """Let small themes and sets of synonyms join their kin."""
        terms = [draft.terms for draft in self.found]
        new = theme_kin.gather(terms, self._owner, sets, self._units, kind)
        self.found += [Draft(_slug(f"@{name}"), terms[-len(new) + i]) for i, name in enumerate(new)]
        self.found = [draft for draft in self.found if draft.terms]

    def rest(self, table: Table, background: Table, *, bare: bool) -> None:
        """Make themes of the words that people whom no theme covers share and few others use; ``bare`` = also of words that name no thing
        ("Sunday"). Such a word weighs little: it takes only what no other theme speaks of."""
        free = {
            term: left
            for term, rows in self._rows.items()
            if theme_pairs.own_word(term)
            and (bare or theme_pairs.lone(term))
            and len(left := rows[self._owner[rows] < 0]) >= max(FEWEST_PEOPLE, OWN * background.people(term))
        }
        people = counted(free, self._units)
        for term in sorted(free, key=lambda term: (-people[term], term)):
            left = free[term][self._owner[free[term]] < 0]
            enough = len(np.unique(self._units[left])) >= max(FEWEST_PEOPLE, OWN * background.people(term))
            if enough and len({letters(table.texts[row]) for row in left.tolist()}) >= VARIED:
                self.found.append(Draft(_slug(term), {term: theme_kin.WEAK}))
                self._owner[left] = len(self.found) - 1

    def _gain(self, term: str, weight: float) -> float:
        """How much a term says of what is not yet covered."""
        rows = self._rows[term]
        return len(set(self._units[rows[~self._covered[rows]]].tolist())) * weight  # few: a set is several times as fast as numpy

    def _home(self, term: str, rows: np.ndarray) -> int:
        """The earlier theme that a term belongs to, or -1."""
        if family(term) in self._families:
            return self._families[family(term)]
        if term.startswith("@") and theme_pairs.JOIN not in term:
            return -1  # a set is one thing, and two of them are two
        owners = self._owner[rows]
        known = owners[owners >= 0]
        if not len(known):
            return -1
        theme, n = Counter(known.tolist()).most_common(1)[0]
        told = next(iter(self.found[theme].terms), "")[1:] in theme_pairs.TELLING
        share = CERTAIN if told else ALIKE if term[1:] in theme_pairs.THINGS else TOGETHER
        return theme if n >= share * len(rows) else -1


def _slug(term: str) -> str:
    return term.replace(theme_pairs.JOIN, "-").replace("@", "").replace("#", "").replace("_", "-").replace(" ", "-")


def readable(found: Sequence[Draft], said: Said) -> None:
    """Slugs made of stems ("larg") become words ("large") where people wrote the word."""
    stems = [draft for draft in found if not next(iter(draft.terms), "").startswith("@")]  # else the key of a set
    written = _written({part for draft in stems for part in draft.slug.split("-") if part.isascii()}, said)
    for draft in stems:
        draft.slug = "-".join(_word(part, written) for part in draft.slug.split("-"))


def _written(parts: set[str], said: Said) -> set[str]:
    """The words of a batch that these may be stems of, as they are written."""
    if not parts:
        return set()
    which, words = said.alike
    sought = numbers(sorted({stem(f"{part}{end}") for part in parts for end in ("", "e", "es")}))
    place = np.flatnonzero(np.isin(words, sought)[which])
    chunks = {said.joined[a : a + n] for a, n in zip(said.start[place].tolist(), said.size[place].tolist(), strict=True)}
    return set(_LETTERS.findall(" ".join(sorted(chunks))))


def _word(part: str, written: set[str]) -> str:
    whole = f"{part}e"
    if not part.isascii() or part in written:
        return part
    plural = f"{whole}s" in written and not part.endswith(("s", "x", "z", "ch", "sh"))  # "crashes" is of "crash"
    return whole if plural or whole in written else part
