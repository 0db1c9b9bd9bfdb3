"""The platforms that are recognised, in the order in which they are tried: the first match wins and says which rule matched."""

from __future__ import annotations

from collections.abc import Callable

from research_kit.read.grid import Grid
from research_kit.read.platforms import alchemer, google_forms, qualtrics, surveymonkey, table
from research_kit.read.platforms.layout import Layout, View

Recogniser = Callable[[View], Layout | None]

RECOGNISERS: tuple[Recogniser, ...] = (
    qualtrics.recognise,
    surveymonkey.recognise,
    alchemer.recognise,
    google_forms.recognise,
    table.events,
    table.reviews,
)
"""To add a platform: write ``recognise(view) -> Layout | None`` in a module of its own, and put it here before what is weaker."""


def recognise(grid: Grid, name: str = "") -> Layout:
    """The layout of this grid: a platform's, else that of a plain table."""
    view = View.of(grid, name)
    for recogniser in RECOGNISERS:
        layout = recogniser(view)
        if layout is not None:
            return layout
    return table.survey(view)
