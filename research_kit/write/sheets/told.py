"""Map types that are counted from the mentions: a day in the life, and channels side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research_kit import labels
from research_kit.records import EVERYONE
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import header
from research_kit.write.sheets.journey import LABELS, LANE_WIDTH
from research_kit.write.sheets.model import Block, CellSpec, Row, Sheet
from research_kit.write.sheets.words import FEWEST, Words, bullets, map_sheet_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from research_kit.records import MapContent, MapPersona

TIMES = ("dawn", "morning", "midday", "afternoon", "evening", "night")
TO_FILL = ("situation", "tools", "needs", "ideas")
MOST_CHANNELS = 7
A3 = 8


@dataclass(frozen=True)
class Told:
    """What the mentions of one column say."""

    n: int
    valence: float | None
    quotes: tuple[str, ...]
    pains: tuple[tuple[str, int], ...]
    stages: tuple[tuple[str, int], ...]


def _told(rows: pd.DataFrame, content: MapContent) -> Told:
    names = {s.key: s.name for s in content.stages}
    themes = {t.id: t for t in content.themes if t.kind == "pain"}
    people = rows.groupby("unit")["valence"].mean()
    sizes = rows["text"].astype(str).map(_width, na_action="ignore")
    good = rows.assign(strength=rows["valence"].astype(float).abs().fillna(0.0)).loc[sizes.between(12, 160)]
    good = good.sort_values("strength", ascending=False, kind="stable").drop_duplicates("unit").drop_duplicates("text")
    pains = rows.loc[rows["theme"].isin(list(themes))].groupby("theme")["unit"].nunique()
    stages = rows.loc[rows["stage"].isin(list(names))].groupby("stage")["unit"].nunique()

    def top(counts: pd.Series, words: dict[str, str]) -> tuple[tuple[str, int], ...]:
        ranked = sorted(((str(k), int(v)) for k, v in counts.items()), key=lambda kv: (-kv[1], kv[0]))[:3]
        return tuple((words[k], n) for k, n in ranked)

    return Told(
        n=int(rows["unit"].nunique()),
        valence=float(people.mean()) if people.notna().any() else None,
        quotes=tuple(good["text"].astype(str).head(2)),
        pains=top(pains, {k: t.label for k, t in themes.items()}),
        stages=top(stages, names),
    )


def _width(text: str) -> int:
    """Characters; a Chinese one counts as two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def _rows(told: Sequence[Told | None], words: Words) -> list[Row]:
    """What was said, column by column; too few people say so."""
    thin = CellSpec(words("not_enough"), "cell_thin")
    enough = [t if t is not None and t.n >= FEWEST else None for t in told]
    counts = [CellSpec(t.n if t else 0, "cell_count", number=words("people_plain")) for t in told]
    means = [
        CellSpec(round(t.valence, 2), "cell_mean", fill=palette.valence_fill(t.valence))
        if t and t.valence is not None
        else CellSpec(None, "cell_thin")
        for t in enough
    ]
    return [
        Row((CellSpec(words("people_here"), "lane"), *counts), key="told:n", least=20),
        Row((CellSpec(words("mean_valence"), "lane"), *means), key="told:valence", least=26),
        Row(
            (CellSpec(words("lane_where"), "lane"), *_lists([t.stages if t else None for t in enough], "cell", thin)),
            key="told:stages",
            least=40,
        ),
        Row(
            (CellSpec(words.term("pain_points"), "lane"), *_lists([t.pains if t else None for t in enough], "cell_pain", thin)),
            key="told:pains",
            least=44,
        ),
        Row(
            (
                CellSpec(words.term("quotes"), "lane"),
                *(CellSpec("\n".join(words.quoted(q) for q in t.quotes), "cell_quote") if t else thin for t in enough),
            ),
            key="told:quotes",
            least=44,
        ),
    ]


def _lists(columns: Sequence[tuple[tuple[str, int], ...] | None], style: str, thin: CellSpec) -> list[CellSpec]:
    return [thin if c is None else CellSpec(bullets([k for k, _ in c], [n for _, n in c]) or None, style) for c in columns]


def _sheet(
    kind: str, content: MapContent, person: MapPersona, columns: Sequence[tuple[str, str]], rows: list[Row], words: Words
) -> Sheet:
    heads = [CellSpec(words(f"across_{kind}"), "corner")]
    heads += [CellSpec(name, "stage", fill=palette.stage_fill(i, len(columns))) for i, (_, name) in enumerate(columns)]
    width = max(24.0, min(44.0, 190.0 / max(len(columns), 1)))
    head = Row(tuple(heads), key="stages", least=34)
    note = Row((CellSpec(words(f"note_{kind}", fewest=FEWEST), "legend", span=len(columns) + 1),), least=18)
    return Sheet(
        id=map_sheet_id(kind, person.id),
        title=words(f"sheet_{kind}"),
        columns=((LABELS, LANE_WIDTH + 3), *((key, width) for key, _ in columns)),
        blocks=(
            header(content, person, kind, len(columns) + 1, words),
            Block((head,), "stages"),
            Block(tuple(rows), "lanes"),
            Block((Row(height=8), note), "legend"),
        ),
        freeze=(rows[0].key, 1),
        tab=palette.GOOD,
        paper=A3,
        one_page=True,
        zoom=85,
    )


