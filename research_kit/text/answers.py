"""What short answers mean by what was asked: things and facts under a question for merits are merits, under one for faults faults; what
scolds outright is none; proposals are wishes; and what is named in answer to a question for wishes is wished for, unless it judges what there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from research_kit.text import pains
from research_kit.text.framing import LONGEST, has_idea
from research_kit.text.patterns import SAID
from research_kit.text.pieces.beginnings import holding
from research_kit.text.signs import english

BRIEF = {True: 48, False: 20}
"""Characters of a short answer, of ASCII or not."""
BARE = {True: 24, False: 7}
"""The same of one that names a thing and hardly more."""
FEW = 2
"""Clauses of a text up to which they are answers, not stories."""
LISTED = 16
"""Characters of an item of a list, on average."""
RARELY = 1e-3
"""What a mere statement counts among brief answers that name what was asked for."""
FAINT, OUTRIGHT = 0.3, 0.5
"""Value of a word (strongest and weakest of a clause) that leans, and of one that judges."""
PRAISE, BLAME = (0.0, 0.5, 1.5), (1.5, 0.5, 0.0)

_PROPOSAL_WORDS = (
    "could",
    "can ",
    "may",
    "might",
    "would",
    "will ",
    "perhaps",
    "about",
    "why not",
    "more ",
    "er ",
    "extra",
    "addition",
    "improved",
    "free ",
    "please",
    "wish",
    "hope",
)
_PROPOSAL_SIGNS = (*_PROPOSAL_WORDS, *"可能否再点些更增加延提新添希建期愿盼想最要")
"""One of these stands in every proposal: far quicker to look for."""
_SIGNS = {
    "recovers": ("used to", "no longer", "not what", "downhill", "以前", "之前", "原来", "从前", "过去"),
    "comes_late": ("才",),
    "lasts": (" years", " winters", " seasons", " decades", "才"),
    "cheap": ("£", "$", "€", " pound", " quid", " euro", " dollar", " bucks", " pence", " cents", "才"),
    "not_even": ("连",),
    "often_none": ("常没", "是没", "就没", "头没", "常都没", "动没"),
}
_SIGNS["declines"] = _SIGNS["recovers"]
_ANY = tuple(dict.fromkeys(sign for signs in _SIGNS.values() for sign in signs))
"""One of these stands in every clause that says so."""
_PRESENT = frozenset(("VBZ", "VBD", "VBP", "MD"))


def leaned(
    logits: np.ndarray,
    asked: np.ndarray,
    said: Sequence[str],
    words: tuple[np.ndarray, np.ndarray],
    which: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """The logits of POLES of clauses with brief answers read by their question. ``asked``: framing of each clause's question; ``said``: the
    clauses, normalised; ``words``: their strongest and weakest word; ``which``: those that stand in a short text,
    and those that were read without their question."""
    (strongest, weakest), (alone, settled) = words, which
    best = logits.argmax(axis=1)
    fine = np.flatnonzero((asked == "positive") & alone & (best != 2)).tolist()
    good = [i for i in fine if _merit(said[i], bool(best[i] == 0), float(weakest[i]))]
    bland = np.flatnonzero((asked == "negative") & alone & (best != 0)).tolist()
    leans = logits[:, 0] > logits[:, 2]
    bad = [i for i in bland if _fault(said[i], float(strongest[i]), bool(settled[i]), bool(leans[i]))]
    bad += [i for i in np.flatnonzero((asked == "positive") & alone).tolist() if SAID["finds_none"].search(said[i])]
    praised = (asked == "positive") & alone & (best == 2) & (weakest <= -OUTRIGHT) & (strongest < FAINT)
    bad += [i for i in np.flatnonzero(praised).tolist() if not (SAID["not"].search(said[i]) or SAID["spared"].search(said[i]))]
    blamed = np.flatnonzero((asked == "negative") & alone & (best != 2)).tolist()
    good += [i for i in blamed if _spared(said[i])]
    if good or bad:
        logits = logits.copy()
        logits[good], logits[bad] = PRAISE, BLAME
    return logits


def turned(said: Sequence[str]) -> tuple[list[int], list[int]]:
    """Which clauses (lower-case, Simplified) say that something was good once and is not now, came only after a time, or is not even or often not
    there; and which that something was bad once and is not now, lasted long, costs little, or has not a single fault."""
    worse, better = set[int](), set[int]()
    for i in holding(said, _ANY):
        text = said[i]
        if _says(text, "recovers") or _says(text, "lasts") or (_says(text, "cheap") and not SAID["little"].search(text)):
            better.add(i)
        elif _says(text, "not_even"):
            (better if SAID["no_fault"].search(text) else worse).add(i)
        elif _says(text, "declines") or _says(text, "comes_late") or _says(text, "often_none"):
            worse.add(i)
    return sorted(worse), sorted(better)


def _says(text: str, use: str) -> bool:
    """Whether a clause has this wording; one of its signs stands in all that have."""
    return any(sign in text for sign in _SIGNS[use]) and SAID[use].search(text) is not None


def named(asked: np.ndarray, said: Sequence[str], poles: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Brief answers that name the fault or the merit that was asked for: pains and delights, not mere statements."""
    best = poles.argmax(axis=1)
    found = alone & (((asked == "negative") & (best == 0)) | ((asked == "positive") & (best == 2)))
    found[[i for i in np.flatnonzero(found).tolist() if len(said[i]) > BRIEF[said[i].isascii()]]] = False
    return np.asarray(found)


