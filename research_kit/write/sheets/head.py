"""The top of a map: who it is about, and its coloured stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import curve_sources
from research_kit.write.sheets.model import Block, CellSpec, Row
from research_kit.write.sheets.words import Words, bullets

if TYPE_CHECKING:
    from research_kit.records import MapContent, MapPersona


def title_block(title: str, note: str, columns: int) -> Block:
    """The top of a sheet that one looks things up in: its name and what it is for."""
    told = (Row((CellSpec(note, "subtitle", span=columns),), key="note", least=20),) if note else ()
    return Block((Row((CellSpec(title, "title", span=columns),), height=36), *told, Row(height=6)), "title")


def header(content: MapContent, person: MapPersona, kind: str, columns: int, words: Words) -> Block:
    """Who this map is about: name, share, traits and a quote across the whole width."""
    kicker = Row(
        (CellSpec(words(f"type_{kind}") + "  ·  " + content.name, "kicker", span=columns),), key="head:kicker", height=20
    )
    name = Row((CellSpec(person.name, "title_long", span=columns),), key="head:name", least=36)
    if person.n is None and not person.quote and not person.traits:
        return Block((kicker, name, Row(height=6)), "header")
    left = min(2, columns - 1) if person.n is not None or person.share is not None else 0
    cards = _cards(content, person, words)
    rest = columns - left
    spans = [rest] if len(cards) == 1 or rest == 1 else [rest // 2, rest - rest // 2]
    shown = list(zip(cards, spans, strict=False))
    all_people = person.id == EVERYONE or person.share is None
    share = "" if person.n is None and person.share is None else f"{person.n:,}" if all_people else words.share(person.share)
    labels = [CellSpec(words("card_people" if all_people else "card_share"), "card_label", span=left)]
    values = [CellSpec(share, "big", span=left)]
    notes = [CellSpec(_share_note(person, words), "lane_note", span=left)]
    if not left:
        labels, values, notes = [], [], []
    for (label, text, style), span in shown:
        labels.append(CellSpec(label, "card_label", span=span))
        values.append(CellSpec(text, style, span=span))
        notes.append(CellSpec(None, "lane_note", span=span))
    rows = (
        kicker,
        name,
        Row(tuple(labels), height=17),
        Row(tuple(values), key="head:card", least=48),
        Row(tuple(notes), least=17),
        Row(height=8),
    )
    return Block(rows, "header")


def _share_note(person: MapPersona, words: Words) -> str:
    if person.n is None:
        return ""
    if person.id == EVERYONE:
        return ""
    if person.low is None:
        return words.people(person.n)
    note = words("people_interval", n=f"{person.n:,}", interval=words.interval(person.low, person.high))
    return f"{note}\n{words.term('placed', n=f'{person.placed:,}')}" if person.placed else note


def _cards(content: MapContent, person: MapPersona, words: Words) -> list[tuple[str, str, str]]:
    """(label, text, style) of what stands beside the share: traits and quote, or for everybody the sources and the turning points."""
    if person.id != EVERYONE:
        cards = [(words("card_traits"), bullets(person.traits[:3]), "card")] if person.traits or person.n is not None else []
        return [*cards, (words("card_quote"), words.quoted(person.quote), "card_quote")] if person.quote else cards
    sources = [
        words("source_line", source=s.name, people=f"{s.people:,}", commented=f"{s.commented:,}", mentions=f"{s.mentions:,}")
        for s in content.sources[:4]
    ]
    names = {s.key: s.name for s in content.stages}
    turns = [c for c in content.curves if c.persona == EVERYONE and c.turn and c.mean is not None]
    many = len(curve_sources(content, EVERYONE)) > 1
    said = [
        words(
            "turn_at",
            turn=words(c.turn) + (words("of_source", source=words.source(c.source)) if many else ""),
            stage=names.get(c.stage, c.stage),
            value=words.signed(c.mean),
        )
        for c in turns[:4]
    ]
    cards = [(words("card_sources"), "\n".join(sources), "card")]
    return [*cards, (words("moments"), "\n".join(said), "card")] if said else cards


def stage_counts(content: MapContent, persona: str, stage: str) -> dict[str, int]:
    """People who said something assessable at this stage, by source."""
    curves = [c for c in content.curves if (c.persona, c.stage) == (persona, stage)]
    return {c.source: c.n for c in curves}


def stages_block(content: MapContent, person: MapPersona, words: Words) -> Block:
    """The coloured heads of the stages, with how many people speak of each; where nobody speaks of any, with what they mean."""
    count = len(content.stages)
    heads = [CellSpec(words("stage"), "corner")]
    spoken = any(n for stage in content.stages for n in stage_counts(content, person.id, stage.key).values())
    notes = [CellSpec(words("people_here") if spoken else None, "corner")]
    turns = {c.stage: c for c in reversed(content.curves) if c.persona == person.id and c.turn}
    many = len(curve_sources(content, person.id)) > 1
    for i, stage in enumerate(content.stages):
        heads.append(
            CellSpec(f"{i + 1}  {stage.name}", "stage", fill=palette.stage_fill(i, count, stage.color), comment=stage.description)
        )
        counts = stage_counts(content, person.id, stage.key) if spoken else {}
        text = words("n", n=f"{sum(counts.values()):,}") if spoken else stage.description
        beside = words.by_source(counts)
        turn = turns.get(stage.key)
        color = {"best": palette.GOOD, "worst": palette.BAD}.get(turn.turn if turn else "", "")
        if turn:
            text = f"{words(turn.turn)}{words('of_source', source=words.source(turn.source)) if many else ''}  ·  {text}"
        notes.append(CellSpec(f"{text}\n{beside}" if beside else text, "stage_note", color=color, bold=bool(turn) or None))
    names = Row(tuple(heads), key="stages", least=34)
    told = any(spec.text for spec in notes[1:])
    return Block((names, Row(tuple(notes), key="stage_n", least=18)) if told else (names,), "stages")
