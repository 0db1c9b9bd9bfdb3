"""Short phrases of mentions that hold a theme: what may become its name. Which pieces can stand alone, ``theme_english`` and
``theme_chinese`` know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from research_kit import language as languages
from research_kit.text import pains
from research_kit.text.themes import chinese as theme_chinese
from research_kit.text.themes import english as theme_english
from research_kit.text.themes.pairs import JOIN, words_of
from research_kit.text.vocabulary import issues
from research_kit.text.vocabulary.words import FIRST_HAN, HAN, Finder, tokens

PART = re.compile(r"(?:(?!\s[-–—]\s)[^，,；;。：:！!？?…\n、~～()（）/|.]|\.(?=\w))+")
SCRAPS = re.compile(r"\\+[nrt]|&[a-z]+;|\[[^\[\]]{1,24}\]")
"""Line ends and marks that an export wrote as letters, and what stands for masked words."""


@dataclass(frozen=True)
class Terms:
    """The terms of a theme, ready to be looked for in phrases."""

    finder: Finder
    pairs: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    """All words that stand for a term, pieces of pairs too."""
    chinese: tuple[str, ...]
    stems: frozenset[str]
    """Of the words: the Chinese ones, and the stems of the English ones."""

    @classmethod
    def of(cls, terms: Sequence[str]) -> Terms:
        """From ``Theme.terms``."""
        pairs = tuple(tuple(term.split(JOIN)) for term in terms)
        parts = dict.fromkeys(part for pair in pairs for part in pair)
        words: dict[str, list[str]] = {}
        for part in parts:
            for word in words_of(part):
                words.setdefault(word.lower(), []).append(part)
        stems = frozenset(token for word in words if word < FIRST_HAN for token in tokens(word))
        return cls(Finder.of(words), pairs, tuple(words), tuple(w for w in words if HAN.search(w)), stems)

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
    return len(HAN.findall(phrase)) / 2 + len(theme_english.WORD.findall(phrase))


def short(text: str, terms: Terms) -> list[str]:
    """The phrases of a mention that can stand alone and have to do with the theme, each once; ``Terms.held`` says which hold it."""
    whole = pains.trimmed(SCRAPS.sub(" ", text))
    return list(dict.fromkeys(p for match in PART.finditer(whole) for p in _pieces(pains.trimmed(match[0]), terms) if p))


def _pieces(part: str, terms: Terms) -> Iterator[str]:
    if not HAN.search(part):
        return theme_english.phrases(part, terms.stems)
    plain = normal(part)
    return theme_chinese.phrases(part, plain if len(plain) == len(part) else part, terms.chinese)


def bare(text: str, terms: Terms) -> str:
    """The term alone, as it is written in a text; "" where it is not there in one piece."""
    plain = normal(text)
    for word in sorted(terms.words, key=lambda word: (-len(word), word)):
        place = plain.find(word)
        if place >= 0 and len(plain) == len(text) and (word >= FIRST_HAN or re.match(r"\w*", plain[place + len(word) :])):
            end = place + len(word)
            if word < FIRST_HAN:
                end += len(re.match(r"\w*", plain[end:])[0])  # type: ignore[index]
                if place and plain[place - 1].isalnum():
                    continue
            return text[place:end]
    return ""
