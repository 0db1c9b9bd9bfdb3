"""What recognising a platform yields, and the helpers that every platform shares."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from research_kit.labels import Sentence
from research_kit.reading.grid import Grid, records
from research_kit.records import Column, SourceType


@dataclass(frozen=True)
class Layout:
    """How one platform lays a table out: which rows are headers, what each column is."""

    platform: str
    rule: Sentence
    """The signature that matched, in a sentence."""
    columns: tuple[Column, ...]
    header_rows: int = 1
    type: SourceType = "survey"
    notes: tuple[Sentence, ...] = ()
    drop: Mapping[str, pd.Series] = field(default_factory=dict)
    """Rows that are not answers: {key of the sentence: boolean by row, index as the grid}."""
    body: pd.DataFrame | None = None
    """The answers, where they had to be brought into another shape (long formats); None = the grid below its header rows."""
    codebook: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


_HEAD, _MOST_SEEN = 1000, 300


@dataclass(frozen=True)
class View:
    """A grid with its first rows at hand: what a recogniser looks at."""

    grid: Grid
    top: list[list[str]]
    header: list[str]
    """The first row, as compared: see ``compared``."""
    positions: Mapping[str, int]
    """Where each of these names stands first."""
    head: list[list[str]]
    """The first thousand records."""
    seen: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """Cells looked at before."""

    @classmethod
    def of(cls, grid: Grid) -> View:
        """Look at a grid."""
        head = records(grid.frame.iloc[:_HEAD])
        top = head[:6]
        header = [compared(c).rstrip(" ↑↓") for c in top[0]] if top else []  # reports mark what they are sorted by
        positions: dict[str, int] = {}
        for i, name in enumerate(header):
            positions.setdefault(name, i)
        return cls(grid, top, header, positions, head)

    def cells(self, position: int, *, header_rows: int = 1, limit: int = 300) -> list[str]:
        """The first non-blank cells of a column, below the header."""
        found = self.seen.get((position, header_rows))
        if found is None:
            found = [row[position] for row in self.head[header_rows:] if row[position]][:_MOST_SEEN]
            if len(found) < _MOST_SEEN and len(self.grid.frame) > len(self.head):
                rest = self.grid.frame[position].iloc[len(self.head) :]
                found += rest[rest != ""].iloc[: _MOST_SEEN - len(found)].tolist()
            self.seen[position, header_rows] = found
        return found[:limit]

    def find(self, *names: str) -> int:
        """Position of the first header that is one of these, or -1."""
        return min((self.positions[name] for n in names if (name := compared(n)) in self.positions), default=-1)

    def has(self, *names: str) -> bool:
        """True when every one of these is a header."""
        return all(compared(n) in self.positions for n in names)


LONGEST_HEADER = 2_000
"""Characters of a question's text; what is longer is not a question, and patterns must not run over it."""
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/td)\b[^<>]{0,100}>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def clean(text: str) -> str:
    """A header as a person reads it: tags, entities, line breaks, hard blanks and invisible characters resolved."""
    if len(text) > LONGEST_HEADER:
        text = text[:LONGEST_HEADER] + " ..."
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return " ".join(_INVISIBLE.sub("", text).split())


@lru_cache(maxsize=50_000)
def compared(text: str) -> str:
    """A header as signatures compare it: clean, without case."""
    return clean(text).casefold()


