"""journey.html: the maps that were asked for and the lists, in one file that opens anywhere, without any request; evidence opens on a click."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from research_kit.records import EVERYONE
from research_kit.write.book import map_sheets, told_mentions
from research_kit.write.html_sheets import sheet_map, tables, theme_key
from research_kit.write.safety import ILLEGAL
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import curve_reach, curve_sources, overall_valence, rated
from research_kit.write.sheets.head import stage_counts
from research_kit.write.sheets.journey import LINES, is_thin
from research_kit.write.sheets.words import FEWEST, Words, cell_key, made_by_hand, people

if TYPE_CHECKING:
    from research_kit.mentions import Mentions
    from research_kit.records import Cell, CurveValue, MapContent, MapPersona, Theme

MOST_EVIDENCE = 40
"""Verbatims that one cell opens; the workbook has more, mentions.parquet all."""
WIDTH, HEIGHT = 200.0, 160.0


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("journey.html.j2")


def journey_html(content: MapContent, mentions: Mentions) -> bytes:
    """The whole page as bytes."""
    words = Words(content.language)
    cells = [c for c in content.cells if c.evidence and c.lines]
    themes = [t for t in content.themes if t.evidence]
    wanted = [*(c.evidence for c in cells), *(t.evidence for t in themes)]
    known = _mentions(mentions, {m for evidence in wanted for m in evidence[:MOST_EVIDENCE]}, words)
    data = {
        "cells": {
            **{cell_key(c.persona, c.stage, c.lane): _evidence(c, _title(c, content, words), known, words) for c in cells},
            **{theme_key(t.id): _evidence(t, t.label, known, words) for t in themes},
        },
        "mentions": known,
    }
    others = _others(content, mentions, words)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    page = _template().render(
        lang={"en": "en", "zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN"}[content.language],
        title=content.name or words("untitled"),
        subtitle=" · ".join(words("source_short", source=s.name, people=f"{s.people:,}") for s in content.sources),
        people=[{**_person(content, p, words), "maps": others.get(p.id, [])} for p in people(content)],
        current="current" in content.types,
        lists=tables(content, words),
        stages=[
            {"name": s.name, "description": s.description, "fill": palette.stage_fill(i, len(content.stages), s.color)}
            for i, s in enumerate(content.stages)
        ],
        legend=[words(k) for k in ("very_negative", "negative", "neutral", "positive", "very_positive")],
        notes=words("html_notes", fewest=FEWEST),
        words={
            "stage": words("stage"),
            "people": words("people_here"),
            "close": words("html_close"),
            "open": words("html_open"),
            "scroll": words("html_scroll"),
            "lists": words("html_lists"),
            "current": words("type_current"),
        },
        data=Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")),  # noqa: S704 - cannot end the script
    )
    return (ILLEGAL.sub("\ufffd", page) + "\n").encode("utf-8", "replace")


def _mentions(mentions: Mentions, wanted: set[str], words: Words) -> dict[str, list[str]]:
    if not len(mentions) or not wanted:
        return {}
    rows = mentions.pick(wanted, ["mention_id", "text", "source", "row", "sentiment"])
    fields = zip(rows["mention_id"], rows["text"], rows["source"], rows["row"], rows["sentiment"], strict=True)
    return {
        str(i): [
            str(text),
            words(
                "said_at",
                source=source,
                row=words("row_n", row=row),
                sentiment=words.term(sentiment if isinstance(sentiment, str) else "not_assessed"),
            ),
        ]
        for i, text, source, row, sentiment in fields
    }


def _others(content: MapContent, mentions: Mentions, words: Words) -> dict[str, list[dict[str, Any]]]:
    """{persona: maps of the other types} as the workbook draws them."""
    kinds = tuple(kind for kind in content.types if kind != "current")
    if not kinds:
        return {}
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in map_sheets(replace(content, types=kinds), words, told_mentions(kinds, mentions)):
        _, kind, person = sheet.id.split(":", 2)
        found.setdefault(person, []).append({"kind": kind, "title": words(f"type_{kind}"), **sheet_map(sheet, words)})
    return found


def _title(cell: Cell, content: MapContent, words: Words) -> str:
    stage = next((s.name for s in content.stages if s.key == cell.stage), cell.stage)
    return f"{stage} · {words.term(cell.lane)}"


def _evidence(of: Cell | Theme, title: str, known: dict[str, list[str]], words: Words) -> dict[str, Any]:
    shown = [m for m in of.evidence if m in known][:MOST_EVIDENCE]
    return {
        "title": title,
        "count": words("html_count", n=f"{len(shown):,}", total=f"{len(of.evidence):,}", people=f"{of.n or 0:,}"),
        "mentions": shown,
    }


def _person(content: MapContent, person: MapPersona, words: Words) -> dict[str, Any]:
    by_hand = made_by_hand(content)
    counts = [stage_counts(content, person.id, s.key) for s in content.stages]
    turns = {c.stage: c.turn for c in reversed(content.curves) if c.persona == person.id and c.turn}
    rows: list[dict[str, Any]] = []
    for lane in content.lanes:
        cells = [_cell(content, person.id, s.key, lane, words, by_hand=by_hand) for s in content.stages]
        rows.append({"name": words.term(lane), "cells": cells})
        if lane == "emotions" and curve_sources(content, person.id):
            rows.append({"name": words("curve"), "svg": _svg(content, person.id, words)})
        if lane == "emotions" and any(ratings := [rated(content, person.id, s.key, words) for s in content.stages]):
            rows.append({"name": words.term("rated"), "cells": [_lines("count", text) for text in ratings]})
    everyone = person.id == EVERYONE
    share = (
        ""
        if everyone
        else words.share(person.share)
        if person.share is not None
        else f"{person.n:,}"
        if person.n is not None
        else ""
    )
    return {
        "id": person.id,
        "name": person.name,
        "share": share,
        "note": "" if person.n is None else words.people(person.n) if person.low is None or person.id == EVERYONE
        else words("people_interval", n=f"{person.n:,}", interval=words.interval(person.low, person.high)),
        "traits": person.traits[:4],
        "quote": words.quoted(person.quote) if person.quote else "",
        "counts": [
            {"text": " · ".join(t for t in (words(turns[s.key]) if s.key in turns else "", words("n", n=f"{sum(c.values()):,}")) if t),
             "turn": turns.get(s.key, "")}
            for s, c in zip(content.stages, counts, strict=True)
        ] if any(n for count in counts for n in count.values()) else [],
        "rows": rows,
    }  # fmt: skip


def _lines(css: str, text: str) -> dict[str, Any]:
    """A cell of plain lines, with nothing to open."""
    return {"css": css, "note": "", "lines": [{"text": line, "n": None} for line in text.split("\n") if line], "key": ""}


def _cell(content: MapContent, person: str, stage: str, lane: str, words: Words, *, by_hand: bool) -> dict[str, Any]:
    cell = content.cell(person, stage, lane)
    if cell is None or not cell.lines:
        return {"css": "" if by_hand else "empty", "note": "" if by_hand else words("not_enough"), "lines": [], "key": ""}
    lines = cell.lines if cell.n is None else cell.lines[:LINES]
    counts = [c.n for c in cell.claims] if len(lines) > 1 and lane != "quotes" else []
    css = lane if lane in ("pain_points", "delights", "opportunities", "quotes") else ""
    if lane == "emotions":
        fills = [fill for fill, _ in palette.VALENCE]
        value = overall_valence(content, person, stage)
        css = "" if value is None else f"v{fills.index(palette.valence_fill(value))}"
    return {
        "css": "thin" if is_thin(cell) else css,
        "note": words("not_enough_n", n=cell.n) if is_thin(cell) else "",
        "lines": [
            {
                "text": words.quoted(line) if lane == "quotes" and cell.n is not None else line,
                "n": counts[i] if i < len(counts) else None,
            }
            for i, line in enumerate(lines)
        ],
        "key": cell_key(person, stage, lane) if cell.evidence else "",
        "people": "" if cell.n is None else words.people(cell.n),
        "ticked": any(not claim.evidence for claim in cell.claims),
        "mentions": f"{len(cell.evidence):,}",
    }


def _svg(content: MapContent, person: str, words: Words) -> Markup:
    """The emotion curve as inline SVG: lines, points and intervals."""
    count = len(content.stages)
    at = {(c.stage, c.source): c for c in content.curves if c.persona == person and c.mean is not None and not 0 < c.n < FEWEST}
    reach = curve_reach(at.values())
    parts = [f'<line x1="0" x2="{WIDTH * count:g}" y1="{HEIGHT / 2:g}" y2="{HEIGHT / 2:g}" stroke="var(--line)"/>']
    for end, y in ((f"+{reach:g} ☺", 14.0), (f"−{reach:g} ☹", HEIGHT - 5)):
        parts.append(f'<text x="{WIDTH * count - 8:g}" y="{y:g}" text-anchor="end">{end}</text>')
    for i, source in enumerate(curve_sources(content, person)):
        color = palette.LINES[i % len(palette.LINES)]
        points = [(k, at.get((s.key, source))) for k, s in enumerate(content.stages)]
        color = "var(--navy)" if i == 0 else f"#{color}"
        shown = [(k, v) for k, v in points if v is not None]
        below = {k for k, v in shown if any(_beats(other, v) for (stage, _), other in at.items() if stage == v.stage)}
        parts += _one_curve(shown, color, source, words, reach, below=below)
        if source != "all":
            parts.append(f'<text x="8" y="{14 + 16 * i}" style="fill:{color}">● {escape(words.source(source))}</text>')
    label = escape(words("curve"))
    svg = f'<svg viewBox="0 0 {WIDTH * count:g} {HEIGHT:g}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    return Markup(svg)  # noqa: S704 - every word in it was escaped


def _beats(one: CurveValue, other: CurveValue) -> bool:
    """Of two sources at a stage the upper one has its number above its point, the other below."""
    return (one.mean or 0.0, other.source) > (other.mean or 0.0, one.source)


def _y(value: float, reach: float) -> float:
    return round(HEIGHT / 2 - value / reach * (HEIGHT / 2 - 12), 1)


def _one_curve(
    points: list[tuple[int, CurveValue]], color: str, source: str, words: Words, reach: float, *, below: set[int]
) -> list[str]:
    """Path, intervals and points of one source; a stage without enough people breaks the line."""
    parts, path, last = [], "", -9
    for k, value in points:
        x, y = WIDTH * (k + 0.5), _y(value.mean or 0.0, reach)
        if k == last + 1:
            before = _y(next(v.mean or 0.0 for j, v in points if j == last), reach)
            path += f" C {x - WIDTH / 2:g} {before:g}, {x - WIDTH / 2:g} {y:g}, {x:g} {y:g}"
        else:
            path += f" M {x:g} {y:g}"
        last = k
        if value.low is not None and value.high is not None:
            parts.append(
                f'<line x1="{x:g}" x2="{x:g}" y1="{_y(value.low, reach):g}" y2="{_y(value.high, reach):g}" stroke="{color}"/>'
            )
        tip = f"{source if source != 'all' else ''} {words.signed(value.mean)} ({words('n', n=value.n)})".strip()
        fill = {"best": "var(--good)", "worst": "var(--bad)"}.get(value.turn, color)
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{7 if value.turn else 5}" fill="{fill}"><title>{escape(tip)}</title></circle>'
        )
        parts.append(f'<text x="{x + 10:g}" y="{y + (20 if k in below else -8):g}">{escape(words.signed(value.mean))}</text>')
    return [f'<path d="{path.strip()}" fill="none" stroke="{color}" stroke-width="2.5"/>', *parts]
