"""Columns that are no answers: what the platform adds, ids, addresses, weights, and cells that all say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import scales
from research_kit.questions.dates import looks_like_date
from research_kit.questions.draft import Decision
from research_kit.questions.found import Found
from research_kit.questions.hints import ID_HINTS, META_HINTS, TEXT_HINTS, TIME_HINTS
from research_kit.questions.profile import Profile, norm, numbers
from research_kit.questions.words import IDENTIFIER, META, REACTION, WEIGHT, says
from research_kit.records import Scale

if TYPE_CHECKING:
    from research_kit.questions.draft import Draft
    from research_kit.records import Kind

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
_OPAQUE = re.compile(r"^(?=.*\d)[A-Za-z0-9_\-:{}]{10,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^https?://\S+$")
_CODE = re.compile(r"^([A-Za-z]{1,12}[-_#:/.]?)\d[\dA-Za-z]*(?:[-_:/.][\dA-Za-z]+)*$")
_NO_NAME = re.compile(r"^(?:#\d+|column ?\d+|unnamed.*|欄位? ?\d+|列 ?\d+|index)$", re.IGNORECASE)


def by_hint(draft: Draft, column: Profile) -> Decision | None:
    """What the platform's own word for the column settles; None where it has none."""
    hint = draft.first.hint
    if hint in ID_HINTS:
        return Decision("identifier", "platform-id", role="meta")
    if hint in META_HINTS:
        kind: Kind = "date" if hint in TIME_HINTS and looks_like_date(column) else "meta"
        return Decision(kind, "platform-meta", role="meta")
    if hint in TEXT_HINTS:
        return Decision("text", "platform-text", role="comment")
    if hint == "other_text":
        return Decision("text", "other-text", role="meta")
    if hint == "review_rating":
        return _stars(column)
    return None


def _stars(column: Profile) -> Decision | None:
    found = scales.find(column, "rating")
    if found is not None:
        return Decision("rating", "star-rating", found=found, role="active")
    values = numbers(column.values)
    if not len(values) or np.isnan(values).any():
        return None
    low, high = float(values.min()), float(values.max())
    top = next((t for t in (5.0, 10.0, 50.0, 100.0) if high <= t), high)
    scale = Scale(min(1.0, low) if top <= 10 else min(10.0, low), top, (), "up")
    place = {v: float(x) for v, x in zip(column.values, values, strict=True)}
    return Decision("rating", "star-rating", found=Found(scale, place, "star-rating"), role="active")


def empty(draft: Draft, column: Profile) -> Decision | None:
    """A column in which nobody said anything."""
    return Decision("meta", "empty", role="meta") if column.n == 0 else None


def weight(draft: Draft, column: Profile) -> Decision | None:
    """The weights of respondents, by their name."""
    if says(WEIGHT, draft.text, draft.code) and not np.isnan(numbers(column.values)).any():
        return Decision("number", "weight", role="meta")
    return None


def identifier(draft: Draft, column: Profile) -> Decision | None:
    """Ids, addresses and names of people or records, by the column's name or by its values."""
    unique, column = column.distinct / column.n, column.top(2000)
    if looks_like_date(column):
        return None
    if column.share(lambda v: bool(_EMAIL.match(v))) > 0.6:
        return Decision("identifier", "contact", role="meta")
    if (
        re.search(r"(?<![a-z])(?:id|uuid)$", draft.text, re.IGNORECASE)
        and column.distinct > 20
        and column.share(lambda v: " " not in v) > 0.95
    ):
        return Decision("identifier", "id-name", {"name": draft.text}, role="meta")
    if says(IDENTIFIER, draft.text) and (unique > 0.5 or column.n < 5 or column.distinct > 50):
        return Decision("identifier", "id-name", {"name": draft.text}, role="meta")
    if (
        column.n >= 10
        and unique > 0.98
        and column.share(lambda v: bool(_OPAQUE.match(v)) or (v.isdigit() and len(v) >= 6)) > 0.95
    ):
        return Decision("identifier", "id-values", {"distinct": column.distinct}, role="meta")
    if column.n >= 10 and unique == 1 and _one_pattern(column):
        return Decision("identifier", "id-values", {"distinct": column.distinct}, role="meta")
    values = numbers(column.values)
    if column.n >= 20 and unique == 1 and _counts_rows(draft.first.column):
        return Decision("identifier", "id-values", {"distinct": column.distinct}, role="meta")
    if column.n >= 20 and unique == 1 and _NO_NAME.match(draft.text) and not np.isnan(values).any():
        return Decision("identifier", "id-values", {"distinct": column.distinct}, role="meta")
    return None


def _counts_rows(column: Profile) -> bool:
    """1, 2, 3 ... down the file, whatever the column is called."""
    values = numbers(column.values)
    if np.isnan(values).any():
        return False
    codes = column.codes[column.codes >= 0]
    return bool((np.diff(values[codes]) == 1).all()) and values.min() in (0.0, 1.0)


def _one_pattern(column: Profile) -> bool:
    """Short codes that all begin alike and go on in figures: "gm-0006", "R12", "ORD/2024/117"."""
    heads = {match[1].lower() if (match := _CODE.match(v)) else "" for v in column.values}
    return len(heads) == 1 and "" not in heads


def reaction(draft: Draft, column: Profile) -> Decision | None:
    """How many readers liked a review: about the review, not about its writer."""
    if draft.types != ("reviews",) or not says(REACTION, draft.text) or np.isnan(numbers(column.values)).any():
        return None
    return Decision("number", "meta-name", {"name": draft.text}, role="meta")


def meta(draft: Draft, column: Profile) -> Decision | None:
    """Columns about the survey itself, by their name."""
    if not says(META, draft.text):
        return None
    return Decision("date" if looks_like_date(column) else "meta", "meta-name", {"name": draft.text}, role="meta")


def constant(draft: Draft, column: Profile) -> Decision | None:
    """One long sentence in every row: a consent or a redaction note."""
    if (
        column.distinct == 1
        and column.n >= max(20, 0.9 * len(column.codes))
        and (len(column.values[0]) > 40 or norm(column.values[0]).startswith("data redacted"))
    ):
        return Decision("meta", "constant", {"value": column.values[0][:60]}, role="meta")
    return None
