"""SurveyMonkey: "Respondent ID" first; expanded exports carry a second header row with the options and matrix rows."""

from __future__ import annotations

from collections.abc import Sequence

from research_kit.read.platforms.layout import OTHER, Layout, View, clean, compared, option_or_row
from research_kit.records import Column

_META = {
    "respondent id": "respondent_id", "respondentid": "respondent_id",
    "collector id": "meta", "collectorid": "meta", "collector": "meta", "collector title": "meta",
    "start date": "started", "startdate": "started", "date created": "started",
    "end date": "submitted", "enddate": "submitted", "date modified": "submitted",
    "ip address": "ip", "ipaddress": "ip", "email address": "email", "emailaddress": "email", "email": "email",
    "first name": "name", "firstname": "name", "last name": "name", "lastname": "name",
    "custom data 1": "meta", "custom data": "meta", "customdata": "meta", "custom data 2": "meta", "custom data 3": "meta",
}  # fmt: skip
_SINGLE = ("response", "open-ended response")


def recognise(view: View) -> Layout | None:
    """Respondent ID first, and a second row that is blank under it; or Respondent ID and Collector ID."""
    if not view.header or view.header[0] not in ("respondent id", "respondentid"):
        return None
    second = view.top[1] if len(view.top) > 1 else []
    two = _is_second_header(view.top[0], second)
    if not two and "collector id" not in view.header and "collectorid" not in view.header and view.header[0] != "respondentid":
        return None
    rule = f"The first column is {clean(view.top[0][0])!r}" + (
        " and the second row holds sub-labels under blank id columns."
        if two
        else " of SurveyMonkey; there is no second header row."
    )
    columns = _expanded(view, second) if two else _condensed(view)
    return Layout("surveymonkey", rule, tuple(columns), header_rows=2 if two else 1)


def _is_second_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Blank under the id columns, and somewhere a label; a data row always has its respondent id."""
    if not second or second[0].strip():
        return False
    meta = [i for i, cell in enumerate(first) if compared(cell) in _META]
    return all(not second[i].strip() for i in meta) and any(cell.strip() for cell in second)


def _expanded(view: View, second: Sequence[str]) -> list[Column]:
    columns: list[Column] = []
    question = ""
    starts: list[int] = []
    for i, (head, sub) in enumerate(zip(view.top[0], second, strict=True)):
        hint = _META.get(compared(head), "") if not sub.strip() else ""
        if head.strip():
            question = clean(head)
            starts.append(i)
        label = "" if compared(sub) in _SINGLE else clean(sub)
        columns.append(Column(i, question or f"Column {i + 1}", label, hint=hint))
    ends = [*starts[1:], len(columns)]
    for start, end in zip(starts, ends, strict=True):
        if end - start == 1 and not columns[start].label:
            continue
        for i in range(start, end):
            columns[i] = _labelled(view, columns[i], single=end - start == 1)
    return columns


def _labelled(view: View, column: Column, *, single: bool) -> Column:
    if OTHER.search(column.label):
        return Column(column.position, column.text, column.label, hint="other_text")
    if not column.label:
        return column
    values = view.cells(column.position, header_rows=2)
    hint = option_or_row(values, column.label)
    if single and hint == "row":
        # One text field under one question ("Open-Ended Response" renamed): no matrix.
        hint = ""
    return Column(column.position, column.text, column.label, hint=hint)


def _condensed(view: View) -> list[Column]:
    columns = [Column(i, clean(h) or f"Column {i + 1}", hint=_META.get(compared(h), "")) for i, h in enumerate(view.top[0])]
    texts = [c.text for c in columns]
    for i, column in enumerate(columns):
        stem, dash, label = column.text.rpartition(" - ")
        # "Question - Other (please specify)" beside the question itself, or beside its options.
        if dash and OTHER.search(label) and any(t == stem or t.startswith(f"{stem} - ") for j, t in enumerate(texts) if j != i):
            columns[i] = Column(i, stem, label, hint="other_text")
    return columns
