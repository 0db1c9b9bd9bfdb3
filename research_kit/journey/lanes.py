"""The cells of the map: for each persona, stage and lane the lines and the evidence behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from research_kit import labels
from research_kit.journey.actions import keys as action_keys
from research_kit.journey.actions import of as by_action
from research_kit.journey.closed import answers as closed_answers
from research_kit.journey.crowd import EVIDENCE, Crowd
from research_kit.journey.quotes import balanced
from research_kit.records import LANES, Cell, Claim, Language, Opportunity, Responses, Term, Theme
from research_kit.statistics import wilson
from research_kit.study import Study

LINES = {
    "goals": 4, "actions": 5, "touchpoints": 5, "channels": 4, "emotions": 3, "pain_points": 5, "delights": 5, "opportunities": 3, "quotes": 3,
}  # fmt: skip
"""Lines of a cell; the lists of the workbook hold all."""
HERE = 0.2
"""Share of a theme's people who speak of it at a stage from which it is shown there, besides at its own."""


@dataclass(frozen=True)
class Line:
    """One line of a cell before it is written: its words, the people behind it, where they say so."""

    text: str
    claim: Claim
    units: np.ndarray
    key: str = ""


@dataclass(frozen=True)
class Context:
    """All that the lanes are drawn from."""

    rows: pd.DataFrame
    names: Mapping[str, Sequence[str]]
    """The words behind the codes of the columns of ``rows``."""
    crowd: Crowd
    responses: Responses
    study: Study
    language: Language
    themes: Mapping[str, Theme]
    opportunities: Sequence[Opportunity]

    @cached_property
    def action_shares(self) -> tuple[dict[int, np.ndarray], np.ndarray]:
        """The share of mentions that tell of each action: {stage: shares}, and at all stages together."""
        stage, told = self.rows["stage"].to_numpy(), self.rows["actions"].to_numpy()
        bits = 1 << np.arange(len(action_keys()))

        def shares(rows: np.ndarray) -> np.ndarray:
            return np.array([((told[rows] & bit) > 0).mean() if rows.any() else np.nan for bit in bits])

        return {code: shares(stage == code) for code in range(len(self.study.stages))}, shares(stage >= 0)


Lane = Callable[[Context, str, str, pd.DataFrame], list[Line]]
"""(context, persona, stage key, the mentions of that persona at that stage) -> lines, the first first."""


def cells(context: Context) -> tuple[Cell, ...]:
    """Every cell that has a line, persona by persona, stage by stage, lane by lane."""
    rows, crowd = context.rows, context.crowd
    at = rows["stage"].to_numpy()
    made: list[Cell] = []
    for persona in crowd.personas:
        theirs = crowd.belongs(rows["unit"].to_numpy(), persona)
        for code, stage in enumerate(context.study.stages):
            mine = rows[theirs & (at == code)]  # no more than one cell's mentions stand there twice
            for lane in LANES:
                lines = _LANES[lane](context, persona, stage.key, mine)[: LINES.get(lane)]
                if lines:
                    made.append(_cell(context, persona, stage.key, lane, lines))
    return tuple(made)


def _cell(context: Context, persona: str, stage: str, lane: str, lines: Sequence[Line]) -> Cell:
    units = np.concatenate([line.units for line in lines])
    n, base = len(np.unique(units)), context.crowd.base(persona)
    asked = max((line.claim.base for line in lines), default=base)
    low, high = wilson(min(n, max(base, asked)), max(base, asked))
    evidence = dict.fromkeys(e for line in lines for e in line.claim.evidence)
    return Cell(
        persona=persona,
        stage=stage,
        lane=lane,
        lines=tuple(line.text for line in lines),
        n=n,
        low=low,
        high=high,
        evidence=tuple(evidence)[:EVIDENCE],
        by_source=context.crowd.by_source(units),
        claims=tuple(line.claim for line in lines),
        emotions=tuple(line.key for line in lines if line.key) if lane == "emotions" else (),
    )


def _line(context: Context, persona: str, rows: pd.DataFrame, text: str, *, theme: str = "", key: str = "") -> Line:
    """A line that all these mentions stand for."""
    units = rows["unit"].to_numpy()
    evidence = context.crowd.ids(rows["text_id"].to_numpy()[:EVIDENCE], rows["mention"].to_numpy()[:EVIDENCE])
    people = rows.groupby("unit")["valence"].mean()
    valence = round(float(people.mean()), 4) if people.notna().any() else None
    return Line(text, context.crowd.claim(units, evidence, persona, theme=theme, valence=valence), units, key)


def _ranked(context: Context, persona: str, lines: Sequence[Line]) -> list[Line]:
    """Most reach first, sources weighing alike; equals by their words."""
    return sorted(lines, key=lambda line: (-context.crowd.reach(line.claim.by_source, persona), line.text))


def _groups(rows: pd.DataFrame, column: str) -> list[tuple[int, np.ndarray]]:
    """(code, places of its rows) of a coded column, missing left out."""
    groups = rows.groupby(column).indices
    return [(int(str(code)), np.asarray(places)) for code, places in groups.items() if int(str(code)) >= 0]


