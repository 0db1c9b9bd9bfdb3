"""Free memory goes back to the system, what is seldom looked at lies on disk, and nothing of the caller's stays changed."""

from __future__ import annotations

import gc
import pickle
import tempfile
from typing import Any, NoReturn

import pandas as pd
import pyarrow as pa
import pytest

from research_kit.memory import Shelf, frugal, give_back, on_disk, sparing


def _fails() -> None:
    with sparing():
        assert pa.default_memory_pool().backend_name == "system"
        raise KeyError("on purpose")


def test_the_callers_memory_pool_comes_back_also_after_an_error() -> None:
    usual = pa.default_memory_pool().backend_name
    with pytest.raises(KeyError, match="on purpose"):
        _fails()
    assert pa.default_memory_pool().backend_name == usual


def test_what_the_caller_froze_stays_frozen_and_nothing_else_does() -> None:
    with sparing():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
    gc.freeze()
    with sparing():
        pass
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_giving_back_is_harmless_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back()
    frugal()
    monkeypatch.setattr("sys.platform", "win32")
    give_back()
    frugal()


def _full(*args: Any, **kwargs: Any) -> NoReturn:
    raise OSError("No space left on device")


FRAME = pd.DataFrame(
    {
        "text": pd.array(["好用，但是貴", "", None, "x" * 100_000], dtype="str"),
        "row": [1, 2, 3, 4],
        "rating": [0.5, None, 1.0, 0.0],
        "whole": [True, False, True, True],
    }
)


def test_a_frame_on_disk_is_the_same_frame() -> None:
    there = on_disk(FRAME)
    pd.testing.assert_frame_equal(there, FRAME)
    assert isinstance(there.index, pd.RangeIndex)
    give_back()
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(there.iloc[1:])), FRAME.iloc[1:])


def test_the_texts_of_a_frame_on_disk_take_no_memory() -> None:
    before = pa.total_allocated_bytes()
    there = on_disk(pd.concat([FRAME] * 100, ignore_index=True))
    assert len(there) == 400
    assert pa.total_allocated_bytes() - before < 100_000  # its texts have ten million characters


@pytest.mark.parametrize("frame", [FRAME.iloc[:0], FRAME.astype(object), FRAME[["row"]].assign(what=[[1], [2], [], None])])
def test_a_frame_keeps_its_types_on_disk_or_stays_where_it_is(frame: pd.DataFrame) -> None:
    assert on_disk(frame).dtypes.equals(frame.dtypes)
    pd.testing.assert_frame_equal(on_disk(frame), frame)


def test_without_room_on_disk_a_frame_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", _full)
    assert on_disk(FRAME) is FRAME


PIECES = [b"first", b"", b"third " * 1000]


def test_a_shelf_gives_its_pieces_in_order() -> None:
    shelf = Shelf(PIECES[:2])
    shelf.add(PIECES[2])
    assert len(shelf) == 3
    assert list(shelf) == PIECES
    assert list(shelf) == PIECES  # again
    assert (shelf[0], shelf[-1]) == (PIECES[0], PIECES[2])
    assert list(pickle.loads(pickle.dumps(shelf))) == PIECES
    with pytest.raises(IndexError):
        shelf[3]


def test_a_shelf_without_room_on_disk_holds_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(PIECES[:2])
    monkeypatch.setattr(shelf._file, "write", _full)
    shelf.add(PIECES[2])
    assert list(shelf) == PIECES
    monkeypatch.setattr(tempfile, "TemporaryFile", _full)
    assert list(Shelf(PIECES)) == PIECES
