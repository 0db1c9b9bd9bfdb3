"""What is kept of each mention: codes and numbers in a table, some 50 bytes each, so that a million mentions fit into 50 MB."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from research_kit.journey.actions import told

CODED = ("stage", "kind", "emotion", "touchpoint", "channel", "theme")
NUMBERS = {"unit": "int32", "text_id": "int32", "mention": "int32", "start": "int32", "end": "int32", "valence": "float32"}


class Kept:
    """A growing table of mentions. Words that repeat (stages, themes ...) are codes into ``names``; -1 = missing."""

    def __init__(self, stages: Sequence[str]) -> None:
        """``stages`` have the codes 0, 1, ... in this order; a mention with another stage counts as unassigned."""
        self.names: dict[str, list[str]] = {column: [] for column in CODED}
        self.names["stage"] = list(stages)
        self._chunks: list[pd.DataFrame] = []

    def add(self, mentions: pd.DataFrame) -> None:
        """Keep what counting needs of these mentions."""
        chunk = {name: pd.to_numeric(mentions[name]).to_numpy(dtype=kind, na_value=_none(kind)) for name, kind in NUMBERS.items()}
        for column in CODED:
            chunk[column] = self._codes(column, mentions[column])
        kept = pd.DataFrame(chunk)
        # The phrase of a pain without a theme is the only thing that a map could say of it.
        alone = mentions["kind"].eq("pain").fillna(False) & mentions["theme"].isna()
        kept["pain"] = pd.array(mentions["pain"].where(alone).to_list(), dtype="str")
        kept["actions"] = told(mentions["text"])
        self._chunks.append(kept)

    def merge(self, other: Kept) -> None:
        """Take in another table, with its codes turned into ours."""
        for chunk in other._chunks:
            moved = chunk.copy()
            for column in CODED:
                names = np.array([*other.names[column], None], dtype=object)
                moved[column] = self._codes(column, pd.Series(names[chunk[column].to_numpy()]))
            self._chunks.append(moved)

    def table(self) -> pd.DataFrame:
        """All mentions in the order of the files (comment, then clause)."""
        empty = pd.DataFrame(
            {name: pd.Series(dtype=kind) for name, kind in NUMBERS.items()} | {c: pd.Series(dtype="int16") for c in CODED}
        )
        table = (
            pd.concat(self._chunks, ignore_index=True)
            if self._chunks
            else empty.assign(pain=pd.Series(dtype="str"), actions=pd.Series(dtype="int64"))
        )
        return table.sort_values(["text_id", "mention"], kind="stable", ignore_index=True)

    def _codes(self, column: str, values: pd.Series) -> np.ndarray:
        names = self.names[column]
        places = {name: i for i, name in enumerate(names)}
        for name in sorted(set(values.dropna().unique()) - set(places)) if column != "stage" else ():
            places[name] = len(names)
            names.append(name)
        return values.map(places).fillna(-1).to_numpy(dtype="int16")


def _none(kind: str) -> float:
    return np.nan if kind.startswith("float") else -1
