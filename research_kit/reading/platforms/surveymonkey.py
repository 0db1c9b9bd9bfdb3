"""SurveyMonkey: "Respondent ID" first; expanded exports carry a second header row with the options and matrix rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from research_kit.reading.platforms.layout import OTHER, Layout, View, clean, compared, meanings, spread_hints, two_header_rows
from research_kit.reading.platforms.spread import spread
from research_kit.reading.said import said
from research_kit.records import Column

_META = meanings("""
    respondent_id: respondent id | respondentid
    meta: collector id | collectorid | collector | collector title | custom data 1 | custom data | customdata
    meta: custom data 2 | custom data 3
    started: start date | startdate | date created
    submitted: end date | enddate | date modified
    ip: ip address | ipaddress
    email: email address | emailaddress | email
    name: first name | firstname | last name | lastname
""")
_OPEN = "open-ended response"
_SINGLE = ("response", _OPEN)


def recognise(view: View) -> Layout | None:
    """Respondent ID first, and a second row that is blank under it; or Respondent ID and Collector ID."""
    if not view.header or view.header[0] not in ("respondent id", "respondentid"):
        return _anonymised(view)
    second = view.top[1] if len(view.top) > 1 else []
    two = _is_second_header(view.top[0], second)
    ids = view.cells(0)
    own = all(re.fullmatch(r"\d{9,13}", i) for i in ids)  # SurveyMonkey's respondent ids are that long
    if not (two or own or "collector id" in view.header or "collectorid" in view.header):
        return None
    rule = said("surveymonkey-two-rows" if two else "surveymonkey-one-row", name=clean(view.top[0][0]))
    columns = expanded(view, second) if two else _condensed(view)
    return Layout("surveymonkey", rule, tuple(columns), header_rows=2 if two else 1)


def _anonymised(view: View) -> Layout | None:
    """The id columns were taken out, but the second header row still says Response and Open-Ended Response."""
    if not two_header_rows(view) or not any(compared(c) in _SINGLE for c in view.top[1]):
        return None
    return Layout("surveymonkey", said("surveymonkey-anonymised"), tuple(expanded(view, view.top[1])), header_rows=2)


def _is_second_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Blank under the id columns, and somewhere a label; a data row always has its respondent id."""
    if not second or second[0].strip():
        return False
    meta = [i for i, cell in enumerate(first) if compared(cell) in _META]
    return all(not second[i].strip() for i in meta) and any(cell.strip() for cell in second)


def expanded(view: View, second: Sequence[str], hints: Mapping[str, str] = _META) -> list[Column]:
    """Columns of a table with two header rows: the question stands over its first column, the labels under it."""
    columns: list[Column] = []
    question = ""
    starts: list[int] = []
    for i, (head, sub) in enumerate(zip(view.top[0], second, strict=True)):
        hint = hints.get(compared(head), "") if not sub.strip() else "text_box" if compared(sub) == _OPEN else ""
        if head.strip():
            question = clean(head)
            starts.append(i)
        label = "" if compared(sub) in _SINGLE else clean(sub)
        columns.append(Column(i, question or f"Column {i + 1}", label, hint=hint))
    ends = [*starts[1:], len(columns)]
    for start, end in zip(starts, ends, strict=True):
        columns[start:end] = _labelled(view, columns[start:end])
    return columns


def _labelled(view: View, group: list[Column]) -> list[Column]:
    """The columns of one question. A single column with a sub-label is one text field, or the one row of a matrix: no spread."""
    if len(group) == 1:
        return [replace(c, hint="other_text") if OTHER.search(c.label) else c for c in group]
    # "Response" beside labelled columns is the answer itself; what is labelled beside it is its "Other".
    labelled = [c for c in group if c.label]
    hinted = {c.position: c for c in spread_hints(view, labelled, header_rows=2)}
    return [hinted.get(c.position, c) for c in group]


def _condensed(view: View) -> list[Column]:
    columns = [Column(i, clean(h) or f"Column {i + 1}", hint=_META.get(compared(h), "")) for i, h in enumerate(view.top[0])]
    texts = [c.text for c in columns]
    for i, column in enumerate(columns):
        stem, dash, label = column.text.rpartition(" - ")
        # "Question - Other (please specify)" beside the question itself, or beside its options.
        if dash and OTHER.search(label) and any(t == stem or t.startswith(f"{stem} - ") for j, t in enumerate(texts) if j != i):
            columns[i] = Column(i, stem, label, hint="other_text")
    return spread(view, columns)
