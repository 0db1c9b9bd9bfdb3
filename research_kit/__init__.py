"""From questionnaire and review exports to personas and an evidence-linked customer journey map in Excel.

    import research_kit as rk
    findings = rk.run(rk.Study.load("study.toml"))
    findings.write("reports/mine")

Importing this package is cheap: pandas, spaCy and scikit-learn load when the first of these names is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from research_kit.errors import InputError, MapError, OutputError, ResearchKitError, StudyError
    from research_kit.maps import JourneyMap, read_map
    from research_kit.personas.model import PersonaModel
    from research_kit.pipeline import Findings, read, run
    from research_kit.records import Question, Responses, Stage
    from research_kit.study import Study
    from research_kit.text.annotate import annotate

__version__ = "0.1.0"

_HOME = {
    "Findings": "pipeline",
    "InputError": "errors",
    "JourneyMap": "maps",
    "MapError": "errors",
    "OutputError": "errors",
    "PersonaModel": "personas.model",
    "Question": "records",
    "ResearchKitError": "errors",
    "Responses": "records",
    "Stage": "records",
    "Study": "study",
    "StudyError": "errors",
    "annotate": "text",
    "read": "pipeline",
    "read_map": "maps",
    "run": "pipeline",
}

__all__ = [
    "Findings",
    "InputError",
    "JourneyMap",
    "MapError",
    "OutputError",
    "PersonaModel",
    "Question",
    "ResearchKitError",
    "Responses",
    "Stage",
    "Study",
    "StudyError",
    "annotate",
    "read",
    "read_map",
    "run",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value  # a submodule of the same name ("read") must not shadow the function later
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
