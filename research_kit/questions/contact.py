"""The question whose answers may stand in the segment lists, because the study file names it: kept as written, and in nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.errors import StudyError
from research_kit.questions.draft import Decision
from research_kit.records import Question
from research_kit.study import one_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.questions.draft import Draft


def with_contact(pairs: Sequence[tuple[Draft, Decision]], reference: str) -> tuple[list[tuple[Draft, Decision]], int | None]:
    """The decisions with the named question made a contact, and where it stands; as they are where the name fits none or several.

    (That is reported with all other names of the study file: ``study.check_against``.)
    """
    if not reference:
        return list(pairs), None
    questions = [Question(key=d.key, text=d.text, kind=c.kind, role="meta", reason="") for d, c in pairs]
    try:
        key = one_question(reference, questions, "[privacy] contact").key
    except StudyError:
        return list(pairs), None
    at = next(i for i, q in enumerate(questions) if q.key == key)
    own = Decision("identifier", "contact-study", role="meta")
    return [(d, own if i == at else c) for i, (d, c) in enumerate(pairs)], at


def answers(draft: Draft) -> pd.Series:
    """What each person left as a contact, as written; missing where nobody did."""
    column = draft.first.column
    return pd.Series(np.array([*column.values, None], dtype=object)[column.codes], dtype="str")
