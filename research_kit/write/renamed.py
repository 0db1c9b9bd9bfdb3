"""What a researcher renamed in the Pain points table is called so on every sheet and in every file; the table keeps the draft as its base, so
that the new name stays an edit, run after run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from research_kit.records import Cell, MapContent
    from research_kit.write.edits import Edits
    from research_kit.write.sheets.model import Block, Book, Row, Sheet

TABLE, NAME, THEME = "pains", "label", "theme:"


def renamed_themes(edits: Edits) -> dict[str, str]:
    """{id: name} of the themes whose name was changed; a name that was deleted is no name."""
    table = edits.sheets.get(TABLE)
    if table is None:
        return {}
    named = {row: edit for (row, column), edit in table.cells.items() if column == NAME and row.startswith(THEME)}
    return {
        row.removeprefix(THEME): str(edit.text).strip()
        for row, edit in named.items()
        if edit.text_changed and isinstance(edit.text, str) and edit.text.strip()
    }


def with_names(content: MapContent, names: Mapping[str, str]) -> MapContent:
    """The map with these themes under their new names: themes, lines and the opportunities that quote them."""
    drafts = {theme.id: theme.label for theme in content.themes if theme.id in names}
    if not drafts:
        return content
    return replace(
        content,
        themes=tuple(replace(t, label=names[t.id]) if t.id in drafts else t for t in content.themes),
        cells=tuple(_cell(cell, drafts, names) for cell in content.cells),
        opportunities=tuple(
            replace(o, text=o.text.replace(drafts[o.theme], names[o.theme])) if o.theme in drafts else o
            for o in content.opportunities
        ),
    )


def _cell(cell: Cell, drafts: Mapping[str, str], names: Mapping[str, str]) -> Cell:
    if not any(claim.theme in drafts for claim in cell.claims):
        return cell
    pairs = zip(cell.lines, cell.claims, strict=False)
    lines = [line.replace(drafts[c.theme], names[c.theme]) if c.theme in drafts else line for line, c in pairs]
    return replace(cell, lines=(*lines, *cell.lines[len(lines) :]))


def with_drafts(book: Book, content: MapContent, names: Mapping[str, str]) -> Book:
    """The workbook with the drafts of these names in the Pain points table, where the edits will be put on them."""
    drafts = {f"{THEME}{theme.id}": theme.label for theme in content.themes if theme.id in names}
    return replace(book, sheets=tuple(_sheet(s, drafts) if s.id == TABLE and drafts else s for s in book.sheets))


def _sheet(sheet: Sheet, drafts: Mapping[str, str]) -> Sheet:
    place = [key for key, _ in sheet.columns].index(NAME)

    def row(found: Row) -> Row:
        if found.key not in drafts:
            return found
        cells = [replace(c, text=drafts[found.key]) if i == place else c for i, c in enumerate(found.cells)]
        return replace(found, cells=tuple(cells))

    def block(found: Block) -> Block:
        return replace(found, rows=tuple(map(row, found.rows)))

    return replace(sheet, blocks=tuple(map(block, sheet.blocks)))
