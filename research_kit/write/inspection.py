"""What was understood of a file, as plain data: `research-kit inspect`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research_kit.records import plain

if TYPE_CHECKING:
    from research_kit.records import Question, Responses


def describe(responses: Responses) -> dict[str, Any]:
    """Platform, encoding, delimiter, header rows, how many respondents and comments, every question with its reason, and what was noticed."""
    export = responses.exports[0]
    excluded = responses.respondents["excluded"]
    return {
        "source": export.source,
        "type": export.type,
        "platform": export.platform,
        "rule": export.rule,
        "encoding": export.encoding,
        "delimiter": export.delimiter,
        "sheet": export.sheet,
        "header_rows": export.header_rows,
        "language": responses.language,
        "respondents": int(responses.included().sum()),
        "excluded": {str(k): int(v) for k, v in excluded[excluded.ne("")].value_counts().sort_index().items()},
        "comments": len(responses.comments),
        "masked": dict(sorted(responses.masked.items())),
        "notes": [*export.notes, *responses.notes],
        "questions": [{**plain(q), "details": details(q)} for q in responses.questions],
    }


def details(question: Question) -> str:
    """Options, rows and scale of a question in one short line."""
    parts: list[str] = []
    if question.rows:
        parts.append(f"{len(question.rows)} rows")
    if question.scale is not None:
        arrow = {"up": "↑", "down": "↓", "unknown": "?"}[question.scale.direction]
        parts.append(f"{question.scale.min:g}-{question.scale.max:g} {arrow}")
    if question.options:
        shown = ", ".join(o if len(o) <= 24 else f"{o[:23]}…" for o in question.options[:3])
        parts.append(f"{len(question.options)}: {shown}{' …' if len(question.options) > 3 else ''}")
    return "; ".join(parts)
