"""Personas, and what sets them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Trait:
    """One answer that sets a persona apart from all others."""

    question: str
    """Question.key"""
    column: str
    """Responses.answers column"""
    answer: str
    """The answer or the level, as the file writes it."""
    text: str
    """A line for a card, in the output language: "uses it daily (82%, others 31%)"."""
    value: float
    """Share (0..1) or mean in the persona."""
    others: float
    """The same for all others."""
    low: float
    high: float
    """95% interval of ``value``."""
    effect: float
    """Standardised difference (Cohen's h for shares, d for means); sign = direction."""
    p_adjusted: float
    """Corrected for the number of comparisons (Benjamini-Hochberg)."""
    facet: str = ""
    """What it is about: does, wants, feels, agrees, disagrees."""


@dataclass(frozen=True)
class Quote:
    """A verbatim and where it stands."""

    text: str
    comment: str
    """Comment id (COMMENT_COLUMNS)."""
    source: str
    row: int
    respondent: str
    question: str = ""


@dataclass(frozen=True)
class Rule:
    """ "You are this persona if ...": a short rule on at most five questions, with its measured accuracy."""

    text: str
    questions: tuple[str, ...]
    precision: float
    recall: float


@dataclass(frozen=True)
class Persona:
    """A group of respondents with what sets it apart. Names are drafted from traits, never invented people."""

    id: str
    """"persona-1" ..., largest first; "group-1" ... for declared groups."""
    name: str
    n: int
    share: float
    """Weighted share of all who could be placed."""
    low: float
    high: float
    traits: tuple[Trait, ...] = ()
    """Active questions only, strongest first."""
    demographics: tuple[Trait, ...] = ()
    """Described, never formed."""
    quotes: tuple[Quote, ...] = ()
    stability: float | None = None
    """Mean bootstrap Jaccard of this persona; None for declared groups."""
    rule: Rule | None = None
    outcomes: tuple[Trait, ...] = ()
    """Recommendation and overall satisfaction: described whether they differ or not, never formed."""


@dataclass(frozen=True)
class CurvePoint:
    """How stable a solution with k personas is."""

    k: int
    stability: float
    """Mean bootstrap Jaccard."""
    lowest: float
    """That of the least stable persona."""
    smallest: int
    """Size of the smallest persona."""
    accepted: bool


@dataclass(frozen=True)
class Personas:
    """The personas of a study, or the plain statement that there are none."""

    personas: tuple[Persona, ...]
    verdict: str
    """strong, moderate, weak, none; "declared" for groups that the study declares."""
    reasons: tuple[str, ...]
    curve: tuple[CurvePoint, ...]
    membership: pd.DataFrame
    """One row per person in Responses.respondents (same index): persona (id or missing), probability (float or missing), how ("answers",
    "declared", "text", "" = not placed)."""
    declared_by: str = ""
    """Question.key of declared groups."""
    used: tuple[str, ...] = ()
    """Question keys that formed the personas."""
    left_out: tuple[tuple[str, str], ...] = ()
    """(question key, why it did not take part)."""
    accuracy: Mapping[str, Any] = field(default_factory=dict)
    """What was measured: screener, assignment by text ..."""
    model: Mapping[str, Any] = field(default_factory=dict)
    """The fitted model as plain data, with ids and names: types another wave (``personas.storage``). Empty without personas."""
    unplaced: Persona | None = None
    """Those whom no persona represents (id "none"), and what sets them apart; None where there is nobody."""

    def __repr__(self) -> str:
        """Who there is, in one line."""
        names = ", ".join(f"{p.name} ({p.share:.0%})" for p in self.personas)
        return f"Personas({len(self.personas)}, {self.verdict}{': ' if names else ''}{names})"
