"""Qualtrics: three header rows (the third holds ImportIds), or two in the legacy exporter (the first holds V1, V2, ...)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from research_kit.labels import Sentence
from research_kit.reading.platforms.layout import Layout, View, clean, common_prefix, compared, meanings, spread_hints
from research_kit.reading.said import said
from research_kit.records import Column

_IMPORT_ID = re.compile(r"""^\{\s*["']ImportId["']\s*:""")
_META = meanings("""
    started: startdate
    submitted: enddate
    status: status
    ip: ipaddress
    progress: progress
    duration: duration (in seconds) | q_totalduration
    finished: finished
    meta: recordeddate | externalreference | externaldatareference | locationlatitude | locationlongitude
    meta: locationaccuracy | distributionchannel | responseset | q_recaptchascore | q_relevantidduplicate
    meta: q_relevantidfraudscore | q_ballotboxstuffing | q_language | q_url | q_duplicaterespondent | q_terminateflag
    meta: q_relevantidlaststartdate | q_relevantidduplicatescore | q_datapolicyviolations | q_chl
    respondent_id: responseid | _recordid
    name: recipientlastname | recipientfirstname | name
    email: recipientemail | emailaddress
    language: userlanguage
""")
_ENRICHED = re.compile(r" - (?:Parent )?(?:Topics|Sentiment(?: Polarity| Score)?|Topic Sentiment.*|Actionability|Emotion.*)$")
_MEASURED = re.compile(
    r"(?:^|_)(?:First Click|Last Click|Page Submit|Click Count)$|^SC\d+$|_(?:Browser|Version|Operating System|Resolution)$"
)
"""What Qualtrics measures itself: page timings, scores, the browser."""
_CODE_STEM = re.compile(r"^(?P<stem>.+?)(?:#\d+)?(?:_-?\d+|: ?\d+)+(?:_TEXT)?$")
_SEPARATORS = (" - ", " : ", "-", ": ")


def recognise(view: View) -> Layout | None:
    """An ImportId in the third row; or V1, V2, V3 in the first with ResponseID under V1; or the fixed names of the first row alone."""
    if len(view.top) > 2 and sum(bool(_IMPORT_ID.match(c.strip())) for c in view.top[2]) >= max(1, 0.3 * len(view.top[2])):
        return _layout(view, view.top[0], view.top[1], 3, said("import-ids"))
    legacy = len(view.top) > 1 and view.header[:3] == ["v1", "v2", "v3"] and compared(view.top[1][0]) == "responseid"
    if legacy:
        names = [
            s if compared(s) in _META and re.fullmatch(r"V\d+", f.strip()) else f for f, s in zip(*view.top[:2], strict=True)
        ]
        return _layout(view, names, view.top[1], 2, said("qualtrics-legacy"))
    if view.has("startdate", "enddate", "responseid", "finished"):
        return _edited(view)
    return None


def _edited(view: View) -> Layout:
    """Somebody took header rows out: one or two are left, told apart by whether row 2 holds a response id."""
    position = view.find("responseid")
    two = len(view.top) > 1 and not re.match(r"^R_\w{6,}", view.top[1][position].strip())
    return _layout(view, view.top[0], view.top[1] if two else view.top[0], 2 if two else 1, said("qualtrics-edited"))


def _layout(view: View, names: Sequence[str], texts: Sequence[str], header_rows: int, rule: Sentence) -> Layout:
    import_ids = [_import_id(c) for c in view.top[2]] if header_rows == 3 else [""] * len(names)
    columns = [_column(i, n, t, q) for i, (n, t, q) in enumerate(zip(names, texts, import_ids, strict=True))]
    for group in _groups(columns, import_ids):
        labelled = _split([columns[i] for i in group])
        boxes = [_text_box(c) for c in labelled if c.code.endswith("_TEXT")]
        spread = [c for c in labelled if c.label and not c.code.endswith("_TEXT")]
        hinted = spread_hints(view, spread, header_rows=header_rows) if len(spread) > 1 else []
        for column in (*labelled, *hinted, *boxes):
            columns[column.position] = column
    notes = _numeric_note(view, columns, header_rows)
    return Layout("qualtrics", rule, tuple(columns), header_rows=header_rows, notes=notes)


def _import_id(cell: str) -> str:
    match = re.search(r"""["']ImportId["']\s*:\s*["']([^"']*)["']""", cell)
    return match[1] if match else ""


def _column(position: int, name: str, text: str, import_id: str) -> Column:
    code = clean(name)
    hint = _META.get(compared(name), "")
    if not hint and (import_id == "_recordId" or compared(text) == "responseid"):
        hint = "respondent_id"
    if not hint and (_ENRICHED.search(code) or code.upper().endswith("_NPS_GROUP") or re.search(r"(?:^|_)DO(?:_|$)", code)):
        hint = "drop"
    if not hint and _MEASURED.search(code):
        hint = "meta"
    if not hint and re.fullmatch(r"QID\d+_TEXT", import_id):
        hint = "text_box"
    return Column(position, clean(text) or code or f"Column {position + 1}", code=code, hint=hint)


def _groups(columns: Sequence[Column], import_ids: Sequence[str]) -> list[list[int]]:
    """Neighbouring question columns of one question, by the QID of the ImportId, else by the stem of the code."""
    groups: list[list[int]] = []
    previous = None
    for i, column in enumerate(columns):
        if column.hint not in ("", "text_box"):
            previous = None
            continue
        qid = re.match(r"^(QID\d+)", import_ids[i])
        stem = _CODE_STEM.match(column.code)
        key = qid[1] if qid else stem["stem"] if stem else re.sub(r"_TEXT$", "", column.code)
        if key == previous:
            groups[-1].append(i)
        else:
            groups.append([i])
        previous = key
    return groups


def _split(group: list[Column]) -> list[Column]:
    """Stem and label of each column: the stem is what all texts of the group begin with, up to a separator."""
    texts = [c.text for c in group]
    if len(group) > 1 and len(set(texts)) > 1:
        common = common_prefix(texts)
        cut = max(((common.rfind(s), s) for s in _SEPARATORS if common.rfind(s) > 0), default=(0, ""))
        if cut[0]:
            stem = common[: cut[0]].strip()
            return [_relabelled(c, stem, c.text[cut[0] + len(cut[1]) :]) for c in group]
    return [_relabelled(c, *_first_dash(c.text)) if " - " in c.text and _is_sub(c) else c for c in group]


def _is_sub(column: Column) -> bool:
    """Sub-questions and the fixed endings; a dash in the text of a plain question is only a dash."""
    return bool(
        _CODE_STEM.match(column.code) or column.code.endswith("_TEXT") or re.search(r" - (?:Selected Choice|Text)$", column.text)
    )


def _first_dash(text: str) -> tuple[str, str]:
    stem, _, label = text.partition(" - ")
    return stem.strip(), label


def _relabelled(column: Column, stem: str, label: str) -> Column:
    label = label.strip().removeprefix("Selected Choice - ")
    return Column(column.position, stem, "" if label == "Selected Choice" else label, column.code, column.hint)


def _text_box(column: Column) -> Column:
    """The box beside a choice ("Other - Text"); a form field ("_1_TEXT" of a text question) stands for itself."""
    beside = re.search(r"other|其他|其它", column.label, re.IGNORECASE) or column.label.endswith(" - Text")
    hint = "other_text" if beside else ""
    return Column(column.position, column.text, column.label.removesuffix(" - Text"), column.code, hint)


def _numeric_note(view: View, columns: Sequence[Column], header_rows: int) -> tuple[Sentence, ...]:
    asked = [c for c in columns if not c.hint or c.hint in ("row", "option")]
    cells = [v for c in asked[:60] for v in view.cells(c.position, header_rows=header_rows, limit=20)]
    whole = sum(bool(re.fullmatch(r"-?\d+(?:,\d+)*", v)) for v in cells)
    if cells and whole > 0.9 * len(cells):
        return (said("recode-values"),)
    return ()
