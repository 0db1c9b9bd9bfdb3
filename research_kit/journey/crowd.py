"""Who the people are: their source and persona, how many commented, and how to count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from research_kit.records import EVERYONE, Claim, Personas, Responses
from research_kit.statistics import wilson

EVIDENCE = 100
"""Evidence ids that a claim or a cell carries at most; its n is the true count, and a theme carries all."""


@dataclass(frozen=True)
class Crowd:
    """The people who take part."""

    sources: tuple[str, ...]
    types: Mapping[str, str]
    personas: tuple[str, ...]
    """EVERYONE first."""
    people: int
    in_source: Mapping[str, int]
    bases: Mapping[str, Mapping[str, int]]
    """{persona: {source: people of this persona who commented at all}}"""
    pool: bool
    rating: np.ndarray
    """Each person's own overall rating, 0..1 (mean of their comments'), or NaN."""
    comment_ids: pd.Series
    """The id of each comment, by its index."""
    texts: pd.Series
    _source: np.ndarray
    _persona: np.ndarray

    @classmethod
    def of(cls, responses: Responses, personas: Personas, *, pool: bool) -> Crowd:
        """The people of a study with their personas."""
        people, comments = responses.respondents, responses.comments
        included = responses.included().to_numpy(dtype=bool)
        sources = tuple(dict.fromkeys(people["source"].astype(str)))
        source = people["source"].map({name: i for i, name in enumerate(sources)}).to_numpy()
        ids = tuple(persona.id for persona in personas.personas)
        members = personas.membership["persona"].reindex(people.index) if len(personas.membership) else people["source"].map({})
        persona = members.map({name: i for i, name in enumerate(ids)}).fillna(-1).to_numpy().astype(int)
        types = {export.source: export.type for export in responses.exports}
        spoke = np.unique(comments["unit"].to_numpy(dtype=int)) if len(comments) else np.zeros(0, dtype=int)
        rating = comments.groupby("unit")["rating"].mean().reindex(range(len(people))).to_numpy(dtype=float)
        bases = {key: _by(source[spoke if key == EVERYONE else spoke[persona[spoke] == code]], sources)
                 for code, key in [(-1, EVERYONE), *enumerate(ids)]}  # fmt: skip
        return cls(
            sources=sources,
            types={name: types.get(name, "survey") for name in sources},
            personas=(EVERYONE, *ids),
            people=int(included.sum()),
            in_source=_by(source[included], sources),
            bases=bases,
            pool=pool,
            rating=rating,
            comment_ids=comments["comment"],
            texts=comments["text"],
            _source=source,
            _persona=persona,
        )

    def mentions(self, units: np.ndarray) -> dict[str, int]:
        """Mentions by these people (repeats count), by source."""
        return _by(self._source[units], self.sources)

    def source_code(self, units: np.ndarray) -> np.ndarray:
        """Position of each person's source in ``sources``."""
        return np.asarray(self._source[units])

    def belongs(self, units: np.ndarray, persona: str) -> np.ndarray:
        """Whether each person is of this persona (everybody is of EVERYONE)."""
        if persona == EVERYONE:
            return np.ones(len(units), dtype=bool)
        return np.asarray(self._persona[units] == self.personas.index(persona) - 1)

    def base(self, persona: str) -> int:
        """People of this persona who commented at all, all sources."""
        return sum(self.bases[persona].values())

    def by_source(self, units: np.ndarray) -> dict[str, int]:
        """Distinct people per source, sources without any left out."""
        counts = _by(self._source[np.unique(units)], self.sources)
        return {name: n for name, n in counts.items() if n}

    def reach(self, counts: Mapping[str, int], persona: str) -> float:
        """The share of people (given by source) to rank by: the mean of the sources' shares, or the pooled share where the study pools."""
        bases = self.bases[persona]
        if self.pool:
            return sum(counts.values()) / max(1, self.base(persona))
        shares = [counts.get(name, 0) / bases[name] for name in self.sources if bases[name]]
        return sum(shares) / len(shares) if shares else 0.0

    def claim(self, units: np.ndarray, evidence: tuple[str, ...], persona: str, *, theme: str, valence: float | None) -> Claim:
        """The evidence behind a line that these people (repeats allowed) stand for."""
        counts = self.by_source(units)
        n, base = sum(counts.values()), self.base(persona)
        low, high = wilson(n, base)
        return Claim(n, low, high, base, counts, theme, valence, evidence[:EVIDENCE])

    def ids(self, text_ids: np.ndarray, mentions: np.ndarray) -> tuple[str, ...]:
        """Mention ids."""
        comments = self.comment_ids.take(text_ids).tolist()
        return tuple(f"{comment}-{m + 1}" for comment, m in zip(comments, mentions.tolist(), strict=True))


def _by(codes: np.ndarray, sources: tuple[str, ...]) -> dict[str, int]:
    counts = np.bincount(codes, minlength=len(sources))
    return {name: int(n) for name, n in zip(sources, counts, strict=True)}
