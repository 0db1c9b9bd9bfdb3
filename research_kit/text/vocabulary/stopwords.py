"""Words that say nothing of what a comment is about, in the stems of ``words`` and in Simplified Chinese."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.knowledge import forms
from research_kit.text.vocabulary.matching import Matcher, leftmost
from research_kit.text.vocabulary.numbers import numbers
from research_kit.text.vocabulary.words import stem

ENGLISH = frozenset(stem(word) for word in forms("stop_en").split())
_NO_TOPIC = re.compile(f"{'|'.join(forms('stop_zh').split())}|[{forms('stop_han')}]")


def bare(run: str) -> list[str]:
    """A run of Chinese characters cut at its function words."""
    return [piece for piece in _NO_TOPIC.split(run) if len(piece) > 1]


@cache
def _function_words() -> Matcher:
    words = (*forms("stop_zh").split(), *forms("stop_han").replace(" ", ""))
    return Matcher.of([[ord(c) for c in word] for word in words])


@cache
def _english_numbers() -> np.ndarray:
    return numbers(sorted(ENGLISH))


def silent(said: Said) -> np.ndarray:
    """Which words of a batch are English function words."""
    return said.latin & np.isin(said.words, _english_numbers())


def pieces(said: Said) -> np.ndarray:
    """The piece of each Chinese character of a batch that ``bare`` cuts its run into; -1 for function words and what is left single."""
    hits = _function_words().hits(said.characters, said.run)
    order = np.lexsort((hits.entry, hits.place))  # of two at one place the one that is named first, as in the pattern
    found = leftmost(type(hits)(hits.place[order], hits.length[order], hits.entry[order]))
    told = np.zeros(len(said.characters) + 1, np.int64)
    np.add.at(told, found.place, 1)
    np.add.at(told, found.place + found.length, -1)
    topical = np.cumsum(told)[:-1] == 0
    begins = topical & np.append(True, ~topical[:-1] | (np.diff(said.run) != 0))[: len(topical)]
    piece = np.where(topical, np.cumsum(begins) - 1, -1)
    single = np.bincount(piece[topical], minlength=1) < 2
    return np.where(topical & ~single[piece], piece, -1)
