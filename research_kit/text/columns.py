"""Columns of words out of codes: far quicker than out of the words themselves, of which there are few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd


def named(names: Sequence[str], codes: np.ndarray) -> Any:
    """A str column: the name that each code is the position of; missing for -1."""
    return pd.array([*names, None], dtype="str").take(codes)


def missing(count: int) -> Any:
    """A str column in which everything is missing."""
    return named((), np.full(count, -1))


def codes_of(column: pd.Series, names: Sequence[str]) -> np.ndarray:
    """The position of each word of a column among these names; -1 for missing and other words. Each distinct word is looked up once."""
    which, found = pd.factorize(column)
    place = {name: i for i, name in enumerate(names)}
    return np.array([*(place.get(word, -1) for word in found), -1], np.int64)[which]
