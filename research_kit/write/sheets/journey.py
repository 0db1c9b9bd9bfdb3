"""The map itself: stages across, lanes down, the emotion curve under its stages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Block, CellSpec, Curve, Link, Row, Series, Sheet
from research_kit.write.sheets.words import FEWEST, Words, bullets, cell_key, map_sheet_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from research_kit.records import Cell, CurveValue, MapContent, MapPersona

LANE_STYLES = {
    "pain_points": "cell_pain",
    "opportunities": "cell_opportunity",
    "quotes": "cell_quote",
    "emotions": "cell_emotion",
}
STAGE_WIDTH, LANE_WIDTH = 30.0, 17.0
A3 = 8
LABELS = "#labels"
"""Key of the column that names the lanes; no stage can be called so by accident."""


def stage_width(count: int) -> float:
    """Wider columns for fewer stages: the page stays full."""
    return max(24.0, min(44.0, 190.0 / max(count, 1)))


def header(content: MapContent, person: MapPersona, kind: str, columns: int, words: Words) -> Block:
    """Who this map is about: name, share, traits and a quote across the whole width."""
    kicker = Row(
        (CellSpec(words(f"type_{kind}") + "  ·  " + content.name, "kicker", span=columns),), key="head:kicker", height=20
    )
    name = Row((CellSpec(person.name, "title", span=columns),), key="head:name", height=36)
    if person.n is None and not person.quote and not person.traits:
        return Block((kicker, name, Row(height=6)), "header")
    left = min(2, columns - 1)
    rest = columns - left
    middle = max(1, rest // 2) if person.quote and rest > 1 else rest
    right = rest - middle if person.quote else 0
    all_people = person.id == EVERYONE or person.share is None
    labels = [
        CellSpec(words("card_people" if all_people else "card_share"), "card_label", span=left),
        CellSpec(words("card_sources" if person.id == EVERYONE else "card_traits"), "card_label", span=middle),
    ]
    share = "" if person.n is None and person.share is None else f"{person.n:,}" if all_people else words.share(person.share)
    values = [
        CellSpec(share, "big", span=left),
        CellSpec(bullets(person.traits[:3]) if person.traits else _population(content, person, words), "card", span=middle),
    ]
    notes = [CellSpec(_share_note(person, words), "lane_note", span=left), CellSpec(None, "lane_note", span=middle)]
    if right:
        labels.append(CellSpec(words("card_quote"), "card_label", span=right))
        values.append(CellSpec(words.quoted(person.quote), "card_quote", span=right))
        notes.append(CellSpec(None, "lane_note", span=right))
    rows = (
        kicker,
        name,
        Row(tuple(labels), height=17),
        Row(tuple(values), key="head:card", least=48),
        Row(tuple(notes), height=17),
        Row(height=8),
    )
    return Block(rows, "header")


def _share_note(person: MapPersona, words: Words) -> str:
    if person.n is None:
        return ""
    if person.id == EVERYONE:
        return ""
    if person.low is None:
        return words("people", n=f"{person.n:,}")
    return words("people_interval", n=f"{person.n:,}", interval=words.interval(person.low, person.high))


def _population(content: MapContent, person: MapPersona, words: Words) -> str:
    if person.id != EVERYONE:
        return ""
    return "\n".join(
        words("source_line", source=s.name, people=f"{s.people:,}", commented=f"{s.commented:,}", mentions=f"{s.mentions:,}")
        for s in content.sources[:4]
    )


def stage_counts(content: MapContent, persona: str, stage: str) -> dict[str, int]:
    """People who said something assessable at this stage, by source."""
    curves = [c for c in content.curves if (c.persona, c.stage) == (persona, stage)]
    return {c.source: c.n for c in curves}


def stages_block(content: MapContent, person: MapPersona, words: Words) -> Block:
    """The coloured heads of the stages, with what they mean and how many people speak of them."""
    count = len(content.stages)
    heads = [CellSpec(words("stage"), "corner")]
    notes = [CellSpec(words("people_here"), "corner")]
    curves = {c.stage: c for c in content.curves if c.persona == person.id and c.turn}
    for i, stage in enumerate(content.stages):
        heads.append(
            CellSpec(f"{i + 1}  {stage.name}", "stage", fill=palette.stage_fill(i, count, stage.color), comment=stage.description)
        )
        counts = stage_counts(content, person.id, stage.key)
        n = sum(counts.values()) if counts else None
        text = words("n", n=f"{n:,}") if n is not None else stage.description
        beside = words.by_source(counts)
        turn = curves.get(stage.key)
        color = {"best": palette.GOOD, "worst": palette.BAD}.get(turn.turn if turn else "", "")
        if turn:
            text = f"{words(turn.turn)}  ·  {text}"
        notes.append(CellSpec(f"{text}\n{beside}" if beside else text, "stage_note", color=color, bold=bool(turn) or None))
    return Block((Row(tuple(heads), key="stages", least=34), Row(tuple(notes), key="stage_n", least=18)), "stages")


def tooltip(cell: Cell, words: Words) -> str:
    """How many people are behind a cell, in all and by line."""
    if cell.n is None:
        return ""
    lines = [words("people_interval", n=f"{cell.n:,}", interval=words.interval(cell.low, cell.high))]
    beside = words.by_source(cell.by_source)
    if beside:
        lines.append(beside)
    for line, claim in zip(cell.lines, cell.claims, strict=False):
        share = words(
            "claim_tip", n=f"{claim.n:,}", base=f"{claim.base:,}", low=words.share(claim.low), high=words.share(claim.high)
        )
        lines.append(f"{line[:60]}: {share}")
    if cell.evidence:
        lines.append(words("click_for_evidence", n=f"{len(cell.evidence):,}"))
    return "\n".join(lines)


def cell_spec(cell: Cell | None, lane: str, words: Words, *, by_hand: bool, valence: float | None, linked: bool) -> CellSpec:
    """One cell of the map."""
    style = LANE_STYLES.get(lane, "cell")
    if cell is None or (not cell.lines and cell.n is not None):
        return CellSpec(
            None if by_hand else words("not_enough"),
            style if by_hand else "cell_thin",
            comment=tooltip(cell, words) if cell else "",
        )
    if lane == "quotes":
        text = "\n".join(words.quoted(line) for line in cell.lines[:3]) if cell.n is not None else bullets(cell.lines)
    elif lane == "emotions":
        text = "\n".join(cell.lines)
    else:
        text = bullets(cell.lines, [c.n for c in cell.claims])
    last = f"{cell_key(cell.persona, cell.stage, cell.lane)}#{len(cell.evidence)}"
    link = (
        Link("evidence", f"{cell_key(cell.persona, cell.stage, cell.lane)}#1", "quote", last)
        if linked and cell.evidence
        else None
    )
    if cell.n is not None and cell.n < FEWEST:
        return CellSpec(f"{words('not_enough_n', n=cell.n)}\n{text}", "cell_thin", comment=tooltip(cell, words), link=link)
    fill = palette.valence_fill(valence) if lane == "emotions" and (valence is not None or not by_hand) else ""
    return CellSpec(text, style, fill=fill, comment=tooltip(cell, words), link=link)


def overall_valence(content: MapContent, persona: str, stage: str) -> float | None:
    """Mean valence at a stage over the sources, weighted by their people; None where nothing was assessed."""
    values = [(c.mean, c.n) for c in content.curves if (c.persona, c.stage) == (persona, stage) and c.mean is not None and c.n]
    total = sum(n for _, n in values)
    return sum(m * n for m, n in values if m is not None) / total if total else None


def curve_sources(content: MapContent, persona: str) -> list[str]:
    """The sources that have a curve for this persona, in the order of the map's sources."""
    found = dict.fromkeys(c.source for c in content.curves if c.persona == persona and c.mean is not None)
    order = [s.name for s in content.sources]
    return sorted(found, key=lambda s: (order.index(s) if s in order else -1, s))


