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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

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
LANES = ("goals", "actions", "touchpoints", "channels", "emotions", "pain_points", "opportunities", "quotes")
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


# ---------------------------------------------------------------- read -> questions


@dataclass(frozen=True)
class Column:
    """One column of a file, found by position: names may repeat."""

    position: int
    """0-based, in the file."""
    text: str
    """The question as the header rows give it, tags and entities resolved."""
    label: str = ""
    """Sub-label of a spread question: the option, the matrix row, the field ("" when the column stands alone)."""
    code: str = ""
    """The platform's own id of the question ("Q3", "QID12", "Q5[SQ001]"), when it has one."""
    hint: str = ""
    """What the platform's signature knows for sure: "" or one of COLUMN_HINTS."""


COLUMN_HINTS = (
    "respondent_id", "meta", "started", "submitted", "duration", "status", "finished", "progress", "email", "name", "ip",
    "language", "option", "other_text", "row", "review_text", "review_title", "review_rating", "review_date", "positive_text",
    "negative_text", "reply", "user", "event", "timestamp", "drop",
)  # fmt: skip


@dataclass(frozen=True)
class Export:
    """A file as it is: cells as text, by position, with its header rows and where they came from."""

    source: str
    """Short name used in every output: the file's name, made unique in the study."""
    path: str
    type: SourceType
    platform: str
    """Key in reading/platforms (e.g. "surveymonkey", "alchemer", "google-forms", "qualtrics", "table")."""
    rule: str
    """The signature that matched, in a sentence."""
    columns: tuple[Column, ...]
    cells: pd.DataFrame
    """str cells, "" = blank; columns 0..n-1 = positions; index = row in the file, 1-based as a person counts."""
    header_rows: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sha256: str = ""
    notes: tuple[str, ...] = ()
    """What was skipped, repaired or guessed, one sentence each; ends up in run.json and the Method sheet."""
    codebook: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Value labels by Column.code, for formats that carry them (.sav, .lss): {"Q5": {"1": "Yes"}}."""


# ---------------------------------------------------------------- questions -> everybody


@dataclass(frozen=True)
class Scale:
    """An ordered scale. ``labels`` run from the lowest value to the highest *as the numbers go*; ``direction`` says whether
    a higher number is better or more ("up"), worse or less ("down"), or is not known ("unknown": never assumed silently)."""

    min: float
    max: float
    labels: tuple[str, ...] = ()
    direction: Direction = "unknown"


@dataclass(frozen=True)
class Question:
    """What one question is, and why we think so. A multi-select or a matrix over many columns is one question."""

    key: str
    """Stable short name: the platform's code, else a slug of the text; unique in the study."""
    text: str
    kind: Kind
    role: Role
    reason: str
    """Why this kind and role: one sentence in the study's language."""
    source: str = ""
    """Export.source of the first source that asks it."""
    columns: tuple[int, ...] = ()
    """0-based positions in that source's file."""
    options: tuple[str, ...] = ()
    """Single, multiple, ranking: the choices, in order of the file (spread) or of frequency (joined)."""
    rows: tuple[str, ...] = ()
    """Matrix: the rows; empty otherwise."""
    scale: Scale | None = None
    unit: str = ""
    """Of a number: "years", "minutes", "NT$" ..., when it was written."""
    framing: str = ""
    """Open questions: "positive", "negative", "neutral" or "" (unknown)."""
    stage: str = ""
    """Stage key when the study file ties it to a stage."""
    reversed: bool = False
    answer_columns: tuple[str, ...] = ()
    """Its columns in Responses.answers."""
    n: int = 0
    """People who answered."""
    missing: int = 0
    """People who were in the file and did not."""
    overall_rating: bool = False
    """True for the one question per source whose value rates the experience as a whole (stars, NPS, overall satisfaction)."""


@dataclass(frozen=True)
class Responses:
    """The answers of all sources of a study: what was asked, who answered, what they said.

    ``answers`` has one row per person (index as ``respondents``) and, for each question but comments and meta:

        single              one column ``key``: str categories (unordered Categorical)
        rating, nps         one column ``key``: ordered Categorical, categories low to high (int for numeric scales, else the labels)
        matrix of these     one column ``key | row`` for each row
        multiple            one boolean column ``key | option`` for each option; missing on all when not answered
        ranking             one number column ``key | option``: 1 = first
        number              one float column ``key``
        date                one datetime column ``key``

    The question that ``[privacy] contact`` names has one str column besides, called as the study file calls it, as written and not masked.
    """

    questions: tuple[Question, ...]
    respondents: pd.DataFrame
    answers: pd.DataFrame
    comments: pd.DataFrame
    events: pd.DataFrame | None = None
    """Event logs: user, event, time, source, stage ("" when the study does not map the event)."""
    exports: tuple[Export, ...] = ()
    """Where all of it came from; ``cells`` is emptied after understanding."""
    language: Language = "en"
    """Of most question texts."""
    masked: Mapping[str, int] = field(default_factory=dict)
    """Personal data masked: kind -> count."""
    notes: tuple[str, ...] = ()

    def question(self, key: str) -> Question:
        """The question with this key; KeyError names the keys there are."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(f"no question {key!r}; there are {', '.join(q.key for q in self.questions)}")

    def included(self) -> pd.Series:
        """Boolean, by person: takes part (not excluded)."""
        return self.respondents["excluded"].eq("")

    def features(self) -> tuple[pd.DataFrame, dict[str, list[str]]]:
        """The answers that may form personas, and which columns belong together.

        Returns X (rows: survey respondents who take part, index as ``respondents``; columns: answer columns of questions with role
        "active") and blocks ({question key: [columns]} for multi-selects, rankings and matrices). Feed both to ``PersonaModel``.
        Recommendation and the rating of the whole are outcomes and left out.
        """
        surveys = {e.source for e in self.exports if e.type == "survey"}
        active = [q for q in self.questions if q.role == "active" and q.answer_columns and q.source in surveys]
        active = [q for q in active if q.kind != "nps" and not q.overall_rating]
        columns = [c for q in active for c in q.answer_columns]
        rows = self.included() & self.respondents["source"].isin(surveys)
        blocks = {q.key: list(q.answer_columns) for q in active if len(q.answer_columns) > 1}
        return self.answers.loc[rows, columns].copy(), blocks


# ---------------------------------------------------------------- personas -> journey, write


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


# ---------------------------------------------------------------- text -> journey, write


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


# ---------------------------------------------------------------- journey -> write


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
