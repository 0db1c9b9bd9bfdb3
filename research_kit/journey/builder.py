"""The door of the stage: takes mentions chunk by chunk, keeps what counting needs, and counts at the end.

Of a mention some 50 bytes are kept (who, where, codes, valence); its words are read again from ``Responses.comments`` when a quote needs
them. Parts of the mentions may be counted by others (``kept``) and taken in: the result does not depend on how the mentions were cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from research_kit import labels
from research_kit.journey.crowd import Crowd
from research_kit.journey.curves import curves
from research_kit.journey.funnel import funnel
from research_kit.journey.kept import Kept
from research_kit.journey.lanes import Context, cells
from research_kit.journey.opportunities import draft
from research_kit.journey.themes import count
from research_kit.language import detect
from research_kit.records import (
    EVERYONE,
    LANES,
    Language,
    MapContent,
    MapPersona,
    MapSource,
    Personas,
    Responses,
    Stage,
    StageInfo,
    TextReport,
)
from research_kit.study import described

if TYPE_CHECKING:
    from research_kit.study import Study


class Builder:
    """Gathers mentions and builds the map from them.

    Respondents count, not sentences: one talkative person is one person everywhere but in ``MapSource.mentions`` and ``unassigned``.
    Sources stay apart: counts are given by source, curves per source, and lines are ranked by the mean of the sources' shares, so that
    many reviewers do not outvote few respondents; ``study.pool_sources`` adds people up instead.
    """

    def __init__(self, responses: Responses, personas: Personas, study: Study, language: Language) -> None:
        """``language`` is that of every line written here; quotes and theme labels stay as people wrote them."""
        self._responses, self._personas, self._study, self._language = responses, personas, study, language
        self._kept = Kept([stage.key for stage in study.stages])

    def add(self, mentions: pd.DataFrame) -> None:
        """Count in a chunk of mentions (MENTION_COLUMNS and EVIDENCE_COLUMNS). The chunk is not changed and not kept."""
        self._kept.add(mentions)

    def take(self, kept: Kept) -> None:
        """Count in mentions of which another process kept what counting needs (``journey.kept``)."""
        self._kept.merge(kept)

    def result(self, report: TextReport) -> MapContent:
        """The map of all mentions so far. ``report.themes`` defines the themes that are counted."""
        study, language = self._study, self._language
        rows = self._kept.table()
        crowd = Crowd.of(self._responses, self._personas, pool=study.pool_sources)
        counted = count(rows, self._kept.names, report.themes, crowd)
        names = {stage.key: stage.name(language) for stage in study.stages}
        ideas = draft(counted, crowd, names, language)
        context = Context(rows, self._kept.names, crowd, self._responses, study, language, {t.id: t for t in counted}, ideas)
        return MapContent(
            name=study.heading,
            language=language,
            stages=tuple(StageInfo(s.key, names[s.key], _description(s, language)) for s in study.stages),
            lanes=LANES,
            personas=_heads(self._personas, crowd, language),
            cells=cells(context),
            sources=_sources(rows, crowd),
            curves=curves(rows, crowd, self._responses, list(names), seed=study.seed),
            themes=counted,
            opportunities=ideas,
            funnel=funnel(self._responses.events, list(names)),
            unassigned=_unassigned(rows, crowd),
            flagged=_flagged(rows, crowd),
            types=tuple(study.map),
        )


def _description(stage: Stage, language: Language) -> str:
    """What the study says of a stage, where it says it in the language of the map."""
    text = described(stage, language)
    return text if detect(text, language) == language else ""


def _heads(personas: Personas, crowd: Crowd, language: Language) -> tuple[MapPersona, ...]:
    """Everybody first, then the personas, as a map's header shows them."""
    heads = [MapPersona(EVERYONE, labels.label("terms", EVERYONE, language), n=crowd.people)]
    member = personas.membership
    by_words = member.loc[member["how"].eq("text"), "persona"].value_counts()
    for persona in personas.personas:
        quote = persona.quotes[0].text if persona.quotes else ""
        traits = tuple(trait.text for trait in persona.traits)
        placed = int(by_words.get(persona.id, 0))
        heads.append(
            MapPersona(persona.id, persona.name, persona.n, persona.share, persona.low, persona.high, quote, traits, placed)
        )
    return tuple(heads)


def _sources(rows: pd.DataFrame, crowd: Crowd) -> tuple[MapSource, ...]:
    mentions = crowd.mentions(rows["unit"].to_numpy())
    return tuple(
        MapSource(name, crowd.types[name], crowd.in_source[name], crowd.bases[EVERYONE][name], mentions[name])
        for name in crowd.sources
    )


def _unassigned(rows: pd.DataFrame, crowd: Crowd) -> dict[str, int]:
    """Mentions that say something and fit no stage, per source."""
    judged = rows["valence"].notna() | rows["flagged"].eq(1)
    lost = (rows["stage"] < 0) & judged & rows["says"].eq(1)
    return crowd.mentions(rows["unit"].to_numpy()[lost.to_numpy()])


def _flagged(rows: pd.DataFrame, crowd: Crowd) -> tuple[str, ...]:
    """The praise that was set aside, for somebody to read."""
    some = rows[rows["flagged"] == 1]
    return crowd.ids(some["text_id"].to_numpy(), some["mention"].to_numpy())
