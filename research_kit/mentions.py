"""All mentions of a study, kept small: packed chunk by chunk where they are read, unpacked slice by slice where they are needed.

A packed mention takes some 60 bytes, in a DataFrame 400 with the words around it; and it lies on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from research_kit.memory import Shelf
from research_kit.records import EVIDENCE_COLUMNS, MENTION_COLUMNS

if TYPE_CHECKING:
    from research_kit.records import Personas

SLICE = 20_000
"""Mentions that are unpacked at once, at least."""
COLUMNS = tuple(dict.fromkeys((*MENTION_COLUMNS, *EVIDENCE_COLUMNS)))


def pack(mentions: pd.DataFrame) -> bytes:
    """A chunk of mentions as compressed bytes; every value comes back as it was."""
    table = pa.Table.from_pandas(mentions, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


class Mentions:
    """The mentions of a study in the order of the files. ``len`` counts them."""

    def __init__(self, parts: Iterable[bytes] = (), *, persona: pd.Series | None = None) -> None:
        """``parts``: what ``pack`` made, each of at least one chunk. ``persona``: of each person (by unit), where mentions carry it."""
        self._parts = parts if isinstance(parts, Shelf) else Shelf(parts)
        self._persona = persona
        self._size: int = sum(part.num_rows for part in self._tables(["mention"]))

    @classmethod
    def of(cls, mentions: pd.DataFrame) -> Mentions:
        """Mentions that lie in a DataFrame."""
        return cls([pack(mentions)])

    def __len__(self) -> int:
        return self._size

    def belonging(self, personas: Personas) -> Mentions:
        """The same mentions, each with the persona of who said it."""
        return Mentions(self._parts, persona=personas.membership["persona"])

    def slices(self, columns: Sequence[str] = COLUMNS) -> Iterator[pd.DataFrame]:
        """All mentions with these columns (as far as they have them), some 20,000 at a time; nothing where there are none."""
        waiting: list[pa.Table] = []
        for table in self._tables(columns):
            waiting.append(table)
            if sum(t.num_rows for t in waiting) >= SLICE:
                yield self._frame(waiting, columns)
                waiting = []
        if any(t.num_rows for t in waiting) or not self._size:
            yield self._frame(waiting, columns)

    def frame(self, columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
        """All mentions with these columns at once."""
        return self._frame(list(self._tables(columns)), columns)

    def pick(self, ids: Iterable[str], columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
        """Only the mentions with these ids."""
        wanted = pa.array(sorted(set(ids)), type=pa.large_string())
        found = []
        for part in self._parts:
            hit = pc.is_in(_read(part, ["mention_id"]).column("mention_id"), value_set=wanted)
            if pc.any(hit).as_py():
                found.append(_read(part, self._read_for(columns)).filter(hit))
        return self._frame(
            found or [_read(part, self._read_for(columns)).slice(0, 0) for part in islice(self._parts, 1)], columns
        )

    def _tables(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        return (_read(part, self._read_for(columns)) for part in self._parts)

    def _read_for(self, columns: Sequence[str]) -> list[str]:
        """The packed columns from which these are made."""
        return [*columns, "unit"] if self._persona is not None and "persona" in columns else list(columns)

    def _frame(self, tables: list[pa.Table], columns: Sequence[str]) -> pd.DataFrame:
        if not tables:
            return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
        filled = [table for table in tables if table.num_rows] or tables[:1]  # nothing has no types to agree on
        frame = pa.concat_tables(filled, promote_options="default").to_pandas(split_blocks=True, self_destruct=True)
        if self._persona is not None and "persona" in columns:
            frame["persona"] = frame["unit"].map(self._persona)
        ordered: pd.DataFrame = frame[[name for name in columns if name in frame]]
        return ordered


def _read(part: bytes, columns: Sequence[str]) -> pa.Table:
    """A packed chunk with only these columns unpacked."""
    stream = pa.ipc.open_stream(part)
    places = [i for i, name in enumerate(stream.schema.names) if name in set(columns)]
    return pa.ipc.open_stream(part, options=pa.ipc.IpcReadOptions(included_fields=places)).read_all()
