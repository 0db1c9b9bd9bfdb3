"""Many texts as flat arrays of words, so that a phrase is looked for in all of them at once: no Python loop per text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from research_kit.text.vocabulary.numbers import distinct


@dataclass(frozen=True, eq=False)
class Said:
    """The words of texts, in order: arrays of one length, but for the characters."""

    texts: int
    words: np.ndarray
    """Number of each word: an English stem, or a whole run of Chinese characters."""
    owner: np.ndarray
    """Text of each word."""
    latin: np.ndarray
    characters: np.ndarray
    """The Chinese characters, in order."""
    run: np.ndarray
    """The word that each of them is part of."""
    joined: str
    """All texts, a line break between them."""
    start: np.ndarray
    size: np.ndarray
    """Where each word stands in them, and how many characters it has there (255 of a longer one)."""

    @cached_property
    def alike(self) -> tuple[np.ndarray, np.ndarray]:
        """(which of the distinct words each word is, the distinct words): each is looked up once, by however many finders."""
        which, first = distinct(self.words)
        return which, self.words[first]
