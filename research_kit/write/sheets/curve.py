"""The emotion curve: the numbers that a native chart draws, and the cells that show them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from research_kit.write.sheets import palette
from research_kit.write.sheets.model import CellSpec, Curve, Row, Series
from research_kit.write.sheets.words import FEWEST, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from research_kit.records import CurveValue, MapContent, MapPersona


LEANS = 0.1
"""From here on a mean leans to one side; the tints of ``palette.VALENCE`` change there too."""


def overall_valence(content: MapContent, persona: str, stage: str) -> float | None:
    """Mean valence at a stage: the mean of the sources' means, so that many reviewers do not outvote few respondents. None where too few speak."""
    values = [
        c.mean for c in content.curves if (c.persona, c.stage) == (persona, stage) and c.mean is not None and not 0 < c.n < FEWEST
    ]
    return sum(values) / len(values) if values else None


def curve_sources(content: MapContent, persona: str) -> list[str]:
    """The sources that have a curve for this persona, in the order of the map's sources."""
    found = dict.fromkeys(
        c.source for c in content.curves if c.persona == persona and c.mean is not None and not 0 < c.n < FEWEST
    )
    order = [s.name for s in content.sources]
    return sorted(found, key=lambda s: (order.index(s) if s in order else -1, s))


def curve_rows(content: MapContent, person: MapPersona, words: Words) -> tuple[list[Row], list[Curve]]:
    """The emotion curve: the row the chart lies on, its numbers (seen) and the distances of its interval (hidden)."""
    sources = curve_sources(content, person.id)
    if not sources:
        return [], []
    at = {(c.stage, c.source): c for c in content.curves if c.persona == person.id}
    reach = curve_reach(at.values())
    blanks = tuple(CellSpec(None, "cell_curve") for _ in content.stages)
    scale = (
        ("curve", "axis_top", f"+{reach:g} ☺", 42.0),
        ("curve:name", "lane_open", words("curve"), 60.0),
        ("curve:low", "axis_bottom", f"−{reach:g} ☹", 42.0),
    )
    rows = [Row((CellSpec(text, style), *blanks), key=key, height=points) for key, style, text, points in scale]
    series = []
    for i, source in enumerate(sources):
        values = [at.get((s.key, source)) for s in content.stages]
        name = words("mean_valence") if len(sources) == 1 else words("mean_valence_of", source=words.source(source))
        rows.append(Row((CellSpec(name, "lane_note"), *(mean_cell(v, words) for v in values)), key=f"mean:{source}", least=30))
        for part in ("plus", "minus"):
            distances = (CellSpec(_distance(v, part), "cell_count") for v in values)
            rows.append(Row((CellSpec(part, "lane_note"), *distances), key=f"{part}:{source}", height=12, hidden=True))
        series.append(
            Series(words.source(source), f"mean:{source}", palette.LINES[i % len(palette.LINES)], f"plus:{source}", f"minus:{source}",
                   points={s.key: _point(v) for s, v in zip(content.stages, values, strict=True) if v is not None and v.mean is not None})
        )  # fmt: skip
    return rows, [Curve("curve", "curve:low", tuple(s.key for s in content.stages), "stages", tuple(series), reach)]


def curve_below(content: MapContent, person: MapPersona, columns: Sequence[str], words: Words) -> tuple[list[Row], list[Curve]]:
    """The emotion curve of a map with its stages down the side: a row of its own over the whole width, its numbers in the table's columns."""
    sources = curve_sources(content, person.id)
    if not sources:
        return [], []
    at = {(c.stage, c.source): c for c in content.curves if c.persona == person.id}
    stages = tuple(f"stage:{s.key}" for s in content.stages)
    series = []
    for i, source in enumerate(sources):
        values = [at.get((s.key, source)) for s in content.stages]
        points = {key: _point(v) for key, v in zip(stages, values, strict=True) if v is not None and v.mean is not None}
        series.append(
            Series(words.source(source), f"mean:{source}", palette.LINES[i % len(palette.LINES)], "plus", "minus", points=points)
        )  # fmt: skip
    reach = curve_reach(at.values())
    told = f"{words('curve')}\n+{reach:g} ☺\n−{reach:g} ☹"
    blanks = (CellSpec(None, "cell_curve") for _ in columns[1:])
    rows = [Row((CellSpec(told, "lane_open"), *blanks), key="curve", height=150), Row(height=6)]
    for part in ("plus", "minus"):
        for key, stage in zip(stages, content.stages, strict=True):
            ends = {f"mean:{source}": _distance(at.get((stage.key, source)), part) for source in sources}
            cells = (CellSpec(ends.get(column), "cell_count") for column in columns)
            rows.append(Row(tuple(cells), key=f"{part}:{key}", height=12, hidden=True))
    return rows, [Curve("curve", "curve", tuple(columns[1:]), "stage", tuple(series), reach, stages)]


