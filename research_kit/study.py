"""What the researcher declares: study.toml -> Study. Every check is here, and all problems are reported at once.

``Study`` is a frozen, typed record; nothing reads the TOML but this module. Checks that need the data run once, after the questions
are understood (``check_against``), and report in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

from research_kit.errors import InputError, StudyError
from research_kit.records import (
    Framing,
    Kind,
    Language,
    MapType,
    Question,
    Role,
    SourceType,
    Stage,
    Term,
)

JOURNEYS = Path(__file__).parent / "journeys"
DEFAULT_JOURNEY = "default"


@dataclass(frozen=True)
class SourceSpec:
    """One export file and how to read it. Empty = find out."""

    path: Path
    type: SourceType | None = None
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    wave: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    """{column: value | [values] | {"from": v, "to": v}}: only these rows take part."""


@dataclass(frozen=True)
class QuestionSpec:
    """What the study file says of one question; None = as detected."""

    kind: Kind | None = None
    role: Role | None = None
    stage: str | None = None
    framing: Framing | None = None
    options: tuple[str, ...] | None = None
    scale_min: float | None = None
    scale_max: float | None = None
    scale_labels: tuple[str, ...] | None = None
    reversed: bool | None = None
    weight: bool | None = None
    """True: its numbers are the respondents' weights."""
    ignore: bool = False


@dataclass(frozen=True)
class ThemeSpec:
    """What the study file says of a theme."""

    id: str
    label: str = ""
    stage: str = ""
    merge: tuple[str, ...] = ()
    dismiss: bool = False


