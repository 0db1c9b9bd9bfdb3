"""Grids whose rows are the steps of a journey ("Rate each step: Booking, Drop-off, Collection"): which stage each row rates.

Such a grid is the surest thing a survey says of its stages. A grid of features, brands or statements is none: its rows are tied to nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.language import to_simplified
from research_kit.questions import words
from research_kit.questions.profile import norm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.answers import Typed
    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Language, Stage

_LONGEST_LATIN, _LONGEST_HAN = 40, 12
"""Characters of a row that may name a step; what is longer is a statement."""
_AND = re.compile(r"\s*(?:[/,&+、，和与與及或·・]|\s[-–—]\s|\band\b|\bor\b)\s*")
_FILLING = frozenset("a an the of for to your our my with".split())
_ENDING = re.compile(r"(?:ments?|ings?|ions?|als?|ed|es|s|e|y)$")
_NAME, _KEYWORD = 2, 1


def of_rows(draft: Draft, decision: Decision, typed: Typed, stages: Sequence[Stage]) -> tuple[str, ...]:
    """The stage key, or "", of each row of a matrix of ratings: as the study file says, else by the words of the rows; () where it ties none."""
    if decision.kind != "rating" or not typed.rows or draft.spec.stage:
        return ()
    labels = typed.scale.labels if typed.scale else ()
    verdict = not words.says(words.NO_VERDICT, draft.text, *labels)
    by_words = found(draft.text, typed.rows, stages) if verdict else ()
    said = named(typed.rows, draft.spec.rows, "")
    tied = tuple(said.get(row, stage) for row, stage in zip(typed.rows, by_words or [""] * len(typed.rows), strict=True))
    return tied if any(tied) else ()


def told(rows: Sequence[str], tied: Sequence[str], stages: Sequence[Stage], language: Language) -> str:
    """The rows that are tied, each with the name of its stage."""
    names = {s.key: s.name(language) for s in stages}
    comma = ", " if language == "en" else "、"
    return comma.join(f"{row} → {names.get(stage, stage)}" for row, stage in zip(rows, tied, strict=True) if stage)


def named(rows: Sequence[str], said: Mapping[str, str], where: str) -> dict[str, str]:
    """{row: stage} as the study file says, "" = none. StudyError where it names a row that is not there, or that is not the only one."""
    stages: dict[str, str] = {}
    for name, stage in said.items():
        meant = [row for row in rows if norm(row) == norm(name)] or [row for row in rows if norm(name) in norm(row)]
        if len(meant) != 1:
            listed = ", ".join(rows)
            raise StudyError(Sentence("study_problems", "no-row", where=where, row=name, n=len(meant), all=listed or "–"))
        stages[meant[0]] = stage
    return stages


def found(question: str, rows: Sequence[str], stages: Sequence[Stage]) -> tuple[str, ...]:
    """The stage of each row; () where the grid is none of steps. It is one where the question speaks of steps and most rows are words of two
    stages or more; or where nearly all rows are *names* of stages, in the order of the journey."""
    matched = [_stage(row, stages) for row in rows]
    tied = tuple(stage for stage, _ in matched)
    if len(set(tied) - {""}) < 2:
        return ()
    if words.says(words.STEPS, question):
        return tied if sum(map(bool, tied)) > len(rows) / 2 else ()
    order = [[s.key for s in stages].index(stage) for stage, by in matched if by == _NAME]
    return tied if len(order) > 2 / 3 * len(rows) and order == sorted(order) else ()


def _stage(row: str, stages: Sequence[Stage]) -> tuple[str, int]:
    """The one stage whose name the row says, else the one whose keyword it says; and which of the two it was."""
    if len(row) > (_LONGEST_LATIN if row.isascii() else _LONGEST_HAN):
        return "", 0
    for by, named_by in ((_NAME, _names), (_KEYWORD, _keywords)):
        size = {s.key: max((_common(row, word) for word in named_by(s)), default=0) for s in stages}
        best = [key for key, common in size.items() if common and common == max(size.values())]
        if best:
            return (best[0], by) if len(best) == 1 else ("", 0)
    return "", 0


def _names(stage: Stage) -> list[str]:
    return [stage.key, *stage.names.values(), *(part for name in stage.names.values() for part in _AND.split(name))]


def _keywords(stage: Stage) -> list[str]:
    return list(stage.keywords)


def _common(row: str, word: str) -> int:
    """How much of a word a row says, or a part of the row of the word: characters that are the same, 0 where neither holds the other."""
    parts = [row, *_AND.split(row)]
    met = [len(inner) for part in parts for inner, outer in ((word, part), (part, word)) if _holds(_stems(outer), _stems(inner))]
    return max(met, default=0)


def _holds(outer: str, inner: str) -> bool:
    return len(inner.strip()) > 1 and (inner in outer if not inner.isascii() else f" {inner} " in f" {outer} ")


@cache
def _stems(text: str) -> str:
    """English words without their endings (Booking, book: one), Chinese in Simplified characters."""
    plain = norm(to_simplified(text)).replace("-", " ")
    if not plain.isascii():
        return plain
    return " ".join(_stem(word) for word in re.findall(r"[a-z0-9']+", plain) if word not in _FILLING)


def _stem(word: str) -> str:
    short = re.sub(r"([^aeiou])\1$", r"\1", _ENDING.sub("", word))
    return short if len(short) >= 3 else word
