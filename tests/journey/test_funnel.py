"""Event logs by stage."""

import pandas as pd
import pytest

from research_kit.journey.funnel import funnel


def test_reach_conversion_and_drop_off():
    events = pd.DataFrame(
        [("a", "find"), ("a", "find"), ("b", "find"), ("c", "find"), ("d", ""), ("a", "tell"), ("b", "tell"), ("d", "tell")],
        columns=["user", "stage"],
    ).assign(source="log.csv")

    first, last = funnel(events, ["find", "pay", "tell"])

    assert (first["stage"], first["users"], first["reach"], first["conversion"]) == ("find", 3, 0.75, None)
    assert (last["stage"], last["users"], last["conversion"]) == ("tell", 3, pytest.approx(2 / 3))
    assert last["drop_off"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("events", [None, pd.DataFrame({"user": [], "stage": [], "source": []})])
def test_no_events_no_funnel(events):
    assert funnel(events, ["find"]) == ()


def test_logs_are_counted_apart_and_a_stage_may_be_reached_without_the_one_before():
    events = pd.DataFrame(
        [
            ("web", "a", "find"), ("web", "b", "find"), ("web", "b", "pay"), ("web", "c", "pay"), ("web", "c", "tell"),
            ("shop", "a", "pay"), ("shop", "z", "other"),
        ],
        columns=["source", "user", "stage"],
    )  # fmt: skip

    found = {(s["source"], s["stage"]): s for s in funnel(events, ["find", "pay", "tell"])}

    assert list(found) == [("web", "find"), ("web", "pay"), ("web", "tell"), ("shop", "pay")]
    assert [found["web", k]["reach"] for k in ("find", "pay", "tell")] == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert (found["web", "pay"]["conversion"], found["web", "pay"]["drop_off"]) == (
        0.5,
        0.5,
    )  # b of a and b; c came from elsewhere
    assert found["web", "tell"]["conversion"] == 0.5
    assert (found["shop", "pay"]["users"], found["shop", "pay"]["reach"], found["shop", "pay"]["conversion"]) == (1, 0.5, None)
