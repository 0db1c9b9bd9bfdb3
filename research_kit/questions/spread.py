"""What kind of question several columns are together: options of a multi-select, rows of a matrix, ranks, or fields of one open question."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from research_kit.language import to_simplified
from research_kit.questions import numeric, scales, several, single_column
from research_kit.questions.draft import Decision
from research_kit.questions.drafts import TWIN
from research_kit.questions.profile import Profile, norm, numbers
from research_kit.questions.words import MULTI, OTHER_TEXT, RANK, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Draft, Part
    from research_kit.records import Kind

_OTHER = re.compile(r"^(?:other|其他|其它)")
_TICKS = frozenset("1 y yes true x ✓ ✔ √ checked selected 是 有 选中 選中 已选 已選 v on".split())

_NO_TICKS = frozenset("0 n no false unchecked 否 没有 沒有 未选 未選 未选中 off".split()) | {
    "not selected",
    "not checked",
    "quoted: no",
}


def pooled(parts: Sequence[Part]) -> Profile:
    """All parts' answers as one column, for what the parts have in common (a scale); its codes mean nothing."""
    total: dict[str, int] = {}
    for part in parts:
        for value, count in zip(part.column.values, part.column.counts.tolist(), strict=True):
            total[value] = total.get(value, 0) + count
    order = sorted(total, key=lambda v: -total[v])
    return Profile(tuple(order), np.array([total[v] for v in order], dtype=np.int64), np.zeros(0, dtype=np.int64))


def is_other_text(part: Part, siblings: Sequence[Part]) -> bool:
    """True for the text box beside an "Other" tick: free words where the siblings hold ticks, a scale or nothing alike."""
    column = part.column
    if part.code.endswith("_TEXT") and column.distinct != 1 and any(s.code and not s.code.endswith("_TEXT") for s in siblings):
        return True
    if part.hint == "other_text":  # unless it is the tick that stands beside the text under the same label
        return not (
            column.distinct == 1
            and column.n > 1
            and (_names_option(column.values[0], part.label) or norm(column.values[0]) in _TICKS)
        )
    if part.hint == "option":  # the platform's word, unless the cells hold anything but ticks
        return column.distinct > 2 and _tick_values(column, part.label) is None
    if not says(OTHER_TEXT, part.label):
        return False
    if column.distinct <= 1:
        return (
            column.n > 0
            and norm(column.values[0]) not in _TICKS | _NO_TICKS
            and not _names_option(column.values[0], part.label)
            and not says(OTHER_TEXT, column.values[0])
        )
    kinds = {tuple(sorted(map(norm, s.column.values[:12]))) for s in siblings if s is not part}
    return tuple(sorted(map(norm, column.values[:12]))) not in kinds and not _tick_values(column, part.label)


def _names_option(value: str, label: str) -> bool:
    a, b = norm(value), norm(label)
    return a == b or (len(a) > 2 and len(b) > 2 and (a.startswith(b) or b.startswith(a) or b.endswith(a)))


def _tick_values(column: Profile, label: str) -> tuple[str, ...] | None:
    """The values that mean "chosen" in a column of an option; None when the column is no tick column."""
    if column.n == 0:
        return ()
    rest = [v for v in column.values if norm(v) not in _NO_TICKS or norm(v) == norm(label)]
    if not rest:
        return ()
    if len(rest) == 1 and (norm(rest[0]) in _TICKS or _names_option(rest[0], label) or column.distinct <= 2):
        return (rest[0],)
    return None


def decide(draft: Draft) -> Decision | None:
    """The kind of a question of several columns; None when they have nothing in common (they are then questions of their own)."""
    hinted = {p.hint for p in draft.parts}
    filled = [p for p in draft.parts if p.column.n]
    if not filled:
        return Decision("meta", "empty", role="meta")
    if hinted == {"option"}:
        return _options(draft, filled) or Decision(
            "multiple", "option-columns", {"options": len(draft.parts)}, selected=tuple(_chosen(filled))
        )
    return _ranks(draft, filled) or _options(draft, filled) or _matrix(draft, filled) or _texts(draft, filled)


def _chosen(parts: Sequence[Part]) -> list[str]:
    return sorted({v for p in parts for v in p.column.values if norm(v) not in _NO_TICKS})


