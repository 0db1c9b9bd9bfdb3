"""Questions that a plain table spreads over several columns, found by evidence in the cells and shared stems in the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from research_kit.reading.platforms.layout import NOT_CHOSEN, OTHER, TICKS, View, clean, common_prefix, compared, spread_hints
from research_kit.records import Column

_SEPARATED = (
    re.compile(r"^(?P<stem>.+?)\s*\[(?P<label>[^\[\]]+)\]$", re.DOTALL),
    re.compile(r"^(?P<stem>.+?)\s*[｜|>→]{1,2}\s*(?P<label>[^｜|>→]+)$", re.DOTALL),
    re.compile(r"^(?P<stem>.+?)\s+[-–—]\s+(?P<label>.+)$", re.DOTALL),
    re.compile(r"^(?P<stem>.+?)[—－](?P<label>[^—－]+)$", re.DOTALL),
    re.compile(r"^(?P<stem>.+?[?？])\s*(?:[:：–—]|-(?!\d))?\s*(?P<label>\S.*)$", re.DOTALL),
    re.compile(r"^(?P<stem>.+?)\s*[:：]\s*(?P<label>\S.*)$", re.DOTALL),
)


def spread(view: View, columns: Sequence[Column], *, header_rows: int = 1) -> list[Column]:
    """Split "stem - option" headers into text and label where neighbours share the stem; single columns stay as they are."""
    result = _selected_codes(view, _bare_options(view, list(columns), header_rows), header_rows)
    found = [_by_cells(view, c, header_rows) for c in result]
    for i, label in enumerate(found):
        if label:
            stem = re.sub(rf"[\s\-–—:：\[(|｜>]*{re.escape(label)}[\])]?$", "", columns[i].text)
            result[i] = replace(columns[i], text=stem or columns[i].text, label=label, hint="option")
    _keep_neighbours(view, columns, result, found, header_rows)
    _by_stem(view, columns, result, header_rows)
    _by_number(view, columns, result, header_rows)
    return result


def _bare_options(view: View, columns: list[Column], header_rows: int) -> list[Column]:
    """Neighbours whose every cell repeats the whole header: options of a question whose text the file does not hold."""
    alike = [
        not c.hint and not c.label and {clean(v) for v in view.cells(c.position, header_rows=header_rows, limit=200)} == {c.text}
        for c in columns
    ]
    start = 0
    while start < len(columns):
        end = start
        while end < len(columns) and alike[end]:
            end += 1
        if end - start >= 2:
            names = [c.text for c in columns[start:end]]
            text = " / ".join(names[:4]) + (" / ..." if len(names) > 4 else "")
            columns[start:end] = [replace(c, text=text, label=c.text, hint="option") for c in columns[start:end]]
            if end < len(columns) and compared(columns[end].text) in ("other", "其他", "其它"):
                columns[end] = replace(columns[end], text=text, label=columns[end].text, hint="other_text")
        start = max(end, start + 1)
    return columns


_CODED = re.compile(r"^(?P<stem>.*\d.*?)[_.](?P<n>\d{1,4})$")


def _selected_codes(view: View, columns: list[Column], header_rows: int) -> list[Column]:
    """q4_1, q4_2, ... where each column holds one phrase or "Not selected": the phrase is the option."""
    for i, column in enumerate(columns):
        match = _CODED.match(column.text)
        if not match or column.hint or column.label:
            continue
        distinct = {clean(v) for v in view.cells(column.position, header_rows=header_rows)}
        chosen = [v for v in sorted(distinct) if v.casefold() not in NOT_CHOSEN and v.casefold() not in ("na", "n/a")]
        if len(chosen) <= 1 and any(v.casefold() in ("not selected", "unselected", "未選", "未选") for v in distinct):
            label = chosen[0] if chosen else column.text
            columns[i] = replace(column, text=match["stem"], label=label, code=column.text, hint="option")
    return columns


def _by_cells(view: View, column: Column, header_rows: int) -> str:
    """The end of the header that all cells repeat ("3. Python." over "Python.", "Python.", ""): the option, for sure."""
    if column.hint or column.label:
        return ""
    distinct = {clean(v) for v in view.cells(column.position, header_rows=header_rows, limit=200)}
    if len(distinct) != 1:
        return ""
    value = distinct.pop()
    return value if value and re.search(rf"(?<=[^\w]){re.escape(value)}[\])]?$", column.text) else ""


def _keep_neighbours(view: View, columns: Sequence[Column], result: list[Column], found: Sequence[str], header_rows: int) -> None:
    """An option by its cells counts only beside another of the same question; its unticked neighbours join by their stem."""
    for i, column in enumerate(result):
        if not found[i]:
            continue
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(result)]
        if not any(result[j].text == column.text or columns[j].text.startswith(column.text) for j in beside):
            result[i] = columns[i]
    for i, column in enumerate(result):
        if column.label or column.hint:
            continue
        for j in (i - 1, i + 1):
            if 0 <= j < len(result) and result[j].hint in ("option", "other_text") and result[j].label:
                stem = result[j].text
                rest = columns[i].text[len(stem) :].lstrip(" -–—:：[｜|>.").strip()
                if columns[i].text.startswith(stem) and rest and not columns[i].text[len(stem)].isalnum():
                    result[i] = _joined(view, column, stem, rest, header_rows)
                    break


def _joined(view: View, column: Column, stem: str, label: str, header_rows: int) -> Column:
    """A neighbour of options: an option nobody or not everybody ticked, the tick of "Other (please specify)", or its text."""
    distinct = {clean(v) for v in view.cells(column.position, header_rows=header_rows)}
    ticked = len(distinct) <= 1 and all(label.startswith(v) or v in TICKS for v in distinct)
    return replace(
        column,
        text=stem,
        label=label.removesuffix("]"),
        hint="option" if (ticked and distinct) or (not OTHER.search(label) and ticked) else "other_text",
    )


_NUMBER = re.compile(r"^\s*(?:[Qq]\s*)?(\d{1,3})\s*[.、．):：]")
_SENTENCE_END = re.compile(r"[?？.。:：!！)）\]](?=\s|[^\x00-\x7f]|$)|[_\-–—:：]")


def _by_number(view: View, columns: Sequence[Column], result: list[Column], header_rows: int) -> None:
    """Neighbours with one question number and the same first sentence: the rest of each is its label."""
    run: list[int] = []
    for i in range(len(result) + 1):
        match = _NUMBER.match(columns[i].text) if i < len(result) and not result[i].label and not result[i].hint else None
        if run and (not match or match[1] != _number_of(columns[run[-1]])):
            _label_numbered(view, run, columns, result, header_rows)
            run = []
        if match:
            run.append(i)


def _number_of(column: Column) -> str:
    match = _NUMBER.match(column.text)
    return match[1] if match else ""


def _label_numbered(view: View, run: list[int], columns: Sequence[Column], result: list[Column], header_rows: int) -> None:
    if len(run) < 2:
        return
    texts = [columns[i].text for i in run]
    base = texts[0] if all(t.startswith(texts[0]) for t in texts) else ""
    prefix = common_prefix(texts)
    ends = [m.end() for m in _SENTENCE_END.finditer(prefix)]
    cut = len(base) if base else (ends[-1] if ends else 0)
    stem = prefix[:cut].rstrip(" _-–—:：")
    if len(stem) < 4 or len(set(texts)) < 2:
        return
    labels = [t[cut:].strip(" _-–—:：") for t in texts]
    labelled = [replace(result[i], text=stem, label=label) for i, label in zip(run, labels, strict=True) if label]
    for column in spread_hints(view, labelled, header_rows=header_rows):
        result[column.position] = column
    for i, label in zip(run, labels, strict=True):
        if not label:
            result[i] = replace(result[i], text=stem)


def _by_stem(view: View, columns: Sequence[Column], result: list[Column], header_rows: int) -> None:
    """Neighbours that share a stem before the same separator; at least two, with different labels."""
    for pattern in _SEPARATED:
        run: list[tuple[int, str, str]] = []
        for i in range(len(result) + 1):
            match = pattern.match(columns[i].text) if i < len(result) and not result[i].label and not result[i].hint else None
            stem = match["stem"].strip() if match else ""
            if run and (not match or compared(stem) != compared(run[0][1])):
                _label_run(view, run, result, header_rows)
                run = []
            if match:
                run.append((i, stem, match["label"].strip()))


def _label_run(view: View, run: list[tuple[int, str, str]], result: list[Column], header_rows: int) -> None:
    if len(run) < 2 or len({label for _, _, label in run}) < 2:
        return
    labelled = [replace(result[i], text=stem, label=label) for i, stem, label in run]
    for column in spread_hints(view, labelled, header_rows=header_rows):
        result[column.position] = column
