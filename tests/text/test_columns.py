"""Columns of words out of codes and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from research_kit.text import columns

NAMES = ("negative", "neutral", "正面")


@pytest.mark.parametrize("names", [NAMES, list(NAMES), tuple(f"n{i}" for i in range(columns.FEW + 5))])
def test_words_come_back_as_codes(names: tuple[str, ...] | list[str]) -> None:
    codes = np.array([2, -1, 0, 1, 2])
    column = pd.Series(columns.named(names, codes))

    assert column.dtype == pd.StringDtype(na_value=np.nan)
    assert column.isna().tolist() == [False, True, False, False, False]
    assert column.dropna().tolist() == [names[2], names[0], names[1], names[2]]
    assert columns.codes_of(column, names).tolist() == codes.tolist()


def test_other_words_and_missing_ones_have_no_code() -> None:
    assert columns.codes_of(pd.Series(["x", None, "neutral"], dtype="str"), NAMES).tolist() == [-1, -1, 1]
    assert columns.codes_of(pd.Series([], dtype="str"), NAMES).tolist() == []


def test_what_is_kept_in_mind_is_never_changed() -> None:
    first = pd.Series(columns.named(NAMES, np.array([0, 0])))
    first.iloc[0] = "changed"

    assert list(columns.named(NAMES, np.array([0]))) == ["negative"]


def test_all_missing() -> None:
    assert pd.isna(columns.missing(3)).all()
    assert len(columns.missing(0)) == 0
