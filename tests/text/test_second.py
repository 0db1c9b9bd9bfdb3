"""What two processes do is what one process does."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import pandas as pd
import pytest

from research_kit.study import DEFAULT_JOURNEY, Study, template
from research_kit.text import reader, second
from research_kit.text.annotate import _comments

TEXTS = [
    "The app is slow but the staff were kind.",
    "客服态度差，但是东西不错",
    "Nothing",
    "Please add a dark mode.",
    "Great room, bad food",
]


STUDY = Study(name="s", sources=(), stages=template(DEFAULT_JOURNEY))


@pytest.fixture
def comments(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """A study's comments, rated, in chunks of ten."""
    monkeypatch.setattr(reader, "CHUNK", 10)
    texts = [f"{text} {i}" for i in range(44) for text in TEXTS]
    return _comments(texts, None).assign(stage="", rating=[0.25, 0.25, 0.5, 0.75, 1.0] * 44)


def _read(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, *, aided: bool) -> tuple[pd.DataFrame, reader.Reader]:
    monkeypatch.setattr(reader, "SECOND_FROM", 20 if aided else 1000)
    with reader.help_for(comments, STUDY) as pair:
        learned = reader.learn(comments, STUDY, "en", share=pair.map)
        return reader.together(list(learned.read(comments, share=pair.map))), learned


def test_two_processes_learn_and_read_what_one_does(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    aided, learned = _read(comments, monkeypatch, aided=True)
    alone, same = _read(comments, monkeypatch, aided=False)
    pd.testing.assert_frame_equal(aided, alone)
    assert learned.report == same.report
    assert learned.learned
    for one, other in zip(learned.study_models["en"].folds, same.study_models["en"].folds, strict=True):
        assert (one is None) == (other is None)
        assert one is None or other is None or (one.words == other.words).all()


def test_what_is_made_of_a_chunk_is_made_where_it_is_read(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SECOND_FROM", 20)
    learned = reader.learn(comments, STUDY, "en")
    with reader.help_for(comments, STUDY) as pair:
        sizes = list(learned.read(comments, len, share=pair.map))
    assert sum(sizes) == len(learned.all(comments))


def test_where_no_process_starts_one_reads_all(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, _ = _read(comments, monkeypatch, aided=False)
    for program in ("no-such-program", "", None):
        monkeypatch.setattr(sys, "executable", program)
        aided, _ = _read(comments, monkeypatch, aided=True)
        pd.testing.assert_frame_equal(aided, alone)


def _who(item: int) -> tuple[int, int]:
    """The item, and the process that has it."""
    time.sleep(0.05)
    return item, os.getpid()


def _dies(item: tuple[int, int]) -> int:
    """The number; the second process ends on the way."""
    number, first = item
    if os.getpid() != first and number > 3:
        os._exit(1)
    time.sleep(0.05)
    return number


def _fails(item: int) -> int:
    raise ValueError(f"item {item}")


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[second.Pair]:
    """Two processes, of which the second is at work at once."""
    monkeypatch.setattr(second, "_START", "from research_kit.text import second; second.serve(list)")
    with second.Pair(second=True) as both:
        list(both.map(_who, range(40)))
        yield both


def test_both_work_and_the_order_stays(pair: second.Pair) -> None:
    done = list(pair.map(_who, range(40)))
    assert [item for item, _ in done] == list(range(40))
    assert len({process for _, process in done}) == 2
    assert [item for item, _ in pair.map(_who, range(3))] == [0, 1, 2]


def test_what_a_dying_process_had_is_done_here(pair: second.Pair) -> None:
    items = [(i, os.getpid()) for i in range(20)]
    assert list(pair.map(_dies, items)) == list(range(20))
    assert list(pair.map(_dies, items[:3])) == [0, 1, 2]


def test_a_mistake_is_raised_here(pair: second.Pair, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="item"):
        list(pair.map(_fails, range(8)))
    assert capfd.readouterr().err == ""


def test_what_nobody_waits_for_any_more_ends(pair: second.Pair) -> None:
    assert next(iter(pair.map(_who, range(40))))[0] == 0
    assert list(pair.map(_fails, [])) == []


def test_alone_is_the_built_in_map() -> None:
    with second.Pair(second=False) as alone:
        assert list(alone.map(len, ["a", "bb"])) == [1, 2]
