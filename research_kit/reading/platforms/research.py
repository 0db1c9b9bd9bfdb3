"""Research and field platforms: LimeSurvey, REDCap, KoboToolbox, ODK Central."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pandas as pd

from research_kit.reading.platforms.layout import TICKS, Layout, View, clean, meanings, spread_hints
from research_kit.reading.platforms.signature import hinted
from research_kit.reading.said import said
from research_kit.records import Column

# ---------------------------------------------------------------- LimeSurvey

_LIME_META = meanings("""
    respondent_id: id | response id | id. response id
    submitted: submitdate | date submitted | submitdate. date submitted
    meta: lastpage | last page | lastpage. last page
    language: startlanguage | start language | startlanguage. start language
    meta: seed | seed. seed | token | datestamp | date last action | datestamp. date last action | refurl | referrer url
    meta: refurl. referrer url
    started: startdate | date started | startdate. date started
    ip: ipaddr | ip address | ipaddr. ip address
    duration: interviewtime | total time | interviewtime. total time
""")
_LIME_OWN: frozenset[str] = frozenset((
    "submitdate", "lastpage", "startlanguage", "last page", "start language", "date submitted",
    "submitdate. date submitted", "lastpage. last page", "startlanguage. start language",
))  # fmt: skip
_LIME_SUB = re.compile(r"^[A-Za-z]\w*\[(?:SQ\d+|other|comment|[A-Z]{1,4}\d{1,3})\]|^[A-Za-z]+\w*\d\w*\[\d{1,2}\]")
_LIME_TIMING = re.compile(r"^(?:groupTime|\w+Time)\d*$|^(?:Group time|Question time)\b")


def limesurvey(view: View) -> Layout | None:
    """Two of its own columns (submitdate, lastpage, startlanguage), or sub-question codes in brackets, or "code. question" headings."""
    own = sorted(_LIME_OWN.intersection(view.header))
    subs = [h for h in view.top[0] if _LIME_SUB.match(clean(h))]
    coded = sum(bool(re.match(r"^(?![Qq]\d+\.)[A-Za-z]+\w*\d\w*(?:-\d+)?\. \S", clean(h))) for h in view.top[0])
    if len(own) >= 2:
        rule = said("header-has", names=", ".join(own[:3]), platform="LimeSurvey")
    elif len(subs) >= 2:
        rule = said("limesurvey-codes", n=len(subs), example=clean(subs[0]))
    elif coded >= max(5, 0.7 * len(view.header)):
        rule = said("limesurvey-headings")
    else:
        return None
    columns = hinted(view, _LIME_META)
    columns = [c if c.hint else _lime_column(c) for c in columns]
    if not any(c.hint == "respondent_id" for c in columns) and not clean(view.top[0][0]):
        columns[0] = replace(columns[0], hint="meta")
    for run in _same_code(columns):
        for column in spread_hints(view, [columns[i] for i in run]):
            if columns[column.position].hint != "other_text":
                columns[column.position] = column
    codes_only = all(c.text == c.code for c in columns if not c.hint and c.code) and any(c.code for c in columns)
    return Layout("limesurvey", rule, tuple(columns), notes=(said("codes-only"),) if codes_only else ())


def _lime_column(column: Column) -> Column:
    """ "Q5[SQ001]. Question [Row]" in all its forms: code, code and text, text alone."""
    if _LIME_TIMING.match(column.text):
        return replace(column, hint="drop")
    match = re.match(
        r"^(?P<code>[A-Za-z]\w*(?:-\d+)?)(?P<subs>(?:\[[^\[\]]*\]){0,2})(?:\.\s+(?P<text>.+))?$", column.text, re.DOTALL
    )
    if not match or (not match["subs"] and not match["text"] and not re.search(r"\d", match["code"])):
        text, label = _row_in_brackets(column.text)
        return replace(column, text=text, label=label)
    code, subs = match["code"], re.findall(r"\[([^\[\]]*)\]", match["subs"])
    text, label = _row_in_brackets(match["text"] or code) if subs else (match["text"] or code, "")
    label = label or " ".join(subs)
    hint = "other_text" if subs and subs[-1] in ("other", "comment", "othertext") else ""
    return Column(column.position, text, label, code=code, hint=hint)


def _row_in_brackets(text: str) -> tuple[str, str]:
    match = re.match(r"^(?P<text>.+?)\s*\[(?P<row>[^\[\]]+)\]\s*(?:\[(?P<scale>[^\[\]]+)\])?$", text, re.DOTALL)
    if not match:
        return text, ""
    return match["text"], match["row"] + (f" - {match['scale']}" if match["scale"] else "")


def _same_code(columns: list[Column]) -> list[list[int]]:
    """Labelled columns of one question, neighbours or not (comments may stand between)."""
    groups: dict[tuple[str, str], list[int]] = {}
    for column in columns:
        if column.label and column.hint in ("", "option", "row"):
            groups.setdefault((column.code, column.text), []).append(column.position)
    return [g for g in groups.values() if len(g) > 1]


# ---------------------------------------------------------------- REDCap

_CHECKBOX = re.compile(r"^(?P<field>\w+?)___(?P<code>_?\w+)$")
_CHOICE = re.compile(r"^(?P<text>.+?)\s*\(choice=(?P<option>.+)\)$", re.DOTALL)
_REDCAP_META = meanings("""
    respondent_id: record_id | record id
    meta: redcap_survey_identifier | survey identifier | redcap_event_name | event name | redcap_repeat_instrument
    meta: repeat instrument | redcap_repeat_instance | repeat instance | redcap_data_access_group | data access group
