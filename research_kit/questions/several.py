"""Several choices in one cell, and all of them in the order of a ranking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions import joined
from research_kit.questions.draft import Decision
from research_kit.questions.profile import Profile, norm
from research_kit.questions.words import MULTI, OPEN, RANK, framing, says

if TYPE_CHECKING:
    from research_kit.questions.draft import Draft


def multiple(draft: Draft, column: Profile) -> Decision | None:
    """Several choices in one cell; None when the cells do not come apart into a handful of recurring choices."""
    ranked = says(RANK, draft.text)
    said = ranked or says(MULTI, draft.text)
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
    if _orders(found, column, said=ranked):
        return Decision("ranking", "ranking-joined", {"delimiter": _shown(found.delimiter)}, joined=found)
    return Decision(
        "multiple",
        "joined" if found.others else "joined-only",
        {"delimiter": _shown(found.delimiter), "options": len(found.options), "others": found.others},
        joined=found,
    )


def _orders(found: joined.Joined, column: Profile, *, said: bool) -> bool:
    """The same choices in changing order: forms list what was ticked in their own order, so these are ranks. ``said``: the question asks for an order."""
    counts = dict(zip(column.values, column.counts.tolist(), strict=True))
    several = {v: p for v, p in found.parts.items() if len(p) > 1}
    full = sum(counts[v] for v, p in found.parts.items() if len(p) >= len(found.options))
    orders: dict[frozenset[str], set[tuple[str, ...]]] = {}
    for parts in several.values():
        orders.setdefault(frozenset(parts), set()).add(parts)
    changing = max((len(o) for o in orders.values()), default=0)
    if said:
        return full >= 0.6 * column.n or (changing >= 2 and len(several) >= 0.8 * len(found.parts))
    return full >= 0.95 * column.n and changing >= 3 and len(found.options) >= 3


def _shown(delimiter: str) -> str:
    return {"\n": "↵"}.get(delimiter, delimiter.strip() or delimiter)


_STEP = 7919
"""A prime: no pattern in the order of the answers keeps step with it."""


def _own_words(column: Profile) -> bool:
    """Thousands of different answers whose parts differ too, at whatever mark one parts them."""
    size = len(column.values)
    sample = [column.values[i * _STEP % size] for i in range(min(1000, size))]
    parts = [norm(p) for v in sample for p in re.split(r"[┋;；|,，、\n]", v)]
    return len(set(parts)) > 0.5 * len(parts)


def _prose(column: Profile) -> bool:
    """Sentences, not choices: nearly every answer differs and they are long."""
    if column.distinct < 0.9 * column.n:
        return False
    lengths = [len(v) for v in column.top(500).values]
    return float(np.mean(lengths)) > 90
