"""The pain phrase of a clause: the thing and what is wrong with it, in the words that stand there.

Opinion frames ("I think that", 我覺得), contrast words and polite tails are left off; a long clause is cut to the part that complains.
Nothing is ever reworded: a phrase is always a piece of the clause.
"""

from __future__ import annotations

import re

import pandas as pd

from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.knowledge import forms, words_of
from research_kit.text.vocabulary.words import tokens

MAX_WORDS, MAX_CHARACTERS = 12, 26

_EDGES = " \t\r\n,.;:!?-–—*•()（）[]【】\"“”'‘’~、，。；：！？…～"


def _frames() -> re.Pattern[str]:
    english = sorted((re.escape(w).replace(r"\ ", r"\s+") for w in words_of(forms("frames_en"))), key=len, reverse=True)
    chinese = sorted(words_of(forms("frames_zh")), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(english)})\b[\s,:]*|(?:{'|'.join(chinese)})[，,、：:\s]*)", re.IGNORECASE)


_FRAME = _frames()
_PARTS = re.compile(
    r"\s*[，,；;。：:！!？?…\n]+\s*|\s+(?:because|so that|and then|which means|which is why|even though|although|whenever|and|but)\s+|\s[-–—]\s",
    re.IGNORECASE,
)
_CUES_ZH = tuple(forms("cues_zh").split())
_CUE_STEMS = frozenset(t for word in forms("cues_en").split() for t in tokens(word))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def extract(mentions: pd.DataFrame) -> pd.Series:
    """The pain phrase of each mention whose ``kind`` is "pain", missing for the others; by its column ``text``."""
    phrases: list[str | None] = [None] * len(mentions)
    texts = mentions["text"].astype(str).tolist()
    for row, is_pain in enumerate(mentions["kind"].eq("pain").tolist()):
        if is_pain:
            phrases[row] = phrase(texts[row])
    return pd.Series(pd.array(phrases, dtype="str"), index=mentions.index, name="pain")


def phrase(clause: str) -> str:
    """The part of one clause that says what is wrong, as written."""
    part = trimmed(clause)
    if _long(part):
        pieces = [p for p in (trimmed(p) for p in _PARTS.split(part)) if p]
        # The first of the most complaining parts; a part of one word is too little unless there is nothing else.
        part = max(pieces, key=lambda p: (min(complaint(p), 3) + 0.5 * (_size(p) > 2), -pieces.index(p)), default=part)
    return _window(part) if _long(part) else part or clause.strip()


def trimmed(text: str) -> str:
    """The text without frames and marks at its edges."""
    while True:
        bare = text.strip(_EDGES)
        frame = _FRAME.match(bare)
        shorter = bare[frame.end() :].strip(_EDGES) if frame else bare
        if not shorter or shorter == text:
            return bare
        text = shorter


def complaint(text: str) -> float:
    """How much a piece of text says that something is wrong: cue words, and half for each thing it names."""
    lowered = text.lower()
    english = sum(1 for t in tokens(lowered) if t in _CUE_STEMS or t.endswith("n't"))
    chinese = sum(1 for cue in _CUES_ZH if cue in text)
    return english + chinese + 0.5 * min(2, len(knowledge.concept_finder().find(lowered)))


def _size(text: str) -> int:
    return len(text.split()) + len(_HAN.findall(text)) // 2


def _long(text: str) -> bool:
    return len(text.split()) > MAX_WORDS or len(_HAN.findall(text)) > MAX_CHARACTERS


def _window(text: str) -> str:
    """A long part cut to the words around its first complaint."""
    if len(_HAN.findall(text)) > MAX_CHARACTERS:
        first = min((text.find(cue) for cue in _CUES_ZH if cue in text), default=0)
        start = max(0, first - MAX_CHARACTERS // 2)
        return text[start : start + MAX_CHARACTERS].strip(_EDGES)
    words = list(re.finditer(r"\S+", text))
    cue = next((i for i, w in enumerate(words) if any(t in _CUE_STEMS or t.endswith("n't") for t in tokens(w[0].lower()))), 0)
    start = max(0, cue - 5)
    end = min(len(words), start + MAX_WORDS)
    return text[words[start].start() : words[end - 1].end()].strip(_EDGES)
