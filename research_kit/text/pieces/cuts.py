# ruff: noqa: E501 (tables and patterns that read better unbroken)
"""Where texts may be cut: sentence ends, contrast words, commas. Found in a whole batch at once; only contrast words are left to a pattern,
which is tried where the letters of one begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from research_kit.text.pieces.beginnings import Beginnings
from research_kit.text.vocabulary.matching import Finds, leftmost

GAP = "\1" * 6
"""Stands before, between and after the texts of a batch: no blank, no mark, and as long as anything that is looked at beside a place."""
_TURN = re.compile(
    r"(?:(?<=\s)|(?<=,))(?:but|however|although|though|whereas|except|nevertheless|nonetheless|unfortunately|despite|albeit|"
    r"(?:my|the|our) only (?:complaint|issue|problem|gripe|negative|downside|drawback|criticism)|other than that|apart from that|"
    r"on the other hand|on the (?:down|plus|up) ?side|that said|having said that|even though|yet(?= [a-z]))\b(?=[^\w]+\w+[^\w]+\w)"
    r"|(?<!不)但(?!愿|凡|求|若)是?|(?<!再[好妙棒美])(?<!再满意)(?<!再合适)(?<!再方便)(?<!再适合)(?<!再简单)"
    r"(?<![喘透熬躲逃])不过(?!如此|是|分|关|敏|瘾)(?!(?<=[忙顾付管转改理说看讲]不过)[来去身])|(?<=[,、 ])(?:就是|只是|倒是)(?!说|想|要|因为)|可是|然而|可惜|美中不足|"
    r"唯一(?=.{0,4}(?:缺|不|可|遗|问|小|就|希))|除此之外|反倒|反而|(?<=[,。 ])(?:虽然|虽说|尽管|至于)"
)
"""A contrast word, which begins a clause."""
_OPENINGS = Beginnings((
    "but", "yet ", "howeve", "althou", "though", "wherea", "except", "nevert", "noneth", "unfort", "despit", "albeit", "my onl", "the on", "our on",
    "other ", "apart ", "on the", "that s", "having", "even t",
))  # fmt: skip
_OPENINGS_HAN = (
    "不过",
    "就是",
    "只是",
    "倒是",
    "可是",
    "然而",
    "可惜",
    "美中",
    "唯一",
    "除此",
    "反倒",
    "反而",
    "虽然",
    "虽说",
    "尽管",
    "至于",
)
"""How contrast words begin."""
_PAIRS = np.array([(ord(word[0]) << 16) | ord(word[1]) for word in _OPENINGS_HAN])
_JOINS = ("and", "while", "whilst", "which")
"""Words that join two thoughts: what follows begins a clause where it judges otherwise."""
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs no nr approx esp incl dept ext tel e.g i.e etc inc ltd min max a.m p.m".split()
) | frozenset("abcdefghijklmnopqrstuvwxyz")
"""A full stop after one of these ends no sentence."""
_LONGEST = max(map(len, _ABBREVIATIONS))
_ENDINGS = np.array(sorted({(ord(word[-2]) << 8) | ord(word[-1]) for word in _ABBREVIATIONS if len(word) > 1}))

BLANK, WORD, _HAN, _STOP, _END, _SHOUT, _CLOSE, _CLOSE_HAN, _DOT, _DASH, _LONG, _DOTS, _COMMA, _COLON, _SLASH, _FIRST = (
    1 << i for i in range(16)
)
"""What a character can be: some are several."""


def _kinds() -> np.ndarray:
    """What each character can be, as a sum of the above."""
    table = np.zeros(1 << 16, np.uint16)
    every = [chr(code) for code in range(1 << 16)]
    table[np.array(list(map(str.isspace, every)))] |= BLANK
    table[np.array(list(map(str.isalnum, every)))] |= WORD
    table[0x2600:0x27C0] |= WORD  # signs that say something by themselves, as emoji do
    table[0x3400:0xA000] |= _HAN
    firsts = "但" + "".join(word[0] for word in _OPENINGS_HAN)
    for kind, signs in (
        (_STOP, ".!?"), (_END, "。;\n"), (_SHOUT, "!?~…"), (_CLOSE, ")\"']"), (_CLOSE_HAN, ")\"'」』”]"), (_DOT, "."), (_DASH, "-–—"), (_LONG, "—"), (_DOTS, "…"),
        (_COMMA, ",、"), (_COLON, ":"), (_SLASH, "/"), (_FIRST, firsts),
    ):  # fmt: skip
        table[[ord(sign) for sign in signs]] |= kind
    return table


_KINDS = _kinds()
_SIGNS = BLANK | _STOP | _END | _SHOUT | _LONG | _COMMA | _COLON | _SLASH | _FIRST


def kinds_of(codes: np.ndarray) -> np.ndarray:
    """What each character of a batch can be."""
    kinds = _KINDS[np.minimum(codes, len(_KINDS) - 1)]
    far = np.flatnonzero(codes >= len(_KINDS))
    if len(far):
        kinds[far] = [WORD if 0x1F300 <= code < 0x1FB00 or chr(code).isalnum() else 0 for code in codes[far].tolist()]
    return np.asarray(kinds)


@dataclass(frozen=True)
class Cuts:
    """Places at which texts may be cut, in order: arrays of one length."""

    at: np.ndarray
    hard: np.ndarray
    """True: what follows begins a clause, whatever it says."""


@dataclass(frozen=True)
class Batch:
    """Cleaned texts in a row, ``GAP`` around each."""

    joined: str
    codes: np.ndarray
    kinds: np.ndarray
    first: np.ndarray
    end: np.ndarray
    """Where each text begins and ends."""


@dataclass(frozen=True)
class _Found:
    """Candidates of one sort: from where to where the sign for it reaches, and where it cuts."""

    start: np.ndarray
    stop: np.ndarray
    at: np.ndarray
    hard: bool


def found(batch: Batch) -> Cuts:
    """All places at which the texts may be cut; of two signs that overlap the first one counts."""
    place = np.flatnonzero(batch.kinds & _SIGNS)
    kind = batch.kinds[place]
    parts = [
        _sentence_ends(place[(kind & _STOP) > 0], batch.kinds), *_marks(place, kind, batch.kinds), _turns(batch, place, kind),
        *_blanks(place, kind, batch),
    ]  # fmt: skip
    start, stop, at = (np.concatenate([getattr(part, name) for part in parts]) for name in ("start", "stop", "at"))
    hard = np.repeat([part.hard for part in parts], [len(part.start) for part in parts])
    order = np.argsort(start, kind="stable")  # of two at one place the one that stands first above
    kept = leftmost(Finds(start[order], (stop - start)[order], order)).entry
    return Cuts(at[kept], hard[kept])


def _past(kinds: np.ndarray, place: np.ndarray, kind: int) -> np.ndarray:
    """From each place on, the first that is not of a kind."""
    found = place.copy()
    still = np.arange(len(place))
    while len(still):
        still = still[(kinds[found[still]] & kind) > 0]
        found[still] += 1
    return found


def _sentence_ends(stops: np.ndarray, kinds: np.ndarray) -> _Found:
    """Full stops and the like before a blank."""
    stops = stops[(kinds[stops - 1] & _STOP) == 0]
    last = _past(kinds, _past(kinds, stops, _STOP), _CLOSE)
    sure = (kinds[last] & BLANK) > 0
    return _Found(stops[sure], last[sure], last[sure], hard=True)


def _marks(place: np.ndarray, kind: np.ndarray, kinds: np.ndarray) -> list[_Found]:
    """Marks that cut whatever follows, or after a Chinese character."""

    def of(what: int) -> np.ndarray:
        return place[(kind & what) > 0]

    def run(start: np.ndarray, what: int, close: int = 0, *, hard: bool = False) -> _Found:
        stop = _past(kinds, _past(kinds, start, what), close)
        return _Found(start, stop, stop, hard)

    def begun(what: int) -> np.ndarray:
        """Where a run of such marks begins."""
        found = of(what)
        return np.asarray(found[(kinds[found - 1] & what) == 0])

    shouts, dots, slashes, commas, ends = of(_SHOUT), begun(_DOT), of(_SLASH), of(_COMMA), of(_END)
    # A line break may belong to the dash before it; the next one then begins anew.
    ends = ends[((kinds[ends - 1] & _END) == 0) | ((kinds[ends - 2] & _DASH) > 0)]
    return [
        run(ends, _END, _CLOSE_HAN, hard=True),
        run(shouts[(kinds[shouts - 1] & _HAN) > 0], _SHOUT, _CLOSE_HAN, hard=True),
        _Found(commas, commas + 1, commas + 1, hard=False),
        run(dots[(kinds[dots + 1] & _DOT) > 0], _DOT),
        run(begun(_DOTS), _DOTS),
        run(begun(_LONG), _LONG),
        run(slashes[(kinds[slashes + 1] & _HAN) > 0], _SLASH),
    ]


def _turns(batch: Batch, place: np.ndarray, kind: np.ndarray) -> _Found:
    """Contrast words: the pattern is tried where one may begin."""
    codes = batch.codes
    begin = place[(kind & (BLANK | _COMMA)) > 0] + 1
    han = place[(kind & _FIRST) > 0]
    pair = (codes[han].astype(np.int64) << 16) | np.minimum(codes[han + 1], 0xFFFF)
    maybe = np.concatenate([begin[_OPENINGS.among(codes, begin)], han[(codes[han] == ord("但")) | np.isin(pair, _PAIRS)]])
    limit = batch.end[np.searchsorted(batch.first, maybe, side="right") - 1]
    tried = (_TURN.match(batch.joined, a, b) for a, b in zip(maybe.tolist(), limit.tolist(), strict=True))
    spans = np.array([match.span() for match in tried if match], np.int64).reshape(-1, 2)
    return _Found(spans[:, 0], spans[:, 1], spans[:, 0], hard=True)


def _blanks(place: np.ndarray, kind: np.ndarray, batch: Batch) -> list[_Found]:
    """Blanks that cut: between Chinese characters, around a dash, before "and" and the like."""
    codes, kinds = batch.codes, batch.kinds
    blank = place[(kind & BLANK) > 0]
    gap = place[((kind & _COLON) > 0) | (codes[place] == 32)]
    gap = gap[(kinds[gap - 1] & _HAN) > 0]
    after = _past_gap(codes, gap)
    between = (kinds[after] & _HAN) > 0
    dash = blank[(kinds[blank + 1] & _DASH) > 0]
    last = _past(kinds, dash + 1, _DASH)
    parted = (kinds[last] & BLANK) > 0
    also = np.sort(np.concatenate([_before(word, blank, batch) for word in _JOINS]))
    opens = also.copy()
    while len(more := np.flatnonzero((kinds[opens - 1] & BLANK) > 0)):
        opens[more] -= 1
    return [
        _Found(gap[between], after[between], after[between], hard=False),
        _Found(dash[parted], last[parted] + 1, last[parted] + 1, hard=False),
        _Found(opens, also + 1, also + 1, hard=False),
    ]


def _before(word: str, blank: np.ndarray, batch: Batch) -> np.ndarray:
    """The blanks before a word."""
    for i, letter in enumerate(word, 1):
        blank = blank[batch.codes[blank + i] == ord(letter)]
    return np.asarray(blank[(batch.kinds[blank + len(word) + 1] & BLANK) > 0])


def _past_gap(codes: np.ndarray, place: np.ndarray) -> np.ndarray:
    """From each place on, the first that is neither a plain blank nor a colon."""
    found = place.copy()
    still = np.arange(len(place))
    while len(still):
        still = still[(codes[found[still]] == 32) | (codes[found[still]] == ord(":"))]
        found[still] += 1
    return found


def abbreviations(batch: Batch, cuts: Cuts) -> np.ndarray:
    """Which of the cuts stand after the full stop of an abbreviation: (position among the cuts, where its word begins)."""
    blank = np.flatnonzero(batch.kinds & BLANK)
    after = np.flatnonzero((batch.codes[cuts.at - 1] == ord(".")) & ((batch.kinds[cuts.at] & BLANK) > 0))
    dot = cuts.at[after] - 1
    begin = np.append(blank, -1)[np.searchsorted(blank, dot) - 1] + 1
    begin = np.maximum(begin, batch.first[np.searchsorted(batch.first, dot, side="right") - 1])
    last = (np.minimum(batch.codes[dot - 2], 255) << 8) | np.minimum(batch.codes[dot - 1], 255)
    size = dot - begin
    brief = np.flatnonzero((size == 1) | (size <= _LONGEST) & np.isin(last, _ENDINGS))
    words = (batch.joined[a:b] for a, b in zip(begin[brief].tolist(), dot[brief].tolist(), strict=True))
    short = brief[np.fromiter((word in _ABBREVIATIONS for word in words), bool, len(brief))]
    return np.column_stack([after[short], begin[short]])
