"""Grids whose rows are the steps of the journey are tied to its stages, row by row; grids of features, brands and statements are not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import research_kit as rk
from research_kit.errors import StudyError
from research_kit.questions import understand
from research_kit.reading import read_export
from research_kit.records import Question, Stage
from research_kit.study.templates import template

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "questions" / "steps.toml").read_text(encoding="utf-8"))["grid"]
SCALES = {
    True: ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    False: ["非常不满意", "不满意", "一般", "满意", "非常满意"],
}


def stages_of(case: dict[str, object]) -> tuple[Stage, ...]:
    given = case["stages"]
    if isinstance(given, str):
        return template(given)
    return tuple(Stage(key, {"en" if name.isascii() else "zh-Hant": name}, keywords=tuple(words)) for key, name, *words in given)  # type: ignore[attr-defined]


def grid(folder: Path, question: str, rows: list[str], scale: list[str]) -> Path:
    """A grid as many platforms write it: a column for each row, "question [row]"."""
    path = folder / "grid.csv"
    head = ["id", *(f'"{question} [{row}]"' for row in rows)]
    lines = [",".join([f"p{i:03}", *(scale[(i + j * 2) % 5] for j in range(len(rows)))]) for i in range(60)]
    path.write_text("\n".join([",".join(head), *lines]) + "\n", encoding="utf-8")
    return path


def understood(path: Path, stages: tuple[Stage, ...], said: str = "") -> Question:
    toml = path.with_name("study.toml")
    names = "".join(
        f'[[stage]]\nkey = "{s.key}"\nnames = {{ en = "{s.name("en")}" }}\nkeywords = {list(s.keywords)}\n' for s in stages
    )
    toml.write_text(f'[[source]]\npath = "{path.name}"\ntype = "survey"\n{names}{said}', encoding="utf-8")
    study = rk.Study.load(toml)
    return next(q for q in understand([read_export(study.sources[0])], study).questions if q.rows)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['question'][:30]} {c['rows'][0][:20]}" for c in CASES])
def test_rows_are_tied_to_their_stages(case: dict[str, list[str]], tmp_path: Path) -> None:
    question = str(case["question"])
    path = grid(tmp_path, question, case["rows"], SCALES[question.isascii()])
    found = understood(path, stages_of(case))  # type: ignore[arg-type]

    assert found.kind == "rating"
    assert list(found.rows) == case["rows"]
    assert list(found.row_stages) == case["tied"]


OWN = (Stage("book", {"en": "Booking"}), Stage("meal", {"en": "Meal"}), Stage("pay", {"en": "Paying"}))
ROWS = ["Booking", "Meal", "Paying", "Cloakroom"]


def own(tmp_path: Path, said: str = "") -> Question:
    return understood(grid(tmp_path, "Please rate each step", ROWS, SCALES[True]), OWN, said)


def test_the_reason_says_which_row_rates_which_stage(tmp_path: Path) -> None:
    found = own(tmp_path)

    assert found.row_stages == ("book", "meal", "pay", "")
    assert "Its rows rate stages: Booking → Booking, Meal → Meal, Paying → Paying." in found.reason


@pytest.mark.parametrize("name", ["{key} | Cloakroom", "Please rate each step | Cloakroom", "Cloakroom"])
def test_a_study_file_ties_a_row_and_leaves_the_others(tmp_path: Path, name: str) -> None:
    name = name.format(key=own(tmp_path).key)

    assert own(tmp_path, f'[questions."{name}"]\nstage = "pay"\n').row_stages == ("book", "meal", "pay", "pay")
    assert own(tmp_path, f'[questions."{name}"]\nstage = "pay"\n[questions."Meal"]\nstage = ""\n').row_stages == (
        "book",
        "",
        "pay",
        "pay",
    )


def test_a_study_file_that_ties_the_whole_grid_is_right(tmp_path: Path) -> None:
    found = own(tmp_path, '[questions."each step"]\nstage = "meal"\n')

    assert (found.stage, found.row_stages) == ("meal", ())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            '[questions."each step | Garden"]\nstage = "pay"\n',
            "'Garden' fits 0 rows of the question; its rows are: Booking, Meal, Paying, Cloakroom.",
        ),
        ('[questions."each step | Meal"]\nstage = "bar"\n', "'bar'"),
        ('[questions."each step | Meal"]\nkind = "text"\n', "of a single row only the stage can be said"),
        ('[questions."Garden"]\nstage = "pay"\n', "no question fits 'Garden'"),
    ],
)
def test_what_cannot_be_meant_of_a_row_is_refused(tmp_path: Path, said: str, told: str) -> None:
    with pytest.raises(StudyError) as error:
        own(tmp_path, said)

    assert told in str(error.value)


@pytest.mark.parametrize("tied", [True, False])
def test_each_row_stands_beside_the_curve_of_its_stage(tmp_path: Path, tied: bool) -> None:
    """From the file to the map: 12 people on each step of the scale, so a mean of 0; grids that rate nothing of the journey are not there."""
    path = grid(tmp_path, "Please rate each step" if tied else "How important is each step?", ROWS, SCALES[True])
    key = understood(path, OWN).key
    findings = rk.run(rk.Study.load(tmp_path / "study.toml"))
    values = {c.stage: c.ratings for c in findings.journey.curves if c.persona == "everyone"}

    if tied:
        assert {s: list(r) for s, r in values.items()} == {
            "book": [f"{key} | Booking"],
            "meal": [f"{key} | Meal"],
            "pay": [f"{key} | Paying"],
        }
        assert values["book"][f"{key} | Booking"]["n"] == 60
        assert values["book"][f"{key} | Booking"]["mean"] == pytest.approx(0.0)
    else:
        assert values == {}


def test_a_drafted_study_file_lists_the_rows(tmp_path: Path) -> None:
    """`init` writes each tied row so that a # taken away makes it count."""
    from research_kit.write import study_file

    understood(grid(tmp_path, "Please rate each step", ROWS, SCALES[True]), OWN)
    study = rk.Study.load(tmp_path / "study.toml")
    responses = understand([read_export(study.sources[0])], study)
    key = next(q.key for q in responses.questions if q.rows)
    drafted = "\n".join(study_file._question(responses.question(key), "en"))

    assert f'# [questions."{key} | Meal"]\n# stage = "meal"' in drafted
    assert f'# [questions."{key} | Cloakroom"]\n# stage = "..."' in drafted
