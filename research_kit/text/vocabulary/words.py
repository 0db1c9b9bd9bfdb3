"""Words of a normalised text, and a finder of known phrases in it.

English words are reduced to a stem ("waited", "waiting" -> "wait"); Chinese is taken as runs of characters, in Simplified. The stem is for
matching only and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np

from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.matching import Finds, leftmost
from research_kit.text.vocabulary.numbers import ragged
from research_kit.text.vocabulary.shared import NOTHING, Phrase, Shared, Sought, nothing

_TOKEN = re.compile(r"[a-z0-9][a-z0-9+#]*(?:['’][a-z]+)?|[\u3400-\u4dbf\u4e00-\u9fff]+")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
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
def entry_of(phrase: str) -> Phrase:
    """A phrase as finders look for it: as stems or, where it is Chinese alone, as characters; empty where it has no word."""
    found = tokens(phrase)
    return phrase.replace(" ", "") if len(found) == 1 and HAN.match(found[0]) else found


@lru_cache(maxsize=16)
def _entries(phrases: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Many phrases as finders look for them: a few lists of idioms are shared by all finders."""
    return tuple(dict.fromkeys(entry for phrase in phrases if (entry := entry_of(phrase))))


@lru_cache(maxsize=32)
def _idioms(phrases: tuple[str, ...], shared: Shared, chinese: bool) -> tuple[np.ndarray, tuple[Phrase, ...]]:
    """(of each shared phrase of a language: 0 where it is one of these, else -1; those of these that are not shared)"""
    mine = [entry for entry in _entries(phrases) if isinstance(entry, str) == chinese]
    known = shared.places[chinese]
    place = np.full(len(known), -1)
    place[[known[entry] for entry in mine if entry in known]] = 0
    return place, tuple(entry for entry in mine if entry not in known)


def written(text: str) -> list[str]:
    """English words and whole runs of Chinese characters as they stand there, in order."""
    return _TOKEN.findall(text.replace("-", " "))


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

    def __init__(self, entries: Mapping[Phrase, Sequence[str]], idioms: Sequence[str] = (), shared: Shared | None = None) -> None:
        """``entries`` maps each phrase, as ``entry_of`` gives it, to the keys it stands for; inside ``idioms`` nothing is found, unless they are
        phrases too. What is among the ``shared`` phrases is looked for once in a batch, by however many finders (``knowledge.finding``)."""
        self._entries, self._idioms, self._shared = entries, tuple(idioms), shared or nothing()

    @classmethod
    def of(cls, phrases: Mapping[str, Iterable[str]], idioms: Sequence[str] = (), shared: Shared | None = None) -> Finder:
        """Of phrases as they are written."""
        entries: dict[Phrase, list[str]] = {}
        for phrase, keys in phrases.items():
            if entry := entry_of(phrase):
                entries.setdefault(entry, []).extend(keys)
        return cls({entry: tuple(dict.fromkeys(keys)) for entry, keys in entries.items()}, idioms, shared)

    @cached_property
    def _keys(self) -> dict[Phrase, Sequence[str]]:
        return {**dict.fromkeys(_entries(self._idioms), ()), **self._entries}

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
        return tuple(dict.fromkeys(chain.from_iterable(self._entries.values())))

    @cached_property
    def _english(self) -> _Mine:
        """The phrases of English, and those of both languages."""
        return self._mine(chinese=False)

    @cached_property
    def _chinese(self) -> _Mine:
        """Those inside a run of Chinese characters."""
        return self._mine(chinese=True)

    def _mine(self, *, chinese: bool) -> _Mine:
        place = {key: i for i, key in enumerate(self.keys)}
        keys = {e: [place[key] for key in keys] for e, keys in self._entries.items() if isinstance(e, str) == chinese}
        return _Mine.of(keys, self._idioms, self._shared, chinese)

    def _hits(self, said: Said, among: np.ndarray | None) -> tuple[Finds, Finds]:
        """Of English and of Chinese: all that stands there, in order. What a language has is not even made ready where nobody speaks it."""
        words = (
            self._english.hits(said, self._shared, None if among is None else among[said.owner]) if len(said.words) else NOTHING
        )
        if not len(said.characters):
            return words, NOTHING
        return words, self._chinese.hits(said, self._shared, None if among is None else among[said.owner[said.run]])

    def find_all(self, said: Said, among: np.ndarray | None = None) -> Found:
        """What ``find`` finds in each text of a batch, or in the chosen ones (a mask)."""
        words, pieces = self._hits(said, among)
        return self._found(said, leftmost(words), leftmost(pieces))

    def find_both(self, said: Said, among: np.ndarray | None = None) -> tuple[Found, Found]:
        """(what ``find_all`` finds, every phrase that stands there, also inside longer ones)"""
        words, pieces = self._hits(said, among)
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
class _Mine:
    """The phrases of a finder in one language, and the keys of each: ``keys`` of phrase i begin at ``first[i]``, ``many[i]`` of them."""

    place: np.ndarray
    """Of each shared phrase: which of these it is, or -1. The first of these stands for all idioms, and has no key."""
    own: Sought
    """Those that are not shared."""
    own_place: np.ndarray
    chinese: bool
    keys: np.ndarray
    first: np.ndarray
    many: np.ndarray

    @classmethod
    def of(cls, keys: Mapping[Phrase, Sequence[int]], idioms: tuple[str, ...], shared: Shared, chinese: bool) -> _Mine:
        entries, known = list(keys), shared.places[chinese]
        shared_place = np.fromiter((known.get(entry, -1) for entry in entries), np.int64, len(entries))
        mine, own = np.flatnonzero(shared_place >= 0), np.flatnonzero(shared_place < 0)
        of_idioms, more = _idioms(idioms, shared, chinese)
        place = of_idioms.copy()
        place[shared_place[mine]] = mine + 1
        many = np.fromiter(chain([0], map(len, keys.values())), np.int64, len(entries) + 1)
        listed = np.fromiter(chain.from_iterable(keys.values()), np.int64, int(many.sum()))
        sought = Sought([*(entries[i] for i in own.tolist()), *more], chinese=chinese)
        return cls(
            place, sought, np.append(own + 1, np.zeros(len(more), np.int64)), chinese, listed, np.cumsum(many) - many, many
        )

    def hits(self, said: Said, shared: Shared, among: np.ndarray | None) -> Finds:
        """All of these that stand in a batch, in order, the longer first; ``among``: at which of its words (or characters)."""
        found = shared.hits(said, self.chinese)
        entry = self.place[found.entry]
        of_shared = np.flatnonzero(entry >= 0 if among is None else (entry >= 0) & among[found.place])
        found = Finds(found.place[of_shared], found.length[of_shared], entry[of_shared])
        own = self.own.hits(said)
        if among is not None:
            own = _chosen(own, among[own.place])
        if not len(own.place):
            return found
        place, length = np.append(found.place, own.place), np.append(found.length, own.length)
        order = np.argsort(place * (int(length.max()) + 1) - length, kind="stable")
        return Finds(place[order], length[order], np.append(found.entry, self.own_place[own.entry])[order])

    def expanded(self, finds: Finds) -> tuple[np.ndarray, np.ndarray]:
        """(how many keys each find has, all these keys in a row)."""
        many = self.many[finds.entry]
        return many, self.keys[ragged(self.first[finds.entry], many)]


def _chosen(finds: Finds, chosen: np.ndarray) -> Finds:
    return Finds(finds.place[chosen], finds.length[chosen], finds.entry[chosen])
