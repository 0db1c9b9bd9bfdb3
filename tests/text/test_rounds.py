"""Short comments of three languages and many kinds, written to check with (cases/text/round*.tsv): what must not get worse."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from research_kit.text import annotate

CASES = Path(__file__).parents[1] / "cases" / "text"


def fits(right: str, said: object) -> bool:
    """Several labels may fit; mixed counts as neutral, and so does "not assessed"."""
    allowed = {"neutral" if name in ("mixed", "") else name for name in right.split("|")}
    return ("neutral" if pd.isna(said) or said == "mixed" else said) in allowed  # type: ignore[call-overload]


def shares(name: str) -> dict[str, float]:
    cases = pd.read_csv(CASES / f"{name}.tsv", sep="\t", dtype=str, keep_default_na=False, quoting=3)
    found = annotate(cases["text"].tolist(), questions=[q or None for q in cases["question"]], unit="text")
    return {
        column: sum(fits(right, said) for right, said in zip(cases[column], found[column], strict=True)) / len(cases)
        for column in ("sentiment", "emotion", "kind")
    }


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("round2", {"sentiment": 0.88, "emotion": 0.72, "kind": 0.86}),
        ("round3", {"sentiment": 0.7, "emotion": 0.6, "kind": 0.7}),
        ("round4", {"sentiment": 0.74, "emotion": 0.72, "kind": 0.78}),
        ("round5", {"sentiment": 0.9, "emotion": 0.84, "kind": 0.88}),
    ],
)
def test_most_of_them_are_read_right(name: str, least: dict[str, float]) -> None:
    found = shares(name)

    assert all(found[column] >= least[column] for column in least), found
