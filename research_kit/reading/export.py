"""The way of one file: bytes -> payload -> grid -> layout -> Export."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from research_kit.errors import InputError
from research_kit.reading import limesurvey_structure, platforms
from research_kit.reading.container import Payload, load, looks_binary, open_payload
from research_kit.reading.delimited import read_delimited
from research_kit.reading.encoding import decode
from research_kit.reading.grid import Grid
from research_kit.reading.html_table import looks_like_html, read_html
from research_kit.reading.json_shapes import looks_like_json, read_json
from research_kit.reading.platforms.layout import Layout
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
    if grid.frame.empty:
        raise InputError(f"{path.name} holds no rows; export it again.")
    layout = limesurvey_structure.with_structure(platforms.recognise(grid, spec.type), path)
    cells, notes = _answers(grid, layout)
    if cells.empty:
        raise InputError(f"{path.name} holds only a header and no answers; export it again with responses.")
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
        raise InputError(f"{payload.name} has no sheets, but the study asks for sheet {payload.sheet!r}; take that line out.")
    if payload.kind == "spss":
        from research_kit.reading.spss import read_spss

        return read_spss(payload.data, name=payload.name)
    decoded = decode(payload.data, declared=spec.encoding)
    if looks_binary(decoded.text):
        raise InputError(f"{payload.name} is not text that can be read as a table; give the export as CSV or XLSX.")
    grid = _parse_text(decoded.text, payload.name, spec.delimiter)
    notes = list(grid.notes)
    if decoded.unreadable:
        notes.append(f"{decoded.unreadable} characters could not be decoded as {decoded.encoding} and show as \ufffd.")
    if not decoded.sure:
        notes.append(
            f"The encoding was guessed as {decoded.encoding}; if the text looks wrong, say which it is (encoding = ...)."
        )
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
            raise InputError(
                f"{name} is the structure of a LimeSurvey survey; give the responses (CSV) and leave this file beside them."
            )
        raise InputError(f"{name} is an XML file; give the export as CSV or XLSX.")
    return read_delimited(text, delimiter=delimiter, name=name)


def _answers(grid: Grid, layout: Layout) -> tuple[pd.DataFrame, list[str]]:
    """The cells below the header rows, without the rows that the platform says are no answers."""
    cells = grid.frame.iloc[layout.header_rows :] if layout.body is None else layout.body
    notes: list[str] = []
    for sentence, mask in layout.drop.items():
        hit = mask.reindex(cells.index, fill_value=False)
        if hit.any():
            notes.append(f"{int(hit.sum())} {sentence}")
            cells = cells.loc[~hit]
    cells, said = plain_times(_without_guards(cells) if grid.guarded else cells.copy(), layout.columns)
    return cells, [*notes, *said]


def _without_guards(cells: pd.DataFrame) -> pd.DataFrame:
    """Take off the ' that exporters put before a formula character; 'tis stays."""
    cells = cells.copy()
    for column in cells.columns:
        if cells[column].str.startswith("'").any():
            cells[column] = cells[column].str.replace(_DEFANGED, "", regex=True)
    return cells
