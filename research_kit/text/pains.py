"""The pain phrase of a clause: the thing and what is wrong with it, in the words that stand there.

Opinion frames ("I think that", 我覺得), contrast words and polite tails are left off; a long clause is cut to the part that complains.
Nothing is ever reworded: a phrase is always a piece of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from research_kit.text import columns
from research_kit.text.vocabulary import knowledge, said
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.knowledge import forms, words_of
from research_kit.text.vocabulary.words import FIRST_HAN, HAN, stem, tokens, written

MAX_WORDS, MAX_CHARACTERS = 30, 36
BARE, BARE_CHARACTERS = 3, 30
"""Words and characters of a bare answer."""

_EDGES = " \t\r\n,.;:!?-–—*•()（）[]【】\"“”'‘’~、，。；：！？…～"


_FRAMES_EN, _FRAMES_ZH = (
    sorted(words_of(forms(f"frames_{path}").replace("\n", " ")), key=len, reverse=True) for path in ("en", "zh")
)


_OPENINGS = frozenset(frame[:2].lower().strip() for frame in (*_FRAMES_EN, *_FRAMES_ZH))
"""The first two characters of frames: what begins otherwise is not looked at."""


@lru_cache(maxsize=4096)
def _frames(head: str) -> re.Pattern[str] | None:
    """The frames that a text may begin with whose first two characters are these; None where there is none."""
    openings = [opening for opening in (head.lower().strip(), head[:1].lower()) if opening in _OPENINGS]
    return _pattern(*openings) if openings else None


@cache
def _pattern(*openings: str) -> re.Pattern[str]:
    """The frames with one of these openings."""
    english = [re.escape(frame).replace(r"\ ", r"\s+") for frame in _FRAMES_EN if frame[:2].lower().strip() in openings]
    chinese = [frame for frame in _FRAMES_ZH if frame[:2] in openings]
    followed = ((english, r"\b(?!['’-])[\s,:]*"), (chinese, r"[，,、：:\s]*"))
    return re.compile("|".join(f"(?:{'|'.join(some)}){rest}" for some, rest in followed if some), re.IGNORECASE)


_CUT = re.compile(
    r"[，,；;。：:！!？?…\n]|\s(?=(?:because|so that|and then|which means|which is why|even though|although|whenever|and|but)\s|[-–—]\s)",
    re.IGNORECASE,
)


_CUES_ZH = tuple(forms("cues_zh").split())
_CUE_ZH = re.compile("|".join(map(re.escape, _CUES_ZH)))
_HARMLESS_ZH = re.compile("|".join(sorted(map(re.escape, forms("harmless_zh").split()), key=len, reverse=True)))
_CUES_BY_FIRST = {first: [cue for cue in _CUES_ZH if cue[0] == first] for first in sorted({cue[0] for cue in _CUES_ZH})}
_CUE_STEMS = frozenset(token for word in forms("cues_en").split() for token in tokens(word))


def extract(mentions: pd.DataFrame) -> pd.Series:
    """The pain phrase of each mention whose ``kind`` is "pain", by its columns ``text``, ``normal`` and ``sentiment``; missing for the others,
    and for a clause that has no phrase to show: neither is it negative and says what is wrong or with what, nor does it tell of a fault as a fact."""
    rows = np.flatnonzero(mentions["kind"].eq("pain").fillna(False).to_numpy(bool))
    texts = mentions["text"].iloc[rows].astype(str).tolist()
    negative = mentions["sentiment"].iloc[rows].isin(["negative", "mixed"]).to_numpy(bool)
    shown = np.flatnonzero(_show(mentions, rows, texts, negative))
    place = np.full(len(mentions), -1)
    place[rows[shown]] = np.arange(len(shown))
    found = columns.named(phrases([texts[i] for i in shown.tolist()]), place)
    return pd.Series(found, index=mentions.index, name="pain")


def _show(mentions: pd.DataFrame, rows: np.ndarray, texts: Sequence[str], negative: np.ndarray) -> np.ndarray:
    """Which pains (``rows``, which say ``texts``) are more than ill feeling: they tell what is wrong, name a thing, or are bare answers. A fact
    that is not negative in tone must do both ("it stops when I lock the screen")."""
    chosen = np.zeros(len(mentions), bool)
    chosen[rows] = True
    words = said.read(said.texts_of(mentions))
    wrong = _cues_latin(words)[rows]
    wrong += np.array([0 if text.isascii() else _cues_han(text) for text in texts], np.int64)
    bare = np.array([len(text) <= BARE_CHARACTERS and len(text.split()) <= BARE for text in texts], bool)
    names = np.bincount(knowledge.concept_finder().find_all(words, chosen).text, minlength=len(mentions))[rows] > 0
    return np.asarray((negative & ((wrong > 0) | bare)) | ((negative | (wrong > 1)) & names))


def phrase(clause: str) -> str:
    """The part of one clause that says what is wrong, as written."""
    return phrases([clause])[0]


def phrases(clauses: Sequence[str]) -> list[str]:
    """``phrase`` of many clauses."""
    found = [trimmed(clause) for clause in clauses]
    long = [i for i, part in enumerate(found) if _long(part)]
    for i, part in zip(long, _complaining([found[i] for i in long]), strict=True):
        found[i] = _window(part) if _long(part) else part
    return [part or clause.strip() for part, clause in zip(found, clauses, strict=True)]


def _complaining(texts: Sequence[str]) -> list[str]:
    """Of each text what stands from the first to the last part that complains; the most complaining one where that is still long."""
    wrong = [[(a, b) for a, b in _parts(text) if text[a:b].strip(_EDGES) and complains(text[a:b])] for text in texts]
    spans = [trimmed(text[parts[0][0] : parts[-1][1]]) if parts else text for text, parts in zip(texts, wrong, strict=True)]
    still = [i for i, parts in enumerate(wrong) if parts and _long(spans[i])]
    scores = iter(_complaints([texts[i][a:b] for i in still for a, b in wrong[i]]))
    for i in still:
        start, end = max(((next(scores), -a, b) for a, b in wrong[i]), key=lambda part: part[:2])[1:]
        spans[i] = trimmed(texts[i][-start:end])
    return spans


def _parts(text: str) -> list[tuple[int, int]]:
    """Start and end of each part of a sentence."""
    cuts = [match.start() for match in _CUT.finditer(text)]
    return [(a, b) for a, b in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True) if b > a]


def trimmed(text: str) -> str:
    """The text without frames and marks at its edges."""
    while True:
        bare = text.strip(_EDGES)
        frames = _frames(bare[:2])
        frame = frames.match(bare) if frames else None
        shorter = bare[frame.end() :].strip(_EDGES) if frame else ""
        if not shorter or shorter == text:
            return bare
        text = shorter


def _complaints(parts: Sequence[str]) -> list[float]:
    """How much each piece of text says that something is wrong: cue words (three count), and half for each of two things that it names."""
    named = knowledge.concept_finder().find_all(said.read_once(part.lower() for part in parts)).text
    things = np.bincount(named, minlength=len(parts))
    cues = np.array([_cues(part) for part in parts], np.int64)
    weights: list[float] = (np.minimum(3, cues) + 0.5 * np.minimum(2, things)).tolist()
    return weights


def _cues(text: str) -> int:
    """How many words of a text tell that something is wrong."""
    return sum(map(_is_cue_word, written(text.lower()))) + (0 if text.isascii() else _cues_han(text))


def _cues_han(text: str) -> int:
    """How many different Chinese cues stand in a text."""
    text = _HARMLESS_ZH.sub(" ", text)
    return sum(1 for first in _CUES_BY_FIRST.keys() & set(text) for cue in _CUES_BY_FIRST[first] if cue in text)


def complains(text: str) -> bool:
    """Whether any word of a text tells that something is wrong."""
    return (not text.isascii() and _complains_han(text)) or any(map(_is_cue_word, written(text.lower())))


def complaining(texts: Sequence[str], chosen: np.ndarray) -> np.ndarray:
    """``complains`` of the chosen ones (a mask) of normalised texts; False for all others."""
    found = chosen & (_cues_latin(said.read(texts)) > 0)
    han = [i for i in np.flatnonzero(chosen & ~found).tolist() if not texts[i].isascii()]
    found[han] = [_complains_han(texts[i]) for i in han]
    return found


@lru_cache(maxsize=2)
def _cues_latin(words: Said) -> np.ndarray:
    """How many English words of each text tell that something is wrong: asked for by kinds and by pains."""
    alike, each = words.alike
    latin = np.flatnonzero(words.latin)
    spoken = np.bincount(alike[latin], minlength=len(each)) > 0
    cue = np.zeros(len(each), bool)
    cue[spoken] = [_is_cue(word) for word in said.spelled(each[spoken])]
    return np.bincount(words.owner[latin[cue[alike[latin]]]], minlength=words.texts)


def _complains_han(text: str) -> bool:
    return _CUE_ZH.search(text) is not None and _CUE_ZH.search(_HARMLESS_ZH.sub(" ", text)) is not None


@lru_cache(maxsize=200_000)
def _is_cue_word(word: str) -> bool:
    return word < FIRST_HAN and _is_cue(stem(word))


def _is_cue(token: str) -> bool:
    return token in _CUE_STEMS or token.endswith("n't")


def _long(text: str) -> bool:
    if len(text) <= MAX_CHARACTERS:  # so many words need more
        return False
    return len(text.split()) > MAX_WORDS or (not text.isascii() and len(HAN.findall(text)) > MAX_CHARACTERS)


def _window(text: str) -> str:
    """A long part cut to the words around its first complaint."""
    if len(HAN.findall(text)) > MAX_CHARACTERS:
        first = min((text.find(cue) for cue in _CUES_ZH if cue in text), default=0)
        start = max(0, first - MAX_CHARACTERS // 2)
        return text[start : start + MAX_CHARACTERS].strip(_EDGES)
    words = list(re.finditer(r"\S+", text))
    cue = next((i for i, w in enumerate(words) if any(map(_is_cue_word, written(w[0].lower())))), 0)
    start = max(0, cue - 5)
    end = min(len(words), start + MAX_WORDS)
    return text[words[start].start() : words[end - 1].end()].strip(_EDGES)
