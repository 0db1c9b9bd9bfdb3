"""Sentences about what a study declares (labels/study_problems.toml), said before anybody knows which language to say them in."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from research_kit.labels import Sentence


def said(key: str, /, **values: Any) -> Sentence:
    """The sentence with this key."""
    return Sentence("study_problems", key, **values)


def unknown(key: str, allowed: Iterable[str], where: str) -> Sentence:
    """That ``where`` has no such setting, with the one that was probably meant, else with all."""
    return _unknown("unknown", key, list(allowed), where=where)


def unknown_table(key: str, allowed: Iterable[str]) -> Sentence:
    """The same of a table of a study file."""
    return _unknown("unknown-table", key, list(allowed))


def _unknown(sentence: str, key: str, allowed: list[str], **values: Any) -> Sentence:
    if near := get_close_matches(key, allowed, 1):
        return said(f"{sentence}-near", key=key, near=near[0], **values)
    return said(sentence, key=key, all=", ".join(allowed), **values)
