"""The hand-written tables of this folder, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from research_kit.text.vocabulary.shared import Phrase, Shared
from research_kit.text.vocabulary.words import Finder, entry_of

FOLDER = Path(__file__).parent
Entry = Mapping[str, str]
"""One entry of a table: lists of words, comma-separated."""


@dataclass(frozen=True)
class Concept:
    """Something that people talk of, in any of the languages."""

    key: str
    kind: str
    """aspect or problem"""
    words: tuple[str, ...]
    stages: tuple[str, ...] = ()
    """Common stages at which people speak of it."""


@dataclass(frozen=True)
class CommonStage:
    """A stage that many journeys have."""

    key: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    journey: str
    """Which of the six general stages it is part of."""


def words_of(text: str) -> tuple[str, ...]:
    """The entries of a comma-separated list."""
    return tuple(w.strip() for w in text.split(",") if w.strip())


@cache
def table(name: str) -> Mapping[str, Entry]:
    """One of the TOML files of this folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def forms(key: str) -> str:
    """One of the lists of forms.toml, as it stands there."""
    entry: object = table("forms")[key]
    return str(entry)


@cache
def idioms() -> tuple[str, ...]:
    """Phrases inside which nothing is to be found."""
    return words_of(forms("idioms").replace("\n", " "))


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by key."""
    return {
        key: Concept(key, entry["kind"], words_of(f"{entry['en']}, {entry['zh']}"), words_of(entry.get("stages", "")))
        for key, entry in table("concepts").items()
    }


@cache
def common_stages() -> Mapping[str, CommonStage]:
    """All common stages by key."""
    return {
        key: CommonStage(key, words_of(entry["names"]), words_of(f"{entry['en']}, {entry['zh']}"), entry["journey"])
        for key, entry in table("stages").items()
    }


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """All sets of synonyms by key; those whose key begins with "_" are parts of what ``both`` lists and no theme by themselves."""
    entries: Mapping[str, object] = table("synonyms")
    return {key: words_of(words) for key, words in entries.items() if isinstance(words, str)}


@cache
def both() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """{key of a set: pairs of other sets that say the same where both stand in one clause}"""
    return {
        key: tuple((pair[0], pair[1]) for pair in map(_sides, words_of(text))) for key, text in table("synonyms")["both"].items()
    }


@cache
def families() -> tuple[tuple[str, ...], ...]:
    """Sets of synonyms that stand for one thing where few people speak of each."""
    return tuple(words_of(sets) for sets in table("synonyms")["kin"].values())


@cache
def kin(key: str) -> frozenset[str]:
    """The sets that share a family with this one."""
    return frozenset(other for family in families() if key in family for other in family) - {key}


def heads(key: str, other: str) -> bool:
    """Whether the first family of two sets names this one first."""
    return next(family.index(key) < family.index(other) for family in families() if key in family and other in family)


def _sides(pair: str) -> list[str]:
    return [side.strip() for side in pair.split("+")]


@cache
def shared() -> Shared:
    """All phrases of the hand-written tables that finders look for."""
    listed = (words_of(forms(key).replace("\n", " ")) for key in ("idioms", "idioms_met", "yet_so", "not_pain", "not_delight"))
    met = (words_of(f"{entry['en']}, {entry['zh']}") for area in ("touchpoints", "channels") for entry in table(area).values())
    known = (
        *listed,
        *met,
        *(concept.words for concept in concepts().values()),
        *((*stage.names, *stage.words) for stage in common_stages().values()),
        *synonyms().values(),
    )
    return Shared((entry for words in known for entry in entries_of(words)), shared)


def finding(phrases: Mapping[str, Iterable[str]], idioms: Sequence[str] = ()) -> Finder:
    """A finder of phrases many of which stand in the hand-written tables."""
    return Finder.of(phrases, idioms, shared())


def finding_entries(entries: Mapping[Phrase, Sequence[str]], idioms: Sequence[str] = ()) -> Finder:
    """As ``finding``, of phrases as finders look for them (``entries_of``)."""
    return Finder(entries, idioms, shared())


@lru_cache(maxsize=4096)
def entries_of(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Phrases as finders look for them."""
    return tuple(entry for word in words if (entry := entry_of(word.lower())))


def finder(entries: Mapping[str, tuple[str, ...]]) -> Finder:
    """Finds which keys a text speaks of, from {key: words}."""
    phrases: dict[str, list[str]] = {}
    for key, words in entries.items():
        for word in words:
            phrases.setdefault(word.lower(), []).append(key)
    return finding(phrases, idioms())


@cache
def common_stage_finder() -> Finder:
    """Finds common stages by their names."""
    return finder({key: common.names for key, common in common_stages().items()})


@cache
def concept_finder() -> Finder:
    """Finds concepts in a normalised text."""
    return finder({key: concept.words for key, concept in concepts().items()})


@cache
def synonym_finder() -> Finder:
    """Finds synonyms in a normalised text, each as "key<tab>word"."""
    phrases: dict[str, list[str]] = {}
    for key, words in synonyms().items():
        for word in words:
            phrases.setdefault(word.lower(), []).append(f"{key}\t{word.lower()}")
    return finding(phrases, idioms())
