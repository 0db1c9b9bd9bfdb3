"""Short phrases of mentions that hold a theme: what may become its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from research_kit import language as languages
from research_kit.text import pains
from research_kit.text.theme_pairs import JOIN, words_of
from research_kit.text.vocabulary import issues, knowledge, stopwords
from research_kit.text.vocabulary.words import FIRST_HAN, Finder, stem, tokens

SHORTEST, LONGEST = 1.0, 6.0
"""Words of a label; two Chinese characters count as one."""
WINDOW_EN, WINDOW_HAN = 5, 8
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+#-]*")
_PART = re.compile(r"(?:(?!\s[-–—]\s)[^，,；;。：:！!？?…\n、~～()（）/|])+")


@dataclass(frozen=True)
class Terms:
    """The terms of a theme, ready to be looked for in phrases."""

    finder: Finder
    pairs: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    """All words that stand for a term, pieces of pairs too."""

    @classmethod
    def of(cls, terms: Sequence[str]) -> Terms:
        """From ``Theme.terms``."""
        pairs = tuple(tuple(term.split(JOIN)) for term in terms)
        parts = dict.fromkeys(part for pair in pairs for part in pair)
        words: dict[str, list[str]] = {}
        for part in parts:
            for word in words_of(part):
                words.setdefault(word.lower(), []).append(part)
        return cls(Finder(words), pairs, tuple(words))

    def held(self, phrase: str) -> bool:
        """Whether a phrase holds a whole term."""
        plain = normal(phrase)
        found = {part for part, _ in self.finder.find(plain)}
        return any(all(part in found or self._said(plain, pair[0], part) for part in pair) for pair in self.pairs)

    def _said(self, plain: str, thing: str, part: str) -> bool:
        return part.startswith(issues.MARK) and issues.said_of(plain, words_of(thing), part[1:])


def normal(text: str) -> str:
    """A phrase as terms are written."""
    return languages.to_simplified(text).lower()


def size(phrase: str) -> float:
    """Words; two Chinese characters count as one."""
    return len(_HAN.findall(phrase)) / 2 + len(_WORD.findall(phrase))


def short(text: str, terms: Terms) -> list[str]:
    """Short phrases of a mention that hold the theme: the whole clause without its frame, its parts, else the words around the term."""
    whole = pains.trimmed(text)
    parts = [pains.trimmed(match[0]) for match in _PART.finditer(whole)]
    found = [p for p in dict.fromkeys((whole, *parts)) if SHORTEST <= size(p) <= LONGEST and terms.held(p)]
    return found or [phrase for phrase in _around(whole, terms) if terms.held(phrase)]


def windows(texts: Iterable[str], terms: Terms) -> dict[str, int]:
    """Pieces of texts that hold the theme and stand in at least two of them: {piece: texts}."""
    found: Counter[str] = Counter()
    ends: dict[str, set[str]] = {}
    for text in texts:
        mine: set[str] = set()
        for match in _PART.finditer(text):
            part = match[0].strip()
            pieces = _pieces_han(part, terms, ends) if _HAN.search(part) else _pieces_english(part, terms)
            mine.update(pieces)
        found.update(mine)
    often = {piece: n for piece, n in sorted(found.items()) if n >= 2 and (not _HAN.search(piece) or len(ends[piece]) >= 2)}
    return {piece: n for piece, n in often.items() if terms.held(piece)}


def _pieces_english(part: str, terms: Terms) -> list[str]:
    words = list(_WORD.finditer(part))
    stems = [stem(word[0].lower()) for word in words]
    wanted = {token for word in terms.words for token in tokens(word)}
    near = [i for i, token in enumerate(stems) if token in wanted]
    if not near:
        return []
    pieces = []
    for first in range(max(0, near[0] - WINDOW_EN + 1), near[-1] + 1):
        for last in range(first, min(len(words), first + WINDOW_EN)):
            inside = any(first <= i <= last for i in near)
            if inside and stems[first] not in _LOOSE and stems[last] not in _LOOSE:
                pieces.append(part[words[first].start() : words[last].end()])
    return pieces


def _pieces_han(part: str, terms: Terms, ends: dict[str, set[str]]) -> list[str]:
    """Pieces of a run of Chinese that begin with a term, or end with one; what stands beside them goes into ``ends``."""
    plain = normal(part)
    if len(plain) != len(part):
        return []
    pieces = []
    for word in terms.words:
        place = plain.find(word) if word >= FIRST_HAN else -1
        if place < 0:
            continue
        for end in range(place + len(word), min(len(part), place + len(word) + WINDOW_HAN - 2) + 1):
            piece = part[place:end]
            ends.setdefault(piece, set()).add(part[end] if end < len(part) else f"end {len(ends.get(piece, ()))}")
            pieces.append(piece)
    return pieces


_LOOSE = frozenset(stem(w) for w in knowledge.forms("loose_en").split())


def _around(text: str, terms: Terms) -> list[str]:
    """The term as written, with what stands right beside it: telling words in English, the rest of a short part in Chinese."""
    plain = normal(text)
    for word in terms.words:
        if word >= FIRST_HAN and word in plain and len(plain) == len(text):
            place = plain.index(word)
            part = next((m for m in _PART.finditer(text) if m.start() <= place < m.end()), None)
            if part:
                whole = text[place : part.end()].strip()
                return [*([whole] if len(whole) <= len(word) + 5 else []), text[place : place + len(word)]]
    words = list(_WORD.finditer(text))
    stems = tuple(stem(word[0].lower()) for word in words)
    for word in terms.words:
        sought = tokens(word)
        place = next((i for i in range(len(stems)) if sought and stems[i : i + len(sought)] == sought), -1)
        if place >= 0:
            return [_grown(text, words, stems, place, place + len(sought) - 1)]
    return []


def _grown(text: str, words: Sequence[re.Match[str]], stems: Sequence[str], first: int, last: int) -> str:
    """Words ``first`` to ``last``, and telling neighbours up to four words in all."""
    while last + 1 < len(words) and last - first < 3 and stems[last + 1] not in stopwords.ENGLISH and _joined(text, words, last):
        last += 1
    while first > 0 and last - first < 3 and stems[first - 1] not in stopwords.ENGLISH and _joined(text, words, first - 1):
        first -= 1
    return text[words[first].start() : words[last].end()]


def _joined(text: str, words: Sequence[re.Match[str]], place: int) -> bool:
    """Nothing but a blank or a hyphen stands between this word and the next."""
    return not text[words[place].end() : words[place + 1].start()].strip(" -")
