"""The other map types: future state and service blueprint. What the data cannot know is left to fill in, and marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import mean_format, overall_valence
from research_kit.write.sheets.head import header, stages_block
from research_kit.write.sheets.journey import LABELS, LANE_WIDTH, cell_spec, stage_width
from research_kit.write.sheets.model import Block, CellSpec, Curve, Formula, Row, Series, Sheet
from research_kit.write.sheets.words import FEWEST, Words, bullets, made_by_hand, map_sheet_id, map_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from research_kit.records import MapContent, MapPersona

A3 = 8


def frame(
    content: MapContent, person: MapPersona, kind: str, rows: Sequence[Row], words: Words, charts: tuple[Curve, ...] = ()
) -> Sheet:
    """A map sheet with stages across around these rows."""
    columns = len(content.stages) + 1
    note = Row((CellSpec(words("fill_in_note"), "legend", span=columns),), least=18)
    return Sheet(
        id=map_sheet_id(kind, person.id),
        title=map_title(kind, person, words),
        columns=((LABELS, LANE_WIDTH + 3), *((s.key, stage_width(len(content.stages))) for s in content.stages)),
        blocks=(
            header(content, person, kind, columns, words),
            stages_block(content, person, words),
            Block(tuple(rows), "lanes"),
            Block((Row(height=8), note), "legend"),
        ),
        charts=charts,
        freeze=(rows[0].key, 1),
        tab=palette.GOOD,
        paper=A3,
        one_page=True,
        zoom=85,
    )


def _from_data(content: MapContent, person: MapPersona, lane: str, words: Words, label: str = "", key: str = "") -> Row:
    """A lane as the current-state map has it."""
    by_hand = made_by_hand(content)
    cells = [content.cell(person.id, s.key, lane) for s in content.stages]
    specs = [
        cell_spec(c, lane, words, by_hand=by_hand, valence=overall_valence(content, person.id, s.key))
        for c, s in zip(cells, content.stages, strict=True)
    ]
    return Row((CellSpec(label or words.term(lane), "lane"), *specs), key=f"now:{key or lane}", least=40)


def _fill_in(content: MapContent, key: str, words: Words, least: float = 96) -> Row:
    """A lane that people have to fill in: tall enough to write in by hand."""
    blanks = tuple(CellSpec(None, "cell_fill") for _ in content.stages)
    return Row((CellSpec(words(f"lane_{key}"), "lane"), *blanks), key=f"fill:{key}", least=least)


def _themes_row(content: MapContent, person: MapPersona, kind: str, label: str, words: Words) -> Row:
    """The themes of one kind at each stage, the most named by these people first; few people say so."""
    style = "cell_pain" if kind == "pain" else "cell"
    cells = []
    for stage in content.stages:
        named = [
            (t.label, t.n if person.id == EVERYONE else t.by_persona.get(person.id, 0))
            for t in sorted(content.themes, key=lambda t: t.id)
            if t.stage == stage.key and t.kind == kind
        ]
        named = sorted((x for x in named if x[1]), key=lambda x: -x[1])[:3]
        text = bullets([label for label, _ in named], [n for _, n in named])
        if sum(n for _, n in named) < FEWEST:
            cells.append(CellSpec("\n".join(t for t in (words("not_enough"), text) if t), "cell_thin"))
        else:
            cells.append(CellSpec(text, style))
    return Row((CellSpec(label, "lane"), *cells), key=f"now:{kind}", least=40)


def _valence_row(content: MapContent, person: MapPersona, words: Words) -> Row:
    cells = []
    for stage in content.stages:
        value = overall_valence(content, person.id, stage.key)
        shown, fill = None if value is None else round(value, 2), palette.valence_fill(value)
        # Left blank where it is not known: a chart draws any text as zero.
        style = "cell_thin" if value is None else "cell_mean"
        cells.append(CellSpec(shown, style, fill=fill, number=mean_format(value)))
    return Row((CellSpec(words("lane_emotion_now"), "lane"), *cells), key="now:valence", least=26)


def _today(content: MapContent, person: MapPersona, words: Words) -> tuple[Row, Row]:
    """Today's pains and wishes."""
    if not content.themes:
        return (
            _from_data(content, person, "pain_points", words, words("lane_pains_now")),
            _from_data(content, person, "goals", words, words("lane_wishes_now")),
        )
    return (
        _themes_row(content, person, "pain", words("lane_pains_now"), words),
        _themes_row(content, person, "wish", words("lane_wishes_now"), words),
    )


