"""The Evidence sheet: what was said behind every cell of the map, in map order, with file and row."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from research_kit.records import EVERYONE, Cell
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, CellSpec, Link, Row, Sheet
from research_kit.write.sheets.words import Words, cell_key, map_sheet_id, people

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.mentions import Mentions
    from research_kit.records import MapContent

MOST_ROWS = 20_000
EXAMPLES = 3
SHORT = 70
"""Characters of a question that every row repeats; the Codebook has it whole."""
FLAGGED = "flagged"
"""Stands for a lane behind the evidence of all cells: praise that was set aside, for review."""
PRINTED = 250
"""Rows on paper: the maps are for the wall, this table is for the screen."""
COLUMNS = (
    ("cell", 34.0), ("persona", 18.0), ("stage", 15.0), ("lane", 14.0), ("lines", 7.0), ("quote", 52.0), ("sentiment", 11.0), ("valence", 9.0),
    ("emotion", 13.0), ("comment", 52.0), ("question", 32.0), ("source", 20.0), ("row", 8.0), ("respondent", 14.0), ("mention", 18.0),
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One row of evidence: a mention behind a cell, and the lines of the cell that it supports."""

    cell: Cell
    lines: str
    mention: str


def _in_order(cell: Cell, examples: dict[str, tuple[str, ...]]) -> list[Piece]:
    """The mentions of a cell: examples of each of its lines first, then line by line, then the rest."""
    lines: dict[str, list[int]] = {}
    for i, claim in enumerate(cell.claims, 1):
        for mention in claim.evidence:
            lines.setdefault(mention, []).append(i)
    first: list[str] = []
    for claim in cell.claims:
        own = set(claim.evidence)
        first += [m for m in examples.get(claim.theme, ()) if m in own][:EXAMPLES] or list(claim.evidence[:EXAMPLES])
    rest = [m for claim in cell.claims for m in claim.evidence]
    ordered = dict.fromkeys([*first, *rest, *cell.evidence])
    return [Piece(cell, ", ".join(map(str, lines.get(m, []))), m) for m in ordered]


def gather(content: MapContent, most: int) -> tuple[list[Piece], int]:
    """All evidence in map order, and how many pieces there were before the cut. The cut takes the same number off every large cell."""
    examples = {t.id: t.examples for t in content.themes}
    cells = {(c.persona, c.stage, c.lane): c for c in content.cells}
    order = [(p.id, s.key, lane) for p in people(content) for lane in content.lanes for s in content.stages]
    groups = [_in_order(cells[place], examples) for place in order if place in cells and cells[place].evidence]
    if content.flagged:
        groups.append(_in_order(Cell(EVERYONE, "", FLAGGED, (), evidence=content.flagged), examples))
    total = sum(map(len, groups))
    if total <= most:
        return [piece for group in groups for piece in group], total
    low, high = 1, max(map(len, groups))
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(len(g), middle) for g in groups) <= most:
            low = middle
        else:
            high = middle - 1
    return [piece for group in groups for piece in group[:low]][:most], total


def _records(mentions: Mentions | None, comments: pd.DataFrame | None, wanted: list[str]) -> dict[str, dict[str, Any]]:
    """What is known of these mentions, by mention id."""
    columns = ["mention_id", "comment", "text", "sentiment", "valence", "emotion", "question_text", "source", "row", "respondent"]
    if not mentions or comments is None:
        return {}
    rows = mentions.pick(wanted, columns)
    whole = comments.loc[comments["comment"].isin(set(rows["comment"]))].drop_duplicates("comment").set_index("comment")["text"]
    rows = rows.assign(whole=rows["comment"].map(whole))
    values = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return {str(r["mention_id"]): {str(k): v for k, v in r.items()} for r in values}


def _height(*texts: tuple[str, float, float]) -> float:
    """A quick estimate from (text, column width, points of a line): Chinese takes two units a character; 20,000 rows are measured in no time."""
    needed = 0.0
    for text, width, points in texts:
        units = len(text) + (len(text.encode("utf-8", "replace")) - len(text)) / 2
        needed = max(needed, points * (text.count("\n") + int(units / width) + 1))
    return min(max(18.0, needed + 6), 160.0)


