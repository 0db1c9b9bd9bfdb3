"""The first sheet: what was found, in sentences with their n; the heat map; where everything stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from research_kit.labels import paragraph
from research_kit.records import EVERYONE
from research_kit.statistics import surely_above
from research_kit.write.inspection import unread
from research_kit.write.sheets import measure, palette
from research_kit.write.sheets.curve import overall_valence
from research_kit.write.sheets.head import stage_counts
from research_kit.write.sheets.journey import LABELS
from research_kit.write.sheets.model import Block, CellSpec, Link, Row, Sheet
from research_kit.write.sheets.words import FEWEST, Words, map_sheet_id, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.records import CurveValue, MapContent, MapPersona, Theme
    from research_kit.write.content import RunContent

NAME_WIDTH, STAGE_WIDTH = 26.0, 19.0
COLUMNS = 6


def findings(run: RunContent, words: Words) -> list[str]:
    """What a reader should take away, most important first; each sentence carries its n."""
    content = run.journey
    return [
        *_persona_findings(run, words),
        *_moment_findings(content, words),
        *_theme_findings(content, words),
        *_gaps(run, words),
    ]


def _persona_findings(run: RunContent, words: Words) -> list[str]:
    personas = run.personas.personas
    if not personas:
        return [words("finding_no_personas", why=paragraph(run.personas.reasons[:2], words.language))]
    named = words.listed(words("finding_persona_share", name=p.name, share=words.share(p.share), n=f"{p.n:,}") for p in personas)
    key = "finding_declared" if run.personas.verdict == "declared" else "finding_personas"
    return [words(key, k=len(personas), verdict=words.term(run.personas.verdict), named=named)]


def _moment_findings(content: MapContent, words: Words) -> list[str]:
    """The best and the worst moment by each source, or the two or three between which the intervals do not decide, or that there is none."""
    everyone = EVERYONE if any(c.persona == EVERYONE for c in content.curves) else ""
    lines: dict[str, list[CurveValue]] = {}
    for curve in content.curves:
        if curve.persona == everyone and curve.mean is not None:
            lines.setdefault(curve.source, []).append(curve)
    found = []
    for turn in ("worst", "best"):
        for source, line in lines.items():
            apart = len(content.sources) > 1 and source != "all"
            of = words("of_source", source=words.source(source)) if apart else ""
            found += [_moment(c, of, content, words) for c in line if c.turn == turn] or _near(turn, line, of, content, words)
    several = any(sum(c.n >= FEWEST for c in line) > 1 for line in lines.values())
    return found or ([words("finding_no_moment")] if several else [])


def _moment(curve: CurveValue, source: str, content: MapContent, words: Words) -> str:
    return words(
        f"finding_{curve.turn}", stage=_name(curve, content), source=source, mean=words.signed(curve.mean),
        low=words.signed(curve.low), high=words.signed(curve.high), n=f"{curve.n:,}",
    )  # fmt: skip


def _near(turn: str, line: Sequence[CurveValue], source: str, content: MapContent, words: Words) -> list[str]:
    """That two or three stages, and not all, are the lowest (or highest) together; nothing where more might be."""
    known = [
        (c, (c.mean, c.low, c.high))
        for c in line
        if c.n >= FEWEST and c.mean is not None and c.low is not None and c.high is not None
    ]
    if len(known) < 3:
        return []
    worst = turn == "worst"
    known.sort(key=lambda each: each[1][0] if worst else -each[1][0])
    first = known[0][1]
    near = [c for c, there in known if not (surely_above(there, first) if worst else surely_above(first, there))]
    if not 2 <= len(near) <= min(3, len(known) - 1) or (first[0] >= 0 if worst else first[0] <= 0):
        return []
    stages = words.listed(words("near_stage", stage=_name(c, content), mean=words.signed(c.mean), n=f"{c.n:,}") for c in near)
    return [words(f"finding_{turn}_near", source=source, stages=stages)]


def _name(curve: CurveValue, content: MapContent) -> str:
    return next((s.name for s in content.stages if s.key == curve.stage), curve.stage)


def _theme_findings(content: MapContent, words: Words) -> list[str]:
    """The pains that most people name and the delight that most name, as the end of a run in the terminal has them."""
    names = {s.key: s.name for s in content.stages}
    pains = sorted((t for t in content.themes if t.kind == "pain"), key=lambda t: (-t.n, -t.severity, t.id))[:3]
    delights = sorted((t for t in content.themes if t.kind == "delight"), key=lambda t: (-t.n, t.id))[:1]

    def sentence(theme: Theme) -> str:
        key = "finding_pain_most" if theme in pains[:1] else f"finding_{theme.kind}"
        return words(
            key, label=theme.label, n=f"{theme.n:,}", share=words.share(theme.share),
            interval=words.interval(theme.low, theme.high), stage=_where(theme, content, names.get(theme.stage, ""), words),
        )  # fmt: skip

    return [sentence(theme) for theme in [*pains, *delights]]


def _where(theme: Theme, content: MapContent, stage: str, words: Words) -> str:
    """Where most people meet a theme: with their number, as the map's cell has it; the theme itself counts all stages."""
    here = [
        claim.n
        for cell in content.cells
        if cell.stage == theme.stage and cell.lane == "pain_points" and cell.persona == EVERYONE
        for claim in cell.claims
        if claim.theme == theme.id
    ]
    if not stage:
        return ""
    if here and here[0] >= theme.n:
        return words("all_at_stage", stage=stage)
    return words("so_many_at_stage", n=f"{here[0]:,}", stage=stage) if here else words("at_stage", stage=stage)


