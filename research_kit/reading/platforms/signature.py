"""Platforms that a set of fixed header names gives away: what most of them need is this record and a list of hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from research_kit.reading.platforms.layout import Layout, View, clean, compared, two_header_rows
from research_kit.reading.platforms.spread import spread
from research_kit.reading.platforms.surveymonkey import expanded
from research_kit.reading.said import said
from research_kit.records import Column, SourceType


@dataclass(frozen=True)
class Signature:
    """A platform by its header names.

    ``anchors``: each entry is one name or several alternatives joined by "|"; all entries must be there. ``first``: what the first column
    is called (alternatives joined by "|"), where that is part of the signature.
    """

    platform: str
    anchors: tuple[str, ...]
    hints: Mapping[str, str] = field(default_factory=dict)
    type: SourceType = "survey"
    first: str = ""
    title: str = ""
    """The platform as people call it, for the sentence."""
    note: str = ""
    """Key of what is said about this layout (labels/reading.toml)."""
    finish: Callable[[View, list[Column]], Layout | list[Column]] | None = None
    """What is particular to this platform, after the hints are set."""

    def recognise(self, view: View) -> Layout | None:
        """The layout when every anchor is there."""
        found = [self._anchor(view, anchor) for anchor in self.anchors]
        if not all(found) or (self.first and (not view.header or view.header[0] not in _alternatives(self.first))):
            return None
        title = self.title or self.platform
        rule = said("header-has", names=", ".join(found), platform=title)
        header_rows = 2 if self.type == "survey" and two_header_rows(view) else 1
        columns = expanded(view, view.top[1], self.hints) if header_rows == 2 else hinted(view, self.hints)
        if self.type == "survey":
            columns = spread(view, columns, header_rows=header_rows)
        done = self.finish(view, columns) if self.finish else columns
        if isinstance(done, Layout):
            return done
        notes = (said(self.note, platform=title),) if self.note else ()
        return Layout(self.platform, rule, tuple(done), header_rows=header_rows, type=self.type, notes=notes)

    def _anchor(self, view: View, anchor: str) -> str:
        for name in _alternatives(anchor):
            if name in view.positions:
                return clean(view.top[0][view.positions[name]])
        return ""


def _alternatives(names: str) -> list[str]:
    return [compared(name) for name in names.split("|")]


def hinted(view: View, hints: Mapping[str, str]) -> list[Column]:
    """One column per header; a hint goes to the first column of that name only, for a question may be called the same."""
    columns: list[Column] = []
    used: set[str] = set()
    for i, (text, name) in enumerate(zip(view.top[0], view.header, strict=True)):
        hint = hints.get(name, "") if name not in used else ""
        if hint:
            used.add(name)
        columns.append(Column(i, clean(text) or f"Column {i + 1}", hint=hint))
    return columns
