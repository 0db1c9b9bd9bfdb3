"""Personas side by side: who they are, what sets them apart, what they said; or the plain statement that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit import labels
from research_kit.write.sheets import palette
from research_kit.write.sheets.model import Block, CellSpec, Link, Row, Sheet
from research_kit.write.sheets.words import Words, bullets, map_sheet_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from research_kit.records import Persona, Personas
    from research_kit.write.content import RunContent

LINES, BACKGROUND = 4, 4
QUOTES, FEWER_QUOTES, NARROW = 5, 3, 4
"""Quotes shown, and how many from so many personas on: a row of Excel is at most 409 points high."""
QUOTE = 220
"""Characters of a quote on this sheet; the whole stands under Evidence."""
FACETS = ("does", "wants", "feels", "agrees", "disagrees", "")
"""What a line of a card is about; "" where nobody said."""
NAMED, NAME = 12, 70
"""Questions named in one line, and characters of one."""


def _line(label: str, key: str, cells: list[CellSpec], least: float = 22) -> Row:
    return Row((CellSpec(label, "lane"), *cells), key=key, least=least)


def _say(key: str, words: Words, /, **values: object) -> str:
    """Words of the personas stage (labels/personas.toml)."""
    return labels.label("personas", key, words.language, **values)


def _told(label: str, key: str, personas: tuple[Persona, ...], of: Callable[[Persona], str], style: str = "cell") -> list[Row]:
    """A line, where it says something about at least one persona."""
    texts = [of(p) for p in personas]
    return [_line(label, key, [CellSpec(text, style) for text in texts])] if any(texts) else []


def _traits(personas: tuple[Persona, ...], words: Words) -> list[Row]:
    """What they do, want and feel, what they agree with more and less than others: the strongest lines of each."""
    rows = []
    for facet in FACETS:
        label = _say(f"facet_{facet}", words) if facet else words("card_traits")

        def lines(persona: Persona, about: str = facet) -> str:
            return bullets([t.text for t in persona.traits if t.facet == about][:LINES])

        rows += _told(label, facet or "traits", personas, lines)
    if not all(p.traits for p in personas):
        rows += _told(words("card_traits"), "nothing", personas, lambda p: "" if p.traits else _say("nobody_alike", words))
    return rows


def _quotes(persona: Persona, words: Words, most: int) -> str:
    lines = []
    for quote in persona.quotes[:most]:
        text = quote.text if len(quote.text) <= QUOTE else quote.text[: QUOTE - 1].rstrip() + "…"
        lines.append(words("quote_of", quote=words.quoted(text), source=quote.source, row=words("row_n", row=quote.row)))
    return "\n".join(lines)


def _moments(run: RunContent, persona: Persona, words: Words) -> str:
    names = {s.key: s.name for s in run.journey.stages}
    turns = [c for c in run.journey.curves if c.persona == persona.id and c.turn and c.mean is not None]
    return "\n".join(
        words("turn_of", turn=words(c.turn), stage=names.get(c.stage, c.stage), value=words.signed(c.mean), n=words("n", n=c.n))
        for c in turns
    )


def _pains(run: RunContent, persona: Persona) -> str:
    pains = [(t.by_persona.get(persona.id, 0), t.label) for t in run.journey.themes if t.kind == "pain"]
    top = sorted((p for p in pains if p[0]), key=lambda p: (-p[0], p[1]))[:3]
    return bullets([label for _, label in top], [n for n, _ in top])


def _cards(run: RunContent, words: Words) -> list[Row]:
    personas = run.personas.personas
    most = QUOTES if len(personas) < NARROW else FEWER_QUOTES
    rows = [
        Row((CellSpec("", "corner"), *(
            CellSpec(p.name, "stage", fill=palette.LINES[i % len(palette.LINES)])
            for i, p in enumerate(personas)
        )), key="name", least=34),
        _line(words("card_share"), "share", [CellSpec(p.share, "number_share", link=Link(map_sheet_id("current", p.id))) for p in personas], 34),
        _line(words("interval_95"), "interval",
              [CellSpec(words("people_interval", n=f"{p.n:,}", interval=words.interval(p.low, p.high)), "stage_note") for p in personas]),
        *_traits(personas, words),
        *_told(words("demographics"), "demographics", personas, lambda p: bullets([t.text for t in p.demographics[:BACKGROUND]])),
        *_told(_say("outcomes", words), "outcomes", personas, lambda p: bullets([t.text for t in p.outcomes])),
        *_told(words("card_quote"), "quotes", personas, lambda p: _quotes(p, words, most), "cell_quote"),
        *_told(words("moments"), "moments", personas, lambda p: _moments(run, p, words)),
        *_told(words("top_pains"), "pains", personas, lambda p: _pains(run, p), "cell_pain"),
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


def _unplaced(personas: Personas, columns: int, words: Words) -> list[Row]:
    """Who is represented by no persona, and what sets them apart."""
    person = personas.unplaced
    if person is None:
        return []
    count = words("people_interval", n=f"{person.n:,}", interval=words.interval(person.low, person.high))
    lines = [t.text for t in (*person.traits[:LINES], *person.demographics[:BACKGROUND])] or [_say("nobody_alike", words)]
    return [
        Row(height=10),
        Row((CellSpec(person.name, "heading", span=columns),), height=26),
        Row((CellSpec(f"{words.share(person.share)}  ({count})", "bullet", span=columns),), key="none:share", least=18),
        *(Row((CellSpec(line, "bullet", span=columns),), key=f"none:{i}", least=18) for i, line in enumerate(lines)),
    ]


def _questions(run: RunContent, columns: int, words: Words) -> list[Row]:
    """Which questions formed the personas, and which did not, by reason."""
    texts = {q.key: q.text for q in run.responses.questions}
    groups: dict[str, list[str]] = {}
    for key, reason in run.personas.left_out:
        groups.setdefault(reason, []).append(texts.get(key, key))
    some = bool(run.personas.personas)
    lines = (
        [(_say("asked_used" if some else "looked_used", words), [texts.get(key, key) for key in run.personas.used])]
        if run.personas.used
        else []
    )
    lines += [(_say("asked_left", words, reason=reason), names) for reason, names in groups.items()]
    if not lines:
        return []
    return [
        Row(height=10),
        Row((CellSpec(_say("asked_heading" if some else "looked_heading", words), "heading", span=columns),), height=26),
        *(
            Row(
                (CellSpec(_say("what", words, question=what, answer=_named(names, words)), "bullet", span=columns),),
                key=f"asked:{i}",
                least=18,
            )
            for i, (what, names) in enumerate(lines)
        ),
    ]


def _named(names: list[str], words: Words) -> str:
    """The first questions by name, the others by number."""
    shown = [name if len(name) <= NAME else name[: NAME - 1] + "…" for name in names[:NAMED]]
    rest = [_say("and_more", words, n=len(names) - NAMED)] if len(names) > NAMED else []
    return words.listed([*(words.quoted(name) for name in shown), *rest])


def _how(personas: Personas, columns: int, words: Words) -> list[Row]:
    """The verdict, its reasons and the stability of every number of personas that was tried."""
    heading = words("how_formed") if personas.personas else _say("tried_heading", words)
    rows = [Row(height=10), Row((CellSpec(heading, "heading", span=columns),), height=26)]
    reasons = [*personas.reasons, *([_say("described_note", words)] if personas.personas and not personas.declared_by else [])]
    rows += [Row((CellSpec(reason, "bullet", span=columns),), key=f"reason:{i}", least=20) for i, reason in enumerate(reasons)]
    if personas.curve:
        rows.append(Row((CellSpec(_say("tried_note", words), "bullet", span=columns),), key="tried", least=18))
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
        blocks=(
            Block(top, "title"),
            Block(tuple(cards), "cards"),
            Block(tuple(_unplaced(run.personas, columns, words)), "unplaced"),
            Block(tuple(_how(run.personas, columns, words)), "how"),
            Block(tuple(_questions(run, columns, words)), "asked"),
        ),
        freeze=("share", 1) if found else None,
        tab=palette.NAVY,
        paper=8,
        one_page=True,
    )
