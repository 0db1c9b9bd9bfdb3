"""Google Forms and the sheets behind them: a timestamp first, then one column per question, grids as "Question [Row]"."""

from __future__ import annotations

import re
from collections import Counter

from research_kit.reading.platforms.layout import Layout, View, clean, compared, meanings
from research_kit.reading.said import said
from research_kit.records import Column

_TIMESTAMP = {
    compared(name)
    for name in "Timestamp|時間戳記|时间戳记|时间戳|時間戳|Marca temporal|Horodateur|Zeitstempel|タイムスタンプ|Carimbo de data/hora|타임스탬프".split(
        "|"
    )
}
_META = meanings("""
    email: email address | username | 電子郵件地址 | 电子邮件地址 | 使用者名稱 | 用户名
    meta: score | 分數 | 分数 | 總分 | 总分
""")
_GRID = re.compile(r"^(?P<text>.*?)\s*\[(?P<row>[^\[\]]+)\]$", re.DOTALL)
_DATE = re.compile(r"^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}|^\d{5}(?:\.\d+)?$")


def recognise(view: View) -> Layout | None:
    """The first column is called Timestamp (in one of the languages of Google Forms) and holds dates."""
    if not view.header or view.header[0] not in _TIMESTAMP or len(view.header) < 2:
        return None
    dates = view.cells(0)
    if not dates or sum(bool(_DATE.match(d)) for d in dates) < 0.8 * len(dates):
        return None
    heads = [clean(h) for h in view.top[0]]
    stems = Counter(m["text"] for h in heads if (m := _GRID.match(h)))
    columns = [Column(0, heads[0], hint="submitted")]
    for i, head in enumerate(heads[1:], start=1):
        grid = _GRID.match(head)
        if grid and stems[grid["text"]] > 1:
            columns.append(Column(i, grid["text"], grid["row"].strip(), hint="row"))
        else:
            # The e-mail and the score, where a form collects them, stand right after the timestamp.
            columns.append(Column(i, head or f"Column {i + 1}", hint=_META.get(compared(head), "") if i <= 2 else ""))
    return Layout("google-forms", said("first-column-dates", name=heads[0]), tuple(columns))
