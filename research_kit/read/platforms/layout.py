"""What recognising a platform yields, and the helpers that every platform shares."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from research_kit.read.grid import Grid
from research_kit.records import Column, SourceType


@dataclass(frozen=True)
class Layout:
    """How one platform lays a table out: which rows are headers, what each column is."""

    platform: str
    rule: str
    """The signature that matched, in a sentence."""
    columns: tuple[Column, ...]
    header_rows: int = 1
    type: SourceType = "survey"
    notes: tuple[str, ...] = ()
    drop: Mapping[str, pd.Series] = field(default_factory=dict)
    """Rows that are not answers: {sentence: boolean by row, index as the grid}."""
    body: pd.DataFrame | None = None
    """The answers, where they had to be brought into another shape (long formats); None = the grid below its header rows."""
    codebook: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """A grid with its first rows at hand: what a recogniser looks at."""

    grid: Grid
    top: list[list[str]]
    header: list[str]
    """The first row, as compared: see ``compared``."""
    name: str = ""

    @classmethod
    def of(cls, grid: Grid, name: str = "") -> View:
        """Look at a grid."""
        top = grid.top(6)
        return cls(grid, top, [compared(c) for c in top[0]] if top else [], name)

    def cells(self, position: int, *, header_rows: int = 1, limit: int = 300) -> list[str]:
        """The first non-blank cells of a column, below the header."""
        column = self.grid.frame[position].iloc[header_rows:]
        filled = column[column != ""]
        return [str(c) for c in filled.iloc[:limit]]

    def find(self, *names: str) -> int:
        """Position of the first header that is one of these, or -1."""
        wanted = {compared(n) for n in names}
        return next((i for i, h in enumerate(self.header) if h in wanted), -1)

    def has(self, *names: str) -> bool:
        """True when every one of these is a header."""
        return all(compared(n) in self.header for n in names)


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/td)\b[^<>]{0,100}>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def clean(text: str) -> str:
    """A header as a person reads it: tags, entities, line breaks, hard blanks and invisible characters resolved."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return " ".join(_INVISIBLE.sub("", text).split())


def compared(text: str) -> str:
    """A header as signatures compare it: clean, without case."""
    return clean(text).casefold()


def plain_columns(header: Sequence[str], hints: Mapping[str, str] | None = None) -> list[Column]:
    """One column per header cell; ``hints`` maps compared headers to hints; unnamed columns get their position as a name."""
    known = hints or {}
    return [Column(i, clean(text) or f"Column {i + 1}", hint=known.get(compared(text), "")) for i, text in enumerate(header)]


_CODE = re.compile(r"^(?:(?P<q>[Qq]\d+[A-Za-z]?)[.:)、．]\s*|(?P<n>\d{1,3})\s*[.)、．:]\s*(?=\D))(?=\S)")


def numbered(column: Column) -> Column:
    """Take a leading question number ("3. ", "Q3: ", "3、") off the text and keep it as the code."""
    match = _CODE.match(column.text)
    if not match:
        return column
    rest = column.text[match.end() :].strip()
    code = match["q"] or f"Q{match['n']}"
    return replace(column, text=rest, code=column.code or code) if rest else column


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


def option_or_row(values: Sequence[str], label: str) -> str:
    """The hint of one column of a spread question: "option" when it repeats its own label or ticks, else "row"."""
    distinct = {v.strip() for v in values if v.strip()}
    if not distinct:
        return ""
    if distinct <= {clean(label), label} or (len(distinct) == 1 and compared(next(iter(distinct))) == compared(label)):
        return "option"
    if distinct <= TICKS:
        return "option"
    return "row"


TICKS = frozenset(
    "0 1 x X Y N y n yes no Yes No YES NO true false True False TRUE FALSE checked unchecked Checked Unchecked ✓ ✔ √ 是 否 有 無 无 已選 未選 已选 未选 selected Selected".split()
)
