"""Which persona is which after a new run: by the people in them, never by their numbers."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from research_kit.write.who import same_personas


def followed(before: str, now: str, folder: Path) -> dict[str, str]:
    """Who is who where the people p0, p1 ... were and are in the personas of these letters ("-" = in none, "." = not in that run)."""
    path = folder / "respondents.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = [["shop", f"p{i}", "" if letter == "-" else letter] for i, letter in enumerate(before) if letter != "."]
        csv.writer(file).writerows([["source", "respondent", "persona"], *rows])
    people = [(i, letter) for i, letter in enumerate(now) if letter != "."]
    respondents = pd.DataFrame({"source": "shop", "respondent": [f"p{i}" for i, _ in people]})
    membership = pd.DataFrame({"persona": [None if letter == "-" else letter for _, letter in people]}, dtype="str")
    run: Any = SimpleNamespace(
        responses=SimpleNamespace(respondents=respondents), personas=SimpleNamespace(membership=membership)
    )
    return same_personas(run, path)


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("aaaabbbb", "aaaabbbb", {"a": "a", "b": "b"}),
        ("aaaabbbb", "bbbbaaaa", {"a": "b", "b": "a"}),  # numbered the other way round
        ("aaaabbbb", "aaaa----", {"a": "a", "b": ""}),
        ("aaaabbbb", "aabbccdd", {"a": "a", "b": "c"}),  # half of them are enough, the first of equals
        ("aaaaaabb", "aaccddbb", {"a": "", "b": "b"}),  # a third is not
        ("aaaabbbb", "aaaaaaaa", {"a": "a", "b": ""}),  # one persona now: whose it is, is the first's
        ("aaaabbbb....", "....bbbbcccc", {"b": "b"}),  # who is not in this run says nothing
        ("aaaaaaaaaa.", ".........aa", {}),  # next to nobody of them is in this run: nobody can tell
        ("--------", "aaaabbbb", {}),
    ],
)
def test_personas_are_known_by_their_people(before: str, now: str, same: dict[str, str], tmp_path: Path) -> None:
    assert followed(before, now, tmp_path) == same


def test_a_guarded_id_is_the_same_person(tmp_path: Path) -> None:
    """CSV keeps "=1" as "'=1"."""
    path = tmp_path / "respondents.csv"
    path.write_text("source,respondent,persona\nshop,'=1,a\nshop,'=2,a\n", encoding="utf-8-sig")
    people = pd.DataFrame({"source": "shop", "respondent": ["=1", "=2"]})
    run: Any = SimpleNamespace(
        responses=SimpleNamespace(respondents=people),
        personas=SimpleNamespace(membership=pd.DataFrame({"persona": ["x", "x"]}, dtype="str")),
    )

    assert same_personas(run, path) == {"a": "x"}
    assert same_personas(run, tmp_path / "gone.csv") == {}
