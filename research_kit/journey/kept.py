"""What is kept of each mention: codes and numbers, some 50 bytes each, so that a million mentions fit into 50 MB."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from research_kit.journey.actions import told

CODED = {**dict.fromkeys(("stage", "kind", "emotion", "touchpoint", "channel", "theme"), "int16"), "pain": "int32"}
NUMBERS = {"unit": "int32", "text_id": "int32", "mention": "int32", "start": "int32", "end": "int32", "valence": "float32"}
KINDS = {**NUMBERS, **CODED, "says": "int16", "flagged": "int16", "actions": "int64"}
"""Column -> type. A pain is coded only where it has no theme: then its phrase is all that a map could say of it. ``flagged``: praise that may
be sarcasm or a slip. It is neither praise nor blame here: no valence, no emotion, and no delight."""


class Kept:
    """A growing table of mentions. Words that repeat (stages, themes ...) are codes into ``names``; -1 = missing."""

    def __init__(self, stages: Sequence[str]) -> None:
        """``stages`` have the codes 0, 1, ... in this order; a mention with another stage counts as unassigned."""
        self.names: dict[str, list[str]] = {column: [] for column in CODED}
        self.names["stage"] = list(stages)
        self._places = {column: {name: i for i, name in enumerate(names)} for column, names in self.names.items()}
        self._chunks: list[dict[str, np.ndarray]] = []

    def add(self, mentions: pd.DataFrame) -> None:
        """Keep what counting needs of these mentions."""
        chunk = {name: pd.to_numeric(mentions[name]).to_numpy(dtype=kind, na_value=_none(kind)) for name, kind in NUMBERS.items()}
        flagged = mentions["sarcasm"].to_numpy(bool) & (chunk["valence"] > 0)
        chunk["valence"] = np.where(flagged, np.float32(np.nan), chunk["valence"])
        praise = flagged & mentions["kind"].eq("delight").to_numpy(bool, na_value=False)
        doubted = {"emotion": flagged, "kind": praise, "theme": praise}
        alone = mentions["kind"].eq("pain").fillna(False) & mentions["theme"].isna()
        for column in CODED:
            codes, names = pd.factorize(mentions["pain"].where(alone) if column == "pain" else mentions[column])
            codes = np.where(doubted[column], -1, codes) if column in doubted else codes
            chunk[column] = self._ours(column, codes, [str(name) for name in names])
        chunk["says"] = mentions["says"].to_numpy("int16")
        chunk["flagged"] = flagged.astype("int16")
        chunk["actions"] = told(mentions["text"])
        self._chunks.append(chunk)

    def merge(self, other: Kept) -> None:
        """Take in another table, with its codes turned into ours."""
        for chunk in other._chunks:
            self._chunks.append({**chunk, **{c: self._ours(c, chunk[c], other.names[c]) for c in CODED}})

    def table(self) -> pd.DataFrame:
        """All mentions in the order of the files (comment, then clause)."""
        # Columns of one type lie side by side: rows are taken from them some thousand times.
        blocks = [self._block(kind, [name for name, _ in some]) for kind, some in groupby(KINDS.items(), key=itemgetter(1))]
        table = pd.concat(blocks, axis=1)
        self._chunks = [
            {name: table[name].to_numpy() for name in KINDS}
        ]  # the same memory, so that all does not stand there twice
        place = table["text_id"].to_numpy(np.int64) << 32 | table["mention"].to_numpy(np.int64)
        return table if (np.diff(place) >= 0).all() else table.iloc[np.argsort(place, kind="stable")].reset_index(drop=True)

    def _block(self, kind: str, names: Sequence[str]) -> pd.DataFrame:
        """Columns of one type, all chunks below each other."""
        block = np.empty((len(names), sum(len(chunk["unit"]) for chunk in self._chunks)), kind)
        for row, name in zip(block, names, strict=True):
            np.concatenate([np.zeros(0, kind), *(chunk[name] for chunk in self._chunks)], out=row)
        return pd.DataFrame(block.T, columns=list(names), copy=False)

    def _ours(self, column: str, codes: np.ndarray, theirs: Sequence[str]) -> np.ndarray:
        """Codes into ``theirs`` as codes into our names; a name that is new to us is added, but for stages."""
        names, places = self.names[column], self._places[column]
        for name in sorted(set(theirs) - places.keys()) if column != "stage" else ():
            places[name] = len(names)
            names.append(name)
        table = np.array([*(places.get(name, -1) for name in theirs), -1], dtype=CODED[column])
        return np.asarray(table[codes])  # the last one stands for -1


def kept(stages: Sequence[str], mentions: pd.DataFrame) -> Kept:
    """What counting needs of these mentions."""
    some = Kept(stages)
    some.add(mentions)
    return some


def _none(kind: str) -> float:
    return np.nan if kind.startswith("float") else -1
