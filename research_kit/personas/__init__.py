"""Responses -> Personas. Doors: ``form``, ``assign``; ``personas.model.PersonaModel`` is the public clusterer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from research_kit.records import Language, Personas, Responses
    from research_kit.study import Study


def form(responses: Responses, study: Study, language: Language) -> Personas:
    """Form the personas of a study, or say plainly that there are none. See ``personas.forming.form``."""
    from research_kit.personas.forming import form as work

    return work(responses, study, language)


def assign(personas: Personas, responses: Responses, study: Study, language: Language) -> Personas:
    """Place people without closed answers where their words allow it. See ``personas.assignment.assign``."""
    from research_kit.personas.assignment import assign as work

    return work(personas, responses, study, language)


def type_wave(stored: Mapping[str, Any], responses: Responses, study: Study, language: Language) -> Personas:
    """Type a later wave with the model of an earlier run (``Personas.model``). See ``personas.forming.type_wave``."""
    from research_kit.personas.forming import type_wave as work

    return work(stored, responses, study, language)


__all__ = ["assign", "form", "type_wave"]
