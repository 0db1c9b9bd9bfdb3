"""The words that can make a theme, and where they occur. Terms are sets of synonyms ("@waiting"), English stems and pairs and threes of
them, and pieces of Chinese of two to four characters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
import pandas as pd

from research_kit.text.themes.offers import FEWEST_KNOWN, Offers, candidates
from research_kit.text.vocabulary import knowledge, said
from research_kit.text.vocabulary.words import HAN, tokens

WITHIN = 0.8
"""A piece that stands in a longer one in this share of its mentions says nothing of its own."""
NEIGHBOURS, LOOKED_AT = 2, 200
"""Different characters on both sides that a piece of Chinese needs to be a word, and mentions that are looked at for it."""
THINGS = frozenset(knowledge.forms("things").split())
_MARKS = re.compile(r"[\W_]+")
_ENDINGS = re.compile(
    r"(?:ivity|ability|ations?|ional|ions?|ity|ive|iv|able|abl|ness|ment|ance|ence|ally|ing|ers?|ors?|al|ly|iz|is|e|y|i)$"
)


@dataclass(frozen=True)
class Heard:
    """What mentions say, and who says it in answer to what: arrays of one length."""

    texts: Sequence[str]
    """Normalised."""
    units: np.ndarray
    asked: np.ndarray
    """Position in ``questions``, -1 for none."""
    questions: tuple[str, ...]

    @classmethod
    def of(cls, mentions: pd.DataFrame) -> Heard:
        """Of mentions with ``normal``, and ``unit`` or ``text_id``; ``question_text`` may be missing."""
        units = (mentions["unit"] if "unit" in mentions else mentions["text_id"]).to_numpy()
        column = mentions["question_text"] if "question_text" in mentions else np.full(len(mentions), None, object)
        asked, questions = pd.factorize(column)
        return cls(said.texts_of(mentions), units, asked, tuple(map(str, questions)))

    def only(self, chosen: np.ndarray) -> Heard:
        """The chosen mentions (a mask)."""
        rows = np.flatnonzero(chosen)
        return Heard([self.texts[row] for row in rows.tolist()], self.units[rows], self.asked[rows], self.questions)

    def echoed(self) -> set[str]:
        """The words of the questions that these answer: people echo them."""
        asked = np.unique(self.asked[self.asked >= 0]).tolist()
        return {term for i in asked for term in candidates(self.questions[i].lower()) if " " not in term}


@dataclass
class Table:
    """Which candidate terms occur in which mentions, and who said them."""

    rows: dict[str, np.ndarray]
    units: np.ndarray
    texts: Sequence[str]
    offers: Offers
    sets: dict[str, np.ndarray]
    """The mentions of each set of synonyms, also of one that is told once."""

    @classmethod
    def of(cls, heard: Heard, offered: Offers) -> Table:
        """All candidate terms of these mentions, which offer ``offered``. Words of the questions themselves are left out."""
        echoed = heard.echoed()
        rows = {term: found for term, found in offered.places() if not (echoed and echoed.issuperset(term.split()))}
        synonyms = offered.synonyms()
        # A word of a set does not stand against its set.
        rows = {term: found for term, found in rows.items() if synonyms.keys().isdisjoint(_sets().get(term, ()))}
        rows.update((key, found) for key, found in synonyms.items() if len(found) >= FEWEST_KNOWN)
        rows = {term: rows[term] for term in sorted(rows)}
        return cls(_whole_words(_without_pieces(rows), heard.texts), heard.units, heard.texts, offered, synonyms)

    def people(self, term: str) -> int:
        """How many people used the term."""
        return self._people.get(term, 0)

    @cached_property
    def _people(self) -> dict[str, int]:
        return counted(self.rows, self.units)

    @cached_property
    def _everybody(self) -> int:
        return len(np.unique(self.units))

    def everybody(self) -> int:
        """How many people there are."""
        return max(1, self._everybody)

    def beside(self, rows: np.ndarray, fewest: int) -> dict[str, int]:
        """In how many of these mentions each term of the table stands that stands in at least ``fewest``, in the order of the terms."""
        return {term: n for term, n in self.offers.counted(rows, fewest) if term in self.rows}

    def bare(self, term: str) -> float:
        """In which share of its mentions the term is all that is said."""
        rows = self.rows[term]
        whole = _in_tokens(term)
        brief = rows[self.offers.sizes[rows] <= max(map(len, whole))]
        return sum(tokens(self.texts[row]) in whole for row in brief.tolist()) / max(1, len(rows))


@lru_cache(maxsize=4096)
def _in_tokens(term: str) -> frozenset[tuple[str, ...]]:
    """What says a term and nothing else."""
    return frozenset(tokens(word) for word in (knowledge.synonyms()[term[1:]] if term.startswith("@") else (term,)))


@cache
def _sets() -> dict[str, list[str]]:
    """The sets of synonyms ("@key") that each of their words is of, as a term."""
    found: dict[str, list[str]] = {}
    for key, words in knowledge.synonyms().items():
        for word in words:
            found.setdefault(word if HAN.search(word) else " ".join(tokens(word)), []).append(f"@{key}")
    return found


def counted(rows: Mapping[str, np.ndarray], units: np.ndarray) -> dict[str, int]:
    """How many people stand behind each of some lists of mentions; ``units`` = who said each mention."""
    if not rows:
        return {}
    sizes = np.fromiter(map(len, rows.values()), np.int64, len(rows))
    which, found = pd.factorize(units)
    pairs = np.repeat(np.arange(len(rows)) * (len(found) + 1), sizes) + which[np.concatenate(list(rows.values()))]
    pairs.sort()
    people = np.bincount(pairs[np.append(True, pairs[1:] != pairs[:-1])] // (len(found) + 1), minlength=len(rows))
    return dict(zip(rows, people.tolist(), strict=True))


def _without_pieces(rows: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The terms without those that hardly occur but inside a longer one."""
    inside: set[str] = set()
    for term, found in rows.items():
        if term.startswith("@"):
            continue
        if " " in term:
            pieces = [term.split(" ", 1)[1], term.rsplit(" ", 1)[0], *term.split()]
        else:
            pieces = [term[1:], term[:-1]] if HAN.match(term) and len(term) > 2 else []
        inside.update(piece for piece in pieces if piece in rows and len(found) >= WITHIN * len(rows[piece]))
    return {term: found for term, found in rows.items() if term not in inside}


