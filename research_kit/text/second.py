"""A second process that shares the work on a large study. What comes out is the same with it and without it, in the same order.

It is a plain ``python -c ...`` that is told what to do through its standard input, so it works alike on all systems and
never runs the caller's own script again. Where it cannot be started, or ends early, this process does everything.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

from research_kit.memory import frugal

_START = "from research_kit.text import reader, second; second.serve(reader.warm)"
AHEAD = 2
"""Items that the second process has at once: one under work, and one that waits."""
T = TypeVar("T")
R = TypeVar("R")
Share = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
"""Does many pieces of work and gives the results in order: the built-in ``map``, or that of a Pair."""


class Pair:
    """This process and, while the ``with`` block lasts, a second one."""

    def __init__(self, *, second: bool) -> None:
        """``second=False``: this process alone."""
        self._helper = _Helper() if second else None

    def __enter__(self) -> Pair:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._helper:
            self._helper.close()

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """``work`` of each item, in order; who is free takes the next. ``work`` is a function that can be pickled and depends on its item alone."""
        if self._helper is None or not self._helper.there or len(items) < 2:
            return map(work, items)
        return _shared(self._helper, work, items)


def _shared(helper: _Helper, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    done: dict[int, R] = {}
    away: deque[int] = deque()
    free = deque(range(len(items)))
    helper.ask("work", work)
    try:
        for wanted in range(len(items)):
            while wanted not in done:
                # The last ones are kept here: who has nothing left would wait for them.
                while helper.there and len(free) > 1 and len(away) < (AHEAD if len(free) > AHEAD else 1):
                    away.append(free.popleft())
                    helper.ask("item", items[away[-1]])
                if free:
                    mine = free.popleft()
                    done[mine] = work(items[mine])
                else:
                    helper.wait()
                for answer in helper.answers():
                    done[away.popleft()] = answer
                if not helper.there:
                    free.extendleft(reversed(away))
                    away.clear()
            yield done.pop(wanted)
    finally:
        if away:  # nobody wants them any more
            helper.close()


class _Helper:
    """The second process. Two threads carry questions and answers, so that neither process waits for the other to listen."""

    def __init__(self) -> None:
        self.there = False
        """Whether it can be asked."""
        self._answers: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        """One answer in brackets each; empty brackets: it is gone."""
        self._questions: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._kept: list[Any] = []
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        try:
            self._process = subprocess.Popen(  # noqa: S603 (this very Python)
                [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        except (OSError, ValueError, TypeError):
            return
        self.there = True
        self._threads = [Thread(target=work, daemon=True) for work in (self._carry, self._listen)]
        for thread in self._threads:
            thread.start()

    def ask(self, kind: str, what: object) -> None:
        """Tell it what its work is, or give it an item."""
        self._questions.put(pickle.dumps((kind, what), pickle.HIGHEST_PROTOCOL))

    def wait(self) -> None:
        """Until there is an answer, or it is gone."""
        self._take(self._answers.get())

    def answers(self) -> list[Any]:
        """What it has made since the last time, in the order of the items."""
        while not self._answers.empty():
            self._take(self._answers.get())
        found, self._kept = self._kept, []
        return found

    def _take(self, answer: tuple[Any, ...]) -> None:
        self._kept += answer
        self.there = self.there and bool(answer)

    def close(self) -> None:
        """End it."""
        if not hasattr(self, "_threads"):
            return
        self.there = False
        self._questions.put(None)
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()

    def _carry(self) -> None:
        sink = self._process.stdin
        assert sink is not None  # noqa: S101 (for the type checker: it was opened as a pipe)
        with suppress(OSError), closing(sink):
            while (question := self._questions.get()) is not None:
                sink.write(question)
                sink.flush()

    def _listen(self) -> None:
        source = self._process.stdout
        assert source is not None  # noqa: S101 (as above)
        with source:
            while True:
                try:
                    self._answers.put((pickle.load(source),))  # noqa: S301 (our own process wrote it)
                except (EOFError, OSError, pickle.UnpicklingError):
                    self._answers.put(())
                    return


def serve(warm: Callable[[], object]) -> None:
    """In the second process: make ready, then answer until nothing more is asked. Ends where it fails: the first process does it then."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing but answers goes there
    frugal()
    try:
        warm()
        work: Callable[[Any], Any] = repr
        while True:
            kind, what = pickle.load(source)  # noqa: S301 (the first process wrote it)
            if kind == "work":
                work = what
                continue
            pickle.dump(work(what), sink, pickle.HIGHEST_PROTOCOL)
            sink.flush()
    except Exception:  # noqa: BLE001 (whatever it is, the first process meets it too and says it)
        return
