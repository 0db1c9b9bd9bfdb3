"""Responses -> Personas. Doors: ``form``, ``assign``; ``personas.model.PersonaModel`` is the public clusterer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.records import Language, Personas, Responses
    from research_kit.study import Study


def form(responses: Responses, study: Study, language: Language) -> Personas:
    """Form the personas of a study, or say plainly that there are none. See ``personas.forming.form``."""
    from research_kit.personas.forming import form as work

    return work(responses, study, language)


def assign(personas: Personas, responses: Responses, mentions: pd.DataFrame, study: Study, language: Language) -> Personas:
    """Place people without closed answers where text and rating allow it. See ``personas.assignment.assign``."""
    from research_kit.personas.assignment import assign as work

    return work(personas, responses, mentions, study, language)


__all__ = ["assign", "form"]
