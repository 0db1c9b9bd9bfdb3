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
