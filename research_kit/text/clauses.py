"""Fine pieces -> clauses: neighbours are one clause until the judgement changes."""

from __future__ import annotations

import numpy as np

from research_kit.text.framing import turns_to_wish
from research_kit.text.split import Pieces

SPEAKS = 0.2
"""Net lexicon value from which a piece has a judgement of its own."""


def joined(pieces: Pieces, net: np.ndarray) -> np.ndarray:
    """The clause of each piece, 0-based over the batch. ``net``: what the lexicon says of each piece.

    A clause begins at a hard boundary, where the language changes, where the judgement turns into its opposite, and where a wish
    follows a judgement.
    """
    clause = np.zeros(len(net), np.int64)
    current, mood, chinese = -1, 0, False
    signs = np.where(net >= SPEAKS, 1, np.where(net <= -SPEAKS, -1, 0)).tolist()
    hard = pieces.hard.tolist()
    paths = pieces.chinese.tolist()
    for i, sign in enumerate(signs):
        if hard[i] or paths[i] != chinese or (sign and mood and sign != mood) or (mood and turns_to_wish(pieces.clean[i])):
            current += 1
            mood = 0
        mood = sign or mood
        chinese = paths[i]
        clause[i] = current
    return clause
