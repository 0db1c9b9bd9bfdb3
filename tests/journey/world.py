"""A small study with known counts: two sources, two personas, three stages."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from research_kit.records import (
    COMMENT_COLUMNS,
    Export,
    Persona,
    Personas,
    Question,
    Responses,
    Stage,
    TextReport,
    Theme,
)
from research_kit.study import Study

STAGES = (
    Stage("find", {"en": "Find", "zh-Hant": "尋找"}, "They look for a place."),
    Stage("pay", {"en": "Pay", "zh-Hant": "付款"}),
    Stage("tell", {"en": "Tell", "zh-Hant": "分享"}),
)
THEMES = (
    Theme("pain-waiting", "queue too long", "pain", "", terms=("@waiting",)),
    Theme("pain-zibbel", "zibbel is loose", "pain", "", terms=("zibbel",)),
    Theme("delight-easy", "so easy", "delight", "", terms=("@easy",)),
    Theme("wish-app", "an app please", "wish", "", terms=("app",)),
)
Said = tuple[int, str, str, str, float, str]
"""(unit, text, stage or "", kind, valence, theme or "")"""


def study(**changes: object) -> Study:
    return Study("small", (), stages=STAGES, **changes)


def responses(
    said: list[Said],
    *,
    reviewers: int = 0,
    people: int = 10,
    questions: tuple[Question, ...] = (),
    answers: pd.DataFrame | None = None,
):
    """People 0..people-1 of the survey, then ``reviewers`` of the reviews; one comment per said text."""
    count = people + reviewers
    source = ["survey.csv"] * people + ["reviews.csv"] * reviewers
    respondents = pd.DataFrame(
        {
            "respondent": [f"p{i}" for i in range(count)],
            "source": source,
            "row": range(2, count + 2),
            "wave": None,
            "weight": 1.0,
            "excluded": "",
        }
    )
    comments = pd.DataFrame({name: [""] * len(said) for name in COMMENT_COLUMNS}).assign(
        comment=[f"S1-R{i + 2}-C1" for i in range(len(said))],
        unit=[s[0] for s in said],
        text=[s[1] for s in said],
        rating=[(s[4] + 1) / 2 for s in said],
    )
    exports = tuple(
        Export(name, name, kind, "table", "", (), pd.DataFrame())  # type: ignore[arg-type]
        for name, kind in (("survey.csv", "survey"), ("reviews.csv", "reviews"))
        if name in source
    )
    return Responses(
        questions,
        respondents,
        answers if answers is not None else pd.DataFrame(index=respondents.index),
        comments,
        exports=exports,
    )


def mentions(said: list[Said], *, flagged: Collection[int] = ()) -> pd.DataFrame:
    """One mention per said text; those at the places ``flagged`` may be sarcasm."""
    rows = pd.DataFrame(
        {
            "text_id": range(len(said)),
            "mention": 0,
            "text": [s[1] for s in said],
            "start": 0,
            "end": [len(s[1]) for s in said],
            "valence": [s[4] for s in said],
            "emotion": ["frustration" if s[4] < 0 else "joy" if s[4] > 0 else "neutral" for s in said],
            "touchpoint": ["queue" if "queue" in s[1] else None for s in said],
            "channel": None,
            "kind": [s[3] for s in said],
            "pain": [s[1] if s[3] == "pain" else None for s in said],
            "theme": [s[5] or None for s in said],
            "stage": [s[2] or None for s in said],
            "stage_reason": ["clause" if s[2] else "unassigned" for s in said],
            "sarcasm": [place in flagged for place in range(len(said))],
            "says": [s[1] != "n/a" for s in said],
            "unit": [s[0] for s in said],
        }
    )
    return rows.astype(dict.fromkeys(("touchpoint", "channel", "pain", "theme", "stage"), "str"))


def personas(count: int, first: int) -> Personas:
    """The first ``first`` people are persona-1, the others persona-2."""
    ids = ["persona-1"] * first + ["persona-2"] * (count - first)
    made = tuple(Persona(i, i.title(), ids.count(i), ids.count(i) / count, 0.1, 0.9) for i in ("persona-1", "persona-2"))
    return Personas(made, "strong", (), (), pd.DataFrame({"persona": ids, "probability": 1.0, "how": "answers"}))


def nobody(count: int) -> Personas:
    return Personas((), "none", (), (), pd.DataFrame({"persona": [None] * count, "probability": np.nan, "how": ""}))


REPORT = TextReport(themes=THEMES)
