"""What the business wrote under a comment ("商家回复：...", "Response from the owner: ..."): review exports put it into the comment's own cell. It is not
the customer who speaks there, so it is not assessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from research_kit.text.pieces.beginnings import holding
from research_kit.text.pieces.split import Pieces

_WHO = (
    "(?:商家|商户|商戶|卖家|賣家|店家|店主|店长|店長|掌柜|掌櫃|酒店|宾馆|賓館|飯店|饭店|旅馆|旅館|民宿|房东|房東|餐厅|餐廳|客服|官方"
    "|开发者|開發者|开发商|開發商|平台|品牌|业者|業者)"
)
_BEGINS = re.compile(
    rf"{_WHO}(?:的)?(?:反馈|反饋|回复|回復|回覆|回应|回應|答复|答覆)(?: ?\d[\d年月日./: -]{{3,20}})?\s*[:：]"
    r"|\b(?:(?:response|reply) from (?:the )?(?:owner|host|manager|management|seller|property|developer|business|hotel|team)"
    r"|(?:owner|seller|host|manager|management|developer)(?:'s|’s)? (?:response|reply))\b[^\n:]{0,40}:",
    re.IGNORECASE,
)
_SIGNS = ("反馈", "反饋", "回复", "回復", "回覆", "回应", "回應", "答复", "答覆", "esponse", "eply")
"""One of these stands in every such heading: far quicker to look for."""


def apart(texts: Sequence[str], pieces: Pieces) -> tuple[Pieces, np.ndarray]:
    """The pieces, with a clause of its own begun where a reply does, and which of them belong to replies."""
    theirs = np.zeros(len(pieces.text), bool)
    headed = [
        (number, heading) for number in holding(texts, _SIGNS) if (heading := _BEGINS.search(texts[number])) and heading.start()
    ]
    if not headed:
        return pieces, theirs
    hard = pieces.hard.copy()
    for number, heading in headed:
        first, last = np.searchsorted(pieces.text, [number, number + 1])
        own = pieces.start[first:last] >= heading.start() - 1  # a blank may stand before it
        theirs[first:last] = own
        hard[first + int((~own).sum()) : last][:1] = True
    return replace(pieces, hard=hard), theirs
