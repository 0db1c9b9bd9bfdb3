"""The journeys that come with the package: their names, and the stages of each."""

from __future__ import annotations

import tomllib
from pathlib import Path

from research_kit.errors import StudyError
from research_kit.records import Stage
from research_kit.study.said import said

JOURNEYS = Path(__file__).parents[1] / "journeys"
DEFAULT_JOURNEY = "default"


def journeys() -> list[str]:
    """The names of the shipped journey templates."""
    return sorted(p.stem for p in JOURNEYS.glob("*.toml"))


def template(name: str) -> tuple[Stage, ...]:
    """The stages of a shipped journey. StudyError names the journeys that there are."""
    if name not in journeys():
        raise StudyError(said("no-journey", name=name, all=", ".join(journeys())))
    tables = tomllib.loads((JOURNEYS / f"{name}.toml").read_text(encoding="utf-8"))["stage"]
    return tuple(Stage(**{**t, "keywords": tuple(t.get("keywords", ()))}) for t in tables)
