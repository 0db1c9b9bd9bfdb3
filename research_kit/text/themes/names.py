"""What a set of synonyms is called where no respondent says it in words that the others share: ``labels/themes.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from research_kit import labels
from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text.themes.fit import fits
from research_kit.text.themes.pairs import JOIN, PRAISE, TELLING, defining, words_of
from research_kit.text.themes.phrases import Terms, bare, normal
from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.words import FIRST_HAN

MOSTLY, TWICE = 0.5, 2
"""Share of the mentions, and how many of them, from which the word that they use for a thing is its name."""
FAULTS = TELLING - frozenset(knowledge.forms("praise").split()) - {"listening", "explanation"}
"""Sets of synonyms that name a fault."""


def of_set(theme: Theme, language: Language) -> str:
    """The name of a theme's set, or of the thing that its family names first where that is part of the theme ("support" of the phone queue); "" where
    it has none or where the name says the opposite of its kind ("Late" among delights)."""
    first = defining(theme.terms)
    sets = {term[1:] for term in theme.terms}
    name = next((f[0] for f in knowledge.families() if first in f and f[0] in sets and f[0] not in TELLING), first)
    against = name in FAULTS if theme.kind != "pain" else f"@{name}" in PRAISE
    return "" if against or name not in labels.keys("themes") else labels.label("themes", name, language)


def plain(theme: Theme, texts: Sequence[str], language: Language) -> list[str]:
    """Names by the defining words alone, the best first: the word that most of the texts use, the name of the set, other words."""
    terms = Terms.of(theme.terms)
    alone = Counter(word for text in texts if (word := bare(text, terms)))
    order = [word for part in theme.terms[:1] for word in words_of(part.split(JOIN)[0])]
    usual = sorted(alone, key=lambda word: (-alone[word], order.index(w) if (w := normal(word)) in order else len(order)))
    fault = defining(theme.terms) in FAULTS
    words = [word for word in usual[:3] if fits(normal(word), theme.kind, fault=fault)]
    name = of_set(theme, language)
    # An English word that tells what is wrong is part of a sentence ("waited").
    stands = (
        words[:1]
        and (words[0] >= FIRST_HAN or defining(theme.terms) not in TELLING)
        and alone[words[0]] >= max(TWICE, MOSTLY * len(texts))
    )
    return [*words[: bool(stands)], *([name] if name else []), *words[bool(stands) :]]


def fallback(theme: Theme, language: Language) -> str:
    """The name of a theme that nobody spoke of: that of its set, else its defining word."""
    if not theme.terms:
        return theme.id
    first = theme.terms[0].split(JOIN)[0]
    word = next((w for w in words_of(first) if (w >= FIRST_HAN) == (language != "en")), first.lstrip("@").replace("_", " "))
    return of_set(theme, language) or languages.in_script(word, language)
