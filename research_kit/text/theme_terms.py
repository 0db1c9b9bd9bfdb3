"""The words that can make a theme, and where they occur. Terms are sets of synonyms ("@waiting"), English stems and pairs and threes of
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

FEWEST_PEOPLE = 3
WITHIN = 0.8
"""A piece that stands in a longer one in this share of its mentions says nothing of its own."""
DOMINATED = 0.7
"""A set of synonyms that is one single word in this share of its mentions stands or falls with that word (see ``_synonyms``)."""
NEIGHBOURS, LOOKED_AT = 2, 200
"""Different characters on both sides that a piece of Chinese needs to be a word, and mentions that are looked at for it."""
THINGS = frozenset(knowledge.forms("things").split())
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ENDINGS = re.compile(
    r"(?:ivity|ability|ations?|ional|ions?|ity|ive|iv|able|abl|ness|ment|ance|ence|ally|ing|ers?|ors?|al|ly|iz|is|e|y|i)$"
)


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
    texts: Sequence[str]
    offers: Offers

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
        texts = mentions["normal"].astype(str).tolist()
        return cls(_whole_words(_without_pieces(rows), texts), units, texts, offered)

    def people(self, term: str) -> int:
        """How many people used the term."""
        return len(np.unique(self.units[self.rows[term]])) if term in self.rows else 0

    def everybody(self) -> int:
        """How many people there are."""
        return max(1, len(np.unique(self.units)))

    def offered(self, row: int) -> list[str]:
        """The terms of a mention that are in the table."""
        return [term for term in self.offers.terms[row] if term in self.rows]

    def bare(self, term: str) -> float:
        """In which share of its mentions the term is all that is said."""
        rows = self.rows[term].tolist()
        whole = {" ".join(tokens(word)) for word in (knowledge.synonyms()[term[1:]] if term.startswith("@") else (term,))}
        return sum(" ".join(tokens(self.texts[row])) in whole for row in rows) / max(1, len(rows))


def candidates(text: str) -> list[str]:
    """Terms that a normalised text offers, synonyms apart."""
    found: dict[str, None] = {}
    run: list[str] = []
    for token in [*tokens(text), ""]:
        if (
            token
            and not _HAN.match(token)
            and token not in stopwords.ENGLISH
            and len(token) > 1
            and not token.isdigit()
            and len(set(token)) > 1
        ):
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


def _whole_words(rows: dict[str, np.ndarray], texts: Sequence[str]) -> dict[str, np.ndarray]:
    """The terms without pieces of Chinese that always stand in the same place of a longer word: what begins or ends a word has
    different neighbours (accessor variety, Feng et al. 2004)."""
    return {term: found for term, found in rows.items() if not _HAN.match(term) or _varied(term, found, texts)}


def _varied(piece: str, rows: np.ndarray, texts: Sequence[str]) -> bool:
    before: set[str] = set()
    after: set[str] = set()
    for row in rows[:LOOKED_AT].tolist():
        text = texts[row]
        place = text.find(piece)
        # An edge is another neighbour each time.
        before.add(text[place - 1] if place > 0 and _HAN.match(text[place - 1]) else f"edge {row}")
        end = place + len(piece)
        after.add(text[end] if end < len(text) and _HAN.match(text[end]) else f"edge {row}")
        if len(before) >= NEIGHBOURS and len(after) >= NEIGHBOURS:
            return True
    return False


def telling(term: str, share: float, lift: float) -> float:
    """How telling a term is: rare enough to be a topic, more at home in this kind of mention than in all; synonyms and phrases more so."""
    rarity = min(1.0, max(0.45, -math.log(max(share, 1e-6)) / 3.0))
    phrase = 0.2 * min(2, term.count(" ")) if " " in term else 0.15 * (len(term) - 2) if _HAN.match(term) else 0.0
    known = 0.9 if term[1:] in THINGS else 1.3
    return rarity * (0.5 + 0.5 * min(2.0, lift)) * (known if term.startswith("@") else 1.0 + phrase)


def family(term: str) -> str:
    """What forms of one English word share ("interactive", "interactivity"); other terms are their own family."""
    if " " in term or len(term) < 6 or not term.isascii() or term.startswith("@"):
        return term
    short = _ENDINGS.sub("", term)
    return short if len(short) >= 4 else term
