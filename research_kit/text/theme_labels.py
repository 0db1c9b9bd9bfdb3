"""Names of themes: a short phrase that one of the respondents used, the one that says best what the others say too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit.records import Language, Theme
from research_kit.text import pains
from research_kit.text.vocabulary import knowledge, stopwords, vectors
from research_kit.text.vocabulary.words import stem, tokens

if TYPE_CHECKING:
    from research_kit.study import ThemeSpec

LOOKED_AT = 400
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def named(
    themes: Sequence[Theme], mentions: pd.DataFrame, assigned: pd.Series, specs: Sequence[ThemeSpec], language: Language
) -> tuple[Theme, ...]:
    """The themes with their labels: the study's where it gives one, else a phrase of a respondent, in the study's language where
    there is one. Themes that nobody spoke of keep their defining word."""
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
    rows = rows.head(LOOKED_AT)
    own = rows[rows["language"].eq(language)]
    if len(own) >= max(1, 0.1 * len(rows)):
        rows = own
    phrases = Counter(p for text in rows["text"].astype(str) for p in _short(text, theme.terms))
    if not phrases:
        return ""
    common: Counter[str] = Counter(
        f for phrase, n in phrases.items() for f in set(vectors.features(phrase.lower())) for _ in range(n)
    )
    order = {phrase: i for i, phrase in enumerate(phrases)}

    def worth(phrase: str) -> tuple[float, int]:
        features = set(vectors.features(phrase.lower()))
        central = sum(common[f] for f in features) / (1.0 + len(features)) ** 0.6
        return central * (1.3 if phrases[phrase] > 1 else 1.0) * _shape(phrase), -order[phrase]

    return max(phrases, key=worth)


def _short(text: str, terms: Sequence[str]) -> list[str]:
    """Short phrases of a mention that hold the theme: the whole trimmed clause, its complaining part, or the words around the term."""
    found = [p for p in dict.fromkeys((pains.trimmed(text), pains.phrase(text))) if _shape(p) >= 0.8 and _holds(p, terms)]
    return found or _around(pains.trimmed(text), terms)


def _shape(phrase: str) -> float:
    """1 for the length of a good label, less for longer and shorter ones."""
    han = len(_HAN.findall(phrase))
    size = han / 2 + len(re.findall(r"[A-Za-z0-9']+", phrase))
    if size < 1 or size > 9:
        return 0.1
    return {1: 0.8}.get(round(size), 1.0) if size <= 6 else 0.8


def _holds(phrase: str, terms: Sequence[str]) -> bool:
    lowered = phrase.lower()
    stems = " " + " ".join(tokens(lowered)) + " "
    found = {"@" + hit.split("\t")[0] for hit, _ in knowledge.synonym_finder().find(lowered)}
    return any(term in found or f" {term} " in stems or (bool(_HAN.search(term)) and term in lowered) for term in terms)


def _around(text: str, terms: Sequence[str]) -> list[str]:
    """The term as written, with the telling words right beside it."""
    words = list(re.finditer(r"[A-Za-z0-9][A-Za-z0-9'’+#-]*", text))
    stems = [stem(w[0].lower()) for w in words]
    wanted = {t for term in terms for t in term.removeprefix("@").split()}
    hits = [i for i, s in enumerate(stems) if s in wanted]
    if not hits:
        return []
    first = last = hits[0]
    while last + 1 < len(stems) and last - first < 3 and stems[last + 1] not in stopwords.ENGLISH and _joined(text, words, last):
        last += 1
    while first > 0 and last - first < 3 and stems[first - 1] not in stopwords.ENGLISH and _joined(text, words, first - 1):
        first -= 1
    return [text[words[first].start() : words[last].end()]]


def _joined(text: str, words: Sequence[re.Match[str]], place: int) -> bool:
    """Nothing but a blank or a hyphen stands between this word and the next."""
    return not text[words[place].end() : words[place + 1].start()].strip(" -")
