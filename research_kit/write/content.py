"""What the write stage is given: everything a run found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from research_kit.mentions import Mentions
    from research_kit.records import Language, MapContent, Personas, Responses, TextReport
    from research_kit.study import Study


@dataclass(frozen=True)
class RunContent:
    """Everything that one run found, ready to be written. Nothing in here is changed by the writers."""

    study: Study
    language: Language
    """Of the outputs."""
    responses: Responses
    personas: Personas
    mentions: Mentions
    """MENTION_COLUMNS + EVIDENCE_COLUMNS, in order of the files."""
    journey: MapContent
    report: TextReport
    info: Mapping[str, Any] = field(default_factory=dict)
    """Becomes run.json: inputs (list of {source, path, sha256, ...}), versions, settings, seed, dropped, masked, accuracy, notes."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Becomes timings.json: seconds by step."""


@dataclass(frozen=True)
class Compared:
    """What came of comparing two runs."""

    files: tuple[Path, ...]
    findings: tuple[str, ...]
    """What really moved, the surest first, in the language of the later run; a sentence that nothing did."""
    hints: tuple[str, ...]
    """What may have moved, and may be chance."""
    to_do: tuple[str, ...]
    """What stands in the way of a fair comparison, and what to do."""
