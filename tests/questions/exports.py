"""Exports for tests, from rows of text: what reading/ would hand over, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from research_kit.records import Column, Export, SourceType
from research_kit.study import SourceSpec, Study


def make_export(
    header: Sequence[str | Column],
    rows: Sequence[Sequence[str]],
    *,
    source: str = "test",
    type: SourceType = "survey",  # noqa: A002
    platform: str = "table",
    header_rows: int = 1,
) -> Export:
    columns = tuple(h if isinstance(h, Column) else Column(i, h) for i, h in enumerate(header))
    padded = [[*r, *[""] * (len(columns) - len(r))][: len(columns)] for r in rows]
    cells = pd.DataFrame(
        padded, columns=range(len(columns)), index=range(header_rows + 1, header_rows + 1 + len(rows)), dtype="str"
    )
    return Export(
        source=source,
        path=f"{source}.csv",
        type=type,
        platform=platform,
        rule="made by a test",
        columns=columns,
        cells=cells,
        header_rows=header_rows,
    )


def study_of(*exports: Export, **changes: object) -> Study:
    return Study(name="test", sources=tuple(SourceSpec(Path(e.path), type=e.type) for e in exports), **changes)
