"""The map with its stages down the side: a column per lane."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import curve_below, curve_sources, mean_cell, overall_valence, rated
from research_kit.write.sheets.head import header, stage_counts
from research_kit.write.sheets.journey import cell_spec, foot_spec, legend
from research_kit.write.sheets.model import Block, CellSpec, Row, Sheet
from research_kit.write.sheets.words import Words, made_by_hand, map_sheet_id, map_title

if TYPE_CHECKING:
    from research_kit.records import MapContent, MapPersona, StageInfo

ORDER = ("actions", "emotions", "touchpoints", "pain_points", "delights", "opportunities")
WIDTHS = {
    "emotions": 18.0,
    "pain_points": 34.0,
    "delights": 30.0,
    "opportunities": 34.0,
    "quotes": 40.0,
    "channels": 20.0,
    "touchpoints": 24.0,
}
A3 = 8


def lane_order(content: MapContent) -> list[str]:
    """The lanes a reader looks for first, then the others."""
    return [*(lane for lane in ORDER if lane in content.lanes), *(lane for lane in content.lanes if lane not in ORDER)]


def rows_map(content: MapContent, person: MapPersona, words: Words) -> Sheet:
    """The current-state map of one persona, stages down the side."""
    lanes, sources = lane_order(content), curve_sources(content, person.id)
    columns: list[tuple[str, float]] = [("stage", 22.0)]
    heads = [CellSpec(words("stage"), "th")]
    for lane in lanes:
        columns.append((f"lane:{lane}", WIDTHS.get(lane, 28.0)))
        heads.append(CellSpec(words.term(lane), "th"))
        if lane == "emotions":
            columns += [(f"mean:{source}", 15.0) for source in sources]
            heads += [
                CellSpec(
                    words("mean_valence") if len(sources) == 1 else words("mean_valence_of", source=words.source(source)), "th"
                )
                for source in sources
            ]
    above, charts = curve_below(content, person, [key for key, _ in columns], words)
    rows = [Row(tuple(heads), key="head", least=28)]
    for i, stage in enumerate(content.stages):
        rows += _stage_rows(content, person, i, stage, words)
    counted = bool(content.curves) or any(c.n is not None for c in content.cells)
    blocks = (
        header(content, person, "current", len(columns), words),
        *([Block(tuple(above), "curve")] if above else []),
        Block(tuple(rows), "lanes"),
        *([legend(content, len(columns), words)] if counted else []),
    )
    return Sheet(
        id=map_sheet_id("current", person.id),
        title=map_title("current", person, words),
        columns=tuple(columns),
        blocks=blocks,
        charts=tuple(charts),
        freeze=(f"stage:{content.stages[0].key}", 1),
        tab=palette.ACCENT if person.id == EVERYONE else palette.NAVY,
        paper=A3,
        one_page=True,
        zoom=85,
    )


def _stage_rows(content: MapContent, person: MapPersona, number: int, stage: StageInfo, words: Words) -> list[Row]:
    """One stage: its cells, and under them the people behind each."""
    by_hand = made_by_hand(content)
    at = {c.lane: c for c in content.cells if (c.persona, c.stage) == (person.id, stage.key)}
    curves = {c.source: c for c in content.curves if (c.persona, c.stage) == (person.id, stage.key)}
    counts = stage_counts(content, person.id, stage.key)
    n = f"\n{words('n', n=sum(counts.values()))}" if counts else ""
    closed = rated(content, person.id, stage.key, words)
    n += f"\n{closed}" if closed else ""
    fill = palette.stage_fill(number, len(content.stages), stage.color)
    deep = 1 if by_hand else 2
    cells = [CellSpec(f"{number + 1}  {stage.name}{n}", "stage", fill=fill, comment=stage.description, down=deep)]
    feet = [CellSpec(None, "stage", fill=fill)]
    for lane in lane_order(content):
        valence = overall_valence(content, person.id, stage.key)
        spec = cell_spec(at.get(lane), lane, words, by_hand=by_hand, valence=valence)
        cells.append(spec if by_hand else replace(spec, style=f"{spec.style}_top"))
        feet.append(foot_spec(at.get(lane), lane, words, fill=spec.fill))
        if lane == "emotions":
            means = [mean_cell(curves.get(source), words) for source in curve_sources(content, person.id)]
            cells += [replace(mean, down=deep) for mean in means]
            feet += [replace(mean, text=None, comment="") for mean in means]
    rows = [Row(tuple(cells), key=f"stage:{stage.key}", least=84)]
    return rows if by_hand else [*rows, Row(tuple(feet), key=f"n:{stage.key}", height=14)]
