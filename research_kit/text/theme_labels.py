"""Names of themes: a short phrase that respondents used, the one that says best what the others say too.

A phrase is judged by its words: those that other people of the theme use as well speak for it, those that only its author uses speak
against it ("排隊動線很亂" is a poor name for all who waited). For a pain, a phrase that says what is wrong comes before one that does not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text import pains
from research_kit.text.theme_pairs import JOIN, words_of
from research_kit.text.theme_phrases import Terms, short, size, windows
from research_kit.text.vocabulary import issues, knowledge, vectors
from research_kit.text.vocabulary.words import FIRST_HAN

if TYPE_CHECKING:
    from research_kit.study import ThemeSpec

LOOKED_AT = 400
BEST = (2.0, 5.0)
"""Words of a good label; two Chinese characters count as one."""
SHARED, ALONE = 1.5, 0.5
"""What a further word adds to a label by the share of people who use it too, and what it costs."""
SAYS_WHAT = {"pain": 1.8, "delight": 1.5, "wish": 1.3}
"""How much better a label is that says what is wrong, right or wanted."""
TELLING = frozenset(knowledge.forms("telling").split())
OWN_LANGUAGE = 0.1
"""Share of a theme's mentions in the study's language from which its label is one of theirs."""
_PERSONAL = frozenset(knowledge.forms("personal_en").split())
_LOOSE = frozenset(knowledge.forms("loose_en").split())
"""Words that a name does not begin or end with."""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+#-]*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_AWKWARD = re.compile(
    r"[0-9０-９@#“”\"「」『』?？!！…=]|[一二两兩三四五六七八九十半]+(?:分|小|天|次|个|個|杯|元|块|塊|点|點|年|月|日)|我|你|他|她"
)
_LOOSE_HAN = re.compile(knowledge.forms("loose_zh").replace("\n", ""))


@dataclass(frozen=True)
class Said:
    """What the people of one theme said, for judging a phrase."""

    share: Mapping[str, float]
    """Of each word of a phrase: in which share of the other mentions it stands too."""
    own: frozenset[str]
    """Words that every mention of the theme holds in some form."""
    kind: str
    telling: bool
    """The theme itself says what is wrong ("waiting"), not only with what ("staff")."""


def named(
    themes: Sequence[Theme], mentions: pd.DataFrame, assigned: pd.Series, specs: Sequence[ThemeSpec], language: Language
) -> tuple[Theme, ...]:
    """The themes with their labels: the study's where it gives one, else a phrase of a respondent, in the study's language where
    enough of them use it, Chinese in the study's script. A theme that nobody spoke of keeps its defining word."""
    given = {spec.id: spec.label for spec in specs if spec.label}
    rows = dict(assigned.groupby(assigned).groups.items())
    labelled = []
    for theme in themes:
        label = given.get(theme.id) or theme.label or _phrase(theme, mentions.loc[rows.get(theme.id, [])], language)
        labelled.append(replace(theme, label=label or _fallback(theme, language)))
    return tuple(labelled)


def _fallback(theme: Theme, language: Language) -> str:
    """The defining word, of a set of synonyms its plainest in this language."""
    if not theme.terms:
        return theme.id
    first = theme.terms[0].split(JOIN)[0]
    chinese = language != "en"
    plain = next((word for word in words_of(first) if (word >= FIRST_HAN) == chinese), first.lstrip("@").replace("_", " "))
    return languages.in_script(plain, language)


def _phrase(theme: Theme, rows: pd.DataFrame, language: Language) -> str:
    """The best short phrase among these mentions, or "" where too few are in the study's language and the theme has a name in it."""
    chinese = rows["language"].str.startswith("zh")
    own = rows[chinese if language != "en" else rows["language"].eq("en")]
    if len(own) >= max(1, OWN_LANGUAGE * len(rows)):
        rows = own
    elif theme.terms and theme.terms[0].startswith("@"):
        return ""
    texts = [languages.in_script(text, language) for text in rows["text"].astype(str).head(LOOKED_AT)]
    # The defining term comes first; one that only the other terms betray speaks for a part of the theme.
    for terms in (Terms.of(theme.terms[:1]), Terms.of(theme.terms)):
        phrases = Counter(phrase for text in texts for phrase in short(text, terms))
        phrases.update(windows(texts, terms))
        if phrases:
            break
    said = _said(theme, texts, Terms.of(theme.terms))
    order = {phrase: place for place, phrase in enumerate(phrases)}
    return max(phrases, key=lambda phrase: (_worth(phrase, phrases[phrase], said), -order[phrase]), default="")


def _said(theme: Theme, texts: Sequence[str], terms: Terms) -> Said:
    counts: Counter[str] = Counter(f for text in texts for f in set(_words(text)))
    own = frozenset(f for word in terms.words for f in _words(word))
    others = max(1, len(texts) - 1)
    telling = bool(theme.terms) and theme.terms[0].startswith("@") and theme.terms[0][1:] in TELLING
    return Said({f: (n - 1) / others for f, n in counts.items()}, own, theme.kind, telling)


def _words(text: str) -> list[str]:
    """The words that tell what a text is about: stems, and pairs of Chinese characters."""
    return [f for f in vectors.features(_normal(text)) if (len(f) == 2 if f >= FIRST_HAN else " " not in f)]


def _worth(phrase: str, times: int, said: Said) -> float:
    """How good a name a phrase is."""
    plain = _normal(phrase)
    further = [f for f in dict.fromkeys(_words(phrase)) if f not in said.own]
    shared = sum(SHARED * min(0.5, said.share.get(f, 0.0)) for f in further)
    rest = _without(plain, said.own)
    strange = len(_HAN.findall(issues.without(rest))) / 2
    central = max(0.1, 1.0 + shared - ALONE * max(len(further), strange))
    says = said.telling or bool(issues.said(plain, said.kind)) or (said.kind == "pain" and bool(pains.cues(rest)))
    return central * (SAYS_WHAT[said.kind] if says else 1.0) * (1 + 0.1 * math.log2(times)) * _shape(phrase)


def _without(plain: str, own: frozenset[str]) -> str:
    """A phrase without the Chinese words of the theme itself."""
    for word in sorted((w for w in own if w >= FIRST_HAN), key=lambda w: (-len(w), w)):
        plain = plain.replace(word, " ")
    return plain


def _shape(phrase: str) -> float:
    """1 for a phrase that is a good name by its length, less for others, and for sentences about oneself: they are quotes."""
    words = phrase.lower().split() or [""]
    length = size(phrase)
    worth = 1.0 if BEST[0] <= length <= BEST[1] else 0.7 if length > BEST[1] else 0.6
    if _AWKWARD.search(phrase) or any(word.lower() in _PERSONAL for word in _WORD.findall(phrase)):
        worth *= 0.6
    if words[0] in _LOOSE or words[-1] in _LOOSE or words[-1] == "not":
        worth *= 0.6
    if _LOOSE_HAN.search(phrase):
        worth *= 0.6
    return worth * (0.7 if re.search(r"[，,；;。：:、~()（）/|.]", phrase) else 1.0)


def _normal(text: str) -> str:
    return languages.to_simplified(text).lower()
