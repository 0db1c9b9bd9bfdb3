"""What people say that they did: cues in three languages, whole words and phrases, in texts however many."""

from __future__ import annotations

from itertools import combinations
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from research_kit import labels
from research_kit.journey import actions


def found(*texts: str) -> list[set[str]]:
    bits = actions.told(pd.Series(list(texts))).tolist()
    return [{key for place, key in enumerate(actions.keys()) if bit >> place & 1} for bit in bits]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I ordered two and waited", {"buys", "waits"}),
        ("ORDERED, then Waited.", {"buys", "waits"}),
        ("a border patrol", set()),
        ("I had lunch there", {"eats"}),
        ("I had a late lunch", set()),
        ("had. Lunch was fine", {"eats"}),  # marks part no tokens: rare enough to count
        ("a friend\u2019s idea; I e-mailed them", {"contacts"}),
        ("我下單了", {"buys"}),
        ("我下单了", {"buys"}),
        ("等了半小時才結帳", {"waits", "pays"}),
        ("客服沒有回應", set()),
        ("APP 裡 checked out 之後又退款", {"buys", "returns"}),
        ("", set()),
    ],
)
def test_what_a_text_tells_of(text: str, told: set[str]) -> None:
    assert found(text) == [told]


def test_every_action_has_a_name_and_is_found_by_each_of_its_cues() -> None:
    import tomllib

    cues = tomllib.loads(actions.CUES.read_text(encoding="utf-8"))

    assert {f"action_{key}" for key in cues} <= set(labels.keys("journey"))
    for key, entry in cues.items():
        every = [cue.strip() for cue in f"{entry['en']}, {entry['zh']}".split(",")]
        assert [cue for cue, told in zip(every, found(*every), strict=True) if key not in told] == []


def test_no_two_actions_are_one_bit() -> None:
    assert all(a != b for a, b in combinations(actions.keys(), 2))
    assert len(actions.keys()) < 63  # what an int64 holds


def test_texts_are_looked_at_in_slices_and_none_is_left_out() -> None:
    texts = pd.Series(["I waited", "nothing", "I paid"] * 3)
    whole = actions.told(texts)
    with mock.patch.object(actions, "SLICE", 4):
        sliced = actions.told(texts)

    assert whole.dtype == np.int64
    assert sliced.tolist() == whole.tolist()
    assert len(actions.told(texts.iloc[:0])) == 0


def test_rows_by_action_leave_out_what_nobody_tells_of() -> None:
    rows = pd.DataFrame({"actions": actions.told(pd.Series(["I waited and paid", "I waited", "hm"])), "unit": [7, 8, 9]})
    parts = actions.of(rows)

    assert {key: part["unit"].tolist() for key, part in parts.items()} == {"pays": [7], "waits": [7, 8]}
