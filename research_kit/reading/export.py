"""The way of one file: bytes -> payload -> grid -> layout -> Export."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from research_kit.labels import Sentence
from research_kit.reading import limesurvey_structure, platforms
from research_kit.reading.container import Payload, load, looks_binary, open_payload
from research_kit.reading.delimited import read_delimited
from research_kit.reading.encoding import decode
from research_kit.reading.grid import Grid
from research_kit.reading.html_table import looks_like_html, read_html
from research_kit.reading.json_shapes import looks_like_json, read_json
from research_kit.reading.platforms.layout import Layout
from research_kit.reading.said import refused, said
from research_kit.reading.tidy import tidy
from research_kit.reading.times import plain_times
from research_kit.records import Export
from research_kit.study import SourceSpec

_DEFANGED = re.compile(r"^'(?=[=+\-@\t\r])")


def read(spec: SourceSpec, *, name: str | None = None) -> Export:
    """See ``read.read_export``."""
    path = Path(spec.path)
    data = load(path)
    payload = open_payload(data, path.name, sheet=spec.sheet)
    grid = parse(payload, spec)
    grid = grid if grid.shape else tidy(grid)
    grid = replace(grid, name=path.name)
    if grid.frame.empty:
        raise refused("no-rows", name=path.name)
    layout = limesurvey_structure.with_structure(platforms.recognise(grid, spec.type), path)
    cells, notes = _answers(grid, layout)
    pa.default_memory_pool().release_unused()  # parsing took several times what is left
    if cells.empty:
        raise refused("only-header", name=path.name)
    return Export(
        source=name or path.name,
        path=str(spec.path),
        type=spec.type or layout.type,
        platform=layout.platform,
        rule=layout.rule,
        columns=layout.columns,
        cells=cells,
        header_rows=layout.header_rows,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=(*payload.notes, *grid.notes, *layout.notes, *notes),
        codebook={**grid.codebook, **layout.codebook},
    )


def parse(payload: Payload, spec: SourceSpec) -> Grid:
    """Cells out of bytes, by the kind of container."""
    if payload.kind == "workbook":
        from research_kit.reading.workbook import read_workbook

        return read_workbook(payload.data, sheet=payload.sheet, name=payload.name)
    if payload.sheet:
        raise refused("has-no-sheets", name=payload.name, sheet=payload.sheet)
    if payload.kind == "spss":
        from research_kit.reading.spss import read_spss

        return read_spss(payload.data, name=payload.name)
    decoded = decode(payload.data, declared=spec.encoding, name=payload.name)
    if looks_binary(decoded.text):
        if spec.encoding:
            raise refused("wrong-encoding", name=payload.name, encoding=spec.encoding)
        raise refused("not-text", name=payload.name)
    grid = _parse_text(decoded.text, payload.name, spec.delimiter)
    notes = list(grid.notes)
    if decoded.unreadable:
        notes.append(said("unreadable", n=decoded.unreadable, encoding=decoded.encoding))
    if not decoded.sure:
        notes.append(said("encoding-guessed", encoding=decoded.encoding))
    return replace(grid, encoding=decoded.encoding, notes=tuple(notes))


def _parse_text(text: str, name: str, delimiter: str) -> Grid:
    """JSON, a web page under an Excel name, or delimited text; a delimiter in the study file settles it."""
    if not delimiter and looks_like_json(text):
        grid = read_json(text, name=name)
        if grid is not None:
            return grid
    if not delimiter and looks_like_html(text):
        return read_html(text, name=name)
    if text.lstrip().startswith("<?xml"):
        if "<LimeSurveyDocType>" in text[:2000]:
            raise refused("lss", name=name)
        raise refused("not-a-table", name=name, what=Sentence("refusals", "xml"))
    return read_delimited(text, delimiter=delimiter, name=name)


def _answers(grid: Grid, layout: Layout) -> tuple[pd.DataFrame, list[Sentence]]:
    """The cells below the header rows, without the rows that the platform says are no answers."""
    cells = grid.frame.iloc[layout.header_rows :] if layout.body is None else layout.body
    notes: list[Sentence] = []
    for key, mask in layout.drop.items():
        hit = mask.reindex(cells.index, fill_value=False)
        if hit.any():
            notes.append(said(key, n=int(hit.sum())))
            cells = cells.loc[~hit]
    cells, timed = plain_times(_without_guards(cells) if grid.guarded else cells.copy(), layout.columns)
    return cells, [*notes, *timed]


def _without_guards(cells: pd.DataFrame) -> pd.DataFrame:
    """Take off the ' that exporters put before a formula character; 'tis stays."""
    cells = cells.copy()
    for column in cells.columns:
        guarded = cells[column].str.startswith("'").to_numpy(dtype=bool)
        if guarded.any():
            cells.loc[guarded, column] = cells.loc[guarded, column].str.replace(_DEFANGED, "", regex=True)
    return cells
