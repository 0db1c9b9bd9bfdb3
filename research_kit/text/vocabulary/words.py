"""Words of a normalised text, and a finder of known phrases in it.

English words are reduced to a stem ("waited", "waiting" -> "wait"); Chinese is taken as runs of characters, in Simplified. The stem is for
matching only and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from research_kit.text.matching import Finds, Matcher, leftmost
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import numbers, ragged

_TOKEN = re.compile(r"[a-z0-9][a-z0-9+#]*(?:['’][a-z]+)?|[\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
FIRST_HAN = "\u3400"
"""Runs of Chinese characters sort from here on, English words before it."""
_VOWEL = re.compile(r"[aeiouy]")
_ENDS = frozenset("sgden")
"""Letters that -s, -ing, -ed, -e and -ation end in: no other word is made shorter."""
_IRREGULAR = {
    "bought": "buy", "paid": "pay", "sent": "send", "told": "tell", "found": "find", "broke": "break", "broken": "break", "took": "take",
    "taken": "take", "kept": "keep", "came": "come", "went": "go", "gone": "go", "gave": "give", "given": "give", "got": "get",
    "said": "say", "heard": "hear", "saw": "see", "seen": "see", "made": "make", "knew": "know", "known": "know", "felt": "feel",
    "thought": "think", "chose": "choose", "chosen": "choose", "ate": "eat", "eaten": "eat", "stolen": "steal", "lost": "lose",
    "children": "child", "people": "people", "does": "do", "did": "do", "done": "do", "has": "have", "had": "have", "was": "be",
    "were": "be", "is": "be", "are": "be", "been": "be", "e-mail": "email", "us": "us", "this": "this", "thus": "thus", "bus": "bus",
    "his": "his", "its": "its", "plus": "plus", "yes": "yes", "always": "always", "news": "news", "as": "as", "during": "during",
    "nothing": "nothing", "something": "something", "anything": "anything", "everything": "everything", "thing": "thing",
    "morning": "morning", "evening": "evening", "string": "string", "spring": "spring", "bring": "bring", "king": "king", "ring": "ring",
    "speed": "speed", "need": "need", "feed": "feed", "bed": "bed", "red": "red", "status": "status", "focus": "focus", "bonus": "bonus",
    "menus": "menu", "lens": "lens", "series": "series", "dying": "die", "lying": "lie", "lied": "lie", "queuing": "queue",
    "building": "building", "meeting": "meeting", "clothing": "clothing", "parking": "parking", "setting": "setting", "settings": "setting",
    "shopping": "shopping", "pricing": "price", "listing": "listing", "lighting": "lighting", "heating": "heating", "dressing": "dressing",
    "packaging": "packaging", "training": "training", "booking": "booking", "bookings": "booking", "booked": "booking", "books": "books",
    "parked": "parked", "documentation": "documentation", "presentation": "presentation", "presentations": "presentation",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word; Chinese and short words come back as they are."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or word[-1] not in _ENDS or not word.isascii():
        return word
    return _drop_e(_verb(_singular(word)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _verb(word: str) -> str:
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if not word.endswith(suffix) or len(base) < 2 or not _VOWEL.search(base) or word.endswith("eed"):
            continue
        if base.endswith("i"):
            return base[:-1] + "y"
        if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
            return base[:-1]
        if len(base) <= 3 and base[-1] not in "aeiouyw" and base[-2] in "aeiouy" and (len(base) < 3 or base[-3] not in "aeiouy"):
            return base + "e"
        return base
    return word[:-5] if word.endswith("ation") and len(word) >= 9 else word


def _drop_e(word: str) -> str:
    return word[:-1] if len(word) >= 5 and word.endswith("e") else word


@lru_cache(maxsize=20_000)  # more than all phrases that finders are made of
def tokens(text: str) -> tuple[str, ...]:
    """Stems of English words and whole runs of Chinese characters, in order."""
    return tuple(t if t >= FIRST_HAN else stem(t) for t in written(text))


@lru_cache(maxsize=20_000)
def _entry(phrase: str) -> tuple[str, ...] | str:
    """A phrase as finders look for it: as stems or, where it is Chinese alone, as characters; empty where it has no word."""
    found = tokens(phrase)
    return phrase.replace(" ", "") if len(found) == 1 and _HAN.match(found[0]) else found


@lru_cache(maxsize=16)
def _without_keys(idioms: tuple[str, ...]) -> dict[tuple[str, ...] | str, tuple[str, ...]]:
    """Idioms as phrases that stand for nothing: finders share a few lists of them."""
    return {entry: () for idiom in idioms if (entry := _entry(idiom))}


def written(text: str) -> list[str]:
    """English words and whole runs of Chinese characters as they stand there, in order."""
    return _TOKEN.findall(text.replace("-", " "))


_NOTHING = Finds(*(np.zeros(0, np.int64) for _ in range(3)))


@dataclass(frozen=True)
class Found:
    """What a Finder found in a batch: text by text and in the order of the places. Arrays of one length."""

    text: np.ndarray
    key: np.ndarray
    """Position in Finder.keys."""
    weight: np.ndarray
    """How telling it is: see Finder.find."""
    place: np.ndarray
    last: np.ndarray
    """The first and the last word of the batch that it stands in."""

    def once(self) -> Found:
        """Each key and weight of a text once, at the first place."""
        seen = (self.text * (int(self.key.max(initial=0)) + 1) + self.key) * (int(self.weight.max(initial=0)) + 1) + self.weight
        first = np.sort(np.unique(seen, return_index=True)[1])
        return self.only(first)

    def only(self, chosen: np.ndarray) -> Found:
        """These alone (positions or a mask)."""
        return Found(self.text[chosen], self.key[chosen], self.weight[chosen], self.place[chosen], self.last[chosen])


class Finder:
    """Finds which of many known phrases occur in a text: English by stems in order, Chinese as pieces of a run. Phrases are lower-case."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], idioms: Iterable[str] = ()) -> None:
        """``phrases`` maps each phrase to the keys it stands for; inside ``idioms`` nothing is found, unless they are phrases too."""
        self._keys = dict(_without_keys(tuple(idioms)))
        for phrase, keys in phrases.items():
            entry = _entry(phrase)
            if entry:
                known = self._keys.get(entry)
                self._keys[entry] = tuple(dict.fromkeys((*known, *keys) if known else keys))

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the phrases are that begin with each word or, after "han:", with each Chinese character."""
        lengths: dict[str, set[int]] = {}
        for known in self._keys:
            lengths.setdefault("han:" + known[0] if isinstance(known, str) else known[0], set()).add(len(known))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def find(self, text: str) -> list[tuple[str, int]]:
        """(key, weight) of every phrase found, in order; the longest phrase at a place wins, and its weight is how telling it is:
        its number of words, or half its number of Chinese characters, at least 1."""
        hits: list[tuple[str, int]] = []
        words, lengths = tokens(text), self._lengths
        free = 0
        for position in [i for i, word in enumerate(words) if word in lengths or word >= FIRST_HAN]:
            word = words[position]
            if word >= FIRST_HAN:
                hits.extend(self._in_run(word))
            elif position >= free:
                for length in lengths[word]:
                    keys = self._keys.get(words[position : position + length]) if position + length <= len(words) else None
                    if keys is not None:
                        hits.extend((key, length) for key in keys)
                        free = position + length
                        break
        return hits

    def _in_run(self, run: str) -> Iterable[tuple[str, int]]:
        position = 0
        while position < len(run):
            step = 1
            for length in self._lengths.get("han:" + run[position], ()):
                keys = self._keys.get(run[position : position + length]) if position + length <= len(run) else None
                if keys is not None:
                    yield from ((key, max(1, length // 2)) for key in keys)
                    step = length
                    break
            position += step

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All keys that can be found."""
        return tuple(dict.fromkeys(key for keys in self._keys.values() for key in keys))

    @cached_property
    def _english(self) -> _Matched:
        """For English words, and phrases of both languages."""
        words = [entry for entry in self._keys if not isinstance(entry, str)]
        number = iter(numbers([word for entry in words for word in entry]).tolist())
        return _Matched.of([[next(number) for _ in entry] for entry in words], self._places(words))

    @cached_property
    def _chinese(self) -> _Matched:
        """For Chinese characters inside a run."""
        pieces = [entry for entry in self._keys if isinstance(entry, str)]
        return _Matched.of([[ord(c) for c in entry] for entry in pieces], self._places(pieces))

    def _places(self, entries: Sequence[tuple[str, ...] | str]) -> list[list[int]]:
        """Of each entry the positions of its keys."""
        place = {key: i for i, key in enumerate(self.keys)}
        return [[place[key] for key in self._keys[entry]] for entry in entries]

    def _hits(self, said: Said) -> tuple[Finds, Finds]:
        """Of English and of Chinese: all that stands there, in order. The matcher for a language that nobody speaks here is not even made."""
        words = self._english.matcher.hits(said.words, said.owner, said.alike) if len(said.words) else _NOTHING
        return words, self._chinese.matcher.hits(said.characters, said.run) if len(said.characters) else _NOTHING

    def find_all(self, said: Said) -> Found:
        """What ``find`` finds in each text of a batch."""
        words, pieces = self._hits(said)
        return self._found(said, leftmost(words), leftmost(pieces))

    def find_both(self, said: Said) -> tuple[Found, Found]:
        """(what ``find_all`` finds, every phrase that stands there, also inside longer ones)"""
        words, pieces = self._hits(said)
        return self._found(said, leftmost(words), leftmost(pieces)), self._found(said, words, pieces)

    def _found(self, said: Said, words: Finds, pieces: Finds) -> Found:
        words = _chosen(words, said.latin[words.place])
        at = np.concatenate([words.place, said.run[pieces.place]])
        order = np.argsort(at, kind="stable")
        english = self._english.expanded(words) if len(words.place) else (words.place, words.place)
        chinese = self._chinese.expanded(pieces) if len(pieces.place) else (pieces.place, pieces.place)
        many, keys = (np.concatenate(parts) for parts in zip(english, chinese, strict=True))
        weight = np.concatenate([words.length, np.maximum(1, pieces.length // 2)])
        first = (np.cumsum(many) - many)[order]
        many = many[order]
        inner = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        last = np.concatenate([words.place + words.length - 1, said.run[pieces.place]])[order]
        return Found(
            np.repeat(said.owner[at[order]], many), keys[np.repeat(first, many) + inner], np.repeat(weight[order], many),
            np.repeat(at[order], many), np.repeat(last, many),
        )  # fmt: skip


@dataclass(frozen=True)
class _Matched:
    """Phrases as a matcher, and the keys of each: ``keys`` of entry i begin at ``first[i]``, ``many[i]`` of them."""

    matcher: Matcher
    keys: np.ndarray
    first: np.ndarray
    many: np.ndarray

    @classmethod
    def of(cls, entries: list[list[int]], keys: list[list[int]]) -> _Matched:
        many = np.array([len(k) for k in keys], np.int64)
        return cls(Matcher(entries), np.array([k for each in keys for k in each], np.int64), np.cumsum(many) - many, many)

    def expanded(self, finds: Finds) -> tuple[np.ndarray, np.ndarray]:
        """(how many keys each find has, all these keys in a row)."""
        many = self.many[finds.entry]
        return many, self.keys[ragged(self.first[finds.entry], many)]


def _chosen(finds: Finds, chosen: np.ndarray) -> Finds:
    return Finds(finds.place[chosen], finds.length[chosen], finds.entry[chosen])
