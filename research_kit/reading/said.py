"""Sentences about a file, said before anybody knows the language of the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research_kit.errors import InputError
from research_kit.labels import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence


def said(key: str, /, **values: Any) -> Sentence:
    """The sentence with this key of labels/reading.toml."""
    return Sentence("reading", key, **values)


def refused(key: str, /, **values: Any) -> InputError:
    """The error that says why a file cannot be used (labels/refusals.toml)."""
    return InputError(Sentence("refusals", key, **values))


def of_rows(key: str, numbers: Sequence[int], /, **values: Any) -> Sentence:
    """The sentence with this key about rows: how many, and the first ten by their numbers."""
    return Sentence("reading", key, n=len(numbers), rows=first(numbers), **values)


def first(things: Sequence[object]) -> str:
    """The first ten of these, and that there are more."""
    return ", ".join(map(str, things[:_SHOWN])) + (", ..." if len(things) > _SHOWN else "")


_SHOWN = 10