def _gaps(run: RunContent, words: Words) -> list[str]:
    found = []
    if not any(s.commented for s in run.journey.sources):
        found.append(unread(run.responses, words.language) or words("finding_no_comments"))
    if run.personas.accuracy.get("assignment", {}).get("placed"):
        found.append(run.personas.reasons[-1])
    unassigned = sum(run.journey.unassigned.values())
    if unassigned:
        found.append(words("finding_unassigned", n=f"{unassigned:,}", total=f"{len(run.mentions):,}"))
    if run.journey.flagged:
        found.append(words("finding_flagged", n=f"{len(run.journey.flagged):,}"))
    if run.report.not_assessed:
        found.append(words("finding_not_assessed", n=f"{run.report.not_assessed:,}"))
    return found


def heat_map(content: MapContent, persons: Sequence[MapPersona], words: Words, *, columns: int) -> Block:
    """Mean valence of every persona at every stage; thin cells say so."""
    head = [CellSpec(words("persona"), "heat_head"), *(CellSpec(s.name, "heat_head") for s in content.stages)]
    rows = [
        Row((CellSpec(words("heat_title"), "heading", span=columns),), height=26),
        Row(tuple(head), key="heat:head", least=28),
    ]
    for person in persons:
        cells = [CellSpec(person.name, "heat_name")]
        for stage in content.stages:
            value = overall_valence(content, person.id, stage.key)
            n = sum(stage_counts(content, person.id, stage.key).values())
            if value is None or n < FEWEST:
                cells.append(CellSpec(words("not_enough_n" if n < FEWEST else "not_enough_each", n=n), "heat_thin"))
            else:
                tip = words("n", n=f"{n:,}")
                link = Link(map_sheet_id("current", person.id), "lane:emotions", stage.key)
                cells.append(CellSpec(round(value, 2), "heat", fill=palette.valence_fill(value), comment=tip, link=link))
        rows.append(Row(tuple(cells), key=f"heat:{person.id}", least=30))
    rows.append(Row((CellSpec(words("heat_note", fewest=FEWEST), "note", span=columns),), least=18))
    return Block(tuple(rows), "heat")


def _numbers(run: RunContent, columns: int, words: Words) -> Block:
    sources = run.journey.sources
    tiles = [
        (sum(s.people for s in sources), words("tile_people")),
        (sum(s.commented for s in sources), words("tile_commented")),
        (sum(s.mentions for s in sources), words("tile_mentions")),
        (len(run.personas.personas), words("tile_personas")),
        (sum(t.kind == "pain" for t in run.journey.themes), words("tile_pains")),
        (len(run.journey.opportunities), words("tile_opportunities")),
    ][:columns]
    blank = columns - len(tiles)
    return Block(
        (
            Row((*(CellSpec(n, "number") for n, _ in tiles), *(CellSpec(None, "number") for _ in range(blank))), height=36),
            Row(
                (
                    *(CellSpec(label, "number_label") for _, label in tiles),
                    *(CellSpec(None, "number_label") for _ in range(blank)),
                ),
                least=22,
            ),
            Row(height=10),
        ),
        "numbers",
    )