def _row(piece: Piece, number: int, known: dict[str, Any], names: dict[str, dict[str, str]], words: Words) -> Row:
    cell = piece.cell
    key = cell_key(cell.persona, cell.stage, cell.lane)
    who, stage = names["persona"].get(cell.persona, cell.persona), names["stage"].get(cell.stage, cell.stage)
    place = " · ".join((who, stage, words.term(cell.lane)))
    text, whole = str(known.get("text") or ""), str(known.get("whole") or "")
    question = textwrap.shorten(str(known.get("question_text") or ""), SHORT, placeholder="…")
    sentiment = known.get("sentiment")
    valence = known.get("valence")
    cells = (
        CellSpec(words("evidence_review"), "td_bold")
        if cell.lane == FLAGGED
        else CellSpec(place, "td_link", link=Link(map_sheet_id("current", cell.persona), f"lane:{cell.lane}", cell.stage)),
        CellSpec(who, "td"),
        CellSpec(stage, "td"),
        CellSpec(words("evidence_flagged") if cell.lane == FLAGGED else words.term(cell.lane), "td"),
        CellSpec(piece.lines, "td"),
        CellSpec(text, "td_bold"),
        CellSpec(words.term(sentiment if sentiment else "not_assessed"), "td"),
        CellSpec(
            None if valence is None else round(float(valence), 2),
            "td_signed",
            fill="" if valence is None else palette.valence_fill(float(valence)),
        ),
        CellSpec(words.emotion(known["emotion"]) if known.get("emotion") else "", "td"),
        CellSpec("" if whole == text else whole, "td_small"),
        CellSpec(question, "td_small"),
        CellSpec(known.get("source") or "", "td_small"),
        CellSpec(known.get("row"), "td_row"),
        CellSpec(known.get("respondent") or "", "td_text"),
        CellSpec(piece.mention, "td_small"),
    )
    return Row(
        cells, key=f"{key}#{number}", height=_height((text, 50, 13.0), (whole, 62, 12.0), (question, 38, 12.0), (place, 38, 13.0))
    )


def evidence_sheet(content: MapContent, mentions: Mentions | None, comments: pd.DataFrame | None, words: Words) -> Sheet:
    """The table of evidence; a cut is stated above it."""
    pieces, total = gather(content, MOST_ROWS)
    known = _records(mentions, comments, [p.mention for p in pieces])
    names = {"persona": {p.id: p.name for p in people(content)}, "stage": {s.key: s.name for s in content.stages}}
    rows = [
        Row(
            tuple(CellSpec(words(f"evidence_{key}"), "th_number" if key in ("row", "valence") else "th") for key, _ in COLUMNS),
            key="head",
            least=24,
        )
    ]
    numbers: dict[tuple[str, str, str], int] = {}
    for piece in pieces:
        place = (piece.cell.persona, piece.cell.stage, piece.cell.lane)
        numbers[place] = numbers.get(place, 0) + 1
        rows.append(_row(piece, numbers[place], known.get(piece.mention, {}), names, words))
    note = (
        words("evidence_none")
        if not pieces
        else words("evidence_all", n=f"{total:,}")
        if len(pieces) == total
        else words("evidence_cut", n=f"{len(pieces):,}", total=f"{total:,}")
    )
    return Sheet(
        id="evidence",
        title=words("sheet_evidence"),
        columns=COLUMNS,
        blocks=(title_block(words("sheet_evidence"), note, len(COLUMNS)), Block(tuple(rows), "evidence", table=True)),
        freeze=(rows[1].key, 1) if len(rows) > 1 else None,
        tab=palette.SLATE,
        paper=8,
        repeat="head",
        zoom=90,
        print_rows=PRINTED + 4,
        print_note=words("print_first", n=f"{PRINTED:,}", total=f"{len(pieces):,}"),
    )