""")


_REPEATED = ("redcap_event_name", "event name", "redcap_repeat_instance", "repeat instance")


def redcap(view: View) -> Layout | None:
    """record_id first and a form's _complete column, or checkbox columns "field___1", or label headers "(choice=...)"."""
    complete = [i for i, h in enumerate(view.header) if h.endswith("_complete") and set(view.cells(i)) <= {"0", "1", "2"}]
    boxes = sum(bool(_CHECKBOX.match(clean(h))) for h in view.top[0])
    choices = sum(bool(_CHOICE.match(clean(h))) for h in view.top[0])
    first = view.header[0] in ("record_id", "record id")
    if not ((first and (complete or boxes)) or (complete and boxes) or boxes >= 2 or choices >= 2):
        return None
    columns = hinted(view, _REDCAP_META)
    if not first and not columns[0].hint and len(set(view.cells(0))) == len(view.cells(0)):
        columns[0] = replace(columns[0], hint="respondent_id")
    for i, column in enumerate(columns):
        columns[i] = _redcap_column(column, complete)
    body = view.grid.frame.iloc[1:].copy()
    blanked = _blank_unopened(body, columns, complete)
    notes = [said("never-opened", n=blanked)] if blanked else []
    if any(h in _REPEATED and view.cells(i) for i, h in enumerate(view.header)):
        notes.append(said("longitudinal"))
    return Layout("redcap", said("redcap"), tuple(columns), body=body, notes=tuple(notes))


def _redcap_column(column: Column, complete: list[int]) -> Column:
    if column.position in complete or column.text.casefold() == "complete?":
        return replace(column, hint="meta")
    if re.search(r"_timestamp$", column.text) or column.text == "Survey Timestamp":
        return replace(column, hint="submitted")
    box = _CHECKBOX.match(column.text)
    if box:
        code = box["code"].replace("_", "-", 1) if box["code"].startswith("_") else box["code"]
        return Column(column.position, box["field"], code, code=box["field"], hint="option")
    choice = _CHOICE.match(column.text)
    if choice:
        return Column(column.position, choice["text"], choice["option"], hint="option")
    return column


def _blank_unopened(body: pd.DataFrame, columns: list[Column], complete: list[int]) -> int:
    """A box is 0 even when the form was never opened: blank where the form's status is 0 and no box of it is ticked."""
    touched = pd.Series(False, index=body.index)
    before = 0
    for status in complete:
        boxes = [c.position for c in columns if c.hint == "option" and before <= c.position < status]
        before = status
        if boxes:
            unopened = body[status].eq("0") & body[boxes].isin(["0", "", "Unchecked"]).all(axis=1)
            for box in boxes:
                body[box] = body[box].mask(unopened, "")
            touched |= unopened
    return int(touched.sum())


