"""The working lists: Pain points with reach and severity, Opportunities with owner, date and status, and their priority matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, CellSpec, Choice, Dot, Link, Matrix, Row, Sheet
from research_kit.write.sheets.words import Words, cell_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.records import MapContent, Opportunity, Theme

PAINS = (
    ("rank", 7.0), ("label", 38.0), ("stage", 17.0), ("kind", 12.0), ("n", 10.0), ("share", 10.0), ("low", 11.0), ("high", 11.0),
    ("severity", 11.0), ("personas", 30.0), ("sources", 24.0), ("quote", 46.0), ("dismiss", 12.0),
)  # fmt: skip
OPPORTUNITIES = (
    ("number", 7.0), ("text", 54.0), ("stage", 17.0), ("n", 10.0), ("share", 10.0), ("severity", 11.0), ("priority", 12.0), ("reason", 40.0),
    ("effort", 12.0), ("owner", 18.0), ("due", 13.0), ("status", 14.0),
)  # fmt: skip
KINDS = ("pain", "wish", "delight")
"""The themes that the table lists, in its order."""
PRIORITIES, EFFORTS, STATUSES = (
    ("high", "medium", "low"),
    ("small", "medium", "large"),
    ("open", "planned", "doing", "done", "dropped"),
)
NUMBERS = ("rank", "number", "n", "share", "low", "high", "severity")
MOST_DOTS = 15
COLORS = {"high": palette.BAD, "medium": "C07A2C", "low": palette.SLATE}


def _head(name: str, columns: Sequence[tuple[str, float]], words: Words) -> Row:
    """The header of a table: numbers are headed at the right, where they stand."""
    heads = (CellSpec(words(f"{name}_{key}"), "th_number" if key in NUMBERS else "th") for key, _ in columns)
    return Row(tuple(heads), key="head", least=24)


def _nothing(columns: int, words: Words) -> Row:
    return Row((CellSpec(words("nothing_here"), "cell_thin", span=columns),), key="nothing", height=28)


def _evidence_link(content: MapContent, theme: Theme) -> Link | None:
    """The cell on the map of everybody where this theme stands."""
    lane = {"wish": "opportunities", "delight": "delights"}.get(theme.kind, "pain_points")
    cell = content.cell(EVERYONE, theme.stage, lane)
    return Link("evidence", f"{cell_key(EVERYONE, theme.stage, lane)}#1") if cell is not None and cell.evidence else None


def _named(content: MapContent, counts: dict[str, int]) -> str:
    names = {p.id: p.name for p in content.personas}
    return _ranked({names.get(key, key): n for key, n in counts.items()})


def _ranked(counts: dict[str, int]) -> str:
    return " · ".join(f"{name} {n:,}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def pains_sheet(content: MapContent, quotes: dict[str, str], words: Words) -> Sheet:
    """Pains, wishes and delights by reach and severity: sort and filter as you like."""
    themes = sorted(
        (t for t in content.themes if t.kind in KINDS), key=lambda t: (KINDS.index(t.kind), -t.share * (0.5 + t.severity), t.id)
    )
    stages = {s.key: s.name for s in content.stages}
    left_out = ({"personas"} if all(p.id == EVERYONE for p in content.personas) else set()) | (
        {"sources"} if len(content.sources) < 2 else set()
    )
    columns = tuple((key, width) for key, width in PAINS if key not in left_out)
    rows = [_head("pains", columns, words)]
    for i, theme in enumerate(themes, 1):
        shade = palette.severity_fill(theme.severity)
        cells = (
            CellSpec(i, "td_int"), CellSpec(theme.label, "td_bold"), CellSpec(stages.get(theme.stage, ""), "td"),
            CellSpec(words.term(theme.kind), "td"), CellSpec(theme.n, "td_number_link", link=_evidence_link(content, theme)), CellSpec(theme.share, "td_share"),
            CellSpec(theme.low, "td_share"),
            CellSpec(theme.high, "td_share"), CellSpec(None if theme.kind == "delight" else theme.severity, "td_dec", fill=shade),
            CellSpec(_named(content, dict(theme.by_persona)), "td_small"),
            CellSpec(_ranked({words.source(name): n for name, n in theme.by_source.items()}), "td_small"),
            CellSpec(words.quoted(quotes[theme.examples[0]]) if theme.examples and theme.examples[0] in quotes else "", "td_quote"),
            CellSpec(None, "td_input"),
        )  # fmt: skip
        kept = tuple(cell for (key, _), cell in zip(PAINS, cells, strict=True) if key not in left_out)
        rows.append(Row(kept, key=f"theme:{theme.id}", least=24))
    if not themes:
        rows.append(_nothing(len(columns), words))
    return Sheet(
        id="pains",
        title=words("sheet_pains"),
        columns=columns,
        blocks=(
            title_block(words("sheet_pains"), words("pains_note"), len(columns)),
            Block(tuple(rows), "pains", table=bool(themes), choices=(Choice("dismiss", (words("dismissed"),)),)),
        ),
        freeze=(rows[1].key, 2) if themes else None,
        tab=palette.BAD,
        paper=8,
        repeat="head",
        zoom=90,
    )


def _opportunity_row(number: int, item: Opportunity, stages: dict[str, str], bases: dict[str, float], words: Words) -> Row:
    def named(prefix: str, value: str, known: tuple[str, ...]) -> str:
        return words(f"{prefix}_{value}") if value in known else value

    cells = (
        CellSpec(number, "td_number_link", link=Link("pains", f"theme:{item.theme}", "label")), CellSpec(item.text, "td_bold"),
        CellSpec(stages.get(item.stage, ""), "td"), CellSpec(item.n, "td_int"), CellSpec(bases.get(item.theme), "td_share"),
        CellSpec(item.severity, "td_dec", fill=palette.severity_fill(item.severity)),
        CellSpec(named("priority", item.priority, PRIORITIES), "td_input"), CellSpec(item.reason, "td_small"),
        CellSpec(named("effort", item.effort, EFFORTS), "td_input"), CellSpec(item.owner, "td_input"), CellSpec(item.due, "td_date"),
        CellSpec(named("status", item.status or "open", STATUSES), "td_input"),
    )  # fmt: skip
    return Row(cells, key=f"opportunity:{item.id}", least=26)


def opportunities_sheet(content: MapContent, words: Words) -> Sheet:
    """What to do about it: a table to work in, and reach against severity."""
    stages = {s.key: s.name for s in content.stages}
    bases = {t.id: t.share for t in content.themes}
    rank = {p: i for i, p in enumerate(PRIORITIES)}
    items = sorted(content.opportunities, key=lambda o: (rank.get(o.priority, 9), -o.n, o.id))
    rows = [_head("opportunities", OPPORTUNITIES, words)]
    rows += [_opportunity_row(i, item, stages, bases, words) for i, item in enumerate(items, 1)]
    dots = tuple(
        Dot(str(i), f"opportunity:{o.id}", COLORS.get(o.priority, palette.SLATE)) for i, o in enumerate(items[:MOST_DOTS], 1)
    )
    blocks = [title_block(words("sheet_opportunities"), words("opportunities_note"), len(OPPORTUNITIES))]
    charts: tuple[Matrix, ...] = ()
    if items:
        blank = Row((CellSpec(None),), key="matrix", height=280)
        blocks.append(
            Block(
                (Row((CellSpec(words("matrix_title"), "heading", span=len(OPPORTUNITIES)),), height=26), blank, Row(height=8)),
                "matrix",
            )
        )
        charts = (Matrix("matrix", "number", "status", "share", "severity", words("matrix_x"), words("matrix_y"), dots),)
    choices = (
        Choice("priority", tuple(words(f"priority_{p}") for p in PRIORITIES)),
        Choice("effort", tuple(words(f"effort_{e}") for e in EFFORTS)),
        Choice("status", tuple(words(f"status_{s}") for s in STATUSES)),
    )
    rows += [] if items else [_nothing(len(OPPORTUNITIES), words)]
    blocks.append(Block(tuple(rows), "opportunities", table=bool(items), choices=choices, dates=("due",)))
    return Sheet(
        id="opportunities",
        title=words("sheet_opportunities"),
        columns=OPPORTUNITIES,
        blocks=tuple(blocks),
        charts=charts,
        tab=palette.GOOD,
        paper=8,
        repeat="head",
        zoom=90,
    )
