"""What a second process helps to read is what one process reads."""

from __future__ import annotations

import sys

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


@pytest.fixture
def comments(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """A study's comments, of which two and two go to each process in turn."""
    monkeypatch.setattr(reader, "CHUNK", 10)
    monkeypatch.setattr(second, "GROUP", 2)
    return _comments([f"{text} {i}" for i in range(11) for text in TEXTS], None).assign(stage="")


def _read(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, *, aided: bool) -> tuple[pd.DataFrame, object]:
    monkeypatch.setattr(reader, "SECOND_FROM", 20 if aided else 1000)
    learned = reader.learn(comments, Study(name="s", sources=(), stages=template(DEFAULT_JOURNEY)), "en")
    return learned.all(comments), learned.report


def test_two_processes_read_what_one_reads(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[bool] = []
    answer = second._Helper.answer

    def watched(self: second._Helper) -> list[pd.DataFrame] | None:
        found = answer(self)
        answered.append(found is not None)
        return found

    monkeypatch.setattr(second._Helper, "answer", watched)
    aided, report = _read(comments, monkeypatch, aided=True)
    assert answered == [True]  # 6 chunks are three groups, the second of which goes away
    alone, same = _read(comments, monkeypatch, aided=False)
    pd.testing.assert_frame_equal(aided, alone)
    assert report == same


def test_where_no_process_starts_one_reads_all(comments: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, _ = _read(comments, monkeypatch, aided=False)
    for program in ("no-such-program", "", None):
        monkeypatch.setattr(sys, "executable", program)
        aided, _ = _read(comments, monkeypatch, aided=True)
        pd.testing.assert_frame_equal(aided, alone)