def _ideas(content: MapContent, person: MapPersona, words: Words) -> Row:
    """The opportunities at each stage, to start from: those of the list for everybody, those of their map for a persona."""
    if not content.opportunities or person.id != EVERYONE:
        return _from_data(content, person, "opportunities", words, words("lane_ideas"), "ideas")
    drafts = []
    for stage in content.stages:
        here = [o.text for o in content.opportunities if o.stage == stage.key][:3]
        drafts.append(CellSpec(bullets(here), "cell_opportunity") if here else CellSpec(words("not_enough"), "cell_thin"))
    return Row((CellSpec(words("lane_ideas"), "lane"), *drafts), key="now:ideas", least=40)


def future_map(content: MapContent, person: MapPersona, words: Words) -> Sheet:
    """The same stages: today's pains and wishes beside the intended experience, a target emotion, and the gap that it leaves."""
    top = [
        *_today(content, person, words),
        _valence_row(content, person, words),
        _fill_in(content, "intended", words, 110),
        _ideas(content, person, words),
    ]
    target = Row(
        (CellSpec(words("lane_target"), "lane"), *(CellSpec(None, "cell_target") for _ in content.stages)),
        key="fill:target",
        least=26,
    )
    scale = [
        Row((CellSpec(text, style), *(CellSpec(None, "cell_curve") for _ in content.stages)), key=key, height=points)
        for key, style, text, points in (
            ("curve", "axis_top", "+1 ☺", 36.0),
            ("curve:name", "lane_open", words("curve_now_target"), 52.0),
            ("curve:low", "axis_bottom", "−1 ☹", 36.0),
        )
    ]
    both = "AND(ISNUMBER([fill:target]),ISNUMBER([now:valence]))"
    gap = CellSpec(Formula(f'=IF({both},[fill:target]-[now:valence],"")'), "cell_mean")
    gaps = Row((CellSpec(words("lane_gap"), "lane"), *(gap for _ in content.stages)), key="gap", height=26)
    series = (
        Series(words("lane_emotion_now"), "now:valence", palette.SLATE),
        Series(words("lane_target"), "fill:target", palette.GOOD, dashed=True),
    )
    curve = Curve("curve", "curve:low", tuple(s.key for s in content.stages), "stages", series)
    bottom = [_fill_in(content, "moves", words), _fill_in(content, "measure", words, 64)]
    return frame(content, person, "future", [*top, target, *scale, gaps, *bottom], words, (curve,))


def blueprint_map(content: MapContent, person: MapPersona, words: Words) -> Sheet:
    """A service blueprint: customer actions from the data; front stage, back stage and systems to fill in, between the usual lines."""
    columns = len(content.stages) + 1

    def line(key: str) -> Row:
        return Row((CellSpec(words(key), "boundary", span=columns),), key=key, height=20)

    rows = [
        _from_data(content, person, "touchpoints", words),
        _from_data(content, person, "actions", words, words("lane_customer")),
        _valence_row(content, person, words),
        line("line_interaction"),
        _fill_in(content, "front", words),
        _fill_in(content, "front_systems", words, 64),
        line("line_visibility"),
        _fill_in(content, "back", words),
        line("line_internal"),
        _fill_in(content, "support", words),
        _from_data(content, person, "pain_points", words),
        _fill_in(content, "measure", words, 64),
    ]
    return frame(content, person, "blueprint", rows, words)
