"""The public journey map: the record of a map with ways to make one by hand, write it and read it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from research_kit import labels, language, records
from research_kit.errors import MapError
from research_kit.records import (
    EVERYONE,
    LANES,
    LANGUAGES,
    MAP_TYPES,
    Cell,
    Claim,
    CurveValue,
    MapContent,
    MapPersona,
    MapSource,
    Opportunity,
    StageInfo,
    Theme,
)

Orientation = Literal["columns", "rows"]


@dataclass(frozen=True)
class JourneyMap(MapContent):
    """A customer journey map: stages, personas, and cells of short lines, with the evidence behind them where there is any."""

    def __repr__(self) -> str:
        """Its name and how much it holds."""
        people = sum(p.id != EVERYONE for p in self.personas)
        return f"JourneyMap({self.name!r}: {len(self.stages)} stages, {people} personas, {len(self.cells)} cells, {len(self.themes)} themes)"

    @classmethod
    def of(cls, content: MapContent) -> JourneyMap:
        """The same map with these methods."""
        return cls(**{f.name: getattr(content, f.name) for f in fields(MapContent)})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> JourneyMap:
        """A map from plain data: the shape of journey.json, or what a person would write by hand.

        Stages and personas may be strings or dicts, lines a string (one line each) or a list; numbers may be missing. Cells are a list of
        {persona, stage, lane, lines}, or lie in their stage: {"name": "購買", "actions": [..], "pain_points": ".."}. Stages, lanes and personas
        may be named by key or by name in any language. MapError lists everything that cannot be understood.
        """
        return _Reader(data).map(cls)

    def to_dict(self) -> dict[str, Any]:
        """The map as plain data, in the shape of journey.json."""
        plain: dict[str, Any] = records.plain(self)
        return plain

    def write(self, path: str | Path, orientation: Orientation = "columns") -> Path:
        """Write the map as a workbook and return its path. ``orientation="rows"`` puts the stages down the side.

        OutputError when the file cannot be written; an existing file is replaced.
        """
        from research_kit import write

        if orientation not in get_args(Orientation):
            raise MapError(f"orientation is {orientation!r}; it can be columns (stages across) or rows (stages down the side).")
        return write.write_map(self, Path(path), orientation=orientation)


def read_map(path: str | Path) -> JourneyMap:
    """Read a map workbook back without loss, with what was edited in it since. MapError when it holds no map of ours."""
    from research_kit import write

    data, edited = write.read_workbook(Path(path))
    written = JourneyMap.from_dict(data)
    places = {(c.persona, c.stage, c.lane): c for c in written.cells}
    for place, lines in edited.items():
        known = places.get(place, Cell(*place, ()))
        codes = [labels.find("emotions", line) for line in lines] if known.lane == "emotions" else []
        places[place] = replace(known, lines=tuple(lines), claims=(), emotions=tuple(c for c in codes if c))
    return replace(written, cells=tuple(c for c in places.values() if c.lines or c.n is not None or c in written.cells))


# ---------------------------------------------------------------- plain data -> map

_ALIASES = {
    "pains": "pain_points", "pain": "pain_points", "delight": "delights", "emotion": "emotions", "feelings": "emotions", "touchpoint": "touchpoints",
    "channel": "channels", "goal": "goals", "action": "actions", "opportunity": "opportunities", "quote": "quotes",
}  # fmt: skip
_ONE_PER_LINE = "tuple[str, ...]"


class _Reader:
    """Turns plain data into records, collecting every problem on the way."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        if not isinstance(data, Mapping):
            raise MapError(f"a journey map is a dictionary with stages and cells; this is a {type(data).__name__}.")
        self.data = data
        self.problems: list[str] = []

    def map(self, cls: type[JourneyMap]) -> JourneyMap:
        """The whole map, or MapError with all problems."""
        stages, in_stages = self._stages()
        personas = [self._persona(p) for p in self._items("personas")]
        known = {name.casefold(): p.id for p in personas for name in (p.name, p.id)}
        cells = self._cells([*in_stages, *self._flat_cells()], stages, known)
        listed = {p.id for p in personas} | {EVERYONE}
        personas += [MapPersona(p, p) for p in dict.fromkeys(c.persona for c in cells) if p not in listed]
        lanes = [_lane(str(lane)) for lane in self._items("lanes")] or _order_of_lanes(cells)
        if not stages:
            self.problems.append("the map has no stages; give at least one, as a name or as {key, name}.")
        made = cls(
            name=str(self.data.get("name") or ""),
            language=self._language(stages, cells),
            stages=tuple(stages),
            lanes=tuple(dict.fromkeys(lanes)),
            personas=tuple(personas),
            cells=tuple(cells),
            sources=tuple(self._records("sources", MapSource)),
            curves=tuple(self._records("curves", CurveValue)),
            themes=tuple(self._records("themes", Theme)),
            opportunities=tuple(self._records("opportunities", Opportunity)),
            funnel=tuple(dict(f) for f in self._items("funnel") if isinstance(f, Mapping)),
            unassigned=self._unassigned(),
            types=self._types(),
            flagged=tuple(map(str, self._items("flagged"))),
        )
        if self.problems:
            raise MapError(self.problems)
        return made

    def _unassigned(self) -> dict[str, int]:
        given = self.data.get("unassigned") or {}
        try:
            return {str(source): int(n) for source, n in given.items()}
        except (AttributeError, TypeError, ValueError):
            self.problems.append(f"unassigned is {given!r}; a table of sources and whole numbers is expected.")
            return {}

    def _items(self, key: str) -> list[Any]:
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            return [value]
        if isinstance(value, Sequence):
            return list(value)
        self.problems.append(f"{key} is a {type(value).__name__}; it should be a list.")
        return []

    def _stages(self) -> tuple[list[StageInfo], list[dict[str, Any]]]:
        """The stages, and the cells that lie inside them."""
        stages: list[StageInfo] = []
        cells: list[dict[str, Any]] = []
        own = {f.name for f in fields(StageInfo)}
        for item in self._items("stages"):
            if not isinstance(item, Mapping):
                stages.append(StageInfo(str(item), str(item)))
                continue
            name = str(item.get("name") or item.get("stage") or item.get("key") or "")
            key = str(item.get("key") or name)
            if not key:
                self.problems.append(f"stage {len(stages) + 1} has no name.")
            stages.append(StageInfo(key, name, str(item.get("description") or ""), str(item.get("color") or "")))
            cells += [
                {"stage": key, "lane": lane, "lines": lines}
                for lane, lines in item.items()
                if lane not in own and lane != "stage"
            ]
        if not stages and isinstance(self.data.get("cells"), Sequence):
            named = dict.fromkeys(str(c["stage"]) for c in self.data["cells"] if isinstance(c, Mapping) and c.get("stage"))
            stages = [StageInfo(key, key) for key in named]
        for key in sorted({s.key for s in stages if sum(o.key == s.key for o in stages) > 1}):
            self.problems.append(f"two stages are called {key!r}; each needs a name or key of its own.")
        return stages, cells

    def _persona(self, item: Any) -> MapPersona:
        """A persona; what is said of them beyond the known fields becomes a trait."""
        if not isinstance(item, Mapping):
            key = EVERYONE if labels.find("terms", str(item)) == EVERYONE else str(item)
            return MapPersona(key, str(item))
        data = dict(item)
        name = str(data.get("name") or data.get("id") or "")
        data |= {"name": name, "id": str(data.get("id") or name)}
        own = {f.name for f in fields(MapPersona)}
        extra = [f"{key}: {', '.join(_lines(value))}" for key, value in data.items() if key not in own and value]
        data["traits"] = [*_lines(data.get("traits")), *extra]
        made: MapPersona = self._record(MapPersona, data, f"persona {name!r}")
        return made

    def _flat_cells(self) -> list[Any]:
        """Cells as a list; {stage: {lane: lines}} is spread out."""
        value = self.data.get("cells")
        if isinstance(value, Mapping):
            return [
                {"stage": stage, "lane": lane, "lines": lines}
                for stage, lanes in value.items()
                if isinstance(lanes, Mapping)
                for lane, lines in lanes.items()
            ]
        return self._items("cells")

    def _cells(self, items: list[Any], stages: list[StageInfo], personas: Mapping[str, str]) -> list[Cell]:
        known = {name.casefold(): s.key for s in stages for name in (s.name, s.key)}
        cells: list[Cell] = []
        places: set[tuple[str, str, str]] = set()
        for number, item in enumerate(items, 1):
            where = f"cell {number}"
            if not isinstance(item, Mapping) or not item.get("stage") or not item.get("lane"):
                self.problems.append(f"{where} needs a stage and a lane.")
                continue
            stage, person = str(item["stage"]), str(item.get("persona") or EVERYONE)
            if stage.casefold() not in known:
                self.problems.append(
                    f"{where} is about the stage {stage!r}, which the map does not have; it has {', '.join(s.name for s in stages)}."
                )
                continue
            data = dict(item)
            data["stage"], data["lane"] = known[stage.casefold()], _lane(str(item["lane"]))
            data["persona"] = EVERYONE if labels.find("terms", person) == EVERYONE else personas.get(person.casefold(), person)
            claims = item.get("claims") or ()
            if not isinstance(claims, (list, tuple)):
                self.problems.append(f"{where}: claims is {claims!r}; a list is expected.")
                claims = ()
            data["claims"] = [self._record(Claim, c, where) for c in claims if isinstance(c, Mapping)]
            data["lines"] = _lines(item.get("lines", item.get("text")))
            if data["lane"] == "emotions" and "emotions" not in item:
                data["emotions"] = [code for line in data["lines"] if (code := labels.find("emotions", line))]
            place = (data["persona"], data["stage"], data["lane"])
            if place in places:
                self.problems.append(f"{where} is the second one for {' / '.join(place)}; put its lines into one cell.")
            places.add(place)
            cells.append(self._record(Cell, data, where))
        return cells

    def _records(self, key: str, cls: type[Any]) -> list[Any]:
        return [self._record(cls, item, f"{key} {i}") for i, item in enumerate(self._items(key), 1) if isinstance(item, Mapping)]

    def _record(self, cls: type[Any], data: Mapping[str, Any], where: str) -> Any:
        """One record; a field that is missing takes its default, or nothing."""
        values: dict[str, Any] = {}
        for field in fields(cls):
            kind = str(field.type)
            if field.name in data:
                try:
                    values[field.name] = _value(data[field.name], kind)
                except (TypeError, ValueError):
                    self.problems.append(f"{where}: {field.name} is {data[field.name]!r}; {_wanted(kind)} is expected.")
                    values[field.name] = _nothing(kind)
            elif field.default is MISSING and field.default_factory is MISSING:
                values[field.name] = _nothing(kind)
        return cls(**values)

    def _language(self, stages: list[StageInfo], cells: list[Cell]) -> records.Language:
        given = self.data.get("language")
        if given is None:
            return language.majority([*(s.name for s in stages), *(line for c in cells for line in c.lines)])
        if given not in LANGUAGES:
            self.problems.append(f"language is {given!r}; it can be {', '.join(LANGUAGES)}.")
        return given if given in LANGUAGES else "en"

    def _types(self) -> tuple[records.MapType, ...]:
        for wrong in [t for t in self._items("types") if t not in MAP_TYPES]:
            self.problems.append(f"there is no map type {wrong!r}; there are {', '.join(MAP_TYPES)}.")
        return tuple(t for t in MAP_TYPES if t in self._items("types")) or ("current",)