def curve_reach(values: Iterable[CurveValue]) -> float:
    """Half the height of the value axis: a quarter, a half, three quarters or one, whichever holds all intervals."""
    ends = [abs(v) for c in values if c.mean is not None for v in (c.mean, c.low, c.high) if v is not None]
    return min(1.0, math.ceil(max(ends, default=1.0) * 1.1 * 4) / 4)


def mean_cell(value: CurveValue | None, words: Words) -> CellSpec:
    """The mean valence at one stage; blank where too few people speak of it."""
    if value is None or value.mean is None or 0 < value.n < FEWEST:
        # Left blank: a chart draws any text as zero.
        return CellSpec(None, "cell_thin", comment=words("not_enough_n", n=value.n if value else 0))
    tip = words(
        "valence_tip", n=f"{value.n:,}", mean=words.signed(value.mean), low=words.signed(value.low), high=words.signed(value.high)
    )
    ratings = [
        words("rating_tip", question=key, n=f"{int(r.get('n', 0)):,}", mean=words.signed(r.get("mean")))
        for key, r in value.ratings.items()
    ]
    style = f"cell_mean_{value.turn}" if value.turn else "cell_mean"
    fill, comment = palette.valence_fill(value.mean), "\n".join([tip, *ratings])
    return CellSpec(round(value.mean, 2), style, fill=fill, comment=comment, number=mean_format(value.mean, value.turn))


def rated(content: MapContent, persona: str, stage: str, words: Words) -> str:
    """What closed answers rate the stage with, a line per question or row of a grid, an only question without its key; empty where nobody was
    asked."""
    found = [
        (key.rpartition(" | "), f"{words.signed(r['mean'])} · {int(r['n']):,}")
        for c in content.curves
        if (c.persona, c.stage) == (persona, stage)
        for key, r in c.ratings.items()
        if r["n"] >= FEWEST
    ]
    alone = len(found) == 1 and not found[0][0][0]
    return "\n".join(value if alone else f"{name.replace('-', ' ')}: {value}" for (_, _, name), value in found)


def rated_rows(content: MapContent, person: MapPersona, words: Words) -> list[Row]:
    """The row of these ratings under the curve, where any stage has some."""
    texts = [rated(content, person.id, stage.key, words) for stage in content.stages]
    if not any(texts):
        return []
    return [
        Row(
            (CellSpec(words.term("rated"), "lane_note"), *(CellSpec(t or None, "cell_count") for t in texts)),
            key="rated",
            least=24,
        )
    ]


def mean_format(value: float | None, turn: str = "") -> str:
    """The number format of a mean: its sign, its face where it leans to one side, and the mark of a turning point."""
    lean = 0 if value is None or abs(value) < LEANS else 1 if value > 0 else -1
    marks = {"best": "▲ ", "worst": "▼ "}.get(turn, "") + {1: "☺ ", -1: "☹ "}.get(lean, "")
    return f'"{marks}+"0.00;"{marks}−"0.00;"{marks}"0.00' if marks else '+0.00;"−"0.00;0.00'


def _distance(value: CurveValue | None, part: str) -> float | None:
    if value is None or value.mean is None or value.low is None or value.high is None or 0 < value.n < FEWEST:
        return None
    return round(value.high - value.mean if part == "plus" else value.mean - value.low, 4)


def _point(value: CurveValue) -> tuple[str, int]:
    color = (
        palette.GOOD
        if value.mean is not None and value.mean > 0.1
        else palette.BAD
        if value.mean is not None and value.mean < -0.1
        else palette.SLATE
    )
    return color, 12 if value.turn else 8
