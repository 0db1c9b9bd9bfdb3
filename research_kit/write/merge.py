"""A new draft with the researcher's edits in it: three ways, by key, so that sorting, inserting and renaming do not matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from research_kit.write.edits import GONE, KEPT, OURS_BELOW, Added, Edit, Edits, SheetEdits, same_value
from research_kit.write.layout import arranged, in_order
from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Block, Book, CellSpec, Curve, Matrix, Row, Sheet, keyed
from research_kit.write.sheets.words import Words

Key = tuple[str, str, str]
MARKED = "✎"


@dataclass
class Report:
    """What became of the edits."""

    kept: int = 0
    conflicts: int = 0
    """Kept edits whose draft is another one now than when they were made."""
    moved: int = 0
    """Edits whose place is gone: they stand on a sheet of their own."""
    origins: dict[str, str] = field(default_factory=dict)


@dataclass
class _Merge:
    """One merge on its way."""

    words: Words
    before: Mapping[str, str]
    """Origins of the run before."""
    report: Report = field(default_factory=Report)
    homeless: dict[Key, Edit] = field(default_factory=dict)

    def cell(self, place: Key, spec: CellSpec, edit: Edit) -> CellSpec:
        """The draft with one edit in it: the researcher's text and looks, and the draft in the tool-tip where it differs."""
        if edit.dressed():
            spec = replace(
                spec,
                fill=edit.fill if edit.fill is not None else spec.fill,
                color=edit.color or spec.color,
                bold=edit.bold if edit.bold is not None else spec.bold,
                italic=edit.italic if edit.italic is not None else spec.italic,
                marks=edit.marks,
            )
        ours = spec.comment
        if edit.text_changed and (not same_value(edit.text, spec.text) or _rich(edit.text)):
            self._count(place, spec, edit)
            if not same_value(edit.text, spec.text):
                draft = (
                    self.words("edited_draft", draft=str(spec.text))
                    if spec.text not in (None, "")
                    else self.words("edited_blank")
                )
                ours = f"{MARKED} {self.words('edited')} {draft}" + (f"\n\n{spec.comment}" if spec.comment else "")
            fill = spec.fill if edit.fill is not None or spec.style in _INPUTS else palette.EDITED
            spec = replace(spec, text=edit.text, fill=fill, link=spec.link if edit.text is not None else None)
        elif edit.comment or edit.dressed():
            self.report.kept += 1
        if edit.comment:
            ours = edit.comment + (OURS_BELOW + ours if ours else "")
        return replace(spec, comment=ours)

    def _count(self, place: Key, spec: CellSpec, edit: Edit) -> None:
        name = "|".join(place)
        origin = self.before.get(name, str(edit.was if edit.was is not None else ""))
        self.report.origins[name] = origin
        self.report.kept += 1
        if str(spec.text if spec.text is not None else "") != origin:
            self.report.conflicts += 1


_INPUTS = ("td_input", "td_date", "cell_fill", "cell_target")
"""Cells that are there to be filled in: what stands in them needs no mark."""


def _rich(value: Any) -> bool:
    return type(value).__name__ == "CellRichText"


def merge(book: Book, edits: Edits, *, origins: Mapping[str, str]) -> tuple[Book, Report]:
    """The book with all edits in it, and what became of them."""
    state = _Merge(Words(book.language), origins)  # type: ignore[arg-type]
    known = {sheet.id for sheet in book.sheets}
    _from_kept(edits)
    sheets = []
    for sheet in book.sheets:
        if sheet.id in edits.gone_sheets:
            state.report.kept += 1
            continue
        sheets.append(_sheet(sheet, edits.sheets[sheet.id], state) if sheet.id in edits.sheets else sheet)
    for name, one in edits.sheets.items():
        if name not in known and name != KEPT:
            state.homeless |= {(name, *place): edit for place, edit in one.cells.items() if edit.text_changed}
            for i, added in enumerate([*one.rows, *one.columns], 1):
                state.homeless |= {(name, f"+{i}", key): edit for key, edit in added.cells.items() if edit.text is not None}
    state.report.moved = len(state.homeless)
    if state.homeless:
        sheets.append(_kept_sheet(state, edits))
    return replace(book, sheets=tuple(sheets)), state.report