# ---------------------------------------------------------------- KoboToolbox, ODK Central

_KOBO_META = meanings("""
    respondent_id: _id
    meta: _uuid | _validation_status | _notes | _status | _submitted_by | __version__ | _tags | meta/rootuuid | _index
    meta: end | today | deviceid | username | phonenumber | meta/instanceid | formhub/uuid | _attachments | _geolocation
    meta: _parent_table_name | _parent_index | _submission__id | _submission__uuid | _submission__submission_time
    submitted: _submission_time
    started: start
""")
_ODK_META = meanings("""
    submitted: submissiondate
    meta: meta-instanceid | submitterid | submittername | attachmentspresent | attachmentsexpected | status | reviewstate
    meta: deviceid | edits | formversion | instanceid | instancename | meta-instancename | end | today | parent_key
    meta: meta-rootuuid | meta-audit
    respondent_id: key
    started: start
""")


def kobo(view: View) -> Layout | None:
    """Three of _id, _uuid, _submission_time, _index."""
    own = [h for h in ("_id", "_uuid", "_submission_time", "_index") if h in view.header]
    if len(own) < 3:
        return None
    # An HXL tag row may follow the header: every filled cell begins with #.
    tags = [c for c in view.top[1] if c.strip()] if len(view.top) > 2 else []
    header_rows = 2 if tags and all(c.strip().startswith("#") for c in tags) else 1
    columns = _select_multiple(view, hinted(view, _KOBO_META), "/", header_rows)
    notes = (said("hxl"),) if header_rows == 2 else ()
    rule = said("header-has", names=", ".join(own), platform="KoboToolbox")
    return Layout("kobo", rule, tuple(columns), header_rows=header_rows, notes=notes)


def odk(view: View) -> Layout | None:
    """SubmissionDate and KEY, with SubmitterID or ReviewState."""
    if not view.has("submissiondate", "key") or not (
        view.has("submitterid") or view.has("reviewstate") or view.has("meta-instanceid")
    ):
        return None
    columns = _select_multiple(view, hinted(view, _ODK_META), "/", 1)
    groups = Counter(c.text.split("-")[0] for c in columns if not c.hint and not c.label and "-" in c.text)
    for i, column in enumerate(columns):
        group, dash, rest = column.text.partition("-")
        if not column.hint and dash and groups[group] >= 1 and re.fullmatch(r"\w+", group):
            columns[i] = replace(column, text=rest, code=column.text)
    return Layout("odk", said("header-has", names="SubmissionDate, KEY", platform="ODK Central"), tuple(columns))


def _select_multiple(view: View, columns: list[Column], separator: str, header_rows: int) -> list[Column]:
    """ "q" with all answers joined by blanks, and "q/option" with 0 and 1: the second says it exactly, the first is dropped."""
    names = {clean(h): i for i, h in enumerate(view.top[0])}
    done = list(columns)
    for column in columns:
        stem, slash, option = clean(view.top[0][column.position]).rpartition(separator)
        if column.hint or not slash:
            continue
        values = set(view.cells(column.position, header_rows=header_rows))
        asked = stem.rsplit(separator, 1)[-1]
        if stem in names and values <= TICKS:
            done[column.position] = Column(column.position, asked, option, code=stem, hint="option")
            done[names[stem]] = replace(done[names[stem]], hint="drop")
        elif stem in names:
            done[column.position] = Column(column.position, asked, option, code=stem, hint="other_text")
        else:
            done[column.position] = replace(column, text=option, code=clean(view.top[0][column.position]))
    geo = [i for n, i in names.items() if re.fullmatch(r"_.+_(?:latitude|longitude|altitude|precision)", n)]
    for i in geo:
        done[i] = replace(done[i], hint="meta")
    return done
