"""A study file, or plain data that stands for one, as the fields of a Study: every problem is collected, none stops the reading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from research_kit.errors import InputError, StudyError
from research_kit.labels import Sentence
from research_kit.records import LANGUAGES, Language, Stage, Term
from research_kit.study.said import said, unknown, unknown_table
from research_kit.study.specs import PersonaSpec, QuestionSpec, SourceSpec, TextSpec, ThemeSpec

T = TypeVar("T")
_STUDY_KEYS = ("name", "title", "language", "journey", "map", "orientation", "pool_sources", "seed")
_TABLES = ("study", "source", "questions", "stage", "touchpoint", "channel", "events", "personas", "theme", "privacy", "text")
_PRIVACY_KEYS = ("mask", "contact")
_LISTED: tuple[tuple[str, str, type[Any]], ...] = (
    ("sources", "source", SourceSpec),
    ("stages", "stage", Stage),
    ("touchpoints", "touchpoint", Term),
    ("channels", "channel", Term),
    ("themes", "theme", ThemeSpec),
)
"""Fields of Study that stand as [[table]] in a study file."""


def language_in(path: Path) -> Language | None:
    """The language that a study file asks for, also where nothing else in it can be read."""
    text = path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""
    found = re.search(r"^\s*language\s*=\s*[\"'](.+?)[\"']", text, re.MULTILINE)
    return next((known for known in LANGUAGES if found and found[1] == known), None)


class Reader:
    """Turns tables into the fields of a Study; ``problems`` is what cannot be meant."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Sentence] = []
        self.lost = False
        """A source is declared that cannot be read: what else the study says cannot be held against the data."""

    def of_file(self, files: Sequence[Path]) -> dict[str, Any]:
        """The fields that the study file declares, with these files in place of its sources where there are any.

        InputError or StudyError at once when it is no TOML.
        """
        data = self._parse()
        self.problems += [unknown_table(name, _TABLES) for name in data if name not in _TABLES]
        top = self._table(data, "study", _STUDY_KEYS)
        privacy = self._table(data, "privacy", _PRIVACY_KEYS)
        declared = [] if files else enumerate(self._tables(data, "source"), 1)
        read = [self._source(t, i) for i, t in declared]
        return {
            **top,
            "name": top.get("name", self.path.parent.name or self.path.stem),
            "sources": tuple(SourceSpec(f) for f in files) or tuple(s for s in read if s),
            "stages": self._listed(data, "stage", Stage),
            "questions": self._questions(data),
            "touchpoints": self._listed(data, "touchpoint", Term),
            "channels": self._listed(data, "channel", Term),
            "themes": self._listed(data, "theme", ThemeSpec),
            "events": self._table(data, "events"),
            "personas": self._personas(data),
            "text": self._text(data),
            **privacy,
        }

    def of_plain(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same fields with what is plain data in them made into records, under the rules of a study file."""
        values = dict(values)
        if isinstance(values["questions"], Mapping):
            plain = {key: spec for key, spec in values["questions"].items() if not isinstance(spec, QuestionSpec)}
            values["questions"] = {**values["questions"], **self._questions({"questions": plain})}
        for name, one in (("personas", PersonaSpec), ("text", TextSpec)):
            if isinstance(values[name], Mapping):
                values[name] = self.build(one, values[name], f"[{name}]")
        for name, table, several in _LISTED:
            if isinstance(values[name], (list, tuple)):
                made = (
                    self.build(several, item, f"[[{table}]] {i}") if isinstance(item, Mapping) else item
                    for i, item in enumerate(values[name], 1)
                )
                values[name] = tuple(item for item in made if item is not None)
        return values

    def build(
        self, cls: type[T], table: Mapping[str, Any], where: str, *, raw: bool = False, hidden: Sequence[str] = ()
    ) -> T | None:
        """One record of ``cls`` from a table, every problem noted: without the values that cannot be meant, None where it needs one of them.
        ``raw``: keys were checked before."""
        from pydantic import TypeAdapter, ValidationError

        allowed = [f.name for f in fields(cls)]  # type: ignore[arg-type]
        shown = [*(a for a in allowed if a not in hidden), *(["scale"] if hidden else [])]
        if not raw:
            self.problems += [unknown(key, shown, where) for key in table if key not in allowed]
        given = {k: v for k, v in table.items() if k in allowed}
        try:
            return TypeAdapter(cls).validate_python(given)
        except ValidationError as error:
            self.problems += dict.fromkeys(_not_so(dict(e), where) for e in error.errors())
            wrong = {e["loc"][0] for e in error.errors()}
        try:
            return TypeAdapter(cls).validate_python({k: v for k, v in given.items() if k not in wrong})
        except ValidationError:
            return None

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            raise InputError(said("file-missing", path=self.path)) from None
        except OSError as error:
            raise InputError(said("file-unreadable", path=self.path, reason=error.strerror)) from error
        except UnicodeDecodeError:
            raise StudyError(said("file-encoding", file=self.path.name)) from None
        except tomllib.TOMLDecodeError as error:
            raise StudyError(self._invalid(error)) from None

    def _invalid(self, error: tomllib.TOMLDecodeError) -> Sentence:
        """What is wrong with the TOML; a name in Chinese without quotes left of "=" is the likeliest thing."""
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        lines = self.path.read_bytes().decode("utf-8-sig").splitlines()
        if place and int(place[1]) <= len(lines):
            bare = re.match(r"[^\s=\"'.,{}\[\]]+", lines[int(place[1]) - 1][int(place[2]) - 1 :])
            if bare and not bare[0].isascii() and "key" in str(error):
                return said("file-toml-key", file=self.path.name, line=place[1], name=bare[0])
        return said("file-toml", file=self.path.name, reason=error)

    def _table(self, data: Mapping[str, Any], name: str, allowed: Sequence[str] | None = None) -> dict[str, Any]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            self.problems.append(said("not-a-table", name=name))
            return {}
        if allowed is not None:
            self.problems += [unknown(key, allowed, f"[{name}]") for key in table if key not in allowed]
            table = {k: v for k, v in table.items() if k in allowed}
        return dict(table)

    def _tables(self, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        tables = data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            self.problems.append(said("not-several", name=name))
            return []
        return tables

    def _listed(self, data: Mapping[str, Any], name: str, cls: type[T]) -> tuple[T, ...]:
        built = [self.build(cls, t, f"[[{name}]] {i}") for i, t in enumerate(self._tables(data, name), 1)]
        return tuple(b for b in built if b is not None)

    def _source(self, table: dict[str, Any], number: int) -> SourceSpec | None:
        where = f"[[source]] {number}"
        so_far = len(self.problems)
        source = self.build(SourceSpec, table, where)
        self.lost |= len(self.problems) > so_far
        if source is None:
            return None
        odd = [column for column, v in source.where.items() if isinstance(v, dict) and (not v or set(v) - {"from", "to"})]
        self.problems += [said("where-value", where=where, column=column) for column in odd]
        source = replace(source, where={column: v for column, v in source.where.items() if column not in odd})
        path = self.path.parent / source.path
        if not path.exists():
            self.problems.append(said("source-missing", where=where, path=source.path, folder=self.path.parent.absolute()))
            self.lost = True
        return replace(source, path=path)

    def _questions(self, data: Mapping[str, Any]) -> dict[str, QuestionSpec]:
        specs: dict[str, QuestionSpec] = {}
        for reference, table in self._table(data, "questions").items():
            where = f'[questions."{reference}"]'
            if not isinstance(table, dict):
                self.problems.append(said("question-settings", where=where))
                continue
            table = dict(table)
            scale = table.pop("scale", {})
            if not isinstance(scale, dict):
                self.problems.append(said("question-scale", where=where))
                scale = {}
            known = ("min", "max", "labels")
            self.problems += [unknown(key, known, f"{where} scale") for key in scale if key not in known]
            table |= {f"scale_{k}": v for k, v in scale.items() if k in known}
            if spec := self.build(QuestionSpec, table, where, hidden=("scale_min", "scale_max", "scale_labels", "rows")):
                specs[reference] = spec
        return specs

    def _personas(self, data: Mapping[str, Any]) -> PersonaSpec:
        personas = self.build(PersonaSpec, self._table(data, "personas"), "[personas]") or PersonaSpec()
        if not personas.like:
            return personas
        like = self.path.parent / personas.like
        if not (like / "personas.json").is_file():
            self.problems.append(said("like-no-results", folder=like, file="personas.json"))
        return replace(personas, like=like)

    def _text(self, data: Mapping[str, Any]) -> TextSpec:
        text = self.build(TextSpec, self._table(data, "text"), "[text]") or TextSpec()
        lexicon = tuple(self.path.parent / p for p in text.lexicon)
        self.problems += [said("lexicon-missing", path=p) for p in lexicon if not p.is_file()]
        lexicon = tuple(p for p in lexicon if p.is_file())
        model = str(self.path.parent / text.model) if text.model and (self.path.parent / text.model).exists() else text.model
        if model and not (Path(model) / "config.json").is_file():
            self.problems.append(said("model-folder", path=repr(model)))
        return replace(text, lexicon=lexicon, model=model)


_WANTED = {
    "bool_parsing": "want-bool",
    "bool_type": "want-bool",
    "int_parsing": "want-whole",
    "int_type": "want-whole",
    "int_from_float": "want-whole",
    "float_parsing": "want-number",
    "float_type": "want-number",
    "string_type": "want-text",
    "path_type": "want-path",
    "tuple_type": "want-list",
    "sequence_str": "want-list",
    "mapping_type": "want-table",
    "dict_type": "want-table",
}
"""Types of pydantic's errors -> what should stand there."""


def _not_so(error: Mapping[str, Any], where: str) -> Sentence:
    """A pydantic error as a plain sentence: where, what was found, what is allowed."""
    place = ".".join(
        str(p) for p in error["loc"] if not str(p).startswith(("literal[", "function-", "constrained-", "int", "str"))
    )
    if error["type"] == "missing":
        return said("lacks", where=where, place=place)
    if where == "[study]" and error["loc"][0] in ("events", *_PRIVACY_KEYS):  # fields of the study, other tables of the file
        where, place = ("[privacy]", place) if error["loc"][0] in _PRIVACY_KEYS else ("[events]", repr(error["loc"][-1]))
    if "literal['auto']" in error["loc"] or "int" in error["loc"]:  # a number or "auto" is one thing to write
        wanted: str = said("want-auto")
    elif error["type"] == "literal_error":
        expected = str(error.get("ctx", {}).get("expected", ""))
        wanted = said("want-one-of", all=expected.replace(" or ", ", "))
    else:
        wanted = said(_WANTED[error["type"]]) if error["type"] in _WANTED else error["msg"]
    return said("not-so", where=where, place=place, found=repr(error["input"]), wanted=wanted)
