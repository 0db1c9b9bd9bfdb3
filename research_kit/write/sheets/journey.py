"""The map itself: stages across, lanes down, the emotion curve under its stages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import curve_rows, overall_valence, rated_rows
from research_kit.write.sheets.head import header, stages_block
from research_kit.write.sheets.model import Block, CellSpec, Curve, Link, Row, Sheet
from research_kit.write.sheets.words import FEWEST, Words, bullets, cell_key, counted, made_by_hand, map_sheet_id, map_title

if TYPE_CHECKING:
    from research_kit.records import Cell, MapContent, MapPersona

LANE_STYLES = {
    "pain_points": "cell_pain",
    "delights": "cell_delight",
    "opportunities": "cell_opportunity",
    "quotes": "cell_quote",
    "emotions": "cell_emotion",
}
LANE_WIDTH = 17.0
A3 = 8
LINES = 3
"""Lines that a cell shows; more are in its tool-tip."""
LONGEST = 60
"""Characters of a line that the tool-tip repeats."""
LABELS = "#labels"
"""Key of the column that names the lanes; no stage can be called so by accident."""


def stage_width(count: int) -> float:
    """Wider columns for fewer stages: the page stays full."""
    return max(26.0, min(48.0, 225.0 / max(count, 1)))


def tooltip(cell: Cell, words: Words) -> str:
    """How many people are behind a cell, in all and by line."""
    if cell.n is None:
        return ""
    people = "people_interval_one" if cell.n == 1 else "people_interval"
    lines = [words(people, n=f"{cell.n:,}", interval=words.interval(cell.low, cell.high))]
    beside = words.by_source(cell.by_source)
    if beside:
        lines.append(beside)
    for line, claim in zip(cell.lines, cell.claims, strict=False):
        said = "claim_tip" if claim.evidence else "answer_tip"
        share = words(said, n=f"{claim.n:,}", base=f"{claim.base:,}", low=words.share(claim.low), high=words.share(claim.high))
        short = line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
        lines.append(words("line_share", line=short, share=share))
    if any(not claim.evidence for claim in cell.claims):
        lines.append(words("answers_no_words"))
    if cell.evidence:
        behind = len(cell.evidence)
        lines.append(words("click_for_evidence_one" if behind == 1 else "click_for_evidence", n=f"{behind:,}"))
    return "\n".join(lines)


def shown_text(cell: Cell, words: Words) -> str:
    """The lines of a cell as it shows them: at most three when they were counted, all when a person wrote them."""
    lines = cell.lines if cell.n is None else cell.lines[:LINES]
    if cell.lane == "quotes" and cell.n is not None:
        return "\n".join(words.quoted(line) for line in lines)
    counts = [c.n for c in cell.claims] if len(lines) > 1 else []
    return "\n".join(counted(lines, counts)) if cell.lane == "emotions" else bullets(lines, counts)


def is_thin(cell: Cell) -> bool:
    """Fewer people than a claim needs. A quote is one person's words and claims nothing more."""
    return cell.n is not None and cell.n < FEWEST and cell.lane != "quotes"


def cell_spec(cell: Cell | None, lane: str, words: Words, *, by_hand: bool, valence: float | None) -> CellSpec:
    """One cell of the map."""
    style = LANE_STYLES.get(lane, "cell")
    if cell is None or (not cell.lines and cell.n is not None):
        return CellSpec(None, style) if by_hand else CellSpec(words("not_enough"), "cell_thin")
    tip = tooltip(cell, words)
    if is_thin(cell):
        return CellSpec(f"{words('not_enough')}\n{shown_text(cell, words)}", "cell_thin", comment=tip)
    fill = palette.valence_fill(valence) if lane == "emotions" and (valence is not None or not by_hand) else ""
    return CellSpec(shown_text(cell, words), style, fill=fill, comment=tip)


