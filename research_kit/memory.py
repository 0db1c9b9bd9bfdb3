"""What a long run holds at its worst is what it needs: free memory goes back to the system, and what is seldom looked at lies on disk."""

from __future__ import annotations

import ctypes
import gc
import mmap
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, cast
from weakref import WeakSet

import pandas as pd
import pyarrow as pa

LARGE = 4 << 20
"""Bytes from which a piece of memory goes straight back to the system when it is free, and of free memory that may wait for later."""
_MOST_FREE, _FROM = -1, -3
"""What glibc calls M_TRIM_THRESHOLD and M_MMAP_THRESHOLD."""


@contextmanager
def sparing() -> Iterator[None]:
    """Inside, memory that Arrow frees goes back to the system. Its own pool keeps a page as long as one small column stands on it: a long
    reading, of which little stays, took a tenth more. And what stood there before is not looked through for garbage: all the libraries
    are a million objects, and one look at them cost as much as reading some hundred texts."""
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    ours = not gc.get_freeze_count()
    if ours:
        gc.freeze()
    try:
        yield
    finally:
        pa.set_memory_pool(usual)
        if ours:
            gc.unfreeze()


def frugal() -> None:
    """From now on large pieces of memory are this process's only while they are used (glibc). Left alone, it learns from the first large ones
    that it should keep all, and a run of many reviews holds a hundred MB that nobody uses."""
    if sys.platform == "linux" and (tune := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        tune(_FROM, LARGE)
        tune(_MOST_FREE, LARGE)


def give_back() -> None:
    """Free memory goes back to the system, where the C library keeps it for later (glibc): the next step does not come on top of the last.
    So do pages of ``on_disk`` that were looked at."""
    for mapped in list(_MAPPED):
        mapped.madvise(mmap.MADV_DONTNEED)
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


_MAPPED: WeakSet[mmap.mmap] = WeakSet()


def on_disk(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame, its columns in a temporary file that ends with it: the system reads what is looked at, and ``give_back`` lets go of it.

    The index must count the rows; nobody may change the frame. The frame itself where the system cannot do that (Windows), or has no room for it.
    """
    if not hasattr(mmap.mmap, "madvise") or not len(frame):
        return frame
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    try:
        with tempfile.TemporaryFile() as file:
            with pa.ipc.new_file(file, table.schema) as sink:
                sink.write_table(table)
            file.flush()
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError:
        return frame
    _MAPPED.add(mapped)
    found: pd.DataFrame = pa.ipc.open_file(pa.py_buffer(mapped)).read_all().to_pandas(split_blocks=True)
    return found if found.dtypes.equals(frame.dtypes) else frame


def _file() -> BinaryIO:
    try:
        return cast(BinaryIO, tempfile.TemporaryFile())
    except OSError:
        return BytesIO()


class Shelf:
    """Pieces of bytes in the order in which they were put there, in a temporary file that ends with it (in memory where there can be none)."""

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        self._file: BinaryIO = _file()
        self._ends = [0]
        for piece in pieces:
            self.add(piece)

    def add(self, piece: bytes) -> None:
        """Put a piece behind the others."""
        try:
            self._put(piece)
        except OSError:  # no room on the disk
            held = BytesIO(b"".join(self))
            self._file.close()
            self._file = held
            self._put(piece)
        self._ends.append(self._ends[-1] + len(piece))

    def _put(self, piece: bytes) -> None:
        self._file.seek(self._ends[-1])
        self._file.write(piece)
        self._file.flush()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> bytes:
        first, last = self._ends[range(len(self))[place]], self._ends[range(len(self))[place] + 1]
        self._file.seek(first)
        return self._file.read(last - first)

    def __iter__(self) -> Iterator[bytes]:
        return (self[place] for place in range(len(self)))

    def __del__(self) -> None:
        self._file.close()

    def __reduce__(self) -> tuple[type[Shelf], tuple[list[bytes]]]:
        return Shelf, (list(self),)
