"""The sheets one looks things up in: Codebook and Method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Block, CellSpec, Row, Sheet
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from research_kit.records import Question, Responses
    from research_kit.write.content import RunContent

CODEBOOK = (
    ("source", 20.0), ("key", 22.0), ("text", 56.0), ("kind", 12.0), ("role", 13.0), ("scale", 26.0), ("options", 48.0), ("n", 8.0),
    ("missing", 9.0), ("reason", 52.0),
)  # fmt: skip
SHOWN_OPTIONS = 12


def scale_text(question: Question) -> str:
    """A scale in one line: "1-5 up (low; ...; high)"."""
    scale = question.scale
    if scale is None:
        return ""
    labels = f" ({'; '.join(scale.labels)})" if scale.labels else ""
    return f"{scale.min:g}-{scale.max:g} {scale.direction}{labels}"


def options_text(question: Question, most: int | None = None) -> str:
    """Options, or the rows of a matrix, in one line."""
    items = list(question.rows or question.options)
    if most is not None and len(items) > most:
        return "; ".join(items[:most]) + f"; … (+{len(items) - most})"
    return "; ".join(items)


def codebook_sheet(responses: Responses, words: Words) -> Sheet:
    """Every question as it was understood, and why."""
    rows = [Row(tuple(CellSpec(words(f"codebook_{key}"), "th") for key, _ in CODEBOOK), key="head", least=24)]
    for q in responses.questions:
        cells = (
            CellSpec(q.source, "td_small"), CellSpec(q.key, "td_bold"), CellSpec(q.text, "td"), CellSpec(q.kind, "td"), CellSpec(q.role, "td"),
            CellSpec(scale_text(q), "td"), CellSpec(options_text(q, SHOWN_OPTIONS), "td_small"), CellSpec(q.n, "td_int"),
            CellSpec(q.missing, "td_int"), CellSpec(q.reason, "td_small"),
        )  # fmt: skip
        rows.append(Row(cells, key=f"question:{q.source}:{q.key}", least=18))
    top = (
        Row((CellSpec(words("sheet_codebook"), "title", span=4),), height=36),
        Row((CellSpec(words("codebook_note"), "subtitle", span=7),), least=20),
        Row(height=6),
    )
    return Sheet(
        id="codebook",
        title=words("sheet_codebook"),
        columns=CODEBOOK,
        blocks=(Block(top, "title"), Block(tuple(rows), "codebook", table=True)),
        freeze=(rows[1].key, 2) if len(rows) > 1 else None,
        tab=palette.SLATE,
        paper=8,
        repeat="head",
        zoom=90,
    )


def flatten(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Nested settings as (path, value) lines."""
    if isinstance(value, Mapping):
        return [line for key in value for line in flatten(value[key], f"{name}.{key}" if name else str(key))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(not isinstance(v, (Mapping, list, tuple)) for v in value):
            return [(name, "; ".join(str(v) for v in value))] if value else []
        return [line for i, v in enumerate(value, 1) for line in flatten(v, f"{name} {i}")]
    if isinstance(value, float):
        return [(name, f"{value:.4g}")]
    return [] if value is None or value == "" else [(name, str(value))]


def _section(title: str, lines: Sequence[tuple[str, str]], key: str) -> list[Row]:
    rows = [Row((CellSpec(title, "heading", span=2),), height=26)]
    rows += [Row((CellSpec(name, "td_bold"), CellSpec(text, "td")), key=f"{key}:{name}", least=18) for name, text in lines]
    return [*rows, Row(height=10)] if lines else []


def _notes(title: str, notes: Sequence[str], key: str) -> list[Row]:
    rows = [Row((CellSpec(title, "heading", span=2),), height=26)]
    rows += [Row((CellSpec(note, "bullet", span=2),), key=f"{key}:{i}", least=18) for i, note in enumerate(notes)]
    return [*rows, Row(height=10)] if notes else []


def method_sheet(run: RunContent, words: Words) -> Sheet:
    """What was done, dropped and masked; how accurate it is on this study; with which versions; what it cannot tell."""
    about = run.info
    notes = [*run.responses.notes, *(n for e in run.responses.exports for n in e.notes), *run.report.notes]
    excluded = run.responses.respondents["excluded"].value_counts().sort_index() if len(run.responses.respondents) else None
    dropped = [] if excluded is None else [(str(k), f"{v:,}") for k, v in excluded.items() if k]
    reserved = {"inputs", "versions", "settings", "accuracy", "masked", "dropped", "notes"}
    rows = [
        *_notes(words("method_steps"), [words(f"step_{i}") for i in range(1, 7)], "step"),
        *_section(words("method_inputs"), flatten(about.get("inputs", ())), "input"),
        *_section(words("method_dropped"), [*dropped, *flatten(about.get("dropped", {}))], "dropped"),
        *_section(words("method_masked"), flatten(dict(run.responses.masked)), "masked"),
        *_section(words("method_accuracy"), [*flatten(about.get("accuracy", {})), *flatten(dict(run.report.learned), "text"),
                                             *flatten(dict(run.personas.accuracy), "personas")], "accuracy"),
        *_notes(words("method_notes"), list(dict.fromkeys(notes)), "note"),
        *_section(words("method_settings"), flatten(about.get("settings", {})), "settings"),
        *_section(words("method_versions"), [*flatten(about.get("versions", {})),
                                             *flatten({k: v for k, v in about.items() if k not in reserved})], "versions"),
        *_notes(words("method_limits"), [words(f"limit_{i}") for i in range(1, 6)], "limit"),
    ]  # fmt: skip
    top = (Row((CellSpec(words("sheet_method"), "title", span=2),), height=36), Row(height=6))
    return Sheet(
        id="method",
        title=words("sheet_method"),
        columns=(("name", 36.0), ("value", 110.0)),
        blocks=(Block(top, "title"), Block(tuple(rows), "method")),
        tab=palette.SLATE,
    )
