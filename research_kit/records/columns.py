"""Words that records are made of, the columns of every DataFrame, and records as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "zh-Hant", "zh-Hans"]
LANGUAGES: tuple[Language, ...] = ("en", "zh-Hant", "zh-Hans")
SourceType = Literal["survey", "reviews", "events"]
SOURCE_TYPES: tuple[SourceType, ...] = ("survey", "reviews", "events")

Kind = Literal["identifier", "meta", "single", "multiple", "rating", "nps", "ranking", "number", "date", "text"]
KINDS: tuple[Kind, ...] = ("identifier", "meta", "single", "multiple", "rating", "nps", "ranking", "number", "date", "text")
Role = Literal["active", "demographic", "comment", "meta"]
ROLES: tuple[Role, ...] = ("active", "demographic", "comment", "meta")
Framing = Literal["positive", "negative", "neutral"]
FRAMINGS: tuple[Framing, ...] = ("positive", "negative", "neutral")
Direction = Literal["up", "down", "unknown"]

SENTIMENTS = ("positive", "negative", "mixed", "neutral")
MENTION_KINDS = ("pain", "delight", "wish", "statement")
STAGE_REASONS = ("study", "question", "clause", "comment", "unassigned")
EMOTIONS = (
    "joy", "satisfaction", "excitement", "curiosity", "trust", "hope", "pride", "relief", "gratitude", "surprise",
    "confusion", "anxiety", "frustration", "anger", "disappointment", "hesitation", "impatience", "overwhelm", "boredom",
    "sadness", "neutral",
)  # fmt: skip
LANES = ("goals", "actions", "touchpoints", "channels", "emotions", "pain_points", "delights", "opportunities", "quotes")
MapType = Literal["current", "future", "day", "blueprint", "channel"]
MAP_TYPES: tuple[MapType, ...] = ("current", "future", "day", "blueprint", "channel")
EVERYONE = "everyone"
"""The persona key of the map that holds all people, assigned or not."""

RESPONDENT_COLUMNS = ("respondent", "source", "row", "wave", "weight", "excluded")
"""Responses.respondents, one row per person (index 0..n-1, shared with Responses.answers).

respondent  str: the platform's id, or "r<row>"; unique within a source
source      str: Export.source
row         int: the row in the file (1 = the first line / sheet row, as a person counts; 0 where a format has no rows)
wave        str or missing: what the study calls the wave of this source
weight      float: 1.0 unless the study names a weight question
excluded    str: "" or the reason why this person takes no part ("preview", "blank", "duplicate" ...)
"""

COMMENT_COLUMNS = (
    "comment", "unit", "respondent", "source", "row", "column", "question", "question_text", "framing", "stage", "text", "rating",
)  # fmt: skip
"""Responses.comments, one row per non-empty open answer or review text of a person who is not excluded (index 0..m-1).

comment        str: "S<source number>-R<row>-C<column, 1-based>", unique in the study; mention ids add "-<mention, 1-based>"
unit           int: index of the person in Responses.respondents / answers
respondent, source, row   as above
column         int: 0-based position in the file
question       str: Question.key
question_text  str: the question as it was asked ("" for a review text)
framing        "positive" | "negative" | "neutral" | "" (unknown): what the question asks for
stage          str: stage key when the study file ties this question to a stage, else ""
text           str: as written, personal data masked
rating         float: the person's own overall rating (stars, NPS, satisfaction) brought to 0..1, or missing
"""

MENTION_COLUMNS = (
    "text_id", "mention", "text", "start", "end", "language", "sentiment", "valence", "emotion", "emotion_score",
    "stage", "stage_reason", "touchpoint", "channel", "kind", "pain", "theme", "sarcasm",
)  # fmt: skip
"""What ``annotate(unit="mention")`` returns, one row per clause: see INTERFACE. ``sarcasm`` is True where a positive phrase meets a bad
rating or a bad event. Missing is pandas NA / None, never an empty string; theme is a Theme.id."""

EVIDENCE_COLUMNS = (
    "mention_id",
    "comment",
    "unit",
    "respondent",
    "source",
    "row",
    "question",
    "question_text",
    "rating",
    "persona",
)
"""What the pipeline's mentions (mentions.parquet) carry besides MENTION_COLUMNS. ``text_id`` is then the comment's index;
``mention_id`` is "<comment>-<mention + 1>"; persona is a Persona.id or missing."""


def plain(value: Any) -> Any:
    """Turn records into dicts, lists and scalars that JSON can hold. DataFrames are refused: they have files of their own."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if type(value) is tuple and all(type(v) is str for v in value):
        return list(value)  # evidence: a hundred thousand ids
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "item") and not hasattr(value, "columns"):  # numpy scalars
        return value.item()
    if isinstance(value, Path):
        return value.name  # where it lay is nobody's business, and differs from machine to machine
    if hasattr(value, "columns"):
        raise TypeError("a DataFrame has a file of its own and is not part of the JSON")
    return value
