"""What the containers hand to the platforms: every record of a file, header rows included, as text by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

MAX_COLUMNS = 25_000
"""More than any survey platform or spreadsheet writes; beyond it a file is not a table of answers."""


@dataclass(frozen=True)
class Grid:
    """A table before anybody knows what its columns mean.

    ``frame`` holds str cells ("" = blank) under columns 0..n-1; its index is the row in the file, 1-based as a person counts.
    """

    frame: pd.DataFrame
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
    codebook: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shape: str = ""
    """The JSON shape or binary format that the container knew for sure ("" = a plain table)."""

    def top(self, n: int) -> list[list[str]]:
        """The first n records."""
        return [list(row) for row in self.frame.iloc[:n].itertuples(index=False, name=None)]


def text_frame(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> pd.DataFrame:
    """Rows of text as a frame of str cells, each row already ``width`` wide, ``numbers`` as the index."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in range(width))
    arrays = {i: pa.array(column, type=pa.large_string()) for i, column in enumerate(columns)}
    return from_arrow(arrays, numbers)


def from_arrow(arrays: Mapping[int, pa.Array | pa.ChunkedArray], numbers: Sequence[int]) -> pd.DataFrame:
    """Arrow string columns as a frame of str cells, without a copy through Python objects."""
    index = pd.Index(list(numbers), dtype="int64")
    series = {i: pd.Series(pd.array(array, dtype="str"), index=index) for i, array in arrays.items()}
    frame = pd.DataFrame(series, index=index)
    frame.columns = pd.RangeIndex(len(arrays))
    return frame
