"""The language of a study: that of most question texts, else of what people wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from research_kit import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Export, Language

_WORDING = re.compile(r"[\u3400-\u9fff]|(?:[A-Za-z']{2,}\W+){2}[A-Za-z']{2,}")
"""Chinese, or three words in a row: less is a code or a platform's own name for a column."""
_ENOUGH = 1000
"""Texts of one column that settle its language."""
_NOT_THEIRS = ("reply", "name", "user", "email")


def spoken(exports: Sequence[Export], drafts: Sequence[Draft], decisions: Sequence[Decision]) -> Language:
    """The output language for a study that declares none.

    That of most question texts; where nobody was asked in words (reviews, whose headers are the platform's; questions called Q1, Q2 ...), that
    of what people wrote; of an event log, that of its events.
    """
    asked = [d.text for d in drafts if "survey" in d.types and not d.first.hint.startswith("meta") and _WORDING.search(d.text)]
    if asked:
        return language.majority(asked)
    open_ended = [d for d, c in zip(drafts, decisions, strict=True) if c.kind == "text" and d.first.hint not in _NOT_THEIRS]
    written = [v for d in open_ended or drafts for p in d.parts for v in _sample(p.column.values) if _WORDING.search(v)]
    if written:
        return language.majority(written)
    events = [v for e in exports for c in e.columns if c.hint == "event" for v in sorted(set(e.cells[c.position][:_ENOUGH]))]
    return language.majority((*events, *(d.text for d in drafts), *(c.text for e in exports for c in e.columns)))


def _sample(values: Sequence[str]) -> Sequence[str]:
    """Evenly spaced ones where there are many."""
    return values[:: max(1, len(values) // _ENOUGH)]
