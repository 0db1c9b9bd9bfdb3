"""Which question a study file means: by its key, its text, or a part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit.errors import StudyError
from research_kit.records import Question
from research_kit.study import Study, check_against, find_questions, one_question


def question(key: str, text: str) -> Question:
    return Question(key=key, text=text, kind="single", role="active", reason="")


QUESTIONS = [
    question("q1", "How often do you fly?"),
    question("q2", "How often do you eat?"),
    question("often", "Is it often late?"),
]


def test_a_reference_is_a_key_before_it_is_a_part_of_a_text() -> None:
    assert [q.key for q in find_questions("often", QUESTIONS)] == ["often"]
    assert [q.key for q in find_questions("how OFTEN  do you", QUESTIONS)] == ["q1", "q2"]
    assert one_question("fly", QUESTIONS, "here").key == "q1"


def test_a_reference_that_fits_none_or_several() -> None:
    with pytest.raises(StudyError, match=r"\[personas\] by: 'How often' fits 2 questions \('q1', 'q2'\)"):
        one_question("How often", QUESTIONS, "[personas] by")
    with pytest.raises(StudyError, match="no question fits 'How offten do you fly'; the nearest are 'q1'"):
        one_question("How offten do you fly", QUESTIONS, "x")


def test_named_questions_are_checked_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    study = Study.from_files([tmp_path / "a.csv"], personas={"by": "mood", "using": ["fly", "age"]}, contact="mail")

    with pytest.raises(StudyError) as caught:
        check_against(study, QUESTIONS)

    assert len(caught.value.problems) == 3


def test_the_text_box_of_other_is_not_meant_by_its_question() -> None:
    asked = [
        Question("q1", "Which tools?", "multiple", "active", ""),
        Question("q1-other", "Which tools?", "text", "comment", ""),
    ]

    assert find_questions("Which tools?", asked) == asked[:1]
    assert find_questions("q1-other", asked) == asked[1:]
