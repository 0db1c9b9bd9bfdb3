"""What is wrong or right with a thing, said in a word ("small", 太小): found in normalised clauses. The words stand in ``issues.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

import numpy as np

from research_kit.text.vocabulary import knowledge
from research_kit.text.vocabulary.numbers import numbers
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
REMEMBERED = 100_000
"""Distinct words that are kept in mind."""
HEAD = 3
"""Letters that every English phrase has, or its first word when that is shorter."""
_MISSING = re.compile(r"(?:没有?|缺少|缺乏|欠缺|少了|不见)(?:任何|提供|专用的?|足够的?|一[个张]|个)?$")
_TOO_FEW = re.compile(r"(?:都|也|实在|真的)?(?:太少|不够|不足|缺|偏少|很少|没了|少得|少了|没有(?:$|[，。！,.!]))")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[，,；;。.！!？?、]")
_BREAK_EN = re.compile(r"[.,;!?]")
_REST = re.compile(r"\w*")
_FOLLOWING = re.compile(r"[ -]([a-z]+)")


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, _pattern(entry)) for key, entry in knowledge.table("issues").items() if entry["kind"] == kind)


def _english(entry: knowledge.Entry) -> str:
    return rf"\b(?:{'|'.join(re.escape(word) for word in knowledge.words_of(entry['en']))})"


def _pattern(entry: knowledge.Entry) -> re.Pattern[str]:
    ways = [_english(entry)]
    if entry["zh"]:
        characters = entry["zh"].replace(" ", "")
        ways += [rf"(?:{_DEGREE})[{characters}]", rf"(?<=[\u3400-\u9fff])[{characters}]{_END}"]
    if entry["words"]:
        ways.append("|".join(re.escape(word) for word in knowledge.words_of(entry["words"])))
    return re.compile("|".join(ways))


def is_said(text: str, key: str) -> bool:
    """Whether a normalised clause says this, of whatever."""
    return (_by_english()[key] if text.isascii() else _by_key()[key]).search(text) is not None


def of_kind(kind: str) -> frozenset[str]:
    """The keys that a pain, a delight or a wish may say."""
    return frozenset(key for key, _ in _patterns(kind))


def said(text: str, kind: str) -> list[str]:
    """The keys of what this normalised clause of a pain, delight or wish says."""
    perhaps = _perhaps(text)
    return [key for key, pattern in _patterns(kind) if key in perhaps and pattern.search(text)] if perhaps else []


@lru_cache(maxsize=16_384)
def _perhaps(text: str) -> frozenset[str]:
    """The keys that a text may say, by its single words and Chinese characters: spares most texts most patterns."""
    found = set(chain.from_iterable(map(_begun, _WORD.findall(text))))
    if not text.isascii():
        characters = _characters()
        found.update(chain.from_iterable(characters[c] for c in set(text).intersection(characters)))
    return frozenset(found)


@cache
def _characters() -> dict[str, list[str]]:
    """The keys that have a Chinese character, or a phrase that begins with it."""
    found: dict[str, list[str]] = {}
    for key, entry in knowledge.table("issues").items():
        firsts = [phrase[0] for phrase in knowledge.words_of(entry["words"])]
        for character in dict.fromkeys([*entry["zh"].replace(" ", ""), *firsts]):
            found.setdefault(character, []).append(key)
    return found


@cache
def keys() -> tuple[str, ...]:
    """All keys, in order."""
    return tuple(knowledge.table("issues"))


@lru_cache(maxsize=REMEMBERED)
def _begun(word: str) -> tuple[str, ...]:
    """The keys with an English phrase that may begin with this word."""
    return tuple(keys()[i] for i in chain(*begun(word)))


def begun(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(positions of the keys that this English word says by itself, of those with a phrase that may begin with it)"""
    if word[:HEAD] not in heads():
        return (), ()
    alone, firsts = _firsts()
    place = {key: i for i, key in enumerate(keys())}
    said = tuple(place[key] for n in range(1, len(word) + 1) for key in alone.get(word[:n], ()))
    return said, tuple(place[key] for key in firsts.get(word, ()))


def english() -> list[re.Pattern[str]]:
    """What each of the ``keys`` looks like in English."""
    return list(_by_english().values())


@cache
def wholes() -> np.ndarray:
    """The numbers of words that name the whole."""
    return numbers(sorted(_wholes()))


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
    return key in all_said_of(text, tuple(words))