def _lane(name: str) -> str:
    """The key of a lane named in any language; a lane of one's own stays as written."""
    plain = name.strip().casefold().replace(" ", "_")
    if plain in LANES or plain in _ALIASES:
        return _ALIASES.get(plain, plain)
    found = labels.find("terms", name)
    return found if found in LANES else name.strip()


def _order_of_lanes(cells: list[Cell]) -> list[str]:
    found = dict.fromkeys(c.lane for c in cells)
    return [*(lane for lane in LANES if lane in found), *(lane for lane in found if lane not in LANES)]


def _lines(value: Any) -> tuple[str, ...]:
    """Lines from a string (one each) or a list."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(line.strip() for line in value.split("\n") if line.strip())
    if isinstance(value, Mapping):
        return tuple(f"{k}: {v}" for k, v in value.items())
    return tuple(str(v) for v in value) if isinstance(value, Sequence) else (str(value),)


def _value(value: Any, kind: str) -> Any:
    if kind == _ONE_PER_LINE:
        return _lines(value)
    if kind.startswith("tuple["):
        return tuple(value)
    if kind.startswith("Mapping["):
        return dict(value or {})
    if value is None:
        return _nothing(kind)
    if kind.startswith("int"):
        return int(value)
    if kind.startswith("float"):
        return float(value)
    return str(value)


_MADE_BY: Mapping[str, Callable[[], Any]] = {"int": int, "float": float, "tuple": tuple, "Mapping": dict}


_CALLED = {"int": "a whole number", "float": "a number", "tuple": "a list", "Mapping": "a table of names and values"}


def _wanted(kind: str) -> str:
    """What a field of this type takes, in plain words."""
    return next((words for name, words in _CALLED.items() if kind.startswith(name)), "a text")


def _nothing(kind: str) -> Any:
    """What stands for a field of this type that was not given."""
    return None if "None" in kind else _MADE_BY.get(kind.partition("[")[0], str)()
