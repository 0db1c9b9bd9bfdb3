"""The workbook of two waves: what moved in sentences, and a table for each kind of change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.labels import paragraph
from research_kit.write.compare import apart
from research_kit.write.moves import Change, direction
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, Book, CellSpec, Row, Sheet, keyed
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.write.wave import Wave

COLUMNS = (
    ("what", 46.0), ("where", 20.0), ("source", 14.0), ("old", 11.0), ("new", 11.0), ("difference", 13.0), ("low", 11.0), ("high", 11.0),
    ("n_old", 11.0), ("n_new", 11.0), ("p", 11.0), ("verdict", 22.0),
)  # fmt: skip
KEYS = ("ratings", "valence", "sums", "pains", "delights", "wishes", "personas")
LEVELS = {"all": "all_of", "stage": "stage", "family": "family", "together": "together"}
MEANS = ("ratings", "valence")
TEXTS = ("what", "where", "source", "verdict")
MOST_SENTENCES = 15
WHOLE = 0.0995
"""Share from which a percentage has no decimals."""
MOST_OF = 0.8
"""Share of the change of a sum from which one theme is nearly all of it."""
WIDE = 10
"""Columns of the summary: a single wide one would not be scaled to the page."""


def _color(change: Change) -> str:
    """Good news green, bad news red: a pain that grew is bad news, a delight that grew is good; of personas and wishes neither is said."""
    more, less = change.verdict in ("rose", "came", "grew"), change.verdict in ("fell", "went", "shrank")
    if not (more or less) or change.kind in ("persona", "wish"):
        return palette.SLATE
    return palette.GOOD if more != (change.kind == "pain") else palette.BAD


def _what(c: Change, words: Words) -> str:
    if c.level == "together":
        return words("compare_together", what=c.what)
    return words(f"compare_family_{c.kind}", what=c.what) if c.level == "family" else c.what


def _table(key: str, changes: Sequence[Change], words: Words) -> Sheet:
    value, between = {"valence": ("td_signed", "td_signed"), "ratings": ("td_mean", "td_signed")}.get(
        key, ("td_share", "td_points")
    )
    blank = {"where"} if all(c.where in ("", c.what) for c in changes) else set()
    blank |= set() if any(c.source for c in changes) else {"source"}
    columns = tuple((name, width) for name, width in COLUMNS if name not in blank)
    heads = (CellSpec(words(f"compare_{name}"), "th" if name in TEXTS else "th_number") for name, _ in columns)
    rows = [Row(tuple(heads), key="head", least=26)]
    for i, c in enumerate(changes, 1):
        cells = (
            CellSpec(_what(c, words), "td_bold"), CellSpec(c.where, "td"), CellSpec(words(f"type_of_{c.source}") if c.source else "", "td"),
            CellSpec(c.old, value), CellSpec(c.new, value), CellSpec(c.difference, between),
            CellSpec(c.low, between), CellSpec(c.high, between),
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


def findings(changes: Mapping[str, Sequence[Change]], words: Words) -> list[str]:
    """What really moved, the surest first, or a sentence that nothing did."""
    moved = [(key, c) for key in KEYS for c in changes.get(key, ()) if c.moved]
    return [_sentence(key, c, words) for key, c in _told(moved, [c for _, c in moved])] or [_nothing(changes, words)]


def hints(changes: Mapping[str, Sequence[Change]], words: Words) -> list[str]:
    """What may have moved, and may be chance."""
    listed = [(key, c) for key in KEYS for c in changes.get(key, ())]
    seen = [c for _, c in listed if c.moved or c.verdict == "perhaps"]
    named = {part for c in seen if c.moved for part, _, _ in c.parts}
    perhaps = [(key, c) for key, c in listed if c.verdict == "perhaps" and not (c.level == "theme" and c.what in named)]
    said = _told(perhaps, seen)
    ways = [(key, replace(c, verdict=direction(c.kind, c.old or 0.0, c.new or 0.0))) for key, c in said]
    return [words("compare_perhaps", finding=_sentence(key, c, words)) for key, c in ways]


def _told(items: Sequence[tuple[str, Change]], seen: Sequence[Change]) -> list[tuple[str, Change]]:
    """The surest first; a sum is left out where a theme, family or stage in it is nearly all of it and is told itself."""
    told = [item for item in items if not any(_is_most_of(part, item[1]) for part in seen)]
    return sorted(told, key=lambda item: (item[1].p or 0.0, -abs(item[1].difference or 0.0)))[:MOST_SENTENCES]


def _nothing(changes: Mapping[str, Sequence[Change]], words: Words) -> str:
    """That nothing moved, and what came closest to it."""
    known = [(key, c) for key in KEYS for c in changes.get(key, ()) if c.p is not None]
    if not known:
        return words("compare_nothing")
    if any(c.verdict == "perhaps" for _, c in known):  # told in the next lines
        return words("compare_no_sure_change", n=len(known))
    key, closest = min(known, key=lambda item: (item[1].p or 0.0, -abs(item[1].difference or 0.0)))
    way = direction(closest.kind, closest.old or 0.0, closest.new or 0.0)
    said = _sentence(key, replace(closest, verdict=way, parts=()), words)
    return words("compare_no_change", n=len(known), closest=said)


def _is_most_of(part: Change, c: Change) -> bool:
    """Whether nearly all of the change of a sum is told by this theme, this stage or this family."""
    inside = {
        "theme": part.what in (what for what, _, _ in c.parts),
        "stage": c.level in ("all", "together"),
        "family": c.level in ("all", "stage", "together") and not {p[0] for p in c.parts}.isdisjoint(p[0] for p in part.parts),
    }.get(part.level, False)
    change = c.n_new - c.n_old
    return (
        c.level != "theme" and inside and part.kind == c.kind and bool(change) and (part.n_new - part.n_old) / change >= MOST_OF
    )


def _sentence(key: str, c: Change, words: Words) -> str:
    sum_of = "" if c.level == "theme" else "_sum"
    verdict = c.verdict if c.level == "theme" else "grew" if (c.difference or 0.0) > 0 else "shrank"
    what = c.what if c.level == "theme" else words(f"compare_{LEVELS[c.level]}_{c.kind}", what=c.what, where=c.where)
    beside = f" ({words(f'type_of_{c.source}')})" if c.source and c.kind != "rating" else ""
    old, new = _values(c, key, words)
    said = words(
        f"compare_says_{verdict}_{c.kind}{sum_of}", what=what + beside, old=old, new=new,
        low=_points(c.low, key, words), high=_points(c.high, key, words), n_old=f"{c.n_old:,}", n_new=f"{c.n_new:,}",
    )  # fmt: skip
    if not c.parts:
        return said
    parts = words.listed(words("compare_part", what=part, old=f"{then:,}", new=f"{now:,}") for part, then, now in c.parts)
    return paragraph((said, words("compare_parts", parts=parts)), words.language)


def still(changes: Mapping[str, Sequence[Change]], words: Words) -> list[str]:
    """How much did not move, by kind."""
    counts = {key: sum(c.verdict == "none" for c in changes.get(key, ())) for key in KEYS}
    return [words(f"compare_still_{key}", n=n) for key, n in counts.items() if n and key != "ratings"]


def to_do(old: Wave, new: Wave, words: Words) -> list[str]:
    """What stands in the way of a fair comparison, and what to do."""
    said = [words("compare_unrelated")] if old.unrelated(new) else []
    return [*said, *([words("compare_apart", old=old.name)] if apart(old, new) else [])]


def _values(c: Change, key: str, words: Words) -> tuple[str, str]:
    """Then and now, shares with as many decimals as each other."""
    if key in MEANS:
        show = words.signed if key == "valence" else "{:.2f}".format
        return show(c.old or 0.0), show(c.new or 0.0)
    low, high = sorted((c.old or 0.0, c.new or 0.0))
    if high >= WHOLE and low >= 0.01:
        return f"{c.old or 0.0:.0%}", f"{c.new or 0.0:.0%}"
    return words.share(c.old), words.share(c.new)


def _points(value: float | None, key: str, words: Words) -> str:
    if value is None:
        return "–"
    return words.signed(value) if key in MEANS else f"{100 * value:+.1f}".replace("-", "−")


def compare_book(old: Wave, new: Wave, changes: Mapping[str, Sequence[Change]], language: str) -> Book:
    """Summary, and a sheet for each kind of change."""
    words = Words(language)  # type: ignore[arg-type]
    title = words("compare_title", old=old.name, new=new.name)
    moved, unmoved = findings(changes, words), still(changes, words)
    rows = [
        Row((CellSpec(words("compare_kicker"), "kicker", span=WIDE),), height=20),
        Row((CellSpec(title, "title", span=WIDE),), height=38),
        Row(
            (CellSpec(words("compare_bases", old=f"{old.commented:,}", new=f"{new.commented:,}"), "subtitle", span=WIDE),),
            least=20,
        ),
        *(Row((CellSpec(text, "note", span=WIDE, color=palette.BAD, bold=True),), least=34) for text in to_do(old, new, words)),
        Row(height=8),
        Row((CellSpec(words("findings"), "heading", span=WIDE),), height=26),
        *(
            Row((CellSpec(f"{i}.  {text}", "bullet", span=WIDE),), key=f"finding:{i}", least=22)
            for i, text in enumerate(moved, 1)
        ),
        *(
            Row((CellSpec(text, "bullet", span=WIDE, color=palette.SLATE),), key=f"perhaps:{i}", least=22)
            for i, text in enumerate(hints(changes, words), 1)
        ),
        *([Row(height=8)] if unmoved else []),
        *(Row((CellSpec(text, "note", span=WIDE),), key=f"still:{i}", least=20) for i, text in enumerate(unmoved, 1)),
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
    tables = [_table(key, changes[key], words) for key in KEYS if changes.get(key)]
    return Book(title, language, (summary, *tables))
