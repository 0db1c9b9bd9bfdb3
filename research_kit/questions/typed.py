"""Whether answers that come again and again were typed by people all the same: a hundred people who are asked what went wrong repeat each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from research_kit.questions.hints import TEXT_BOX
from research_kit.questions.profile import norm
from research_kit.questions.words import OPEN, demographic, framing, plain, says

if TYPE_CHECKING:
    from research_kit.questions.draft import Draft
    from research_kit.questions.profile import Profile

CLOSED = re.compile(
    r"\bwhich (?:one |statement|category|of the following|option)|\b(?:choose|select|pick) (?:the |one|an? )|最符合|请选择|下列(?:何者|哪)|以下(?:何者|哪)",
    re.IGNORECASE,
)
"""Questions that give a choice."""
OWN_WORDS = re.compile(
    r"\bwhy\b|\banything (?:else|you)|\bcomments?\b|\bsuggest|\bfeedback\b|\bexplain|\bdescribe\b|\bwhat (?:should|could) (?:we|you|be)\b"
    r"|\bwhat would\b|\bwhat (?:keeps|made|makes|prevents?|stops|stopped|annoy(?:s|ed)|bothers|helps|helped|frustrates)\b|\btell us\b"
    r"|意见|建议|为什么|原因|请说明|想说|想法|感想|心得|补充",
    re.IGNORECASE,
)
"""Questions that cannot be answered with a choice."""
_PLACE_TO_WRITE = re.compile(
    r"^(?:q?\d+[\s._:：、)）-]*)?(?:(?:(?:any|other|additional|further|your|general|open|guest|visitor|customer)\s+)*"
    r"(?:comments?|remarks|feedback|suggestions?|verbatims?)|(?:其他|其它|您的|你的|宝贵|开放|顾客|客户|综合)*(?:意见|建议|留言|评语|心得|感想))"
    r"(?:(?:\s*(?:or|and|&|[/|、,，()（）:：与和或及-])\s*|\s+)(?:comments?|remarks|feedback|suggestions?|意见|建议|留言|评语|心得|感想))*[\s)）:：?？]*$",
    re.IGNORECASE,
)
"""Headers that are nothing but the name of a place to write into: "Comments 意見", "Any other feedback", 意見與建議."""
_CODED_OPEN = re.compile(r"[a-z0-9][_.](?:open(?:[_-]?end(?:ed)?)?|oe|verbatim|comments?)$", re.IGNORECASE)
_SEVERAL_WORDS = re.compile(r"\S\s+\S|[\u4e00-\u9fff]{4}|[\u4e00-\u9fff]\s*[，、。！]\s*[\u4e00-\u9fff]")
_PARTS = re.compile(r"[，。！；][\u4e00-\u9fff]|[a-z][,.;!?] [a-zA-Z]")
_NOTHING = re.compile(
    r"(?:no|none|nope|nah|nil|not really|nothing(?: really| much| at all| comes to mind)?|no (?:complaints?|comments?|issues?|problems?)|all good"
    r"|暂?[无無]|暫無|[沒没]有?了?|[沒没]什[么麼]|都好|都[还還]好|不知道|不清楚)"
)
_LONG_LIST = 20
"""More different opinions than this are no list to choose one from."""
_LIST = 12
"""What a list usually has at the most."""
_LOOKED_AT = 400
"""So many of the most frequent answers tell how a column was filled in."""


def typed(draft: Draft, column: Profile, merged: Profile) -> bool:
    """True for answers of several words that people wrote themselves, however often they come again. ``merged``: the column with the spellings
    of an answer made one.

    What the platform or the header calls a place to write is one. Else the answers must betray a hand (``_hands``): under a question for opinions
    by two signs, or by being more than a form would list; under any other by three, where no dozen of answers covers most of what was said.
    """
    told = np.array([bool(_SEVERAL_WORDS.search(v)) for v in merged.values])
    wordy = float((told * merged.counts).sum()) / merged.n
    if _PLACE_TO_WRITE.match(plain(draft.text).strip()) or _CODED_OPEN.search(draft.text.strip()):
        return merged.distinct > 3 and wordy >= 0.4
    if demographic(draft.text) or CLOSED.search(plain(draft.text)):
        return False
    if draft.first.hint == TEXT_BOX:
        return merged.distinct > 3 and wordy >= 0.4
    usual = float(merged.counts[:_LIST].sum()) / merged.n
    if merged.distinct <= 8 or wordy < 0.5 or (merged.distinct > 3 * _LIST and usual >= 0.6):  # the last: a list and its "Other"
        return False
    hands = _hands(column, merged)
    if framing(draft.text) or OWN_WORDS.search(plain(draft.text)):
        return hands >= 2 or (merged.distinct > _LONG_LIST and wordy >= 0.7)
    if says(OPEN, draft.text):
        return hands >= 2
    return hands >= 3 and merged.distinct >= _LONG_LIST and usual < 0.65


def _hands(column: Profile, merged: Profile) -> int:
    """Signs that no form gave these answers: one answer in several spellings, small first letters, final stops here but not there, sentences of
    several parts, "nothing" in several words."""
    values = column.values[:_LOOKED_AT]
    latin = [v for v in values if v[0].isascii() and v[0].isalpha()]
    small = sum(v[0].islower() for v in latin)
    ended = sum(v[-1] in ".。!！?？~～" for v in values)
    signs = (
        column.distinct - merged.distinct >= 3,
        len(latin) >= 8 and small >= 0.1 * len(latin),
        2 <= ended <= 0.95 * len(values),
        sum(bool(_PARTS.search(v)) for v in values) >= max(2, 0.05 * len(values)),
        sum(bool(_NOTHING.fullmatch(norm(v))) for v in merged.values) >= 2,
    )
    return sum(signs)
