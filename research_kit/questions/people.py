"""Who answered: one row per person, and who takes no part and why. What is only suspicious is counted and named, never dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.language import to_simplified
from research_kit.questions.hints import NO_ANSWER
from research_kit.questions.profile import norm, numbers
from research_kit.questions.words import IDENTIFIER, META, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Export

_PREVIEW = re.compile(r"\bpreview\b|预览")
_TEST = re.compile(r"^(?:survey )?test(?: data| response)?$|\btest mode\b|^测试")
_SPAM = re.compile(r"\bspam\b|^hidden$|^deleted$|垃圾|无效")
# Qualtrics' numeric Status codes, as far as they are known.
_STATUS_CODES = {"1": "preview", "2": "test", "8": "spam", "9": "preview", "12": "spam", "17": "preview"}


def people(
    exports: Sequence[Export], waves: Sequence[str], drafts: Sequence[Draft], decisions: Sequence[Decision]
) -> pd.DataFrame:
    """The respondents table (records.RESPONDENT_COLUMNS) with everybody in it; ``excluded`` says who takes no part."""
    frames = []
    start = 0
    for source, export in enumerate(exports):
        size = len(export.cells)
        rows = np.asarray(export.cells.index, dtype=np.int64)
        ids = _ids(drafts, decisions, source, slice(start, start + size), rows)
        wave = waves[source] or None
        frames.append(
            pd.DataFrame(
                {
                    "respondent": ids,
                    "source": export.source,
                    "row": rows,
                    "wave": pd.Series([wave] * size, dtype="str"),
                    "weight": 1.0,
                }
            )
        )
        start += size
    table = (
        pd.concat(frames, ignore_index=True)
        if frames
        else pd.DataFrame({"respondent": [], "source": [], "row": [], "wave": [], "weight": []})
    )
    table["excluded"] = _excluded(table, drafts, decisions, exports)
    table["weight"] = _weights(drafts, len(table))
    return table.astype(
        {"respondent": "str", "source": "str", "wave": "str", "excluded": "str", "row": "int64", "weight": "float64"}
    )


_NAMED_ID = re.compile(
    r"^(?:response|respondent|submission|record|review|user|participant|unique|internal|customer|survey)[ _]?id$|^(?:id|_id"
    r"|_uuid|key|token|#|uniqueid)$|^(?:序号|编号|答题序号|填答编号)$"
)


def id_part(drafts: Sequence[Draft], decisions: Sequence[Decision], source: int) -> tuple[int, int] | None:
    """(draft, part) that holds the platform's id of each respondent of this source, or None."""
    candidates = []
    for i, (draft, decision) in enumerate(zip(drafts, decisions, strict=True)):
        for j, part in enumerate(draft.parts):
            if source not in part.places or part.column.n == 0:
                continue
            named = bool(_NAMED_ID.match(norm(to_simplified(draft.text)))) and decision.kind == "identifier"
            if part.hint == "respondent_id" or named:
                candidates.append((part.hint != "respondent_id", part.places[source], i, j))
    return min(candidates)[2:] if candidates else None


def _ids(drafts: Sequence[Draft], decisions: Sequence[Decision], source: int, span: slice, rows: np.ndarray) -> list[str]:
    """The platform's id, "r<row>" where it is blank, personal or given before."""
    fallback = [f"r{row}" for row in rows.tolist()]
    found = id_part(drafts, decisions, source)
    if found is None:
        return fallback
    column = drafts[found[0]].parts[found[1]].column
    values = [v if not personal(v) else "" for v in column.values] + [""]
    seen: set[str] = set()
    result = []
    # Backwards: of an id given twice the last row keeps it, as that is the one that counts.
    for code, spare in zip(reversed(column.codes[span].tolist()), reversed(fallback), strict=True):
        value = values[code]
        if not value or value in seen:
            value = spare
        seen.add(value)
        result.append(value)
    return result[::-1]


_CONTACT = re.compile(r"^[+(（]?\d[\d\s()（）.-]{5,}\d$")


def personal(value: str) -> bool:
    """True for an id that is itself an e-mail address, a handle or a telephone number (not a long plain number, as platforms count)."""
    if "@" in value:
        return True
    digits = re.sub(r"\D", "", value)
    if re.fullmatch(r"1[3-9]\d{9}|09\d{8}", digits) and len(digits) == len(value):
        return True
    return (
        bool(_CONTACT.match(value)) and (value.startswith("+") or bool(re.search(r"[\s().-]", value))) and 7 <= len(digits) <= 15
    )


