"""Opportunities: the pains and wishes with most reach x severity, turned into "How might we ..." for the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from research_kit import labels
from research_kit.journey.crowd import Crowd
from research_kit.records import EVERYONE, Language, Opportunity, Theme

PER_STAGE = 10
FEWEST, SHARE = 3, 0.03
"""People, and share of those who commented, from which a theme is worth a question; from ``FEW`` people on it is in any study."""
FEW = 5
WISH = 0.3
"""A wish weighs as much as a mild pain: nobody suffers, somebody lacks."""
HIGH, MEDIUM = 0.03, 0.01
"""Reach x severity: 3% is one person in ten at a severity of .3."""


def draft(themes: Sequence[Theme], crowd: Crowd, stages: Mapping[str, str], language: Language) -> tuple[Opportunity, ...]:
    """At most ten opportunities per stage, the most pressing first, stages in the order of the journey; ``stages`` = {key: name}."""
    fewest = min(FEW, max(FEWEST, round(SHARE * crowd.base(EVERYONE))))
    ideas: list[Opportunity] = []
    for stage, name in stages.items():
        here = [t for t in themes if t.stage == stage and t.kind in ("pain", "wish") and t.n >= fewest]
        ranked = sorted(here, key=lambda t: (-_weight(t, crowd), t.id))[:PER_STAGE]
        ideas.extend(_opportunity(theme, crowd, name, language) for theme in ranked)
    return tuple(ideas)


def _weight(theme: Theme, crowd: Crowd) -> float:
    return crowd.reach(theme.by_source, EVERYONE) * (theme.severity if theme.kind == "pain" else max(WISH, theme.severity))


def _opportunity(theme: Theme, crowd: Crowd, stage: str, language: Language) -> Opportunity:
    weight = _weight(theme, crowd)
    level = "low" if theme.n < FEW or weight < MEDIUM else "high" if weight >= HIGH else "medium"
    reason = labels.label(
        "journey",
        f"reason_{theme.kind}" if theme.n >= FEW else "reason_few",
        language,
        n=theme.n,
        share=f"{theme.share:.0%}",
        severity=f"{theme.severity:.2f}",
    )
    return Opportunity(
        id=f"opportunity-{theme.id}",
        stage=theme.stage,
        text=question(theme, stage, language),
        theme=theme.id,
        n=theme.n,
        low=theme.low,
        high=theme.high,
        severity=theme.severity,
        priority=level,
        reason=reason,
    )


def question(theme: Theme, stage: str, language: Language) -> str:
    """ "How might we ...", in the words for this concept where there are any and enough people speak of it, else around the theme's own label:
    what few say may be of the concept by one word alone."""
    key = f"how_{theme.id.replace('-', '_')}"
    if key in labels.keys("journey") and theme.n >= FEW:
        return labels.label("journey", key, language, stage=stage)
    return labels.label("journey", f"how_any_{theme.kind}", language, label=theme.label, stage=stage)
