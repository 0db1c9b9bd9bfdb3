"""The shipped studies: whole, licensed, loadable, and the synthetic one reproducible with a truth that can be found."""

import csv
import hashlib
import re
import runpy
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from research_kit.study import Study

SAMPLES = Path(__file__).parent.parent / "sample_surveys"
CAFE = SAMPLES / "cafe-zh-hant"
LICENCES = {"notebook-ux": "CC0 1.0", "cafe-zh-hant": "CC0 1.0", "airline-etiquette": "CC BY 4.0"}
UNEDITED = {
    "notebook-ux/20160115235816-SurveyExport.csv": "97157bdbc67f13db76f6b0f58516eafa24bb4a194b46b7fae9b9d3d5650559fa",
    "airline-etiquette/flying-etiquette.csv": "d65ad4105666732c9cb93780f6ac28617f916c2450ac48618f89ac0145d670f2",
}


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def header(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


@pytest.fixture(scope="module")
def make():
    return runpy.run_path(str(CAFE / "make.py"))


@pytest.fixture(scope="module")
def comments(make):
    """All hand-written comments, by file."""
    return {path.stem: make["read_comments"](path) for path in sorted((CAFE / "comments").glob("*.txt"))}


# ---------------------------------------------------------------- all studies


def test_every_folder_is_a_listed_study_with_a_licence():
    folders = {p.name for p in SAMPLES.iterdir() if p.is_dir()}
    assert folders == set(LICENCES)
    index = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for name, licence in LICENCES.items():
        readme = (SAMPLES / name / "README.md").read_text(encoding="utf-8")
        assert licence in readme, f"{name}: the README does not state {licence}"
        assert re.search(rf"\[{name}\].*{re.escape(licence)}", index), f"{name} is not in the index with its licence"


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_study_file_loads_with_its_stages_in_three_languages(name):
    study = Study.load(SAMPLES / name / "study.toml")
    assert len(study.stages) >= 5
    for stage in study.stages:
        assert set(stage.names) == {"en", "zh-Hant", "zh-Hans"}
        assert stage.description
        assert len(stage.keywords) == len(set(stage.keywords)) >= 5
    assert all(source.path.is_file() for source in study.sources)


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_question_is_named_by_words_that_only_it_has(name):
    """Columns of one question ("Aspect #1:What ...") count once."""
    raw = tomllib.loads((SAMPLES / name / "study.toml").read_text(encoding="utf-8"))
    texts = {
        re.sub(r"^(.*#\d|Other.*?):+(?=\S)", "", " ".join(column.split()))
        for source in raw["source"]
        for column in header(SAMPLES / name / source["path"])
    }
    for part in raw["questions"]:
        assert sum(part in text for text in texts) == 1, part


@pytest.mark.parametrize(("file", "digest"), UNEDITED.items())
def test_real_exports_are_as_published(file, digest):
    assert hashlib.sha256((SAMPLES / file).read_bytes()).hexdigest() == digest


# ---------------------------------------------------------------- the synthetic café


def test_the_script_gives_the_committed_files_byte_for_byte(make, tmp_path):
    make["main"](tmp_path)
    for name in ("questionnaire.csv", "google-maps-reviews.csv", "truth.csv"):
        assert (tmp_path / name).read_bytes() == (CAFE / name).read_bytes(), f"{name}: run make.py and commit what it writes"


def test_the_script_names_a_line_that_is_no_comment(make, tmp_path):
    (tmp_path / "like.txt").write_text("[work]\n+ 好\n? 不知道語氣\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 3: neither a heading nor a comment"):
        make["read_comments"](tmp_path / "like.txt")


def test_at_least_600_distinct_comments_are_in_the_exports(comments):
    def bare(text):
        return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())

    written = [c.text for found in comments.values() for c in found]
    assert len({bare(t) for t in written}) == len(written), "two comments are the same but for punctuation"
    exported = {
        cell for name in ("questionnaire.csv", "google-maps-reviews.csv") for row in table(CAFE / name) for cell in row.values()
    }
    assert len(exported & set(written)) == 804


