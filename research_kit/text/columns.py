"""Columns of words out of codes: far quicker than out of the words themselves, of which there are few."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

FEW = 100
"""Names that are kept in mind at most."""


def named(names: Sequence[str], codes: np.ndarray) -> Any:
    """A str column: the name that each code is the position of; missing for -1."""
    few = isinstance(names, tuple) and len(names) <= FEW
    return (_known(names) if few else _column(names)).take(codes)


def _column(names: Sequence[str]) -> Any:
    return pd.array([*names, None], dtype="str")


_known = lru_cache(maxsize=64)(_column)
"""The same few names are asked for batch after batch."""


def missing(count: int) -> Any:
    """A str column in which everything is missing."""
    return named((), np.full(count, -1))


def codes_of(column: pd.Series, names: Sequence[str]) -> np.ndarray:
    """The position of each word of a column among these names; -1 for missing and other words. Each distinct word is looked up once."""
    which, found = pd.factorize(column)
    place = {name: i for i, name in enumerate(names)}
    return np.array([*(place.get(word, -1) for word in found), -1], np.int64)[which]
