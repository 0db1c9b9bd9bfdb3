"""What several people say in the same words is a theme, even where no word of it makes one: "No sofa, no call", 前排一放倒我就沒法動.

The same words are the same letters and digits: case, spaces, marks and emoji do not count, and both Chinese scripts are one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from research_kit import language as languages
from research_kit.records import Language
from research_kit.text import framing, pains
from research_kit.text.themes.chinese import tidy
from research_kit.text.themes.fit import blamed
from research_kit.text.themes.labels import BEST, cased
from research_kit.text.themes.pairs import JOIN, MOOD, NO_TOPIC, WHOLES
from research_kit.text.themes.phrases import PART, SCRAPS, normal, size
from research_kit.text.themes.terms import letters
from research_kit.text.vocabulary import said, stopwords
from research_kit.text.vocabulary.words import FIRST_HAN, HAN, tokens, written

FEWEST, SHARE = 3, 0.002
"""People who make a theme by saying the same: so many, and this share of all who speak."""
MOST = 20
"""Such themes of one kind at most."""
WEIGHT = 0.3
"""Of what they say: it takes only what no other theme of its kind speaks of."""
SENTENCE = 3
"""Chinese characters beside how somebody feels that say something, whatever they are."""
SLUG = 6, 12
"""English words and Chinese characters of an id."""
_SYMBOLS = re.compile(r"[\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]+")
"""Arrows, dingbats and emoji: no part of a name."""
_SAYS_NOTHING = MOOD | stopwords.ENGLISH | WHOLES
_MOOD_ZH = re.compile("|".join(sorted(filter(HAN.match, MOOD | NO_TOPIC | WHOLES), key=lambda w: (-len(w), w))))


@dataclass(frozen=True)
class Alike:
    """What some people said in the same words."""

    terms: tuple[str, ...]
    """What finds it: most often one, more where some wrote spaces between Chinese characters."""
    plain: str
    """It, normalised."""
    text: str
    """As most wrote it."""

    def slug(self) -> str:
        """What makes its id."""
        pieces = written(self.plain)
        longest = max(pieces, key=len)
        return longest[: SLUG[1]] if longest >= FIRST_HAN else "-".join([p for p in pieces if p < FIRST_HAN][: SLUG[0]])

    def label(self, kind: str, language: Language) -> str:
        """The text as it was written or, of a long one, the first part that tells something."""
        whole = pains.trimmed(_SYMBOLS.sub(" ", SCRAPS.sub(" ", languages.in_script(self.text, language))))
        parts = [whole] if size(whole) <= BEST[1] else [*PART.findall(whole), whole]
        part = next((part for part in map(_phrase, parts) if tells(normal(part))), whole)
        return cased(blamed(part) if kind == "pain" else part)


def alike(mentions: pd.DataFrame) -> list[Alike]:
    """What enough of these mentions, all of one kind, say in the same words, most people first. Bare verdicts ("Good", "N/A", 沒有) are left
    out."""
    texts = said.texts_of(mentions)
    keys = list(map(letters, texts))
    units = (mentions["unit"] if "unit" in mentions else mentions["text_id"]).to_numpy()
    people = pd.Series(units).groupby(keys).nunique()
    often = people[people >= max(FEWEST, math.ceil(SHARE * len(pd.unique(units))))].sort_values(ascending=False, kind="stable")
    rows: dict[str, list[int]] = {key: [] for key in often.index}
    for row, key in enumerate(keys):
        if key in rows:
            rows[key].append(row)
    found = []
    for places in rows.values():
        plain = _usual(texts[row] for row in places)
        if tells(plain):
            terms = sorted({_term(texts[row]) for row in places})
            found.append(Alike(tuple(terms), plain, _usual(mentions["text"].iloc[places])))
    return found


def tells(plain: str) -> bool:
    """Whether a normalised text says more than that something is good, bad or not there."""
    if framing.bare([plain])[0]:
        return False
    words = {word for word in tokens(plain) if word < FIRST_HAN and len(word) > 1 and not word.isdigit()} - _SAYS_NOTHING
    if words - NO_TOPIC or len(words) > 1:
        return True
    rest = _MOOD_ZH.sub(" ", "".join(word for word in written(plain) if word >= FIRST_HAN))
    return len(HAN.findall(rest)) >= SENTENCE or any(stopwords.bare(piece) for piece in rest.split())


def _usual(texts: Iterable[str]) -> str:
    """How most wrote it, not in capitals where as many did otherwise."""
    written_so = Counter(texts)
    return max(written_so, key=lambda text: (written_so[text], not text.isupper(), -len(text), text))


def _term(plain: str) -> str:
    """What finds a text: itself or, of Chinese in several pieces, its two longest ones."""
    pieces = written(plain)
    if len(pieces) == 1 or not any(piece >= FIRST_HAN for piece in pieces):
        return " ".join(pieces)
    return JOIN.join(sorted(dict.fromkeys(pieces), key=len, reverse=True)[:2])


def _phrase(part: str) -> str:
    phrase = pains.phrase(part)
    return tidy(phrase) if HAN.search(phrase) else phrase
