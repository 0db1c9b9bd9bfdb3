"""The few lines at the end of a run: what was found and where it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from research_kit.labels import label, paragraph
from research_kit.study import DEFAULT_JOURNEY, is_default, journeys
from research_kit.write import inspection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lines(findings: Any, directory: Path) -> Iterator[str]:
    """Sentences in the output language for a ``pipeline.Findings`` that was written to ``directory``."""
    language, responses, personas = findings.language, findings.responses, findings.personas

    def say(key: str, **values: object) -> str:
        return label("summary", key, language, **values)

    yield say(
        "people",
        people=f"{int(responses.included().sum()):,}",
        comments=f"{len(responses.comments):,}",
        mentions=f"{len(findings.packed):,}",
        sources=len(responses.exports),
    )
    if excluded := inspection.excluded(responses):
        yield say("dropped", what=inspection.counted("excluded", excluded, language))
    if nothing := inspection.unread(responses, language):
        yield nothing
    comma = label("inspect", "comma", language)
    called, pains = _as_written(directory)
    names = comma.join(say("named", name=called.get(p.id, p.name), share=f"{p.share:.0%}") for p in personas.personas)
    if not personas.personas:
        yield say("no_personas", reason=paragraph(personas.reasons[:2], language))
    elif personas.declared_by:
        yield say("declared", n=len(personas.personas), names=names)
    else:
        yield say("personas", n=len(personas.personas), verdict=label("terms", personas.verdict, language), names=names)
    if pains:
        top = min(pains, key=lambda t: (-int(t["n"]), -float(t["severity"]), t["id"]))
        yield say("pain", label=top["label"], n=top["n"])
    if foreign := findings.report.languages.get("other", 0):
        yield label("text", "not_spoken", language, n=f"{foreign:,}", all=f"{sum(findings.report.languages.values()):,}")
    if len(findings.packed):
        yield say("unassigned", share=f"{sum(findings.journey.unassigned.values()) / len(findings.packed):.0%}")
    if is_default(findings.study.stages):
        yield say("default_stages", journeys=comma.join(j for j in journeys() if j != DEFAULT_JOURNEY))
    yield say("files", path=directory / "journey-map.xlsx")


def _as_written(directory: Path) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """({persona: name}, the pains) as they stand in the files: under the names that the researcher gave, without what was dismissed."""
    journey = json.loads((directory / "journey.json").read_text(encoding="utf-8"))
    return {p["id"]: p["name"] for p in journey["personas"]}, [t for t in journey["themes"] if t["kind"] == "pain"]
