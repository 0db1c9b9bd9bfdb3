# ruff: noqa: E501 (tables and patterns that read better unbroken)
"""Texts -> fine pieces, with exact offsets: sentence ends, contrast words, commas. ``clauses.py`` joins them where the judgement stays the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research_kit import language
from research_kit.text.vocabulary.numbers import ragged

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
_SIGNS = ".!?。;\n~…,—/但不就只倒可然美唯除反虽至尽"
_WORDS = "but how alt tho whe exc nev non unf des alb my* the our oth apa on* tha hav eve whi yet".split()
"""Where ``_CUT`` can match: at one of these signs, at a word that begins so (* is a blank), and at some blanks and colons (``_places``).
Looked for in whole batches; the pattern is tried there alone."""
_SIGN, _BLANK, _COLON = 1, 2, 3
_ABBREVIATION = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|vs|no|nr|approx|e\.g|i\.e|etc|inc|ltd|min|max|a\.m|p\.m|[a-z])\.$")


SCRAP = 2
"""Blanks from which a piece of Latin letters inside a Chinese text is read as English."""


def _kinds() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Tables: what each character may mean for a cut, which ones beside a blank make it one, letters as 0..31, and which three letters
    open a word of ``_WORDS``."""
    kinds, letters, openings = np.zeros(1 << 16, np.int8), np.zeros(128, np.int64), np.zeros(1 << 15, bool)
    blanks = [code for code in range(1 << 16) if chr(code).isspace()]
    kinds[blanks] = _BLANK
    kinds[ord(":")] = _COLON
    kinds[[ord(c) for c in _SIGNS]] = _SIGN
    beside = np.zeros(1 << 16, bool)
    beside[[*blanks, *(ord(c) for c in "-–—")]] = True
    letters[97:123] = np.arange(1, 27)
    letters[[ord(" "), ord("*")]] = 31
    for word in _WORDS:
        first, second, third = (letters[ord(c)] for c in word)
        openings[(first << 10) | (second << 5) | third] = True
    return kinds, beside, letters, openings


_KINDS, _BESIDE, _LETTERS, _OPENINGS = _kinds()


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
    if text.isascii():
        return text.lower().replace("\r", " ").replace("\t", " ")
    half = text.translate(_TABLE)
    lower = half.lower()
    if len(lower) != len(half):  # a few letters grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in half)
    return language.to_simplified(lower)


def pieces(texts: Sequence[str]) -> Pieces:
    """Every text cut at sentence ends, contrast words and commas. A text without any word is one piece."""
    tidy = [clean(text) for text in texts]
    owner: list[int] = []
    start: list[int] = []
    end: list[int] = []
    hard: list[bool] = []
    said: list[str] = []
    for position, (text, places) in enumerate(zip(tidy, _places(tidy), strict=True)):
        even = text.isprintable() and "  " not in text  # of all blanks, only the plain one is printable
        for first, last, fresh in _spans(text, places):
            owner.append(position)
            start.append(first)
            end.append(last)
            hard.append(fresh)
            piece = text[first:last]
            said.append((piece.strip() if even else " ".join(piece.split())) or "-")
    return Pieces(
        np.array(owner, np.int64), np.array(start, np.int64), np.array(end, np.int64), np.array(hard, bool), tuple(said),
        _paths(owner, said),
    )  # fmt: skip


def _places(tidy: Sequence[str]) -> list[list[int]]:
    """Where each cleaned text may be cut, in order."""
    codes = np.frombuffer("\n\n\n\n".join(["", *tidy, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    kind = _KINDS[np.minimum(codes, 0xFFFF)]
    sign = np.flatnonzero(kind == _SIGN)
    blank = np.flatnonzero(kind >= _BLANK)
    before, after = codes[blank - 1], codes[blank + 1]
    near = (
        ((before >= 0x3400) & (before < 0xA000))
        | _BESIDE[np.minimum(after, 0xFFFF)]
        | (after == ord("a")) & (codes[blank + 2] == ord("n"))
    )
    # Words begin after a blank or a comma.
    begin = np.flatnonzero((kind == _BLANK) | (codes == ord(",")) | (codes == ord("\n")))[:-4] + 1
    letters = [_LETTERS[np.minimum(codes[begin + i], 127)] for i in range(3)]
    word = begin[_OPENINGS[(letters[0] << 10) | (letters[1] << 5) | letters[2]]]
    found = np.sort(np.concatenate([sign, blank[near], word]))
    length = np.fromiter(map(len, tidy), np.int64, len(tidy))
    first = np.cumsum(length + 4) - length
    edges = np.searchsorted(found, np.stack([first, first + length]))
    owner = np.repeat(first, edges[1] - edges[0])
    inside = found[ragged(edges[0], edges[1] - edges[0])] - owner
    ends = np.cumsum(edges[1] - edges[0]).tolist()
    places = inside.tolist()
    return [places[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def _paths(owner: Sequence[int], said: Sequence[str]) -> np.ndarray:
    """Which pieces are read as Chinese: those with a Chinese character, and scraps of Latin letters in a text that has some."""
    has_han = [not piece.isascii() and HAN.search(piece) is not None for piece in said]
    in_chinese = {position for position, chinese in zip(owner, has_han, strict=True) if chinese}
    return np.array(
        [
            chinese or (position in in_chinese and piece.count(" ") < SCRAP)
            for position, chinese, piece in zip(owner, has_han, said, strict=True)
        ],
        bool,
    )


def _spans(text: str, places: Sequence[int]) -> list[tuple[int, int, bool]]:
    """(start, end, begins a clause) of each piece; pieces without a word join the one before. ``places``: where a cut may begin."""
    spans: list[tuple[int, int, bool]] = []
    begin, fresh, free = 0, True, 0
    for place in places:
        match = _CUT.match(text, place) if place >= free else None
        if match is None:
            continue
        free = match.end()
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
