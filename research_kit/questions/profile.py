"""A column as what it holds: its distinct values and how often each was given. Everything else is decided on these, never row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

_ZERO_WIDTH = dict.fromkeys((0x200B, 0x200C, 0xFEFF, 0x2060))
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})

# What exporters and people write where there is no answer. "None", "無" and "nothing" are answers and not in here.
_MISSING = frozenset(
    {
        *"n/a na n.a. n.a n\\a #n/a #null! null nan <na> . - -- --- — – _ / ? [redacted] [desensitized]".split(),
        *"不適用 不适用 無回答 无回答 未作答 未回答 未填 未填寫 未填写 跳過 跳过 略過 略过 (跳過) (跳过) （跳過） （跳过） (空) （空）".split(),
        *(
            "not applicable",
            "does not apply",
            "doesn't apply",
            "no answer",
            "no response",
            "not answered",
            "not asked",
            "none given",
        ),
        *(
            "no aplica",
            "não se aplica",
            "non applicable",
            "sans objet",
            "nicht zutreffend",
            "entfällt",
            "該当なし",
            "该当なし",
            "無関係",
        ),
        *("not available", "(no answer)", "[no answer]", "not applicable (n/a)", "n/a (not applicable)", "[not completed]"),
        *("此用户没有填写评论!", "此用户没有填写评论", "此用户未填写评价内容"),
    }
)
_LONGEST_MISSING = 2 * max(map(len, _MISSING))


_HAS_ZERO_WIDTH = re.compile("[" + "".join(map(chr, _ZERO_WIDTH)) + "]")
"""Looked for first: ``translate`` of a long Chinese answer takes ten times as long."""


def tidy(text: str) -> str:
    """The text with runs of blanks (no-break and zero-width ones too) made one, and none at its ends."""
    if not text.isascii() and _HAS_ZERO_WIDTH.search(text):
        text = text.translate(_ZERO_WIDTH)
    return " ".join(text.split())


def norm(text: str) -> str:
    """What two spellings of one answer have in common: case, curly quotes, blanks and final punctuation aside."""
    if not text.isascii():
        text = text.translate(_CURLY)
    return tidy(text).casefold().rstrip(" .。:：!！")


def is_missing(value: str) -> bool:
    """True for what stands for "no answer" ("N/A", "不適用", "(跳过)"), False for "None" or "無": these are answers."""
    if len(value) > _LONGEST_MISSING:
        return False
    plain = tidy(value.translate(_CURLY)).casefold()
    return not plain or plain in _MISSING or plain.rstrip(".") in _MISSING


@dataclass(frozen=True)
class Profile:
    """The distinct values of one column (tidied, missing ones gone), most frequent first, and which row holds which."""

    values: tuple[str, ...]
    counts: NDArray[np.int64]
    codes: NDArray[np.int64]
    """One per row: position in ``values``, -1 = no answer."""

    @property
    def n(self) -> int:
        """Rows with an answer."""
        return int(self.counts.sum())

    @property
    def distinct(self) -> int:
        """Number of distinct values."""
        return len(self.values)

    def share(self, test: Callable[[str], bool]) -> float:
        """Share of answers whose value passes the test; 0 where there are none."""
        if not self.n:
            return 0.0
        return float(sum(int(c) for v, c in zip(self.values, self.counts, strict=True) if test(v)) / self.n)

    @property
    def many(self) -> bool:
        """Thousands of different answers, most of them given once: no closed question. Tests look at a part of them only."""
        return len(self.values) > 3000 and len(self.values) > 0.5 * self.n

    def mapped(self, function: Callable[[str], str | None]) -> Profile:
        """The column with every value replaced; None = missing. Values that become alike are one."""
        return _gather([function(v) for v in self.values], self.codes)

    def within(self, rows: NDArray[np.bool_]) -> Profile:
        """The column as if only these rows had answered."""
        codes = np.where(rows, self.codes, -1)
        return _gather(list(self.values), codes)

    def top(self, limit: int) -> Profile:
        """Only the most frequent values, for tests that need no more; the codes stay as they are."""
        return self if len(self.values) <= limit else replace(self, values=self.values[:limit], counts=self.counts[:limit])


def profile(cells: pd.Series) -> Profile:
    """The profile of a column of text cells."""
    codes, uniques = pd.factorize(cells)
    values: list[str | None] = []
    for first in range(0, len(uniques), _AT_ONCE):
        values += map(_value, np.asarray(uniques[first : first + _AT_ONCE], dtype=object).tolist())
    del uniques
    return _gather(values, np.asarray(codes, dtype=np.int64))


_AT_ONCE = 20_000
"""Values that stand there twice, as written and tidied."""


def _value(value: str) -> str | None:
    # Line ends stay: they part the choices of some platforms.
    plain = "\n".join(filter(None, map(tidy, value.splitlines()))) if "\n" in value else tidy(value)
    return None if is_missing(plain) else plain


def _gather(values: Sequence[str | None], codes: NDArray[np.int64]) -> Profile:
    """Number the values anew by frequency, then by first appearance; case and quote variants take the most frequent spelling's place."""
    counts = np.bincount(codes[codes >= 0], minlength=len(values)) if len(values) else np.zeros(0, dtype=np.int64)
    total: dict[str, int] = {}
    for value, count in zip(values, counts.tolist(), strict=True):
        if value is not None and count:
            total[value] = total.get(value, 0) + count
    order = sorted(total, key=lambda v: -total[v])
    position = {v: i for i, v in enumerate(order)}
    table = np.array([position.get(v, -1) if v is not None else -1 for v in values] + [-1], dtype=np.int64)
    return Profile(tuple(order), np.array([total[v] for v in order], dtype=np.int64), table[codes])