def _contents(sheets: Sequence[Sheet], columns: int, words: Words) -> Block:
    """Every sheet with a link and what it holds; the maps of the personas stand behind that of everybody."""
    rows = [Row((CellSpec(words("contents"), "heading", span=columns),), height=26)]
    kinds: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        kinds.setdefault(sheet.id.rpartition(":")[0] or sheet.id, []).append(sheet)
    for kind, (first, *others) in kinds.items():
        about = words(f"about_{kind.replace(':', '_')}")
        cells = (CellSpec(first.title, "td_link", link=Link(first.id)), CellSpec(about, "td", span=columns - 1))
        rows.append(Row(cells, key=f"sheet:{first.id}", least=20))
        for i, here in enumerate(_lines([_link(s, columns - 1) for s in others], columns - 1)):
            blank = columns - 1 - sum(link.span for link in here)
            rest = [CellSpec(None, "td", span=blank)] if blank else []
            rows.append(Row((CellSpec(None, "td"), *here, *rest), key=f"sheets:{kind}:{i}", least=20))
    return Block(tuple(rows), "contents")


def _link(sheet: Sheet, room: int) -> CellSpec:
    """A link over as many columns as its words take in one line: LibreOffice does not wrap a link."""
    text = sheet.title.partition(" · ")[2] or sheet.title
    needs = measure.width(text, palette.STYLES["td_link"].size) + 2 * measure.PADDING
    return CellSpec(
        text, "td_link", link=Link(sheet.id), span=min(room, math.ceil(needs / (STAGE_WIDTH * measure.PIXELS_PER_UNIT)))
    )


def _lines(links: Sequence[CellSpec], room: int) -> list[list[CellSpec]]:
    """The links in lines of so many columns."""
    lines: list[list[CellSpec]] = []
    for link in links:
        if not lines or sum(each.span for each in lines[-1]) + link.span > room:
            lines.append([])
        lines[-1].append(link)
    return lines


def overview(run: RunContent, others: Sequence[Sheet], words: Words) -> Sheet:
    """Findings, heat map and contents."""
    content = run.journey
    count = max(len(content.stages), COLUMNS - 1)
    columns = count + 1
    title = Block(
        (
            Row((CellSpec(words("overview_kicker"), "kicker", span=columns),), height=20),
            Row((CellSpec(run.study.heading, "title", span=columns),), key="head:name", height=38),
            Row((CellSpec(_sources(content, words), "subtitle", span=columns),), least=20),
            Row(height=8),
        ),
        "title",
    )
    said = [Row((CellSpec(words("findings"), "heading", span=columns),), height=26)]
    said += [
        Row((CellSpec(f"{i}.  {text}", "bullet", span=columns),), key=f"finding:{i}", least=22)
        for i, text in enumerate(findings(run, words), 1)
    ]
    blocks = [title, _numbers(run, columns, words), Block((*said, Row(height=10)), "findings")]
    if any(c.mean is not None for c in content.curves):
        blocks += [heat_map(content, people(content), words, columns=columns), Block((Row(height=10),))]
    blocks.append(_contents(others, columns, words))
    keys = [s.key for s in content.stages] + [f"column-{i}" for i in range(len(content.stages), count)]
    return Sheet(
        id="overview",
        title=words("sheet_overview"),
        columns=((LABELS, NAME_WIDTH), *((key, STAGE_WIDTH) for key in keys)),
        blocks=tuple(blocks),
        tab=palette.ACCENT,
        one_page=True,
        zoom=100,
    )


def _sources(content: MapContent, words: Words) -> str:
    return " · ".join(words("source_short", source=s.name, people=f"{s.people:,}") for s in content.sources)
