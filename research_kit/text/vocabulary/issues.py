"""What is wrong or right with a thing, said in a word ("small", 太小): found in normalised clauses. The words stand in ``issues.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.words import FIRST_HAN, stem

_DEGREE = "太|很|好|偏|超|较|比较|有点|有些|有一点|略|略微|稍|稍微|挺|真|过|过于|特别|非常|十分|相当|够|蛮|最|更|越来越|还|也|又|都|真的|实在"
_END = r"(?=[\s，。,.!！?？;；、~…)）]|$|了|的(?:[\s，。,.!！]|$)|得|啊|呢|哦|吧|啦)"
_DEGREES = re.compile(_DEGREE)
MARK = "#"
LACK = "lack"
GENERIC = frozenset({"bad", "good", "lack", "better", "more"})
"""Say little of a thing that is the whole of what the study is about ("great app")."""
REACH_HAN, REACH_WORDS = 6, 3
"""How far from the thing an issue is still said of it: characters, words."""
_MISSING = re.compile(r"(?:没有?|缺少|缺乏|欠缺|少了|不见)(?:任何|提供|专用的?|足够的?|一[个张]|个)?$")
_TOO_FEW = re.compile(r"(?:都|也|实在|真的)?(?:太少|不够|不足|缺|偏少|很少|没了|少得|少了|没有(?:$|[，。！,.!]))")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[，,；;。.！!？?、]")


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, _pattern(entry)) for key, entry in knowledge.table("issues").items() if entry["kind"] == kind)


def _pattern(entry: knowledge.Entry) -> re.Pattern[str]:
    english = "|".join(re.escape(word) for word in knowledge.words_of(entry["en"]))
    ways = [rf"\b(?:{english})"]
    if entry["zh"]:
        characters = entry["zh"].replace(" ", "")
        ways += [rf"(?:{_DEGREE})[{characters}]", rf"(?<=[\u3400-\u9fff])[{characters}]{_END}"]
    if entry["words"]:
        ways.append("|".join(re.escape(word) for word in knowledge.words_of(entry["words"])))
    return re.compile("|".join(ways))


def said(text: str, kind: str) -> list[str]:
    """The keys of what this normalised clause of a pain, delight or wish says."""
    perhaps = _perhaps(text) if text.isascii() else None
    return [key for key, pattern in _patterns(kind) if (perhaps is None or key in perhaps) and pattern.search(text)]


@lru_cache(maxsize=16_384)
def _perhaps(text: str) -> frozenset[str]:
    """The keys that an ASCII text may say, by its single words: spares most texts most patterns."""
    return frozenset(key for word in _WORD.findall(text) for key in _begun(word))


@lru_cache(maxsize=100_000)
def _begun(word: str) -> tuple[str, ...]:
    """The keys with an English phrase that may begin with this word."""
    alone, firsts = _firsts()
    found = [alone.get(word[:n], ()) for n in range(1, len(word) + 1)]
    return tuple(key for keys in (*found, firsts.get(word, ())) for key in keys)


@cache
def _firsts() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The keys by their single English words, and by the first words of their phrases."""
    alone: dict[str, list[str]] = {}
    firsts: dict[str, list[str]] = {}
    for key, entry in knowledge.table("issues").items():
        for phrase in knowledge.words_of(entry["en"]):
            first = _WORD.findall(phrase)[0]
            (alone if first == phrase else firsts).setdefault(first, []).append(key)
    return alone, firsts


def said_of(text: str, words: Sequence[str], key: str) -> bool:
    """Whether a normalised clause says this of a thing, by the words for the thing: right beside it in English, right after it in Chinese;
    what is lacking may come after the word for it (没有插座)."""
    pattern = _by_key()[key]
    if text.isascii() and (key not in _perhaps(text) or pattern.search(text) is None):
        return False
    for word in words:
        if word not in text:
            continue
        if word >= FIRST_HAN:
            places = [(m.start(), m.end()) for m in re.finditer(re.escape(word), text)]
            if any(_after(text, place, pattern, key == LACK) for place in places):
                return True
        elif any(_beside(text, m, pattern) for m in _english(word).finditer(text) if not _of_a_whole(text, m.end())):
            return True
    return False


def _of_a_whole(text: str, end: int) -> bool:
    """Whether the next word is a name of the whole: "great podcast app" praises the app."""
    following = re.match(r"[ -]([a-z]+)", text[end:])
    return following is not None and stem(following[1]) in _wholes()


@cache
def _wholes() -> frozenset[str]:
    return frozenset(stem(word) for word in knowledge.forms("wholes").split())


def _after(text: str, place: tuple[int, int], pattern: re.Pattern[str], lack: bool) -> bool:
    start, end = place
    if lack:
        return bool(_MISSING.search(text[max(0, start - 4) : start]) or _TOO_FEW.match(text[end : end + REACH_HAN]))
    rest = _BREAK.split(text[end : end + REACH_HAN + 4])[0]
    found = pattern.search(text[start:end] + rest)
    return found is not None and found.end() > end - start and found.start() <= end - start + REACH_HAN


def _beside(text: str, thing: re.Match[str], pattern: re.Pattern[str]) -> bool:
    before = re.split(r"[.,;!?]", text[: thing.start()])[-1].split()[-REACH_WORDS:]
    after = re.split(r"[.,;!?]", text[thing.end() :])[0].split()[: REACH_WORDS + 1]
    return bool(pattern.search(" ".join(before)) or pattern.search(" ".join(after)))


@lru_cache(maxsize=4096)
def _english(word: str) -> re.Pattern[str]:
    """A word or stem in the forms that begin with it."""
    return re.compile(rf"\b{re.escape(word)}\w*")


@cache
def _by_key() -> dict[str, re.Pattern[str]]:
    return {key: _pattern(entry) for key, entry in knowledge.table("issues").items()}


def without(text: str) -> str:
    """A normalised text without words that say what is wrong or right with something, and words of degree."""
    for pattern in _by_key().values():
        text = pattern.sub("", text)
    return _DEGREES.sub("", text)
