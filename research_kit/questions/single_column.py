"""What kind of question one column is: small hypotheses tried in order, the first that nothing contradicts wins and says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import choices, joined, scales
from research_kit.questions.amounts import amount
from research_kit.questions.dates import looks_like_date
from research_kit.questions.draft import Decision
from research_kit.questions.profile import Profile, norm, numbers
from research_kit.questions.words import (
    COUNT,
    IDENTIFIER,
    META,
    MULTI,
    NPS,
    OPEN,
    RANK,
    RATE,
    REACTION,
    WEIGHT,
    framing,
    plain,
    says,
)
from research_kit.records import Scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from research_kit.questions.draft import Draft
    from research_kit.records import Kind

_ID_HINTS = {"respondent_id": "identifier", "email": "identifier", "name": "identifier", "ip": "identifier", "user": "identifier"}
_META_HINTS = (
    "meta",
    "started",
    "submitted",
    "duration",
    "status",
    "finished",
    "progress",
    "language",
    "drop",
    "review_date",
    "timestamp",
    "event",
    "reply",
)
_TEXT_HINTS = ("review_text", "review_title", "positive_text", "negative_text")
_TAGS: tuple[tuple[str, Kind], ...] = (
    ("单选", "single"), ("單選", "single"), ("多选", "multiple"), ("多選", "multiple"), ("複選", "multiple"), ("填空", "text"),
    ("量表", "rating"), ("矩阵", "rating"), ("排序", "ranking"), ("NPS", "nps"),
)  # fmt: skip
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
_OPAQUE = re.compile(r"^(?=.*\d)[A-Za-z0-9_\-:{}]{10,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^https?://\S+$")
_CODE = re.compile(r"^([A-Za-z]{1,12}[-_#:/.]?)\d[\dA-Za-z]*(?:[-_:/.][\dA-Za-z]+)*$")
_NO_NAME = re.compile(r"^(?:#\d+|column ?\d+|unnamed.*|欄位? ?\d+|列 ?\d+|index)$", re.IGNORECASE)


def decide(draft: Draft) -> Decision:
    """The kind of a question that has one column."""
    column = draft.first.column
    for rule in _RULES_FOR_MANY if column.many else _RULES:
        decision = rule(draft, column)
        if decision is not None:
            return decision
    return Decision("text", "open-text", {"n": column.n, "distinct": column.distinct})


def _by_hint(draft: Draft, column: Profile) -> Decision | None:
    hint = draft.first.hint
    if hint in _ID_HINTS:
        return Decision("identifier", "platform-id", role="meta")
    if hint in _META_HINTS:
        kind: Kind = (
            "date" if hint in ("started", "submitted", "review_date", "timestamp") and looks_like_date(column) else "meta"
        )
        return Decision(kind, "platform-meta", role="meta")
    if hint in _TEXT_HINTS:
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
    return Decision("rating", "star-rating", found=scales.Found(scale, place, "star-rating"), role="active")


def _empty(draft: Draft, column: Profile) -> Decision | None:
    return Decision("meta", "empty", role="meta") if column.n == 0 else None


def _by_tag(draft: Draft, column: Profile) -> Decision | None:
    kind = next((k for word, k in _TAGS if word in draft.tag), None)
    if kind is None:
        return None
    return forced(draft, kind, why="platform-tag", values={"tag": draft.tag})


def _weight(draft: Draft, column: Profile) -> Decision | None:
    if says(WEIGHT, draft.text, draft.code) and not np.isnan(numbers(column.values)).any():
        return Decision("number", "weight", role="meta")
    return None


def _identifier(draft: Draft, column: Profile) -> Decision | None:
    unique, column = column.distinct / column.n, column.top(2000)
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
    if column.n >= 20 and unique == 1 and _NO_NAME.match(draft.text) and not np.isnan(values).any():
        return Decision("identifier", "id-values", {"distinct": column.distinct}, role="meta")
    return None


def _one_pattern(column: Profile) -> bool:
    """Short codes that all begin alike and go on in figures: "gm-0006", "R12", "ORD/2024/117"."""
    heads = {match[1].lower() if (match := _CODE.match(v)) else "" for v in column.values}
    return len(heads) == 1 and "" not in heads


def _reaction(draft: Draft, column: Profile) -> Decision | None:
    """How many readers liked a review: about the review, not about its writer."""
    if draft.types != ("reviews",) or not says(REACTION, draft.text) or np.isnan(numbers(column.values)).any():
        return None
    return Decision("number", "meta-name", {"name": draft.text}, role="meta")


def _meta(draft: Draft, column: Profile) -> Decision | None:
    if not says(META, draft.text):
        return None
    return Decision("date" if looks_like_date(column) else "meta", "meta-name", {"name": draft.text}, role="meta")


def _constant(draft: Draft, column: Profile) -> Decision | None:
    if (
        column.distinct == 1
        and column.n >= max(20, 0.9 * len(column.codes))
        and (len(column.values[0]) > 40 or norm(column.values[0]).startswith("data redacted"))
    ):
        return Decision("meta", "constant", {"value": column.values[0][:60]}, role="meta")
    return None


def _date(draft: Draft, column: Profile) -> Decision | None:
    return Decision("date", "dates") if looks_like_date(column) else None


def _nps(draft: Draft, column: Profile) -> Decision | None:
    if not says(NPS, draft.text, draft.code):
        return None
    found = scales.find(column, draft.text)
    values = np.array([found.place.get(v, np.nan) for v in column.values]) if found else numbers(column.values)
    known = values[~np.isnan(values)]
    if (
        len(known)
        and column.share(lambda v: not np.isnan(dict(zip(column.values, values, strict=True))[v]) or scales.off_scale(v)) > 0.97
    ):
        if found is not None and found.why != "scale-marked":
            return None
        if known.min() >= 0 and known.max() <= 10 and known.max() > 7 and (known == known.round()).all():
            return Decision("nps", "nps", found=_zero_to_ten(column, values, found))
    return None


def _zero_to_ten(column: Profile, values: np.ndarray, found: scales.Found | None) -> scales.Found:
    place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
    labels = found.scale.labels if found else ()
    return scales.Found(Scale(0, 10, labels, "up"), place, "nps")


def _scale(draft: Draft, column: Profile) -> Decision | None:
    found = scales.find(column, draft.text)
    if found is None:
        return None
    values = {
        "labels": " < ".join(found.scale.labels[:12]),
        "low": f"{found.scale.min:g}",
        "high": f"{found.scale.max:g}",
        "outside": f"{found.outside:.0%}",
    }
    return Decision("rating", found.why, values, found=found, unit=found.unit)


def numeric(draft: Draft, column: Profile, *, grid: bool = False) -> Decision | None:
    """Plain numbers: a scale when the question or the values say so, else a count or measure; None when there are other answers."""
    if np.isnan(numbers(column.values[:200])).mean() > 0.6:
        return None
    values = numbers(column.values)
    on = np.array([not scales.off_scale(v) for v in column.values])
    known = ~np.isnan(values)
    if not known.any() or column.counts[known].sum() < 0.95 * column.counts[on].sum():
        return None
    given = values[known]
    place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
    whole = bool((given == given.round()).all())
    low, high, distinct = float(given.min()), float(given.max()), len(set(given.tolist()))
    ends = scales.stated(draft.text)
    counts = says(COUNT, draft.text, draft.code)
    rates = says(RATE, draft.text) or ends is not None
    if whole and ends is not None and ends[0] <= low and high <= ends[2] <= 10:
        scale = Scale(ends[0], ends[2], _ends_as_labels(ends), scales.stated_direction(draft.text))
        return Decision(
            "rating",
            "scale-stated",
            {"low": f"{ends[0]:g}", "high": f"{ends[2]:g}", "low_words": ends[1], "high_words": ends[3]},
            found=scales.Found(scale, place, "scale-stated"),
        )
    if draft.platform == "qualtrics" and whole and distinct <= 12 and high <= 11 and not counts:
        return _recoded(place, column, grid=grid or rates)
    if distinct <= 2 and whole and high <= 2 and not (counts or rates):
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:2])})
    if (
        whole
        and low >= 0
        and high <= 10
        and ((rates and not counts) or (not counts and _looks_rated(low, high, distinct, column)))
    ):
        top = _scale_top(draft.text, high)
        # A review platform's further ratings count as its stars do.
        named = re.search(r"rating|score|stars?\b|评分|評分|星", draft.text, re.IGNORECASE)
        stars = draft.types == ("reviews",) and (bool(named) or draft.platform not in ("review-table", "table"))
        scale = Scale(0.0 if low == 0 else 1.0, top, (), "up" if stars else "unknown")
        return Decision(
            "rating",
            "star-rating" if stars else "scale-numbers",
            {"low": f"{scale.min:g}", "high": f"{scale.max:g}"},
            found=scales.Found(scale, place, "scale-numbers"),
        )
    return Decision("number", "numbers", {"low": f"{low:g}", "high": f"{high:g}"})


def _recoded(place: dict[str, float], column: Profile, *, grid: bool) -> Decision:
    """Qualtrics' recode values: what they stand for is not in the file, negative ones are "no basis" or "not answered"."""
    on = {v: x for v, x in place.items() if x >= 0}
    if not grid or len(on) < 2:
        return Decision("single", "two-codes", {"options": " / ".join(column.values[:6])})
    scale = Scale(min(1.0, min(on.values())), max(on.values()), (), "unknown")
    return Decision(
        "rating",
        "scale-numbers",
        {"low": f"{scale.min:g}", "high": f"{scale.max:g}"},
        found=scales.Found(scale, on, "scale-numbers"),
    )


