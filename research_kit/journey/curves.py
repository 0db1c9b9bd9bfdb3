"""The emotion curve: mean valence of people's comments at each stage, and beside it, never mixed in, their ratings of the stage."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from research_kit.journey.crowd import Crowd
from research_kit.records import CurveValue, Question, Responses, Scale
from research_kit.statistics import mean_interval, spread_interval, surely_above

FEWEST = 5
"""People from which a stage may be called the best or the worst moment."""
_FEW = 10
"""Fewer people than this may agree by chance: their interval is never narrower than people's spread at the other stages makes it."""


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
            spread = _spread(here)
            line = [
                _value(
                    persona,
                    stage,
                    source,
                    here.loc[here["stage"] == place, "valence"],
                    _rated(ratings[stage], crowd, persona, code, seed),
                    spread,
                    seed,
                )
                for place, stage in enumerate(stages)
            ]
            values.extend(_turned([v for v in line if v.n or v.ratings]))
    return tuple(values)


def _spread(people: pd.DataFrame) -> float:
    """Standard deviation of people's valence within stages, all stages together; 0 where no stage has two people."""
    within = people["valence"] - people.groupby("stage")["valence"].transform("mean")
    free = len(people) - people["stage"].nunique()
    return math.sqrt(float((within**2).sum()) / free) if free else 0.0


def _value(
    persona: str,
    stage: str,
    source: str,
    valence: pd.Series,
    ratings: Mapping[str, Mapping[str, float]],
    spread: float,
    seed: int,
) -> CurveValue:
    mean, low, high = mean_interval(valence.tolist(), seed=seed)
    if 1 < len(valence) < _FEW and valence.std() < spread:
        low, high = (min(1.0, max(-1.0, end)) for end in spread_interval(len(valence), mean, spread))
    known = [None if math.isnan(x) else x for x in (mean, low, high)]
    return CurveValue(persona, stage, source, len(valence), known[0], known[1], known[2], ratings)


def _turned(line: list[CurveValue]) -> list[CurveValue]:
    """The line with its best and worst moment marked, where one stage of those with enough people surely stands above, or below, each other one;
    a high point at -0.01 is none."""
    sure = [
        (v, (v.mean, v.low, v.high))
        for v in line
        if v.n >= FEWEST and v.mean is not None and v.low is not None and v.high is not None
    ]
    if len(sure) < 2:
        return line
    marks = {}
    for value, here in sure:
        others = [there for other, there in sure if other is not value]
        if here[0] > 0 and all(surely_above(here, there) for there in others):
            marks[id(value)] = "best"
        if here[0] < 0 and all(surely_above(there, here) for there in others):
            marks[id(value)] = "worst"
    return [replace(v, turn=marks.get(id(v), "")) for v in line]


def _ratings(responses: Responses, stage: str) -> dict[str, pd.Series]:
    """{question key: each person's rating, -1..1} of the rating questions tied to a stage whose good end is known; of a matrix whose rows
    rate stages {its answer column: the same of the row}."""
    found: dict[str, pd.Series] = {}
    for q in responses.questions:
        if q.kind not in ("rating", "nps") or not q.answer_columns:
            continue
        tied = [c for c, s in zip(q.answer_columns, q.row_stages, strict=True) if s == stage] if q.row_stages else []
        asked = {q.key: q} if q.stage == stage else {column: replace(q, answer_columns=(column,)) for column in tied}
        for key, one in asked.items():
            scores = _scores(one, responses.answers)
            if scores is not None:
                found[key] = scores
    return found


_AMOUNT = re.compile(
    r"\d|\b(?:never|rarely|seldom|sometimes|often|always|daily|weekly|monthly|yearly|once|twice|times?|hours?|minutes?|days?|weeks?|months?|years?"
    r"|tens?|dozens?|hundreds?|thousands?|millions?|under|fewer|less than|more than|up to)\b"
    r"|[從从]不|很少|偶[爾尔]|有[時时]|[經经]常|[總总]是|每[天日週周月年]|[次元天]|小[時时]|分[鐘钟]|[個个]月|[幾几百千萬万]",
    re.IGNORECASE,
)
"""Said of how often, how long or how many: an amount, which is neither good nor bad."""


def _is_amount(scale: Scale) -> bool:
    """Whether most labels of a scale are amounts; a plain number before a word ("5 very good") is none."""
    said = [re.sub(r"^\W*\d+\W*(?=[^\W\d])", "", text) for text in scale.labels if re.search(r"[^\W\d]", text)]
    return bool(said) and 2 * sum(bool(_AMOUNT.search(text)) for text in said) > len(said)


def _scores(question: Question, answers: pd.DataFrame) -> pd.Series | None:
    scale = question.scale
    if question.kind != "nps" and (scale is None or scale.direction == "unknown" or _is_amount(scale)):
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
