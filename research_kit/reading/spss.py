"""SPSS .sav and .zsav -> Grid, through pyreadstat where it is installed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from research_kit.reading.grid import Grid, text_frame
from research_kit.reading.said import refused, said
from research_kit.reading.workbook import cell_text


def read_spss(data: bytes, *, name: str = "") -> Grid:
    """Variable names in row 1, labels in row 2, answers as the text of their value labels. InputError without pyreadstat."""
    try:
        import pyreadstat
    except ImportError:
        raise refused("needs-pyreadstat", name=name) from None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("answers.zsav" if data[:4] == b"$FL3" else "answers.sav")
        path.write_bytes(data)
        try:
            frame, meta = pyreadstat.read_sav(str(path), apply_value_formats=False, user_missing=False)
        except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError, OSError, MemoryError):
            raise refused("damaged-spss", name=name) from None
    names = list(meta.column_names)
    texts = [str(meta.column_names_to_labels.get(n) or "") for n in names]
    codebook = {
        n: {_value(k): str(v) for k, v in sorted(labels.items(), key=lambda kv: str(kv[0]))}
        for n, labels in meta.variable_value_labels.items()
    }
    columns = [_texts(frame[n].tolist(), codebook.get(n, {})) for n in names]
    rows = [list(row) for row in zip(*columns, strict=True)]
    grid = text_frame([names, texts, *rows], [-1, 0, *range(1, len(rows) + 1)], len(names))
    notes = (said("value-labels"),) if codebook else ()
    return Grid(grid, notes=notes, shape="spss", codebook=codebook)


def _value(value: Any) -> str:
    return cell_text(float(value)) if isinstance(value, (int, float)) else str(value)


def _texts(values: list[Any], labels: dict[str, str]) -> list[str]:
    done = []
    for value in values:
        text = "" if value is None or value != value else _value(value) if isinstance(value, (int, float)) else cell_text(value)
        done.append(labels.get(text, text))
    return done
