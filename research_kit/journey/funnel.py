"""Event logs: how many users reach each stage, and how many are lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def funnel(events: pd.DataFrame | None, stages: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """Per source and stage: {stage, source, users, reach, conversion, drop_off}.

    ``reach`` is the share of the source's users who were seen at this stage; ``conversion`` the share of those seen at the last earlier
    stage that any user was seen at who were seen at this one too, and ``drop_off`` the rest; None at the first.
    """
    if events is None or not len(events):
        return ()
    steps: list[Mapping[str, Any]] = []
    for source, log in events.groupby("source", sort=False):
        everyone = log["user"].nunique()
        before: set[Any] | None = None
        for stage in stages:
            here = set(log.loc[log["stage"].eq(stage), "user"])
            if not here:
                continue
            kept = len(here & before) / len(before) if before else None
            steps.append(
                {
                    "stage": stage,
                    "source": str(source),
                    "users": len(here),
                    "reach": len(here) / everyone,
                    "conversion": kept,
                    "drop_off": None if kept is None else 1 - kept,
                }
            )
            before = here
    return tuple(steps)
