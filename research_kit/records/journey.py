"""What comments say and what the map shows: themes, stages, cells, curves, opportunities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from research_kit.records.columns import Language, MapType


@dataclass(frozen=True)
class Theme:
    """What several people said alike, named in words that one of them used."""

    id: str
    """Stable from run to run and wave to wave."""
    label: str
    kind: str
    """pain, delight or wish."""
    stage: str
    """Where most of it happens, or ""."""
    n: int = 0
    share: float = 0.0
    """Of the people who commented at all."""
    low: float = 0.0
    high: float = 0.0
    severity: float = 0.0
    """0..1: how negative, and how many of these people rate low."""
    by_persona: Mapping[str, int] = field(default_factory=dict)
    by_source: Mapping[str, int] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    """mention ids, differing from each other."""
    evidence: tuple[str, ...] = ()
    """All mention ids, in order of the files."""
    terms: tuple[str, ...] = ()
    """Normalised words that define it: how it is found again in another wave."""


@dataclass(frozen=True)
class TextReport:
    """What the text stage measured and learned on this study; goes to run.json and the Method sheet."""

    themes: tuple[Theme, ...] = ()
    """Definitions only (id, label, kind, terms); journey counts them."""
    learned: Mapping[str, Any] = field(default_factory=dict)
    """Per language: n, score of the rules, score of the model on the same folds, blended or not, words turned round."""
    languages: Mapping[str, int] = field(default_factory=dict)
    not_assessed: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageInfo:
    """A stage of the journey as the map shows it."""

    key: str
    name: str
    description: str = ""
    color: str = ""


@dataclass(frozen=True)
class Claim:
    """The evidence behind one line of a cell."""

    n: int
    low: float
    high: float
    """Wilson interval of n / base."""
    base: int
    """People of this persona who commented at all (per source, added up)."""
    by_source: Mapping[str, int] = field(default_factory=dict)
    theme: str = ""
    valence: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell of the map: what one persona does, feels or meets at one stage in one lane."""

    persona: str
    stage: str
    lane: str
    lines: tuple[str, ...]
    n: int | None = None
    """People behind it; None in a map filled by hand."""
    low: float | None = None
    high: float | None = None
    evidence: tuple[str, ...] = ()
    """mention ids, those of the first line first."""
    by_source: Mapping[str, int] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    """One per line; empty in a map filled by hand."""
    emotions: tuple[str, ...] = ()
    """Lane "emotions": the keys behind the lines, where they match."""


@dataclass(frozen=True)
class CurveValue:
    """The emotion curve at one stage: mean valence of people's comments, and beside it (never mixed in) their ratings."""

    persona: str
    stage: str
    source: str
    """Export.source, or "all" where there is one source or the study pools."""
    n: int
    mean: float | None
    low: float | None
    high: float | None
    ratings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """{question key: {n, mean, low, high}} of rating questions tied to the stage, brought to -1..1."""
    turn: str = ""
    """"best", "worst" or ""."""


@dataclass(frozen=True)
class Opportunity:
    """A pain or wish turned into a question for the team."""

    id: str
    stage: str
    text: str
    theme: str
    n: int
    low: float
    high: float
    severity: float
    priority: str
    """high, medium, low"""
    reason: str
    effort: str = ""
    owner: str = ""
    due: str = ""
    status: str = ""


@dataclass(frozen=True)
class MapPersona:
    """A persona as a map's header shows it."""

    id: str
    name: str
    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    quote: str = ""
    traits: tuple[str, ...] = ()
    placed: int = 0
    """People without closed answers (reviewers) who were placed here by their words; not in ``n``, but in the counts of the map."""


@dataclass(frozen=True)
class MapSource:
    """A source as the map counts it."""

    name: str
    type: str
    people: int
    commented: int
    mentions: int


@dataclass(frozen=True)
class MapContent:
    """The whole map as data (journey.json). ``maps.JourneyMap`` is this with ways to write and read it."""

    name: str
    language: Language
    stages: tuple[StageInfo, ...]
    lanes: tuple[str, ...]
    personas: tuple[MapPersona, ...]
    cells: tuple[Cell, ...]
    sources: tuple[MapSource, ...] = ()
    curves: tuple[CurveValue, ...] = ()
    themes: tuple[Theme, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    funnel: tuple[Mapping[str, Any], ...] = ()
    """Event logs, per stage: {stage, source, users, reach, conversion, drop_off}."""
    unassigned: Mapping[str, int] = field(default_factory=dict)
    """Mentions that fit no stage, per source."""
    types: tuple[MapType, ...] = ("current",)
    flagged: tuple[str, ...] = ()
    """Mention ids of praise that may be sarcasm or a slip of the rating: counted nowhere as praise, listed for review."""

    def cell(self, persona: str, stage: str, lane: str) -> Cell | None:
        """The cell at this place, or None."""
        for cell in self.cells:
            if (cell.persona, cell.stage, cell.lane) == (persona, stage, lane):
                return cell
        return None


@dataclass(frozen=True)
class Stage:
    """A stage of the journey as a researcher declares it."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    """{language: name}"""
    description: str = ""
    keywords: Sequence[str] = ()

    def name(self, language: str) -> str:
        """Its name in this language, else in any, else its key."""
        return self.names.get(language) or next(iter(self.names.values()), self.key)


@dataclass(frozen=True)
class Term:
    """A touchpoint or a channel: a key, its names and the words that betray it."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    keywords: Sequence[str] = ()

    def name(self, language: str) -> str:
        """Its name in this language, else in any, else its key."""
        return self.names.get(language) or next(iter(self.names.values()), self.key)