def foot_spec(cell: Cell | None, lane: str, words: Words, *, fill: str = "") -> CellSpec:
    """The foot of a cell: the people behind it, as a number that leads to what they said.

    The link stands on a number of its own because LibreOffice takes the line breaks out of a text that is a link.
    """
    style = "foot_thin" if cell is None or not cell.lines or is_thin(cell) else f"foot_{lane}" if lane in LANE_STYLES else "foot"
    if cell is None or cell.n is None or not cell.lines:
        return CellSpec(None, style)
    key = cell_key(cell.persona, cell.stage, cell.lane)
    link = Link("evidence", f"{key}#1", "quote", f"{key}#{len(cell.evidence)}") if cell.evidence else None
    return CellSpec(cell.n, style, fill=fill, link=link, number=words("people_format" if link else "people_plain"))


def legend(content: MapContent, columns: int, words: Words) -> Block:
    """What the colours and marks mean."""
    chips = [CellSpec(words("legend"), "corner")]
    names = ("very_negative", "negative", "neutral", "positive", "very_positive")
    shown = list(zip(names, (fill for fill, _ in palette.VALENCE), strict=True))
    if columns - 1 < len(shown):
        shown = [shown[0], shown[2], shown[4]][: max(columns - 1, 1)]
    chips += [CellSpec(words(name), "chip", fill=fill) for name, fill in shown]
    notes = [words("legend_counts", fewest=FEWEST), words("legend_curve")]
    unassigned = sum(content.unassigned.values())
    if unassigned:
        notes.append(words("legend_unassigned", n=f"{unassigned:,}"))
    rows = [Row(height=8), Row(tuple(chips), height=17), Row((CellSpec("  ".join(notes), "legend", span=columns),), least=26)]
    return Block(tuple(rows), "legend")


def lane_rows(content: MapContent, person: MapPersona, words: Words) -> tuple[list[Row], list[Curve]]:
    """The rows of the lanes, each with its foot, the curve right under the emotions."""
    by_hand = made_by_hand(content)
    at = {(c.stage, c.lane): c for c in content.cells if c.persona == person.id}
    rows: list[Row] = []
    curve, charts = curve_rows(content, person, words)
    curve += rated_rows(content, person, words)
    for lane in content.lanes:
        cells = [at.get((s.key, lane)) for s in content.stages]
        valences = [overall_valence(content, person.id, s.key) for s in content.stages]
        specs = [cell_spec(c, lane, words, by_hand=by_hand, valence=v) for c, v in zip(cells, valences, strict=True)]
        if by_hand:
            rows.append(Row((CellSpec(words.term(lane), "lane"), *specs), key=f"lane:{lane}", least=76))
        else:
            feet = [foot_spec(c, lane, words, fill=s.fill) for c, s in zip(cells, specs, strict=True)]
            tops = [replace(s, style=f"{s.style}_top") for s in specs]
            rows.append(
                Row((CellSpec(words.term(lane), "lane_top"), *tops), key=f"lane:{lane}", least=24 if lane == "emotions" else 40)
            )
            rows.append(Row((CellSpec(None, "lane_foot"), *feet), key=f"n:{lane}", height=14))
        if lane == "emotions":
            rows += curve
    if "emotions" not in content.lanes:
        rows += curve
    return rows, charts


def current_map(content: MapContent, person: MapPersona, words: Words) -> Sheet:
    """The current-state map of one persona (or of everybody), stages across."""
    columns = len(content.stages) + 1
    rows, charts = lane_rows(content, person, words)
    blocks = (
        header(content, person, "current", columns, words),
        stages_block(content, person, words),
        Block(tuple(rows), "lanes"),
        *([] if made_by_hand(content) else [legend(content, columns, words)]),
    )
    width = stage_width(len(content.stages))
    return Sheet(
        id=map_sheet_id("current", person.id),
        title=map_title("current", person, words),
        columns=((LABELS, LANE_WIDTH), *((s.key, width) for s in content.stages)),
        blocks=blocks,
        charts=tuple(charts),
        freeze=(rows[0].key, 1) if rows else None,
        tab=palette.ACCENT if person.id == EVERYONE else palette.NAVY,
        paper=A3,
        one_page=True,
        zoom=85,
    )
