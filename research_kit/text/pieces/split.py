"""Texts -> fine pieces, with exact offsets: sentence ends, contrast words, commas. ``clauses.py`` joins them where the judgement stays the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research_kit import language
from research_kit.text.pieces import cuts
from research_kit.text.pieces.cuts import GAP, Batch, Cuts
from research_kit.text.vocabulary.numbers import codes_of

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2018: 0x27,
    0x2019: 0x27,
    0x201C: 0x22,
    0x201D: 0x22,
}
# 。 stays: it ends a sentence without a blank after it.
_TABLE = {code: chr(to) for code, to in _FULL_WIDTH.items()} | {0x0D: " ", 0x09: " ", 0x00A0: " "}
_HALF = np.arange(1 << 16)
_HALF[list(_TABLE)] = [ord(to) for to in _TABLE.values()]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
MOSTLY = 0.9
"""Share of plain texts in a batch from which the few others are cleaned one by one."""
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
    if text.isascii():
        return text.lower().replace("\r", " ").replace("\t", " ")
    half = text.translate(_TABLE)
    lower = half.lower()
    if len(lower) != len(half):  # a few letters grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in half)
    return language.to_simplified(lower)


def pieces(texts: Sequence[str]) -> Pieces:
    """Every text cut at sentence ends, contrast words and commas. A text without any word is one piece."""
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    first = np.cumsum(length + len(GAP)) - length
    joined = _cleaned(texts)
    codes = codes_of(joined)
    batch = Batch(joined, codes, cuts.kinds_of(codes), first, first + length)
    begin, hard = _begun(batch)
    owner = np.searchsorted(first, begin, side="right") - 1
    end = np.append(begin[1:], 0)
    end[np.diff(owner, append=-1) != 0] = batch.end
    said = _said(batch, begin, end)
    return Pieces(owner, begin - first[owner], end - first[owner], hard, said, _paths(batch, owner, begin, end, said))


def _cleaned(texts: Sequence[str]) -> str:
    """``clean`` of all texts at once, ``GAP`` around each."""
    joined = GAP.join(["", *texts, ""])
    if joined.isascii():
        return clean(joined)
    if sum(map(str.isascii, texts)) > MOSTLY * len(texts):
        return GAP.join(["", *map(clean, texts), ""])
    codes = codes_of(joined)
    half = np.where(codes < len(_HALF), _HALF[np.minimum(codes, len(_HALF) - 1)], codes).astype("<u4")
    lower = half.tobytes().decode("utf-32-le", "surrogatepass").lower()
    tidy = language.to_simplified(lower) if len(lower) == len(joined) else ""
    return tidy if len(tidy) == len(joined) else GAP.join(["", *map(clean, texts), ""])


def _begun(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Where the pieces begin, and which of them begin a clause. A cut with no word between it and the one before is none; after such
    a cut, what follows begins a clause if either would have made it so."""
    found = cuts.found(batch)
    words = np.append(0, np.cumsum((batch.kinds & cuts.WORD) > 0, dtype=np.int32))
    found = _without_abbreviations(batch, found, words)
    text = np.searchsorted(batch.first, found.at, side="right") - 1
    counts = _counts(batch, found, words, text)
    # The latest cut that counts for each one, in its text.
    latest = np.maximum.accumulate(np.where(counts, np.arange(len(text)), -1))
    within = (latest >= 0) & (text[latest] == text) & found.hard
    hard = np.zeros(len(text), bool)
    hard[latest[within]] = True
    counts &= words[found.at] < words[batch.end[text]]
    begin = np.concatenate([batch.first, found.at[counts]])
    order = np.argsort(begin, kind="stable")
    return begin[order], np.concatenate([np.ones(len(batch.first), bool), hard[counts]])[order]


def _counts(batch: Batch, found: Cuts, words: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Which cuts have a word between them and the one before, or the beginning of the text. ``words``: how many stand before each place."""
    before = words[batch.first[text]]
    same = text[1:] == text[:-1]
    before[1:][same] = words[found.at[:-1]][same]
    return np.asarray(words[found.at] > before)


def _without_abbreviations(batch: Batch, found: Cuts, words: np.ndarray) -> Cuts:
    """The cuts but for those after an abbreviation; one that begins a piece ("— dr. x") is taken for a word."""
    short = cuts.abbreviations(batch, found)
    if not len(short):
        return found
    others = np.ones(len(found.at), bool)
    others[short[:, 0]] = False
    sure = Cuts(found.at[others], found.hard[others])
    begun = sure.at[_counts(batch, sure, words, np.searchsorted(batch.first, sure.at, side="right") - 1)]
    others[short[np.isin(short[:, 1], begun), 0]] = True
    return Cuts(found.at[others], found.hard[others])


def _said(batch: Batch, begin: np.ndarray, end: np.ndarray) -> tuple[str, ...]:
    """What the pieces say, without blanks around it and with plain ones inside; "-" for nothing."""
    blank = (batch.kinds & cuts.BLANK) > 0
    solid = np.append(np.flatnonzero(~blank), len(blank))
    start = np.minimum(solid[np.searchsorted(solid, begin)], end)
    stop = np.maximum(solid[np.searchsorted(solid, end) - 1] + 1, start)
    joined = batch.joined
    said = [joined[a:b] for a, b in zip(start.tolist(), stop.tolist(), strict=True)]
    odd = np.flatnonzero(blank & ((batch.codes != ord(" ")) | np.append(False, blank[:-1])))
    for i in np.flatnonzero((np.searchsorted(odd, stop) > np.searchsorted(odd, start)) | (start == stop)).tolist():
        said[i] = " ".join(said[i].split()) or "-"
    return tuple(said)


def _paths(batch: Batch, owner: np.ndarray, begin: np.ndarray, end: np.ndarray, said: Sequence[str]) -> np.ndarray:
    """Which pieces are read as Chinese: those with a Chinese character, and scraps of Latin letters in a text that has some."""
    far = np.flatnonzero(batch.codes >= 0x3400)
    codes = batch.codes[far]
    han = far[(codes < 0x4DC0) | (codes >= 0x4E00) & (codes < 0xA000) | (codes >= 0xF900) & (codes < 0xFB00)]
    chinese = np.searchsorted(han, end) > np.searchsorted(han, begin)
    speaks = np.bincount(owner, chinese, len(batch.first)) > 0
    scraps = [i for i in np.flatnonzero(speaks[owner] & ~chinese).tolist() if said[i].count(" ") < SCRAP]
    chinese[scraps] = True
    return np.asarray(chinese)
