"""Which sheets a workbook has, in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from research_kit.records import plain
from research_kit.write.sheets.evidence import evidence_sheet
from research_kit.write.sheets.journey import LABELS, current_map
from research_kit.write.sheets.lists import opportunities_sheet, pains_sheet
from research_kit.write.sheets.model import Book, Sheet, keyed
from research_kit.write.sheets.overview import overview
from research_kit.write.sheets.personas import personas_sheet
from research_kit.write.sheets.reference import codebook_sheet, method_sheet
from research_kit.write.sheets.rows import rows_map
from research_kit.write.sheets.told import channel_map, day_map
from research_kit.write.sheets.types import blueprint_map, everybody, future_map
from research_kit.write.sheets.words import Words, people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from research_kit.records import MapContent
    from research_kit.write.content import RunContent


def _shown(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Row key, column key and text of every cell of a map sheet that stands for a cell of the map."""
    for row in sheet.rows():
        if row.key.startswith(("lane:", "stage:")):
            for (column, _), spec in zip(sheet.columns, row.cells, strict=True):
                if column != LABELS and (row.key.startswith("lane:") or column.startswith("lane:")):
                    yield row.key, column, str(spec.text or "")


def map_data(content: MapContent, sheets: Sequence[Sheet]) -> str:
    """The map as JSON without the evidence ids (those stand on the Evidence sheet), and the text that each of its cells was given:
    what no cell shows is not lost, and what was edited is seen."""
    data = plain(content)
    data["shown"] = [[sheet.id, *place] for sheet in sheets if sheet.id.startswith("map:current:") for place in _shown(sheet)]
    for cell in data["cells"]:
        cell["evidence"] = []
        for claim in cell["claims"]:
            claim["evidence"] = []
    for theme in data["themes"]:
        theme["evidence"] = []
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def map_sheets(
    content: MapContent, words: Words, mentions: pd.DataFrame | None = None, *, orientation: str = "columns"
) -> list[Sheet]:
    """The map sheets: the current state for everybody and each persona, the other types for everybody."""
    whole = everybody(content, words)
    draw = rows_map if orientation == "rows" else current_map
    others = {
        "future": lambda: future_map(content, whole, words),
        "day": lambda: day_map(content, whole, mentions, words),
        "blueprint": lambda: blueprint_map(content, whole, words),
        "channel": lambda: channel_map(content, whole, mentions, words),
    }
    sheets = [draw(content, person, words) for person in people(content)] if "current" in content.types else []
    return [*sheets, *(others[kind]() for kind in content.types if kind in others)]


def map_book(content: MapContent, *, orientation: str = "columns") -> Book:
    """The workbook of a map alone: its map sheets, its lists and its evidence ids as far as it has any."""
    import pandas as pd

    words = Words(content.language)
    sheets = map_sheets(content, words, orientation=orientation)
    if content.themes:
        sheets.append(pains_sheet(content, {}, words))
    if content.opportunities:
        sheets.append(opportunities_sheet(content, words))
    if any(c.evidence for c in content.cells):
        sheets.append(evidence_sheet(content, pd.DataFrame(), pd.DataFrame(), words))
    return Book(content.name or words("untitled"), content.language, tuple(keyed(s) for s in sheets), map_data(content, sheets))


def _quotes(run: RunContent) -> dict[str, str]:
    """The words of each theme's first example, by mention id."""
    wanted = {t.examples[0] for t in run.journey.themes if t.examples}
    if not wanted:
        return {}
    rows = run.mentions.loc[run.mentions["mention_id"].isin(wanted), ["mention_id", "text"]]
    return dict(zip(rows["mention_id"].astype(str), rows["text"].astype(str), strict=True))


def workbook(run: RunContent) -> Book:
    """The workbook of a run: Overview, maps, Personas, Evidence, Codebook, Method."""
    words = Words(run.language)
    quotes = _quotes(run)
    sheets = [
        *map_sheets(run.journey, words, run.mentions, orientation=run.study.orientation),
        personas_sheet(run, words),
        pains_sheet(run.journey, quotes, words),
        opportunities_sheet(run.journey, words),
        evidence_sheet(run.journey, run.mentions, run.responses.comments, words),
        codebook_sheet(run.responses, words),
        method_sheet(run, words),
    ]
    keyed_sheets = tuple(keyed(s) for s in (overview(run, sheets, words), *sheets))
    return Book(run.study.name, run.language, keyed_sheets, map_data(run.journey, sheets))
