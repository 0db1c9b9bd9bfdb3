"""The hand-made key: what each question of a file is, written by looking at the data, and how an understanding is scored against it.

A line of a key is ``column width kind role [direction] [- option | option]``: the first column of the question (0-based), its number of columns,
and what it is. Alternatives that a careful reader could defend are separated by "/". A question is right when all that is stated is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from research_kit.records import Question, Responses

KEYS = Path(__file__).parents[1] / "cases" / "questions" / "key"
COPIES = Path(__file__).parents[1] / "cases" / "questions" / "data"


@dataclass(frozen=True)
class Expected:
    """One line of a key."""

    column: int
    width: tuple[int, ...]
    kind: tuple[str, ...]
    role: tuple[str, ...]
    direction: tuple[str, ...]
    options: tuple[str, ...]

    def wrong(self, question: Question | None) -> str:
        """What is wrong with the question that was found there; "" when nothing is."""
        if question is None:
            return "not found"
        if question.kind not in self.kind:
            return f"kind {question.kind}, not {'/'.join(self.kind)}"
        if question.role not in self.role:
            return f"role {question.role}, not {'/'.join(self.role)}"
        if len(question.columns) not in self.width:
            return f"{len(question.columns)} columns, not {'/'.join(map(str, self.width))}"
        found = question.scale.direction if question.scale else ""
        if self.direction and found and found not in self.direction:
            return f"direction {found}, not {'/'.join(self.direction)}"
        lost = [o for o in self.options if _plain(o) not in {_plain(x) for x in question.options}]
        return f"options without {lost}" if lost else ""


@dataclass(frozen=True)
class Key:
    """The key of one file."""

    name: str
    source: str
    held_back: bool
    licence: str
    lines: tuple[Expected, ...]

    def score(self, responses: Responses) -> list[tuple[Expected, str]]:
        """Each line with what is wrong ("" = right)."""
        at = {q.columns[0]: q for q in reversed(responses.questions) if q.columns}
        return [(line, line.wrong(at.get(line.column))) for line in self.lines]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .").casefold()


def load(path: Path) -> Key:
    """The key in this file."""
    head: dict[str, str] = {}
    lines = []
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("#"):
            name, _, value = text[1:].partition(":")
            head[name.strip()] = value.strip()
        elif text.strip():
            lines.append(_line(text))
    return Key(path.stem, head["source"], head["held back"] == "yes", head["licence"], tuple(lines))


def _line(text: str) -> Expected:
    stated, _, options = text.partition(" - ")
    column, width, kind, role, *direction = stated.split()
    return Expected(
        int(column),
        tuple(int(w) for w in width.split("/")),
        tuple(kind.split("/")),
        tuple(role.split("/")),
        tuple(direction[0].split("/")) if direction else (),
        tuple(o.strip() for o in options.split(" | ")) if options else (),
    )


def all_keys() -> list[Key]:
    """All keys, by name."""
    return [load(p) for p in sorted(KEYS.glob("*.txt"))]
