"""Chinese phrases that can stand alone: pieces of a clause that begin and end where a phrase does (等候時間太長, never 候診區空).

Nothing tells the words of Chinese apart here; a piece begins at the beginning of a part, or with a word of the theme where what stands
before cannot belong to it, and it goes on to the end of the part, or to a word that says what is wrong and cannot go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from research_kit.text.vocabulary import issues, knowledge

SHORTEST, LONGEST = 2, 12
"""Characters of a name."""
_PART = re.compile("(?:" + "|".join(knowledge.words_of(knowledge.forms("joints_zh").replace("\n", " "))) + ")")
_OPENERS = re.compile("^(?:" + "|".join(knowledge.words_of(knowledge.forms("openers_zh").replace("\n", " "))) + ")+(?=..)")
_CLOSERS = re.compile("(?<=..)(?:" + "|".join(knowledge.words_of(knowledge.forms("closers_zh").replace("\n", " "))) + ")+$")
_ECHO = re.compile(r"^(.{2,6}?)\1+$")
"""The same again: 闪退闪退闪退 is said once."""
_WHOLE_DE = re.compile(r"(?:(.)\1|是.{1,6})的$")
"""A 的 that belongs to what is said: 冷冷的, 是错的."""
_TOO = re.compile(r"([太最超好][^太最超]{1,3})了$")
_BEFORE = re.compile(f"(?:^|[{knowledge.forms('before_zh').strip()}]|[^\u3400-\u9fff])$")
"""What may stand right before a phrase."""
_AFTER = re.compile(f"^(?:$|[{knowledge.forms('after_zh').strip()}]|[^\u3400-\u9fff])")
_DENIES = re.compile("[不没沒无無别別未非]$")


def phrases(part: str, plain: str, words: tuple[str, ...]) -> Iterator[str]:
    """The pieces of a part that can stand alone and hold one of the words (Simplified); ``plain`` is the part in Simplified, as long."""
    for start, end in _stretches(part):
        held = [w for w in words if w in plain[start:end]]
        if not held:
            continue
        whole = tidy(part[start:end])
        if SHORTEST <= len(whole) <= LONGEST:
            yield whole
        for word in held:
            place = plain.index(word, start)
            if _BEFORE.search(part[start:place]) and not _DENIES.search(part[start:place]):
                yield from _from(part[place:end], plain[place:end], len(word))


def _stretches(part: str) -> list[tuple[int, int]]:
    """(start, end) of the whole part, and of its pieces between words that join sentences."""
    cuts = [m.start() for m in _PART.finditer(part) if m.start() > 1]
    edges = [0, *cuts, len(part)]
    pieces = list(pairwise(edges))
    return pieces if len(pieces) == 1 else [(0, len(part)), *pieces]


def _from(rest: str, plain: str, least: int) -> Iterator[str]:
    """Pieces that begin here: to the end of the part, and to where it is said what is wrong or right."""
    whole = tidy(rest)
    if least <= len(whole) <= LONGEST:
        yield whole
    for end in sorted({end for end in issues.ends(plain) if least < end <= LONGEST}):
        if _AFTER.match(rest[end:]):
            yield tidy(rest[: end + (rest[end : end + 1] == "的" and "是" in rest[:end])])


def tidy(piece: str) -> str:
    """A piece without what ties it to its sentence and without particles: "也太貴了啦" is 太貴."""
    piece = piece.strip(" \t，,、：:-–—~～·\"'“”「」『』*.")
    piece = _ECHO.sub(r"\1", _OPENERS.sub("", piece))
    if not _WHOLE_DE.search(piece):
        piece = _CLOSERS.sub("", piece)
    return _TOO.sub(r"\1", piece)
