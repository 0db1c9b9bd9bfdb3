"""Whether a column of words holds one choice out of a few, or names somebody, or is told in people's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions.draft import Decision
from research_kit.questions.profile import norm, same_spelling
from research_kit.questions.typed import CLOSED, OWN_WORDS, typed
from research_kit.questions.words import IDENTITY_TEXT, OPEN, demographic, framing, plain, says

if TYPE_CHECKING:
    from research_kit.questions.draft import Draft
    from research_kit.questions.profile import Profile

_YES_NO = frozenset(
    "yes no y n true false 是 否 有 没有 沒有 不是 会 不会 會 不會 对 不对 selected checked unchecked".split()
) | {"0", "1", "not selected"}
_FEW = 12
_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S+[.!?]\s*$|[\u4e00-\u9fff，、；]{7,}[。！？!?]\s*$")
"""Four words or seven characters, and a full stop."""
_END = 200
"""Characters at the end of an answer in which that is looked for: over a very long one the pattern takes time in square."""
_SENTENCES = 12
"""More different answers than this that are mostly sentences are somebody's own words, though some came twice."""


def single(draft: Draft, column: Profile) -> Decision | None:
    """One choice out of a few: the same answers come again and again. None for answers that are mostly each person's own."""
    merged = same_spelling(column)
    values = {"distinct": merged.distinct, "n": merged.n}
    if {norm(v) for v in merged.values} <= _YES_NO:
        return Decision("single", "yes-no", values)
    if typed(draft, column, merged):
        return None
    if merged.n < _FEW:
        return Decision("single", "few-values", values) if _few_are_choices(draft, merged) else None
    top = merged.top(200)
    length = float((np.array([len(v) for v in top.values]) * top.counts).sum() / top.counts.sum())
    told = np.array([bool(_SENTENCE.search(v[-_END:])) for v in top.values])  # what a sentence ends with; of a long text alone
    if merged.distinct > _SENTENCES and (told * top.counts).sum() > 0.5 * top.counts.sum():
        return None
    least = 2 if merged.n < 300 else max(3, round(0.004 * merged.n))
    repeated = float(merged.counts[merged.counts >= least].sum() / merged.n)
    options = int((merged.counts >= least).sum())
    own_words = bool(OWN_WORDS.search(plain(draft.text))) and not CLOSED.search(plain(draft.text))
    open_words = says(OPEN, draft.text) and (own_words or not draft.text.rstrip().endswith(("?", "？", ":", "：")))
    if own_words and merged.distinct > 8 and length > 8 and repeated < 0.85:
        return None
    if merged.distinct <= 15 and merged.n >= 3 * merged.distinct and repeated >= 0.7 and not (open_words and repeated < 0.9):
        return Decision("single", "few-values", values)
    if repeated >= 0.9 and options <= 60 and length <= 120:
        return Decision("single", "few-values", values)
    if repeated >= 0.72 and options <= 250 and length <= 60 and merged.distinct <= max(30, 0.12 * merged.n) and not open_words:
        return Decision("single", "repeated-values", {**values, "repeated": f"{repeated:.0%}"})
    if CLOSED.search(plain(draft.text)) and length <= 160 and merged.distinct <= 20 and (merged.n < 20 or repeated >= 0.5):
        return Decision("single", "few-values", values)
    return None


def _few_are_choices(draft: Draft, merged: Profile) -> bool:
    """So few people that repetition says little: the words of the question decide, then whether anything was said twice."""
    lengths = [len(v) for v in merged.values]
    if max(lengths) > 160:
        return False
    if CLOSED.search(plain(draft.text)) or (demographic(draft.text) and max(lengths) <= 60):
        return True
    if OWN_WORDS.search(plain(draft.text)):
        return False
    if framing(draft.text) in ("positive", "negative") and merged.distinct == merged.n:
        return False
    return merged.distinct <= merged.n // 2 or (merged.distinct <= 3 and max(lengths) <= 24)


def identity(draft: Draft, column: Profile) -> Decision | None:
    """A short text that says who or what ("job title", "name of your course"); None for opinions."""
    lengths = np.array([len(v) for v in column.top(300).values])
    if says(IDENTITY_TEXT, draft.text) and lengths.mean() <= 60:
        about_person = column.share(lambda v: "://" in v) <= 0.3 and draft.types != ("reviews",)
        return Decision("text", "identity-text", role="demographic" if about_person else "meta")
    return None
