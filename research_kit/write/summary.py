"""The few lines at the end of a run: what was found and where it is."""

from __future__ import annotations

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
    names = comma.join(say("named", name=p.name, share=f"{p.share:.0%}") for p in personas.personas)
    if not personas.personas:
        yield say("no_personas", reason=paragraph(personas.reasons[:2], language))
    elif personas.declared_by:
        yield say("declared", n=len(personas.personas), names=names)
    else:
        yield say("personas", n=len(personas.personas), verdict=label("terms", personas.verdict, language), names=names)
    if pains := [t for t in findings.journey.themes if t.kind == "pain"]:
        top = max(pains, key=lambda t: t.n)
        yield say("pain", label=top.label, n=top.n)
    if foreign := findings.report.languages.get("other", 0):
        yield label("text", "not_spoken", language, n=f"{foreign:,}", all=f"{sum(findings.report.languages.values()):,}")
    if len(findings.packed):
        yield say("unassigned", share=f"{sum(findings.journey.unassigned.values()) / len(findings.packed):.0%}")
    if is_default(findings.study.stages):
        yield say("default_stages", journeys=comma.join(j for j in journeys() if j != DEFAULT_JOURNEY))
    yield say("files", path=directory / "journey-map.xlsx")
