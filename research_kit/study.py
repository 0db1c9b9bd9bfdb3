"""What the researcher declares: study.toml -> Study. Every check is here, and all problems are reported at once.

``Study`` is a frozen, typed record; nothing reads the TOML but this module. Checks that need the data run once, after the questions
are understood (``check_against``), and report in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from research_kit.errors import StudyError
from research_kit.records import (
    FRAMINGS,
    KINDS,
    LANGUAGES,
    MAP_TYPES,
    ROLES,
    SOURCE_TYPES,
    Framing,
    Kind,
    Language,
    Question,
    Responses,
    Role,
    SourceType,
    Stage,
    Term,
)

JOURNEYS = Path(__file__).parent / "journeys"
DEFAULT_JOURNEY = "default"


@dataclass(frozen=True)
class SourceSpec:
    """One export file and how to read it. Empty = find out."""

    path: Path
    type: SourceType | None = None
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    wave: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    """{column: value | [values] | {"from": v, "to": v}}: only these rows take part."""


@dataclass(frozen=True)
class QuestionSpec:
    """What the study file says of one question; None = as detected."""

    kind: Kind | None = None
    role: Role | None = None
    stage: str | None = None
    framing: Framing | None = None
    options: tuple[str, ...] | None = None
    scale_min: float | None = None
    scale_max: float | None = None
    scale_labels: tuple[str, ...] | None = None
    reversed: bool | None = None
    weight: bool | None = None
    """True: its numbers are the respondents' weights."""
    ignore: bool = False


@dataclass(frozen=True)
class ThemeSpec:
    """What the study file says of a theme."""

    id: str
    label: str = ""
    stage: str = ""
    merge: tuple[str, ...] = ()
    dismiss: bool = False


@dataclass(frozen=True)
class PersonaSpec:
    """How personas are formed."""

    n: int | Literal["auto"] = "auto"
    max: int = 6
    using: tuple[str, ...] = ()
    """Question keys or distinctive parts of their text; empty = all active."""
    by: str = ""
    """A question whose answers are the groups: nothing is clustered."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TextSpec:
    """How comments are read."""

    model: str = ""
    lexicon: tuple[Path, ...] = ()
    learn: bool = True


@dataclass(frozen=True)
class Study:
    """A study: its sources and everything that the researcher decided."""

    name: str
    sources: tuple[SourceSpec, ...]
    language: Language | None = None
    """Of the outputs; None: that of most question texts."""
    journey: str = DEFAULT_JOURNEY
    map: tuple[str, ...] = ("current",)
    orientation: Literal["columns", "rows"] = "columns"
    pool_sources: bool = False
    seed: int = 0
    questions: Mapping[str, QuestionSpec] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    """Those of the study file, else those of the journey template."""
    touchpoints: tuple[Term, ...] = ()
    """Added to the shipped ones."""
    channels: tuple[Term, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    personas: PersonaSpec = PersonaSpec()
    themes: tuple[ThemeSpec, ...] = ()
    mask: bool = True
    contact: str = ""
    text: TextSpec = TextSpec()
    path: Path | None = None
    """The study file; None when made from export files."""

    @classmethod
    def load(cls, path: str | Path) -> Study:
        """Read a study file. StudyError lists every problem in it."""
        raise NotImplementedError

    @classmethod
    def from_files(cls, paths: Iterable[str | Path], **changes: Any) -> Study:
        """A study of these export files with nothing else declared."""
        raise NotImplementedError
