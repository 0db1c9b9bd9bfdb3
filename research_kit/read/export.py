"""The way of one file: bytes -> payload -> grid -> layout -> Export."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from research_kit.errors import InputError
from research_kit.read import platforms
from research_kit.read.container import Payload, load, looks_binary, open_payload
from research_kit.read.delimited import read_delimited
from research_kit.read.encoding import decode
from research_kit.read.grid import Grid
from research_kit.read.platforms.layout import Layout
from research_kit.read.tidy import tidy
from research_kit.records import Export
from research_kit.study import SourceSpec

_DEFANGED = re.compile(r"^'(?=[=+\-@\t\r])")


def read(spec: SourceSpec, *, name: str | None = None) -> Export:
    """See ``read.read_export``."""
    path = Path(spec.path)
    data = load(path)
    payload = open_payload(data, path.name, sheet=spec.sheet)
    grid = tidy(parse(payload, spec))
    if grid.frame.empty:
        raise InputError(f"{path.name} holds no rows; export it again.")
    layout = platforms.recognise(grid, path.name)
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
        from research_kit.read.workbook import read_workbook

        return read_workbook(payload.data, sheet=payload.sheet, name=payload.name)
    if payload.sheet:
        raise InputError(f"{payload.name} has no sheets, but the study asks for sheet {payload.sheet!r}; take that line out.")
    decoded = decode(payload.data, declared=spec.encoding)
    if looks_binary(decoded.text):
        raise InputError(f"{payload.name} is not text that can be read as a table; give the export as CSV or XLSX.")
    grid = read_delimited(decoded.text, delimiter=spec.delimiter, name=payload.name)
    notes = list(grid.notes)
    if decoded.unreadable:
        notes.append(f"{decoded.unreadable} characters could not be decoded as {decoded.encoding} and show as \ufffd.")
    if not decoded.sure:
        notes.append(
            f"The encoding was guessed as {decoded.encoding}; if the text looks wrong, say which it is (encoding = ...)."
        )
    return replace(grid, encoding=decoded.encoding, notes=tuple(notes))


def _answers(grid: Grid, layout: Layout) -> tuple[pd.DataFrame, list[str]]:
    """The cells below the header rows, without the rows that the platform says are no answers."""
    cells = grid.frame.iloc[layout.header_rows :] if layout.body is None else layout.body
    notes: list[str] = []
    for sentence, mask in layout.drop.items():
        hit = mask.reindex(cells.index, fill_value=False)
        if hit.any():
            notes.append(f"{int(hit.sum())} {sentence}")
            cells = cells.loc[~hit]
    return _without_guards(cells), notes


def _without_guards(cells: pd.DataFrame) -> pd.DataFrame:
    """Take off the ' that exporters put before a formula character; 'tis stays."""
    cells = cells.copy()
    for column in cells.columns:
        if cells[column].str.startswith("'").any():
            cells[column] = cells[column].str.replace(_DEFANGED, "", regex=True)
    return cells
