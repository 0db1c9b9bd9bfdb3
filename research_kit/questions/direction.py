"""Which end of a scale of bare numbers is better, where the file does not say: as people use it beside what they rate in words or recommend."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.labels import label
from research_kit.questions.words import COUNT, HOW_WAS, OVERALL, RATE, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.records import Direction, Language, Question

_FEWEST, _CLEAR, _AGAINST, _SURE = 30, 0.4, 0.2, 3.0
"""People who answered both; a rank correlation that tells the direction; one that speaks against it; standard errors from chance."""


def by_use(questions: Sequence[Question], answers: pd.DataFrame, said: Language) -> list[Question]:
    """The questions, with the direction of bare numbers read from those of the same source whose direction is known: who is content with one
    thing is mostly content with the other. Only judgements are compared, and only where all that say anything say the same."""
    known = [q for q in questions if _alone(q) and (q.kind == "nps" or (_direction(q) != "unknown" and _judges(q)))]
    return [_read(q, [k for k in known if k.source == q.source], answers, said) if _open(q) else q for q in questions]


def _direction(question: Question) -> Direction:
    return question.scale.direction if question.scale is not None else "unknown"


def _alone(question: Question) -> bool:
    return question.role == "active" and not question.rows and len(question.answer_columns) == 1


def _judges(question: Question) -> bool:
    named = any(says(pattern, question.text) for pattern in (HOW_WAS, RATE, OVERALL))
    return question.kind == "rating" and (named or question.overall_rating) and not says(COUNT, question.text)


def _open(question: Question) -> bool:
    return (
        _alone(question)
        and _judges(question)
        and question.scale is not None
        and _direction(question) == "unknown"
        and not question.scale.labels
    )


def _read(question: Question, known: Sequence[Question], answers: pd.DataFrame, said: Language) -> Question:
    goes = [(r, other) for other in known if (r := _together(question, other, answers)) is not None]
    strongest = max(goes, key=lambda each: abs(each[0]), default=None)
    if strongest is None or abs(strongest[0]) < _CLEAR or any(r * strongest[0] < 0 and abs(r) >= _AGAINST for r, _ in goes):
        return question
    r, other = strongest
    direction: Direction = "up" if r > 0 else "down"
    told = label("questions", f"direction-{direction}-use", said, other=other.text, r=f"{abs(r):.2f}".removeprefix("0"))
    scale = replace(question.scale, direction=direction) if question.scale is not None else None
    return replace(question, scale=scale, reason=(" " if said == "en" else "").join((question.reason, told)))


def _together(question: Question, other: Question, answers: pd.DataFrame) -> float | None:
    """Spearman's rank correlation, with the better answers of ``other`` on top; None where too few answered both, or it may be chance."""
    both = pd.DataFrame({"a": answers[question.answer_columns[0]].cat.codes, "b": answers[other.answer_columns[0]].cat.codes})
    both = both[(both >= 0).all(axis=1)]
    if len(both) < _FEWEST or both.nunique().min() < 2:
        return None
    ranks = both.rank().to_numpy()
    r = float(np.corrcoef(ranks[:, 0], ranks[:, 1])[0, 1])
    turned = _direction(other) == "down" and other.kind != "nps"
    return None if abs(r) * math.sqrt(len(both) - 1) < _SURE else -r if turned else r
