"""What `init` and `inspect` write: in the study's language, every event and question there, each remark once."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit import pipeline
from research_kit.errors import OutputError
from research_kit.study import Study
from research_kit.write import inspection, study_file

LOG = "會員編號,事件名稱,發生時間\n" + "".join(
    f"m{u},{event},2026-05-0{1 + u % 9} 10:00:00\n" for u in range(8) for event in ("瀏覽", "結帳")[: 1 + u % 2]
)
SURVEY = "时间戳记,您多久来一次？,您对服务满意吗？,还有什么想说的？\n\n" + "".join(
    f"2026/5/{1 + i} 10:00:00,{('每周', '每月', '很少')[i % 3]},{('满意', '一般', '不满意')[i % 3]},第{i}次来，等了很久才有座位\n"
    for i in range(20)
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "log.csv", tmp_path / "survey.csv"]
    for path, text in zip(paths, (LOG, SURVEY), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def written(files: list[Path], **settings: object) -> str:
    study = Study.from_files(files, **settings)
    path = files[0].parent / "study.toml"
    study_file.write(study, pipeline.understand(study), path)
    assert Study.load(path).sources[0].path.name == files[0].name  # loads as it is
    return path.read_text(encoding="utf-8")


def test_a_study_file_lists_the_events_of_a_log_by_frequency(files: list[Path]) -> None:
    lines = written(files).splitlines()

    at = lines.index("[events]")
    assert lines[at + 1 : at + 3] == ['# "瀏覽" = "..."  # 8', '# "結帳" = "..."  # 4']
    assert "awareness" in lines[at - 1]


def test_a_study_file_speaks_the_language_of_the_questions_or_the_one_asked_for(files: list[Path]) -> None:
    assert '# language = "zh-Hans"' in written(files)
    (files[0].parent / "study.toml").unlink()
    english = written(files, language="en")
    assert '\nlanguage = "en"\n' in english
    assert "# Every question as it was understood" in english


def test_a_study_file_is_never_written_over(files: list[Path]) -> None:
    written(files)
    with pytest.raises(OutputError, match="exists already"):
        written(files)


def test_inspect_says_each_remark_once_and_counts_events(files: list[Path]) -> None:
    survey = pipeline.read(files[1])
    lines = [line for line, _ in inspection.lines(inspection.describe(survey, "zh-Hans"), "zh-Hans")]
    assert sum("空白行" in line for line in lines) == 1
    assert lines[2].startswith("答卷者：20 人；留言：20 条")

    log = inspection.describe(pipeline.read(files[0], language="en"), "en")
    assert (log["events"], log["users"]) == ({"瀏覽": 8, "結帳": 4}, 8)
    assert "Events: 12, of 8 users; the most frequent: 瀏覽 (8), 結帳 (4)." in [line for line, _ in inspection.lines(log, "en")]


def test_inspect_puts_columns_that_take_no_part_together_and_last() -> None:
    why = "The platform adds this column itself."
    asked = {"kind": "single", "role": "active", "reason": "A choice.", "details": "2: a, b", "n": 9}
    beside = {"kind": "meta", "role": "meta", "reason": why, "details": "", "n": 9}
    question = "Do you agree that we keep your answers for a year?"
    found = {
        "source": "s.csv", "type": "survey", "platform": "table", "encoding": "utf-8", "sheet": "", "header_rows": 1, "rule": "r", "language": "en",
        "respondents": 9, "comments": 0, "excluded": {}, "masked": {}, "notes": [],
        "questions": [
            {**beside, "key": "StartDate", "text": "Start Date"},
            {**asked, "key": "Q1", "text": "Which one?"},
            {**beside, "key": "Q2", "text": question},
        ],
    }  # fmt: skip
    lines = [line for line, _ in inspection.lines(found, "en")]
    assert [line for line in lines if line.startswith(("Q1", "StartDate", "meta"))] == [
        "Q1: single (one choice), active (may form personas); n = 9",
        "meta (takes no part): 2",
        f"StartDate, Q2 ({question})",
    ]
    assert lines.count(why) == 1


def test_a_survey_of_which_nothing_is_read_says_so_and_names_what_could_be_open(tmp_path: Path) -> None:
    told = [f"The {place} was closed" for place in "pool gym bar spa kiosk garden roof lift garage".split()]
    path = tmp_path / "closed.csv"
    path.write_text(
        "What happened,Did you stay\n" + "".join(f"{t},{yes}\n" for t in told for yes in ("Yes", "No") * 3), encoding="utf-8"
    )
    closed = pipeline.read(path)
    commented = pipeline.read(path, questions={"What happened": {"kind": "text"}})

    assert inspection.unread(closed, "en").endswith('write kind = "text" for it in the study file: “What happened”.')
    assert inspection.unread(closed, "en") in inspection.describe(closed, "en")["notes"]
    assert inspection.unread(commented, "en") == ""


@pytest.mark.parametrize(
    ("kind", "source", "overall", "role"),
    [("rating", "survey", False, "may form"), ("nps", "survey", False, "outcome"), ("rating", "survey", True, "outcome"),
     ("rating", "reviews", True, "beside the review")],
)  # fmt: skip
def test_inspect_says_in_what_a_question_is_active(kind: str, source: str, overall: bool, role: str, files: list[Path]) -> None:
    found = inspection.describe(pipeline.read(files[1]), "en")
    question = {**found["questions"][0], "kind": kind, "role": "active", "overall_rating": overall}

    heads = [line for line, indent in inspection.lines({**found, "type": source, "questions": [question]}, "en") if not indent]
    assert role in heads[-1]
