"""English phrases that can stand alone: pieces of a clause that begin and end where a phrase does ("Classes fill up", never "Classes fill").

A piece may begin at the beginning of a part of the clause, or where a noun phrase or a description begins; it may end at the end of a
part, or where such a phrase does. Parts of speech are TextBlob's; words of negation stay with what they deny.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from research_kit.text.signs import english
from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.words import stem

LONGEST = 6
"""Words of a name; a whole part may have one more."""
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+#-]*")
_NEGATION = frozenset(knowledge.forms("negation_en").split())
_COPULA = frozenset(knowledge.forms("copula_en").split())
_OPENERS = frozenset(knowledge.forms("openers_en").split())
"""Words that a phrase loses at its beginning: articles, and what ties it to the sentence before."""
_CLOSERS = frozenset(knowledge.forms("closers_en").split())
_DEGREE = frozenset({"too", "so", "very", "really", "quite", "rather", "pretty", "way", "super", "extremely", "bit", "little"})
_UNSAID = frozenset({"isn't", "aren't", "wasn't", "weren't", "hasn't", "hadn't"})
"""Denials that need their subject."""
_PARTICLES = frozenset({"away", "back", "up", "out", "off", "down", "over", "in", "on", "again", "here", "there"})
_JOINERS = frozenset({"that", "because", "since", "if", "when", "while", "where", "but", "and", "so", "as", "how"})
"""Words after which a sentence of its own may begin."""
_CLASSES = {
    "N": "NN",
    "A": "JJ",
    "V": "VB",
    "R": "RB",
    "D": "DT PDT PRP$ PP$ WP$",
    "O": "PRP PP EX",
    "I": "IN",
    "C": "CC",
    "M": "MD",
    "T": "TO",
}


@dataclass(frozen=True)
class Words:
    """The words of one part of a clause, with what each is: N noun, A adjective, P and G participles, V verb, B copula or auxiliary,
    M modal, R adverb, D determiner, O pronoun, X negation, I preposition, T "to", C conjunction, W question word, K number."""

    text: str
    spans: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    kinds: str
    misspelt: bool
    """A thing or a quality stands right before "be": "the editor cold be better"."""


@lru_cache(maxsize=4096)
def words_of(part: str) -> Words:
    """The words of one part of a clause."""
    found = list(WORD.finditer(part))
    plain = [m[0].lower().replace("’", "'") for m in found]
    tags = english.parts_of_speech([_for_tagger(word, i) for i, word in enumerate(m[0] for m in found)]) if found else []
    kinds: list[str] = []
    for word, tag in zip(plain, tags, strict=True):
        kinds.append(_kind(word, tag, kinds[-1] if kinds else ""))
    misspelt = any(word == "be" and kind in "NA" for word, kind in zip(plain[1:], kinds, strict=False))
    return Words(part, tuple(m.span() for m in found), tuple(stem(word) for word in plain), "".join(kinds), misspelt)


def _for_tagger(word: str, place: int) -> str:
    if word.lower().endswith(("n't", "n’t")):
        return "not"
    return word.lower() if place == 0 or word.isupper() else word


def _kind(word: str, tag: str, before: str) -> str:
    if word in _NEGATION or word.endswith("n't"):
        return "X"
    if word in _COPULA:
        return "B"
    if word in _DEGREE:
        return "R"
    if tag in ("VBG", "VBN"):
        return "G" if tag == "VBG" else "P"
    if tag.startswith("W"):
        return "W"
    if tag == "CD" or word[0].isdigit():
        return "K"
    kind = next((k for k, tags in _CLASSES.items() if tag in tags.split() or (len(tags) == 2 and tag.startswith(tags))), "R")
    if kind == "N" and before == "M":
        return "V"
    return "N" if kind == "V" and before == "D" else kind


def phrases(part: str, near: frozenset[str]) -> Iterator[str]:
    """The pieces of a part that can stand alone and hold one of the stems ``near``; the whole part first where it can."""
    if near.isdisjoint(stem(word) for word in WORD.findall(part.lower().replace("’", "'"))):
        return
    words = words_of(part)
    if words.misspelt:
        return
    places = [i for i, s in enumerate(words.stems) if s in near]
    if not places:
        return
    count, held = len(words.kinds), frozenset(places)
    first, last = _bare(words, 0, count - 1)
    if first <= last and last - first <= LONGEST and _ends(words, last) and _says(words, first, last):
        yield _piece(words, first, last)
    for first in range(max(0, places[0] - LONGEST + 1), places[-1] + 1):
        for last in range(first, min(count, first + LONGEST)):
            if (
                not held.isdisjoint(range(first, last + 1))
                and _begins(words, first)
                and _ends(words, last)
                and _whole(words, first, last)
            ):
                yield _piece(words, first, last)


def _piece(words: Words, first: int, last: int) -> str:
    return words.text[words.spans[first][0] : words.spans[last][1]]


def _bare(words: Words, first: int, last: int) -> tuple[int, int]:
    """A part without what ties it to its sentence."""
    while first < last and (words.stems[first] in _OPENERS or words.kinds[first] in "CD"):
        first += 1
    while last > first and words.stems[last] in _CLOSERS:
        last -= 1
    return first, last


def _begins(words: Words, first: int) -> bool:
    """Whether a phrase may begin here: nothing before it belongs to it, and no denial stands shortly before."""
    kind, before = words.kinds[first], words.kinds[:first]
    if words.stems[first] in _OPENERS or words.stems[first] in _UNSAID or kind not in "NAPGRXK" or "X" in before[-4:]:
        return False
    if kind == "X":
        return not before or before[-1] not in "MB" or words.stems[first] in ("no", "lack")
    if kind == "R" and words.stems[first] not in _DEGREE:
        return False
    if not before:
        return True
    if before[-1] == "R":
        return words.stems[first - 1] in _OPENERS
    if before[-1] == "B" and kind == "G":
        return False
    return before[-1] not in "NAPK" and not (before[-1] == "G" and kind == "N") and words.stems[first - 1] not in ("of", "enough")


def _ends(words: Words, last: int) -> bool:
    """Whether a phrase may end here: its last word is complete, and the next one does not go on with it."""
    kind, after = words.kinds[last], words.kinds[last + 1 :]
    if words.stems[last] in _CLOSERS or kind in "DOTCWMX" or (kind == "B" and words.stems[last] != "work"):
        return False
    if not after:
        return kind != "I" or (last > 0 and words.kinds[last - 1] in "VPGN")
    following = words.stems[last + 1]
    if following == "of" and after[1:2] == "O":
        return kind == "N"
    if following in ("of", "enough") or after[0] in "NAGKTX" or (after[0] == "D" and kind in "NVPG") or following in _DEGREE:
        return False
    if kind in "VI" or (kind == "N" and after[0] in "OP"):
        return after[0] == "C" or following in ("when", "while", "where")
    return kind in "NAPG" and (kind != "A" or after[0] != "P")


def _whole(words: Words, first: int, last: int) -> bool:
    """Whether what stands between is one phrase: a noun phrase, a description, or a sentence that began with its subject."""
    kinds = words.kinds[first : last + 1]
    if not _says(words, first, last):
        return False
    if kinds[0] in "RP" and not re.search("[NAPG]", kinds[1:]) and kinds[0] != "P":
        return False
    if re.search("[OW]|ND|ATN", kinds) or (
        words.stems[first] == "not" and kinds.startswith("XAN") and words.stems[first + 1] != "enough"
    ):
        return False
    if kinds.count("I") > 1 or _cut_off(words, first, last):
        return False
    # A verb needs its subject, and what it does to end with the part.
    verbs = re.search("[VBM]", kinds)
    if verbs is None:
        return True
    before = first - 1 if first and words.kinds[first - 1] != "D" else first - 2
    starts = before < 0 or words.stems[before] in _JOINERS
    return starts and kinds[0] in "NAGDP" and bool(re.search("[NG]", kinds[: verbs.start()])) and kinds[-1] in "APNGRV"


def _cut_off(words: Words, first: int, last: int) -> bool:
    """Whether the last word belongs to what comes after or stood before: "day early and the driver" (carried it), "packaging away"."""
    kinds = words.kinds[first : last + 1]
    if "C" in kinds and words.kinds[last + 1 : last + 2] in ("V", "B", "M", "P"):
        return True
    return kinds.endswith("NR") and words.stems[last] in _PARTICLES and not re.search("[VBGP]", kinds)


def _says(words: Words, first: int, last: int) -> bool:
    """Whether a piece says anything; "not development", "not a web programmer" only say what something else is not."""
    kinds = words.kinds[first : last + 1]
    return bool(re.search("[NAPGV]", kinds)) and not (words.stems[first] == "not" and re.fullmatch("XD?N+", kinds))
