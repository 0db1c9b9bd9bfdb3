"""What is read and understood: exports, questions, responses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from research_kit.records.columns import Direction, Kind, Language, Role, SourceType

if TYPE_CHECKING:
    import pandas as pd


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
    "negative_text", "reply", "user", "event", "timestamp", "drop", "text_box",
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
    row_stages: tuple[str, ...] = ()
    """Of a matrix whose rows rate stages: a stage key or "" per row; else empty."""
    reversed: bool = False
    answer_columns: tuple[str, ...] = ()
    """Its columns in Responses.answers."""
    n: int = 0
    """People who answered."""
    missing: int = 0
    """People who were in the file and did not."""
    overall_rating: bool = False
    """True for the one question per source whose value rates the experience as a whole (stars, NPS, overall satisfaction)."""


def _many(**counts: int) -> str:
    """As in "1 question, 150 respondents"."""
    return ", ".join(f"{n:,} {name}{'' if n == 1 else 's'}" for name, n in counts.items())


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

    def __repr__(self) -> str:
        """How much there is, and of which platforms: whole tables would fill pages of a notebook."""
        platforms = ", ".join(dict.fromkeys(e.platform for e in self.exports if e.platform not in ("", "table")))
        counts = _many(question=len(self.questions), respondent=len(self.respondents), comment=len(self.comments))
        return f"Responses({counts}{'; ' if platforms else ''}{platforms})"

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