def meanings(table: str) -> dict[str, str]:
    """Hints by compared header name, from lines "hint: name | name | ..."."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        hint, _, names = line.partition(":")
        found |= {compared(name): hint for name in names.split("|")}
    return found


def two_header_rows(view: View) -> bool:
    """True when the first row leaves gaps under which the second has labels, and is itself blank where the first stands alone.

    That is how questions spread over columns are written with two header rows; a row of answers never fits the gaps so well.
    """
    if len(view.top) < 3:
        return False
    first, second = view.top[0], view.top[1]
    gaps = [i for i, c in enumerate(first) if not c.strip() and i > 0]
    if not gaps or len(gaps) < 0.1 * len(first) or not first[0].strip():
        return False
    if any(compared(c) in ("response", "open-ended response") for c in second):
        return True
    labelled = [i for i in gaps if second[i].strip()]
    if len(labelled) < 0.9 * len(gaps):
        return False
    own = 0
    for i in labelled:
        distinct = set(view.cells(i, header_rows=2))
        own += distinct <= {second[i]} or second[i] not in distinct
    alone = [i for i, c in enumerate(first[:-1]) if c.strip() and first[i + 1].strip()]
    return own >= 0.8 * len(labelled) and all(not second[i].strip() for i in alone[:3])


def common_prefix(texts: Sequence[str]) -> str:
    """What all of these begin with."""
    first, last = min(texts), max(texts)
    end = next((i for i, c in enumerate(first) if i >= len(last) or last[i] != c), len(first))
    return first[:end]


def runs_of_same_text(columns: Sequence[Column]) -> list[list[int]]:
    """Neighbouring columns with the same question text: one question spread over several columns."""
    runs: list[list[int]] = []
    for i, column in enumerate(columns):
        if runs and columns[runs[-1][-1]].text == column.text and column.text:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


OTHER = re.compile(
    r"^other\b.*(?:specify|write.?in|text|explain|describe|below)|other \((?:please )?(?:specify|explain|describe)|please specify\)?:?$"
    r"|^(?:其他|其它)\s*[（(:：].*(?:说明|說明|注明|註明|填写|填寫|请|請)|^(?:其他|其它)[_\- ]?(?:文字|内容|內容|填空)",
    re.IGNORECASE,
)
"""A label that says: here stands what people wrote beside "Other"."""


def spread_hints(view: View, columns: Sequence[Column], *, header_rows: int = 1) -> list[Column]:
    """The columns of one spread question with their hints: "option" when cells repeat the label or hold ticks, "row" of a matrix,
    "other_text" beside options. One verdict for all, so that a matrix row that everybody answered alike stays a row."""
    found = [[v.strip() for v in view.cells(c.position, header_rows=header_rows)] for c in columns]
    cells = [set(values) for values in found]
    own = [bool(distinct) and _repeats(distinct, c.label) for c, distinct in zip(columns, cells, strict=True)]
    tick = [bool(distinct) and distinct <= TICKS for distinct in cells]
    # The text beside "Other" does not take part in the verdict.
    voters = [i for i, c in enumerate(columns) if cells[i] and (own[i] or tick[i] or not OTHER.search(c.label))]
    one_each = sum(map(len, found)) >= 3 * len(columns) and _one_phrase_each(cells)
    options = bool(voters) and (
        one_each
        or sum(own) >= 0.5 * len(voters)
        or all(tick[i] for i in voters)
        or (any(own) and sum(own) + sum(tick) >= 0.6 * len(voters))
    )
    hinted = []
    for column, distinct, mine, ticked in zip(columns, cells, own, tick, strict=True):
        if OTHER.search(column.label) and not (distinct and distinct <= TICKS):
            hint = "option" if mine and options else "other_text"
        elif options:
            hint = "option" if mine or ticked or not distinct or one_each else "other_text"
        else:
            hint = "row" if len(columns) > 1 and _closed(cells) else ""
        hinted.append(replace(column, hint=hint))
    return hinted


def _one_phrase_each(cells: Sequence[set[str]]) -> bool:
    """Each column says one phrase of its own or nothing: options under shortened headers."""
    chosen = [{v for v in c if v.casefold() not in NOT_CHOSEN | MISSING} for c in cells]
    phrases = [next(iter(c)) for c in chosen if c]
    return len(phrases) >= 2 and all(len(c) <= 1 for c in chosen) and len(set(phrases)) == len(phrases)


def _repeats(distinct: set[str], label: str) -> bool:
    """Every cell is the label itself, or says that it was not chosen."""
    chosen = {clean(v).casefold() for v in distinct} - NOT_CHOSEN
    return len(chosen) == 1 and next(iter(chosen)) == clean(label).casefold()


def _closed(cells: Sequence[set[str]]) -> bool:
    """The columns draw on one small set of answers: rows of a matrix or ranks, not fields that people typed into."""
    values = set().union(*cells)
    return len(values) <= max(15, 2 * max((len(c) for c in cells), default=0)) and all(len(v) <= 120 for v in values)


MISSING = frozenset("n/a|na|-|nan|null|none".split("|"))
NOT_CHOSEN = frozenset("not selected|unchecked|unselected|no|0|false|未選|未选|未選取|未选中|否".split("|"))

TICKS = frozenset(
    "0|1|0.0|1.0|x|X|Y|N|y|n|yes|no|Yes|No|YES|NO|true|false|True|False|TRUE|FALSE|checked|unchecked|Checked|Unchecked|✓|✔|√|是|否|有|無|无|"
    "已選|未選|已选|未选|選取|選中|选中|selected|Selected|not selected|Not selected|Not Selected".split("|")
)
"""What a cell of an option column says where it does not repeat the option."""
