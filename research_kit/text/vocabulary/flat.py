"""Many texts as flat arrays of words, so that a phrase is looked for in all of them at once: no Python loop per text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
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

    def only(self, chosen: np.ndarray) -> Said:
        """The chosen texts (a mask) alone; the others are there, and empty."""
        of_these = chosen[self.owner]
        words, characters = np.flatnonzero(of_these), np.flatnonzero(of_these[self.run])
        place = np.cumsum(of_these) - 1
        return Said(
            self.texts, self.words[words], self.owner[words], self.latin[words], self.characters[characters],
            place[self.run[characters]],
        )  # fmt: skip