def _from_kept(edits: Edits) -> None:
    """Edits that an earlier run had to move aside: tried again at their place."""
    aside = edits.sheets.get(KEPT)
    if aside is None:
        return
    for (row, column), edit in aside.cells.items():
        if column == "text" and row.count("|") == 2:
            sheet, r, c = row.replace(GONE, "").split("|")
            edits.sheets.setdefault(sheet, SheetEdits()).cells.setdefault((r, c), edit)


def _kept_sheet(state: _Merge, edits: Edits) -> Sheet:
    words = state.words
    head = tuple(CellSpec(words(f"kept_{key}"), "th") for key in ("sheet", "place", "text", "draft"))
    rows = [Row(head, key="head", least=24)]
    for (sheet, row, column), edit in sorted(state.homeless.items(), key=lambda item: item[0]):
        title = edits.titles.get(sheet, sheet)
        text, draft = CellSpec(edit.text, "td"), CellSpec(str(edit.was or ""), "td_small")
        rows.append(
            Row(
                (CellSpec(title, "td_bold"), CellSpec(f"{row} / {column}", "td_small"), text, draft),
                key=f"{sheet}|{row}|{column}",
                least=20,
            )
        )
    top = (
        Row((CellSpec(words("sheet_kept"), "title", span=4),), height=36),
        Row((CellSpec(words("kept_note"), "subtitle", span=4),), least=20),
    )
    columns = (("sheet", 24.0), ("place", 30.0), ("text", 60.0), ("draft", 60.0))
    return keyed(Sheet(KEPT, words("sheet_kept"), columns, (Block(top, "title"), Block(tuple(rows), "kept")), tab=palette.BAD))


def _sheet(sheet: Sheet, edits: SheetEdits, state: _Merge) -> Sheet:
    """One sheet with what was done to it."""
    used: set[tuple[str, str]] = set()
    edited = _turned(sheet, edits.cells)
    keys = [key for key, _ in sheet.columns]

    def row_with_edits(row: Row) -> Row:
        cells, at = [], 0
        for spec in row.cells:
            place = (row.key, keys[at] if at < len(keys) else "")
            edit = edited.get(place)
            cells.append(state.cell((sheet.id, *place), spec, edit) if edit else spec)
            used.add(place)
            at += spec.span
        return replace(row, cells=tuple(cells))

    gone = {r for r in edits.gone_rows if not r.startswith("~")}
    blocks = [replace(b, rows=tuple(row_with_edits(r) for r in b.rows if r.key not in gone)) for b in sheet.blocks]
    state.report.kept += sum(r.key in gone for r in sheet.rows())
    state.homeless |= {
        (sheet.id, *place): e for place, e in edited.items() if place not in used and e.text_changed and e.text is not None
    }
    blocks = [_ordered(b, edits.order) if b.name == "lanes" or (b.table and sheet.id != "evidence") else b for b in blocks]
    made = replace(sheet, blocks=tuple(blocks), title=edits.title or sheet.title)
    made = _without_columns(in_order(made, edits.layout.columns), edits.gone_columns, state)
    for number, added in enumerate(edits.columns):
        made = _with_column(made, added, number, state)
    for added in edits.rows:
        made = _with_row(made, added, state)
    state.report.kept += edits.layout.count()
    made = arranged(made, edits.layout)
    return replace(made, charts=_charts(made), freeze=_freeze(made))


