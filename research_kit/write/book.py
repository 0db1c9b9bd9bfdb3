"""Which sheets a workbook has, in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from research_kit.records import plain
from research_kit.write.sheets.evidence import evidence_sheet
from research_kit.write.sheets.journey import current_map
from research_kit.write.sheets.model import Book, Sheet
from research_kit.write.sheets.overview import overview
from research_kit.write.sheets.personas import personas_sheet
from research_kit.write.sheets.reference import codebook_sheet, method_sheet
from research_kit.write.sheets.words import Words, people

if TYPE_CHECKING:
    from research_kit.records import MapContent
    from research_kit.write.content import RunContent


def map_data(content: MapContent) -> str:
    """The map as JSON without the evidence ids (those stand on the Evidence sheet): what no cell shows is not lost."""
    data = plain(content)
    for cell in data["cells"]:
        cell["evidence"] = []
        for claim in cell["claims"]:
            claim["evidence"] = []
    for theme in data["themes"]:
        theme["evidence"] = []
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def map_sheets(content: MapContent, words: Words, *, linked: bool) -> list[Sheet]:
    """One map per person and type."""
    return [current_map(content, person, words, linked=linked) for person in people(content)]


def workbook(run: RunContent) -> Book:
    """The workbook of a run: Overview, maps, Personas, Evidence, Codebook, Method."""
    words = Words(run.language)
    sheets = [
        *map_sheets(run.map, words, linked=True),
        personas_sheet(run, words),
        evidence_sheet(run.map, run.mentions, run.responses.comments, words),
        codebook_sheet(run.responses, words),
        method_sheet(run, words),
    ]
    return Book(run.study.name, run.language, (overview(run, sheets, words), *sheets), map_data(run.map))
