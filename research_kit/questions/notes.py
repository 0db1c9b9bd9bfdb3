"""What was noticed about the answers, one sentence each, in the study's language. Nothing here drops anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.labels import label
from research_kit.language import to_simplified
from research_kit.questions import dates
from research_kit.questions.profile import norm, numbers
from research_kit.questions.words import WEIGHT, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from research_kit.questions.draft import Draft
    from research_kit.records import Language, Question

AREA = "questions"
_PARTIAL = re.compile(r"\bpartial\b|\bincomplete\b|\bin progress\b|\bstarted\b|\bdisqualified\b|未完成|部分")
_STATUS = frozenset(("status", "response type", "complete", "completion status", "答卷状态", "完成状态", "填写状态"))
_UNFINISHED = frozenset({"0", "false", "no", "n", "否", "incomplete"})
# A third of the usual time, in a matrix of at least five rows the same answer throughout: the customary signs of haste.
_FAST, _ROWS, _FEWEST = 1 / 3, 5, 20


def notes(
    questions: Sequence[Question], drafts: Sequence[Draft], answers: pd.DataFrame, people: pd.DataFrame, language: Language
) -> list[str]:
    """Sentences on who was left out and why, who looks partial, hurried or inattentive, and on which scales nobody says the direction."""
    return [
        *_excluded(people, language),
        *_flags(questions, drafts, answers, people, language),
        *_questions(questions, drafts, language),
        *_unfit(questions, drafts, answers, language),
    ]


def _excluded(people: pd.DataFrame, language: Language) -> Iterator[str]:
    out = people[people["excluded"] != ""]
    for (source, reason), rows in sorted(out.groupby(["source", "excluded"])["row"]):
        shown = ", ".join(map(str, rows.tolist()[:8])) + (" ..." if len(rows) > 8 else "")
        yield label(AREA, f"note-{reason}", language, source=source, n=len(rows), rows=shown)


def _flags(
    questions: Sequence[Question], drafts: Sequence[Draft], answers: pd.DataFrame, people: pd.DataFrame, language: Language
) -> Iterator[str]:
    taking_part = people["excluded"].eq("").to_numpy()
    for name, flagged in (
        ("partial", _partial(drafts, people)),
        ("speeders", _speeders(drafts, people)),
        ("straight", _straight(questions, answers)),
    ):
        n = int((flagged & taking_part).sum())
        if n:
            yield label(AREA, f"note-{name}", language, n=n, share=f"{n / max(1, taking_part.sum()):.0%}")


def _partial(drafts: Sequence[Draft], people: pd.DataFrame) -> np.ndarray:
    flagged = np.zeros(len(people), dtype=bool)
    for draft in drafts:
        for part in draft.parts:
            column = part.column
            if part.hint == "status" or norm(to_simplified(draft.text)).rstrip("?") in _STATUS:
                marks = [bool(_PARTIAL.search(norm(to_simplified(v)))) for v in column.values]
            elif part.hint == "finished" or norm(draft.text) == "finished":
                marks = [norm(v) in _UNFINISHED for v in column.values]
            elif part.hint == "progress" or norm(draft.text) == "progress":
                marks = (numbers(column.values) < 100).tolist()
            elif part.hint == "submitted" and draft.platform == "limesurvey":  # blank until somebody reaches the end
                asked = np.isin(pd.factorize(people["source"])[0], list(part.places))
                flagged |= asked & (column.codes < 0)
                continue
            else:
                continue
            flagged |= np.array([*marks, False], dtype=bool)[column.codes]
    return flagged


def _speeders(drafts: Sequence[Draft], people: pd.DataFrame) -> np.ndarray:
    flagged = np.zeros(len(people), dtype=bool)
    for seconds in _durations(drafts):
        known = pd.Series(np.where(people["excluded"].eq(""), seconds, np.nan))
        median = known.groupby(people["source"]).transform("median")
        enough = known.groupby(people["source"]).transform("count") >= _FEWEST
        flagged |= ((known < median * _FAST) & enough).to_numpy()
    return flagged


def _durations(drafts: Sequence[Draft]) -> Iterator[np.ndarray]:
    """Seconds per person: by the platform's own column, else from start to end."""
    ends: dict[str, pd.DatetimeIndex] = {}
    given = False
    for draft in drafts:
        for part in draft.parts:
            named = norm(to_simplified(draft.text))
            if (
                part.hint == "duration"
                or named.startswith("duration")
                or named in ("所用时间", "答题时长", "填写时长", "interviewtime", "答题秒数")
            ):
                given = True
                yield np.append(dates.seconds(part.column.values), np.nan)[part.column.codes]
            elif part.hint in ("started", "submitted"):
                ends[part.hint] = pd.DatetimeIndex(
                    dates.parse(part.column.values).append(pd.DatetimeIndex([pd.NaT])).take(part.column.codes)
                )
    if not given and len(ends) == 2:
        yield (ends["submitted"] - ends["started"]).total_seconds().to_numpy(dtype=float)


def _straight(questions: Sequence[Question], answers: pd.DataFrame) -> np.ndarray:
    flagged = np.zeros(len(answers), dtype=bool)
    for question in questions:
        if question.kind != "rating" or len(question.answer_columns) < _ROWS:
            continue
        codes = np.column_stack([answers[c].cat.codes.to_numpy() for c in question.answer_columns])
        flagged |= (codes >= 0).all(axis=1) & (codes == codes[:, :1]).all(axis=1)
    return flagged


def _questions(questions: Sequence[Question], drafts: Sequence[Draft], language: Language) -> Iterator[str]:
    unknown = [q.key for q in questions if q.scale is not None and q.scale.direction == "unknown" and q.answer_columns]
    if unknown:
        yield label(AREA, "note-direction", language, n=len(unknown), keys=_listed(unknown))
    coded = {d.key: c for d in drafts for p in d.parts for c in p.codes}
    if coded:
        codes = ", ".join(sorted({c for d in drafts for p in d.parts for c in p.codes}))
        yield label(AREA, "note-codes", language, n=len(coded), keys=_listed(list(coded)), codes=codes)
    for draft in drafts:
        if says(WEIGHT, draft.text) and draft.spec.weight is None:
            yield label(AREA, "note-weight", language, key=draft.key)


def _unfit(questions: Sequence[Question], drafts: Sequence[Draft], answers: pd.DataFrame, language: Language) -> Iterator[str]:
    """Answers that a kind or a scale of the study file turns into blanks."""
    for question, draft in zip(questions, drafts, strict=True):
        spec = draft.spec
        set_so = (spec.kind, spec.scale_labels, spec.scale_min, spec.scale_max) != (None, None, None, None)
        if not set_so or question.kind not in ("rating", "nps", "number") or len(question.answer_columns) != len(draft.parts):
            continue
        pairs = list(zip(draft.parts, question.answer_columns, strict=True))
        lost = [(p.column.codes >= 0) & answers[name].isna().to_numpy() for p, name in pairs]
        n, given = sum(int(gone.sum()) for gone in lost), sum(int((p.column.codes >= 0).sum()) for p, _ in pairs)
        if n:
            codes = [p.column.codes[gone] for (p, _), gone in zip(pairs, lost, strict=True)]
            shown = dict.fromkeys(p.column.values[c] for (p, _), some in zip(pairs, codes, strict=True) for c in np.unique(some))
            yield label(
                AREA,
                "note-unfit",
                language,
                key=question.key,
                n=n,
                of=given,
                answers=", ".join(list(map(str, shown))[:6]) + (" ..." if len(shown) > 6 else ""),
            )


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys[:12]) + (" ..." if len(keys) > 12 else "")
