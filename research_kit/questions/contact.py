"""The question whose answers may stand in the segment lists, because the study file names it: kept as written, and in nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.questions.deciding import as_questions
from research_kit.questions.draft import Decision
from research_kit.study import one_question

if TYPE_CHECKING:
    from research_kit.questions.deciding import Decided
    from research_kit.questions.draft import Draft


def with_contact(pairs: Decided, reference: str) -> tuple[Decided, int | None]:
    """The decisions with the named question made a contact, and where it stands. (Names that fit none or several were refused before.)"""
    if not reference:
        return pairs, None
    questions = as_questions(pairs)
    at = questions.index(one_question(reference, questions, "[privacy] contact"))
    own = Decision("identifier", "contact-study", role="meta")
    return [(d, own if i == at else c) for i, (d, c) in enumerate(pairs)], at


def answers(draft: Draft) -> pd.Series:
    """What each person left as a contact, as written; missing where nobody did."""
    column = draft.first.column
    return pd.Series(np.array([*column.values, None], dtype=object)[column.codes], dtype="str")
