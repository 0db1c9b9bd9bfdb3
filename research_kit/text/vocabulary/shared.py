"""Phrases looked for once in a batch, for all finders that know them: touchpoints, stages, concepts and the themes of each kind have most
of theirs from the same hand-written tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from weakref import WeakKeyDictionary

import numpy as np

from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.matching import Finds, Matcher
from research_kit.text.vocabulary.numbers import codes_of, numbers

Phrase = tuple[str, ...] | str
"""A phrase as it is looked for: English stems (and runs of Chinese among them), or a piece of a run of Chinese characters."""
NOTHING = Finds(*(np.zeros(0, np.int64) for _ in range(3)))


class Sought:
    """Entries of one language, and where they stand in batches."""

    def __init__(self, entries: Sequence[Phrase], *, chinese: bool) -> None:
        self.entries, self._chinese = entries, chinese

    @cached_property
    def _matcher(self) -> Matcher:
        length = np.fromiter(map(len, self.entries), np.int64, len(self.entries))
        tokens = codes_of("".join(map("".join, self.entries))) if self._chinese else numbers([w for e in self.entries for w in e])
        return Matcher(tokens.astype(np.uint64), length)

    def hits(self, said: Said) -> Finds:
        """All entries that stand there, in order, the longer first. The matcher for a language that nobody speaks here is not even made."""
        tokens = said.characters if self._chinese else said.words
        if not len(tokens) or not self.entries:
            return NOTHING
        return self._matcher.hits(tokens, said.run) if self._chinese else self._matcher.hits(tokens, said.owner, said.alike)


class Shared:
    """Entries of both languages; what is found in a batch is remembered as long as the batch is."""

    def __init__(self, entries: Iterable[Phrase], again: Callable[[], Shared]) -> None:
        """``again`` gives these in another process: they need not travel there."""
        self._again = again
        sides: tuple[list[Phrase], list[Phrase]] = ([], [])
        for entry in dict.fromkeys(entries):
            sides[isinstance(entry, str)].append(entry)
        self._sought = Sought(sides[0], chinese=False), Sought(sides[1], chinese=True)
        self.places: tuple[dict[Phrase, int], ...] = tuple({entry: i for i, entry in enumerate(side)} for side in sides)
        """{entry: its position among those of its language}: of English, of Chinese."""
        self._found: tuple[WeakKeyDictionary[Said, Finds], ...] = (WeakKeyDictionary(), WeakKeyDictionary())

    def __reduce__(self) -> tuple[Callable[[], Shared], tuple[()]]:
        return self._again, ()

    def hits(self, said: Said, chinese: bool) -> Finds:
        """All entries of one language that stand in a batch."""
        found = self._found[chinese].get(said)
        if found is None:
            found = self._found[chinese][said] = self._sought[chinese].hits(said)
        return found


@cache
def nothing() -> Shared:
    """No shared phrases: for finders whose words are all their own."""
    return Shared((), nothing)