def _weights(drafts: Sequence[Draft], size: int) -> np.ndarray:
    """The numbers of the question that the study names as weight, 1.0 where it has none."""
    weights = np.ones(size)
    for draft in drafts:
        if draft.spec.weight:
            given = np.append(numbers(draft.first.column.values), np.nan)[draft.first.column.codes]
            weights = np.where(np.isnan(given) | (given < 0), weights, given)
    return weights


def _excluded(
    table: pd.DataFrame, drafts: Sequence[Draft], decisions: Sequence[Decision], exports: Sequence[Export]
) -> np.ndarray:
    reason = np.full(len(table), "", dtype=object)
    for draft in drafts:
        for part in draft.parts:
            if part.hint == "status" or norm(draft.text) in ("status", "response type", "审核状态", "curated"):
                marks = np.array([_status(v) for v in part.column.values] + [""], dtype=object)
                found = marks[part.column.codes]
                # Codes whose meaning is only believed may not empty a file.
                if (found != "").sum() > 0.5 * (part.column.codes >= 0).sum() and all(v.isdigit() for v in part.column.values):
                    continue
                reason = np.where((reason == "") & (found != ""), found, reason)
    reason = np.where((reason == "") & ~_answered(drafts, len(table)), "blank", reason)
    reason = np.where((reason == "") & _repeated(table, drafts, decisions, exports, reason == ""), "duplicate", reason)
    return np.where((reason == "") & _copied(drafts, table, reason == ""), "duplicate", reason)


# Nobody else has the very same words or the very same second: from here on an answer is somebody's own.
_OWN_LENGTH = 40


def _copied(drafts: Sequence[Draft], table: pd.DataFrame, taking_part: np.ndarray) -> np.ndarray:
    """Rows that come again further down cell by cell, an own text or a moment to the second among them: one form sent twice."""
    result = np.zeros(len(table), dtype=bool)
    parts = [p for d in drafts if "survey" in d.types for p in d.parts if p.column.n]
    for own in parts:
        codes = own.column.codes
        if own.column.distinct < 0.5 * own.column.n or own.column.distinct == own.column.n:
            continue
        telling = np.array([_telling(v) for v in own.column.values] + [False], dtype=bool)[codes]
        suspects = np.flatnonzero(telling & taking_part & (np.append(own.column.counts, 0)[codes] > 1))
        if len(suspects):
            cells = pd.DataFrame({i: p.column.codes[suspects] for i, p in enumerate(parts)})
            cells["source"] = table["source"].to_numpy()[suspects]
            result[suspects[cells.duplicated(keep="last").to_numpy()]] = True
    return result


def _telling(value: str) -> bool:
    return bool(re.search(r"\d:\d\d:\d\d", value)) or (len(value) > _OWN_LENGTH and not value.isdigit())


def _repeated(
    table: pd.DataFrame,
    drafts: Sequence[Draft],
    decisions: Sequence[Decision],
    exports: Sequence[Export],
    taking_part: np.ndarray,
) -> np.ndarray:
    """Rows whose id comes again further down, where the column is nearly unique (a customer with several reviews is no duplicate)."""
    result = np.zeros(len(table), dtype=bool)
    sources = table["source"].to_numpy()
    for source, export in enumerate(exports):
        found = id_part(drafts, decisions, source)
        rows = (sources == export.source) & taking_part
        if found is None or export.platform == "redcap":
            continue
        ids = pd.Series(np.where(rows, drafts[found[0]].parts[found[1]].column.codes, -1))
        ids = ids[ids >= 0]
        if len(ids) and ids.nunique() >= 0.9 * len(ids):
            result[ids.index[ids.duplicated(keep="last")]] = True
    return result


def _status(value: str) -> str:
    text = norm(to_simplified(value))
    if text in _STATUS_CODES:
        return _STATUS_CODES[text]
    for pattern, name in ((_PREVIEW, "preview"), (_TEST, "test"), (_SPAM, "spam")):
        if pattern.search(text):
            return name
    return ""


def _answered(drafts: Sequence[Draft], size: int) -> np.ndarray:
    answered = np.zeros(size, dtype=bool)
    for draft in drafts:
        for part in draft.parts:
            if part.hint not in NO_ANSWER and not _metadata(draft):
                answered |= part.column.codes >= 0
    return answered


def _metadata(draft: Draft) -> bool:
    return says(IDENTIFIER, draft.text) or says(META, draft.text)
