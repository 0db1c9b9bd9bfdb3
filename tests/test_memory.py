"""Free memory goes back to the system, and nothing of the caller's stays changed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from research_kit.memory import give_back, sparing


def _fails() -> None:
    with sparing():
        assert pa.default_memory_pool().backend_name == "system"
        raise KeyError("on purpose")


def test_the_callers_memory_pool_comes_back_also_after_an_error() -> None:
    usual = pa.default_memory_pool().backend_name
    with pytest.raises(KeyError, match="on purpose"):
        _fails()
    assert pa.default_memory_pool().backend_name == usual


def test_giving_back_is_harmless_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back()
    monkeypatch.setattr("sys.platform", "win32")
    give_back()
