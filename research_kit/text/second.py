"""A second process that reads every other group of a large study's chunks. What is read is the same with it and without it.

It is a plain ``python -c ...`` that is told what to do through its standard input, so it works alike on all systems and
never runs the caller's own script again. Where it cannot be started, or ends early, this process reads everything.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Protocol

import pandas as pd

_START = "from research_kit.text import second; second.serve()"
GROUP = 4
"""Chunks that go to the second process at once."""


class Reads(Protocol):
    """What a Reader does here."""

    def mentions(self, comments: pd.DataFrame, /) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The mentions of a chunk, and its comments."""


def read(reader: Reads, chunks: Sequence[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The mentions of each chunk, in their order: of every two groups this process reads one and the second process the other."""
    groups = [chunks[i : i + GROUP] for i in range(0, len(chunks), GROUP)]
    helper = _Helper(reader)
    try:
        for i in range(0, len(groups), 2):
            theirs = groups[i + 1] if i + 1 < len(groups) else []
            asked = bool(theirs) and helper.ask(theirs)
            for chunk in groups[i]:
                yield reader.mentions(chunk)[0]
            yield from (helper.answer() if asked else None) or (reader.mentions(chunk)[0] for chunk in theirs)
    finally:
        helper.close()


class _Helper:
    """The second process; ``ask`` and ``answer`` say no when it is not there."""

    def __init__(self, reader: Reads) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        try:
            self._process = subprocess.Popen(  # noqa: S603 (this very Python)
                [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        except (OSError, ValueError, TypeError):
            return
        self.ask(reader)

    def ask(self, what: object) -> bool:
        """Whether it took the question."""
        if self._process is None or self._process.stdin is None:
            return False
        try:
            pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            self.close()
            return False
        return True

    def answer(self) -> list[pd.DataFrame] | None:
        """What it read, or None when it is gone."""
        if self._process is None or self._process.stdout is None:
            return None
        try:
            found: list[pd.DataFrame] = pickle.load(self._process.stdout)  # noqa: S301 (our own process wrote it)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return None
        return found

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def serve() -> None:
    """In the second process: answer until nothing more is asked."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing but answers goes there
    reader: Reads = pickle.load(source)  # noqa: S301 (the first process wrote it)
    while True:
        try:
            chunks = pickle.load(source)  # noqa: S301
        except EOFError:
            return
        pickle.dump([reader.mentions(chunk)[0] for chunk in chunks], sink, pickle.HIGHEST_PROTOCOL)
        sink.flush()
