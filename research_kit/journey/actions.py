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
SLICE = 10_000
"""Texts that are lists of Python strings at once."""
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
    slices = [texts.iloc[first : first + SLICE] for first in range(0, len(texts), SLICE)]
    return np.array([bits for some in slices for bits in _told(some.astype(str).tolist())], dtype="int64")


def _told(texts: list[str]) -> list[int]:
    table = _phrases()
    silent = table.keys().isdisjoint
    return [0 if silent(tokens := _tokens(text)) else _bits(tokens, table) for text in texts]


def _tokens(text: str) -> list[str]:
    found: list[str] = _TOKEN.findall(text.lower() if text.isascii() else to_simplified(text).lower().replace("’", "'"))
    return found


def _bits(tokens: list[str], table: dict[str, tuple[Phrase, ...]]) -> int:
    bits = 0
    for place, token in enumerate(tokens):
        for phrase, bit in table.get(token, ()):
            if len(phrase) == 1 or tuple(tokens[place : place + len(phrase)]) == phrase:
                bits |= bit
    return bits


def of(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """{action: the rows that tell of it}, actions that nobody tells of left out."""
    bits = rows["actions"].to_numpy()
    found = {key: rows[(bits >> place) & 1 == 1] for place, key in enumerate(keys())}
    return {key: part for key, part in found.items() if len(part)}
