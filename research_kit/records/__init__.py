"""What travels between the stages. Imports nothing of ours; holds no logic but conversions to and from plain data.

Every record is frozen, and whoever receives a DataFrame never changes it (tests/test_records.py holds the stages to it).
The columns of every DataFrame are listed here and nowhere else.

The way of the data:

    read       file            -> Export
    questions  [Export]        -> Responses
    personas   Responses       -> Personas
    text       comments        -> mentions (a DataFrame, in chunks) + TextReport
    journey    all of these    -> JourneyMap
    write      all of these    -> files
"""

from __future__ import annotations

from research_kit.records.answers import COLUMN_HINTS, Column, Export, Question, Responses, Scale
from research_kit.records.columns import (
    COMMENT_COLUMNS,
    EMOTIONS,
    EVERYONE,
    EVIDENCE_COLUMNS,
    FRAMINGS,
    KINDS,
    LANES,
    LANGUAGES,
    MAP_TYPES,
    MENTION_COLUMNS,
    MENTION_KINDS,
    RESPONDENT_COLUMNS,
    ROLES,
    SENTIMENTS,
    SOURCE_TYPES,
    STAGE_REASONS,
    Direction,
    Framing,
    Kind,
    Language,
    MapType,
    Role,
    SourceType,
    plain,
)
from research_kit.records.journey import (
    Cell,
    Claim,
    CurveValue,
    MapContent,
    MapPersona,
    MapSource,
    Opportunity,
    Stage,
    StageInfo,
    Term,
    TextReport,
    Theme,
)
from research_kit.records.people import CurvePoint, Persona, Personas, Quote, Rule, Trait

__all__ = [
    "COLUMN_HINTS",
    "COMMENT_COLUMNS",
    "EMOTIONS",
    "EVERYONE",
    "EVIDENCE_COLUMNS",
    "FRAMINGS",
    "KINDS",
    "LANES",
    "LANGUAGES",
    "MAP_TYPES",
    "MENTION_COLUMNS",
    "MENTION_KINDS",
    "RESPONDENT_COLUMNS",
    "ROLES",
    "SENTIMENTS",
    "SOURCE_TYPES",
    "STAGE_REASONS",
    "Cell",
    "Claim",
    "Column",
    "CurvePoint",
    "CurveValue",
    "Direction",
    "Export",
    "Framing",
    "Kind",
    "Language",
    "MapContent",
    "MapPersona",
    "MapSource",
    "MapType",
    "Opportunity",
    "Persona",
    "Personas",
    "Question",
    "Quote",
    "Responses",
    "Role",
    "Rule",
    "Scale",
    "SourceType",
    "Stage",
    "StageInfo",
    "Term",
    "TextReport",
    "Theme",
    "Trait",
    "plain",
]