def curve_rows(content: MapContent, person: MapPersona, words: Words) -> tuple[list[Row], list[Curve]]:
    """The emotion curve: the row the chart lies on, its numbers (seen) and the distances of its interval (hidden)."""
    sources = curve_sources(content, person.id)
    if not sources:
        return [], []
    at = {(c.stage, c.source): c for c in content.curves if c.persona == person.id}
    reach = _reach(at.values())
    blanks = tuple(CellSpec(None, "cell_curve") for _ in content.stages)
    scale = (
        ("curve", "axis_top", f"+{reach:g} ☺", 42.0),
        ("curve:name", "lane_open", words("curve"), 60.0),
        ("curve:low", "axis_bottom", f"−{reach:g} ☹", 42.0),
    )
    rows = [Row((CellSpec(text, style), *blanks), key=key, height=points) for key, style, text, points in scale]
    series = []
    for i, source in enumerate(sources):
        values = [at.get((s.key, source)) for s in content.stages]
        name = words("mean_valence") if len(sources) == 1 else words("mean_valence_of", source=source)
        rows.append(Row((CellSpec(name, "lane_note"), *(mean_cell(v, words) for v in values)), key=f"mean:{source}", least=30))
        for part in ("plus", "minus"):
            distances = (CellSpec(_distance(v, part), "cell_count") for v in values)
            rows.append(Row((CellSpec(part, "lane_note"), *distances), key=f"{part}:{source}", height=12, hidden=True))
        series.append(
            Series(source, f"mean:{source}", palette.LINES[i % len(palette.LINES)], f"plus:{source}", f"minus:{source}",
                   points={s.key: _point(v) for s, v in zip(content.stages, values, strict=True) if v is not None and v.mean is not None})
        )  # fmt: skip
    return rows, [Curve("curve", "curve:low", tuple(s.key for s in content.stages), "stages", tuple(series), reach)]


