"""Alchemer (SurveyGizmo): Time Started, Date Submitted, Status; spread questions are written "label:question" in one header row."""

from __future__ import annotations

from collections import Counter

from research_kit.read.platforms.layout import Layout, View, clean, compared, option_or_row
from research_kit.records import Column

_META = {
    "response id": "respondent_id", "time started": "started", "date submitted": "submitted", "status": "status",
    "contact id": "meta", "legacy comments": "meta", "comments": "meta", "language": "language", "referer": "meta",
    "extended referer": "meta", "sessionid": "meta", "session id": "meta", "user agent": "meta", "longitude": "meta",
    "latitude": "meta", "country": "meta", "city": "meta", "state/region": "meta", "postal": "meta", "ip address": "ip",
    "link name": "meta", "tags": "meta", "invite custom field 1": "meta",
}  # fmt: skip


def recognise(view: View) -> Layout | None:
    """Time Started, Date Submitted and Status (Response ID may have been taken out)."""
    if not view.has("time started", "date submitted", "status"):
        return None
    first_question = max(view.find("time started"), view.find("date submitted"), view.find("status"))
    heads = [clean(h) for h in view.top[0]]
    stems = Counter(stem for h in heads if (stem := _stem(h)))
    columns: list[Column] = []
    for i, head in enumerate(heads):
        # City, Country, Language ... are Alchemer's own before the first question; later the same word may be a question.
        meta = _META.get(compared(head), "") if i <= max(first_question, 40) and heads.index(head) == i else ""
        stem = _stem(head)
        if meta:
            columns.append(Column(i, head, hint=meta))
        elif stem and (stems[stem] > 1 or stem in heads):
            columns.append(_labelled(view, i, head[: -len(stem) - 1].strip(), stem))
        else:
            columns.append(Column(i, head or f"Column {i + 1}"))
    return Layout("alchemer", "The header has Time Started, Date Submitted and Status.", tuple(_write_ins(view, columns)))


def _stem(head: str) -> str:
    """The question of "label:question"; labels have no blank before their colon and the question follows at once."""
    label, colon, stem = head.partition(":")
    while colon and (stem[:1] in ("", " ", "/") or not label.strip()):
        more, colon, rest = stem.partition(":")
        label, stem = f"{label}:{more}", rest
    return stem.strip() if colon else ""


def _labelled(view: View, position: int, label: str, text: str) -> Column:
    return Column(position, text, label, hint=_kind(view.cells(position), label))


def _kind(values: list[str], label: str) -> str:
    """Ticks and repeated labels are options; a few short values are matrix rows; else a field of its own ("Aspect #1")."""
    hint = option_or_row(values, label)
    if hint != "row":
        return hint
    distinct = {v.strip() for v in values}
    return "row" if len(distinct) <= 12 and len(distinct) < 0.5 * len(values) else ""


def _write_ins(view: View, columns: list[Column]) -> list[Column]:
    """ "Other - Write In" comes twice: the tick first, then the text; only the second holds what people wrote."""
    for i, column in enumerate(columns):
        wrote = compared(column.label or column.text).startswith(
            ("other - write in", "other, please specify", "other (please specify)")
        )
        if not wrote:
            continue
        distinct = {v.strip() for v in view.cells(column.position)}
        tick = len(distinct) <= 1 and all(compared(v) == compared(column.label) or v == "1" for v in distinct)
        later = any(c.label == column.label and c.text == column.text for c in columns[i + 1 : i + 3])
        hint = "option" if tick and later else "other_text"
        columns[i] = Column(column.position, column.text, column.label, hint=hint)
    return columns