def test_no_comment_is_used_twice(comments):
    written = {c.text for found in comments.values() for c in found}
    cells = [
        cell for name in ("questionnaire.csv", "google-maps-reviews.csv") for row in table(CAFE / name) for cell in row.values()
    ]
    assert [text for text, n in Counter(cells).items() if n > 1 and text in written and len(text) > 4] == []


def test_comments_are_no_series_with_the_same_opening(comments):
    openings = Counter("".join(c.text.split())[:5] for found in comments.values() for c in found if len(c.text) > 8)
    assert openings.most_common(1)[0][1] <= 2


def test_counts_of_the_export_files(make):
    people, reviews = table(CAFE / "questionnaire.csv"), table(CAFE / "google-maps-reviews.csv")
    assert len(people) == sum(make["RESPONDENTS"].values()) == 360
    assert len(reviews) == 159
    assert {row["評分"] for row in reviews} == set("12345")
    assert sum(not row["評論內容"] for row in reviews) == 37
    assert (CAFE / "questionnaire.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_about_8_percent_of_closed_answers_are_missing(make):
    people = table(CAFE / "questionnaire.csv")
    closed = [*make["SINGLE"], make["NPS"], *make["DEMOGRAPHIC"]]
    blank = sum(not row[question] for row in people for question in closed)
    assert 0.06 < blank / (len(people) * len(closed)) < 0.11


def test_answers_fit_the_one_who_gave_them(make, comments):
    """A student's comment is said by a student, a comment on the branch in Tainan stands in Tainan's row."""
    people = table(CAFE / "questionnaire.csv")
    asked = make["OPEN"]
    checked = 0
    for question, text in asked.items():
        needs = {c.text: make["WHO"][c.who] for c in comments[question] if c.who}
        for row in people:
            if row[text] in needs:
                column, allowed = needs[row[text]]
                assert row[column] in allowed, row[text]
                checked += 1
    assert checked > 30


def test_the_truth_has_a_group_for_every_record_and_no_run_reads_it():
    truth = table(CAFE / "truth.csv")
    assert [int(row["record"]) for row in truth] == [*range(1, 361), *range(1, 160)]
    assert Counter(row["group"] for row in truth if row["file"] == "questionnaire.csv") == {
        "work": 124,
        "takeout": 132,
        "gather": 104,
    }
    assert "truth" not in (CAFE / "study.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_groups_can_be_found_but_not_read_off():
    """Latent class analysis on the closed answers: clearly better than chance, clearly worse than a leak."""
    import pandas as pd
    from sklearn.metrics import adjusted_rand_score
    from stepmix.stepmix import StepMix

    people = pd.DataFrame(table(CAFE / "questionnaire.csv"))
    truth = [row["group"] for row in table(CAFE / "truth.csv") if row["file"] == "questionnaire.csv"]
    coded = {}
    for question in people.columns[2:15]:
        answers = people[question]
        if "可複選" in question:
            for option in sorted({o for cell in answers for o in cell.split(", ") if o}):
                coded[question + option] = answers.map(lambda cell, option=option: option in cell.split(", ")).where(
                    answers.ne("")
                )
        else:
            coded[question] = pd.Series(pd.Categorical(answers.where(answers.ne("")))).cat.codes.replace(-1, float("nan"))
    codes = pd.DataFrame(coded).astype(float)
    model = StepMix(n_components=3, measurement="categorical_nan", n_init=3, random_state=0, progress_bar=0, verbose=0)
    assert 0.7 < adjusted_rand_score(truth, model.fit(codes).predict(codes)) < 0.92
    for column in codes:
        assert adjusted_rand_score(truth, codes[column].fillna(-1)) < 0.5, f"{column} gives the group away"
