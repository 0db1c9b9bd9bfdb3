"""From the columns of all exports to drafts of questions: the same question of several waves is one, and the parts of a spread one come together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.questions import headers
from research_kit.questions.draft import Draft, Part
from research_kit.questions.hints import TEXT_BOX
from research_kit.questions.profile import codes_for_missing, norm, profile
from research_kit.questions.reviews import with_review_hints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.headers import Field
    from research_kit.records import Export


TWIN = "\u2063"
"""Between a label and its number where two columns of one question carry the same label; nobody sees it."""


@dataclass(frozen=True)
class Group:
    """Neighbouring columns of one file that belong to one question."""

    source: int
    fields: tuple[Field, ...]

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same question in another file: its words (its code only where it has no words)."""
        return norm(self.fields[0].text), "" if " " in self.fields[0].text else self.fields[0].code.split("_")[0]


def groups(export: Export, source: int) -> list[Group]:
    """The export's columns by question, in the order of the file."""
    found: list[list[Field]] = []
    for field in headers.fields(with_review_hints(export)):
        if field.hint == "drop":
            continue
        last = found[-1] if found else []
        together = (
            last
            and norm(last[0].text) == norm(field.text)
            and (field.label or field.hint == "other_text")
            and _same_code(last[0], field)
        )
        twins = sum(norm(f.label) == norm(field.label) for f in last) if together else 0
        if twins:  # the tick and the text of an "Other" carry one label
            field = replace(field, label=f"{field.label}{TWIN}{twins + 1}")
        if together:
            last.append(field)
        else:
            found.append([field])
    return [Group(source, tuple(fields)) for fields in found]


def _same_code(a: Field, b: Field) -> bool:
    """Qualtrics and LimeSurvey name a question's columns alike ("Q3_1", "Q3_2"); the words may be shared by two questions."""
    first, second = headers.question_code(a.code), headers.question_code(b.code)
    return first == a.code or second == b.code or first == second


def drafts(exports: Sequence[Export]) -> list[Draft]:
    """Drafts of all exports' questions; keys are not given yet. Rows of the pooled columns run through the exports in their order."""
    sizes = [len(e.cells) for e in exports]
    merged: dict[tuple[object, ...], list[Group]] = {}
    for source, export in enumerate(exports):
        used: dict[tuple[str, str], int] = {}
        for group in groups(export, source):
            nth = used[group.identity] = used.get(group.identity, 0) + 1
            merged.setdefault((export.type, *group.identity, nth), []).append(group)
    return [_draft(members, exports, sizes) for members in merged.values()]


def _draft(members: Sequence[Group], exports: Sequence[Export], sizes: Sequence[int]) -> Draft:
    first = members[0].fields[0]
    labels: dict[str, list[tuple[int, Field]]] = {}
    for group in members:
        for field in group.fields:
            labels.setdefault(norm(field.label), []).append((group.source, field))
    parts = tuple(_part(places, exports, sizes) for places in labels.values())
    sources = tuple(dict.fromkeys(g.source for g in members))
    return Draft(
        key="",
        text=first.text,
        parts=parts,
        sources=sources,
        types=tuple(dict.fromkeys(exports[s].type for s in sources)),
        tag=first.tag,
        code=first.code,
        platform=exports[sources[0]].platform,
    )


def _with_words(cells: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """The cells with codes replaced by what the file's own code book says they stand for."""
    return cells.map(lambda v: words.get(v, words.get(v.removesuffix(".0"), v))).astype("str") if words else cells


def _part(places: Sequence[tuple[int, Field]], exports: Sequence[Export], sizes: Sequence[int]) -> Part:
    by_source = dict(places)
    first = places[0][1]
    if len(exports) == 1:
        cells = exports[0].cells[first.position]
    else:
        blank = [np.full(size, "", dtype=object) for size in sizes]
        cells = pd.Series(
            np.concatenate(
                [
                    exports[s].cells[by_source[s].position].to_numpy(dtype=object) if s in by_source else blank[s]
                    for s in range(len(exports))
                ]
            )
        )
    cells = _with_words(cells, exports[places[0][0]].codebook.get(first.code, {})) if first.code else cells
    hint = next((f.hint for _, f in places if f.hint), "")
    column = profile(cells)
    codes = (
        codes_for_missing(column) if exports[places[0][0]].type == "survey" and hint in ("", "row", "option", TEXT_BOX) else ()
    )
    if codes:
        column = column.mapped(lambda v: None if v in codes else v)
    return Part(first.label, column, {s: f.position for s, f in by_source.items()}, hint, first.code, codes)
