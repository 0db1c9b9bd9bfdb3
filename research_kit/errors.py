"""Everything that a researcher can be told went wrong.

    ResearchKitError
    ├── InputError        a file cannot be used (missing, empty, encrypted, not a table ...)
    ├── StudyError        study.toml says something that cannot be meant, or that does not fit the data
    ├── OutputError       a result cannot be written (folder not writable, workbook open in Excel ...)
    └── MapError          a workbook or a dictionary is not a journey map that we can read

Each carries a list of problems, one plain sentence each: what was found, what is allowed, what to do.
``cli`` prints them and exits with 2; nobody else catches them to print.
"""

from __future__ import annotations

from collections.abc import Iterable


class ResearchKitError(Exception):
    """One or more problems, each a plain sentence that says what to do."""

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems: tuple[str, ...] = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))


class InputError(ResearchKitError):
    """A source file cannot be used."""


class StudyError(ResearchKitError):
    """The study file, or an argument that stands for it, cannot be used."""


class OutputError(ResearchKitError):
    """Results cannot be written."""


class MapError(ResearchKitError):
    """A file or dictionary is not a journey map."""


class LostObjectsWarning(UserWarning):
    """The former workbook held shapes, text boxes or threaded comments that cannot be taken over; it is kept, and this names them."""