def _ends_as_labels(ends: tuple[float, str, float, str]) -> tuple[str, ...]:
    """One label per step: the words at the ends, the numbers between."""
    low, high = round(ends[0]), round(ends[2])
    return (ends[1], *[str(i) for i in range(low + 1, high)], ends[3])


def _scale_top(question: str, high: float) -> float:
    match = re.search(r"\b(?:1|0)\s*(?:-|–|to|~|至|到)\s*(4|5|6|7|9|10)\b|/\s*(5|7|10)\b", plain(question))
    stated = float(match.group(1) or match.group(2)) if match else 0.0
    return max(
        stated,
        next((t for t in (4.0, 5.0, 6.0, 7.0, 9.0, 10.0) if high <= t and not (t == 4.0 and high < 4)), high)
        if not stated
        else high,
    )


def _looks_rated(low: float, high: float, distinct: int, column: Profile) -> bool:
    """Whole numbers that fill 0/1 .. 4-7 or 10 without a gap, given again and again: a scale whose words are not in the file."""
    return (
        distinct >= 3
        and low <= 1
        and high in (4.0, 5.0, 6.0, 7.0, 9.0, 10.0)
        and distinct >= (high - low + 1) * 0.7
        and column.n >= 2 * distinct
    )


def _amounts(draft: Draft, column: Profile) -> Decision | None:
    """Numbers with their units ("5 years", "5'4\"", "36.5 hours"); ranges were a scale before."""
    if column.distinct < 3:
        return None
    read = {v: amount(v) for v in column.top(400).values}
    good = column.top(400).share(lambda v: (a := read.get(v)) is not None and not a.is_range)
    if column.top(400).share(lambda v: any(c.isdigit() for c in v)) < 0.6:  # "No", "None" are zeros only among numbers
        return None
    sample = column.top(400)
    units: dict[str, int] = {}
    for value, count in zip(sample.values, sample.counts.tolist(), strict=True):
        if (a := read[value]) is not None and a.unit:
            units[a.unit] = units.get(a.unit, 0) + count
    main = max(units, key=lambda u: units[u], default="")
    if good < 0.9 or sum(units.values()) - units.get(main, 0) > 0.05 * sample.n:
        return None
    unit = next((a.written for a in read.values() if a is not None and a.unit == main), "")
    return Decision("number", "numbers-unit", {"unit": unit or main}, unit=unit)


