"""Names of themes: a short phrase that one of the respondents used, the one that says best what the others say too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text import pains
from research_kit.text.vocabulary import knowledge, stopwords, vectors
from research_kit.text.vocabulary.words import stem, tokens

if TYPE_CHECKING:
    from research_kit.study import ThemeSpec

LOOKED_AT = 400
SHORTEST, BEST, LONGEST = 1.0, (2.0, 5.0), 8.0
"""Words of a label; two Chinese characters count as one."""
_PERSONAL = frozenset("i i'm i've i'd we my me our you your it's that which e.g e.g. he she they".split())
_LOOSE = frozenset("in of to with for and or but on at from by than were was is are be the a an so if as not only".split())
"""Words that a name does not begin or end with."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+#-]*")
_PART = re.compile(r"[^，,；;。：:！!？?…\n、~～()（）/|]+")


def named(
    themes: Sequence[Theme], mentions: pd.DataFrame, assigned: pd.Series, specs: Sequence[ThemeSpec], language: Language
) -> tuple[Theme, ...]:
    """The themes with their labels: the study's where it gives one, else a phrase of a respondent, in the study's language where
    enough of them use it. A theme that nobody spoke of keeps its defining word."""
    given = {spec.id: spec.label for spec in specs if spec.label}
    rows = dict(assigned.groupby(assigned).groups.items())
    labelled = []
    for theme in themes:
        label = given.get(theme.id) or _phrase(theme, mentions.loc[rows.get(theme.id, [])], language)
        labelled.append(
            replace(theme, label=label or (theme.terms[0].lstrip("@").replace("_", " ") if theme.terms else theme.id))
        )
    return tuple(labelled)


def _phrase(theme: Theme, rows: pd.DataFrame, language: Language) -> str:
    """The best short phrase among these mentions, or ""."""
    own = rows[rows["language"].eq(language)]
    if len(own) >= max(1, 0.1 * len(rows)):
        rows = own
    phrases = Counter(p for text in rows["text"].astype(str).head(LOOKED_AT) for p in _short(text, theme.terms))
    features = {phrase: set(vectors.features(_normal(phrase))) for phrase in phrases}
    common: Counter[str] = Counter()
    for phrase, n in phrases.items():
        common.update(dict.fromkeys(features[phrase], n))
    order = {phrase: place for place, phrase in enumerate(phrases)}

    def worth(phrase: str) -> tuple[float, int]:
        central = (1.0 + sum(common[f] for f in features[phrase])) / (1.0 + len(features[phrase])) ** 0.6
        wrong = 1.3 if theme.kind == "pain" and pains.cues(phrase) else 1.0
        return central * wrong * (1.2 if phrases[phrase] > 1 else 1.0) * _shape(phrase), -order[phrase]

    return max(phrases, key=worth, default="")


def _short(text: str, terms: Sequence[str]) -> list[str]:
    """Short phrases of a mention that hold the theme: the whole clause without its frame, its parts, else the words around the term."""
    whole = pains.trimmed(text)
    parts = [pains.trimmed(match[0]) for match in _PART.finditer(whole)]
    found = [p for p in dict.fromkeys((whole, *parts)) if SHORTEST <= _size(p) <= LONGEST and _holds(p, terms)]
    return found or _around(whole, terms)


def _size(phrase: str) -> float:
    return len(_HAN.findall(phrase)) / 2 + len(_WORD.findall(phrase))


def _shape(phrase: str) -> float:
    """1 for a phrase that is a good name by its length, less for others, and for sentences about oneself: they are quotes."""
    size = _size(phrase)
    personal = 0.7 if any(word.lower() in _PERSONAL for word in _WORD.findall(phrase)) or phrase.startswith("我") else 1.0
    words = phrase.lower().split() or [""]
    loose = 0.6 if words[0] in _LOOSE or words[-1] in _LOOSE else 1.0
    punctuated = 0.8 if len(_PART.findall(phrase)) > 1 else 1.0
    return personal * loose * punctuated * (1.0 if BEST[0] <= size <= BEST[1] else 0.75 if size > BEST[1] else 0.5)


def _normal(text: str) -> str:
    return languages.to_simplified(text).lower()


def _holds(phrase: str, terms: Sequence[str]) -> bool:
    plain = _normal(phrase)
    stems = " " + " ".join(tokens(plain)) + " "
    found = {"@" + hit.split("\t")[0] for hit, _ in knowledge.synonym_finder().find(plain)}
    return any(term in found or f" {term} " in stems or (bool(_HAN.search(term)) and term in plain) for term in terms)


def _around(text: str, terms: Sequence[str]) -> list[str]:
    """The term as written, with what stands right beside it: telling words in English, a few characters in Chinese."""
    wanted = [word for term in terms for word in (knowledge.synonyms()[term[1:]] if term.startswith("@") else (term,))]
    plain = _normal(text)
    for word in wanted:
        if _HAN.search(word) and word in plain and len(plain) == len(text):
            place = plain.index(word)
            part = next(m for m in _PART.finditer(text) if m.start() <= place < m.end())
            start = max(part.start(), place - 4)
            return [text[start : min(part.end(), place + len(word) + 6)].strip()]
    words = list(_WORD.finditer(text))
    stems = tuple(stem(word[0].lower()) for word in words)
    for word in wanted:
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
