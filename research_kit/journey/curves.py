"""The emotion curve: mean valence of people's comments at each stage, and beside it, never mixed in, their ratings of the stage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from research_kit.journey.crowd import Crowd
from research_kit.records import CurveValue, Question, Responses
from research_kit.statistics import mean_interval

FEWEST = 5
"""People from which a stage may be called the best or the worst moment."""


def curves(rows: pd.DataFrame, crowd: Crowd, responses: Responses, stages: Sequence[str], *, seed: int) -> tuple[CurveValue, ...]:
    """One value per persona, source and stage that anybody commented on or rated. The source is "all" where there is one, or the study pools."""
    assessed = rows.loc[rows["valence"].notna() & (rows["stage"] >= 0), ["stage", "unit", "valence"]]
    people = assessed.groupby(["stage", "unit"], sort=True)["valence"].mean().reset_index()
    units = people["unit"].to_numpy()
    ratings = {stage: _ratings(responses, stage) for stage in stages}
    one = crowd.pool or len(crowd.sources) == 1
    values: list[CurveValue] = []
    for persona in crowd.personas:
        mine = crowd.belongs(units, persona)
        for code, source in [(-1, "all")] if one else list(enumerate(crowd.sources)):
            here = people[mine & ((crowd.source_code(units) == code) | (code < 0))]
            line = [
                _value(
                    persona,
                    stage,
                    source,
                    here.loc[here["stage"] == place, "valence"],
                    _rated(ratings[stage], crowd, persona, code, seed),
                    seed,
                )
                for place, stage in enumerate(stages)
            ]
            values.extend(_turned([v for v in line if v.n or v.ratings]))
    return tuple(values)


def _value(
    persona: str, stage: str, source: str, valence: pd.Series, ratings: Mapping[str, Mapping[str, float]], seed: int
) -> CurveValue:
    mean, low, high = (None if math.isnan(x) else x for x in mean_interval(valence.tolist(), seed=seed))
    return CurveValue(persona, stage, source, len(valence), mean, low, high, ratings)


def _turned(line: list[CurveValue]) -> list[CurveValue]:
    """The line with its best and worst moment marked, where at least two stages have enough people. A best moment is surely good, or surely
    better than the worst; a worst one likewise: a high point at -0.01 is none."""
    sure = [v for v in line if v.n >= FEWEST and v.mean is not None]
    if len(sure) < 2:
        return line
    best, worst = max(sure, key=lambda v: v.mean or 0.0), min(sure, key=lambda v: v.mean or 0.0)
    if best.mean == worst.mean:
        return line
    apart = best.low is not None and worst.high is not None and best.low > worst.high
    good, bad = best.low is not None and best.low > 0, worst.high is not None and worst.high < 0
    marks = {id(best): "best" if good or (apart and (best.mean or 0) > 0) else "",
             id(worst): "worst" if bad or (apart and (worst.mean or 0) < 0) else ""}  # fmt: skip
    return [replace(v, turn=marks.get(id(v), "")) for v in line]


def _ratings(responses: Responses, stage: str) -> dict[str, pd.Series]:
    """{question key: each person's rating, -1..1} of the rating questions tied to a stage whose good end is known."""
    tied = [q for q in responses.questions if q.stage == stage and q.kind in ("rating", "nps") and q.answer_columns]
    return {q.key: scores for q in tied if (scores := _scores(q, responses.answers)) is not None}


def _scores(question: Question, answers: pd.DataFrame) -> pd.Series | None:
    scale = question.scale
    if question.kind != "nps" and (scale is None or scale.direction == "unknown"):
        return None
    columns = []
    for name in question.answer_columns:
        column = answers[name]
        levels = list(column.cat.categories)
        if all(isinstance(level, (int, float, np.number)) for level in levels):
            low, high = (scale.min, scale.max) if scale else (0.0, 10.0)
            places = {level: (float(level) - low) / ((high - low) or 1.0) for level in levels}
        else:
            places = {level: i / max(1, len(levels) - 1) for i, level in enumerate(levels)}
        columns.append(column.astype(object).map(places).astype(float) * 2 - 1)
    scores: pd.Series = pd.concat(columns, axis=1).mean(axis=1)
    turned = question.kind != "nps" and scale is not None and scale.direction == "down"
    return -scores if turned != question.reversed else scores


def _rated(ratings: Mapping[str, pd.Series], crowd: Crowd, persona: str, source: int, seed: int) -> dict[str, dict[str, float]]:
    """{question: n, mean, low, high} among the people of this persona and source."""
    summary: dict[str, dict[str, float]] = {}
    for key, scores in ratings.items():
        known = scores.dropna()
        units = known.index.to_numpy()
        values = known.to_numpy()[crowd.belongs(units, persona) & ((crowd.source_code(units) == source) | (source < 0))]
        if len(values):
            mean, low, high = mean_interval(values.tolist(), seed=seed)
            interval = {} if math.isnan(low) else {"low": low, "high": high}
            summary[key] = {"n": float(len(values)), "mean": mean, **interval}
    return summary
