"""What a researcher dismissed in the Pain points table leaves the map; the table keeps it, so that it can come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from research_kit.records import Cell, MapContent
    from research_kit.write.edits import Edits


def dismissed_themes(edits: Edits) -> set[str]:
    """Ids of the themes with anything in their Dismiss column."""
    table = edits.sheets.get("pains")
    if table is None:
        return set()
    marked = {row for (row, column), edit in table.cells.items() if column == "dismiss" and edit.text not in (None, "")}
    return {row.removeprefix("theme:") for row in marked | table.gone_rows if row.startswith("theme:")}


def without(content: MapContent, themes: set[str]) -> MapContent:
    """The map without the lines and opportunities of these themes."""
    if not themes:
        return content
    cells = tuple(_cell(c, themes) for c in content.cells)
    kept = tuple(o for o in content.opportunities if o.theme not in themes)
    return replace(content, cells=tuple(c for c in cells if c.lines or not c.claims), opportunities=kept)


def _cell(cell: Cell, themes: set[str]) -> Cell:
    if not any(claim.theme in themes for claim in cell.claims):
        return cell
    pairs = [(line, claim) for line, claim in zip(cell.lines, cell.claims, strict=False) if claim.theme not in themes]
    evidence = tuple(dict.fromkeys(m for _, claim in pairs for m in claim.evidence))
    n = min(cell.n, sum(claim.n for _, claim in pairs)) if cell.n is not None else None
    return replace(cell, lines=tuple(p[0] for p in pairs), claims=tuple(p[1] for p in pairs), evidence=evidence, n=n)
