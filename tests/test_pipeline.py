"""The way from files to findings: the stages in their order, problems of all of them at once, and what is kept of a run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from research_kit import pipeline
from research_kit.errors import Gathering, InputError, ResearchKitError, StudyError
from research_kit.records import EVIDENCE_COLUMNS, MENTION_COLUMNS
from research_kit.study import SourceSpec, Study

ANSWERS = "How often?,What was bad?\n" + "".join(
    f"Weekly,The queue at desk {i} was far too long\nDaily,Nobody at door {i} was friendly to us\nWeekly,Rude staff on the phone on day {i}\n"
    for i in range(4)
)
REVIEWS = "Rating,Review\n" + "".join(
    f"1,The app crashes at every payment since version {i}\n5,Lovely staff and fast delivery of parcel {i}\n" for i in range(4)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("study")
    for place, content in {"a/shop.csv": ANSWERS, "b/shop.csv": ANSWERS, "reviews.csv": REVIEWS}.items():
        (made / place).parent.mkdir(exist_ok=True)
        (made / place).write_text(content, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def steps() -> list[str]:
    return []


@pytest.fixture(scope="module")
def findings(folder: Path, steps: list[str]) -> pipeline.Findings:
    return pipeline.run(Study.from_files([folder / "a/shop.csv", folder / "reviews.csv"]), progress=steps.append)


def test_the_stages_run_in_their_order_and_are_timed(findings: pipeline.Findings, steps: list[str], tmp_path: Path) -> None:
    order = ["read", "questions", "personas", "text", "assign", "journey"]
    assert steps == order
    assert list(findings.timings) == order

    files = findings.write(tmp_path / "out", progress=steps.append)

    assert steps == [*order, "write"]
    assert tmp_path / "out" / "journey-map.xlsx" in files
    assert all(path.is_file() for path in files)


def test_findings_hold_what_every_stage_came_to(findings: pipeline.Findings) -> None:
    assert len(findings.responses.respondents) == 12 + 8
    assert findings.personas.verdict == "none"
    assert [s.name for s in findings.journey.sources] == ["shop.csv", "reviews.csv"]
    assert repr(findings).startswith("Findings('shop': 20 respondents, 0 personas, ")
    assert findings.mentions is findings.mentions
    assert list(findings.mentions.columns) == [*MENTION_COLUMNS, *EVIDENCE_COLUMNS]
    assert set(findings.mentions.loc[findings.mentions["kind"] == "pain", "source"]) == {"shop.csv", "reviews.csv"}
    assert findings.journey.flagged == ()


def test_what_a_run_was_made_of(findings: pipeline.Findings) -> None:
    info = findings.info

    assert [(i["source"], i["type"], len(i["sha256"])) for i in info["inputs"]] == [
        ("shop.csv", "survey", 64),
        ("reviews.csv", "reviews", 64),
    ]
    assert info["settings"]["personas"]["n"] == "auto"
    assert not {"sources", "path"} & set(info["settings"])
    assert str(Path.cwd()) not in str(info)
    assert "research-kit" in info["versions"]
    assert info["dropped"] == []
    assert info["languages"].keys() == {"en"}


def test_only_what_the_study_says_of_a_question_is_among_the_settings(folder: Path) -> None:
    found = pipeline.run(
        Study.from_files(
            [folder / "a/shop.csv"], questions={"How often?": {"kind": "single"}, "What was bad?": {"ignore": False}}
        )
    )

    assert found.info["settings"]["questions"] == {"How often?": {"kind": "single"}}


def test_read_takes_settings_of_the_source_and_of_the_study(folder: Path) -> None:
    path = folder / "a/shop.csv"
    weekly = pipeline.read(path, where={"How often?": "Weekly"}, wave="2026", questions={"How often?": {"role": "demographic"}})

    assert len(weekly.respondents) == 8
    assert set(weekly.respondents["wave"]) == {"2026"}
    assert weekly.questions[0].role == "demographic"
    with pytest.raises(StudyError, match="colour"):
        pipeline.read(path, colour="red")
    with pytest.raises(InputError, match=r"gone\.csv does not exist"):
        pipeline.read(folder / "gone.csv")


def test_files_of_one_name_are_told_apart(folder: Path) -> None:
    found = pipeline.understand(Study("two", (SourceSpec(folder / "a/shop.csv"), SourceSpec(folder / "b/shop.csv"))))

    assert [e.source for e in found.exports] == ["shop.csv", "shop.csv (2)"]
    assert found.respondents["source"].value_counts().to_dict() == {"shop.csv": 12, "shop.csv (2)": 12}


def test_what_was_told_before_comes_first_and_nothing_is_read_in_vain(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    told = Gathering()
    with told:
        raise StudyError("--personas few is not allowed.")
    study = Study("x", (SourceSpec(tmp_path / "empty.csv"), SourceSpec(folder / "a/shop.csv"), SourceSpec(tmp_path / "gone.csv")))

    with pytest.raises(ResearchKitError) as caught:
        pipeline.run(study, told=told)

    assert isinstance(caught.value, StudyError)
    assert len(caught.value.problems) == 3
    assert caught.value.problems[0] == "--personas few is not allowed."


def test_a_run_leaves_the_study_and_the_answers_as_they_were(folder: Path) -> None:
    study = Study.from_files([folder / "a/shop.csv"])
    before = repr(study)
    found = pipeline.run(study)
    plain = pipeline.understand(study)

    assert repr(study) == before
    pd.testing.assert_frame_equal(found.responses.answers, plain.answers)
    assert found.responses.comments["text"].tolist() == plain.comments["text"].tolist()
