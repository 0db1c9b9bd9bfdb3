"""Two waves of reviews with planted changes, as a researcher compares them: what changed is said, chance is not."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from research_kit import pipeline

SAYS = {
    "late": (
        "Ordered in March, still waiting in July.", "Eight weeks late and counting.", "Delayed, delayed, delayed.", "Waited in all day. No sofa, no call.",
        "Took the day off work and nobody turned up.", "Promised 4 weeks, took 13.", "Delivery date changed four times.",
    ),
    "chatbot": ("Chatbot goes round in circles.", "Impossible to speak to a human.", "The bot could not help me.", "Only a chat bot, no people."),
    "damaged": ("Arrived with a big scratch across the top.", "Glass door was shattered.", "Table leg snapped in the box.", "Damaged twice in a row."),
    "good": ("Beautiful sofa, very comfortable.", "Great quality for the money.", "Lovely oak table.", "Very happy with the chairs.", "Helpful shop staff."),
    "easy": ("Easy to put together.", "Two polite drivers.", "Arrived a week early."),
}  # fmt: skip
THEN, NOW = (
    {"late": 42, "chatbot": 8, "damaged": 20, "good": 60, "easy": 40},
    {"late": 13, "chatbot": 42, "damaged": 21, "good": 62, "easy": 42},
)


def reviews(path: Path, counts: Mapping[str, int], seed: int) -> Path:
    chance = random.Random(seed)
    rows = [
        (chance.choice(SAYS[what]), 5 if what in ("good", "easy") else chance.choice((1, 1, 2)))
        for what, n in counts.items()
        for _ in range(n)
    ]
    chance.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Review ID", "Review Text", "Rating"])
        writer.writerows((f"r{i}", text, stars) for i, (text, stars) in enumerate(rows))
    return path


def compared(folder: Path, then: Mapping[str, int], now: Mapping[str, int], seeds: tuple[int, int]) -> dict[str, Any]:
    for name, counts, seed in zip(("then", "now"), (then, now), seeds, strict=True):
        pipeline.run(reviews(folder / f"{name}.csv", counts, seed)).write(folder / name)
    pipeline.compare(folder / "then", folder / "now", folder)
    return dict(json.loads((folder / "compare.json").read_text(encoding="utf-8")))


@pytest.mark.slow
def test_planted_changes_are_found_though_the_waves_were_read_apart(tmp_path: Path) -> None:
    found = compared(tmp_path, THEN, NOW, (1, 2))

    moved = [c for key in ("sums", "pains") for c in found[key] if c["verdict"] not in ("none", "perhaps", "unknown")]
    assert [c["what"] for c in found["delights"] if c["verdict"] not in ("none", "perhaps", "unknown")] == []
    fell = [c for c in moved if c["difference"] < 0]
    assert any(c["level"] in ("stage", "family", "together") and c["n_old"] - c["n_new"] >= 15 and c["high"] < 0 for c in fell), (
        moved
    )
    grew = [c for c in moved if c["level"] == "theme" and c["difference"] > 0]
    assert any("bot" in c["what"].lower() or "human" in c["what"].lower() for c in grew), moved
    assert not any("scratch" in c["what"].lower() or "glass" in c["what"].lower() for c in moved)


@pytest.mark.slow
def test_two_waves_of_the_same_have_no_change(tmp_path: Path) -> None:
    found = compared(tmp_path, THEN, THEN, (3, 4))

    assert {v for verdicts in found["summary"].values() for v in verdicts} <= {"none", "unknown"}
