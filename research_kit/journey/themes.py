"""Themes counted: how many people, in which source and persona, where, how severe, and all the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from research_kit.journey.crowd import Crowd
from research_kit.journey.quotes import differing
from research_kit.records import EVERYONE, Theme
from research_kit.statistics import wilson

LOW_RATING = 0.45
"""Overall ratings up to here (2 of 5 stars, NPS 4) are low."""
FEW_RATED = 3
EXAMPLES = 4


def count(
    rows: pd.DataFrame, names: Mapping[str, Sequence[str]], definitions: Sequence[Theme], crowd: Crowd
) -> tuple[Theme, ...]:
    """The defined themes with their counts, those with most reach first; themes that nobody spoke of are left out."""
    codes = {name: code for code, name in enumerate(names["theme"])}
    groups = rows.groupby("theme", sort=False).indices
    counted = []
    for definition in definitions:
        places = groups.get(codes.get(definition.id, -2))
        if places is not None:
            counted.append(_counted(definition, rows.iloc[places], crowd, names["stage"]))
    return tuple(theme for _, theme in sorted(counted, key=lambda pair: (-pair[0], pair[1].id)))


def _counted(theme: Theme, rows: pd.DataFrame, crowd: Crowd, stages: Sequence[str]) -> tuple[float, Theme]:
    units = rows["unit"].to_numpy()
    people, base = np.unique(units), crowd.base(EVERYONE)
    low, high = wilson(len(people), base)
    evidence = crowd.ids(rows["text_id"].to_numpy(), rows["mention"].to_numpy())
    counted = replace(
        theme,
        stage=theme.stage or _stage(rows, stages),
        n=len(people),
        share=len(people) / base if base else 0.0,
        low=low,
        high=high,
        severity=severity(rows, crowd) if theme.kind != "delight" else 0.0,
        by_persona={key: n for key in crowd.personas[1:] if (n := int(crowd.belongs(people, key).sum()))},
        by_source=crowd.by_source(units),
        examples=tuple(evidence[i] for i, _ in differing(rows, crowd, EXAMPLES, label=theme.label)),
        evidence=evidence,
    )
    return crowd.reach(counted.by_source, EVERYONE), counted


def _stage(rows: pd.DataFrame, stages: Sequence[str]) -> str:
    """Where most people speak of it (the earlier of equals), or "" where nobody says."""
    told = rows[rows["stage"] >= 0].drop_duplicates(["stage", "unit"])
    if not len(told):
        return ""
    return stages[int(np.bincount(told["stage"]).argmax())]


def severity(rows: pd.DataFrame, crowd: Crowd) -> float:
    """0..1: how negative these people are (mean of their worst clause here), and the share of them who rate low; the first alone where
    fewer than three of them rated."""
    worst = rows.groupby("unit")["valence"].min()
    negative = float((-worst).clip(lower=0).mean()) if worst.notna().any() else 0.0
    rated = crowd.rating[worst.index.to_numpy()]
    rated = rated[~np.isnan(rated)]
    if len(rated) < FEW_RATED:
        return negative
    return (negative + float((rated <= LOW_RATING).mean())) / 2