def multiple(draft: Draft, column: Profile) -> Decision | None:
    """Several choices in one cell; None when the cells do not come apart into a handful of recurring choices."""
    said = says(MULTI, draft.text)
    mark = joined.sure_mark(column, draft.platform)
    if mark:
        said = True
    elif column.distinct < 2 or (not said and _prose(column)) or (column.many and _own_words(column)):
        return None
    found = joined.find(
        column,
        said=said,
        mark=mark,
        opinion=framing(draft.text) != "" and says(OPEN, draft.text),
        options=draft.spec.options or (),
    )
    if found is None:
        return None
    if says(RANK, draft.text) and _all_ranked(found):
        return Decision("ranking", "ranking-joined", {"delimiter": _shown(found.delimiter)}, joined=found)
    return Decision(
        "multiple",
        "joined" if found.others else "joined-only",
        {"delimiter": _shown(found.delimiter), "options": len(found.options), "others": found.others},
        joined=found,
    )


def _all_ranked(found: joined.Joined) -> bool:
    full = [p for p in found.parts.values() if len(p) >= len(found.options)]
    return len(full) >= 0.6 * len(found.parts)


def _shown(delimiter: str) -> str:
    return {"\n": "↵"}.get(delimiter, delimiter.strip() or delimiter)


def _own_words(column: Profile) -> bool:
    """Thousands of different answers whose parts differ too, at whatever mark one parts them."""
    sample = column.values[:: max(1, len(column.values) // 1000)]
    parts = [norm(p) for v in sample for p in re.split(r"[┋;；|,，、\n]", v)]
    return len(set(parts)) > 0.5 * len(parts)


def _prose(column: Profile) -> bool:
    """Sentences, not choices: nearly every answer differs and they are long."""
    if column.distinct < 0.9 * column.n:
        return False
    lengths = [len(v) for v in column.top(500).values]
    return float(np.mean(lengths)) > 90


_RULES: tuple[Callable[[Draft, Profile], Decision | None], ...] = (
    _empty, _by_hint, _weight, _by_tag, _identifier, _reaction, _meta, _constant, _date, _nps, _scale, numeric, _amounts, multiple,
    choices.single, choices.identity,
)  # fmt: skip
# Where nearly everybody's answer is another: it can be an id, a moment, a number, or words.
_RULES_FOR_MANY = tuple(rule for rule in _RULES if rule not in (_nps, _scale, choices.single))


def forced(draft: Draft, kind: Kind, *, why: str = "study", values: dict[str, str] | None = None) -> Decision:
    """The decision when somebody already knows the kind: what is needed to type the answers is still found out."""
    column = draft.first.column
    if kind in ("rating", "nps"):
        decision = _nps(draft, column) if kind == "nps" else None
        words = None if draft.spec.scale_labels else _scale(draft, column)  # the study's own labels come before ours
        decision = decision or words or _forced_scale(draft, column)
        return Decision(kind, why, values or {}, found=decision.found if decision else None)
    if kind in ("multiple", "ranking"):
        found = joined.find(column, said=True, options=draft.spec.options or ())
        return Decision(
            kind, why, values or {}, joined=found or joined.Joined("", column.values, {v: (v,) for v in column.values}, 0)
        )
    if kind == "number":
        measured = _amounts(draft, column)
        return Decision(kind, why, values or {}, unit=measured.unit if measured else "")
    return Decision(kind, why, values or {})


def _forced_scale(draft: Draft, column: Profile) -> Decision | None:
    """A scale by the study's own labels, else by the numbers; words without a known order stay in the order of the file."""
    labels = draft.spec.scale_labels
    if labels:
        low = 1.0 if draft.spec.scale_min is None else draft.spec.scale_min
        place = {v: low + i for i, label in enumerate(labels) for v in column.values if norm(v) == norm(label)}
        scale = Scale(low, low + len(labels) - 1, tuple(labels), "up")
        return Decision("rating", "study", found=scales.Found(scale, place, "study"))
    decision = numeric(draft, column)
    if decision is not None and decision.found is not None:
        return decision
    values = numbers(column.values)
    if len(values) and not np.isnan(values).all():
        known = values[~np.isnan(values)]
        place = {v: float(x) for v, x in zip(column.values, values, strict=True) if not np.isnan(x)}
        return Decision(
            "rating", "study", found=scales.Found(Scale(float(known.min()), float(known.max()), (), "unknown"), place, "study")
        )
    return None


def other_text() -> Decision:
    """What the text box beside an "Other" tick is: somebody's own option, kept apart."""
    return Decision("text", "other-text", role="meta")
