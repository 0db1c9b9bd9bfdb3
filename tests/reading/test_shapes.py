"""JSON, JSON Lines, SPSS and the LimeSurvey structure file."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from research_kit.errors import InputError
from research_kit.reading import read_export
from research_kit.study import SourceSpec


def write(path: Path, text: str) -> SourceSpec:
    path.write_text(text, encoding="utf-8")
    return SourceSpec(path=path)


def test_lines_that_are_no_json_are_counted_and_named(tmp_path: Path) -> None:
    lines = [json.dumps({"review_id": str(i), "business_id": "b", "stars": 4, "text": f"good {i}"}) for i in range(6)]
    lines[2] = lines[2][:20]
    export = read_export(write(tmp_path / "a.jsonl", "\n".join(lines) + "\n"))

    assert list(export.cells.index) == [1, 2, 4, 5, 6]
    assert export.notes == ("Lines that could not be read as JSON were left out: 1 (line 3).",)


def test_the_largest_list_of_unknown_json(tmp_path: Path) -> None:
    """Nested objects become dotted columns; numbers, truth and lists become text."""
    data = {
        "page": 1,
        "items": [
            {"id": 1, "who": {"age": 31, "ok": True}, "tags": ["a", "b"], "score": 4.0},
            {"id": 2, "who": {"age": None}, "more": {}},
        ],
    }
    export = read_export(write(tmp_path / "a.json", json.dumps(data)))

    assert [c.text for c in export.columns] == ["id", "who.age", "who.ok", "tags", "score", "more"]
    assert export.cells.to_numpy().tolist() == [["1", "31", "TRUE", "a\nb", "4", ""], ["2", "", "", "", "", ""]]
    assert export.platform == "table"


def test_a_list_of_lists(tmp_path: Path) -> None:
    export = read_export(write(tmp_path / "a.json", '[["id","why"],["1","good"],["2","bad"]]'))

    assert [c.text for c in export.columns] == ["id", "why"]
    assert export.cells[1].tolist() == ["good", "bad"]


def test_a_csv_that_begins_with_a_bracket_is_a_csv(tmp_path: Path) -> None:
    export = read_export(write(tmp_path / "a.csv", "[Q1] How?,[Q2] Why?\ngood,because\nbad,none\n"))

    assert [c.text for c in export.columns] == ["[Q1] How?", "[Q2] Why?"]


def test_qualtrics_json_shows_labels(tmp_path: Path) -> None:
    data = {"responses": [{"responseId": "R_1", "values": {"status": 0, "QID1": 3}, "labels": {"QID1": "Weekly"}}]}
    export = read_export(write(tmp_path / "a.json", json.dumps(data)))

    assert export.platform == "qualtrics"
    assert export.cells.iloc[0].tolist() == ["R_1", "0", "Weekly"]
    assert [c.hint for c in export.columns] == ["respondent_id", "status", ""]


@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_spss(suffix: str, tmp_path: Path) -> None:
    """Labels are the questions, value labels the answers and the codebook; Chinese survives."""
    import pyreadstat

    frame = pd.DataFrame(
        {
            "ResponseId": ["R_1", "R_2"],
            "Q1": [1.0, 2.0],
            "Q2_1": [1.0, None],
            "Q2_2": [None, 1.0],
            "age": [31.0, 44.5],
            "why": ["等太久", ""],
        }
    )
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "a.sav"),
        column_labels=["Response ID", "您滿意嗎？", "Which? - Tea", "Which? - Latte", "Your age", "Why?"],
        variable_value_labels={"Q1": {1: "滿意", 2: "不滿意"}, "Q2_1": {1: "Tea"}, "Q2_2": {1: "Latte"}},
        compress=suffix == "zsav",
    )
    (tmp_path / "a.sav").rename(tmp_path / f"b.{suffix}")
    export = read_export(SourceSpec(path=tmp_path / f"b.{suffix}"))

    assert export.platform == "spss"
    assert [(c.text, c.label, c.code, c.hint) for c in export.columns] == [
        ("Response ID", "", "ResponseId", ""),
        ("您滿意嗎？", "", "Q1", ""),
        ("Which?", "Tea", "Q2_1", "option"),
        ("Which?", "Latte", "Q2_2", "option"),
        ("Your age", "", "age", ""),
        ("Why?", "", "why", ""),
    ]
    assert export.cells.to_numpy().tolist() == [
        ["R_1", "滿意", "Tea", "", "31", "等太久"],
        ["R_2", "不滿意", "", "Latte", "44.5", ""],
    ]
    assert export.codebook["Q1"] == {"1": "滿意", "2": "不滿意"}


def test_spss_with_the_variables_of_qualtrics(tmp_path: Path) -> None:
    import pyreadstat

    day = pd.to_datetime(["2026-01-01 10:00", "2026-01-02 10:00"])
    frame = pd.DataFrame(
        {"StartDate": day, "EndDate": day, "ResponseId": ["R_1", "R_2"], "UserLanguage": ["EN", "ZH-T"], "Q1": [1.0, 9.0]}
    )
    labels = {1: "Good", 2: "Bad", 9: "Refused"}
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "a.sav"),
        column_labels={"Q1": "How was it?"},
        variable_value_labels={"Q1": labels},
        missing_ranges={"Q1": [9]},
    )
    export = read_export(SourceSpec(path=tmp_path / "a.sav"))

    assert export.platform == "qualtrics"
    assert [c.hint for c in export.columns] == ["started", "submitted", "respondent_id", "language", ""]
    assert [c.text for c in export.columns][-1] == "How was it?"
    assert export.cells.iloc[:, [0, 4]].to_numpy().tolist() == [["2026-01-01 10:00:00", "Good"], ["2026-01-02 10:00:00", ""]]


LSS = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language><language>de</language></languages>
<answers><rows><row><qid>1</qid><code>A1</code><answer>Often</answer><language>en</language></row><row><qid>1</qid><code>A1</code><answer>Oft</answer><language>de</language></row>
<row><qid>1</qid><code>A2</code><answer>Never</answer><language>en</language></row></rows></answers>
<questions><rows><row><qid>1</qid><parent_qid>0</parent_qid><title>G1Q1</title><question>&lt;p&gt;How often?&lt;/p&gt;</question><language>en</language></row>
<row><qid>2</qid><parent_qid>0</parent_qid><title>Q5</title><question>How good are these?</question><language>en</language></row></rows></questions>
<subquestions><rows><row><qid>3</qid><parent_qid>2</parent_qid><title>SQ001</title><question>Seats</question><language>en</language></row>
<row><qid>4</qid><parent_qid>2</parent_qid><title>SQ002</title><question>Staff</question><language>en</language></row></rows></subquestions></document>
"""
CODES = "id;submitdate;lastpage;startlanguage;G1Q1;Q5[SQ001];Q5[SQ002]\n1;2026-03-01;4;en;A1;3;4\n2;;2;en;A2;5;1\n"


def test_the_structure_file_beside_a_limesurvey_export(tmp_path: Path) -> None:
    (tmp_path / "survey.lss").write_text(LSS, encoding="utf-8")
    export = read_export(write(tmp_path / "a.csv", CODES))

    assert [(c.text, c.label, c.code) for c in export.columns[4:]] == [
        ("How often?", "", "G1Q1"),
        ("How good are these?", "Seats", "Q5"),
        ("How good are these?", "Staff", "Q5"),
    ]
    assert export.codebook == {"G1Q1": {"A1": "Often", "A2": "Never"}}
    assert export.notes == ("Question texts and value labels come from survey.lss.",)


def test_a_structure_file_of_another_survey_or_a_dangerous_one_is_not_used(tmp_path: Path) -> None:
    spec = write(tmp_path / "a.csv", CODES)
    for content in (LSS.replace("G1Q1", "X1").replace("Q5", "X2"), "<!DOCTYPE a [<!ENTITY b 'c'>]>" + LSS, LSS[:300]):
        (tmp_path / "survey.lss").write_text(content, encoding="utf-8")
        assert read_export(spec).columns[4].text == "G1Q1"


def test_deep_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read_export(write(tmp_path / "a.json", "[" * 100_000))
