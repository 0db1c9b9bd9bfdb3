"""What several people say alike: themes of pains, delights and wishes, each found by a few words and named in words that one of them used.

A theme is either a concept of ``vocabulary/concepts.toml`` (so that "waiting time", 等太久 and 等候時間過長 are one) or a key word of this
study; key words are chosen greedily, each time the one that says most of what is not yet covered (people x how telling it is), and
words that go together become one theme. The id of a theme is made from its kind and its defining word, never from its place: another
run and another wave find it again.

Learns from mentions with ``text``, ``normal``, ``kind``, ``language`` and ``unit`` (who said it; else ``text_id``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text import theme_labels
from research_kit.text.vocabulary import knowledge, stopwords
from research_kit.text.vocabulary.words import Finder, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from research_kit.study import ThemeSpec

KINDS = ("pain", "delight", "wish")
MOST = 40
"""Themes of one kind at most: more than anybody reads."""
FEWEST_PEOPLE = 3
SAMPLE = 20_000
TOGETHER = 0.6
"""A key word that occurs with an earlier theme in this share of its mentions belongs to it."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True)
class ThemeModel:
    """The themes of a study and how to find them in another mention."""

    themes: tuple[Theme, ...]
    """Definitions: id, label, kind, stage (where the study pins it) and terms; counted by the journey."""
    finders: Mapping[str, Finder]
    """By kind."""
    weights: Mapping[str, float]
    """How telling each term is."""
    target: Mapping[str, str] = field(default_factory=dict)
    """{found theme: theme it is merged into, or "" where it is dismissed}"""
    notes: tuple[str, ...] = ()
    """What the study file says of themes that this study does not have."""

    def assign(self, mentions: pd.DataFrame) -> pd.Series:
        """The theme id of each mention, by ``normal`` and ``kind``; missing where there is none."""
        answers: list[str | None] = []
        for text, kind in zip(mentions["normal"].astype(str), mentions["kind"].astype(str), strict=True):
            finder = self.finders.get(kind)
            answers.append(self._best(finder, text) if finder else None)
        return pd.Series(pd.array(answers, dtype="str"), index=mentions.index, name="theme")

    def pinned(self, themes: pd.Series) -> pd.Series:
        """The stage that the study fixes for each theme id; missing where it fixes none."""
        stages = {theme.id: theme.stage for theme in self.themes if theme.stage}
        return themes.map(stages).astype("str")

    def _best(self, finder: Finder, text: str) -> str | None:
        scores: dict[str, float] = {}
        for (theme, term), length in dict.fromkeys((tuple(key.split("\t", 1)), length) for key, length in finder.find(text)):
            scores[theme] = scores.get(theme, 0.0) + self.weights.get(f"{theme}\t{term}", 1.0) * (1 + 0.2 * (length - 1))
        if not scores:
            return None
        best = max(scores, key=lambda theme: scores[theme])
        return self.target.get(best, best) or None


def learn(mentions: pd.DataFrame, specs: Sequence[ThemeSpec], language: Language) -> ThemeModel:
    """Find the themes of these mentions (a sample of them above 20,000), then do what the study file says of them."""
    if len(mentions) > SAMPLE:
        mentions = mentions.sample(SAMPLE, random_state=0).sort_index()
    found: list[Theme] = []
    weights: dict[str, float] = {}
    background = _Table.of(mentions)
    for kind in KINDS:
        rows = mentions[mentions["kind"].eq(kind)]
        drafts = _drafts(_Table.of(rows), background)
        drafts += _asked_for(kind, specs, {draft.slug for draft in drafts})
        for draft in drafts:
            theme = Theme(f"{kind}-{draft.slug}", "", kind, "", terms=tuple(draft.terms))
            weights.update({f"{theme.id}\t{term}": weight for term, weight in draft.terms.items()})
            found.append(theme)
    model = _model(found, weights, specs)
    return replace(model, themes=theme_labels.named(model.themes, mentions, model.assign(mentions), specs, language))


def _model(found: Sequence[Theme], weights: Mapping[str, float], specs: Sequence[ThemeSpec]) -> ThemeModel:
    """Merge, dismiss and pin as the study file says; build the finders."""
    known = {theme.id: theme for theme in found}
    target: dict[str, str] = {}
    notes: list[str] = []
    for spec in specs:
        missing = [
            i for i in (spec.id, *spec.merge) if i not in known and not (i == spec.id and any(m in known for m in spec.merge))
        ]
        notes += [f"The study file names theme {name!r}, which these comments do not hold." for name in missing]
        if spec.id not in known and any(m in known for m in spec.merge):
            first = next(known[m] for m in spec.merge if m in known)
            known[spec.id] = replace(first, id=spec.id, terms=())
        for other in spec.merge:
            if other in known and other != spec.id:
                target[other] = spec.id
                known[spec.id] = replace(known[spec.id], terms=(*known[spec.id].terms, *known[other].terms))
        if spec.dismiss:
            target[spec.id] = ""
        if spec.stage and spec.id in known:
            known[spec.id] = replace(known[spec.id], stage=spec.stage)
    kept = tuple(theme for key, theme in known.items() if key not in target)
    return ThemeModel(
        kept, {kind: _finder([t for t in found if t.kind == kind]) for kind in KINDS}, weights, target, tuple(notes)
    )


