"""Personas of a file whose headings are codes: numbered, with the codes that set them apart, in the language of the outputs."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from research_kit.personas.coded import number_with_codes
from research_kit.personas.wording import Asked
from research_kit.records import Language, Question


def asked(text: str, part: str = "", levels: tuple[Any, ...] = ()) -> Asked:
    return Asked(Question(text, text, "single", "active", ""), part, levels)


def row(column: str, kind: str, answer: object, effect: float) -> dict[str, Any]:
    return {"column": column, "kind": kind, "answer": answer, "effect": effect, "value": 0.8, "others": 0.2}


OFTEN = ("Never", "Rarely", "Often", "Always")
ABOUT = {
    "Q1": asked("Q1"),
    "Q2": asked("Q2"),
    "Q3": asked("Q3", levels=OFTEN),
    "Q4 | Q4_2": asked("Q4", "Q4_2"),
    "G01Q05": asked("G01Q05"),
    "words": asked("How was your stay?"),
}


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([row("Q1", "mean", None, 1.0), row("Q2", "mean", None, -0.9)], "Persona 2 (high Q1, low Q2)"),
        ([row("Q4 | Q4_2", "share", True, 0.8), row("Q1", "share", "Weekly", 0.7)], "Persona 2 (Q4_2 ticked, Q1: Weekly)"),
        ([row("Q4 | Q4_2", "share", True, -0.8)], "Persona 2 (Q4_2 not ticked)"),
        ([row("Q3", "at_least", "Often", 0.8)], "Persona 2 (Q3: Often or more)"),
        ([row("Q3", "at_most", "Rarely", 0.8)], "Persona 2 (Q3: Rarely or less)"),
        # Two answers to one question say one thing.
        (
            [row("Q1", "share", "a", 1.0), row("Q1", "share", "b", 0.9), row("Q2", "mean", None, 0.5)],
            "Persona 2 (Q1: a, high Q2)",
        ),
        # What others answered, what says nothing, a heading in words: a number is all there is.
        ([row("Q1", "share", "Weekly", -1.0), row("Q2", "share", "Other", 0.9), row("words", "mean", None, 0.5)], "Persona 2"),
        ([], "Persona 2"),
    ],
)
def test_the_strongest_answers_under_codes_stand_in_brackets(rows: list[dict[str, Any]], name: str) -> None:
    assert number_with_codes(2, pd.DataFrame(rows), ABOUT, "en") == name


@pytest.mark.parametrize(
    ("language", "name"),
    [("zh-Hant", "人物誌 1（G01Q05 高、未勾選 Q4_2）"), ("zh-Hans", "用户画像 1（G01Q05 高、未勾选 Q4_2）")],
)
def test_codes_are_told_in_chinese(language: Language, name: str) -> None:
    rows = [row("G01Q05", "mean", None, 1.0), row("Q4 | Q4_2", "share", True, -0.5)]

    assert number_with_codes(1, pd.DataFrame(rows), ABOUT, language) == name
