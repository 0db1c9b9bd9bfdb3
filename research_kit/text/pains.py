"""The pain phrase of a clause: the thing and what is wrong with it, in the words that stand there.

Opinion frames ("I think that", 我覺得), contrast words and polite tails are left off; a long clause is cut to the part that complains.
Nothing is ever reworded: a phrase is always a piece of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.text.vocabulary import knowledge, said
from research_kit.text.vocabulary.knowledge import forms, words_of
from research_kit.text.vocabulary.words import tokens

MAX_WORDS, MAX_CHARACTERS = 30, 36
BARE, BARE_CHARACTERS = 3, 30
"""Words and characters of a bare answer."""

_EDGES = " \t\r\n,.;:!?-–—*•()（）[]【】\"“”'‘’~、，。；：！？…～"


def _frames() -> re.Pattern[str]:
    english = sorted((re.escape(w).replace(r"\ ", r"\s+") for w in words_of(forms("frames_en"))), key=len, reverse=True)
    chinese = sorted(words_of(forms("frames_zh")), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(english)})\b(?!['’-])[\s,:]*|(?:{'|'.join(chinese)})[，,、：:\s]*)", re.IGNORECASE)


_FRAME = _frames()
_PART = re.compile(
    r"(?:(?![，,；;。：:！!？?…\n]|\s(?:because|so that|and then|which means|which is why|even though|although|whenever|and|but)\s|\s[-–—]\s).)+",
    re.IGNORECASE,
)


_CUES_ZH = tuple(forms("cues_zh").split())
_CUE_STEMS = frozenset(token for word in forms("cues_en").split() for token in tokens(word))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def extract(mentions: pd.DataFrame) -> pd.Series:
    """The pain phrase of each mention whose ``kind`` is "pain", by its columns ``text`` and ``sentiment``; missing for the others, and for
    a clause that has no phrase to show: neither is it negative and says what is wrong or with what, nor does it tell of a fault as a fact."""
    phrases: list[str | None] = [None] * len(mentions)
    rows = np.flatnonzero(mentions["kind"].eq("pain").fillna(False).to_numpy(bool))
    texts = mentions["text"].iloc[rows].astype(str).tolist()
    negative = mentions["sentiment"].iloc[rows].isin(["negative", "mixed"]).to_numpy(bool)
    for row, text, shows in zip(rows.tolist(), texts, _show(texts, negative).tolist(), strict=True):
        if shows:
            phrases[row] = phrase(text)
    return pd.Series(pd.array(phrases, dtype="str"), index=mentions.index, name="pain")


def _show(texts: Sequence[str], negative: np.ndarray) -> np.ndarray:
    """Which pains are more than ill feeling: they tell what is wrong, name a thing, or are bare answers. A fact that is not negative in
    tone must do both ("it stops when I lock the screen")."""
    words = said.read(languages.to_simplified(text).lower() for text in texts)
    distinct, which = np.unique(words.words[words.latin], return_inverse=True)
    cue = np.array([_is_cue(word) for word in said.spelled(distinct)], bool)[which]
    wrong = np.bincount(words.owner[words.latin][cue], minlength=len(texts))
    wrong += np.array([0 if text.isascii() else sum(1 for cue in _CUES_ZH if cue in text) for text in texts], np.int64)
    bare = np.array([len(text) <= BARE_CHARACTERS and len(text.split()) <= BARE for text in texts], bool)
    names = np.bincount(knowledge.concept_finder().find_all(words).text, minlength=len(texts)) > 0
    return np.asarray((negative & ((wrong > 0) | bare)) | ((negative | (wrong > 1)) & names))


def phrase(clause: str) -> str:
    """The part of one clause that says what is wrong, as written."""
    part = trimmed(clause)
    if _long(part):
        part = _complaining(part)
    return _window(part) if _long(part) else part or clause.strip()


def _complaining(text: str) -> str:
    """From the first to the last part of a text that complains; the most complaining one where that is still long."""
    parts = [(m.start(), m.end()) for m in _PART.finditer(text) if m[0].strip(_EDGES)]
    wrong = [place for place, (start, end) in enumerate(parts) if complains(text[start:end])]
    if not wrong:
        return text
    span = trimmed(text[parts[wrong[0]][0] : parts[wrong[-1]][1]])
    if not _long(span):
        return span
    start, end = max((parts[place] for place in wrong), key=lambda part: (complaint(text[part[0] : part[1]]), -part[0]))
    return trimmed(text[start:end])


def trimmed(text: str) -> str:
    """The text without frames and marks at its edges."""
    while True:
        bare = text.strip(_EDGES)
        frame = _FRAME.match(bare)
        shorter = bare[frame.end() :].strip(_EDGES) if frame else ""
        if not shorter or shorter == text:
            return bare
        text = shorter


def complaint(text: str) -> float:
    """How much a piece of text says that something is wrong: cue words (three count), and half for each of two things that it names."""
    return min(3, cues(text)) + 0.5 * min(2, len(knowledge.concept_finder().find(text.lower())))


def cues(text: str) -> int:
    """How many words of a text tell that something is wrong."""
    english = sum(1 for token in tokens(text.lower()) if _is_cue(token))
    return english if text.isascii() else english + sum(1 for cue in _CUES_ZH if cue in text)


def complains(text: str) -> bool:
    """Whether any word of a text tells that something is wrong."""
    return (not text.isascii() and any(cue in text for cue in _CUES_ZH)) or any(_is_cue(token) for token in tokens(text.lower()))


def _is_cue(token: str) -> bool:
    return token in _CUE_STEMS or token.endswith("n't")


def _long(text: str) -> bool:
    if len(text) <= MAX_CHARACTERS:  # so many words need more
        return False
    return len(text.split()) > MAX_WORDS or (not text.isascii() and len(_HAN.findall(text)) > MAX_CHARACTERS)


def _window(text: str) -> str:
    """A long part cut to the words around its first complaint."""
    if len(_HAN.findall(text)) > MAX_CHARACTERS:
        first = min((text.find(cue) for cue in _CUES_ZH if cue in text), default=0)
        start = max(0, first - MAX_CHARACTERS // 2)
        return text[start : start + MAX_CHARACTERS].strip(_EDGES)
    words = list(re.finditer(r"\S+", text))
    cue = next((i for i, w in enumerate(words) if any(_is_cue(t) for t in tokens(w[0].lower()))), 0)
    start = max(0, cue - 5)
    end = min(len(words), start + MAX_WORDS)
    return text[words[start].start() : words[end - 1].end()].strip(_EDGES)
