"""What each mention offers to become a theme: candidate terms, and sets of synonyms with the words that were used. Found for all mentions at
once, as flat arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from research_kit.text.vocabulary import knowledge, stopwords
from research_kit.text.vocabulary import said as batches
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.numbers import distinct, joined, ragged
from research_kit.text.vocabulary.words import HAN, tokens

FEWEST_PEOPLE, FEWEST_KNOWN = 3, 2
"""Mentions that make a word a term, and a set of synonyms."""
DOMINATED = 0.7
"""A set of synonyms that is one single word in this share of its mentions stands or falls with that word (see ``synonyms``)."""


@dataclass(frozen=True)
class Offers:
    """Terms that at least three mentions offer, and synonyms. Arrays of one length each; ``row`` is a mention's position."""

    sizes: np.ndarray
    """Words of each mention."""
    names: tuple[str, ...]
    """The terms, in order."""
    term: np.ndarray
    row: np.ndarray
    """Which terms occur where: sorted by term, then row."""
    word: np.ndarray
    word_row: np.ndarray
    """Words of synonyms (positions in the keys of ``knowledge.synonym_finder``), each once a row; sorted by row."""
    said: Said
    texts: Sequence[str]
    """All mentions that were read."""
    place: np.ndarray
    """Of each of those: its position among the chosen ones, or -1."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Offers:
        """Of normalised texts."""
        said = batches.read(texts)
        names, term, row = _terms(said)
        found = knowledge.synonym_finder().find_all(said).once()
        sizes = np.bincount(said.owner, minlength=len(texts))
        return cls(sizes, names, term, row, found.key, found.text, said, texts, np.arange(len(texts)))

    def only(self, chosen: np.ndarray) -> Offers:
        """Of the chosen mentions (a mask)."""
        place = np.where(chosen, np.cumsum(chosen) - 1, -1)
        terms, words = chosen[self.row], chosen[self.word_row]
        return Offers(
            self.sizes[chosen],
            self.names,
            self.term[terms],
            place[self.row[terms]],
            self.word[words],
            place[self.word_row[words]],
            self.said,
            self.texts,
            place,
        )

    def places(self) -> Iterator[tuple[str, np.ndarray]]:
        """(term, rows) of each term that enough of these mentions offer, in order."""
        many = np.bincount(self.term, minlength=len(self.names))
        ends = np.cumsum(many)
        for i in np.flatnonzero(many >= FEWEST_PEOPLE).tolist():
            yield self.names[i], self.row[ends[i] - many[i] : ends[i]]

    def counted(self, rows: np.ndarray, fewest: int) -> Iterator[tuple[str, int]]:
        """(term, in how many of these mentions) of each term that at least so many of them offer, in order."""
        order, ends = self._by_row
        many = np.bincount(self.term[order[ragged(ends[rows], ends[rows + 1] - ends[rows])]], minlength=len(self.names))
        for i in np.flatnonzero(many >= fewest).tolist():
            yield self.names[i], int(many[i])

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.row, kind="stable")
        return order, np.searchsorted(self.row[order], np.arange(len(self.sizes) + 1))

    def synonyms(self) -> dict[str, np.ndarray]:
        """{"@key": rows}. A set that is nearly always one word, and not one of its two plainest, means something else here ("table" in a data
        tool) and is left to its words."""
        known, sets, set_of = _sets()
        of_word = set_of[self.word]
        pairs, first, many = np.unique(of_word * len(self.sizes) + self.word_row, return_index=True, return_counts=True)
        alone = np.bincount(self.word[first[many == 1]], minlength=len(known))
        words: dict[str, list[tuple[int, str]]] = {}
        for i in np.flatnonzero(alone).tolist():
            words.setdefault(known[i][0], []).append((int(alone[i]), known[i][1]))
        met, first = np.unique(pairs // len(self.sizes), return_index=True)
        told = np.split(pairs % len(self.sizes), first[1:]) if len(pairs) else []
        found = {sets[i]: rows for i, rows in zip(met.tolist(), told, strict=True)}
        kept = {}
        for key, rows in found.items():
            if key.startswith("_"):
                continue
            n, word = max(words.get(key, ()), default=(0, ""))
            if word in knowledge.synonyms()[key][:2] or " " in word or HAN.search(word) or n < DOMINATED * len(rows):
                kept[f"@{key}"] = rows
        for key, ways in knowledge.both().items():
            said = [np.intersect1d(found[a], found[b], assume_unique=True) for a, b in ways if a in found and b in found]
            if said:
                rows = np.unique(np.concatenate([kept.get(f"@{key}", np.zeros(0, np.int64)), *said]))
                if len(rows):
                    kept[f"@{key}"] = rows
        return kept


@cache
def _sets() -> tuple[list[list[str]], list[str], np.ndarray]:
    """(set and word of each key of ``knowledge.synonym_finder``, the sets, the position of each key's set)"""
    known = [key.split("\t") for key in knowledge.synonym_finder().keys]
    place = {key: i for i, key in enumerate(dict.fromkeys(key for key, _ in known))}
    return known, list(place), np.array([place[key] for key, _ in known], np.int64)


def candidates(text: str) -> list[str]:
    """Terms that a normalised text offers, synonyms apart."""
    found: dict[str, None] = {}
    run: list[str] = []
    for token in [*tokens(text), ""]:
        if token and not HAN.match(token) and _tells(token):
            run.append(token)
            continue
        for size in (1, 2, 3):
            found.update(dict.fromkeys(" ".join(run[i : i + size]) for i in range(len(run) - size + 1)))
        run = []
        if token and HAN.match(token):
            for piece in stopwords.bare(token):
                found.update(dict.fromkeys(piece[i : i + n] for n in (2, 3, 4) for i in range(len(piece) - n + 1)))
    return list(found)


def _tells(word: str) -> bool:
    """Whether a stem may be part of a term."""
    return word not in stopwords.ENGLISH and len(word) > 1 and not word.isdigit() and len(set(word)) > 1


def _terms(said: Said) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """(terms that enough texts offer, in order; which of them stand where; in which text): ``candidates`` of a whole batch."""
    alike, words = said.alike
    often = np.bincount(alike[said.latin], minlength=len(words)) >= FEWEST_PEOPLE  # no other makes a term, or is part of one
    stems = dict(zip(words[often].tolist(), batches.spelled(words[often]), strict=True))
    often[often] = [_tells(stem) for stem in stems.values()]
    run, found = np.where(said.latin & often[alike], said.owner, -1), []
    pieces = stopwords.pieces(said)
    for size in (1, 2, 3):
        at = _starts(run, size)
        found.append((size, at, joined([said.words[at + i] for i in range(size)], size), said.owner[at]))
    for size in (2, 3, 4):
        at = _starts(pieces, size)
        found.append((-size, at, joined([said.characters[at + i] for i in range(size)], 9), said.owner[said.run[at]]))
    number, text = (np.concatenate([part[i] for part in found]) for i in (2, 3))
    which, first = distinct(number)
    pairs = np.sort(which * (said.texts + 1) + text)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    term, row = np.divmod(pairs, said.texts + 1)
    lasting = np.flatnonzero(np.bincount(term, minlength=len(first)) >= FEWEST_PEOPLE)
    size, at = (
        np.concatenate([np.full(len(part[1]), part[0]) for part in found])[first[lasting]],
        np.concatenate([part[1] for part in found]),
    )
    names = [_name(said, stems, n, place) for n, place in zip(size.tolist(), at[first[lasting]].tolist(), strict=True)]
    order = sorted(range(len(names)), key=names.__getitem__)
    position = np.full(len(first), -1)
    position[lasting[order]] = np.arange(len(order))
    term = position[term]
    kept = np.flatnonzero(term >= 0)
    kept = kept[np.argsort(term[kept], kind="stable")]
    return tuple(names[i] for i in order), term[kept], row[kept]


def _starts(run: np.ndarray, size: int) -> np.ndarray:
    """Where so many items in a row belong to one run; -1 is none."""
    last = max(len(run) - size + 1, 0)
    inside = run[:last] >= 0
    for step in range(1, size):
        inside &= run[step : last + step] == run[:last]
    return np.flatnonzero(inside)


def _name(said: Said, stems: dict[int, str], size: int, place: int) -> str:
    if size > 0:
        return " ".join(stems[word] for word in said.words[place : place + size].tolist())
    return "".join(map(chr, said.characters[place : place - size].tolist()))
