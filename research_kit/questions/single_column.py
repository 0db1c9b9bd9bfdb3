"""What kind of question one column is: small hypotheses tried in order, the first that nothing contradicts wins and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import aside, choices, joined, scales
from research_kit.questions.dates import looks_like_date
from research_kit.questions.draft import Decision
from research_kit.questions.found import Found
from research_kit.questions.numeric import amounts, nps, numeric
from research_kit.questions.profile import Profile, norm, numbers
from research_kit.questions.several import multiple
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from research_kit.questions.draft import Draft
    from research_kit.records import Kind

_TAGS: tuple[tuple[str, Kind], ...] = (
    ("单选", "single"), ("單選", "single"), ("多选", "multiple"), ("多選", "multiple"), ("複選", "multiple"), ("填空", "text"),
    ("量表", "rating"), ("矩阵", "rating"), ("排序", "ranking"), ("NPS", "nps"),
)  # fmt: skip


def decide(draft: Draft) -> Decision:
    """The kind of a question that has one column."""
    column = draft.first.column
    for rule in _RULES_FOR_MANY if column.many else _RULES:
        decision = rule(draft, column)
        if decision is not None:
            return decision
    return Decision("text", "open-text", {"n": column.n, "distinct": column.distinct})


def _by_tag(draft: Draft, column: Profile) -> Decision | None:
    kind = next((k for word, k in _TAGS if word in draft.tag), None)
    if kind is None:
        return None
    return forced(draft, kind, why="platform-tag", values={"tag": draft.tag})


def _date(draft: Draft, column: Profile) -> Decision | None:
    return Decision("date", "dates") if looks_like_date(column) else None


def _scale(draft: Draft, column: Profile) -> Decision | None:
    found = scales.find(column, draft.text)
    if found is None:
        return None
    return Decision("rating", found.why, found.told(), found=found, unit=found.unit)


_RULES: tuple[Callable[[Draft, Profile], Decision | None], ...] = (
    aside.empty, aside.by_hint, aside.weight, _by_tag, aside.identifier, aside.reaction, aside.meta, aside.constant, _date, nps,
    _scale, numeric, amounts, multiple, choices.single, choices.identity,
)  # fmt: skip
# Where nearly everybody's answer is another: it can be an id, a moment, a number, or words.
_RULES_FOR_MANY = tuple(rule for rule in _RULES if rule not in (nps, _scale, choices.single))


def forced(draft: Draft, kind: Kind, *, why: str = "study", values: dict[str, str] | None = None) -> Decision:
    """The decision when somebody already knows the kind: what is needed to type the answers is still found out."""
    column = draft.first.column
    if kind in ("rating", "nps"):
        decision = nps(draft, column) if kind == "nps" else None
        words = None if draft.spec.scale_labels else _scale(draft, column)  # the study's own labels come before ours
        decision = decision or words or _forced_scale(draft, column)
        return Decision(kind, why, values or {}, found=decision.found if decision else None)
    if kind in ("multiple", "ranking"):
        found = joined.find(column, said=True, options=draft.spec.options or ())
        return Decision(
            kind, why, values or {}, joined=found or joined.Joined("", column.values, {v: (v,) for v in column.values}, 0)
        )
    if kind == "number":
        measured = amounts(draft, column)
        return Decision(kind, why, values or {}, unit=measured.unit if measured else "")
    return Decision(kind, why, values or {})


def _forced_scale(draft: Draft, column: Profile) -> Decision | None:
    """A scale by the study's own labels, else by the numbers; words without a known order stay in the order of the file."""
    labels = draft.spec.scale_labels
    if labels:
        low = 1.0 if draft.spec.scale_min is None else draft.spec.scale_min
        place = {v: low + i for i, label in enumerate(labels) for v in column.values if norm(v) == norm(label)}
        scale = Scale(low, low + len(labels) - 1, tuple(labels), "up")
        return Decision("rating", "study", found=Found(scale, place, "study"))
    decision = numeric(draft, column)
    if decision is not None and decision.found is not None:
        return decision
    values = numbers(column.values)
    if len(values) and not np.isnan(values).all():
        known = values[~np.isnan(values)]
        place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
        return Decision(
            "rating", "study", found=Found(Scale(float(known.min()), float(known.max()), (), "unknown"), place, "study")
        )
    return None


def other_text() -> Decision:
    """What the text box beside an "Other" tick is: somebody's own option, kept apart."""
    return Decision("text", "other-text", role="meta")
