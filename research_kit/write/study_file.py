"""A study file with everything that was detected, commented in the study's language, ready to correct: `research-kit init`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from research_kit.errors import OutputError
from research_kit.labels import Sentence, label
from research_kit.records import KINDS
from research_kit.study import described, keywords_in
from research_kit.write.inspection import details

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from research_kit.records import Language, Question, Responses, Stage
    from research_kit.study import Study


_MOST_EVENTS = 200


def write(study: Study, responses: Responses, path: Path) -> None:
    """Write the study file. OutputError where one stands already (it may hold corrections) or the folder cannot be written."""
    if path.exists():
        raise OutputError(Sentence("output_problems", "exists", path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_lines(study, responses, path)) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(Sentence("output_problems", "study-not-written", path=path, reason=error.strerror)) from error


def _lines(study: Study, responses: Responses, path: Path) -> Iterator[str]:
    language = study.language or responses.language
    yield _note(language, "head")
    yield _note(language, "run", file=path.name)
    yield from ("", "[study]", f"name = {_text(study.name)}", _note(language, "title"))
    yield from (f"{'' if study.title else '# '}title = {_text(study.heading)}", f"journey = {_text(study.journey)}")
    yield from (
        _note(language, "language"),
        f"{'' if study.language else '# '}language = {_text(language)}",
        _note(language, "map"),
        f"map = {_list(study.map)}",
    )
    yield from ("", _note(language, "sources"))
    for spec, export in zip(study.sources, responses.exports, strict=True):
        yield from ("[[source]]", f"path = {_text(_relative(spec.path, path.parent))}", f"type = {_text(export.type)}")
        yield f"# {export.rule}"
    yield from ("", _note(language, "stages"))
    for stage in study.stages:
        yield from _stage(stage, language)
    yield from (
        "",
        _note(language, "personas"),
        "[personas]",
        'n = "auto"',
        "",
        _note(language, "privacy"),
        "[privacy]",
        "mask = true",
    )
    if responses.events is not None:
        yield from _events(study, responses.events, language)
    yield from ("", _note(language, "questions"), _note(language, "kinds", kinds=", ".join(KINDS)))
    yield from (_note(language, "roles"), _note(language, "framing"))
    for question in responses.questions:
        yield from _question(question, language)


def _events(study: Study, log: pd.DataFrame, language: Language) -> Iterator[str]:
    """Every event, the most frequent first, for the researcher to say which stage it means."""
    counts = log["event"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    yield from (
        "",
        _note(language, "events"),
        _note(language, "stage_keys", keys=", ".join(s.key for s in study.stages)),
        "[events]",
    )
    for name, n in counts.iloc[:_MOST_EVENTS].items():
        yield f'# {_text(str(name))} = "..."  # {n:,}'


def _stage(stage: Stage, language: Language) -> Iterator[str]:
    yield from ("[[stage]]", f"key = {_text(stage.key)}")
    yield f"names = {{ {', '.join(f'{k} = {_text(v)}' for k, v in stage.names.items())} }}"
    yield f"description = {_text(described(stage, language))}"
    yield f"keywords = {_list(keywords_in(stage, language))}"


def _question(question: Question, language: Language) -> Iterator[str]:
    yield from ("", f"[questions.{_text(question.key)}]")
    found = details(question, language)
    for line in (question.text, question.reason, found):
        if line:
            yield f"# {' '.join(line.split())}"
    yield from (f"# kind = {_text(question.kind)}", f"# role = {_text(question.role)}")
    if question.role == "comment":
        yield f"# framing = {_text(question.framing or 'neutral')}"
    if not question.row_stages:
        yield '# stage = "..."'
    for row, stage in zip(question.rows, question.row_stages, strict=bool(question.row_stages)):
        yield f"# [questions.{_text(f'{question.key} | {row}')}]"
        yield f"# stage = {_text(stage or '...')}"


def _note(language: Language, key: str, **values: object) -> str:
    return f"# {label('study_file', key, language, **values)}"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are a subset of TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(v) for v in values)}]"


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return path.resolve().as_posix()
