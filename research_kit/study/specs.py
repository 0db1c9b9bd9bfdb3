"""What a study says of one source, one question, one theme, of personas and of comments. Empty or None = find out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from research_kit.records import Framing, Kind, Role, SourceType


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
    rows: Mapping[str, str] = field(default_factory=dict)
    """{row of a matrix: the stage that it rates}; said in the file as [questions."KEY | row"] stage = ".."."""


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
    like: Path | None = None
    """The results folder of an earlier wave: its personas type this one, nothing is formed anew."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TextSpec:
    """How comments are read."""

    model: str = ""
    lexicon: tuple[Path, ...] = ()
    learn: bool = True
