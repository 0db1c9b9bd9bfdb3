"""Which sheets a workbook has, in which order."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.records import EVERYONE, plain
from research_kit.write import evidence_ids
from research_kit.write.sheets.evidence import evidence_sheet
from research_kit.write.sheets.journey import LABELS, current_map
from research_kit.write.sheets.lists import opportunities_sheet, pains_sheet
from research_kit.write.sheets.method import method_sheet
from research_kit.write.sheets.model import Book, Sheet, keyed
from research_kit.write.sheets.overview import overview
from research_kit.write.sheets.personas import personas_sheet
from research_kit.write.sheets.reference import codebook_sheet
from research_kit.write.sheets.rows import rows_map
from research_kit.write.sheets.told import channel_map, day_map
from research_kit.write.sheets.types import blueprint_map, future_map
from research_kit.write.sheets.words import FEWEST, Words, map_title, people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import pandas as pd

    from research_kit.mentions import Mentions
    from research_kit.records import MapContent, MapPersona
    from research_kit.write.content import RunContent


def _shown(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Row key, column key and text of every cell of a map sheet that stands for a cell of the map."""
    for row in sheet.rows():
        if row.key.startswith(("lane:", "stage:")):
            for (column, _), spec in zip(sheet.columns, row.cells, strict=True):
                if column != LABELS and (row.key.startswith("lane:") or column.startswith("lane:")):
                    yield row.key, column, str(spec.text or "")


def map_data(content: MapContent, sheets: Sequence[Sheet]) -> str:
    """The map as JSON, its evidence ids apart and compressed, and the text that each of its cells was given: what no cell shows is not
    lost, and what was edited is seen."""
    data = plain(content)
    data["shown"] = [[sheet.id, *place] for sheet in sheets if sheet.id.startswith("map:current:") for place in _shown(sheet)]
    data["evidence"] = evidence_ids.taken(data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def map_sheets(
    content: MapContent, words: Words, mentions: pd.DataFrame | None = None, *, orientation: str = "columns"
) -> list[Sheet]:
    """The map sheets: each type for everybody and for each persona. Channels side by side only of those who name any."""
    drawn = {"current": rows_map if orientation == "rows" else current_map, "future": future_map, "blueprint": blueprint_map}
    told = {"day": day_map, "channel": channel_map}
    sheets = []
    for kind in content.types:
        for person in people(content):
            if kind in drawn:
                sheets.append(drawn[kind](content, person, words))
                continue
            own = replace(content, cells=tuple(c for c in content.cells if person.id == EVERYONE or c.persona == person.id))
            said = _said_by(mentions, person)
            if kind == "channel" and person.id != EVERYONE and not _names_channels(own, said):
                continue
            sheets.append(replace(told[kind](own, person, said, words), title=map_title(kind, person, words)))
    return sheets


def _said_by(mentions: pd.DataFrame | None, person: MapPersona) -> pd.DataFrame | None:
    """The mentions of the people of this persona; all of them for everybody."""
    if mentions is None or person.id == EVERYONE:
        return mentions
    return mentions.loc[mentions["persona"] == person.id]


def _names_channels(own: MapContent, said: pd.DataFrame | None) -> bool:
    """Enough people name one and the same channel for a map of channels; in a map filled by hand, any is enough."""
    if said is None:
        return any(c.lane == "channels" and c.lines for c in own.cells)
    return bool((said.groupby("channel")["unit"].nunique() >= FEWEST).any())


def map_book(content: MapContent, *, orientation: str = "columns") -> Book:
    """The workbook of a map alone: its map sheets, its lists and its evidence ids as far as it has any."""
    words = Words(content.language)
    sheets = map_sheets(content, words, orientation=orientation)
    if content.themes:
        sheets.append(pains_sheet(content, {}, words))
    if content.opportunities:
        sheets.append(opportunities_sheet(content, words))
    if any(c.evidence for c in content.cells):
        sheets.append(evidence_sheet(content, None, None, words))
    return Book(content.name or words("untitled"), content.language, tuple(keyed(s) for s in sheets), map_data(content, sheets))


def told_mentions(types: Sequence[str], mentions: Mentions) -> pd.DataFrame | None:
    """What the map types need that are drawn from the mentions themselves; None where no such type is asked for."""
    if not {"day", "channel"} & set(types):
        return None
    return mentions.frame(["unit", "persona", "text", "valence", "theme", "stage", "channel"])


def _quotes(run: RunContent) -> dict[str, str]:
    """The words of each theme's first example, by mention id."""
    wanted = {t.examples[0] for t in run.journey.themes if t.examples}
    if not wanted:
        return {}
    rows = run.mentions.pick(wanted, ["mention_id", "text"])
    return dict(zip(rows["mention_id"].astype(str), rows["text"].astype(str), strict=True))


def workbook(run: RunContent, dismissed: Collection[str] = ()) -> Book:
    """The workbook of a run: Overview, maps, Personas, Evidence, Codebook, Method. Dismissed themes stand in the table of pains alone."""
    words = Words(run.language)
    quotes = _quotes(run)
    table = pains_sheet(run.journey, quotes, words)
    run = replace(run, journey=replace(run.journey, themes=tuple(t for t in run.journey.themes if t.id not in dismissed)))
    sheets = [
        *map_sheets(run.journey, words, told_mentions(run.journey.types, run.mentions), orientation=run.study.orientation),
        personas_sheet(run, words),
        table,
        opportunities_sheet(run.journey, words),
        evidence_sheet(run.journey, run.mentions, run.responses.comments, words),
        codebook_sheet(run.responses, words),
        method_sheet(run, words),
    ]
    keyed_sheets = tuple(keyed(s) for s in (overview(run, sheets, words), *sheets))
    return Book(run.study.heading, run.language, keyed_sheets, map_data(run.journey, sheets))
