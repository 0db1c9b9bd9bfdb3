"""Which words make a theme: a greedy cover of the mentions of one kind by telling terms.

Each time the term is taken that says most of what is not yet covered (people x how telling it is); a term that mostly occurs with an
earlier theme, or is a form of its word, joins that theme. Terms are sets of synonyms ("@waiting"), English stems and pairs and threes of
them, and pieces of Chinese of two to four characters.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from research_kit.text.vocabulary import knowledge, stopwords
from research_kit.text.vocabulary.words import tokens

if TYPE_CHECKING:
    import pandas as pd

MOST = 60
"""Themes of one kind at most: more than anybody reads."""
FEWEST_PEOPLE = 3
TOGETHER = 0.6
"""A term that occurs with an earlier theme in this share of its mentions belongs to it."""
WITHIN = 0.8
"""A piece that stands in a longer one in this share of its mentions says nothing of its own."""
DOMINATED = 0.7
"""A set of synonyms that is one single word in this share of its mentions stands or falls with that word (see ``_synonyms``)."""
THINGS = frozenset(knowledge.forms("things").split())
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ENDINGS = re.compile(
    r"(?:ivity|ability|ations?|ional|ions?|ity|ive|iv|able|abl|ness|ment|ance|ence|ally|ing|ers?|ors?|al|ly|iz|is|e|y|i)$"
)


@dataclass
class Draft:
    """A theme in the making: its defining word and the terms that belong to it, with weights."""

    slug: str
    terms: dict[str, float]


@dataclass(frozen=True)
class Offers:
    """What each text offers: candidate terms, and the sets of synonyms with the words that were used. Found once, for all tables."""

    terms: Sequence[Sequence[str]]
    synonyms: Sequence[Mapping[str, set[str]]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Offers:
        """Of normalised texts."""
        return cls([candidates(text) for text in texts], [_said(text) for text in texts])

    def only(self, chosen: np.ndarray) -> Offers:
        """Of the chosen texts (a mask)."""
        rows = np.flatnonzero(chosen).tolist()
        return Offers([self.terms[i] for i in rows], [self.synonyms[i] for i in rows])


@dataclass
class Table:
    """Which candidate terms occur in which mentions, and who said them."""

    rows: dict[str, np.ndarray]
    units: np.ndarray

    @classmethod
    def of(cls, mentions: pd.DataFrame, offered: Offers) -> Table:
        """All candidate terms of these mentions, which offer ``offered``. Words of the questions themselves are left out: people echo them."""
        echoed = _echoed(mentions)
        places: dict[str, list[int]] = {}
        for row, terms in enumerate(offered.terms):
            for term in terms:
                places.setdefault(term, []).append(row)
        if echoed:
            places = {term: found for term, found in places.items() if not echoed.issuperset(term.split())}
        synonyms = _synonyms(offered.synonyms)
        for key in synonyms:
            # A word of a set does not stand against its set.
            for word in knowledge.synonyms()[key[1:]]:
                places.pop(word if _HAN.search(word) else " ".join(tokens(word)), None)
        places.update(synonyms)
        units = (mentions["unit"] if "unit" in mentions else mentions["text_id"]).to_numpy()
        rows = {term: np.array(found) for term, found in sorted(places.items()) if len(found) >= FEWEST_PEOPLE}
        return cls(_without_pieces(rows), units)

    def people(self, term: str) -> int:
        """How many people used the term."""
        return len(np.unique(self.units[self.rows[term]])) if term in self.rows else 0


def candidates(text: str) -> list[str]:
    """Terms that a normalised text offers, synonyms apart."""
    found: dict[str, None] = {}
    run: list[str] = []
    for token in [*tokens(text), ""]:
        if token and not _HAN.match(token) and token not in stopwords.ENGLISH and len(token) > 1 and not token.isdigit():
            run.append(token)
            continue
        for size in (1, 2, 3):
            found.update(dict.fromkeys(" ".join(run[i : i + size]) for i in range(len(run) - size + 1)))
        run = []
        if token and _HAN.match(token):
            for piece in stopwords.bare(token):
                found.update(dict.fromkeys(piece[i : i + n] for n in (2, 3, 4) for i in range(len(piece) - n + 1)))
    return list(found)


def _echoed(mentions: pd.DataFrame) -> set[str]:
    if "question_text" not in mentions:
        return set()
    asked = mentions["question_text"].dropna().unique()
    return {term for text in asked for term in candidates(str(text).lower()) if " " not in term}


def _said(text: str) -> dict[str, set[str]]:
    """The sets of synonyms that a text speaks of, with the words that it uses."""
    said: dict[str, set[str]] = {}
    for hit, _ in knowledge.synonym_finder().find(text):
        key, word = hit.split("\t")
        said.setdefault(key, set()).add(word)
    return said


def _synonyms(texts: Sequence[Mapping[str, set[str]]]) -> dict[str, list[int]]:
    """{"@key": rows}. A set that is nearly always one word, and not one of its two plainest, means something else here ("table" in a data
    tool) and is left to its words."""
    rows: dict[str, dict[int, None]] = {}
    words: dict[str, Counter[str]] = {}
    for row, said in enumerate(texts):
        for key, found_words in said.items():
            rows.setdefault(key, {})[row] = None
            words.setdefault(key, Counter()).update(found_words if len(found_words) == 1 else ())
    kept = {}
    for key, found in rows.items():
        word, n = max(words[key].items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if word in knowledge.synonyms()[key][:2] or _HAN.search(word) or n < DOMINATED * len(found):
            kept[f"@{key}"] = list(found)
    return kept


def _without_pieces(rows: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The terms without those that hardly occur but inside a longer one."""
    inside: set[str] = set()
    for term, found in rows.items():
        if term.startswith("@"):
            continue
        if " " in term:
            pieces = [term.split(" ", 1)[1], term.rsplit(" ", 1)[0], *term.split()]
        else:
            pieces = [term[1:], term[:-1]] if _HAN.match(term) and len(term) > 2 else []
        inside.update(piece for piece in pieces if piece in rows and len(found) >= WITHIN * len(rows[piece]))
    return {term: found for term, found in rows.items() if term not in inside}


