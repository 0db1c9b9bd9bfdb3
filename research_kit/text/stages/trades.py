"""Words that decide a stage: the keywords of the study's stages, and the words of the trade of the shipped stages that they are
(``vocabulary/trades.toml``).

A clause that holds keywords which the researcher wrote, of one stage alone, speaks of that stage. Otherwise keywords and words of the trade
speak together, the longer ones louder; where two stages are equal, what else is known chooses between these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from research_kit import language as languages
from research_kit.records import Stage
from research_kit.study import journeys, template
from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.words import Finder

Shipped = tuple[str, str]
"""Journey and key of a shipped stage."""
LOUDER = 0.5
"""By how much each further word of a phrase (or pair of Chinese characters) makes it more telling."""

QUIET = 0.1
"""How loud a word is that gives way: those who do it, and what all of it is about."""


@dataclass(frozen=True)
class Deciders:
    """A finder of the words that decide, and what each of its keys means."""

    finder: Finder
    stage: np.ndarray
    """Position of its stage."""
    own: np.ndarray
    """Whether the researcher wrote it."""
    quiet: np.ndarray
    """Whether it gives way to any other word."""
    stages: int

    @classmethod
    def of(cls, stages: Sequence[Stage]) -> Deciders | None:
        """None where no stage has such a word."""
        own, known = _words(stages)
        inside = Finder.of(own)
        phrases: dict[str, list[str]] = {}
        for word in dict.fromkeys((*own, *known)):
            # A longer word of the trade that holds a keyword holds it still: the longest one is found.
            mine = dict.fromkeys([*own.get(word, ()), *(place for place, _ in inside.find(word))])
            how = "quiet" if word in listed("quiet") else "known"
            phrases[word] = [f"{place} own" for place in mine]
            phrases[word] += [f"{place} {how}" for place in known.get(word, ()) if place not in mine]
        if not phrases:
            return None
        finder = knowledge.finding(phrases, sorted(listed("idioms")))
        stage, how_told = zip(*(key.split() for key in finder.keys), strict=True)
        told = np.array(how_told)
        return cls(finder, np.array(stage, dtype=int), told == "own", told == "quiet", len(stages))

    def loudness(self, said: Said, texts: int) -> tuple[np.ndarray, np.ndarray]:
        """How loudly each text names each stage, by the researcher's keywords and by all these words: two tables, texts x stages."""
        own, every = np.zeros((texts, self.stages)), np.zeros((texts, self.stages))
        found = self.finder.find_all(said).once()
        if len(found.text):
            loud = np.where(self.quiet[found.key], QUIET, 1 + LOUDER * (found.weight - 1))
            np.add.at(every, (found.text, self.stage[found.key]), loud)
            theirs = self.own[found.key]
            np.add.at(own, (found.text[theirs], self.stage[found.key[theirs]]), loud[theirs])
        return own, every

    def named(self, said: Said, texts: int) -> np.ndarray:
        """Which stages each text names most: texts x stages, all False where it names none, several True where they are equal."""
        own, every = self.loudness(said, texts)
        spoken = np.where((own.max(axis=1, initial=0.0) > 0)[:, None], np.where(own > 0, own + every / 1e3, 0.0), every)
        most: np.ndarray = spoken.max(axis=1, initial=0.0, keepdims=True)
        return np.asarray((spoken > 0) & (spoken >= most - 1e-9))


def normal(text: str) -> str:
    """A declared text as comments are normalised: Simplified, lower-case."""
    return languages.to_simplified(text).lower().strip()


def shipped_as(stages: Sequence[Stage]) -> list[list[Shipped]]:
    """The shipped stages that each of these is: by its name, or by its key where most keys of the study are those of one journey. Where that
    journey has it, it is that journey's alone."""
    named, keys = _named(), _keys()
    by_name = [list(dict.fromkeys(s for name in stage.names.values() for s in named.get(normal(name), ()))) for stage in stages]
    alike = {
        j: [any(s[0] == j for s in mine) or st.key in keys[j] for st, mine in zip(stages, by_name, strict=True)] for j in keys
    }
    best = max(alike, key=lambda journey: (sum(alike[journey]), sum(st.key in keys[journey] for st in stages)))
    whole = 2 * sum(alike[best]) > len(stages)
    found: list[list[Shipped]] = []
    for stage, mine in zip(stages, by_name, strict=True):
        here = [s for s in mine if s[0] == best]
        if whole and (here or stage.key in keys[best]):
            found.append(here or [(best, stage.key)])
        else:
            found.append(mine)
    return found


def _words(stages: Sequence[Stage]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """{word: positions of stages}: of the researcher's own keywords, and of those that are shipped with the words of the trade."""
    own: dict[str, list[str]] = {}
    known: dict[str, list[str]] = {}
    for place, (stage, theirs) in enumerate(zip(stages, shipped_as(stages), strict=True)):
        came = {word for shipped in theirs for word in _keywords()[shipped]}
        for word in filter(None, dict.fromkeys(normal(keyword) for keyword in stage.keywords)):
            (known if word in came else own).setdefault(word, []).append(str(place))
        for word in dict.fromkeys(word for shipped in theirs for word in (*_keywords()[shipped], *trades().get(shipped, ()))):
            if str(place) not in known.setdefault(word, []):
                known[word].append(str(place))
    return own, known


@cache
def trades() -> Mapping[Shipped, tuple[str, ...]]:
    """The words of the trade of each shipped stage."""
    tables = knowledge.table("trades")
    shared = tables["shared"]
    found: dict[Shipped, tuple[str, ...]] = {}
    for journey, entries in tables.items():
        if journey not in ("shared", "general", "parts"):
            for key, text in entries.items():
                lists = [shared[w[1:]] if w.startswith("@") else w for w in knowledge.words_of(text)]
                found[journey, key] = tuple(dict.fromkeys(word for each in lists for word in knowledge.words_of(each)))
    return found


@cache
def parts() -> Mapping[Shipped, Mapping[str, float]]:
    """{shipped stage: {general stage: how much of it}}; the general journey's own are themselves."""
    found: dict[Shipped, dict[str, float]] = {}
    for journey, text in knowledge.table("trades")["parts"].items():
        for key, general, *half in (entry.split() for entry in knowledge.words_of(text)):
            found.setdefault((journey, key), {})[general] = 0.5 if half else 1.0
    return found


@cache
def listed(name: str) -> frozenset[str]:
    """A list of what is general: idioms, quiet or plain words."""
    return frozenset(knowledge.words_of(knowledge.table("trades")["general"][name]))


@cache
def _keywords() -> Mapping[Shipped, tuple[str, ...]]:
    return {(name, s.key): tuple(dict.fromkeys(map(normal, s.keywords))) for name in journeys() for s in template(name)}


@cache
def _keys() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(s.key for s in template(name)) for name in journeys()}


@cache
def _named() -> Mapping[str, tuple[Shipped, ...]]:
    """{name of a shipped stage: the stages that bear it}"""
    found: dict[str, list[Shipped]] = {}
    for name in journeys():
        for stage in template(name):
            for word in dict.fromkeys(normal(word) for word in stage.names.values()):
                found.setdefault(word, []).append((name, stage.key))
    return {word: tuple(stages) for word, stages in found.items()}
