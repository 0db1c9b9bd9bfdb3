"""Which persona of this run is which of the last one: by the people in them, not by their number."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from research_kit.write.edits import GONE, Added, Edits, SheetEdits

if TYPE_CHECKING:
    from research_kit.write.content import RunContent

ALIKE = 0.5
"""Share of people (Jaccard) that two personas must have in common to be the same."""
COMMON = 0.2
"""Share of the former people who must be in this run, else nobody can tell and the ids stand."""


def same_personas(run: RunContent, respondents: Path) -> dict[str, str]:
    """{former id: id now} of the personas that are the same people, from the respondents.csv of the last run. An id that maps to "" is gone."""
    if not respondents.is_file():
        return {}
    with respondents.open(encoding="utf-8-sig", newline="") as file:
        before = {
            (r["source"], r["respondent"].removeprefix("'")): r["persona"] for r in csv.DictReader(file) if r.get("persona")
        }
    people = run.responses.respondents
    placed = run.personas.membership["persona"].reindex(people.index)
    now = {(s, r): p for s, r, p in zip(people["source"], people["respondent"], placed, strict=True) if isinstance(p, str)}
    everybody = set(zip(people["source"], people["respondent"], strict=True))
    if not before or len(everybody & before.keys()) < COMMON * len(before):
        return {}
    sizes_before, sizes_now = Counter(p for k, p in before.items() if k in everybody), Counter(now[k] for k in now)
    shared: Counter[tuple[str, str]] = Counter((before[k], now[k]) for k in before if k in now)
    pairs = sorted(shared, key=lambda p: (-shared[p] / (sizes_before[p[0]] + sizes_now[p[1]] - shared[p]), p))
    found: dict[str, str] = {}
    for old, new in pairs:
        alike = shared[old, new] / (sizes_before[old] + sizes_now[new] - shared[old, new])
        if alike >= ALIKE and old not in found and new not in found.values():
            found[old] = new
    return {old: found.get(old, "") for old in sizes_before}


def follow(edits: Edits, same: dict[str, str]) -> None:
    """Move edits of a persona to where that persona is now; those of a persona that is gone lose their place."""
    moves = {old: new or old + GONE for old, new in same.items() if old != new}
    if not moves:
        return

    def renamed(key: str) -> str:
        parts = key.split(":")
        parts[-1] = moves.get(parts[-1], parts[-1])
        key = ":".join(parts)
        head, slash, rest = key.partition("/")
        return moves.get(head, head) + slash + rest

    sheets: dict[str, SheetEdits] = defaultdict(SheetEdits)
    for name, one in edits.sheets.items():
        sheets[renamed(name)] = SheetEdits(
            one.title if renamed(name) == name else None,
            {(renamed(r), renamed(c)): e for (r, c), e in one.cells.items()},
            [_moved(a, renamed) for a in one.rows],
            [_moved(a, renamed) for a in one.columns],
            {renamed(r) for r in one.gone_rows},
            {renamed(c) for c in one.gone_columns},
            [renamed(r) for r in one.order],
            one.layout.renamed(renamed),
        )
    edits.sheets = dict(sheets)
    edits.gone_sheets = {renamed(name) for name in edits.gone_sheets}
    edits.order = [renamed(name) for name in edits.order]
    edits.titles = {renamed(name): title for name, title in edits.titles.items()}


def _moved(added: Added, renamed: Callable[[str], str]) -> Added:
    return Added(renamed(added.after), {renamed(k): e for k, e in added.cells.items()}, added.size)