def _options(draft: Draft, filled: Sequence[Part]) -> Decision | None:
    ticks = [_tick_values(p.column, p.label) for p in filled]
    if any(t is None for t in ticks):
        return None
    chosen = [t[0] for t in ticks if t]
    plain = {norm(v) for v in chosen}
    yes_no = plain <= {"yes", "y", "是", "有", "true"} and any(
        norm(v) in ("no", "n", "否", "没有", "沒有", "false") for p in filled for v in p.column.values
    )
    named = all(norm(p.label) == norm(v) or len(plain) > 1 for p, v in zip(filled, chosen, strict=False))
    if yes_no and not all(p.hint == "option" for p in filled) and any(p.label.rstrip().endswith(("?", "？")) for p in filled):
        return None  # a list of yes/no questions
    if (
        len(plain) == 1
        and not named
        and not plain <= _TICKS
        and not any(p.hint == "option" for p in filled)
        and not _mostly_blank(filled)
    ):
        return None
    if not plain and not all(p.column.n == 0 or norm(p.column.values[0]) in _NO_TICKS for p in filled):
        return None
    return Decision("multiple", "option-columns", {"options": len(draft.parts)}, selected=tuple(sorted(set(chosen))))


def _mostly_blank(filled: Sequence[Part]) -> bool:
    return all(p.column.distinct == 1 for p in filled) and len(filled) >= 3


def _ranks(draft: Draft, filled: Sequence[Part]) -> Decision | None:
    """1..k over k columns, hardly ever the same rank twice by one person."""
    if len(filled) < 3:
        return None
    table = np.full((len(filled[0].column.codes), len(filled)), np.nan)
    for j, part in enumerate(filled):
        values = numbers(part.column.values)
        values = np.where(values < 0, np.nan, values) if draft.platform == "qualtrics" else values  # seen and not answered
        known = values[~np.isnan(values)]
        if (
            len(known) < len(values) - 1
            or (known < 1).any()
            or (known > len(draft.parts)).any()
            or (known != known.round()).any()
        ):
            return None
        table[:, j] = np.append(values, np.nan)[part.column.codes]
    answered = (~np.isnan(table)).sum(axis=1)
    rows = table[answered >= 2]
    if not len(rows):
        return None
    ordered = np.sort(rows, axis=1)
    repeated = (np.diff(ordered, axis=1) == 0).any(axis=1).mean()
    limit = 0.35 if says(RANK, draft.text) else 0.02
    if repeated > limit or (not says(RANK, draft.text) and len(rows) < 10):
        return None
    return Decision("ranking", "ranks", {"options": len(draft.parts)})


def _matrix(draft: Draft, filled: Sequence[Part]) -> Decision | None:
    """The same answers in every row: a scale, numbers, or choices."""
    whole = pooled(filled)
    one = replace(draft, parts=(replace(filled[0], column=whole, hint=""),), tag="")
    found = scales.find(whole, draft.text)
    if found is not None:
        return Decision("rating", found.why, found.told(), found=found, unit=found.unit)
    plain = numeric.numeric(one, whole, grid=True)
    if plain is not None:
        return plain if plain.kind != "single" else None
    if whole.distinct <= 12 and _same_choices(filled) and whole.n >= 5 * whole.distinct:
        return Decision("single", "matrix-choices", {"options": " / ".join(whole.values[:8]), "rows": len(draft.parts)})
    joined = several.multiple(one, whole)
    if joined is not None and all(set(p.column.values) & set(whole.values[:30]) for p in filled):
        return replace(joined, why="matrix-joined")
    return None


def _same_choices(parts: Sequence[Part]) -> bool:
    """Every row's answers are mostly among those of the other rows; a frequency beside a yes/no question is not a grid."""
    sets = [{norm(v) for v in p.column.values} for p in parts]
    for i, own in enumerate(sets):
        others = set().union(*(s for j, s in enumerate(sets) if j != i))
        if len(own & others) < 0.5 * min(len(own), len(others)):
            return False
    return True


def _texts(draft: Draft, filled: Sequence[Part]) -> Decision | None:
    """Several boxes of one open question ("Aspect #1", "Aspect #2")."""
    kinds = [single_column.decide(replace(draft, parts=(p,), text=draft.text)) for p in filled]
    words = [d for p, d in zip(filled, kinds, strict=True) if d.kind == "text" or p.column.distinct > 8]
    if len(words) < max(1, 0.6 * len(filled)):
        return None
    if not _alike(filled):
        return None
    role = next((d.role for d in kinds if d.role), None)
    return Decision("text", "text-fields", {"fields": len(draft.parts)}, role=role)


def _alike(parts: Sequence[Part]) -> bool:
    """Labels that are numbered copies of each other ("Aspect #1"), or nothing but numbers: one question; "City", "Street" are two."""
    stems = {"".join(c for c in norm(p.label) if not c.isdigit()).strip(" #.-_:") for p in parts}
    return len(stems) == 1


_ORDINALS = {
    w: i
    for i, words in enumerate(
        ("first 一", "second 二", "third 三", "fourth 四", "fifth 五", "sixth 六", "seventh 七", "eighth 八"), 1
    )
    for w in words.split()
}
_PLACE = re.compile(
    r"^(?:rank|choice|priority|place|position|no\.?|number|#|top|第)?\s*(\d{1,2}|first|second|third|fourth|fifth|sixth|seventh|eighth|[一二三四五六七八])(?:st|nd|rd|th)?"
    r"\s*(?:choice|place|rank|priority|most .*|名|位|选择|優先|优先|顺位|順位|志愿|志願|重要.*)?$"
)


