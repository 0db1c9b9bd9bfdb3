"""Touchpoints and channels that a clause names: what people met, and through what.

The shipped ones are listed in ``vocabulary/touchpoints.toml`` and ``vocabulary/channels.toml``, with their names in
``labels/touchpoints.toml`` and ``labels/channels.toml``; a study adds its own, or adds words to a shipped key. The study's terms win over
the shipped ones, a longer phrase over a shorter, and what is named first over what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Term
from research_kit.text import columns
from research_kit.text.vocabulary import knowledge, said
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.words import Finder

STUDY_BONUS = 10
_LINE = re.compile(r"(?<=[\u3400-\u9fff])\s?line(?![a-z])|(?<![a-z])line\s?(?=[\u3400-\u9fff])")
"""Among Chinese characters it is the messenger, not a line."""


def find(mentions: pd.DataFrame, touchpoints: Sequence[Term], channels: Sequence[Term]) -> pd.DataFrame:
    """``touchpoint`` and ``channel`` (keys, or missing) of each mention, by its column ``normal``; ``touchpoints`` and ``channels`` are
    what the study adds."""
    words = said.read(_LINE.sub(" linechat ", t) if "line" in t and not t.isascii() else t for t in said.texts_of(mentions))
    found = {
        "touchpoint": _first(words, _finder("touchpoints", touchpoints), {t.key for t in touchpoints}),
        "channel": _first(words, _finder("channels", channels), {t.key for t in channels}),
    }
    return pd.DataFrame(found, index=mentions.index)


def _finder(area: str, added: Sequence[Term]) -> Finder:
    return _made(area, added) if added else _shipped(area)


@cache
def _shipped(area: str) -> Finder:
    return _made(area, ())


def _made(area: str, added: Sequence[Term]) -> Finder:
    phrases: dict[str, list[str]] = {}

    def add(key: str, words: Iterable[str]) -> None:
        for word in words:
            phrases.setdefault(languages.to_simplified(word).lower(), []).append(key)

    # The names of shipped keys are no words for them: "Post" and "Store" mean too much.
    for key, entry in knowledge.table(area).items():
        add(key, knowledge.words_of(f"{entry['en']}, {entry['zh']}"))
    for term in added:
        add(term.key, (*term.names.values(), *term.keywords, term.key.replace("_", " ").replace("-", " ")))
    idioms = knowledge.words_of(knowledge.forms("idioms_met").replace("\n", " "))
    return knowledge.finding(phrases, (*knowledge.idioms(), *idioms))


def _first(words: Said, finder: Finder, preferred: set[str]) -> Any:
    """The most telling key of each text, the first of equals, as a column; missing where there is none."""
    found = finder.find_all(words)
    bonus = np.array([STUDY_BONUS if key in preferred else 0 for key in finder.keys], np.int64)
    order = np.lexsort((-(found.weight + bonus[found.key]), found.text))
    texts, first = np.unique(found.text[order], return_index=True)
    best = np.full(words.texts, -1)
    best[texts] = found.key[order][first]
    return columns.named(finder.keys, best)
