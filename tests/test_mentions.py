"""Mentions are packed and come back as they were, whole, in slices and one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from research_kit import mentions
from research_kit.mentions import Mentions, pack


def chunk(first: int, size: int) -> pd.DataFrame:
    """A chunk of mentions with every type of column, and missing values."""
    numbers = list(range(first, first + size))
    words: Any = pd.array([None if i % 3 == 0 else f"等太久 {i}" for i in numbers], dtype="str")
    return pd.DataFrame(
        {
            "text_id": numbers,
            "mention": 0,
            "text": words,
            "valence": [None if i % 2 else i / 7 for i in numbers],
            "theme": pd.array([None] * size, dtype="str"),
            "sarcasm": [i % 5 == 0 for i in numbers],
            "mention_id": pd.array([f"S1-R{i}-C1-1" for i in numbers], dtype="str"),
            "unit": [i // 2 for i in numbers],
        }
    ).astype({"valence": float})


CHUNKS = [chunk(0, 7), chunk(7, 0), chunk(7, 5), chunk(12, 20)]


@pytest.fixture
def packed() -> Mentions:
    return Mentions(pack(part) for part in CHUNKS)


def test_every_value_comes_back(packed: Mentions) -> None:
    assert len(packed) == 32
    filled = [part for part in CHUNKS if len(part)]
    pd.testing.assert_frame_equal(packed.frame(), pd.concat(filled, ignore_index=True))
    pd.testing.assert_frame_equal(Mentions.of(CHUNKS[0]).frame(), CHUNKS[0])


def test_slices_hold_all_of_it_once(packed: Mentions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mentions, "SLICE", 10)
    slices = list(packed.slices())
    assert [len(s) for s in slices] == [12, 20]
    pd.testing.assert_frame_equal(pd.concat(slices, ignore_index=True), packed.frame())
    assert list(next(packed.slices(["unit", "nothing"])).columns) == ["unit"]


def test_some_are_picked(packed: Mentions) -> None:
    found = packed.pick(["S1-R13-C1-1", "S1-R2-C1-1", "S1-R2-C1-1", "S9-R1-C1-1"], ["mention_id", "text"])
    assert found.to_numpy().tolist() == [["S1-R2-C1-1", "等太久 2"], ["S1-R13-C1-1", "等太久 13"]]
    assert list(packed.pick(["none"], ["mention_id", "text"]).columns) == ["mention_id", "text"]
    assert not len(packed.pick(["none"]))


def test_each_carries_the_persona_of_who_said_it(packed: Mentions) -> None:
    members = pd.DataFrame({"persona": pd.array(["persona-1", None] * 8, dtype="str")})
    placed = packed.belonging(SimpleNamespace(membership=members))  # type: ignore[arg-type]
    assert placed.frame(["persona"])["persona"].fillna("").tolist() == ["persona-1", "persona-1", "", ""] * 8
    assert placed.pick(["S1-R4-C1-1"], ["persona"])["persona"].tolist() == ["persona-1"]
    assert "persona" not in packed.frame()


def test_no_mentions_are_a_frame_too() -> None:
    none = Mentions([pack(chunk(0, 0))])
    assert len(none) == len(Mentions()) == 0
    assert [len(s) for s in none.slices()] == [0]
    assert list(none.frame()) == list(CHUNKS[0])
    assert list(Mentions().frame(["text"])) == ["text"]
    assert not len(Mentions().pick(["a"], ["text"]))


def test_packed_mentions_are_small() -> None:
    many = chunk(0, 20_000)
    assert len(pack(many)) < 0.3 * many.memory_usage(deep=True).sum()
