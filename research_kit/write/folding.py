"""Lines for a terminal: Latin text breaks at blanks, Chinese between any two characters but never before a closing mark."""

from __future__ import annotations

import re
import unicodedata

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_CLOSING = "、。，．：；！？）〉》」』】〕”’…％"
_OPENING = "（〈《「『【〔“‘"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[^\s{_WIDE}]+|[{_WIDE}])[{_CLOSING}]*|[{_OPENING}]+")


def cells(text: str) -> int:
    """The width on a terminal: a Chinese character takes two cells, a mark over another none."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def folded(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells . A word longer than a line (a path) stays whole."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if not line and piece.isspace():
            continue
        if cells(line + piece.rstrip()) > width and line:
            lines.append(line.rstrip())
            line = ""
        line += "" if not line and piece.isspace() else piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
