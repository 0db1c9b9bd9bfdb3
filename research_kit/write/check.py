"""What a reviewer would object to in a map: each finding with its cell and why it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from research_kit.records import EVERYONE
from research_kit.write.readback import Grid, Place, all_grids, edited_cells, lines_of, open_workbook, stored_map
from research_kit.write.sheets.settings import known
from research_kit.write.sheets.words import FEWEST, Words, map_sheet_id

MOST_PERSONAS = 5
MOST_LINES = 3
QUARTER = 92
NAMED = 8
"""Cells and items that one finding names."""


@dataclass(frozen=True)
class Finding:
    """One objection; of several of a kind on one sheet, one that names them all."""

    rule: str
    sheet: str
    cell: str
    """Where: one address or area, or several, at most eight of them."""
    what: str
    why: str
    cells: tuple[str, ...] = ()
    """All addresses."""


@dataclass(frozen=True)
class _Point:
    """One cell that a rule objects to."""

    rule: str
    sheet: str
    cell: str
    item: str
    """What stands for it where several are named together."""
    values: dict[str, Any]


@dataclass(frozen=True)
class _Map:
    """A workbook as the rules see it."""

    data: dict[str, Any]
    edited: dict[Place, list[str]]
    grids: dict[str, Grid]
    words: Words
    path: Path

    def lines(self, person: str, stage: str, lane: str) -> list[str]:
        """The lines that stand in this cell now."""
        if (person, stage, lane) in self.edited:
            return self.edited[person, stage, lane]
        return next(
            (c["lines"] for c in self.data["cells"] if (c["persona"], c["stage"], c["lane"]) == (person, stage, lane)), []
        )

    def persons(self) -> list[str]:
        """Whose maps the workbook holds."""
        prefix = map_sheet_id("current", "")
        return [name.removeprefix(prefix) for name in self.grids if name.startswith(prefix)]

    def at(self, sheet: str, row: str, column: str) -> tuple[str, str]:
        """Title and address of the cell with these keys; A1 where it is gone."""
        one = self.grids.get(sheet)
        if one is None:
            return "", ""
        number, letter = one.rows.get(row), one.columns.get(column)
        return one.sheet.title, f"{get_column_letter(letter)}{number}" if number and letter else "A1"

    def map_cell(self, person: str, stage: str, lane: str) -> tuple[str, str]:
        """Where a cell of the map stands, stages across or down."""
        one = self.grids[map_sheet_id("current", person)]
        keys = (f"lane:{lane}", stage) if stage in one.columns else (f"stage:{stage}", f"lane:{lane}")
        return self.at(one.id, *keys)


def check_map(path: Path) -> list[Finding]:
    """All objections, sheet by sheet. See ``research_kit.write.check_map``."""
    path = Path(path)
    found, _ = all_grids(open_workbook(path), {})
    data = stored_map(found, path)
    one = _Map(data, edited_cells(data, found), found, Words(data.get("language", "en")), path)
    rules = (_personas, _stages, _unanswered, _owners, _edited, _thin, _long, _directions, _age)
    groups: dict[tuple[str, str], list[_Point]] = {}
    for rule in rules:
        for point in rule(one):
            groups.setdefault((point.rule, point.sheet), []).append(point)
    return [_finding(one.words, points) for points in groups.values()]


def _finding(words: Words, points: list[_Point]) -> Finding:
    """The objections of one rule to one sheet in one sentence."""
    first = points[0]
    cells = tuple(p.cell for p in points)
    if len(points) == 1:
        what = words(f"check_{first.rule}", **first.values)
    else:
        # Where a number or a date differs from cell to cell, the one that matters most is named.
        most = {k: min(p.values[k] for p in points) if k == "due" else max(p.values[k] for p in points) for k in ("due", "lines")
                if k in first.values}  # fmt: skip
        items = words.listed(dict.fromkeys(p.item for p in points[:NAMED])) + (" …" if len(points) > NAMED else "")
        what = words(f"check_{first.rule}_many", n=len(points), items=items, **most)
    places = _areas(cells)
    shown = ", ".join(places[:NAMED]) + (" …" if len(places) > NAMED else "")
    return Finding(first.rule, first.sheet, shown, what, words(f"check_{first.rule}_why"), cells)


def _areas(cells: Sequence[str]) -> list[str]:
    """Addresses with those that stand under each other as one area: K9, K10, K11 -> K9:K11."""
    areas: list[list[str]] = []
    for cell in cells:
        column, row = coordinate_from_string(cell)
        if areas and coordinate_from_string(areas[-1][-1]) == (column, row - 1):
            areas[-1].append(cell)
        else:
            areas.append([cell])
    return [area[0] if len(area) == 1 else f"{area[0]}:{area[-1]}" for area in areas]


def _point(rule: str, place: tuple[str, str], item: str = "", **values: Any) -> _Point:
    return _Point(rule, place[0], place[1], item, values)


def _personas(one: _Map) -> Iterator[_Point]:
    count = sum(p["id"] != EVERYONE for p in one.data["personas"])
    if count > MOST_PERSONAS:
        place = (
            one.at("personas", "name", "#none") if "personas" in one.grids else (next(iter(one.grids.values())).sheet.title, "A1")
        )
        yield _point("personas", place, n=count)


def _stages(one: _Map) -> Iterator[_Point]:
    lanes = one.data["lanes"]
    for person in one.persons():
        for stage in one.data["stages"]:
            lane = "emotions" if "emotions" in lanes else lanes[0] if lanes else ""
            if not any(one.lines(person, stage["key"], lane_) for lane_ in lanes):
                yield _point("stage", one.map_cell(person, stage["key"], lane), stage["name"], stage=stage["name"])
            elif not one.lines(person, stage["key"], "emotions") and not _too_few(one, person, stage["key"]):
                yield _point("emotions", one.map_cell(person, stage["key"], lane), stage["name"], stage=stage["name"])


def _too_few(one: _Map, person: str, stage: str) -> bool:
    """Whether so few speak of a stage that nobody can write an emotion: that is told of thin cells."""
    counted = [c["n"] for c in one.data["cells"] if (c["persona"], c["stage"]) == (person, stage) and c["n"] is not None]
    return bool(counted) and max(counted) < FEWEST


def _unanswered(one: _Map) -> Iterator[_Point]:
    planned = {o["stage"] for o in one.data["opportunities"]}
    for person in one.persons():
        for stage in one.data["stages"]:
            answered = one.lines(person, stage["key"], "opportunities") or (stage["key"] in planned and person == EVERYONE)
            if one.lines(person, stage["key"], "pain_points") and not answered:
                place = one.map_cell(person, stage["key"], "pain_points")
                yield _point("unanswered", place, stage["name"], stage=stage["name"])


def _owners(one: _Map) -> Iterator[_Point]:
    table = one.grids.get("opportunities")
    if table is None:
        return
    finished = {one.words("status_done"), one.words("status_dropped")}
    today = datetime.now(tz=UTC).date()
    for row in table.rows:
        if not row.startswith("opportunity:") or str(table.value(row, "status") or "") in finished:
            continue
        text = str(table.value(row, "text") or "")[:80]
        if not table.value(row, "owner"):
            yield _point("owner", one.at("opportunities", row, "owner"), text=text)
        due = table.value(row, "due")
        day = due.date() if isinstance(due, datetime) else due if isinstance(due, date) else None
        if day is not None and day < today:
            yield _point("overdue", one.at("opportunities", row, "due"), text=text, due=day.isoformat())


def _edited(one: _Map) -> Iterator[_Point]:
    for (person, stage, lane), lines in one.edited.items():
        known = next((c for c in one.data["cells"] if (c["persona"], c["stage"], c["lane"]) == (person, stage, lane)), None)
        if lines and known is not None and known["n"] is not None and set(lines) - set(known["lines"]):
            yield _point("edited", one.map_cell(person, stage, lane), lines[0][:40], text=lines[0][:80])


def _thin(one: _Map) -> Iterator[_Point]:
    for person in one.persons():
        counted = [
            c for c in one.data["cells"] if c["persona"] == person and c["n"] is not None and c["lines"] and c["lane"] != "quotes"
        ]
        thin = [c for c in counted if c["n"] < FEWEST]
        if thin and len(thin) * 4 > len(counted):
            place = one.map_cell(person, thin[0]["stage"], thin[0]["lane"])
            yield _point("thin", place, n=len(thin), total=len(counted), fewest=FEWEST)


def _long(one: _Map) -> Iterator[_Point]:
    for person in one.persons():
        sheet = one.grids[map_sheet_id("current", person)]
        for stage in one.data["stages"]:
            for lane in one.data["lanes"]:
                keys = (
                    (f"lane:{lane}", stage["key"]) if stage["key"] in sheet.columns else (f"stage:{stage['key']}", f"lane:{lane}")
                )
                lines = lines_of(str(sheet.value(*keys) or ""))
                if len(lines) > MOST_LINES + 1:
                    yield _point("long", one.map_cell(person, stage["key"], lane), lines=len(lines))


def _directions(one: _Map) -> Iterator[_Point]:
    """Ratings in bare numbers of which nobody said which end is better: they stand nowhere on the map."""
    table = one.grids.get("codebook")
    if table is None:
        return
    rating, active, unknown = (known(key, one.words) for key in ("kind_rating", "role_active", "scale_unknown"))
    for row in table.rows:
        kind, role, scale = (str(table.value(row, column) or "") for column in ("kind", "role", "scale"))
        if (kind, role) == (rating, active) and scale.endswith(unknown):
            key = str(table.value(row, "key") or "")
            yield _point(
                "direction", one.at("codebook", row, "scale"), f"“{key}”", key=key, text=str(table.value(row, "text") or key)[:80]
            )


def _age(one: _Map) -> Iterator[_Point]:
    saved = datetime.fromtimestamp(one.path.stat().st_mtime, tz=UTC).date()
    days = (datetime.now(tz=UTC).date() - saved).days
    if days > QUARTER:
        first = next(iter(one.grids.values())).sheet.title
        yield _point("old", (first, "A1"), days=days, day=saved.isoformat())
