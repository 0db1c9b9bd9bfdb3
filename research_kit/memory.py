"""Memory that is free goes back to the system: what a long run holds at its worst is what it needs."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa


@contextmanager
def sparing() -> Iterator[None]:
    """Inside, memory that Arrow frees goes back to the system. Its own pool keeps a page as long as one small column stands on it: a long
    reading, of which little stays, took a tenth more."""
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


def give_back() -> None:
    """Free memory goes back to the system, where the C library keeps it for later (glibc): the next step does not come on top of the last."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