def _finder(themes: Iterable[Theme]) -> Finder:
    phrases: dict[str, list[str]] = {}
    for theme in themes:
        for term in theme.terms:
            words = knowledge.concepts()[term[1:]].words if term.startswith("@") else (term,)
            for word in words:
                phrases.setdefault(word.lower(), []).append(f"{theme.id}\t{term}")
    return Finder(phrases)


# ---------------------------------------------------------------- which words make a theme


@dataclass
class _Draft:
    """A theme in the making: its defining word and the words that belong to it, with weights."""

    slug: str
    terms: dict[str, float]


@dataclass
class _Table:
    """Which candidate terms occur in which mentions, and who said them."""

    terms: list[str]
    rows: dict[str, np.ndarray]
    units: np.ndarray

    @classmethod
    def of(cls, mentions: pd.DataFrame) -> _Table:
        """All candidate terms of these mentions: concepts ("@waiting") and key words."""
        places: dict[str, list[int]] = {}
        finder = knowledge.concept_finder()
        for row, text in enumerate(mentions["normal"].astype(str)):
            for term in candidates(text):
                places.setdefault(term, []).append(row)
            for key in dict.fromkeys(key for key, _ in finder.find(text)):
                places.setdefault(f"@{key}", []).append(row)
        units = mentions["unit"] if "unit" in mentions else mentions["text_id"]
        rows = {term: np.array(found) for term, found in places.items() if len(found) >= FEWEST_PEOPLE}
        return cls(sorted(rows), rows, units.to_numpy())

    def people(self, term: str) -> int:
        """How many people used the term."""
        return len(np.unique(self.units[self.rows[term]])) if term in self.rows else 0


def candidates(text: str) -> list[str]:
    """Key words that a normalised text offers: stems, pairs and threes of them, and pieces of Chinese."""
    found: dict[str, None] = {}
    run: list[str] = []
    for token in [*tokens(text), ""]:
        if token and not _HAN.match(token) and token not in stopwords.ENGLISH and len(token) > 1 and not token.isdigit():
            run.append(token)
            continue
        for size in (1, 2, 3):
            found.update(dict.fromkeys(" ".join(run[i : i + size]) for i in range(len(run) - size + 1)))
        run = []
        if token and _HAN.match(token):
            for piece in stopwords.bare(token):
                found.update(dict.fromkeys(piece[i : i + n] for n in (2, 3, 4) for i in range(len(piece) - n + 1)))
    return list(found)


def _drafts(table: _Table, background: _Table) -> list[_Draft]:
    """Greedy cover of the mentions of one kind by telling terms."""
    people = max(1, len(np.unique(table.units)))
    fewest = max(FEWEST_PEOPLE, math.ceil(0.004 * people))
    telling = {}
    for term in table.terms:
        reach = table.people(term)
        if reach >= fewest:
            telling[term] = _telling(term, reach / people, background.people(term) / max(1, len(np.unique(background.units))))
    covered = np.zeros(len(table.units), dtype=bool)
    drafts: list[_Draft] = []
    owner = np.full(len(table.units), -1)
    open_terms = dict(telling)
    while open_terms and len(drafts) < MOST:
        best, gain = _best_term(table, open_terms, covered)
        if best is None or gain < fewest * 0.8:
            break
        rows = table.rows[best]
        owners = Counter(owner[rows][owner[rows] >= 0].tolist())
        home, shared = owners.most_common(1)[0] if owners else (-1, 0)
        if home >= 0 and shared / len(rows) >= TOGETHER:
            drafts[home].terms[best] = open_terms[best] * 0.8
        else:
            home = len(drafts)
            drafts.append(_Draft(_slug(best), {best: open_terms[best]}))
        fresh = rows[~covered[rows]]
        owner[fresh] = home
        covered[fresh] = True
        del open_terms[best]
    return drafts


def _telling(term: str, share: float, background: float) -> float:
    """How telling a term is: rare enough to be a topic, and at home in this kind of mention more than in all; phrases and concepts more so."""
    rarity = min(1.0, -math.log(max(share, 1e-6)) / 3.0)
    lift = min(2.0, share / background) if background else 1.0
    form = (
        1.25
        if term.startswith("@")
        else 1.0 + 0.3 * min(2, term.count(" ")) + (0.15 if _HAN.match(term) and len(term) > 2 else 0.0)
    )
    return rarity * (0.5 + 0.5 * lift) * form


def _best_term(table: _Table, terms: Mapping[str, float], covered: np.ndarray) -> tuple[str | None, float]:
    best, most = None, 0.0
    for term, telling in terms.items():
        rows = table.rows[term]
        fresh = rows[~covered[rows]]
        if len(fresh) * telling <= most:
            continue
        gain = len(np.unique(table.units[fresh])) * telling
        if gain > most:
            best, most = term, gain
    return best, most


def _slug(term: str) -> str:
    return term.removeprefix("@").replace("_", "-").replace(" ", "-")


def _asked_for(kind: str, specs: Sequence[ThemeSpec], known: set[str]) -> list[_Draft]:
    """Themes that the study file names by the pattern of our ids and that were not found: looked for by their own words."""
    drafts = []
    for spec in specs:
        slug = spec.id.removeprefix(f"{kind}-")
        if slug != spec.id and slug not in known and not spec.merge and not spec.dismiss:
            concept = slug.replace("-", "_")
            term = f"@{concept}" if concept in knowledge.concepts() else languages.to_simplified(slug.replace("-", " ")).lower()
            drafts.append(_Draft(slug, {term: 3.0}))
    return drafts
