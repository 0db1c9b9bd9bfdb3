"""The heading of a study that has no other name than that of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit.study import Study
from research_kit.study.title import readable, spaced


@pytest.mark.parametrize(
    ("stem", "heading"),
    [
        ("survey_export_2026-03(1)", "Survey 2026-03"),
        ("Repairs+Q1+2026_April+2,+2026_09.12", "Repairs Q1 2026"),
        ("results-survey123456", "Survey 123456"),
        ("Course feedback (Responses) - Form Responses 1", "Course feedback"),
        ("課程意見調查 (回應) - 表單回應 1", "課程意見調查"),
        ("123456789_按文本_员工满意度调查_120_120", "员工满意度调查"),
        ("客户满意度调查-收集结果", "客户满意度调查"),
        ("Customer Survey(1-120)", "Customer Survey"),
        ("Household_survey_-_all_versions_-_labels_-_2026-03-01-10-20-30", "Household survey"),
        ("customer_feedback_2026_03_01", "Customer feedback 2026-03-01"),
        ("spack-user-survey-2020-responses", "Spack user survey 2020"),
        ("讀者調查_2026", "讀者調查 2026"),
        ("reviews.csv", "Reviews"),
        # What is a title already stays.
        ("Café 2026", "Café 2026"),
        ("user responses 2026", "User responses 2026"),
        ("iPhone follow-up study", "iPhone follow-up study"),
        ("NPS Q1", "NPS Q1"),
        # What leaves nothing stays too.
        ("2026-03", "2026-03"),
        ("20260301-123", "20260301-123"),
        ("responses", "Responses"),
        ("___", "___"),
    ],
)
def test_a_file_name_becomes_a_heading(stem: str, heading: str) -> None:
    assert readable(stem) == heading


def test_the_title_wins_then_the_name_then_what_the_file_is_called(tmp_path: Path) -> None:
    study = Study.from_files([tmp_path / "my_survey(2).csv"])

    assert (study.name, study.heading) == ("my_survey(2)", "My survey")
    assert study.changed(name="cafe_q1").heading == "cafe_q1"
    assert study.changed(title="咖啡館 my_survey").heading == "咖啡館 my_survey"


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("", "Spring survey"),
        ('name = "a_b"', "a_b"),
        ('name = "answers_raw"', "Answers raw"),
        ('name = "answers_raw"\ntitle = "answers_raw"', "answers_raw"),
    ],
)
def test_a_study_file_may_say_it(said: str, heading: str, tmp_path: Path) -> None:
    folder = tmp_path / "spring_survey"
    folder.mkdir()
    (folder / "answers_raw.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(f'[study]\n{said}\n[[source]]\npath = "answers_raw.csv"\n', encoding="utf-8")

    assert Study.load(path).heading == heading


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("google-maps-reviews", "Google maps reviews"),
        ("Repairs+Q1+2026_April+2,+2026_09.12", "Repairs Q1 2026 April 2, 2026 09.12"),
        ("survey.csv (2)", "survey.csv (2)"),
        ("訪談_2026_03", "訪談 2026-03"),
        ("wave.2026.03.01", "wave.2026-03-01"),
    ],
)
def test_a_source_keeps_everything_but_what_joins_its_words(stem: str, words: str) -> None:
    """Two sources never become one."""
    assert spaced(stem) == words
