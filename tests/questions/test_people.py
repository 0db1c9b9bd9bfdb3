"""Who takes part, under which id, and what is only flagged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from research_kit.errors import StudyError
from research_kit.questions import understand
from research_kit.records import Column, Responses
from research_kit.study import QuestionSpec, SourceSpec, Study

from .exports import make_export, study_of

HEAD = [
    Column(0, "ResponseId", hint="respondent_id"),
    Column(1, "Status", hint="status"),
    Column(2, "Finished", hint="finished"),
    Column(3, "Duration (in seconds)", hint="duration"),
    "Do you like it?",
    "Why?",
]


def people(rows: list[list[str]], **changes: object) -> Responses:
    export = make_export(HEAD, rows, **changes)
    return understand([export], study_of(export))


def row(
    i: int,
    *,
    status: str = "IP Address",
    finished: str = "True",
    seconds: int = 300,
    answer: str = "Yes",
    key: str = "",
    why: str = "because",
) -> list[str]:
    return [key or f"R_{i}", status, finished, str(seconds), answer, f"{why} {i}" if why else ""]


def test_previews_tests_spam_blanks_and_repeated_ids_are_left_out_with_a_reason() -> None:
    rows = [row(i) for i in range(30)]
    rows += [
        row(30, status="Survey Preview"),
        row(31, status="Survey Test"),
        row(32, status="Spam"),
        row(33, answer="", why=""),
        row(34, key="R_5", answer="No"),
    ]
    responses = people(rows)
    excluded = responses.respondents["excluded"]
    assert excluded.value_counts().to_dict() == {"": 30, "preview": 1, "test": 1, "spam": 1, "blank": 1, "duplicate": 1}
    assert excluded[5] == "duplicate"  # the last of an id counts
    assert responses.respondents["respondent"].is_unique
    assert responses.respondents["respondent"][34] == "R_5"
    assert responses.respondents["row"].tolist() == list(range(2, 37))
    for word in ("preview", "test", "spam", "without any answer", "same id"):
        assert any(word in note for note in responses.notes), word
    assert set(responses.comments["unit"]) == set(excluded.index[excluded == ""])


def test_partials_and_speeders_are_flagged_not_dropped() -> None:
    responses = people([row(i, finished="False" if i < 4 else "True", seconds=20 if i in (7, 8) else 300) for i in range(40)])
    assert responses.included().all()
    assert any(n.startswith("Did not finish: 4 (10% of the people)") for n in responses.notes)
    assert any(n.startswith("Took less than a third of the usual time: 2 (5% of the people)") for n in responses.notes)


def test_straight_liners_are_flagged() -> None:
    head = [Column(j, "How good is it?", f"part {j}") for j in range(6)]
    words = ["Poor", "Fair", "Good", "Excellent"]
    rows = [[words[(i + j) % 4] for j in range(6)] for i in range(1, 40, 2)] + [["Good"] * 6] * 3
    export = make_export(head, rows)
    responses = understand([export], study_of(export))
    assert responses.questions[0].rows == tuple(f"part {j}" for j in range(6))
    assert any(n.startswith("Gave the same answer to every row of a grid: 3 ") for n in responses.notes)


def test_codes_that_would_empty_the_file_exclude_nobody() -> None:
    assert people([row(i, status="2") for i in range(10)]).included().all()


@pytest.mark.parametrize("contact", ["ann@mail.org", "+886 912 345 678", "0912345678", "(415) 555-0132"])
def test_an_id_that_is_a_contact_becomes_the_row(contact: str) -> None:
    responses = people([row(0, key=contact), row(1), row(2)])
    assert responses.respondents["respondent"].tolist() == ["r2", "R_1", "R_2"]


def test_long_platform_numbers_are_kept() -> None:
    responses = people([row(i, key=f"1139058{i:04}") for i in range(5)])
    assert responses.respondents["respondent"][0] == "11390580000"


def test_files_without_ids_count_rows() -> None:
    export = make_export(["Do you like it?"], [["Yes"], ["No"]], header_rows=3)
    assert understand([export], study_of(export)).respondents["respondent"].tolist() == ["r4", "r5"]


def test_weights_come_only_from_the_study() -> None:
    export = make_export(["weight", "Like it?"], [["0.5", "Yes"], ["1.5", "No"], ["", "Yes"]])
    plain = understand([export], study_of(export))
    assert plain.respondents["weight"].tolist() == [1.0, 1.0, 1.0]
    assert any('"weight" looks like weights' in n for n in plain.notes)
    weighted = understand([export], study_of(export, questions={"weight": QuestionSpec(weight=True)}))
    assert weighted.respondents["weight"].tolist() == [0.5, 1.5, 1.0]
    assert not any("weight" in n for n in weighted.notes)
    with pytest.raises(StudyError, match="is to weigh the respondents, but its answers are no numbers"):
        understand([export], study_of(export, questions={"Like it?": QuestionSpec(weight=True)}))


def waves() -> tuple[Responses, Study]:
    first = make_export(
        ["Timestamp", "How often do you use it?", "Which tools? (select all that apply)", "Old question?"],
        [
            [f"2023-01-{d:02}", o, t, "Yes"]
            for d, o, t in zip(range(1, 21), ["Daily", "Weekly"] * 10, ["A, B", "B"] * 10, strict=True)
        ],
        source="2023",
    )
    second = make_export(
        ["Timestamp", "Which tools? (select all that apply)", "How often do you use it?", "New question?"],
        [
            [f"2024-01-{d:02}", t, o, "No"]
            for d, o, t in zip(range(1, 21), ["Monthly", "Never"] * 10, ["C", "A, C"] * 10, strict=True)
        ],
        source="2024",
    )
    study = Study(name="waves", sources=(SourceSpec(Path("2023.csv"), wave="first"), SourceSpec(Path("2024.csv"), wave="second")))
    return understand([first, second], study), study


def test_waves_of_one_questionnaire_are_one_set_of_questions() -> None:
    responses, _ = waves()
    assert [q.text for q in responses.questions] == [
        "Timestamp",
        "How often do you use it?",
        "Which tools? (select all that apply)",
        "Old question?",
        "New question?",
    ]
    often = responses.questions[1]
    assert often.scale is not None
    assert often.scale.labels == ("Never", "Monthly", "Weekly", "Daily")
    assert (often.source, often.columns, often.n, often.missing) == ("2023", (1,), 40, 0)
    assert set(responses.questions[2].options) == {"A", "B", "C"}
    assert responses.respondents["wave"].tolist() == ["first"] * 20 + ["second"] * 20
    old = responses.questions[3]
    assert responses.answers[old.key].isna().tolist() == [False] * 20 + [True] * 20
    assert (old.n, old.missing) == (20, 0)  # only the first wave was asked


def test_two_rows_of_two_files_stay_apart() -> None:
    responses, _ = waves()
    assert responses.respondents.groupby("source")["respondent"].nunique().to_dict() == {"2023": 20, "2024": 20}


def test_where_takes_values_lists_numbers_and_dates() -> None:
    rows = [[str(i), "tw" if i % 2 else "us", f"2024-01-{i + 1:02} 10:00", "Yes"] for i in range(20)]
    export = make_export(["Age", "Country", "Date", "Like it?"], rows)

    def kept(where: dict[str, object]) -> int:
        study = study_of(export)
        study = replace(study, sources=(replace(study.sources[0], where=where),))
        responses = understand([export], study)
        assert any("rows left out by where" in n for n in responses.notes)
        return len(responses.respondents)

    assert kept({"country": "TW"}) == 10
    assert kept({"Country": ["tw", "us"]}) == 20
    assert kept({"Age": {"from": 5, "to": 8}}) == 4
    assert kept({"Date": {"from": "2024-01-05", "to": "2024-01-08"}}) == 4
    assert kept({"Date": {"from": "2024-01-18"}, "Country": "tw"}) == 2


def test_where_names_all_its_mistakes_at_once() -> None:
    export = make_export(["Age", "Country of work", "Country of birth"], [["1", "tw", "us"]])
    study = study_of(export)
    study = replace(
        study,
        sources=(
            replace(
                study.sources[0], where={"Agee": "1", "Country": "x", "Age": {"from": "abc"}, "Country of work": {"like": 1}}
            ),
        ),
    )
    with pytest.raises(StudyError) as error:
        understand([export], study)
    assert len(error.value.problems) == 4
    assert 'has no column “Agee”; the nearest are "Age".' in error.value.problems[0]
    assert "fits 2 columns" in error.value.problems[1]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (
            {"縣市": ["台北"]},
            "where keeps none of the 5 rows of {source}: “縣市” has the values “台北市”, “高雄市”. Write one of these",
        ),
        ({"Age": {"from": 90}}, "where keeps none of the 5 rows of {source}: “Age” has the values “20”, “30”, “40”, “50”, “60”."),
        ({"縣市": "高雄市", "Age": "20"}, "no row fits all its conditions at once (縣市, Age)"),
    ],
)
def test_where_that_keeps_no_row_is_refused_with_the_values_there_are(where: dict[str, object], said: str) -> None:
    export = make_export(
        ["縣市", "Age"], [["台北市", "20"], ["台北市", "30"], ["台北市", "40"], ["高雄市", "50"], ["高雄市", "60"]]
    )
    study = study_of(export)
    study = replace(study, sources=(replace(study.sources[0], where=where),))

    with pytest.raises(StudyError) as error:
        understand([export], study)

    assert len(error.value.problems) == 1
    assert said.format(source=export.source) in error.value.problems[0]


def test_names_that_fit_no_question_are_refused_together() -> None:
    export = make_export(
        ["How satisfied are you?", "How satisfied is your team?"], [["Satisfied", "Neutral"], ["Neutral", "Satisfied"]]
    )
    with pytest.raises(StudyError) as error:
        understand(
            [export],
            study_of(
                export,
                questions={
                    "how satisfied": QuestionSpec(),
                    "How satisfied are yuo?": QuestionSpec(),
                    "your TEAM": QuestionSpec(),
                },
            ),
        )
    assert len(error.value.problems) == 2
    assert "fits 2 questions" in error.value.problems[0]
    assert "the nearest are" in error.value.problems[1]


def test_what_came_in_is_not_changed_and_cells_are_emptied() -> None:
    export = make_export(HEAD, [row(i) for i in range(5)])
    before = export.cells.copy()
    responses = understand([export], study_of(export))
    pd.testing.assert_frame_equal(export.cells, before)
    assert [len(e.cells) for e in responses.exports] == [0]


def test_one_form_sent_twice_counts_once() -> None:
    rows = [[f"2025-03-01 10:{i:02d}:07", "Good" if i % 2 else "Bad", f"My visit number {i} was as I hoped"] for i in range(20)]
    rows += [rows[4], ["", "Good", ""], ["", "Good", ""]]
    export = make_export(["Timestamp", "How was it?", "What happened?"], rows)
    responses = understand([export], study_of(export))
    assert responses.respondents["excluded"].tolist() == ["duplicate" if i == 4 else "" for i in range(23)]
    assert any("rows 6" in note for note in responses.notes)


def test_a_stock_phrase_is_nobodys_own() -> None:
    rows = [["Good", "Nothing to add, thank you" if i < 6 else f"My visit number {i} was long"] for i in range(20)]
    export = make_export(["How was it?", "What happened?"], rows)
    assert understand([export], study_of(export)).respondents["excluded"].eq("").all()


def test_codes_for_no_answer_are_missing_and_said() -> None:
    rows = [[str(1 + i % 5) if i % 6 else "99", str(20 + i) if i % 7 else "-99", f"text {i} of mine"] for i in range(40)]
    export = make_export(["How satisfied are you (1 = not at all, 5 = very)?", "How many hours a week?", "Why?"], rows)
    responses = understand([export], study_of(export))
    rating, hours = responses.questions[:2]
    assert (rating.kind, rating.scale.max, rating.missing) == ("rating", 5.0, 7)
    assert (hours.kind, hours.missing) == ("number", 6)
    assert any("-99, 99" in note for note in responses.notes)


def test_a_real_ninety_nine_stays() -> None:
    rows = [[str(60 + i)] for i in range(40)]
    export = make_export(["How many hours a week?"], rows)
    assert understand([export], study_of(export)).questions[0].missing == 0


def test_a_reason_counts_only_who_takes_part() -> None:
    head = ["ResponseId", "Status", "How did you report it?"]
    rows = [[f"R_{i}", "Survey Preview" if i < 2 else "IP Address", ["Phone", "App", "Office"][i % 3]] for i in range(32)]
    export = make_export(head, rows, platform="qualtrics")
    responses = understand([export], study_of(export))
    asked = next(q for q in responses.questions if q.text.startswith("How did"))
    assert responses.included().sum() == asked.n == 30
    assert asked.reason.startswith("30 people gave only 3 different answers.")


@pytest.mark.parametrize("text", ["How many people live in your home?", "Area"])
def test_household_and_area_describe_people(text: str) -> None:
    rows = [[f"R_{i}", ["Northfield", "Riverside", "Old Town"][i % 3] if text == "Area" else str(i % 4 + 1)] for i in range(40)]
    export = make_export(["ResponseId", text], rows)
    found = {q.text: q.role for q in understand([export], study_of(export)).questions}
    assert found[text] == "demographic"


def test_recommendation_is_said_to_be_an_outcome() -> None:
    rows = [[str(i % 11), f"Because of reason {i}"] for i in range(44)]
    export = make_export(["How likely are you to recommend us to a friend?", "Why?"], rows)
    question = understand([export], study_of(export)).questions[0]
    assert (question.kind, question.role) == ("nps", "active")
    assert "does not form them" in question.reason


@pytest.mark.parametrize(("turned", "words"), [(False, "higher number is better"), (True, "higher number is worse")])
def test_the_reason_says_which_end_the_study_file_calls_better(turned: bool, words: str) -> None:
    export = make_export(["How do you find it? (1-5)"], [[str(i % 5 + 1)] for i in range(40)])
    study = replace(study_of(export), questions={"How do you find it": QuestionSpec(reversed=turned)})
    assert words in understand([export], study).questions[0].reason
