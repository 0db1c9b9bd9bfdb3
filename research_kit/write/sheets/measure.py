"""How much room text takes, so that rows fit wrapped English and Chinese before any program has laid them out."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

PIXELS_PER_UNIT = 7.0
"""One unit of column width is one digit of the default font."""
PADDING = 10.0
LONGEST = 409.0
"""The tallest row there is, in points."""


@lru_cache(maxsize=8192)
def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in "iljtfrI.,:;'|!()[] ’‘":
        return 0.33
    if char in "mwMW@%—…":
        return 0.86
    return 0.68 if char.isupper() else 0.55


def width(text: str, size: float) -> float:
    """Pixels that one line of this text takes at ``size`` points."""
    return sum(_em(c) for c in text) * size * 4 / 3


def _pieces(line: str) -> list[str]:
    """Where a line may break: after blanks, and around every Chinese character."""
    pieces: list[str] = []
    word = ""
    for char in line:
        if unicodedata.east_asian_width(char) in "WF":
            if word:
                pieces.append(word)
                word = ""
            pieces.append(char)
        else:
            word += char
            if char == " ":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces


def line_count(text: str, units: float, size: float) -> int:
    """Lines that the text needs in a column of ``units`` width."""
    room = max(units * PIXELS_PER_UNIT - PADDING, size * 4 / 3)
    total = 0
    for line in text.split("\n"):
        used, lines = 0.0, 1
        for piece in _pieces(line):
            needs = width(piece, size)
            if used and used + needs > room:
                lines += 1
                used = 0.0
            if needs > room:
                lines += math.ceil(needs / room) - 1
                needs = needs % room
            used += needs
        total += lines
    return total


def height(text: str, units: float, size: float) -> float:
    """Points that the text needs in a column of ``units`` width; never more than a row can have."""
    if not text:
        return 0.0
    chinese = any(unicodedata.east_asian_width(c) in "WF" for c in text)
    return min(LONGEST, line_count(text, units, size) * size * (1.42 if chinese else 1.3) + 7)
