"""Tables that no platform claims: spread questions, review tables, event logs, what stands around a table, declared types."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from research_kit.reading import read_export
from research_kit.records import Export
from research_kit.study import SourceSpec


def read(folder: Path, rows: list[list[str]], **spec: str) -> Export:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = folder / "a.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return read_export(SourceSpec(path=path, **spec))


def shown(export: Export) -> list[tuple[str, str, str]]:
    return [(c.text, c.label, c.hint) for c in export.columns]


SPREAD = [
    (["What do you use? - Bus", "What do you use? - Train"], [["Bus", ""], ["", "Train"]], "What do you use?", ["Bus", "Train"], "option"),
    (["What do you use? [Bus]", "What do you use? [Train]"], [["Yes", "No"], ["No", "Yes"]], "What do you use?", ["Bus", "Train"], "option"),
    (["What do you use?: Bus", "What do you use?: Train"], [["1", "0"], ["0", "1"]], "What do you use?", ["Bus", "Train"], "option"),
    (["3. Bus", "3. Train"], [["Bus", ""], ["", "Train"]], "3.", ["Bus", "Train"], "option"),
    (["Rate us: Seats", "Rate us: Staff"], [["4", "5"], ["2", "5"]], "Rate us", ["Seats", "Staff"], "row"),
    (["2) How important? Seats here", "2) How important? Staff"], [["4", "5"], ["2", "5"]], "2) How important?", ["Seats here", "Staff"], "row"),
    (["您同意嗎？-我喜歡", "您同意嗎？-我會來"], [["4", "5"], ["2", "5"]], "您同意嗎？", ["我喜歡", "我會來"], "row"),
    (["Do you agree?-I plan", "Do you agree?-I cook"], [["4", "5"], ["2", "5"]], "Do you agree?", ["I plan", "I cook"], "row"),
    (["您使用哪些？｜公車", "您使用哪些？｜火車"], [["公車", ""], ["", "火車"]], "您使用哪些？", ["公車", "火車"], "option"),
    (["請評分—座位", "請評分—服務"], [["4", "5"], ["2", "3"]], "請評分", ["座位", "服務"], "row"),
    (["Bus", "Train"], [["Bus", ""], ["Bus", "Train"]], "Bus / Train", ["Bus", "Train"], "option"),
    (["q4_1", "q4_2"], [["Not selected", "Train"], ["Bus", "Not selected"]], "q4", ["Bus", "Train"], "option"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "rows", "text", "labels", "hint"), SPREAD)
def test_a_question_spread_over_columns(
    headers: list[str], rows: list[list[str]], text: str, labels: list[str], hint: str, tmp_path: Path
) -> None:
    export = read(
        tmp_path, [["person", *headers, "Anything else?"], *([f"p{i}", *row, f"because {i}"] for i, row in enumerate(rows))]
    )

    assert shown(export) == [("person", "", ""), *((text, label, hint) for label in labels), ("Anything else?", "", "")]


NOT_SPREAD = [
    ["How are you today?", "Where do you live - and why?", "Age"],
    ["Note: internal", "Name: first", "Age"],
    ["Do you own a car?", "Do you own a car and a bicycle?", "Age"],
]


@pytest.mark.parametrize("headers", NOT_SPREAD)
def test_questions_that_only_look_alike_stay_apart(headers: list[str], tmp_path: Path) -> None:
    export = read(tmp_path, [headers, ["fine", "Yes", "31"], ["well", "No", "44"]])

    assert shown(export) == [(h, "", "") for h in headers]


def test_a_matrix_row_that_everybody_answered_alike_stays_a_row(tmp_path: Path) -> None:
    export = read(tmp_path, [["Rate us: Seats", "Rate us: Staff", "Rate us: Price"], ["1", "5", "2"], ["1", "4", "3"]])

    assert [c.hint for c in export.columns] == ["row", "row", "row"]


def test_other_beside_options_is_text(tmp_path: Path) -> None:
    export = read(
        tmp_path,
        [["Which? - Bus", "Which? - Train", "Which? - Other (please specify)"], ["Bus", "", ""], ["Bus", "Train", "my own boat"]],
    )

    assert [c.hint for c in export.columns] == ["option", "option", "other_text"]


def test_headers_are_shown_as_a_person_reads_them(tmp_path: Path) -> None:
    export = read(
        tmp_path,
        [
            ["<p>How&nbsp;<b>good</b>?</p>", "A &amp;amp; B\nor\u00a0C\u200b", "", "a < b and c > d"],
            ["1", "2", "3", "4"],
            ["5", "6", "7", "8"],
        ],
    )

    assert [c.text for c in export.columns] == ["How good?", "A & B or C", "Column 3", "a < b and c > d"]


def test_columns_of_the_same_name_are_kept_by_position(tmp_path: Path) -> None:
    export = read(tmp_path, [["Why?", "Why?"], ["a", "b"], ["c", "d"]])

    assert shown(export) == [("Why?", "", ""), ("Why?", "", "")]
    assert export.cells.to_numpy().tolist() == [["a", "b"], ["c", "d"]]


def test_answers_that_programs_like_to_lose(tmp_path: Path) -> None:
    """ "NA", "None", leading zeros and long ids are what people wrote."""
    rows = [["NA", "None", "007", "123456789012345678"], ["null", "nan", "0", "1E5"], ["TRUE", "-", " x ", "+886912345678"]]
    export = read(tmp_path, [["a", "b", "c", "d"], *rows])

    assert export.cells.to_numpy().tolist() == rows
    assert list(export.cells.index) == [2, 3, 4]


def test_a_table_without_a_header(tmp_path: Path) -> None:
    export = read(tmp_path, [["2026-03-01", "5", "31"], ["2026-03-02", "4", "44"], ["2026-03-03", "1", "28"]])

    assert export.header_rows == 0
    assert [c.text for c in export.columns] == ["Column 1", "Column 2", "Column 3"]
    assert len(export.cells) == 3
    assert "looks like answers" in export.notes[0]


def test_a_survey_with_comments_and_scores_is_no_review_table(tmp_path: Path) -> None:
    """Names alone do not do: the texts must be texts, the ratings ratings."""
    export = read(tmp_path, [["Comments", "Score"], ["yes", "A"], ["no", "B"], ["yes", "C"]])

    assert (export.platform, export.type) == ("table", "survey")


def test_a_declared_review_table_needs_no_known_names(tmp_path: Path) -> None:
    rows = [
        ["when", "what they said to us", "how many of five"],
        ["2026-03-01", "The soup was cold and late", "2"],
        ["2026-03-02", "Lovely place, kind people", "5"],
    ]
    export = read(tmp_path, rows, type="reviews")

    assert [c.hint for c in export.columns] == ["", "review_text", "review_rating"]
    assert export.type == "reviews"
    assert "“what they said to us” and “how many of five”" in export.notes[0]


def test_a_declared_survey_is_a_survey(tmp_path: Path) -> None:
    rows = [["Review", "Rating"], ["The soup was cold and late", "2"], ["Lovely place, kind people", "5"]]

    assert read(tmp_path, rows).type == "reviews"
    assert (read(tmp_path, rows, type="survey").type, read(tmp_path, rows, type="survey").platform) == ("survey", "table")


def test_lines_under_the_table_after_a_blank_one_go(tmp_path: Path) -> None:
    export = read(tmp_path, [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], [], ["Total rows: 2"], ["Confidential"]])

    assert len(export.cells) == 2
    assert export.notes == ("Blank rows left out: 1.", "Lines below the table left out: 2 (Total rows: 2; Confidential).")


def test_a_last_answer_with_one_cell_stays(tmp_path: Path) -> None:
    """Somebody who answered only the first question is no footer."""
    export = read(tmp_path, [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "", ""]])

    assert len(export.cells) == 3


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    first = read(tmp_path, [["a", "b"], ["1", "x"], ["2", "y"]])
    second = read(tmp_path, [["a", "b"], ["1", "x"], ["2", "y"]])

    assert first.sha256 == second.sha256
    assert first.columns == second.columns
    assert first.cells.equals(second.cells)


REAL = {
    "surveys/jupyter-notebook-ux-2015/20160115235816-SurveyExport.csv": ("alchemer", "survey", 1, 1706, 37),
    "surveys/fivethirtyeight/StarWars.csv": ("surveymonkey", "survey", 2, 1186, 38),
    "surveys/fivethirtyeight/flying-etiquette.csv": ("surveymonkey", "survey", 1, 1040, 27),
    "surveys/kubernetes-contributors/2019SIGDocsSurveyRaw.ods": ("surveymonkey", "survey", 2, 99, 107),
    "surveys/kubernetes-contributors/contribex-survey-2019.csv": ("surveymonkey", "survey", 2, 211, 81),
    "surveys/jupyter-education-2016/responses.csv": ("google-forms", "survey", 1, 125, 25),
    "surveys/qualtrics-shapes/sample.csv": ("qualtrics", "survey", 3, 1, 20),
    "surveys/qualtrics-shapes/sample_legacy.csv": ("qualtrics", "survey", 2, 1, 15),
    "surveys/limesurvey-research-software/public_data.csv": ("limesurvey", "survey", 1, 273, 67),
    "surveys/alliance-cloud-en-fr/FINAL_Alliance_Cloud_Survey_EN_FR_20220228.csv": ("table", "survey", 1, 512, 189),
    "surveys/zh-hans-campus-life/results_desensitized_2022-03.csv": ("table", "survey", 1, 4018, 40),
    "surveys/zh-hant-language-use/survey.csv": ("table", "survey", 1, 242, 64),
    "reviews/skytrax/lounge.csv": ("review-table", "reviews", 1, 2264, 21),
    "reviews/womens-clothing.csv": ("review-table", "reviews", 1, 23486, 11),
    "reviews/zh-hans-asap/dev_sample.csv": ("review-table", "reviews", 1, 100, 21),
}


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_real_exports(name: str, data: Path) -> None:
    export = read_export(SourceSpec(path=data / name))

    assert (export.platform, export.type, export.header_rows, *export.cells.shape) == REAL[name]
