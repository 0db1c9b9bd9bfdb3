"""A question in the making: its columns pooled over all sources, what was decided about it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from research_kit.study import QuestionSpec

if TYPE_CHECKING:
    from research_kit.questions.found import Found
    from research_kit.questions.joined import Joined
    from research_kit.questions.profile import Profile
    from research_kit.records import Kind, Role


@dataclass(frozen=True)
class Part:
    """One column of a question (pooled over the sources that have it)."""

    label: str
    column: Profile
    places: Mapping[int, int]
    """Source number -> position of the column in that file."""
    hint: str = ""
    code: str = ""
    codes: tuple[str, ...] = ()
    """Numbers in it that stand for "no answer" (-99) and were taken as that."""
    folded: tuple[int, ...] = ()
    """All columns in the first source's file, where several were folded into this one."""


@dataclass(frozen=True)
class Draft:
    """What was asked, before it is known what kind of question it is."""

    key: str
    text: str
    parts: tuple[Part, ...]
    sources: tuple[int, ...]
    types: tuple[str, ...]
    """Of the sources that ask it: survey, reviews."""
    tag: str = ""
    code: str = ""
    platform: str = ""
    spec: QuestionSpec = field(default_factory=QuestionSpec)
    origin: Draft | None = None
    """Its columns as they were, where the columns of a single choice were folded into one."""

    @property
    def spread(self) -> bool:
        """True when it has several columns."""
        return len(self.parts) > 1

    @property
    def first(self) -> Part:
        """Its first column."""
        return self.parts[0]


@dataclass(frozen=True)
class Decision:
    """What kind a question is, with what is needed to type its answers."""

    kind: Kind
    why: str
    """Key of the reason in labels/questions.toml."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the reason names."""
    role: Role | None = None
    """When the kind's reason settles the role too."""
    found: Found | None = None
    joined: Joined | None = None
    unit: str = ""
    selected: tuple[str, ...] = ()
    """Spread multi-selects: what a cell holds when the option was chosen."""
