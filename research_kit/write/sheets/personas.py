"""Personas side by side: who they are, what sets them apart, what they said; or the plain statement that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Block, CellSpec, Link, Row, Sheet
from research_kit.write.sheets.words import Words, bullets, map_sheet_id

if TYPE_CHECKING:
    from research_kit.records import Persona, Personas
    from research_kit.write.content import RunContent

TRAITS = 6


def _line(label: str, key: str, cells: list[CellSpec], least: float = 22) -> Row:
    return Row((CellSpec(label, "lane"), *cells), key=key, least=least)


def _moments(run: RunContent, persona: Persona, words: Words) -> str:
    names = {s.key: s.name for s in run.journey.stages}
    turns = [c for c in run.journey.curves if c.persona == persona.id and c.turn and c.mean is not None]
    return "\n".join(
        f"{words(c.turn)}: {names.get(c.stage, c.stage)} ({words.signed(c.mean)}, {words('n', n=c.n)})" for c in turns
    )


def _pains(run: RunContent, persona: Persona) -> str:
    pains = [(t.by_persona.get(persona.id, 0), t.label) for t in run.journey.themes if t.kind == "pain"]
    top = sorted((p for p in pains if p[0]), key=lambda p: (-p[0], p[1]))[:3]
    return bullets([label for _, label in top], [n for n, _ in top])


def _cards(run: RunContent, words: Words) -> list[Row]:
    personas = run.personas.personas
    rows = [
        Row((CellSpec("", "corner"), *(
            CellSpec(p.name, "stage", fill=palette.LINES[i % len(palette.LINES)])
            for i, p in enumerate(personas)
        )), key="name", least=34),
        _line(words("card_share"), "share", [CellSpec(p.share, "number_share", link=Link(map_sheet_id("current", p.id))) for p in personas], 34),
        _line(words("interval_95"), "interval",
              [CellSpec(words("people_interval", n=f"{p.n:,}", interval=words.interval(p.low, p.high)), "stage_note") for p in personas]),
        _line(words("card_traits"), "traits",
              [CellSpec(bullets([t.text for t in p.traits[:TRAITS]]), "cell") for p in personas], 60),
        _line(words("demographics"), "demographics",
              [CellSpec(bullets([t.text for t in p.demographics[:4]]), "cell") for p in personas], 40),
        _line(words("card_quote"), "quotes",
              [CellSpec("\n\n".join(words.quoted(q.text) + f"\n— {q.source}, {words('row_n', row=q.row)}" for q in p.quotes[:3]), "cell_quote")
               for p in personas], 60),
        _line(words("moments"), "moments", [CellSpec(_moments(run, p, words), "cell") for p in personas]),
        _line(words("top_pains"), "pains", [CellSpec(_pains(run, p), "cell_pain") for p in personas]),
    ]  # fmt: skip
    if any(p.rule for p in personas):
        cells = [
            CellSpec(
                f"{p.rule.text}\n{words('rule_accuracy', precision=words.share(p.rule.precision), recall=words.share(p.rule.recall))}"
                if p.rule
                else "",
                "cell",
            )
            for p in personas
        ]
        rows.append(_line(words("rule"), "rule", cells))
    if any(p.stability is not None for p in personas):
        rows.append(_line(words("stability"), "stability", [CellSpec(p.stability, "cell_stability") for p in personas]))
    return rows


def _how(personas: Personas, columns: int, words: Words) -> list[Row]:
    """The verdict, its reasons and the stability of every number of personas that was tried."""
    rows = [Row(height=10), Row((CellSpec(words("how_formed"), "heading", span=columns),), height=26)]
    rows += [
        Row((CellSpec(reason, "bullet", span=columns),), key=f"reason:{i}", least=20) for i, reason in enumerate(personas.reasons)
    ]
    for point in personas.curve:
        text = words(
            "curve_point",
            k=point.k,
            stability=f"{point.stability:.2f}",
            lowest=f"{point.lowest:.2f}",
            smallest=f"{point.smallest:,}",
        )
        mark = "✓ " if point.accepted else "–  "
        rows.append(Row((CellSpec(mark + text, "bullet", span=columns),), key=f"k:{point.k}", least=18))
    return rows


def personas_sheet(run: RunContent, words: Words) -> Sheet:
    """One column per persona; with none, the reasons."""
    found = run.personas.personas
    columns = max(len(found), 2) + 1
    verdict = words("verdict", verdict=words.term(run.personas.verdict)) if found else words("no_personas")
    top = (
        Row((CellSpec(words("personas_kicker"), "kicker", span=columns),), height=20),
        Row((CellSpec(words("sheet_personas"), "title", span=columns),), height=36),
        Row((CellSpec(verdict, "subtitle", span=columns),), least=20),
        Row(height=8),
    )
    cards = _cards(run, words) if found else []
    keys = [p.id for p in found] + [f"column-{i}" for i in range(len(found), columns - 1)]
    return Sheet(
        id="personas",
        title=words("sheet_personas"),
        columns=(("label", 20.0), *((key, max(30.0, min(44.0, 150 / (columns - 1)))) for key in keys)),
        blocks=(Block(top, "title"), Block(tuple(cards), "cards"), Block(tuple(_how(run.personas, columns, words)), "how")),
        freeze=("share", 1) if found else None,
        tab=palette.NAVY,
        paper=8,
        one_page=True,
    )