def time_words() -> dict[str, re.Pattern[str]]:
    """What tells a time of day, in the three languages at once: people mix them."""
    patterns = {}
    for time in TIMES:
        words = {
            w for lang in ("en", "zh-Hant", "zh-Hans") for w in labels.label("workbook", f"timewords_{time}", lang).split(",")
        }
        latin = [w for w in sorted(words) if w.isascii()]
        chinese = [w for w in sorted(words) if not w.isascii()]
        patterns[time] = re.compile("|".join([rf"\b(?:{'|'.join(latin)})\b", *chinese]), re.IGNORECASE)
    return patterns


def day_map(content: MapContent, person: MapPersona, mentions: pd.DataFrame | None, words: Words) -> Sheet:
    """Times of day across: what people said who name that time; the rest of the day is left to fill in."""
    columns = [(time, words(f"time_{time}")) for time in TIMES]
    told: list[Told | None] = [None] * len(TIMES)
    if mentions is not None and len(mentions):
        texts = mentions["text"].astype(str)
        told = [_told(mentions.loc[texts.str.contains(p)], content) for p in time_words().values()]
    rows = _rows(told, words) if mentions is not None else []
    blanks = tuple(CellSpec(None, "cell_fill") for _ in TIMES)
    rows = [
        *(Row((CellSpec(words(f"lane_{key}"), "lane"), *blanks), key=f"fill:{key}", least=72) for key in TO_FILL[:2]),
        *rows,
        *(Row((CellSpec(words(f"lane_{key}"), "lane"), *blanks), key=f"fill:{key}", least=72) for key in TO_FILL[2:]),
    ]
    return _sheet("day", content, person, columns, rows, words)


def _channel_name(key: str, words: Words) -> str:
    return labels.label("channels", key, words.language) if key in labels.keys("channels") else key


def channel_map(content: MapContent, person: MapPersona, mentions: pd.DataFrame | None, words: Words) -> Sheet:
    """Channels side by side: the people who name each, how they feel, where in the journey, what hurts; and stage by stage."""
    if mentions is None or not mentions["channel"].notna().any():
        return _channels_by_hand(content, person, words)
    named = mentions.loc[mentions["channel"].notna()]
    people = named.groupby("channel")["unit"].nunique()
    keys = sorted(people.index, key=lambda k: (-int(people[k]), str(k)))[:MOST_CHANNELS]
    parts = [named.loc[named["channel"] == key] for key in keys]
    rows = _rows([_told(part, content) for part in parts], words)
    for stage in content.stages:
        cells = []
        for part in parts:
            here = part.loc[part["stage"] == stage.key]
            one = _told(here, content) if len(here) else None
            if one is None or one.n < FEWEST:
                cells.append(CellSpec(words("not_enough_n", n=one.n if one else 0), "cell_thin"))
            else:
                text = words("channel_cell", mean=words.signed(one.valence), n=f"{one.n:,}")
                cells.append(CellSpec(text, "cell_count", fill=palette.valence_fill(one.valence)))
        rows.append(Row((CellSpec(stage.name, "lane"), *cells), key=f"stage:{stage.key}", least=24))
    blanks = tuple(CellSpec(None, "cell_fill") for _ in keys)
    rows.append(Row((CellSpec(words("lane_ideas"), "lane"), *blanks), key="fill:ideas", least=54))
    return _sheet("channel", content, person, [(str(k), _channel_name(str(k), words)) for k in keys], rows, words)


def _channels_by_hand(content: MapContent, person: MapPersona, words: Words) -> Sheet:
    """Channels as the map's own lane names them: which stage uses which."""
    used = {(c.stage, line) for c in content.cells for line in c.lines if c.lane == "channels"}
    keys = list(dict.fromkeys(line for c in content.cells for line in c.lines if c.lane == "channels"))[:MOST_CHANNELS] or [""]
    rows = []
    for stage in content.stages:
        action = content.cell(EVERYONE, stage.key, "actions") or next(
            (c for c in content.cells if (c.stage, c.lane) == (stage.key, "actions")), None
        )
        text = bullets(action.lines[:2]) if action else "●"
        cells = [
            CellSpec(text if (stage.key, key) in used else None, "cell" if (stage.key, key) in used else "cell_fill")
            for key in keys
        ]
        rows.append(Row((CellSpec(stage.name, "lane"), *cells), key=f"stage:{stage.key}", least=40))
    return _sheet("channel", content, person, [(k or "channel-1", k) for k in keys], rows, words)
