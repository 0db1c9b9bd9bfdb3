"""The Codebook: every question as it was understood, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit import labels
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, CellSpec, Row, Sheet
from research_kit.write.sheets.settings import known
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from research_kit.records import Question, Responses

CODEBOOK = (
    ("source", 20.0), ("key", 22.0), ("text", 56.0), ("kind", 14.0), ("role", 17.0), ("scale", 30.0), ("options", 48.0), ("n", 10.0),
    ("missing", 10.0), ("reason", 52.0),
)  # fmt: skip
NUMBERS = ("n", "missing")
SHOWN_OPTIONS = 12


def scale_text(question: Question) -> str:
    """A scale in one line, as codebook.csv has it: "1-5 up (low; ...; high)"."""
    scale = question.scale
    if scale is None:
        return ""
    named = f" ({'; '.join(scale.labels)})" if scale.labels else ""
    return f"{scale.min:g}-{scale.max:g} {scale.direction}{named}"


def _scale(question: Question, words: Words) -> str:
    """A scale as a reader of the workbook wants it: its range, which way it runs, its labels."""
    scale = question.scale
    if scale is None:
        return ""
    lines = [f"{scale.min:g}–{scale.max:g} · {known(f'scale_{scale.direction}', words)}", "; ".join(scale.labels)]
    return "\n".join(line for line in lines if line)


def options_text(question: Question, most: int | None = None) -> str:
    """Options, or the rows of a matrix, in one line."""
    items = list(question.rows or question.options)
    if most is not None and len(items) > most:
        return "; ".join(items[:most]) + f"; … (+{len(items) - most})"
    return "; ".join(items)


def codebook_sheet(responses: Responses, words: Words) -> Sheet:
    """Every question as it was understood, and why."""
    heads = (CellSpec(words(f"codebook_{key}"), "th_number" if key in NUMBERS else "th") for key, _ in CODEBOOK)
    rows = [Row(tuple(heads), key="head", least=24)]
    for q in responses.questions:
        kind, role = known(f"kind_{q.kind}", words), known(f"role_{q.role}", words)
        cells = (
            CellSpec(q.source, "td_small"), CellSpec(q.key, "td_bold"), CellSpec(q.text, "td"), CellSpec(kind, "td"), CellSpec(role, "td"),
            CellSpec(_scale(q, words), "td"), CellSpec(options_text(q, SHOWN_OPTIONS), "td_small"), CellSpec(q.n, "td_int"),
            CellSpec(q.missing, "td_int"), CellSpec(labels.say(q.reason, words.language), "td_small"),
        )  # fmt: skip
        rows.append(Row(cells, key=f"question:{q.source}:{q.key}", least=18))
    return Sheet(
        id="codebook",
        title=words("sheet_codebook"),
        columns=CODEBOOK,
        blocks=(
            title_block(words("sheet_codebook"), words("codebook_note"), len(CODEBOOK)),
            Block(tuple(rows), "codebook", table=True),
        ),
        freeze=(rows[1].key, 2) if len(rows) > 1 else None,
        tab=palette.SLATE,
        paper=8,
        repeat="head",
        zoom=90,
    )
