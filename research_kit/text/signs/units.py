"""Units that are judged (clauses, or whole texts) with all that speaks in them, ready for the models: one table per path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from research_kit.text.framing import WISH
from research_kit.text.signs import evidence, ngrams
from research_kit.text.signs.evidence import MARKS, SUMS, Evidence

FRAMES = ("positive", "negative", "neutral")
SHORT = 12
"""Characters (Chinese: half) up to which an answer leans on its question."""


@dataclass(frozen=True)
class Units:
    """Units of one path: dense features (columns as ``inputs``), and n-grams: those of the pieces that they are made of."""

    path: str
    dense: np.ndarray
    pieces: ngrams.Grams
    owner: np.ndarray
    """The unit of each piece, or -1."""

    def __len__(self) -> int:
        return len(self.dense)

    @property
    def grams(self) -> list[ngrams.Hits]:
        """All n-grams, as (unit, bucket)."""
        return self.pieces.of(self.owner)

    def counts(self, columns: np.ndarray, n_columns: int) -> sparse.csr_matrix:
        """Which n-grams that a model knows each unit holds: 0/1. ``columns`` maps a bucket to its column, or to -1."""
        return self.pieces.counts(self.owner, len(self), columns, n_columns)


def only(table: Units, chosen: np.ndarray) -> Units:
    """The chosen units of a table."""
    place = np.append(np.where(chosen, np.cumsum(chosen) - 1, -1), -1)
    return Units(table.path, table.dense[chosen], table.pieces, place[table.owner])


def inputs(path: str) -> list[str]:
    """Names of the dense inputs of a path's models."""
    frames = [f"asked_{f}" for f in FRAMES]
    return [
        *evidence.names(path),
        "balance",
        "speaks",
        "pieces",
        *frames,
        *(f"{f}_{w}" for f in FRAMES for w in ("short", "nothing", "silent")),
    ]


def build(found: Evidence, path: str, owner: np.ndarray, n: int, asked: Sequence[str]) -> Units:
    """Units out of pieces: ``owner`` is the unit of each piece (-1: none), ``asked`` the framing of each unit's question."""
    total = evidence.summed(found.dense, owner, n, path)
    pieces = np.bincount(owner[owner >= 0], minlength=n)
    return Units(path, _scaled(total, pieces, asked, path), found.grams, owner)


def _scaled(total: np.ndarray, pieces: np.ndarray, asked: Sequence[str], path: str) -> np.ndarray:
    """Counts brought to a like size, so that long texts do not shout; framing and what leans on it added."""
    column = evidence.names(path).index
    good, bad, length = total[:, column("positive")], total[:, column("negative")], total[:, column("length")]
    balance = (good + bad) / (good - bad + 1.0)
    speaks = total[:, column("values")] > 0
    place = {**{f: i for i, f in enumerate(FRAMES)}, WISH: FRAMES.index("neutral")}
    frame = np.eye(len(FRAMES) + 1, len(FRAMES), dtype=np.float32)[[place.get(a, len(FRAMES)) for a in asked]]
    short = length <= (SHORT / 2 if path == "zh" else SHORT)
    nothing = (total[:, column("nothing")] > 0) & (length <= SHORT * 3)
    leaning = np.column_stack([frame[:, i] * what for i in range(len(FRAMES)) for what in (short, nothing, ~speaks)])
    scaled = np.sign(total) * np.log1p(np.abs(total))
    scaled[:, len(SUMS) + MARKS.index("length")] /= 5
    return np.column_stack([scaled, balance, speaks, np.log1p(pieces), frame, leaning]).astype(np.float32)
