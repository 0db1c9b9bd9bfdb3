"""Evidence ids in the hidden sheet: every list in its own order."""

import copy

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from research_kit.write import evidence_ids

ids = st.lists(st.sampled_from([f"S1-R{row}-C4-{n}" for row in (2, 3, 10, 11) for n in (1, 2)]), unique=True)


@st.composite
def maps(draw):
    cells = [
        {"evidence": draw(ids), "claims": [{"evidence": draw(ids)} for _ in range(draw(st.integers(0, 3)))]}
        for _ in range(draw(st.integers(0, 4)))
    ]
    return {"cells": cells, "themes": [{"evidence": draw(ids)} for _ in range(draw(st.integers(0, 3)))]}


@drawn(maps())
def test_what_was_taken_is_given_back(data):
    before = copy.deepcopy(data)

    packed = evidence_ids.taken(data)
    assert not any(holder["evidence"] for holder in [*data["cells"], *data["themes"]])
    evidence_ids.given(data, packed)

    assert data == before


@pytest.mark.parametrize("packed", ["", "damaged", "AAAA"])
def test_damaged_ids_are_told(packed):
    with pytest.raises(ValueError):
        evidence_ids.given({"cells": [{"evidence": [], "claims": []}], "themes": []}, packed)


def test_ids_of_another_map_are_refused():
    packed = evidence_ids.taken({"cells": [{"evidence": ["a"], "claims": []}], "themes": []})

    with pytest.raises(ValueError):
        evidence_ids.given({"cells": [], "themes": []}, packed)
