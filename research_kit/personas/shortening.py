"""A clause in a few words, cut only where it may end: whole where it fits, else before a clause of its own, else before a preposition."""

from __future__ import annotations

import re
from dataclasses import dataclass

from research_kit.personas.wording import HAN

MOST_WORDS, MOST_HAN = 5, 12
SPARE = 2
"""Words more that a phrase may have where it is whole with them and a torso without."""
_ADDRESS = re.compile(r"\b(?:your own|yourself|your|please)\s+(?=\S)", re.IGNORECASE)
_HOLLOW = re.compile(
    r"\b(?:the |a )?(?:possibility|use|number|amount|practice|act|idea|process|level|kind|type|majority|rest) of\s|"
    r"\b(?:be )?(?:able|willing|likely|going) to\s|\b(?:a|the) person who\s|\bone or more\s",
    re.IGNORECASE,
)
FILLER = frozenset(
    "the a an your their his her my our any some these those following typically usually currently really very just only someone somebody "
    "ever normally generally personally also already please yourself you own knowingly primarily mainly entirely completely".split()
)
PRONOUN = frozenset("it its this that them they one i me my we us he she".split())
DANGLING = frozenset(
    "of to in on at for from with by and or but nor the a an about into over as than that which who whom whose what where why how if when "
    "while because is am are was were be been being do does did have has had will would can could should may might must not no more most so "
    "too very rather such you your its their my our his i we they he she between".split()
)
"""Words on which nothing ends."""
_PARTICLE = frozenset("in up out off back down away around".split())
"""What a verb may end on: "log in", "sign up"."""
_PREPOSITION = frozenset("on in at with for from by into over during under between through without via".split())
_SUBORDINATE = frozenset(
    "when if while because whether that which who whom what how where why rather than since until after before either including though "
    "although but except unless without".split()
)
_TURNS = frozenset("but though although except unless without".split())
"""What stands before these says less, or something else, alone."""
_SUBORDINATE_PAIRS = frozenset("in order|so that|with you|next to|as a|as an|other than|such as|even though".split("|"))
_TAKES_CLAUSE = frozenset(
    "see sees know knows think thinks feel feels believe believes say says find finds learn learns understand understands check checks tell "
    "tells choose chooses decide decides wonder wonders ask asks consider considers considering hope hopes wish wishes worry worries sure "
    "aware matter matters care cares like likes love loves hate hates want wants need needs is are was were be of about on to".split()
)
"""Words that say nothing without the "what", "that" or "if" behind them."""
_MARKS = ',.;:!?"“”'


@dataclass(frozen=True)
class Phrase:
    """Words, and the share of what was asked that is still in them."""

    text: str
    kept: float = 1.0
    lack: bool = False
    """It says what somebody does not do, want, hold or have."""
    whole: bool = True
    """It ends where a clause may end."""


def width(text: str) -> int:
    """Words of an English text, or so many that a Chinese one is as long as it looks."""
    han = len(HAN.findall(text))
    return -(-han * MOST_WORDS // MOST_HAN) if han else len(text.split())


def compact(text: str, most: int = MOST_WORDS, *, spare: int = SPARE) -> Phrase:
    """The head of a clause in ``most`` words (up to two more where nothing shorter is whole, or ``spare`` more where all of it is; in Chinese
    characters in proportion), how much of it that is, and whether it may end there."""
    if HAN.search(text):
        return compact_chinese(text, MOST_HAN * most // MOST_WORDS)
    text = _HOLLOW.sub("", text.strip())
    words = text.split() if len(text.split()) <= most else _ADDRESS.sub("", text).split()
    if not words:
        return Phrase("", 0.0)
    asked = sum(_says(w) for w in words)
    clause = words[: _clause(words)]
    turned = len(clause) < len(words) and _bare(words[len(clause)]) in _TURNS
    for head in [] if turned else _heads(clause, most, spare):
        trimmed = _trimmed(head, last=len(head) == len(words))
        if trimmed:
            return _phrase(trimmed, asked)
    plain = [w for w in clause if _bare(w) not in FILLER] or clause
    return _phrase(_trimmed(plain[:most], last=False) or plain[:1], asked, whole=False)


def _heads(clause: list[str], most: int, spare: int) -> list[list[str]]:
    """The beginnings of a clause that may stand for it, best first."""
    plain = [w for w in clause if _bare(w) not in FILLER]
    out = [clause] if len(clause) <= most + spare else []
    for part in (clause, plain):
        out += [part] if len(part) <= most else []
        out += [part[:n] for n in reversed(_before_prepositions(part)) if n <= most]
    room = most + (SPARE if most >= MOST_WORDS - 1 else 1)
    out += [part for part in (clause, plain) if len(part) <= room]
    out += [part[:n] for part in (clause, plain) for n in _before_prepositions(part) if n <= room]
    behind = max((i for i, w in enumerate(plain) if _bare(w) == "to"), default=len(plain))
    return [*out, plain[behind + 1 :]] if 2 <= len(plain) - behind - 1 <= most else out


def _before_prepositions(words: list[str]) -> list[int]:
    return [i for i in range(2, len(words)) if _bare(words[i]) in _PREPOSITION and _bare(words[i - 1]) not in _TAKES_CLAUSE]


def _clause(words: list[str]) -> int:
    """How many words come before the first mark or subordinate clause that may be left out; two at least."""
    for place in range(2, len(words)):
        before, word = words[place - 1], _bare(words[place])
        if before[-1] in ",.;:!?" or before in ("-", "--", "–", "—"):
            return place - (before in ("-", "--", "–", "—"))
        pair = f"{word} {_bare(words[place + 1])}" if place + 1 < len(words) else ""
        verb = words[place - 2] if before.endswith("ly") else before
        if (word in _SUBORDINATE or pair in _SUBORDINATE_PAIRS) and _bare(verb) not in _TAKES_CLAUSE and place + 1 < len(words):
            return place
    return len(words)


def _trimmed(words: list[str], *, last: bool) -> list[str]:
    """Without marks around words and without words on which nothing ends; a verb's particle at the very end stays."""
    out = [w for w in (w.strip(_MARKS) for w in words) if w]
    if last and len(out) == 2 and out[-1].casefold() in _PARTICLE and out[0].casefold() not in DANGLING:
        return out
    while out and out[-1].casefold() in DANGLING:
        out.pop()
    return out


def _phrase(words: list[str], asked: int, *, whole: bool = True) -> Phrase:
    return Phrase(" ".join(words), min(1.0, sum(_says(w) for w in words) / max(asked, 1)), whole=whole)


def _bare(word: str) -> str:
    return word.casefold().strip(_MARKS)


def _says(word: str) -> bool:
    return _bare(word) not in FILLER | DANGLING


def compact_chinese(text: str, most: int) -> Phrase:
    """The same of a Chinese text: whole, or its first clause; with "…" and not whole where that is still too long, or one item of a list, or
    what comes before a 但."""
    room = most + SPARE * MOST_HAN // MOST_WORDS
    head = re.split(r"[，,。；;（(：:]", text)[0]
    if len(text) <= most or (len(text) <= room and head == text):
        return Phrase(text)
    if 2 <= len(head) <= room and head != text:
        turned = re.match(r"[，,；;]\s*(?:但|可是|不[過过]|只是|[卻却])", text[len(head) :])
        return Phrase(head, len(head) / len(text), whole=not turned)
    return Phrase((head if len(head) > room else text)[: most - 1] + "…", most / len(text), whole=False)
