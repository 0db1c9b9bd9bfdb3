"""Where results come from: inputs with their hashes, versions, settings, what was left out or masked, and how right it is. run.json but for the edits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from research_kit import __version__
from research_kit.records import plain

if TYPE_CHECKING:
    from research_kit.records import Export, Language, Personas, Responses, TextReport
    from research_kit.study import Study

_LIBRARIES = ("pandas", "numpy", "scikit-learn", "spacy", "textblob", "openpyxl", "pyarrow", "opencc")


def run_info(study: Study, language: Language, responses: Responses, personas: Personas, report: TextReport) -> dict[str, Any]:
    """What a run was made of, as plain data. No path and no time stands in it: the same input gives the same bytes on every machine."""
    excluded = responses.respondents.loc[~responses.included(), ["source", "excluded"]]
    dropped = Counter(excluded.itertuples(index=False, name=None))
    return {
        "study": study.name,
        "language": language,
        "seed": study.seed,
        "inputs": [_input(export) for export in responses.exports],
        "versions": {"research-kit": __version__, **{name: version(name) for name in _LIBRARIES}},
        "settings": _settings(study),
        "dropped": [{"source": source, "reason": reason, "n": n} for (source, reason), n in sorted(dropped.items())],
        "masked": dict(sorted(responses.masked.items())),
        "notes": [*responses.notes, *report.notes],
        "languages": dict(report.languages),
        "not_assessed": report.not_assessed,
        "accuracy": {"personas": plain(personas.accuracy), "text": plain(report.learned)},
    }


def _input(export: Export) -> dict[str, Any]:
    """What was read, and how."""
    said = ("source", "sha256", "type", "platform", "rule", "encoding", "sheet")
    return {name: getattr(export, name) for name in said} | {"notes": list(export.notes)}


def _settings(study: Study) -> dict[str, Any]:
    """All settings but the files; of a question only what the study file says."""
    settings: dict[str, Any] = plain(replace(study, sources=(), path=None))
    settings.pop("sources"), settings.pop("path")
    said = {key: {k: v for k, v in spec.items() if v not in (None, False, {})} for key, spec in settings["questions"].items()}
    return {**settings, "questions": {key: spec for key, spec in said.items() if spec}}
