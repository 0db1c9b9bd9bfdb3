# ruff: noqa: E501 (tables and patterns that read better unbroken)
"""Texts -> fine pieces, with exact offsets: sentence ends, contrast words, commas. ``clauses.py`` joins them where the judgement stays the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research_kit import language

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2018: 0x27,
    0x2019: 0x27,
    0x201C: 0x22,
    0x201D: 0x22,
}
# 。 stays: it ends a sentence without a blank after it.
_TABLE = {code: chr(to) for code, to in _FULL_WIDTH.items()} | {0x0D: " ", 0x09: " ", 0x00A0: " "}

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORDLIKE = re.compile(r"[^\W_]|[\U0001f300-\U0001faff\u2600-\u27bf]")

_END = r"(?:[.!?]+[)\"'\]]*(?=\s)|[。;\n]+[)\"'\]」』”]*|(?<=[\u3400-\u9fff])[!?~…]+[)\"'\]」』”]*)"
_CONTRAST_EN = (
    r"(?:(?<=\s)|(?<=,))(?:but|however|although|though|whereas|except|nevertheless|nonetheless|unfortunately|despite|albeit|"
    r"(?:my|the|our) only (?:complaint|issue|problem|gripe|negative|downside|drawback|criticism)|other than that|apart from that|"
    r"on the other hand|on the (?:down|plus|up) ?side|that said|having said that|even though|while (?=the|it|i|we|they|he|she|this|that)|yet (?=[a-z]))\b(?=[^\w]+\w+[^\w]+\w)"
)
_CONTRAST_ZH = (
    r"(?:(?<!不)但(?!愿|凡|求|若)是?|不过(?!如此|是|分|关|敏|瘾)|(?<=[,、 ])(?:就是|只是|倒是)(?!说|想|要|因为)|可是|然而|可惜|美中不足|"
    r"唯一(?=.{0,4}(?:缺|不|可|遗|问|小|就|希))|除此之外|反倒|反而|(?<=[,。 ])(?:虽然|虽说|尽管|至于))"
)
_SOFT = r"(?:,|(?<=[\u3400-\u9fff])[ :]+(?=[\u3400-\u9fff])|\.{2,}|…+|\s[-–—]+\s|—+|(?<=\S)\s+(?=and\s)|/(?=[\u3400-\u9fff]))"
_CUT = re.compile(f"(?:(?<=[\\s,])|(?![a-z0-9]))(?:(?P<end>{_END})|(?P<turn>{_CONTRAST_EN}|{_CONTRAST_ZH})|(?P<soft>{_SOFT}))")
"""Inside a word of Latin letters nothing is cut: said first, since most places are such."""
_ABBREVIATION = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|vs|no|nr|approx|e\.g|i\.e|etc|inc|ltd|min|max|a\.m|p\.m|[a-z])\.$")


SCRAP = 2
"""Blanks from which a piece of Latin letters inside a Chinese text is read as English."""


@dataclass(frozen=True)
class Pieces:
    """Fine pieces of texts, in order: arrays of one length."""

    text: np.ndarray
    """Position of the text that the piece belongs to."""
    start: np.ndarray
    end: np.ndarray
    """Offsets in the text."""
    hard: np.ndarray
    """True: begins a clause whatever it says (first of a text, after a sentence end, at a contrast word)."""
    clean: tuple[str, ...]
    """What the piece says, brought to lower-case, half-width and Simplified characters."""
    chinese: np.ndarray


def clean(text: str) -> str:
    """The text for analysis, character for character: offsets stay true. Lower-case, half-width, Simplified."""
    half = text.translate(_TABLE)
    lower = half.lower()
    if len(lower) != len(half):  # a few letters grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in half)
    return language.to_simplified(lower)


def pieces(texts: Sequence[str]) -> Pieces:
    """Every text cut at sentence ends, contrast words and commas. A text without any word is one piece."""
    owner: list[int] = []
    start: list[int] = []
    end: list[int] = []
    hard: list[bool] = []
    said: list[str] = []
    for position, text in enumerate(texts):
        tidy = clean(text)
        for first, last, fresh in _spans(tidy):
            owner.append(position)
            start.append(first)
            end.append(last)
            hard.append(fresh)
            said.append(" ".join(tidy[first:last].split()) or "-")
    return Pieces(
        np.array(owner, np.int64), np.array(start, np.int64), np.array(end, np.int64), np.array(hard, bool), tuple(said),
        _paths(owner, said),
    )  # fmt: skip


def _paths(owner: Sequence[int], said: Sequence[str]) -> np.ndarray:
    """Which pieces are read as Chinese: those with a Chinese character, and scraps of Latin letters in a text that has some."""
    has_han = [HAN.search(piece) is not None for piece in said]
    in_chinese = {position for position, chinese in zip(owner, has_han, strict=True) if chinese}
    return np.array(
        [
            chinese or (position in in_chinese and piece.count(" ") < SCRAP)
            for position, chinese, piece in zip(owner, has_han, said, strict=True)
        ],
        bool,
    )


def _spans(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, begins a clause) of each piece; pieces without a word join the one before."""
    spans: list[tuple[int, int, bool]] = []
    begin, fresh = 0, True
    for match in _CUT.finditer(text):
        at = match.start() if match.lastgroup == "turn" else match.end()
        if match.lastgroup == "end" and match.group().startswith(".") and _ABBREVIATION.search(text, max(begin, at - 9), at):
            continue
        if _WORDLIKE.search(text, begin, at):
            spans.append((begin, at, fresh))
            begin, fresh = at, match.lastgroup != "soft"
        else:
            fresh = fresh or match.lastgroup != "soft"
    if begin < len(text) and (not spans or _WORDLIKE.search(text, begin)):
        spans.append((begin, len(text), fresh))
    elif spans:
        spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    spans = spans or [(0, len(text), True)]
    spans[0] = (spans[0][0], spans[0][1], True)
    return spans
