"""What journey.html shows beside the current-state maps: the other types of map, as the workbook describes their sheets, and the lists of
pains, delights and wishes and of opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Formula
from research_kit.write.sheets.palette import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from research_kit.records import MapContent
    from research_kit.write.sheets.model import CellSpec, Row, Sheet
    from research_kit.write.sheets.words import Words

CSS = {
    "cell_pain": "pain_points", "cell_opportunity": "opportunities", "cell_quote": "quotes", "cell_thin": "empty",
    "cell_fill": "fill", "cell_target": "fill", "cell_count": "count",
}  # fmt: skip
CHART_ROWS = ("curve", "curve:name", "curve:low", "gap")
"""Rows that hold a chart of the workbook, or what it counts from what is filled in there."""
KINDS = ("pain", "delight", "wish")


def theme_key(theme: str) -> str:
    """The key of a theme's evidence; no cell has one like it."""
    return f"theme/{theme}"


def sheet_map(sheet: Sheet, words: Words) -> dict[str, Any]:
    """A map sheet as a table: its head and its rows."""
    blocks = {block.name: block for block in sheet.blocks}
    head = next(row for row in blocks["stages"].rows if row.key == "stages")
    notes = [str(c.text) for row in blocks["legend"].rows for c in row.cells if c.text]
    return {
        "corner": head.cells[0].text or "",
        "head": [{"name": c.text or "", "fill": c.fill or palette.NAVY} for c in head.cells[1:]],
        "rows": [_row(row, words) for row in blocks["lanes"].rows if row.key not in CHART_ROWS],
        "notes": notes,
    }


def _row(row: Row, words: Words) -> dict[str, Any]:
    if row.cells[0].span > 1:
        return {"boundary": row.cells[0].text}
    return {"name": row.cells[0].text or "", "cells": [_cell(c, words) for c in row.cells[1:]]}


def _cell(cell: CellSpec, words: Words) -> dict[str, Any]:
    value = cell.text
    css = CSS.get(cell.style, "")
    fills = [fill for fill, _ in palette.VALENCE]
    if cell.fill in fills:
        css = f"v{fills.index(cell.fill)} mean"
    if value is None or isinstance(value, Formula):
        return {"css": css, "lines": []}
    if isinstance(value, (int, float)):
        whole = "0.00" not in (cell.number or STYLES[cell.style].number or "")
        return {"css": css, "lines": [words.people(int(value)) if whole else words.signed(float(value))]}
    note, *lines = str(value).split("\n") if cell.style == "cell_thin" else ["", *str(value).split("\n")]
    return {"css": css, "note": note, "lines": [line.removeprefix("• ") for line in lines]}


def theme_lists(content: MapContent, words: Words) -> Iterator[dict[str, Any]]:
    """A table for each kind of theme there is: what hurts, what delights, what is wished for, most named first."""
    stages = {s.key: s.name for s in content.stages}
    names = {p.id: p.name for p in content.personas if p.id != EVERYONE}
    for kind in KINDS:
        found = sorted((t for t in content.themes if t.kind == kind), key=lambda t: (-t.n, t.id))
        if found:
            yield {
                "title": words(f"html_list_{kind}"),
                "columns": [words(key) for key in ("html_what", "pains_stage", "pains_n", "pains_share", *(["pains_personas"] if names else []))],
                "rows": [
                    {
                        "what": t.label,
                        "cells": [
                            stages.get(t.stage, ""), f"{t.n:,}", f"{words.share(t.share)} · {words.interval(t.low, t.high)}",
                            *([_ranked({names[p]: n for p, n in t.by_persona.items() if p in names})] if names else []),
                        ],
                        "key": theme_key(t.id) if t.evidence else "",
                    }
                    for t in found
                ],
            }  # fmt: skip


def opportunity_list(content: MapContent, words: Words) -> Iterator[dict[str, Any]]:
    """The opportunities, in the order of the workbook's list."""
    stages = {s.key: s.name for s in content.stages}
    rank = {"high": 0, "medium": 1, "low": 2}
    found = sorted(content.opportunities, key=lambda o: (rank.get(o.priority, 9), -o.n, o.id))
    known = {t.id for t in content.themes if t.evidence}
    if found:
        yield {
            "title": words("sheet_opportunities"),
            "columns": [words(key) for key in ("html_what", "pains_stage", "pains_n", "opportunities_priority")],
            "rows": [
                {
                    "what": o.text,
                    "cells": [stages.get(o.stage, ""), f"{o.n:,}", words(f"priority_{o.priority}") if o.priority in rank else o.priority],
                    "key": theme_key(o.theme) if o.theme in known else "",
                }
                for o in found
            ],
        }  # fmt: skip


def _ranked(counts: dict[str, int]) -> str:
    return " · ".join(f"{name} {n:,}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n)


def tables(content: MapContent, words: Words) -> Sequence[dict[str, Any]]:
    """All lists."""
    return [*theme_lists(content, words), *opportunity_list(content, words)]
