"""The study itself: its sources and everything that the researcher decided. All problems are reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from research_kit.errors import Gathering, StudyError
from research_kit.labels import Sentence
from research_kit.records import LANGUAGES, Language, MapType, Stage, Term
from research_kit.study.file import Reader
from research_kit.study.said import said, unknown
from research_kit.study.specs import PersonaSpec, QuestionSpec, SourceSpec, TextSpec, ThemeSpec
from research_kit.study.templates import DEFAULT_JOURNEY, journeys, template
from research_kit.study.title import readable


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
    personas: PersonaSpec = field(default_factory=PersonaSpec)
    themes: tuple[ThemeSpec, ...] = ()
    mask: bool = True
    contact: str = ""
    text: TextSpec = field(default_factory=TextSpec)
    title: str = ""
    """The heading of the outputs; empty: the name."""
    path: Path | None = None
    """The study file; None when made from export files."""

    @property
    def heading(self) -> str:
        """What the outputs are headed with: the title, else the name, made readable where it is but that of the first file or the folder."""
        given = [s.path.stem for s in self.sources[:1]] + ([self.path.parent.name] if self.path else [])
        return self.title or (readable(self.name) if self.name in given else self.name)

    @classmethod
    def load(cls, path: str | Path, *, files: Sequence[str | Path] = (), told: Gathering | None = None) -> Study:
        """Read a study file; paths in it are relative to its folder. ``files`` take the place of its [[source]] tables.

        StudyError lists every problem in it, InputError says that it cannot be read. With ``told`` the problems go there, as long as the
        sources can be read, and the study is what the rest says: whoever gave it looks for more and tells.
        """
        path = Path(path)
        reader = Reader(path)
        values = reader.of_file([Path(f) for f in files])
        study = reader.build(cls, values, "[study]", raw=True)
        problems = [*reader.problems, *(study._problems(declared=bool(study.stages), so_far=reader.problems) if study else ())]
        error = StudyError(said("in-file", file=path.name, problem=p) for p in dict.fromkeys(problems))
        if study is None or (problems and (told is None or reader.lost)):
            raise error
        if problems and told is not None:
            told.errors.append(error)
        shipped = template(study.journey if study.journey in journeys() else DEFAULT_JOURNEY)
        return replace(study, path=path, stages=study.stages or shipped)

    @classmethod
    def from_files(cls, paths: Iterable[str | Path], **changes: Any) -> Study:
        """A study of these export files with nothing else declared; ``changes`` are fields of Study."""
        files = [Path(p) for p in paths]
        if not files:
            raise StudyError(said("no-source"))
        if declared := [p for p in files if p.suffix.lower() == ".toml"]:
            raise StudyError(said("a-study-file", file=declared[0].name))
        study = cls(name=files[0].stem, sources=tuple(SourceSpec(p) for p in files), stages=template(DEFAULT_JOURNEY))
        return study.changed(**changes)

    def changed(self, **changes: Any) -> Study:
        """The study with other values for these fields: records, or plain data as a study file holds it. StudyError lists every field and
        value that is not allowed."""
        allowed = [f.name for f in fields(Study)]
        if wrong := [unknown(name, allowed, said("a-study")) for name in changes if name not in allowed]:
            raise StudyError(wrong)
        if "journey" in changes and "stages" not in changes:
            changes["stages"] = template(changes["journey"])
        reader = Reader(self.path or Path("study"))
        values = reader.of_plain({name: getattr(self, name) for name in allowed} | changes)
        made = reader.build(Study, values, said("the-study"), raw=True)
        problems = [*reader.problems, *(made._problems(declared=True) if made else ())]
        if problems or made is None:
            raise StudyError(dict.fromkeys(problems))
        return made

    def _problems(self, *, declared: bool, so_far: Sequence[Sentence] = ()) -> list[Sentence]:
        """What in the study contradicts itself. ``declared``: its stages are its own; ``so_far``: what was found before."""
        found = [] if self.sources or so_far else [said("no-source-declared")]
        found += [said("source-twice", file=s.path.name) for i, s in enumerate(self.sources) if s in self.sources[:i]]
        shipped = self.journey in journeys()
        if not shipped:
            found.append(said("journey-not-shipped", name=self.journey, all=", ".join(journeys())))
        found += self._unnamed()
        if declared or shipped:
            found += self._wrong_stages([s.key for s in (self.stages if declared else template(self.journey))])
        if not 0 <= self.seed < 2**32:
            found.append(said("seed", n=self.seed))
        if self.personas.n != "auto" and self.personas.n < 1:
            found.append(said("personas-n", n=self.personas.n))
        if self.personas.max < 1:
            found.append(said("personas-max", n=self.personas.max))
        for reference, spec in self.questions.items():
            if spec.scale_min is not None and spec.scale_max is not None and spec.scale_min >= spec.scale_max:
                low, high = f"{spec.scale_min:g}", f"{spec.scale_max:g}"
                found.append(said("scale-turned", where=f'[questions."{reference}"]', low=low, high=high))
        return found

    def _unnamed(self) -> list[Sentence]:
        """Keys that are blank, and names in a language that no output speaks."""
        listed: dict[str, Sequence[Stage | Term]] = {
            "stage": self.stages,
            "touchpoint": self.touchpoints,
            "channel": self.channels,
        }
        return [
            problem
            for table, terms in listed.items()
            for i, term in enumerate(terms, 1)
            for problem in (
                *([] if term.key.strip() else [said("lacks", where=f"[[{table}]] {i}", place="key")]),
                *(unknown(name, LANGUAGES, f"[[{table}]] {i} names") for name in term.names if name not in LANGUAGES),
            )
        ]

    def _wrong_stages(self, keys: Sequence[str]) -> list[Sentence]:
        """Stages that stand twice, and that are named but are none."""
        uses = [(f'[questions."{r}"] stage', q.stage) for r, q in self.questions.items()]
        uses += [(f'[questions."{r}"] rows.{row!r}', stage) for r, q in self.questions.items() for row, stage in q.rows.items()]
        uses += [(f"[events] {name!r}", stage) for name, stage in self.events.items()]
        uses += [(f"[[theme]] {t.id!r} stage", t.stage) for t in self.themes]
        known = ", ".join(keys)
        twice = sorted({key for key in keys if keys.count(key) > 1})
        return [said("stage-twice", key=key) for key in twice] + [
            said("no-stage", where=where, stage=stage, all=known) for where, stage in uses if stage and stage not in keys
        ]
