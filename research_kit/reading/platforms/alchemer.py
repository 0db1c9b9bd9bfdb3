"""Alchemer (SurveyGizmo): Time Started, Date Submitted, Status; spread questions are written "label:question" in one header row."""

from __future__ import annotations

import re
from collections import Counter

from research_kit.reading.platforms.layout import Layout, View, clean, compared, meanings, runs_of_same_text, spread_hints
from research_kit.reading.said import said
from research_kit.records import Column

_META = meanings("""
    respondent_id: response id
    started: time started
    submitted: date submitted
    status: status
    meta: contact id | legacy comments | comments | referer | extended referer | sessionid | session id | user agent
    meta: longitude | latitude | country | city | state/region | postal | link name | tags | invite custom field 1
    language: language
    ip: ip address
""")


def recognise(view: View) -> Layout | None:
    """Time Started, Date Submitted and Status (Response ID may have been taken out)."""
    if not view.has("time started", "date submitted", "status"):
        return None
    first_question = max(view.find("time started"), view.find("date submitted"), view.find("status"))
    heads = [clean(h) for h in view.top[0]]
    tails = Counter(tail for h in heads for tail in {tail for _, tail in _splits(h)})
    columns: list[Column] = []
    for i, head in enumerate(heads):
        # City, Country, Language ... are Alchemer's own before the first question; later the same word may be a question.
        meta = _META.get(compared(head), "") if i <= max(first_question, 40) and heads.index(head) == i else ""
        split = next(((label, tail) for label, tail in _splits(head) if tails[tail] > 1 or tail in heads), None)
        if meta:
            columns.append(Column(i, head, hint=meta))
        elif split:
            columns.append(Column(i, split[1], split[0]))
        else:
            columns.append(Column(i, head or f"Column {i + 1}"))
    for run in runs_of_same_text(columns):
        labelled = [i for i in run if columns[i].label]
        for column in spread_hints(view, [columns[i] for i in labelled]):
            columns[column.position] = column
    rule = said("header-has", names="Time Started, Date Submitted, Status", platform="Alchemer")
    return Layout("alchemer", rule, tuple(_write_ins(view, columns)))


def _splits(head: str) -> list[tuple[str, str]]:
    """Every way to read "label:question", the shortest label first; the question follows its colon at once."""
    found = []
    for match in re.finditer(":", head):
        label, tail = head[: match.start()].strip(" :"), head[match.end() :]
        if label and tail and not tail[0].isspace() and tail[0] not in ":/":
            found.append((label, tail.strip()))
    return found


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
