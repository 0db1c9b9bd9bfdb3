"""What people say in two waves, counted in both by one set of words: each pain, delight and wish, and sums of those that belong together.

A matter that falls to pieces ("late", "still waiting", "nobody came") is nowhere large enough for its change to be sure; its sums are: all pains
of a stage, and families of what a team would put in one line. People are counted, each once in every sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit.labels import label
from research_kit.write.moves import Change, corrected, share_change
from research_kit.write.together import interval, moved_together

if TYPE_CHECKING:
    from research_kit.records import Language
    from research_kit.study import ThemeSpec
    from research_kit.write.wave import Wave

Recount = Callable[[pd.DataFrame, Sequence["ThemeSpec"], "Language"], pd.DataFrame]
"""What finds again what both waves speak of: ``text.recount``."""
KINDS = {"pain": "pains", "delight": "delights", "wish": "wishes"}
PARTS = 3
"""Of a sum, the themes that are named because they moved most."""
TOGETHER = 6
"""The same of small themes that moved together."""


def matter_changes(old: Wave, new: Wave, recount: Recount) -> dict[str, list[Change]]:
    """Uncorrected changes of the sums and of every pain, delight and wish: of the people of each kind of source who commented."""
    said = _said(old, new)
    dropped = old.dismissed | new.dismissed
    finds = recount(said, tuple({t.id: t for t in (*new.specs, *old.specs)}.values()), new.language)
    finds = finds.merge(said[["wave", "type", "unit", "stage"]], left_on="row", right_index=True)
    gone = set(finds.loc[finds["matter"].isin(dropped), "row"])
    finds, said = finds[~finds["row"].isin(gone)], said[~said.index.isin(gone)]
    names = {**new.stages(), **old.stages()}
    given = {**new.labels(), **old.labels()}
    finds["label"] = finds["matter"].map(given).fillna(finds["label"])
    finds["where"] = finds["matter"].map(_homes(finds)).map(names).fillna("")
    alone = finds[finds["level"] == "theme"]
    result = {"sums": _sorted([*_totals(old, new, said, alone, names), *_families(old, new, finds)])}
    for kind, key in KINDS.items():
        result[key] = _sorted(_themes(old, new, alone[alone["kind"] == kind]))
    sure = {c.what for changes in corrected(*result.values()) for c in changes if c.moved and c.level == "theme"}
    result["sums"] += _together(old, new, alone[~alone["label"].isin(sure)])
    return result


def _said(old: Wave, new: Wave) -> pd.DataFrame:
    """The mentions of both waves, with the wave (0, 1), the kind of their source and who said them (unit)."""
    parts = [wave.mentions.assign(wave=i, type=wave.mentions["source"].map(wave.types())) for i, wave in enumerate((old, new))]
    said = pd.concat(parts, ignore_index=True)
    return said.assign(unit=said.groupby(["wave", "source", "respondent"]).ngroup())


def _homes(finds: pd.DataFrame) -> dict[str, str]:
    """{matter: stage at which most of its mentions stand}"""
    many = (
        finds.groupby(["matter", "stage"])
        .size()
        .reset_index(name="n")
        .sort_values(["matter", "n"], ascending=[True, False], kind="stable")
    )
    return dict(many.drop_duplicates("matter")[["matter", "stage"]].itertuples(index=False))


def _counted(old: Wave, new: Wave, said: pd.DataFrame) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """(kind of source, "" where there is one; people then and now; people who commented then and now)"""
    kinds = sorted({*old.types().values(), *new.types().values()})
    people = said.drop_duplicates("unit").groupby(["type", "wave"]).size()
    for kind in kinds:
        counts = tuple(int(people.get((kind, wave), 0)) for wave in (0, 1))
        bases = tuple(wave.commented_in(kind) for wave in (old, new))
        if sum(counts):
            yield kind if len(kinds) > 1 else "", (counts[0], counts[1]), (bases[0], bases[1])


def _themes(old: Wave, new: Wave, finds: pd.DataFrame) -> Iterator[Change]:
    for _, mine in finds.groupby("matter"):
        kind, what, where = mine[["kind", "label", "where"]].iloc[0]
        for source, counts, bases in _counted(old, new, mine):
            yield share_change(kind, what, where, source, counts, bases)


def _totals(old: Wave, new: Wave, said: pd.DataFrame, themes: pd.DataFrame, names: dict[str, str]) -> Iterator[Change]:
    """All pains, delights and wishes, anywhere and at each stage."""
    for kind in KINDS:
        mine = said[said["kind"] == kind]
        for stage in ("", *names):
            where = names.get(stage, "")
            here = mine[mine["stage"] == stage] if stage else mine
            inside = themes[(themes["kind"] == kind) & (themes["where"] == where)] if stage else themes[themes["kind"] == kind]
            what = label("workbook", f"compare_all_{kind}", new.language)
            for source, counts, bases in _counted(old, new, here):
                change = share_change(kind, what, where, source, counts, bases)
                yield _with_parts(replace(change, level="stage" if stage else "all"), inside, old, new)


def _families(old: Wave, new: Wave, finds: pd.DataFrame) -> Iterator[Change]:
    """All that a family of matters says."""
    for _, mine in finds[finds["level"] == "family"].groupby("matter"):
        kind, what = mine[["kind", "label"]].iloc[0]
        inside = finds[(finds["level"] == "theme") & finds["row"].isin(mine["row"])]
        for source, counts, bases in _counted(old, new, mine):
            change = share_change(kind, what, "", source, counts, bases)
            yield _with_parts(replace(change, level="family"), inside, old, new)


def _together(old: Wave, new: Wave, themes: pd.DataFrame) -> Iterator[Change]:
    """Small themes of a kind that went the same way by more than chance."""
    sources = sorted({*old.types().values(), *new.types().values()})
    for kind in KINDS:
        for source in sources:
            bases = old.commented_in(source), new.commented_in(source)
            mine = themes[(themes["kind"] == kind) & (themes["type"] == source)]
            for up in (False, True):
                found = moved_together(mine, bases, up=up) if all(bases) else None
                if found is None:
                    continue
                inside = mine[mine["matter"].isin(found.matters)]
                people = inside.drop_duplicates("unit")["wave"].value_counts()
                counts = int(people.get(0, 0)), int(people.get(1, 0))
                d, low, high = interval(counts, bases, found.reach)
                change = share_change(kind, "", "", source if len(sources) > 1 else "", counts, bases)
                change = replace(change, level="together", difference=d, low=low, high=high, p=found.p)
                change = _with_parts(change, inside, old, new, TOGETHER)
                yield replace(change, what=label("inspect", "comma", new.language).join(part for part, _, _ in change.parts))


def _with_parts(change: Change, inside: pd.DataFrame, old: Wave, new: Wave, most: int = PARTS) -> Change:
    """The change of a sum with the themes in it that moved most its way: (label, people then, people now)."""
    if change.difference is None:
        return change
    up = change.difference > 0
    moved = [c for c in _themes(old, new, inside) if c.source == change.source and c.difference and (c.difference > 0) == up]
    moved.sort(key=lambda c: (-abs(c.difference or 0.0), c.what))
    return replace(change, parts=tuple((c.what, c.n_old, c.n_new) for c in moved[:most]))


def _sorted(changes: Iterator[Change] | Sequence[Change]) -> list[Change]:
    """What most people say first."""
    return sorted(changes, key=lambda c: (-c.n_old - c.n_new, c.kind, c.what, c.where, c.source))
