"""Numbers and fixed words in the output language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from research_kit import labels
from research_kit.records import EVERYONE
from research_kit.study.title import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from research_kit.records import Language, MapContent, MapPersona

_ENDING = re.compile(r"\.(csv|tsv|txt|xlsx|xls|ods|sav|json|jsonl|zip)(?=$| \()", re.IGNORECASE)
FEWEST = 5
"""Cells with fewer people than this say so (DESIGN, ground rules)."""


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, /, **values: Any) -> str:
        """The fixed words for ``key`` of labels/workbook.toml."""
        return labels.label("workbook", key, self.language, **values)

    def method(self, key: str, /, **values: Any) -> str:
        """The words for ``key`` of labels/method.toml, for the Method and Codebook sheets."""
        return labels.label("method", key, self.language, **values)

    def term(self, key: str, **values: object) -> str:
        """A shared term (labels/terms.toml), or the word itself when it is none."""
        return labels.label("terms", key, self.language, **values) if key in labels.keys("terms") else key

    def emotion(self, key: str) -> str:
        """The name of an emotion, or the word itself."""
        return labels.label("emotions", key, self.language) if key in labels.keys("emotions") else key

    def share(self, value: float | None) -> str:
        """A share as a percentage: no decimals from 10% up, one below."""
        if value is None:
            return "–"
        percent = 100 * value
        return f"{percent:.0f}%" if percent >= 9.95 or percent == 0 else f"{percent:.1f}%"

    def people(self, n: int) -> str:
        """So many people."""
        return self("person_one" if n == 1 else "people", n=f"{n:,}")

    def interval(self, low: float | None, high: float | None) -> str:
        """A 95% interval of a share, or nothing when there is none."""
        return "" if low is None or high is None else self("interval", low=self.share(low), high=self.share(high))

    def signed(self, value: float | None) -> str:
        """A valence with its sign."""
        return "–" if value is None else "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")

    def quoted(self, text: str) -> str:
        """The text between the quotation marks of the language."""
        text = text.strip()
        return text if text[:1] in '“「『"' else self("quoted", text=text)

    def listed(self, items: Iterable[str]) -> str:
        """Items in one line."""
        return self("comma").join(items)

    def by_source(self, counts: Mapping[str, int]) -> str:
        """Counts of several sources side by side; nothing for one source."""
        return " · ".join(f"{self.source(name)} {n:,}" for name, n in counts.items()) if len(counts) > 1 else ""

    def source(self, name: str) -> str:
        """A source as a map names it: its file's name without the ending, its words apart."""
        stem = _ENDING.sub("", name)
        return spaced(stem) or stem


def bullets(lines: Iterable[str], counts: Iterable[int | None] = ()) -> str:
    """Lines as a cell shows them: a dot in front when there are several, the people behind."""
    shown = counted(list(lines), list(counts))
    return "\n".join(f"• {line}" for line in shown) if len(shown) > 1 else "".join(shown)


def counted(lines: Sequence[str], counts: Sequence[int | None]) -> list[str]:
    """Each line with the people behind it, where that is known; no-break spaces keep the number off a line of its own."""
    known = [counts[i] if i < len(counts) else None for i in range(len(lines))]
    return [line if n is None else f"{line}\u00a0·\u00a0{n:,}" for line, n in zip(lines, known, strict=True)]


def made_by_hand(content: MapContent) -> bool:
    """Nothing in it was counted: a person wrote the map, and a blank cell is only blank."""
    return not content.sources and all(c.n is None for c in content.cells)


def cell_key(persona: str, stage: str, lane: str) -> str:
    """The key that a cell of the map and its rows on the Evidence sheet share."""
    return f"{persona}/{stage}/{lane}"


def map_sheet_id(kind: str, persona: str) -> str:
    """The id of the sheet that shows this map of this persona."""
    return f"map:{kind}:{persona}"


def map_title(kind: str, person: MapPersona, words: Words) -> str:
    """The title of a map's sheet: the person's name for the current state, else the kind, and of whom when it is not everybody."""
    everybody = person.id == EVERYONE
    if kind == "current":
        return words("sheet_everyone") if everybody else person.name
    return words(f"sheet_{kind}") if everybody else f"{words(f'tab_{kind}')} · {person.name}"


def people(content: MapContent) -> list[MapPersona]:
    """Everybody first, then the personas: one map sheet each."""
    from research_kit.records import MapPersona

    known = {p.id for p in content.personas}
    if EVERYONE in known:
        return sorted(content.personas, key=lambda p: p.id != EVERYONE)
    seen = {c.persona for c in content.cells} | {c.persona for c in content.curves}
    if EVERYONE not in seen:
        return list(content.personas)
    words = Words(content.language)
    return [MapPersona(id=EVERYONE, name=words.term("everyone")), *content.personas]