def _turned(sheet: Sheet, cells: Mapping[tuple[str, str], Edit]) -> Mapping[tuple[str, str], Edit]:
    """The edits of a map whose stages ran the other way when they were made."""
    stages = {row.key.removeprefix("stage:") for row in sheet.rows() if row.key.startswith("stage:")}
    columns = {key for key, _ in sheet.columns}
    if not sheet.id.startswith("map:current:"):
        return cells

    def turned(place: tuple[str, str]) -> tuple[str, str]:
        row, column = place
        if column in stages and row in columns:
            return f"stage:{column}", row
        if row.startswith("stage:") and row.removeprefix("stage:") in columns:
            return column, row.removeprefix("stage:")
        return place

    return {turned(place): edit for place, edit in cells.items()}


def _ordered(block: Block, order: list[str]) -> Block:
    """Rows in the order they were sorted or moved into; new rows of a table at its end, those of a map behind the row they follow."""
    if not order:
        return block
    head, rows = (block.rows[:1], block.rows[1:]) if block.table else ((), block.rows)
    places, ranks, rank = {key: i for i, key in enumerate(order)}, {}, -1.0
    for row in rows:
        rank = float(places.get(row.key, len(places) if block.table else rank))
        ranks[row.key] = rank
    return replace(block, rows=(*head, *sorted(rows, key=lambda r: ranks[r.key])))


def _each_row(sheet: Sheet, change: Callable[[Row], Row]) -> Sheet:
    return replace(sheet, blocks=tuple(replace(b, rows=tuple(change(r) for r in b.rows)) for b in sheet.blocks))


def _without_columns(sheet: Sheet, gone: set[str], state: _Merge) -> Sheet:
    """Columns that were deleted stay deleted."""
    for key in sorted(gone & {k for k, _ in sheet.columns}):
        place = [k for k, _ in sheet.columns].index(key)
        state.report.kept += 1

        def drop(row: Row, place: int = place) -> Row:
            cells, at = [], 0
            for spec in row.cells:
                if at <= place < at + spec.span:
                    if spec.span > 1:
                        cells.append(replace(spec, span=spec.span - 1))
                else:
                    cells.append(spec)
                at += spec.span
            return replace(row, cells=tuple(cells))

        sheet = _each_row(sheet, drop)
        sheet = replace(sheet, columns=tuple(c for c in sheet.columns if c[0] != key))
        tables = [
            replace(b, choices=tuple(c for c in b.choices if c.column != key), dates=tuple(d for d in b.dates if d != key))
            for b in sheet.blocks
        ]
        sheet = replace(sheet, blocks=tuple(tables))
    return sheet


def _spec(edit: Edit | None, style: str) -> CellSpec:
    if edit is None:
        return CellSpec(None, style)
    return CellSpec(edit.text, style, edit.fill or "", edit.color or "", comment=edit.comment, bold=edit.bold, italic=edit.italic)


def _style(sheet: Sheet) -> str:
    return "cell" if sheet.id.startswith("map:") else "td"


def _with_column(sheet: Sheet, added: Added, number: int, state: _Merge) -> Sheet:
    """A column of the researcher's, after the one it followed."""
    keys = [key for key, _ in sheet.columns]
    place = keys.index(added.after) + 1 if added.after in keys else len(keys) if added.after else 0
    while place < len(keys) and keys[place].startswith("+"):
        place += 1
    state.report.kept += len(added.cells)

    def insert(row: Row) -> Row:
        cells: list[CellSpec] = []
        at, done = 0, False
        for spec in row.cells:
            if not done and at == place:
                cells.append(_spec(added.cells.get(row.key), _style(sheet)))
                done = True
            elif not done and at < place < at + spec.span:
                cells.append(replace(spec, span=spec.span + 1))
                at += spec.span
                done = True
                continue
            cells.append(spec)
            at += spec.span
        if not done and row.key in added.cells:
            cells += [CellSpec(None)] * max(0, place - at)
            cells.append(_spec(added.cells.get(row.key), _style(sheet)))
        return replace(row, cells=tuple(cells))

    sheet = _each_row(sheet, insert)
    column = (f"+{number}", float(added.size or 24.0))
    return replace(sheet, columns=(*sheet.columns[:place], column, *sheet.columns[place:]))