def _spared(text: str) -> bool:
    """Whether a brief answer says no more than that something bad is not there ("no ads", 没有推销)."""
    found = SAID["spared"].search(text) if len(text) <= BARE[text.isascii()] else None
    return found is not None and found.end() >= len(text.rstrip(" .!?。~了的"))


def _merit(text: str, blames: bool, weakest: float) -> bool:
    """Whether a brief answer to a question for merits names one: a thing or a fact that does not complain."""
    if len(text) > BRIEF[text.isascii()] or not has_idea(text):
        return False
    if SAID["open_long"].search(text) or SAID["keeps"].search(text) or SAID["spared"].search(text.replace("\u2019", "'")):
        return True
    if weakest <= -OUTRIGHT:
        return False
    if blames:
        return not pains.complains(text) and SAID["scolds_proposal"].search(text) is None
    return SAID["own_story"].match(text) is None and not (SAID["not"].search(text) and pains.complains(text))


def _fault(text: str, strongest: float, settled: bool, leans: bool) -> bool:
    """Whether a brief answer to a question for faults names one: much or little of something, something that cannot be had, or a bare thing that
    nobody praises; or one that the weights find rather bad than good (``leans``)."""
    if len(text) > BRIEF[text.isascii()] or not has_idea(text):
        return False
    large = SAID["large"].match(text)
    if large:
        return SAID["good_thing"].search(large["what"]) is None and SAID["open_long"].search(text) is None
    if strongest < OUTRIGHT and SAID["lacks"].search(text) and SAID["spared"].search(text) is None:
        return True
    if settled or strongest >= FAINT or SAID["denies"].search(text):
        return False
    return (leans or len(text) <= BARE[text.isascii()]) and SAID["judges"].search(text) is None


def proposes(text: str) -> bool:
    """Whether an answer (lower-case, Simplified) to a question for faults or wishes has the form of a proposal that does not scold."""
    if not any(map(text.__contains__, _PROPOSAL_WORDS if text.isascii() else _PROPOSAL_SIGNS)):
        return False
    tidy = text.replace("\u2019", "'")
    asks = any(SAID[use].search(tidy) for use in ("proposes", "a_bit", "turns_to_wish"))
    return asks and SAID["scolds_proposal"].search(tidy) is None


def judges(text: str) -> bool:
    """Whether an answer (lower-case, Simplified) to a question for wishes has the form of a judgement, not of a thing or an act."""
    return SAID["judges"].search(text.replace("\u2019", "'")) is not None and SAID["a_bit"].search(text) is None


def tells(text: str) -> bool:
    """Whether an answer is a sentence on what there is: an English one has a finite verb that does not stand first."""
    if not text.isascii() or len(text) > LONGEST or SAID["subject"].match(text):
        return True
    return any(tag in _PRESENT for tag in english.parts_of_speech(text.split())[1:])
