"""The wording of wishes, and the short answers that mean nothing without their question ("Nothing" to "What could be better?" is praise)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from research_kit import asking
from research_kit.text.patterns import SAID
from research_kit.text.pieces import split
from research_kit.text.pieces.beginnings import Beginnings
from research_kit.text.vocabulary.numbers import codes_of

WISH = "wish"
"""Framing of an answer to a question that asks for what is not there yet; the models read it as a neutral one."""
_WISH_BEGINS = Beginnings((
    "would", "please", "pls", "plz", "kindly", "could ", "can yo", "can we", "can th", "wish", "featur",
    "hop", "maybe", "perhap", "might ",
))  # fmt: skip
_WISH_BEGINS_HAN = np.zeros(1 << 16, bool)
_WISH_BEGINS_HAN[[ord(c) for c in "希期盼建恳拜求麻请如要若假能可"]] = True
"""A word that begins so, one of these characters, one of the below at its head or a "'d" stands in every clause with the wording of a wish: far
quicker to look for."""
_WISH_HEADS = (*"多加出开增设补再也就把能", "let ", "add ", "introduc", "bring back", "offer ", "includ", "just ", "and let ")
_TURN_HEADS = ("but ", "and ", "so ", "i wish", "i hope", "would be ", "it would", "please")
"""The same of English pieces that begin as a wish."""
NOTHING, EVERYTHING, FINE, MIDDLING, NO_IDEA = range(1, 6)
"""What a bare answer says: see ``bare``."""
LONGEST = 60
"""Characters of the longest answer that is looked at as a bare one."""
ERRAND = 72
"""Characters of the longest errand that is told in one clause."""
_ERRAND = (
    *(
        "i |we |i'|i\u2019|my |just |only |simply |quick|merely |mainly |also |usual|mostly |popped|nipped|came |went |stopped |called |pass|drop|pick|"
        "collect|return|hand|print|photo|cop|scan|post|sen|borrow|exchang|submit|b|order|rent|join|us|pa|to|ta|had |renew|chang|updat|transfer|fl|travel|"
        "dr|rode |stayed |met |here |got |found |easily|the |our |a |normal|regular|week|month|routine|annual|was "
    ).split("|"),
    *"我今昨上当那下周平刚礼只就单顺特过来去进陪帮给带送路有都已找",
)
"""Errands begin so."""
_FIRST = re.compile(r"([^.,;:!。，；！\n]{0,60})([.,;:!。，；！\n]?)(.*)", re.DOTALL)
_EDGE = " \t\r\n.,;:!?-–—_*#'\"()[]。,、~…·"


def detect(question: str | None) -> str:
    """ "positive", "negative", "neutral" or "" (no question): what an answer to this question is about."""
    return (asking.framing(question) or "neutral") if question and question.strip() else ""


def wishes(question: str) -> bool:
    """Whether a question asks for features, changes or suggestions."""
    return asking.wishes(question)


def wishful(clauses: Sequence[str]) -> np.ndarray:
    """Which clauses (lower-case, Simplified) have the wording of a wish that does not scold: "希望不要再..." and "if it only worked" do."""
    found = _WISH_BEGINS.held(clauses)
    han = [i for i, clause in enumerate(clauses) if not clause.isascii()]
    codes = codes_of("\n".join([clauses[i] for i in han]))
    marks = np.flatnonzero(_WISH_BEGINS_HAN[np.minimum(codes, 0xFFFF)])
    found[np.array(han, np.int64)[np.searchsorted(np.flatnonzero(codes == 10), marks)]] = True
    also = (clause.startswith(_WISH_HEADS) or "'d " in clause or "\u2019d " in clause for clause in clauses)
    found |= np.fromiter(also, bool, len(clauses))
    found[[i for i in np.flatnonzero(found).tolist() if not _wishes_for(clauses[i])]] = False
    return found


def _wishes_for(clause: str) -> bool:
    tidy = clause.replace("\u2019", "'").replace("'d ", " would ")
    return SAID.fit("wishful", tidy).search(tidy) is not None and SAID.fit("scolds_wish", tidy).search(tidy) is None


def wish_word(clause: str) -> bool:
    """Whether any word of a clause (lower-case, Simplified) may stand for a wish."""
    return SAID.fit("wish_word", clause).search(clause) is not None


def turns_to_wish(piece: str) -> bool:
    """Whether a piece of a sentence (lower-case, Simplified) begins as a wish."""
    if piece.isascii() and not piece.startswith(_TURN_HEADS):  # as most do
        return False
    return SAID.fit("turns_to_wish", piece).match(piece) is not None


def states(clause: str) -> bool:
    """Whether a clause (lower-case, Simplified) tells how things are, without the wording of a wish."""
    tidy = clause.replace("\u2019", "'")
    return SAID["states"].search(tidy) is not None and SAID["wishful"].search(tidy.replace("'d ", " would ")) is None


def errand(text: str) -> bool:
    """Whether a clause (lower-case, Simplified) only tells what somebody came for: "just dropped off a parcel", 只是来盖个章."""
    if not text.startswith(_ERRAND) or len(text) > (ERRAND if text.isascii() else ERRAND // 3):
        return False
    tidy = text.replace("\u2019", "'").strip()
    return SAID.fit("errand", tidy).fullmatch(tidy) is not None and SAID.fit("spoils_errand", tidy).search(tidy) is None


def has_idea(answer: str) -> bool:
    """Whether an answer holds more than marks, "I don't know" and "leave it as it is"."""
    return len(answer) > LONGEST or _bare_of(_tidy(answer)) not in (NO_IDEA, FINE)


def bare(texts: Sequence[str]) -> np.ndarray:
    """Of each text: NOTHING or EVERYTHING where it says no more than that, FINE for "all good", MIDDLING for "so-so", NO_IDEA for "see above",
    for marks alone and for a blank, else 0."""
    return np.array([_bare(text) if len(text) <= LONGEST else 0 for text in texts], np.int8)


_ROWS = tuple(row[::way] for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890") for way in (1, -1))
_RUN = "|".join(row[at : at + size] for size in (5, 4, 3) for row in _ROWS for at in range(len(row) - size + 1))
_MASHED = re.compile(
    rf"(?:{_RUN})+|([a-gi-ln-ps-vxy])\1{{2,}}|(\d)\2{{3,}}|([b-df-hj-np-tv-xz]{{2,4}})\3+|[b-df-hj-np-tv-xz]{{6,}}"
)
"""Keys that lie in a row, one key or a few again and again, no vowel for long. "hmmm", "zzz" and "www" are more than that."""
_MASH = re.compile(r"(.)\1\1|([b-df-hj-np-tv-xz]{2,4})\2|[b-df-hj-np-tv-xz]{6}")
_RUNS = frozenset(row[at : at + 3] for row in _ROWS for at in range(len(row) - 2))
"""How all of that begins."""
_WORDS = re.compile(r"[\s.,;:/\\'\[\]-]+")
_BARE = {"middling": MIDDLING, "fine": FINE, "nothing": NOTHING, "everything": EVERYTHING, "no_idea": NO_IDEA, "": 0}
_USES = tuple(use for use in _BARE if use)


def _tidy(answer: str) -> str:
    return " ".join(split.clean(answer).split()).strip(_EDGE)


def _bare(text: str) -> int:
    tidy = _tidy(text)
    return _bare_of(tidy) if tidy else NO_IDEA


@lru_cache(maxsize=20_000)  # a comment of one clause is asked for twice
def _bare_of(tidy: str) -> int:
    return _BARE[SAID.whole(_USES, tidy)] or (NO_IDEA if _noise(tidy) else 0)


def _noise(tidy: str) -> bool:
    """Whether an answer is what fingers do on a keyboard: "asdf", "qweqwe", "dddd", "1234"."""
    begins = tidy[:3] in _RUNS or _MASH.match(tidy) is not None
    return begins and tidy.isascii() and all(map(_MASHED.fullmatch, _WORDS.split(tidy)))


def unasked(texts: Sequence[str], asked: Sequence[str]) -> list[str]:
    """The framings, neutral where an answer to a question for faults begins with "nothing" and goes on: what follows is read as it stands."""
    return [
        "neutral" if a == "negative" and t[:1] in _DENIES and _denies_first(t) else a for t, a in zip(texts, asked, strict=True)
    ]


_DENIES = frozenset("nN沒没無无目暂暫我")


def _denies_first(text: str) -> bool:
    first, mark, rest = _FIRST.match(text).groups()  # type: ignore[union-attr]
    tidy = split.clean(first).strip(_EDGE)
    return bool(mark and rest.strip(_EDGE)) and (SAID["nothing"].fullmatch(tidy) or SAID["fine"].fullmatch(tidy)) is not None
