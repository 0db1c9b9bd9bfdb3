"""Items of one scale that stand in columns of their own: an item that few answered differently is still on its siblings' scale."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions.draft import Decision
from research_kit.questions.found import Found
from research_kit.questions.profile import numbers
from research_kit.questions.words import COUNT, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Draft


def with_siblings(pairs: Sequence[tuple[Draft, Decision]]) -> list[tuple[Draft, Decision]]:
    """The decisions, with plain numbers and two codes made ratings where a column named alike ("Tw_speak", "Ind_speak") is one and covers them."""
    result = list(pairs)
    for i, (draft, decision) in enumerate(pairs):
        if not _undecided(draft, decision):
            continue
        values = numbers(draft.first.column.values)
        if np.isnan(values).any() or says(COUNT, draft.text):
            continue
        for _, found in sorted((abs(i - j), j) for j in range(len(pairs))):
            scale = _scale_of(*pairs[found], draft.text)
            if (
                scale is not None
                and scale.scale.min <= values.min()
                and values.max() <= scale.scale.max
                and (values == values.round()).all()
            ):
                place = {v: float(x) for v, x in zip(draft.first.column.values, values, strict=True)}
                own = Found(replace(scale.scale), place, "scale-sibling")
                result[i] = (
                    draft,
                    Decision(
                        "rating",
                        "scale-sibling",
                        {"sibling": pairs[found][0].text, "low": f"{scale.scale.min:g}", "high": f"{scale.scale.max:g}"},
                        found=own,
                    ),
                )
                break
    return result


def _undecided(draft: Draft, decision: Decision) -> bool:
    return not draft.spread and draft.spec.kind is None and decision.why in ("numbers", "two-codes")


def _scale_of(draft: Draft, decision: Decision, text: str) -> Found | None:
    if decision.why not in ("scale-numbers", "scale-marks") or draft.spread or not _alike(draft.text, text):
        return None
    return decision.found


def _alike(a: str, b: str) -> bool:
    """Names in parts that share their last part ("dad_Mand_speak", "mom_SEA_speak") or all but it."""
    x, y = re.split(r"[_\-. ]", a.casefold()), re.split(r"[_\-. ]", b.casefold())
    return len(x) > 1 and len(y) > 1 and len(x) <= 5 and (x[-1] == y[-1] or x[:-1] == y[:-1]) and not x[-1].isdigit()
