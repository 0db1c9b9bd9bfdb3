"""The workbook of two waves: what moved in sentences, and a table for each kind of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, Book, CellSpec, Row, Sheet, keyed
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.write.compare import Change, Wave

COLUMNS = (
    ("what", 46.0), ("where", 20.0), ("source", 14.0), ("old", 11.0), ("new", 11.0), ("difference", 13.0), ("low", 11.0), ("high", 11.0),
    ("n_old", 11.0), ("n_new", 11.0), ("p", 11.0), ("verdict", 22.0),
)  # fmt: skip
TEXTS = ("what", "where", "source", "verdict")
MOST_SENTENCES = 8
WIDE = 10
"""Columns of the summary: a single wide one would not be scaled to the page."""


def _color(change: Change) -> str:
    """Good news green, bad news red: a pain that grew is bad news."""
    good = {"rose", "went", "shrank"} if change.kind != "persona" else set()
    bad = {"fell", "came", "grew"} if change.kind != "persona" else set()
    return palette.GOOD if change.verdict in good else palette.BAD if change.verdict in bad else palette.SLATE


def _table(key: str, changes: Sequence[Change], words: Words) -> Sheet:
    value = "td_signed" if key == "valence" else "td_share"
    blank = {"where"} if all(c.where in ("", c.what) for c in changes) else set()
    blank |= set() if any(c.source for c in changes) else {"source"}
    columns = tuple((name, width) for name, width in COLUMNS if name not in blank)
    heads = (CellSpec(words(f"compare_{name}"), "th" if name in TEXTS else "th_number") for name, _ in columns)
    rows = [Row(tuple(heads), key="head", least=26)]
    for i, c in enumerate(changes, 1):
        cells = (
            CellSpec(c.what, "td_bold"), CellSpec(c.where, "td"), CellSpec(words(f"type_of_{c.source}") if c.source else "", "td"),
            CellSpec(c.old, value), CellSpec(c.new, value), CellSpec(c.difference, "td_points" if key != "valence" else "td_signed"),
            CellSpec(c.low, "td_points" if key != "valence" else "td_signed"), CellSpec(c.high, "td_points" if key != "valence" else "td_signed"),
            CellSpec(c.n_old, "td_int"), CellSpec(c.n_new, "td_int"), CellSpec(c.p, "td_p"),
            CellSpec(words(f"verdict_{c.verdict}"), "td_bold", color=_color(c)),
        )  # fmt: skip
        kept = tuple(cell for (name, _), cell in zip(COLUMNS, cells, strict=True) if name not in blank)
        rows.append(Row(kept, key=f"{key}:{i}", least=20))
    title = words(f"sheet_compare_{key}")
    return keyed(
        Sheet(
            f"compare-{key}", title, columns, (title_block(title, words(f"compare_note_{key}"), len(columns)), Block(tuple(rows), key, table=True)),
            tab=palette.NAVY, paper=8, repeat="head",
        )
    )  # fmt: skip


def sentences(changes: Mapping[str, Sequence[Change]], words: Words) -> list[str]:
    """What really moved, largest first, and how much did not."""
    said: list[str] = []
    for key in ("valence", "pains", "personas"):
        moved = [c for c in changes[key] if c.verdict not in ("none", "unknown")]
        for c in sorted(moved, key=lambda c: -abs(c.difference or 0.0))[:MOST_SENTENCES]:
            show = words.signed if key == "valence" else words.share
            beside = f" ({words(f'type_of_{c.source}')})" if c.source else ""
            said.append(
                words(f"compare_says_{c.verdict}_{c.kind}", what=c.what + beside, old=show(c.old), new=show(c.new),
                      low=_points(c.low, key, words), high=_points(c.high, key, words), n_old=f"{c.n_old:,}", n_new=f"{c.n_new:,}")
            )  # fmt: skip
        still = sum(c.verdict == "none" for c in changes[key])
        if still:
            said.append(words(f"compare_still_{key}", n=still))
    return said or [words("compare_nothing")]


def _points(value: float | None, key: str, words: Words) -> str:
    if value is None:
        return "–"
    return words.signed(value) if key == "valence" else f"{100 * value:+.1f}".replace("-", "−")


def compare_book(old: Wave, new: Wave, changes: Mapping[str, Sequence[Change]], language: str) -> Book:
    """Summary, valence, pains, personas."""
    words = Words(language)  # type: ignore[arg-type]
    unrelated = old.unrelated(new)
    title = words("compare_title", old=old.name, new=new.name)
    rows = [
        Row((CellSpec(words("compare_kicker"), "kicker", span=WIDE),), height=20),
        Row((CellSpec(title, "title", span=WIDE),), height=38),
        Row(
            (CellSpec(words("compare_bases", old=f"{old.commented:,}", new=f"{new.commented:,}"), "subtitle", span=WIDE),),
            least=20,
        ),
        *(
            [Row((CellSpec(words("compare_unrelated"), "note", span=WIDE, color=palette.BAD, bold=True),), least=34)]
            if unrelated
            else []
        ),
        Row(height=8),
        Row((CellSpec(words("findings"), "heading", span=WIDE),), height=26),
        *(
            Row((CellSpec(f"{i}.  {text}", "bullet", span=WIDE),), key=f"finding:{i}", least=22)
            for i, text in enumerate(sentences(changes, words), 1)
        ),
        Row(height=10),
        Row((CellSpec(words("compare_method"), "note", span=WIDE),), least=30),
    ]
    summary = keyed(
        Sheet(
            "compare",
            words("sheet_compare"),
            tuple((f"#{i}", 15.0) for i in range(WIDE)),
            (Block(tuple(rows), "summary"),),
            tab=palette.ACCENT,
            one_page=True,
        )
    )
    tables = [_table(key, changes[key], words) for key in ("valence", "pains", "personas") if changes[key]]
    return Book(title, language, (summary, *tables))
