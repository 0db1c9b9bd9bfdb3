"""What several people say alike: themes of pains, delights and wishes, each found by a few words and named in words that one of them used.

A theme is either a set of synonyms of ``vocabulary/synonyms.toml`` (so that "waiting time", 等太久 and 等候時間過長 are one) or a key word
of this study (``theme_terms``). The id of a theme is made from its kind and its defining word, never from its place: another run and
another wave find it again.

Learns from mentions with ``text``, ``normal``, ``kind``, ``language`` and ``unit`` (who said it; else ``text_id``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text import theme_labels
from research_kit.text.theme_terms import Draft, Offers, Table, drafts, readable
from research_kit.text.vocabulary import knowledge, said
from research_kit.text.vocabulary.flat import Said
from research_kit.text.vocabulary.words import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from research_kit.study import ThemeSpec

KINDS = ("pain", "delight", "wish")
SAMPLE = 20_000


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
        answers = np.full(len(mentions), None, object)
        words = said.read(mentions["normal"].astype(str))
        kinds = mentions["kind"].to_numpy(object, na_value="")
        for kind, finder in self.finders.items():
            mine = kinds == kind
            if mine.any():
                self._best(finder, words.only(mine), answers)
        return pd.Series(pd.array(answers, dtype="str"), index=mentions.index, name="theme")

    def pinned(self, themes: pd.Series) -> pd.Series:
        """The stage that the study fixes for each theme id; missing where it fixes none."""
        stages = {theme.id: theme.stage for theme in self.themes if theme.stage}
        return themes.map(stages).astype("str")

    def _best(self, finder: Finder, words: Said, answers: np.ndarray) -> None:
        """Writes the theme that most speaks for, the first of equals, into ``answers``, by text."""
        found = finder.find_all(words).once()
        names = [key.split("\t", 1)[0] for key in finder.keys]
        known = {name: i for i, name in enumerate(dict.fromkeys(names))}
        theme = np.array([known[name] for name in names], np.int64)[found.key]
        weight = np.array([self.weights.get(key, 1.0) for key in finder.keys])[found.key]
        pairs, first, which = np.unique(found.text * (len(known) + 1) + theme, return_index=True, return_inverse=True)
        score = np.bincount(which, weight * (1 + 0.2 * (found.weight - 1)), len(pairs))
        order = np.lexsort((first, -score, found.text[first]))
        texts, best = np.unique(found.text[first][order], return_index=True)
        shown = np.array([self.target.get(name, name) or None for name in known], object)
        answers[texts] = shown[theme[first][order][best]]


def learn(mentions: pd.DataFrame, specs: Sequence[ThemeSpec], language: Language) -> ThemeModel:
    """Find the themes of these mentions (a sample of them above 20,000), then do what the study file says of them."""
    if len(mentions) > SAMPLE:
        mentions = mentions.sample(SAMPLE, random_state=0).sort_index()
    found: list[Theme] = []
    weights: dict[str, float] = {}
    offered = Offers.of(mentions["normal"].astype(str).tolist())
    background = Table.of(mentions, offered)
    written = set(re.findall(r"[a-z]+", " ".join(mentions["normal"].astype(str))))
    for kind in KINDS:
        mine = mentions["kind"].eq(kind).to_numpy(bool)
        chosen = drafts(Table.of(mentions[mine], offered.only(mine)), background)
        readable(chosen, written)
        chosen += _asked_for(kind, specs, {draft.slug for draft in chosen})
        for draft in chosen:
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
            words = knowledge.synonyms()[term[1:]] if term.startswith("@") else (term,)
            for word in words:
                phrases.setdefault(word.lower(), []).append(f"{theme.id}\t{term}")
    return Finder(phrases, knowledge.idioms())


def _asked_for(kind: str, specs: Sequence[ThemeSpec], known: set[str]) -> list[Draft]:
    """Themes that the study file names by the pattern of our ids and that were not found: looked for by their own words."""
    asked = []
    for spec in specs:
        slug = spec.id.removeprefix(f"{kind}-")
        if slug != spec.id and slug not in known and not spec.merge and not spec.dismiss:
            synonym = slug.replace("-", "_")
            term = f"@{synonym}" if synonym in knowledge.synonyms() else languages.to_simplified(slug.replace("-", " ")).lower()
            asked.append(Draft(slug, {term: 3.0}))
    return asked
