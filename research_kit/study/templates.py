"""The journeys that come with the package: their names, and the stages of each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research_kit.errors import StudyError
from research_kit.records import Stage
from research_kit.study.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.records import Language

JOURNEYS = Path(__file__).parents[1] / "journeys"
DEFAULT_JOURNEY = "default"
WRITTEN: Language = "en"
"""The language of a template's descriptions until another is asked for."""


def journeys() -> list[str]:
    """The names of the shipped journey templates."""
    return sorted(p.stem for p in JOURNEYS.glob("*.toml"))


def template(name: str) -> tuple[Stage, ...]:
    """The stages of a shipped journey, described in English, with their keywords in all languages. StudyError names the journeys that there
    are."""
    if name not in journeys():
        raise StudyError(said("no-journey", name=name, all=", ".join(journeys())))
    return tuple(
        Stage(
            t["key"],
            t["names"],
            t["description"][WRITTEN],
            tuple(dict.fromkeys(w for words in t["keywords"].values() for w in words)),
        )
        for t in _tables(name)
    )


def described(stage: Stage, language: Language) -> str:
    """What the study says of a stage; a shipped description in this language."""
    return _descriptions().get(stage.description, {}).get(language, stage.description)


def keywords_in(stage: Stage, language: Language) -> Sequence[str]:
    """A stage's keywords without those that came with a shipped journey for other languages only."""
    others = _foreign(language).get(stage.key, frozenset())
    return [word for word in stage.keywords if word not in others]


def as_shipped(stages: Sequence[Stage]) -> list[Stage]:
    """The stages, with a shipped one that stands there unchanged in one language as it is in all languages."""
    return [_told_in().get((s.key, s.description, tuple(s.keywords)), s) for s in stages]


def is_default(stages: Sequence[Stage]) -> bool:
    """Whether these are the general stages, as shipped, in whatever language they stand in the study file."""
    shipped = {s.key: s for s in template(DEFAULT_JOURNEY)}
    return [s.key for s in stages] == list(shipped) and all(
        s.names == shipped[s.key].names
        and described(s, WRITTEN) == shipped[s.key].description
        and set(s.keywords) <= set(shipped[s.key].keywords)
        for s in stages
    )


@cache
def _tables(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((JOURNEYS / f"{name}.toml").read_text(encoding="utf-8"))["stage"]
    return found


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    """{a shipped description in any language: it in each language}"""
    return {text: t["description"] for name in journeys() for t in _tables(name) for text in t["description"].values()}


@cache
def _told_in() -> dict[tuple[str, str, tuple[str, ...]], Stage]:
    """{key, description and keywords of a shipped stage as a study file in one language has them: the stage}"""
    languages: tuple[Language, ...] = ("en", "zh-Hant", "zh-Hans")
    return {
        (s.key, described(s, tongue), tuple(keywords_in(s, tongue))): s
        for name in journeys()
        for s in template(name)
        for tongue in languages
    }


@cache
def _foreign(language: Language) -> dict[str, frozenset[str]]:
    """{key of a shipped stage: its keywords that are not of this language in any journey}"""
    mine: dict[str, set[str]] = {}
    all_of: dict[str, set[str]] = {}
    for table in (t for name in journeys() for t in _tables(name)):
        mine.setdefault(table["key"], set()).update(table["keywords"][language])
        all_of.setdefault(table["key"], set()).update(w for words in table["keywords"].values() for w in words)
    return {key: frozenset(words - mine[key]) for key, words in all_of.items()}
