"""The stages in their order, and nothing else: export files -> responses -> personas -> mentions -> journey map -> files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from research_kit import journey as journey_stage
from research_kit import personas as personas_stage
from research_kit import questions as questions_stage
from research_kit import reading as read_stage
from research_kit import text as text_stage
from research_kit import write as write_stage
from research_kit.errors import Gathering
from research_kit.maps import JourneyMap
from research_kit.memory import Shelf, frugal, give_back, on_disk, sparing
from research_kit.mentions import Mentions, pack
from research_kit.records import Export, Language, Personas, Responses, TextReport
from research_kit.study import SourceSpec, Study

Progress = Callable[[str], None]
"""Called with the name of a step when it begins: read, questions, personas, text, assign, journey, write."""


@dataclass(frozen=True)
class Findings:
    """What a study came to. ``write`` makes the files; everything else is there to look at."""

    study: Study
    language: Language
    responses: Responses
    personas: Personas
    packed: Mentions
    """All mentions, kept small."""
    journey: JourneyMap
    report: TextReport
    """What was measured and learned on the comments."""
    info: dict[str, Any]
    """run.json: inputs with hashes, versions, settings, what was dropped or masked and why, accuracy."""
    timings: dict[str, float]

    def __repr__(self) -> str:
        """Its study and how much was found."""
        said, people = len(self.packed), len(self.responses.respondents)
        return f"Findings({self.study.name!r}: {people:,} respondents, {len(self.personas.personas)} personas, {said:,} statements; {self.journey!r})"

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row per clause: MENTION_COLUMNS and EVIDENCE_COLUMNS of records. Made when it is asked for: 300 bytes a row."""
        return self.packed.frame()

    def write(self, directory: str | Path, *, progress: Progress | None = None) -> list[Path]:
        """Write every file of a run into ``directory``, all or nothing, keeping what was edited in an earlier workbook there.

        OutputError when the folder cannot be written or a workbook is open. Returns the paths.
        """
        with _step("write", self.timings, progress):
            given = {f.name: getattr(self, f.name) for f in fields(write_stage.RunContent) if f.name != "mentions"}
            return write_stage.write_run(write_stage.RunContent(mentions=self.packed, **given), Path(directory))


def read(path: str | Path, **overrides: Any) -> Responses:
    """Read one export and understand its questions.

    ``overrides``: settings of [[source]] (sheet, encoding, delimiter, type, wave, where) or fields of Study (questions, mask ...), as records
    or as plain data: ``read("x.csv", questions={"Q3": {"kind": "rating"}})``.
    InputError when the file cannot be used, StudyError when a setting is not allowed or fits no question.
    """
    source_keys = {f.name for f in fields(SourceSpec)} - {"path"}
    source = {"path": Path(path)} | {k: v for k, v in overrides.items() if k in source_keys}
    changes = {k: v for k, v in overrides.items() if k not in source_keys}
    return understand(Study.from_files([path], sources=[source], **changes))


def understand(study: Study) -> Responses:
    """All sources of a study, read and understood, and the study checked against them. All problems are reported at once."""
    return _understood(study, {}, None, Gathering())


def run(study: Study | str | Path, *, progress: Progress | None = None, told: Gathering | None = None) -> Findings:
    """The whole way from export files to a journey map in memory; ``study`` may be the path of a study file or of one export.

    InputError and StudyError as in ``read``, together with what ``told`` holds already of the study file."""
    told = told or Gathering()
    if not isinstance(study, Study):
        study = Study.load(study, told=told) if Path(study).suffix.lower() == ".toml" else Study.from_files([study])
    frugal()
    timings: dict[str, float] = {}
    responses = _understood(study, timings, progress, told)
    responses = replace(responses, comments=on_disk(responses.comments))
    language = study.language or responses.language
    with _step("personas", timings, progress):
        personas = personas_stage.form(responses, study, language)
    with _step("text", timings, progress):
        packed, kept, report = _mentions(responses, study, language)
    with _step("assign", timings, progress):
        personas = personas_stage.assign(personas, responses, study, language)
        packed = packed.belonging(personas)
    with _step("journey", timings, progress):
        builder = journey_stage.Builder(responses, personas, study, language)
        builder.take(kept)
        content = builder.result(report)
    info = write_stage.run_info(study, language, responses, personas, report)
    return Findings(study, language, responses, personas, packed, JourneyMap.of(content), report, info, timings)


def compare(old: Path, new: Path, out: Path) -> write_stage.Compared:
    """What moved between the results in two folders, what only seems to, and compare.xlsx and compare.json in ``out``. What people say is
    counted in both waves by one set of words.

    InputError when a folder holds no results, OutputError when the files cannot be written."""
    frugal()
    return write_stage.compare_runs(old, new, out, text_stage.recount)


def _mentions(responses: Responses, study: Study, language: Language) -> tuple[Mentions, journey_stage.Kept, TextReport]:
    """The mentions of all comments, chunk by chunk: packed, and what counting needs of them. No more than a few chunks stand there as words."""
    comments, stages = responses.comments, [stage.key for stage in study.stages]
    parts = Shelf()
    kept = journey_stage.Kept(stages)
    with text_stage.help_for(comments, study) as pair:
        reader = text_stage.learn(comments, study, language, share=pair.map)
        for part, some in reader.read(comments, partial(_kept, stages), share=pair.map):
            parts.add(part)
            kept.merge(some)
            give_back()
    return Mentions(parts), kept, reader.report


def _kept(stages: Sequence[str], mentions: pd.DataFrame) -> tuple[bytes, journey_stage.Kept]:
    """What a run keeps of a chunk of mentions, made in the process that read it."""
    return pack(mentions), journey_stage.kept(stages, mentions)


def _understood(study: Study, timings: dict[str, float], progress: Progress | None, told: Gathering) -> Responses:
    """All sources read and understood; what cannot be used of them, of the study file and of what it names is told at once."""
    with _step("read", timings, progress):
        with told:
            text_stage.own_words(study.text.lexicon)
        exports = _read_all(study, told)
    with _step("questions", timings, progress):
        if len(exports) == len(study.sources):
            with told:
                responses = questions_stage.understand(exports, study)
        told.tell()
        exports.clear()  # its cells are answers and comments now
    return responses


def _read_all(study: Study, told: Gathering) -> list[Export]:
    """Every source that can be read, each under a name of its own."""
    exports: list[Export] = []
    names: Counter[str] = Counter()
    for source in study.sources:
        names[source.path.name] += 1
        again = names[source.path.name]
        name = source.path.name if again == 1 else f"{source.path.name} ({again})"
        with told:
            exports.append(read_stage.read_export(source, name=name))
    return exports


@contextmanager
def _step(name: str, timings: dict[str, float], progress: Progress | None) -> Iterator[None]:
    if progress:
        progress(name)
    start = time.perf_counter()
    with sparing():
        yield
    give_back()
    timings[name] = round(time.perf_counter() - start, 3)
