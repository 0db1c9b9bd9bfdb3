"""What people say that they did, found by verbs in the three languages; counted, and named in the output language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from research_kit.language import to_simplified

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.journey.crowd import Crowd

CUES = Path(__file__).parent / "actions.toml"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """{action: pattern over lower-case text in Simplified}"""
    found = {}
    for key, entry in tomllib.loads(CUES.read_text(encoding="utf-8")).items():
        english = "|".join(re.escape(w.strip()) for w in entry["en"].split(","))
        chinese = "|".join(re.escape(w.strip()) for w in entry["zh"].split(","))
        found[key] = re.compile(rf"\b(?:{english})\b|{chinese}")
    return found


def found(rows: pd.DataFrame, crowd: Crowd) -> dict[str, np.ndarray]:
    """{action: labels of the rows that tell of it}. Only clauses at a stage are read."""
    hits: dict[str, list[int]] = {key: [] for key in patterns()}
    here = rows[rows["stage"] >= 0]
    columns = zip(here.index.tolist(), here["text_id"].tolist(), here["start"].tolist(), here["end"].tolist(), strict=True)
    for label, text_id, start, end in columns:
        text = to_simplified(str(crowd.texts[text_id])[start:end]).lower()
        for key, pattern in patterns().items():
            if pattern.search(text):
                hits[key].append(label)
    return {key: np.array(labels) for key, labels in hits.items() if labels}