def same_spelling(column: Profile) -> Profile:
    """The column with case, quote and final-stop variants of a value under its most frequent spelling."""
    chosen: dict[str, str] = {}
    for value in column.values:
        chosen.setdefault(norm(value), value)
    return column if len(chosen) == len(column.values) else column.mapped(lambda v: chosen[norm(v)])


def numbers(values: Iterable[str]) -> NDArray[np.float64]:
    """Each value as a plain number ("1,200", "3.0", full-width digits), NaN where it is none."""
    return np.array([_number(v) for v in values], dtype=float)


_LONGEST_NUMBER = 60
"""Characters, blanks included: what is longer is no number, and most comments are."""
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")


def _number(value: str) -> float:
    if len(value) > _LONGEST_NUMBER:
        return np.nan
    text = (value if value.isascii() else value.translate(WIDE)).strip()
    return float(text.replace(",", "")) if _PLAIN.fullmatch(text) else np.nan


WIDE = {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("－"): "-",
    ord("％"): "%",
    ord("＋"): "+",
    ord("＞"): ">",
    ord("＜"): "<",
}


# Numbers that stand for "no answer", as survey tools and statisticians write them: below zero beside answers that are not ...
_BELOW_ZERO = frozenset("-7 -8 -9 -66 -77 -88 -97 -98 -99 -998 -999 -9999".split())
# ... or far above a scale.
_ABOVE_SCALE = frozenset("77 88 97 98 99 998 999 9999".split())
_SCALE_END = 11


def codes_for_missing(column: Profile) -> tuple[str, ...]:
    """The values of a column of numbers that are codes for "no answer" (-99, or 99 beside 1 to 5), () where none are."""
    suspects = [v for v in column.values if v in _BELOW_ZERO or v in _ABOVE_SCALE]
    rest = numbers(v for v in column.values if v not in _BELOW_ZERO and v not in _ABOVE_SCALE)
    if not suspects or len(rest) < 2 or np.isnan(rest).any() or rest.min() < 0:
        return ()
    small = len(rest) >= 3 and rest.max() <= _SCALE_END and bool((rest == rest.round()).all())
    above = [v for v in suspects if v in _ABOVE_SCALE]
    return tuple(v for v in suspects if v in _BELOW_ZERO or (small and len(above) <= 3))
