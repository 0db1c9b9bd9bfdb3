"""What the containers hand to the platforms: every record of a file, header rows included, as text by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from research_kit.labels import Sentence

MAX_COLUMNS = 10_000
"""More than any questionnaire has; beyond it a file is not a table of answers, and understanding it would take more than ten seconds."""

MANY_COLUMNS = 2_000


@dataclass(frozen=True)
class Grid:
    """A table before anybody knows what its columns mean.

    ``frame`` holds str cells ("" = blank) under columns 0..n-1; its index is the row in the file, 1-based as a person counts.
    """

    frame: pd.DataFrame
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[Sentence, ...] = ()
    codebook: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shape: str = ""
    """The JSON shape or binary format that the container knew for sure ("" = a plain table)."""
    name: str = ""
    """What sentences call the file."""
    guarded: bool = True
    """False where no cell can begin with the ' that exporters put before a formula character."""


def text_frame(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> pd.DataFrame:
    """Rows of text as a frame of str cells, each row already ``width`` wide, ``numbers`` as the index."""
    if width > MANY_COLUMNS and rows:
        # One block of objects: twenty thousand columns of their own type cost more than reading them.
        return pd.DataFrame(np.array(rows, dtype=object), index=pd.Index(list(numbers), dtype="int64"), dtype=object)
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


def records(frame: pd.DataFrame) -> list[list[str]]:
    """The rows of a (small) frame as lists."""
    return [list(row) for row in frame.to_numpy(dtype=object)]