def drafts(table: Table, background: Table) -> list[Draft]:
    """The themes of one kind, in the order in which they were found; ``background`` = the terms of all mentions."""
    people, everyone = max(1, len(np.unique(table.units))), max(1, len(np.unique(background.units)))
    fewest = max(FEWEST_PEOPLE, math.ceil(0.004 * people))
    reach = {term: n for term in table.rows if (n := table.people(term)) >= fewest}
    left = {term: telling(term, n / people, background.people(term) / everyone) for term, n in reach.items()}
    covered = np.zeros(len(table.units), dtype=bool)
    owner = np.full(len(table.units), -1)
    found: list[Draft] = []
    families: dict[str, int] = {}
    while left and len(found) < MOST:
        best, gain = _best(table, left, covered)
        if best is None or gain < 0.6 * fewest:
            break
        rows = table.rows[best]
        home = _home(best, owner[rows], families)
        if home < 0:
            home = len(found)
            found.append(Draft(best.removeprefix("@").replace("_", "-").replace(" ", "-"), {}))
        found[home].terms[best] = left.pop(best)
        families.setdefault(family(best), home)
        owner[rows[~covered[rows]]] = home
        covered[rows] = True
    return found


def readable(found: Sequence[Draft], written: set[str]) -> None:
    """Slugs made of stems ("larg") become words ("large") where people wrote the word."""
    for draft in found:
        parts = [_word(part, written) for part in draft.slug.split("-")]
        draft.slug = "-".join(parts)


def _word(part: str, written: set[str]) -> str:
    whole = f"{part}e"
    return whole if part.isascii() and part not in written and not written.isdisjoint((whole, f"{whole}s")) else part


def telling(term: str, share: float, background: float) -> float:
    """How telling a term is: rare enough to be a topic, more at home in this kind of mention than in all; synonyms and phrases more so."""
    rarity = min(1.0, max(0.45, -math.log(max(share, 1e-6)) / 3.0))
    lift = min(2.0, share / background) if background else 1.0
    phrase = 0.2 * min(2, term.count(" ")) if " " in term else 0.15 * (len(term) - 2) if _HAN.match(term) else 0.0
    known = 0.9 if term[1:] in THINGS else 1.3
    return rarity * (0.5 + 0.5 * lift) * (known if term.startswith("@") else 1.0 + phrase)


def family(term: str) -> str:
    """What forms of one English word share ("interactive", "interactivity"); other terms are their own family."""
    if " " in term or len(term) < 6 or not term.isascii() or term.startswith("@"):
        return term
    short = _ENDINGS.sub("", term)
    return short if len(short) >= 4 else term


def _home(term: str, owners: np.ndarray, families: Mapping[str, int]) -> int:
    """The earlier theme that a term belongs to, or -1."""
    if family(term) in families:
        return families[family(term)]
    known = owners[owners >= 0]
    if not len(known):
        return -1
    theme, n = Counter(known.tolist()).most_common(1)[0]
    return theme if n >= TOGETHER * len(owners) else -1


def _best(table: Table, terms: Mapping[str, float], covered: np.ndarray) -> tuple[str | None, float]:
    """The term that says most of what is not yet covered, and how much that is."""
    best, most = None, 0.0
    for term, weight in terms.items():
        rows = table.rows[term]
        if len(rows) * weight <= most:
            continue
        gain = len(np.unique(table.units[rows[~covered[rows]]])) * weight
        if gain > most:
            best, most = term, gain
    return best, most
