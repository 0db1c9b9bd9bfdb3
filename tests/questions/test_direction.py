"""Which end of bare numbers is better: as the question says of one end, or as people use it beside what they recommend or rate in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit.questions import understand
from research_kit.questions.marked import stated_direction
from research_kit.reading import read_export
from research_kit.records import Question
from research_kit.study import SourceSpec, Study


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("整體滿意度（1-5分，5為非常滿意）", "up"), ("整体满意度（1=非常满意）", "down"), ("服務態度，滿分10分", "up"), ("How was the tour? (5 = best)", "up"),
        ("How was the tour? (1 = excellent)", "down"), ("How was the tour? (1 = poor)", "up"), ("How was the tour?", "unknown"),
        ("How was the tour? (1-5)", "unknown"), ("How was the 5 km run?", "unknown"), ("整體滿意度(1-5)", "unknown"),
        ("How was day 3 = the museum?", "unknown"),
    ],
)  # fmt: skip
def test_one_end_that_the_question_names_is_enough(question: str, direction: str) -> None:
    assert stated_direction(question) == direction


def asked(folder: Path, marks: list[int], likely: list[str], second: str = "How likely are you to recommend us?") -> Question:
    path = folder / "tour.csv"
    rows = "\n".join(f"p{i},{a},{b}" for i, (a, b) in enumerate(zip(marks, likely, strict=True)))
    path.write_text(f"id,How was the tour?,{second}\n{rows}\n", encoding="utf-8")
    spec = SourceSpec(path, type="survey")
    return next(q for q in understand([read_export(spec)], Study("tour", (spec,))).questions if q.text == "How was the tour?")


LIKELY = [i % 11 for i in range(66)]
MARKS = [min(5, 1 + i // 2) if k % 4 else 1 + k % 5 for k, i in enumerate(LIKELY)]


def test_marks_that_rise_with_recommendation_are_better_when_higher(tmp_path: Path) -> None:
    found = asked(tmp_path, MARKS, [str(i) for i in LIKELY])

    assert found.scale is not None
    assert (found.scale.min, found.scale.max, found.scale.direction) == (1, 5, "up")
    assert "also answers “How likely are you to recommend us?” better" in found.reason


def test_school_marks_fall_with_recommendation(tmp_path: Path) -> None:
    found = asked(tmp_path, [6 - m for m in MARKS], [str(i) for i in LIKELY])

    assert found.scale is not None
    assert found.scale.direction == "down"


def test_words_are_as_good_as_recommendation(tmp_path: Path) -> None:
    words = ["Very poor", "Poor", "Fair", "Good", "Excellent"]
    found = asked(tmp_path, MARKS, [words[min(4, i // 2)] for i in LIKELY], "How would you rate the guide?")

    assert found.scale is not None
    assert found.scale.direction == "up"


@pytest.mark.parametrize(
    ("marks", "likely"),
    [
        (MARKS[:20], LIKELY[:20]),
        ([1 + (7 * i) % 5 for i in range(66)], LIKELY),
    ],
)
def test_few_people_and_chance_tell_nothing(tmp_path: Path, marks: list[int], likely: list[int]) -> None:
    found = asked(tmp_path, marks, [str(i) for i in likely])

    assert found.scale is not None
    assert found.scale.direction == "unknown"


def test_an_amount_is_no_judgement_to_compare_with(tmp_path: Path) -> None:
    often = ["Never", "Rarely", "Sometimes", "Often", "Always"]
    found = asked(tmp_path, MARKS, [often[min(4, i // 2)] for i in LIKELY], "How often do you travel?")

    assert found.scale is not None
    assert found.scale.direction == "unknown"