def _whole_words(rows: dict[str, np.ndarray], texts: Sequence[str]) -> dict[str, np.ndarray]:
    """The terms without pieces of Chinese that always stand in the same place of a longer word: what begins or ends a word has
    different neighbours (accessor variety, Feng et al. 2004)."""
    return {term: found for term, found in rows.items() if not HAN.match(term) or _varied(term, found, texts)}


def _varied(piece: str, rows: np.ndarray, texts: Sequence[str]) -> bool:
    before: set[str] = set()
    after: set[str] = set()
    for row in rows[:LOOKED_AT].tolist():
        text = texts[row]
        place = text.find(piece)
        # An edge is another neighbour each time.
        before.add(text[place - 1] if place > 0 and HAN.match(text[place - 1]) else f"edge {row}")
        end = place + len(piece)
        after.add(text[end] if end < len(text) and HAN.match(text[end]) else f"edge {row}")
        if len(before) >= NEIGHBOURS and len(after) >= NEIGHBOURS:
            return True
    return False


def telling(term: str, share: float, lift: float) -> float:
    """How telling a term is: rare enough to be a topic, more at home in this kind of mention than in all; synonyms and phrases more so."""
    rarity = min(1.0, max(0.45, -math.log(max(share, 1e-6)) / 3.0))
    phrase = 0.2 * min(2, term.count(" ")) if " " in term else 0.15 * (len(term) - 2) if HAN.match(term) else 0.0
    known = 0.9 if term[1:] in THINGS else 1.3
    return rarity * (0.5 + 0.5 * min(2.0, lift)) * (known if term.startswith("@") else 1.0 + phrase)


def letters(plain: str) -> str:
    """The letters and digits of a normalised text: who writes the same says the same."""
    return _MARKS.sub("", plain)


def family(term: str) -> str:
    """What forms of one English word share ("interactive", "interactivity"); other terms are their own family."""
    if " " in term or len(term) < 6 or not term.isascii() or term.startswith("@"):
        return term
    short = _ENDINGS.sub("", term)
    return short if len(short) >= 4 else term