def _coded(column: str, name: Callable[[Context, str], str | None]) -> Lane:
    """A lane with one line per value of a coded column."""

    def lane(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
        names = context.names[column]
        found = [(names[code], rows.iloc[places]) for code, places in _groups(rows, column)]
        lines = [_line(context, persona, part, text, key=key) for key, part in found if (text := name(context, key))]
        return _ranked(context, persona, lines)

    return lane


def _emotion(context: Context, key: str) -> str | None:
    return None if key == "neutral" else labels.label("emotions", key, context.language)


def _touchpoint(context: Context, key: str) -> str:
    return _term(key, context.study.touchpoints, "touchpoints", context.language)


def _channel(context: Context, key: str) -> str:
    return _term(key, context.study.channels, "channels", context.language)


def _term(key: str, declared: Sequence[Term], area: str, language: Language) -> str:
    """The study's own name of it, else ours, else its key."""
    own = next((term for term in declared if term.key == key and term.names), None)
    if own is not None:
        return own.name(language)
    return labels.label(area, key, language) if key in labels.keys(area) else key


def _themed(context: Context, persona: str, rows: pd.DataFrame, kind: str) -> list[Line]:
    """One line per theme of this kind."""
    names = context.names
    if kind not in names["kind"]:
        return []
    rows = rows[rows["kind"] == names["kind"].index(kind)]
    lines = []
    for code, places in _groups(rows, "theme"):
        if theme := context.themes.get(names["theme"][code]):
            lines.append(_line(context, persona, rows.iloc[places], theme.label, theme=theme.id))
    return _ranked(context, persona, lines)


def _pains(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """Themes of pain, those that belong here and others that many meet here too; single phrases only where there is no theme."""
    if lines := _themed_here(context, persona, stage, rows, "pain"):
        return lines
    alone = rows[rows["pain"] >= 0].drop_duplicates("pain").head(2)
    return [
        _line(context, persona, alone.iloc[[i]], context.names["pain"][code]) for i, code in enumerate(alone["pain"].tolist())
    ]


def _delights(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """Themes of delight: what to keep."""
    return _themed_here(context, persona, stage, rows, "delight")


def _themed_here(context: Context, persona: str, stage: str, rows: pd.DataFrame, kind: str) -> list[Line]:
    """Themes of this kind that belong here, and others that many meet here too."""
    all_rows, names = context.rows, context.names["theme"]
    counts = all_rows.loc[all_rows["stage"] == _code(context, stage), ["theme", "unit"]].groupby("theme")["unit"].nunique()
    here = {names[code]: int(n) for code, n in zip(counts.index.tolist(), counts.tolist(), strict=True) if code >= 0}
    return [line for line in _themed(context, persona, rows, kind) if _met_here(context.themes[line.claim.theme], stage, here)]


def _goals(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """What they came for: closed answers first, then wishes, each at the stage where most of it is."""
    wishes = [line for line in _themed(context, persona, rows, "wish") if context.themes[line.claim.theme].stage == stage]
    return [*_closed(context, persona, stage, goals=True), *wishes]


def _code(context: Context, stage: str) -> int:
    return next(i for i, s in enumerate(context.study.stages) if s.key == stage)


def _met_here(theme: Theme, stage: str, here: Mapping[str, int]) -> bool:
    """Whether a theme belongs to this stage, or a good part of its people speak of it here."""
    return theme.stage == stage or here.get(theme.id, 0) >= max(2, HERE * theme.n)


def _actions(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """What they did: closed answers first, then what the comments of this stage tell more often than those of the others."""
    here, usual = context.action_shares
    typical = here[_code(context, stage)] >= usual
    told = [
        _line(context, persona, part, labels.label("journey", f"action_{key}", context.language), key=key)
        for key, part in by_action(rows).items()
        if typical[action_keys().index(key)]
    ]
    return [*_closed(context, persona, stage, goals=False), *_ranked(context, persona, told)]


def _closed(context: Context, persona: str, stage: str, *, goals: bool) -> list[Line]:
    answers = closed_answers(context.responses, context.crowd, persona, stage, goals=goals)
    return [Line(a.text, a.claim, a.units) for a in answers]


def _opportunities(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """The opportunities of this stage that answer something that this persona said."""
    codes = {name: code for code, name in enumerate(context.names["theme"])}
    lines = []
    for idea in context.opportunities:
        part = rows[rows["theme"] == codes.get(idea.theme, -2)] if idea.stage == stage else rows.head(0)
        if len(part):
            lines.append(_line(context, persona, part, idea.text, theme=idea.theme))
    return lines


def _quotes(context: Context, persona: str, stage: str, rows: pd.DataFrame) -> list[Line]:
    """Verbatims that differ from each other, by different people; none that may mean the contrary of what it says."""
    rows = rows[rows["flagged"] == 0]
    chosen = balanced(rows, context.crowd, LINES["quotes"])
    return [_line(context, persona, rows.iloc[[place]], text) for place, text in chosen]


_LANES: Mapping[str, Lane] = {
    "goals": _goals,
    "actions": _actions,
    "touchpoints": _coded("touchpoint", _touchpoint),
    "channels": _coded("channel", _channel),
    "emotions": _coded("emotion", _emotion),
    "pain_points": _pains,
    "delights": _delights,
    "opportunities": _opportunities,
    "quotes": _quotes,
}