def by_place(draft: Draft) -> Draft | None:
    """A ranking with a column per place ("Rank 1": Pay, "Rank 2": Growth) turned into a column per option with its rank; None for anything else."""
    places = [_place(p.label) for p in draft.parts]
    if len(draft.parts) < 3 or sorted(places) != list(range(1, len(places) + 1)):
        return None
    filled = [p for p in draft.parts if p.column.n]
    whole = pooled(filled)
    options = [v for v, n in zip(whole.values, whole.counts.tolist(), strict=True) if n >= 2]
    if (
        len(filled) < 3
        or not np.isnan(numbers(whole.values)).all()
        or not 3 <= len(options) <= 40
        or len(whole.values) > 2 * len(options)
    ):
        return None
    number = {v: i for i, v in enumerate(whole.values)}
    given = np.column_stack([np.array([*(number[v] for v in p.column.values), -1])[p.column.codes] for p in filled])
    ordered = np.sort(np.where(given < 0, -1 - np.arange(given.shape[1]), given), axis=1)
    if (np.diff(ordered, axis=1) == 0).any(axis=1).mean() > 0.02:
        return None
    ranks = tuple(str(i) for i in range(1, len(places) + 1))
    at = [_place(p.label) - 1 for p in filled]
    first, source = draft.first, next(iter(draft.first.places))
    folded = tuple(p.places[source] for p in draft.parts if source in p.places)
    parts = []
    for value in options:
        codes = np.full(len(given), -1, dtype=np.int64)
        for column, rank in enumerate(at):
            codes[given[:, column] == number[value]] = rank
        column_of_ranks = Profile(ranks, np.bincount(codes[codes >= 0], minlength=len(ranks)), codes).mapped(lambda v: v)
        parts.append(replace(first, label=value, hint="", column=column_of_ranks, folded=folded))
    return replace(draft, parts=tuple(parts), origin=draft)


def _place(label: str) -> int:
    match = _PLACE.match(to_simplified(norm(label)))
    if not match:
        return 0
    return int(match.group(1)) if match.group(1).isdigit() else _ORDINALS[match.group(1)]


def exclusive(draft: Draft) -> Draft | None:
    """One column per option, but nobody chose two: the options of a single choice or the steps of a scale, folded into one column.

    Not where the question says "select all", and not on fewer than twenty people: there it may be chance.
    """
    filled = [p for p in draft.parts if p.column.n]
    if len(filled) < 2 or says(MULTI, draft.text):
        return None
    size = len(filled[0].column.codes)
    codes, chosen = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for i, part in enumerate(filled):
        ticked = np.append([norm(v) not in _NO_TICKS or norm(v) == norm(part.label) for v in part.column.values], False)[
            part.column.codes
        ]
        chosen += ticked
        codes[ticked] = i
    answered = int((chosen > 0).sum())
    if answered < 20 or (chosen > 1).sum() > 0.005 * answered:
        return None
    labels = tuple(re.sub(r"^[-–•*]\s+", "", p.label) for p in filled)
    counts = np.bincount(codes[codes >= 0], minlength=len(filled))
    first = draft.parts[0]
    source = next(iter(first.places))
    column = Profile(labels, counts, codes).mapped(lambda v: v)
    part = replace(
        first, label="", hint="", column=column, folded=tuple(p.places[source] for p in draft.parts if source in p.places)
    )
    return replace(draft, parts=(part,), origin=draft)


def forced(draft: Draft, kind: Kind) -> Decision:
    """The decision when the study says what a spread question is."""
    filled = [p for p in draft.parts if p.column.n] or list(draft.parts)
    if kind == "multiple":
        return _options(draft, filled) or Decision("multiple", "study", selected=tuple(_chosen(filled)))
    found = _matrix(draft, filled)
    if found is not None and found.kind == kind:
        return replace(found, why="study")
    one = replace(draft, parts=(replace(filled[0], column=pooled(filled), hint=""),))
    return single_column.forced(one, kind)


def with_other(draft: Draft, others: Sequence[Part], decision: Decision) -> Draft:
    """A multi-select whose "Other" has only a text box: who wrote there chose "Other", so it is an option too."""
    if decision.kind != "multiple" or decision.joined is not None:
        return draft
    named = {norm(p.label.split(TWIN)[0]) for p in draft.parts}
    extra = [
        p
        for p in others
        if norm(p.label.split(TWIN)[0]) not in named
        and p.hint != "option"
        and not any(_OTHER.match(norm(q.label)) for q in draft.parts)
    ]
    return replace(draft, parts=(*draft.parts, *extra)) if extra else draft