def _reach(values: Iterable[CurveValue]) -> float:
    """Half the height of the value axis: a quarter, a half, three quarters or one, whichever holds all intervals."""
    ends = [abs(v) for c in values if c.mean is not None for v in (c.mean, c.low, c.high) if v is not None]
    return min(1.0, math.ceil(max(ends, default=1.0) * 1.1 * 4) / 4)


def mean_cell(value: CurveValue | None, words: Words) -> CellSpec:
    """The mean valence at one stage; blank where too few people speak of it."""
    if value is None or value.mean is None:
        # Left blank: a chart draws any text as zero.
        return CellSpec(None, "cell_thin", comment=words("not_enough_n", n=value.n if value else 0))
    tip = words(
        "valence_tip", n=f"{value.n:,}", mean=words.signed(value.mean), low=words.signed(value.low), high=words.signed(value.high)
    )
    ratings = [
        words("rating_tip", question=key, n=f"{int(r.get('n', 0)):,}", mean=words.signed(r.get("mean")))
        for key, r in value.ratings.items()
    ]
    return CellSpec(round(value.mean, 2), "cell_mean", fill=palette.valence_fill(value.mean), comment="\n".join([tip, *ratings]))


def _distance(value: CurveValue | None, part: str) -> float | None:
    if value is None or value.mean is None or value.low is None or value.high is None:
        return None
    return round(value.high - value.mean if part == "plus" else value.mean - value.low, 4)


def _point(value: CurveValue) -> tuple[str, int]:
    color = (
        palette.GOOD
        if value.mean is not None and value.mean > 0.1
        else palette.BAD
        if value.mean is not None and value.mean < -0.1
        else palette.SLATE
    )
    return color, 12 if value.turn else 8


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


def lane_rows(content: MapContent, person: MapPersona, words: Words, *, linked: bool) -> tuple[list[Row], list[Curve]]:
    """One row per lane, the curve right under the emotions."""
    by_hand = all(c.n is None for c in content.cells)
    at = {(c.stage, c.lane): c for c in content.cells if c.persona == person.id}
    rows: list[Row] = []
    charts: list[Curve] = []
    curve, charts_of_curve = curve_rows(content, person, words)
    for lane in content.lanes:
        specs = [
            cell_spec(
                at.get((s.key, lane)),
                lane,
                words,
                by_hand=by_hand,
                valence=overall_valence(content, person.id, s.key),
                linked=linked,
            )
            for s in content.stages
        ]
        rows.append(Row((CellSpec(words.term(lane), "lane"), *specs), key=f"lane:{lane}", least=54 if lane != "emotions" else 34))
        if lane == "emotions":
            rows += curve
            charts += charts_of_curve
    if curve and "emotions" not in content.lanes:
        rows += curve
        charts += charts_of_curve
    return rows, charts


def current_map(content: MapContent, person: MapPersona, words: Words, *, linked: bool = True) -> Sheet:
    """The current-state map of one persona (or of everybody), stages across."""
    columns = len(content.stages) + 1
    rows, charts = lane_rows(content, person, words, linked=linked)
    blocks = (
        header(content, person, "current", columns, words),
        stages_block(content, person, words),
        Block(tuple(rows), "lanes"),
        legend(content, columns, words),
    )
    width = stage_width(len(content.stages))
    return Sheet(
        id=map_sheet_id("current", person.id),
        title=person.name if person.id != EVERYONE else words("sheet_everyone"),
        columns=((LABELS, LANE_WIDTH), *((s.key, width) for s in content.stages)),
        blocks=blocks,
        charts=tuple(charts),
        freeze=(rows[0].key, 1) if rows else None,
        tab=palette.ACCENT if person.id == EVERYONE else palette.NAVY,
        paper=A3,
        one_page=True,
        zoom=85,
    )
