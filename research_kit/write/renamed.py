"""What a researcher renamed in the Pain points table or at the top of the Personas sheet is called so on every sheet and in every file; the
table keeps the draft as its base, so that the new name stays an edit, run after run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from research_kit.records import Cell, MapContent
    from research_kit.write.content import RunContent
    from research_kit.write.edits import Edits
    from research_kit.write.sheets.model import Block, Book, Row, Sheet

TABLE, NAME, THEME = "pains", "label", "theme:"
PERSONAS, PERSONA_NAME = "personas", "name"


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


def renamed_personas(edits: Edits) -> dict[str, str]:
    """{id: name} of the personas whose name was changed; a name that was deleted is no name."""
    sheet = edits.sheets.get(PERSONAS)
    named = {column: edit for (row, column), edit in sheet.cells.items() if row == PERSONA_NAME} if sheet else {}
    return {
        persona: edit.text.strip()
        for persona, edit in named.items()
        if edit.text_changed and isinstance(edit.text, str) and edit.text.strip()
    }


def with_people(run: RunContent, names: Mapping[str, str]) -> RunContent:
    """The run with these personas under their new names: cards, map, reasons, and the model that types the next wave."""
    drafts = {p.id: p.name for p in run.personas.personas if p.id in names}
    if not drafts:
        return run
    found = run.personas
    model = found.model
    if "names" in model:
        model = {**model, "names": {**model["names"], **{key: names[key] for key in drafts}}}
    personas = replace(
        found,
        personas=tuple(replace(p, name=names.get(p.id, p.name)) for p in found.personas),
        reasons=tuple(_called(reason, drafts, names) for reason in found.reasons),
        model=model,
    )
    people = tuple(replace(p, name=names.get(p.id, p.name)) for p in run.journey.personas)
    return replace(run, personas=personas, journey=replace(run.journey, personas=people))


def _called(text: str, drafts: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A sentence that names personas, with their new names."""
    for key, draft in drafts.items():
        text = text.replace(draft, names[key])
    return text


def with_drafts(book: Book, before: RunContent, names: Mapping[str, str], people: Mapping[str, str]) -> Book:
    """The workbook with the drafts of these names in the Pain points table and on the Personas sheet, where the edits will be put on them."""
    themes = {(f"{THEME}{t.id}", NAME): t.label for t in before.journey.themes if t.id in names}
    drafts = {(PERSONA_NAME, p.id): p.name for p in before.personas.personas if p.id in people}
    given = {TABLE: themes, PERSONAS: drafts}
    return replace(book, sheets=tuple(_sheet(s, given[s.id]) if given.get(s.id) else s for s in book.sheets))


def _sheet(sheet: Sheet, drafts: Mapping[tuple[str, str], str]) -> Sheet:
    columns = [key for key, _ in sheet.columns]

    def row(found: Row) -> Row:
        cells = [
            replace(c, text=drafts.get((found.key, column), c.text)) for column, c in zip(columns, found.cells, strict=False)
        ]
        return replace(found, cells=(*cells, *found.cells[len(cells) :]))

    def block(found: Block) -> Block:
        return replace(found, rows=tuple(row(r) if any(r.key == key for key, _ in drafts) else r for r in found.rows))

    return replace(sheet, blocks=tuple(map(block, sheet.blocks)))