@dataclass(frozen=True)
class PersonaSpec:
    """How personas are formed."""

    n: int | Literal["auto"] = "auto"
    max: int = 6
    using: tuple[str, ...] = ()
    """Question keys or distinctive parts of their text; empty = all active."""
    by: str = ""
    """A question whose answers are the groups: nothing is clustered."""
    like: Path | None = None
    """The results folder of an earlier wave: its personas type this one, nothing is formed anew."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TextSpec:
    """How comments are read."""

    model: str = ""
    lexicon: tuple[Path, ...] = ()
    learn: bool = True


@dataclass(frozen=True)
class Study:
    """A study: its sources and everything that the researcher decided."""

    name: str
    sources: tuple[SourceSpec, ...]
    language: Language | None = None
    """Of the outputs; None: that of most question texts."""
    journey: str = DEFAULT_JOURNEY
    map: tuple[MapType, ...] = ("current",)
    orientation: Literal["columns", "rows"] = "columns"
    pool_sources: bool = False
    seed: int = 0
    questions: Mapping[str, QuestionSpec] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    """Those of the study file, else those of the journey template."""
    touchpoints: tuple[Term, ...] = ()
    """Added to the shipped ones."""
    channels: tuple[Term, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    personas: PersonaSpec = PersonaSpec()
    themes: tuple[ThemeSpec, ...] = ()
    mask: bool = True
    contact: str = ""
    text: TextSpec = TextSpec()
    path: Path | None = None
    """The study file; None when made from export files."""

    @classmethod
    def load(cls, path: str | Path, *, files: Sequence[str | Path] = ()) -> Study:
        """Read a study file; paths in it are relative to its folder. ``files`` take the place of its [[source]] tables.

        StudyError lists every problem in it, InputError says that it cannot be read.
        """
        return _Loader(Path(path), [Path(f) for f in files]).study()

    @classmethod
    def from_files(cls, paths: Iterable[str | Path], **changes: Any) -> Study:
        """A study of these export files with nothing else declared; ``changes`` are fields of Study."""
        files = [Path(p) for p in paths]
        if not files:
            raise StudyError("No source was given; name one study.toml or one or more export files.")
        study = cls(name=files[0].stem, sources=tuple(SourceSpec(p) for p in files), stages=template(DEFAULT_JOURNEY))
        return study.changed(**changes)

    def changed(self, **changes: Any) -> Study:
        """The study with other values for these fields: records, or plain data as a study file holds it. StudyError lists every field and
        value that is not allowed."""
        allowed = [f.name for f in fields(Study)]
        if wrong := [_unknown(name, allowed, "a study") for name in changes if name not in allowed]:
            raise StudyError(wrong)
        if "journey" in changes and "stages" not in changes:
            changes["stages"] = template(changes["journey"])
        return _Loader(self.path or Path("study"), []).changed(self, changes)


def journeys() -> list[str]:
    """The names of the shipped journey templates."""
    return sorted(p.stem for p in JOURNEYS.glob("*.toml"))


def template(name: str) -> tuple[Stage, ...]:
    """The stages of a shipped journey. StudyError names the journeys that there are."""
    if name not in journeys():
        raise StudyError(f"There is no journey {name!r}; the shipped ones are {', '.join(journeys())}.")
    tables = tomllib.loads((JOURNEYS / f"{name}.toml").read_text(encoding="utf-8"))["stage"]
    return tuple(Stage(**{**t, "keywords": tuple(t.get("keywords", ()))}) for t in tables)


def find_questions(reference: str, questions: Sequence[Question]) -> list[Question]:
    """The questions that a study file means by ``reference``: the one with this key, else the one with this text, else all whose text
    holds it (case and runs of blanks aside)."""
    wanted = _squeeze(reference)
    for fits in (lambda q: q.key == reference, lambda q: _squeeze(q.text) == wanted, lambda q: wanted in _squeeze(q.text)):
        if found := [q for q in questions if fits(q)]:
            # The text box of "Other" stands under its question's own words: who writes these means the question.
            return [q for q in found if not any(q.key == f"{other.key}-other" for other in found)]
    return []


def one_question(reference: str, questions: Sequence[Question], where: str) -> Question:
    """The one question meant by ``reference``. StudyError, with the nearest ones, when none or several fit; ``where`` names the setting."""
    found = find_questions(reference, questions)
    if len(found) == 1:
        return found[0]
    if found:
        raise StudyError(f"{where}: {reference!r} fits {len(found)} questions ({_names(found)}); use one of these keys.")
    keys = get_close_matches(reference, [q.key for q in questions], 3, 0.4)
    texts = get_close_matches(reference, [q.text for q in questions], 3, 0.4)
    near = [q for q in questions if q.key in keys or q.text in texts][:3]
    hint = f"the nearest are {_names(near)}" if near else "`research-kit inspect` lists the keys"
    raise StudyError(f"{where}: no question fits {reference!r}; {hint}.")


def check_against(study: Study, questions: Sequence[Question]) -> None:
    """Check what only the data can tell: every question that the study names outside [questions] is there. All problems at once."""
    named = [("[personas] using", r) for r in study.personas.using]
    named += [("[personas] by", study.personas.by)] if study.personas.by else []
    named += [("[privacy] contact", study.contact)] if study.contact else []
    problems: list[str] = []
    for where, reference in named:
        try:
            one_question(reference, questions, where)
        except StudyError as error:
            problems += error.problems
    if problems:
        raise StudyError(problems)


# ---------------------------------------------------------------- the file


T = TypeVar("T")
_STUDY_KEYS = ("name", "language", "journey", "map", "orientation", "pool_sources", "seed")
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


class _Loader:
    """Turns one study file into a Study, collecting problems instead of stopping at the first."""

    def __init__(self, path: Path, files: Sequence[Path]) -> None:
        self.path = path
        self.files = files
        self.problems: list[str] = []

    def study(self) -> Study:
        data = self._parse()
        for name in data:
            if name not in _TABLES:
                self.problems.append(_unknown(name, _TABLES, "a study file", quote="[{}]"))
        top = self._table(data, "study", _STUDY_KEYS)
        privacy = self._table(data, "privacy", _PRIVACY_KEYS)
        declared = [] if self.files else enumerate(self._tables(data, "source"), 1)
        read = [self._source(t, i) for i, t in declared]
        sources = tuple(SourceSpec(f) for f in self.files) or tuple(s for s in read if s)
        stages = self._listed(data, "stage", Stage)
        values: dict[str, Any] = {
            **top,
            "name": top.get("name", self.path.parent.name or self.path.stem),
            "sources": sources,
            "stages": stages,
            "questions": self._questions(data),
            "touchpoints": self._listed(data, "touchpoint", Term),
            "channels": self._listed(data, "channel", Term),
            "themes": self._listed(data, "theme", ThemeSpec),
            "events": self._table(data, "events"),
            "personas": self._personas(data),
            "text": self._text(data),
            **privacy,
        }
        study = self._build(Study, values, "[study]", raw=True)
        if study is not None:
            self._check(study, declared=bool(stages))
        if self.problems or study is None:
            raise StudyError([f"{self.path.name}: {p}" for p in dict.fromkeys(self.problems)])
        return replace(study, path=self.path, stages=stages or template(study.journey))

    def changed(self, study: Study, changes: Mapping[str, Any]) -> Study:
        """The study with these fields changed, under the rules of a study file."""
        values: dict[str, Any] = {f.name: getattr(study, f.name) for f in fields(Study)} | dict(changes)
        if isinstance(values["questions"], Mapping):
            said = {key: spec for key, spec in values["questions"].items() if not isinstance(spec, QuestionSpec)}
            values["questions"] = {**values["questions"], **self._questions({"questions": said})}
        for name, one in (("personas", PersonaSpec), ("text", TextSpec)):
            if isinstance(values[name], Mapping):
                values[name] = self._build(one, values[name], f"[{name}]")
        for name, table, several in _LISTED:
            if isinstance(values[name], (list, tuple)):
                values[name] = tuple(
                    self._build(several, item, f"[[{table}]] {i}") if isinstance(item, Mapping) else item
                    for i, item in enumerate(values[name], 1)
                )
        made = None if self.problems else self._build(Study, values, "the study", raw=True)
        if made is not None:
            self._check(made, declared=True)
        if self.problems or made is None:
            raise StudyError(dict.fromkeys(self.problems))
        return made

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            raise InputError(
                f"The study file {self.path} does not exist; check the path, or make one with `research-kit init`."
            ) from None
        except OSError as error:
            raise InputError(f"The study file {self.path} cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError:
            raise StudyError(f"{self.path.name} is not UTF-8 text; save it as UTF-8 in your editor.") from None
        except tomllib.TOMLDecodeError as error:
            raise StudyError(
                f"{self.path.name} is not valid TOML: {error}. Texts need quotes, and each key stands once."
            ) from None

    def _table(self, data: Mapping[str, Any], name: str, allowed: Sequence[str] | None = None) -> dict[str, Any]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            self.problems.append(f"[{name}] should be a table; write [{name}] on a line of its own.")
            return {}
        if allowed is not None:
            for key in [k for k in table if k not in allowed]:
                self.problems.append(_unknown(key, allowed, f"[{name}]"))
            table = {k: v for k, v in table.items() if k in allowed}
        return dict(table)

    def _tables(self, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        tables = data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            self.problems.append(f"[{name}] stands for several; write [[{name}]] with two brackets.")
            return []
        return tables

    def _listed(self, data: Mapping[str, Any], name: str, cls: type[T]) -> tuple[T, ...]:
        built = [self._build(cls, t, f"[[{name}]] {i}") for i, t in enumerate(self._tables(data, name), 1)]
        return tuple(b for b in built if b is not None)

    def _source(self, table: dict[str, Any], number: int) -> SourceSpec | None:
        source = self._build(SourceSpec, table, f"[[source]] {number}")
        if source is None:
            return None
        for column, value in source.where.items():
            if isinstance(value, dict) and (not value or set(value) - {"from", "to"}):
                self.problems.append(
                    f"[[source]] {number} where.{column} should be a value, a list of values or {{from = .., to = ..}}."
                )
        path = self.path.parent / source.path
        if not path.exists():
            self.problems.append(
                f"[[source]] {number}: the file {source.path} does not exist in {self.path.parent}; check the path."
            )
        return replace(source, path=path)

    def _questions(self, data: Mapping[str, Any]) -> dict[str, QuestionSpec]:
        specs: dict[str, QuestionSpec] = {}
        for reference, table in self._table(data, "questions").items():
            where = f'[questions."{reference}"]'
            if not isinstance(table, dict):
                self.problems.append(f"{where} should be a table of settings such as kind, role or stage.")
                continue
            table = dict(table)
            scale = table.pop("scale", {})
            if not isinstance(scale, dict):
                self.problems.append(f"{where} scale should be {{min = .., max = .., labels = [..]}}.")
                scale = {}
            for key in [k for k in scale if k not in ("min", "max", "labels")]:
                self.problems.append(_unknown(key, ("min", "max", "labels"), f"{where} scale"))
            table |= {f"scale_{k}": v for k, v in scale.items() if k in ("min", "max", "labels")}
            if spec := self._build(QuestionSpec, table, where, hidden=("scale_min", "scale_max", "scale_labels")):
                specs[reference] = spec
        return specs

    def _personas(self, data: Mapping[str, Any]) -> PersonaSpec:
        personas = self._build(PersonaSpec, self._table(data, "personas"), "[personas]") or PersonaSpec()
        return replace(personas, like=self.path.parent / personas.like) if personas.like else personas

    def _text(self, data: Mapping[str, Any]) -> TextSpec:
        text = self._build(TextSpec, self._table(data, "text"), "[text]") or TextSpec()
        lexicon = tuple(self.path.parent / p for p in text.lexicon)
        self.problems += [f"[text] lexicon: the file {p} does not exist; check the path." for p in lexicon if not p.is_file()]
        model = str(self.path.parent / text.model) if text.model and (self.path.parent / text.model).exists() else text.model
        return replace(text, lexicon=lexicon, model=model)

    def _build(
        self, cls: type[T], table: Mapping[str, Any], where: str, *, raw: bool = False, hidden: Sequence[str] = ()
    ) -> T | None:
        """One record of ``cls`` from a table, or None with the problems noted. ``raw``: keys were checked before."""
        from pydantic import TypeAdapter, ValidationError

        allowed = [f.name for f in fields(cls)]  # type: ignore[arg-type]
        shown = [*(a for a in allowed if a not in hidden), *(["scale"] if hidden else [])]
        if not raw:
            self.problems += [_unknown(key, shown, where) for key in table if key not in allowed]
        try:
            return TypeAdapter(cls).validate_python({k: v for k, v in table.items() if k in allowed})
        except ValidationError as error:
            self.problems += [_sentence(dict(e), where) for e in error.errors()]
            return None

    def _check(self, study: Study, *, declared: bool) -> None:
        if not study.sources and not self.problems:
            self.problems.append('no [[source]] is declared; add one with path = "your export file".')
        if study.journey not in journeys():
            self.problems.append(f"[study] journey = {study.journey!r} is not shipped; allowed are {', '.join(journeys())}.")
            return
        keys = [s.key for s in (study.stages if declared else template(study.journey))]
        self.problems += [f"[[stage]] the key {k!r} stands twice; give each stage its own." for k in _twice(keys)]
        known = ", ".join(keys)
        uses = [(f'[questions."{r}"] stage', q.stage) for r, q in study.questions.items()]
        uses += [(f"[events] {name!r}", stage) for name, stage in study.events.items()]
        uses += [(f"[[theme]] {t.id!r} stage", t.stage) for t in study.themes]
        self.problems += [
            f"{where} = {s!r} is not a stage of this study; its stages are {known}." for where, s in uses if s and s not in keys
        ]
        if study.personas.n != "auto" and study.personas.n < 1:
            self.problems.append(f'[personas] n = {study.personas.n} is too few; allowed are "auto" or a number from 1.')
        if study.personas.max < 1:
            self.problems.append(f"[personas] max = {study.personas.max} is too few; allowed are numbers from 1.")
        for reference, spec in study.questions.items():
            if spec.scale_min is not None and spec.scale_max is not None and spec.scale_min >= spec.scale_max:
                self.problems.append(
                    f'[questions."{reference}"] scale: min {spec.scale_min:g} is not below max {spec.scale_max:g}; turn them round.'
                )


def _sentence(error: Mapping[str, Any], where: str) -> str:
    """A pydantic error as a plain sentence: where, what was found, what is allowed."""
    place = ".".join(
        str(p) for p in error["loc"] if not str(p).startswith(("literal[", "function-", "constrained-", "int", "str"))
    )
    found = error["input"]
    context = error.get("ctx", {})
    if error["type"] == "missing":
        return f"{where} lacks {place}; add {place} = ..."
    wanted: dict[str, str] = {
        "literal_error": f"allowed are {str(context.get('expected', '')).replace(' or ', ', ')}",
        "bool_parsing": "allowed are true and false",
        "bool_type": "allowed are true and false",
        "int_parsing": "a whole number is expected",
        "int_type": "a whole number is expected",
        "int_from_float": "a whole number is expected",
        "float_parsing": "a number is expected",
        "float_type": "a number is expected",
        "string_type": "a text in quotes is expected",
        "tuple_type": "a list in [ ] is expected",
        "mapping_type": "a table in { } is expected",
    }
    return f"{where} {place} = {found!r}: {wanted.get(error['type'], error['msg'])}."


def _unknown(key: str, allowed: Iterable[str], where: str, quote: str = "{!r}") -> str:
    allowed = list(allowed)
    near = get_close_matches(key, allowed, 1)
    hint = f"; did you mean {quote.format(near[0])}?" if near else f"; allowed are {', '.join(allowed)}."
    return f"{quote.format(key)} is not a key of {where}{hint}"


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(f"{q.key!r}" for q in questions[:5])


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()


def _twice(values: Sequence[str]) -> list[str]:
    return sorted({v for v in values if values.count(v) > 1})