def _with_row(sheet: Sheet, added: Added, state: _Merge) -> Sheet:
    """A row of the researcher's, after the one it followed (after rows that follow it already)."""
    columns = {key for key, _ in sheet.columns}
    nowhere = {key: edit for key, edit in added.cells.items() if key not in columns and edit.text is not None}
    state.homeless |= {(sheet.id, f"+{added.after}", key): edit for key, edit in nowhere.items()}
    cells = tuple(_spec(added.cells.get(key), _style(sheet)) for key, _ in sheet.columns)
    state.report.kept += len(added.cells)
    row = Row(cells, key="", height=added.size, least=20)
    blocks, done = [], False
    for block in sheet.blocks:
        keys = [r.key for r in block.rows]
        if not done and added.after in keys:
            at = keys.index(added.after) + 1
            while at < len(keys) and not keys[at]:
                at += 1
            block = replace(block, rows=(*block.rows[:at], row, *block.rows[at:]))
            done = True
        blocks.append(block)
    if not done:
        last = blocks[-1]
        at = 0 if not added.after else len(last.rows)
        place = 0 if not added.after else len(blocks) - 1
        blocks[place] = replace(blocks[place], rows=(*blocks[place].rows[:at], row, *blocks[place].rows[at:]))
    return replace(sheet, blocks=tuple(blocks))


def _charts(sheet: Sheet) -> tuple[Curve | Matrix, ...]:
    """The charts whose rows and columns are still there; a curve shrinks to the stages that are left."""
    order = [r.key for r in sheet.rows()]
    rows = set(order)
    keys = [key for key, _ in sheet.columns]
    kept: list[Curve | Matrix] = []
    for chart in sheet.charts:
        if isinstance(chart, Matrix):
            dots = tuple(d for d in chart.dots if d.row in rows)
            if chart.over in rows and dots and {chart.first, chart.last, chart.x, chart.y} <= set(keys):
                kept.append(replace(chart, dots=dots))
            continue
        if chart.stages:
            chart, kept_stages = _down(chart, order, keys)
            kept += [chart] if kept_stages and chart.series and chart.over in rows else []
            continue
        series = tuple(s for s in chart.series if s.row in rows)
        series = tuple(s if {s.plus, s.minus} <= rows | {""} else replace(s, plus="", minus="") for s in series)
        series = tuple(replace(s, points={k: v for k, v in s.points.items() if k in keys}) for s in series)
        stages = tuple(k for k in keys if k in chart.columns)
        there = {chart.over, chart.under, chart.categories} <= rows
        if stages and series and there and order.index(chart.over) <= order.index(chart.under):
            kept.append(replace(chart, columns=stages, series=series))
    return tuple(kept)


def _down(chart: Curve, rows: list[str], keys: list[str]) -> tuple[Curve, tuple[str, ...]]:
    """A curve of stages down the side without the stages and columns that are gone."""
    stages = tuple(r for r in rows if r in chart.stages)
    series = tuple(replace(s, points={k: v for k, v in s.points.items() if k in stages}) for s in chart.series if s.row in keys)
    if not {f"{part}:{stage}" for part in ("plus", "minus") for stage in stages} <= set(rows):
        series = tuple(replace(s, plus="", minus="") for s in series)
    columns = tuple(k for k in chart.columns if k in keys)
    whole = stages if columns and chart.categories in keys else ()
    return replace(chart, stages=stages, series=series, columns=columns), whole


def _freeze(sheet: Sheet) -> tuple[str, int] | None:
    return sheet.freeze if sheet.freeze and sheet.freeze[0] in {r.key for r in sheet.rows()} else None
