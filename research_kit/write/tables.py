"""The files beside the workbook: CSV, JSON and parquet, each as bytes."""

from __future__ import annotations

import json
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from research_kit.records import plain
from research_kit.write.html import journey_html
from research_kit.write.safety import csv_text
from research_kit.write.sheets.reference import options_text, scale_text
from research_kit.write.xmind import journey_xmind

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from research_kit.mentions import Mentions
    from research_kit.records import MapContent, Personas, Responses
    from research_kit.write.content import RunContent
    from research_kit.write.folder import Content

RESPONDENTS = ("respondent", "source", "row", "wave", "persona", "probability", "weight", "excluded")
TIDY = ("persona", "persona_name", "stage_no", "stage", "lane", "line_no", "text", "valence", "n", "low", "high", "evidence_ids")
CODEBOOK = ("source", "key", "text", "kind", "role", "scale", "options", "n", "missing", "reason")


def to_csv(frame: pd.DataFrame) -> bytes:
    """CSV that Excel reads: UTF-8 with BOM; text that could be taken for a formula gets a ' in front, numbers stay numbers."""
    import pandas as pd

    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_bool_dtype(safe[name]):
            safe[name] = safe[name].map(lambda v: csv_text(v) if isinstance(v, str) else v)
    return b"\xef\xbb\xbf" + safe.to_csv(index=False, lineterminator="\r\n", float_format="%.6g").encode("utf-8", "replace")


def to_json(value: Any) -> bytes:
    """JSON with two blanks of indent, text as it is; what is not a number becomes null."""
    return (json.dumps(_finite(plain(value)), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8", "replace")


def _finite(value: Any) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_finite(v) for v in value]
    if isinstance(value, float):
        return round(value, 6) if -1e300 < value < 1e300 else None
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def respondents(responses: Responses, personas: Personas) -> pd.DataFrame:
    """Everybody in the files, with the persona they belong to."""
    people = responses.respondents
    placed = personas.membership.reindex(people.index)
    table = people.assign(persona=placed["persona"], probability=placed["probability"].astype(float).round(4))
    return table[list(RESPONDENTS)]


def codebook(responses: Responses) -> pd.DataFrame:
    """Every question as it was understood."""
    import pandas as pd

    rows = [
        (q.source, q.key, q.text, q.kind, q.role, scale_text(q), options_text(q), q.n, q.missing, q.reason)
        for q in responses.questions
    ]
    return pd.DataFrame(rows, columns=list(CODEBOOK))


def personas_json(personas: Personas) -> dict[str, Any]:
    """The personas as plain data."""
    return {
        "n_personas": len(personas.personas),
        "verdict": personas.verdict,
        "reasons": list(personas.reasons),
        "curve": plain(personas.curve),
        "personas": plain(personas.personas),
        "unplaced": plain(personas.unplaced),
        "declared_by": personas.declared_by,
        "model": personas.model,
        "used": list(personas.used),
        "left_out": [{"question": key, "reason": why} for key, why in personas.left_out],
        "accuracy": plain(personas.accuracy),
    }


def journey_json(content: MapContent) -> dict[str, Any]:
    """The map as plain data: stages, lanes, sources, cells, curves, themes, opportunities and the rest."""
    data = plain(content)
    first = ("name", "language", "types", "stages", "lanes", "sources", "personas", "cells", "curves", "themes", "opportunities")
    return {key: data[key] for key in [*first, *(k for k in data if k not in first)]}


def mentions_parquet(mentions: Mentions, path: Path) -> None:
    """Write all mentions, columns in their documented order, in groups of some 20,000 rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = (pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(None) for rows in mentions.slices())
    first = next(tables)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as file:
        for table in chain([first], tables):
            file.write_table(table)


def all_tables(run: RunContent) -> dict[str, Content]:
    """Every file of a run but the workbook and run.json, by name."""
    return {
        "respondents.csv": to_csv(respondents(run.responses, run.personas)),
        "personas.json": to_json(personas_json(run.personas)),
        "journey.json": to_json(journey_json(run.journey)),
        "mentions.parquet": partial(mentions_parquet, run.mentions),
        "codebook.csv": to_csv(codebook(run.responses)),
        "journey.csv": to_csv(tidy(run.journey)),
        "journey.html": journey_html(run.journey, run.mentions),
        "journey.xmind": journey_xmind(run.journey),
        **segments(run),
        "timings.json": to_json(dict(run.timings)),
    }


def tidy(content: MapContent) -> pd.DataFrame:
    """The map one line per row: persona, stage, lane, line, people, interval, valence, evidence ids."""
    import pandas as pd

    stages = {s.key: (i, s.name) for i, s in enumerate(content.stages, 1)}
    names = {p.id: p.name for p in content.personas}
    rows = []
    for cell in content.cells:
        number, stage = stages.get(cell.stage, (0, cell.stage))
        for i, line in enumerate(cell.lines):
            claim = cell.claims[i] if i < len(cell.claims) else None
            n, low, high = (claim.n, claim.low, claim.high) if claim else (cell.n, cell.low, cell.high)
            evidence = " ".join(claim.evidence if claim else cell.evidence)
            rows.append(
                (
                    cell.persona,
                    names.get(cell.persona, cell.persona),
                    number,
                    stage,
                    cell.lane,
                    i + 1,
                    line,
                    claim.valence if claim else None,
                    n,
                    low,
                    high,
                    evidence,
                )
            )
    return pd.DataFrame(rows, columns=list(TIDY))


def segments(run: RunContent) -> dict[str, bytes]:
    """One list per persona: who is in it, by id; with the contact column only where the study names one."""
    people = respondents(run.responses, run.personas)
    columns = ["respondent", "source", "row", "wave", "probability"]
    contact = run.study.contact
    if contact and contact in run.responses.answers.columns:
        people = people.assign(contact=run.responses.answers[contact].reindex(people.index))
        columns.append("contact")
    included = people["excluded"].eq("")
    return {
        f"segments/{p.id}.csv": to_csv(people.loc[included & people["persona"].eq(p.id), columns]) for p in run.personas.personas
    }
