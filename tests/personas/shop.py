"""Small studies made by hand: responses as the questions stage would hand them over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from research_kit.records import COMMENT_COLUMNS, Export, Kind, Question, Responses, Role
from research_kit.study import PersonaSpec, SourceSpec, Study

USES = ("Daily", "Weekly", "Monthly", "Never")


def study(**personas: Any) -> Study:
    return Study("shop", (SourceSpec(Path("shop.csv")),), personas=PersonaSpec(**personas))


def export(source: str, kind: str) -> Export:
    return Export(source, f"{source}.csv", kind, "table", "", (), pd.DataFrame())  # type: ignore[arg-type]


def shop(n: int = 240, *, seed: int = 0, reviewers: int = 0, telling: bool = True) -> tuple[Responses, np.ndarray]:
    """Two kinds of customers (regulars who come for work, guests who come for cake), and reviewers without closed answers."""
    rng = np.random.default_rng(seed)
    total = n + reviewers
    truth = rng.integers(2, size=total)
    regular = truth == 0
    answered = np.arange(total) < n

    def choose(levels: tuple[str, ...], mine: list[float], theirs: list[float]) -> pd.Series:
        picks = [rng.choice(levels, p=mine if r else theirs) for r in regular]
        return pd.Series(picks, dtype="str").where(pd.Series(answered))

    columns: dict[str, Any] = {
        "use": pd.Categorical(
            choose(USES, [0.6, 0.3, 0.05, 0.05], [0.05, 0.1, 0.4, 0.45]), categories=list(USES[::-1]), ordered=True
        ),
        "order": pd.Categorical(choose(("App", "Counter", "Table"), [0.7, 0.2, 0.1], [0.1, 0.2, 0.7])),
        "seat": pd.Categorical(choose(("Window", "Sofa", "Bar"), [0.2, 0.1, 0.7], [0.3, 0.6, 0.1])),
        "member": pd.Categorical(choose(("Gold", "Basic"), [0.5, 0.5], [0.5, 0.5])),
        "gender": pd.Categorical(choose(("woman", "man"), [0.5, 0.5], [0.5, 0.5])),
        "age": pd.Categorical(choose(("young", "old"), [0.8, 0.2], [0.3, 0.7])),
    }
    for option, mine, theirs in (("Work", 0.85, 0.1), ("Cake", 0.15, 0.8), ("Friends", 0.2, 0.7), ("Quiet", 0.7, 0.3)):
        ticks = rng.random(total) < np.where(regular, mine, theirs)
        columns[f"why | {option}"] = pd.Series(ticks).astype("boolean").mask(~answered)
    respondents = pd.DataFrame(
        {
            "respondent": [f"r{i}" for i in range(total)],
            "source": np.where(answered, "shop", "reviews"),
            "row": range(2, total + 2),
            "wave": pd.Series([pd.NA] * total, dtype="str"),
            "weight": 1.0,
            "excluded": "",
        }
    )
    questions = (
        _question("use", "How often do you visit us?", "rating"),
        _question("order", "How do you order?", "single"),
        _question("seat", "Which seat do you like?", "single"),
        _question("why", "Why do you come? (select all that apply)", "multiple", [c for c in columns if c.startswith("why")]),
        _question("member", "Which member tier?", "single"),
        _question("gender", "Your gender", "single", role="demographic"),
        _question("age", "Your age", "single", role="demographic"),
        _question("said", "Anything else?", "text", [], role="comment"),
    )
    exports = (export("shop", "survey"), *((export("reviews", "reviews"),) if reviewers else ()))
    return Responses(
        questions, respondents, pd.DataFrame(columns), _comments(respondents, truth, rng, telling), exports=exports
    ), truth


def _question(key: str, text: str, kind: Kind, columns: list[str] | None = None, role: Role = "active") -> Question:
    own = (key,) if columns is None else tuple(columns)
    return Question(key, text, kind, role, "because", source="shop", answer_columns=own)


def _comments(respondents: pd.DataFrame, truth: np.ndarray, rng: np.random.Generator, telling: bool) -> pd.DataFrame:
    work = ("laptop", "socket", "wifi", "meeting", "espresso", "quiet corner")
    cake = ("birthday", "cheesecake", "sofa", "kids", "afternoon tea", "strawberry")
    rows = []
    for i, person in respondents.iterrows():
        words = (work if truth[i] == 0 else cake) if telling else work + cake
        text = f"I liked the {rng.choice(words)} and the {rng.choice(words)}, nice place number {i}"
        rows.append(
            (
                f"S1-R{person['row']}-C9",
                i,
                person["respondent"],
                person["source"],
                person["row"],
                8,
                "said",
                "",
                "",
                "",
                text,
                np.nan,
            )
        )
    return pd.DataFrame(rows, columns=list(COMMENT_COLUMNS))
