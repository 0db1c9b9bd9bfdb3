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
from types import TracebackType


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


class Gathering:
    """What goes wrong in several steps, told at once: ``with gathering:`` keeps what is raised inside, ``tell`` raises all of it as one."""

    def __init__(self) -> None:
        self.errors: list[ResearchKitError] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not isinstance(error, ResearchKitError):
            return False
        self.errors.append(error)
        return True

    def tell(self) -> None:
        """Raise an error of the first one's kind with every problem once; nothing where nothing was kept."""
        if self.errors:
            raise type(self.errors[0])(dict.fromkeys(p for e in self.errors for p in e.problems))


class LostObjectsWarning(UserWarning):
    """The former workbook held shapes, text boxes or threaded comments that cannot be taken over; it is kept, and this names them."""
