"""The one place that loads spaCy: a blank English tokenizer, always; a trained pipeline, when the researcher installed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from research_kit.text.vocabulary.numbers import Chunks, ragged

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

_MARKS = ',.!?;:"'
"""Marks at the end of a word are dropped: they are read apart."""
_PLAIN, _JOINTS = re.compile(r"""(["(]?)([a-z]+(?:[-/][a-z]+)*)(\)?)([.,!?;]?)"""), re.compile("([-/])")
LONGEST = 100
"""Letters of a word that spaCy sees: what is longer is no word, and cutting a long run of marks would take it quadratic time."""
REMEMBERED = 200_000
"""Distinct words whose tokens are kept in mind from batch to batch."""
TRAINED = {"en": ("en_core_web_md", "en_core_web_sm"), "zh": ("zh_core_web_md", "zh_core_web_sm")}


@cache
def english() -> Pipeline:
    """spaCy's English tokenizer, with its exceptions and norms (n't -> not, gonna -> going to) and nothing else."""
    import spacy
    from spacy.attrs import NORM  # type: ignore[import-not-found]

    made = spacy.blank("en")
    vocabulary: Any = made.vocab
    # What else it would note of each new word (its shape, whether it looks like an address ...) is not asked for.
    vocabulary.lex_attr_getters = {NORM: vocabulary.lex_attr_getters[NORM]}
    return made


@cache
def trained(language: str) -> Pipeline | None:
    """The researcher's trained pipeline for "en" or "zh" when one is installed, else None. Nothing is ever downloaded."""
    import spacy

    for name in TRAINED.get(language, ()):
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    return None


def norm(word: str) -> int:
    """The number by which ``tokens`` knows this word."""
    return int(english().vocab.strings.add(word.lower()))


def tokens(parts: Chunks) -> tuple[np.ndarray, np.ndarray]:
    """Every English token of every text: (norm as a number, text it belongs to).

    spaCy cuts what stands between blanks, whatever stands around it, so each distinct word is shown to it once.
    """
    found = _tokens_of(parts.distinct)
    many = np.fromiter(map(len, found), np.int64, len(found))
    norms = np.fromiter(chain.from_iterable(found), np.uint64, int(many.sum()))
    first = np.cumsum(many) - many
    each = many[parts.which]
    return norms[ragged(first[parts.which], each)], np.repeat(parts.text, each)


_known: dict[str, tuple[int, ...]] = {}


def _tokens_of(words: Sequence[str]) -> list[tuple[int, ...]]:
    """The tokens' norms of each word, as numbers."""
    if len(_known) > REMEMBERED:
        _known.clear()
    from spacy.attrs import NORM

    vocabulary: Any = english().vocab
    number_of, norm_of, exceptions = vocabulary.strings.add, vocabulary.lex_attr_getters[NORM], _exceptions()
    odd: list[tuple[str, str]] = []
    for word in words:
        if word in _known:
            continue
        bare = _bare(word[:LONGEST])
        if bare.isascii() and (bare.isalpha() or bare.isdigit()) and bare not in exceptions:  # one token
            _known[word] = (number_of(bare.lower()),)
        elif parts := _plainly(bare, exceptions):
            _known[word] = tuple(number_of(part if part.isalpha() else norm_of(part)) for part in parts)
        else:
            odd.append((word, bare))
    _known.update(zip((word for word, _ in odd), _cut([bare for _, bare in odd]), strict=True))
    return [_known[word] for word in words]


def _plainly(word: str, exceptions: frozenset[str]) -> list[str]:
    """The tokens of a word that spaCy cuts at each mark: "(so", "seat/bed)", "check-in". Nothing for any other."""
    found = _PLAIN.fullmatch(word)
    if found is None:
        return []
    opens, letters, closes, ends = found.groups()
    parts = [letters] if letters.isalpha() else _JOINTS.split(letters)
    known = word in exceptions or letters in exceptions or not exceptions.isdisjoint(parts)
    return [] if known else [part for part in (opens, *parts, closes, ends) if part]


def _bare(word: str) -> str:
    """A word without the marks at its end, unless they stand after other signs (":-)")."""
    bare = word.rstrip(_MARKS)
    return bare if bare[-1:].isalnum() else word


@cache
def _exceptions() -> frozenset[str]:
    tokenizer: Any = english().tokenizer
    return frozenset(tokenizer.rules)


def _cut(words: Sequence[str]) -> list[tuple[int, ...]]:
    """The norms of the tokens in each word. One long document costs far less than many short ones: a line break parts the words."""
    from spacy.attrs import NORM

    line = english().vocab.strings.add("\n ")
    table = english().tokenizer(" \n ".join(words) + " ").to_array([NORM])
    ends = [-1, *np.flatnonzero(table == line).tolist(), len(table)]
    norms = table.tolist()
    return [tuple(norms[a + 1 : b]) for a, b in pairwise(ends)] if words else []