@lru_cache(maxsize=16_384)
def all_said_of(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """All keys of what a normalised clause says of a thing: as ``said_of``."""
    found: set[str] = set()
    for word in _latin(words) if text.isascii() else words:
        if word not in text:
            continue
        for start, end in _places(text, word):
            if word >= FIRST_HAN:
                found |= _after(text, start, end)
            elif (beside := _beside(text, start, end)) and not _of_a_whole(text, end):
                found |= beside
    return frozenset(found)


@cache
def _latin(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word.isascii())


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a Chinese word stands, or an English one or its stem, with the letters that follow. (A pattern for each of the many words
    would cost more to be made than it finds.)"""
    han, start = word >= FIRST_HAN, text.find(word)
    while start >= 0:
        if han or start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_"):
            end = start + len(word) if han else _REST.match(text, start + len(word)).end()  # type: ignore[union-attr]
            yield start, end
            start = text.find(word, end)
        else:
            start = text.find(word, start + 1)


def _of_a_whole(text: str, end: int) -> bool:
    """Whether the next word is a name of the whole: "great podcast app" praises the app."""
    following = _FOLLOWING.match(text, end)
    return following is not None and stem(following[1]) in _wholes()


@cache
def _wholes() -> frozenset[str]:
    return frozenset(stem(word) for word in knowledge.forms("wholes").split())


def _after(text: str, start: int, end: int) -> set[str]:
    """What stands right after a Chinese word, and what is lacking."""
    found = set(_says_after(text[start:end], _BREAK.split(text[end : end + REACH_HAN + 4])[0]))
    if _MISSING.search(text[max(0, start - 4) : start]) or _TOO_FEW.match(text[end : end + REACH_HAN]):
        found.add(LACK)
    return found


@lru_cache(maxsize=16_384)
def _says_after(thing: str, rest: str) -> frozenset[str]:
    """What the words after a Chinese word say of it; of a lack it is told elsewhere."""
    whole, least = thing + rest, len(thing)
    places = {key: pattern.search(whole) for key, pattern in _by_key().items() if key != LACK and key in _perhaps(whole)}
    return frozenset(key for key, m in places.items() if m and m.end() > least and m.start() <= least + REACH_HAN)


def _beside(text: str, start: int, end: int) -> set[str]:
    """What the few words before and after a thing say, in its part of the sentence."""
    before = text[:start].rstrip().rsplit(" ", REACH_WORDS)[-REACH_WORDS:]
    after = text[end:].lstrip().split(" ", REACH_WORDS + 1)[: REACH_WORDS + 1]
    found: set[str] = set()
    for words, part in ((before, -1), (after, 0)):
        if perhaps := [keys for chunk in words if (keys := _perhaps_chunk[chunk])]:
            whole = _BREAK_EN.split(" ".join(words))[part]
            found.update(key for keys in perhaps for key in keys if is_said(whole, key))
    return found


class _PerhapsChunk(dict[str, frozenset[str]]):
    """``_perhaps`` of what stands between two blanks: of most words nothing, as their first letters tell."""

    def __missing__(self, chunk: str) -> frozenset[str]:
        if len(self) > REMEMBERED:
            self.clear()
        silent = chunk.isascii() and chunk.isalpha() and chunk[:HEAD] not in heads()
        found = self[chunk] = frozenset[str]() if silent else _perhaps(chunk)
        return found


_perhaps_chunk = _PerhapsChunk()


@cache
def heads() -> frozenset[str]:
    """The first letters of all English phrases."""
    return frozenset(word[:HEAD] for words in _firsts() for word in words)


@cache
def _by_key() -> dict[str, re.Pattern[str]]:
    return {key: _pattern(entry) for key, entry in knowledge.table("issues").items()}


@cache
def _by_english() -> dict[str, re.Pattern[str]]:
    """The same for a text in which nothing Chinese is to be looked for."""
    return {key: re.compile(_english(entry)) for key, entry in knowledge.table("issues").items()}


def ends(text: str) -> list[int]:
    """Where in a normalised text words end that say what is wrong or right with something."""
    return [m.end() for m in _any().finditer(text)]


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in _by_key().values()))


def without(text: str) -> str:
    """A normalised text without words that say what is wrong or right with something, and words of degree."""
    for pattern in _by_key().values():
        text = pattern.sub("", text)
    return _DEGREES.sub("", text)


def plainest(text: str) -> str:
    """A normalised Chinese text without words of degree: what 排队太久 and 排队好久 share."""
    return _DEGREES.sub("", text).replace(" ", "")
