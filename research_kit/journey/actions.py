"""What people say that they did, found by verbs in the three languages; counted, and named in the output language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from research_kit.language import to_simplified

CUES = Path(__file__).parent / "actions.toml"
_TOKEN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|[\u3400-\u4dbf\u4e00-\u9fff]")
Phrase = tuple[tuple[str, ...], int]
"""(tokens, bit of its action)"""


@cache
def keys() -> tuple[str, ...]:
    """The actions, in the order of the bits of ``told``."""
    return tuple(tomllib.loads(CUES.read_text(encoding="utf-8")))


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """Every cue by its first token: an English word or a Chinese character."""
    table: dict[str, list[Phrase]] = {}
    for place, entry in enumerate(tomllib.loads(CUES.read_text(encoding="utf-8")).values()):
        for cue in f"{entry['en']}, {entry['zh']}".split(","):
            tokens = tuple(_TOKEN.findall(cue.lower()))
            table.setdefault(tokens[0], []).append((tokens, 1 << place))
    return {first: tuple(found) for first, found in table.items()}


def told(texts: pd.Series) -> np.ndarray:
    """The actions that each text tells of: bit i is set for the i-th of ``keys``."""
    table = _phrases()
    bits = np.zeros(len(texts), dtype="int64")
    for row, text in enumerate(texts.astype(str).tolist()):
        tokens = _TOKEN.findall(to_simplified(text).lower().replace("’", "'"))
        for place, token in enumerate(tokens):
            for phrase, bit in table.get(token, ()):
                if len(phrase) == 1 or tuple(tokens[place : place + len(phrase)]) == phrase:
                    bits[row] |= bit
    return bits


def of(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """{action: the rows that tell of it}, actions that nobody tells of left out."""
    bits = rows["actions"].to_numpy()
    found = {key: rows[(bits >> place) & 1 == 1] for place, key in enumerate(keys())}
    return {key: part for key, part in found.items() if len(part)}
