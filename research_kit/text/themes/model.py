"""What several people say alike: themes of pains, delights and wishes, each found by a few words and named in words that one of them used.

A theme is either a set of synonyms of ``vocabulary/synonyms.toml`` (so that "waiting time", 等太久 and 等候時間過長 are one) or a key word
of this study (``theme_terms``). The id of a theme is made from its kind and its defining word, never from its place: another run and
another wave find it again.

Learns from mentions with ``text``, ``normal``, ``kind``, ``language`` and ``unit`` (who said it; else ``text_id``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.records import Language, Theme
from research_kit.text import columns
from research_kit.text.themes import alike as theme_alike
from research_kit.text.themes import labels as theme_labels
from research_kit.text.themes.drafts import Draft, drafts, readable, ways
from research_kit.text.themes.finder import ThemeFinder
from research_kit.text.themes.offers import Offers
from research_kit.text.themes.terms import Heard, Table
from research_kit.text.vocabulary import knowledge, said

if TYPE_CHECKING:
    from research_kit.study import ThemeSpec

KINDS = ("pain", "delight", "wish")
SAMPLE = 20_000
ASKED = 3.0
"""Weight of the word of a theme that the study file asks for."""


@dataclass(frozen=True)
class ThemeModel:
    """The themes of a study and how to find them in another mention."""

    themes: tuple[Theme, ...]
    """Definitions: id, label, kind, stage (where the study pins it) and terms; counted by the journey."""
    finders: Mapping[str, ThemeFinder]
    """By kind."""
    target: Mapping[str, str] = field(default_factory=dict)
    """{found theme: theme it is merged into, or "" where it is dismissed}"""
    unknown: tuple[str, ...] = ()
    """Themes that the study file names and these comments do not hold."""
    split: Mapping[str, ThemeFinder] = field(default_factory=dict)
    """Themes that the study file asks for by their own word, by kind: what they find is theirs, whatever else it is part of."""

    def assign(self, mentions: pd.DataFrame) -> pd.Series:
        """The theme id of each mention, by ``normal`` and ``kind``; missing where there is none."""
        place: dict[str, int] = {}
        answers = np.full(len(mentions), -1)
        texts = said.texts_of(mentions)
        words = said.read(texts)
        kinds = mentions["kind"].to_numpy(object, na_value="")
        for kind, finder in [*self.finders.items(), *self.split.items()]:
            mine = kinds == kind
            if mine.any():
                where, found = finder.best(words, texts, mine)
                answers[where] = [
                    place.setdefault(to, len(place)) if (to := self.target.get(theme, theme)) else -1 for theme in found
                ]
        return pd.Series(columns.named(list(place), answers), index=mentions.index, name="theme")

    def pinned(self, themes: pd.Series) -> pd.Series:
        """The stage that the study fixes for each theme id; missing where it fixes none."""
        stages = {theme.id: theme.stage for theme in self.themes if theme.stage}
        keys = tuple(dict.fromkeys(stages.values()))
        place = np.array([*(keys.index(stage) for stage in stages.values()), -1])
        pinned = columns.named(keys, place[columns.codes_of(themes, tuple(stages))])
        return pd.Series(pinned, index=themes.index, name=themes.name)


def learn(mentions: pd.DataFrame, specs: Sequence[ThemeSpec], language: Language, earlier: Sequence[Theme] = ()) -> ThemeModel:
    """Find the themes of these mentions (a sample of them above 20,000), then do what the study file says of them. ``earlier`` themes,
    those of another wave, keep their ids, names and terms; what they do not cover makes new ones. What has no name is no theme: a word
    that people use, but not to say anything together."""
    mentions = _sample(mentions, SAMPLE)
    found, weights = _found(mentions, specs, earlier)
    model = _model(found, weights, specs)
    assigned = model.assign(mentions)
    names = {t.id: t.label for t in theme_labels.named(model.themes, mentions, assigned, specs, language)}
    people = (mentions["unit"] if "unit" in mentions else mentions["text_id"]).groupby(assigned).nunique()
    said_once = set(people.index[people == 1])
    names.update({t.id: "" for t in found if t.id in said_once and t.id not in {*_named(specs), *(e.id for e in earlier)}})
    if not all(names.values()):
        found = [theme for theme in found if names.get(theme.id, "told")]
        model = _model(found, weights, specs)
    given = {spec.id: spec.label for spec in specs}
    if alike := _alike(mentions, model, language):
        weights.update({f"{theme.id}\t{term}": theme_alike.WEIGHT for theme in alike for term in theme.terms})
        model = _model(_with(found, alike), weights, specs)
    silent = [
        t.id for finder in model.split.values() for t in model.themes if t.id in finder.themes and t.id not in set(assigned)
    ]
    return replace(
        model,
        themes=tuple(replace(theme, label=names.get(theme.id) or given.get(theme.id) or theme.label) for theme in model.themes),
        unknown=(*model.unknown, *silent),
    )


def _alike(mentions: pd.DataFrame, model: ThemeModel, language: Language) -> list[Theme]:
    """What several people say in the same words and no theme speaks of."""
    found: list[Theme] = []
    for kind in KINDS:
        told = theme_alike.alike(mentions[mentions["kind"].eq(kind).to_numpy(bool)])
        texts = [one.plain for one in told]
        finders = [finders[kind] for finders in (model.finders, model.split) if kind in finders]
        known = {place for finder in finders for place in finder.best(said.read(texts), texts)[0].tolist()}
        new = [one for place, one in enumerate(told) if place not in known]
        new = new[: theme_alike.MOST]
        found += [Theme(f"{kind}-{one.slug()}", one.label(kind, language), kind, "", terms=one.terms) for one in new]
    return found


def _with(found: Sequence[Theme], further: Sequence[Theme]) -> list[Theme]:
    """Themes with further ones; those of one id are one."""
    known = {theme.id: theme for theme in found}
    for theme in further:
        mine = known.get(theme.id)
        known[theme.id] = replace(mine, terms=tuple(dict.fromkeys((*mine.terms, *theme.terms)))) if mine else theme
    return list(known.values())


def _sample(mentions: pd.DataFrame, size: int) -> pd.DataFrame:
    return mentions if len(mentions) <= size else mentions.sample(size, random_state=0).sort_index()


def formed(mentions: pd.DataFrame, *, size: int) -> ThemeModel:
    """The themes of a sample of so many of these mentions, without names: as ``learn`` where nothing was declared and no wave came before."""
    return _model(*_found(_sample(mentions, size), (), ()), ())


def _found(mentions: pd.DataFrame, specs: Sequence[ThemeSpec], earlier: Sequence[Theme]) -> tuple[list[Theme], dict[str, float]]:
    """(the themes without names, how telling each of their terms is)"""
    found: list[Theme] = []
    weights: dict[str, float] = {}
    known = {theme.id: Theme(theme.id, theme.label, theme.kind, "", terms=theme.terms) for theme in earlier}
    heard, kinds = Heard.of(mentions), mentions["kind"].to_numpy(object, na_value="")
    offered = Offers.of(heard.texts)
    background = Table.of(heard, offered)
    for kind in KINDS:
        mine = kinds == kind
        kept = [Draft(e.id.removeprefix(f"{kind}-"), dict.fromkeys(e.terms, 1.0)) for e in earlier if e.kind == kind]
        chosen = drafts(Table.of(heard.only(mine), offered.only(mine)), background, kind, kept)
        readable(chosen, offered.said)
        chosen += _asked_for(kind, specs, {draft.slug for draft in chosen})
        for draft in chosen:
            theme = known.get(f"{kind}-{draft.slug}") or Theme(f"{kind}-{draft.slug}", "", kind, "", terms=tuple(draft.terms))
            weights.update({f"{theme.id}\t{term}": weight for term, weight in draft.terms.items()})
            found.append(theme)
    return found, weights


def of_wave(folder: Path) -> tuple[Theme, ...]:
    """The themes of an earlier run, from its results folder; none where it has no map."""
    file = folder / "journey.json"
    if not file.is_file():
        return ()
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))["themes"]
        return tuple(
            Theme(t["id"], t["label"], t["kind"], "", terms=tuple(t["terms"]))
            for t in listed
            if t["kind"] in KINDS and t["terms"]
        )
    except (ValueError, KeyError, TypeError):
        raise StudyError(Sentence("study_problems", "like-no-results", folder=folder, file="journey.json")) from None


def _model(found: Sequence[Theme], weights: Mapping[str, float], specs: Sequence[ThemeSpec]) -> ThemeModel:
    """Merge, dismiss and pin as the study file says; build the finders."""
    known = {theme.id: theme for theme in found}
    target: dict[str, str] = {}
    unknown: list[str] = []
    for spec in specs:
        missing = [
            i for i in (spec.id, *spec.merge) if i not in known and not (i == spec.id and any(m in known for m in spec.merge))
        ]
        unknown += missing
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
    asked = {spec.id for spec in specs}
    own = [t for t in found if t.id in asked and all(weights[f"{t.id}\t{term}"] == ASKED for term in t.terms)]
    return ThemeModel(
        kept,
        {kind: ThemeFinder.of([t for t in found if t.kind == kind and t not in own], weights, kind) for kind in KINDS},
        target,
        tuple(unknown),
        {kind: ThemeFinder.of(mine, weights) for kind in KINDS if (mine := [t for t in own if t.kind == kind])},
    )


def _named(specs: Sequence[ThemeSpec]) -> set[str]:
    return {name for spec in specs for name in (spec.id, *spec.merge)}


def _asked_for(kind: str, specs: Sequence[ThemeSpec], known: set[str]) -> list[Draft]:
    """Themes that the study file names by the pattern of our ids and that were not found: looked for by their own words."""
    asked = []
    for spec in specs:
        slug = spec.id.removeprefix(f"{kind}-")
        if slug != spec.id and slug not in known and not spec.merge and not spec.dismiss:
            synonym = slug.replace("-", "_")
            term = f"@{synonym}" if synonym in knowledge.synonyms() else languages.to_simplified(slug.replace("-", " ")).lower()
            asked.append(Draft(slug, dict.fromkeys((term, *ways({term: ASKED}, {})), ASKED)))
    return asked
