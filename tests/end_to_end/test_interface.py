"""The files of a run and the Python names, held to the contract name by name and column by column."""

from __future__ import annotations

import csv
import inspect
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import research_kit as rk
from research_kit.records import EMOTIONS, KINDS, LANES, ROLES, SENTIMENTS, STAGE_REASONS

STUDIES = ("notebook-ux", "cafe-zh-hant", "airline-etiquette")
FILES = {
    "journey-map.xlsx", "respondents.csv", "personas.json", "journey.json", "mentions.parquet", "codebook.csv", "run.json", "timings.json",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=STUDIES)
def folder(request: pytest.FixtureRequest, runs: Callable[[str], Path]) -> Path:
    return runs(request.param)


def test_every_file_is_there(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} >= FILES


def test_csv_files_open_in_excel_and_have_their_columns(folder: Path) -> None:
    for name, columns in {
        "respondents.csv": ["respondent", "source", "row", "wave", "persona", "probability", "weight", "excluded"],
        "codebook.csv": ["source", "key", "text", "kind", "role", "scale", "options", "n", "missing", "reason"],
    }.items():
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")
        assert list(rows(folder / name)[0]) == columns


def test_the_codebook_says_what_each_question_is_and_why(folder: Path) -> None:
    for row in rows(folder / "codebook.csv"):
        assert row["kind"] in KINDS
        assert row["role"] in ROLES
        assert row["reason"]


def test_personas_json(folder: Path) -> None:
    found = json.loads((folder / "personas.json").read_text(encoding="utf-8"))

    assert set(found) >= {"n_personas", "verdict", "reasons", "curve", "personas"}
    assert found["n_personas"] == len(found["personas"])
    assert found["verdict"] in ("strong", "moderate", "weak", "none", "declared")
    assert found["reasons"]
    for persona in found["personas"]:
        assert set(persona) >= {"id", "name", "n", "share", "low", "high", "traits", "quotes"}
        assert persona["low"] <= persona["share"] <= persona["high"]


def test_journey_json(folder: Path) -> None:
    found = json.loads((folder / "journey.json").read_text(encoding="utf-8"))

    assert set(found) >= {"stages", "lanes", "sources", "cells", "curves", "themes", "opportunities"}
    assert found["lanes"] == list(LANES)
    stages = {s["key"] for s in found["stages"]}
    for cell in found["cells"]:
        assert set(cell) >= {"persona", "stage", "lane", "lines", "n", "low", "high", "evidence"}
        assert cell["stage"] in stages
        assert cell["lane"] in LANES


def test_every_evidence_id_leads_to_a_verbatim_of_the_file(folder: Path) -> None:
    found = json.loads((folder / "journey.json").read_text(encoding="utf-8"))
    mentions = pq.read_table(folder / "mentions.parquet").to_pandas()
    known = set(mentions["mention_id"])

    cited = {e for c in found["cells"] for e in c["evidence"]} | {e for t in found["themes"] for e in t["evidence"]}

    assert cited <= known
    if len(mentions):
        assert cited


def test_mentions_parquet(runs: Callable[[str], Path]) -> None:
    mentions = pq.read_table(runs("cafe-zh-hant") / "mentions.parquet").to_pandas()

    assert {
        "text_id", "mention", "text", "start", "end", "language", "sentiment", "valence", "emotion", "emotion_score", "stage", "stage_reason",
        "touchpoint", "channel", "kind", "pain", "theme", "respondent", "source", "row", "question", "persona",
    } <= set(mentions.columns)  # fmt: skip
    assert set(mentions["language"]) <= {"en", "zh-Hant", "zh-Hans", "mixed", "other"}
    assert set(mentions["sentiment"].dropna()) <= set(SENTIMENTS)
    assert set(mentions["emotion"].dropna()) <= set(EMOTIONS)
    assert set(mentions["stage_reason"]) <= set(STAGE_REASONS)
    assert set(mentions["kind"]) <= {"pain", "delight", "wish", "statement"}
    assert mentions["valence"].dropna().between(-1, 1).all()
    assert mentions["valence"].isna().eq(mentions["sentiment"].isna()).all()


def test_mentions_stand_in_their_comment_word_for_word(runs: Callable[[str], Path], samples: Path) -> None:
    mentions = pq.read_table(runs("notebook-ux") / "mentions.parquet").to_pandas()
    with (samples / "notebook-ux" / "20160115235816-SurveyExport.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))

    for m in mentions.sample(300, random_state=1).itertuples():
        cell = lines[m.row - 1]
        assert any(m.text in c for c in cell) or "[" in m.text, (m.text, cell)


def test_run_json(folder: Path) -> None:
    found = json.loads((folder / "run.json").read_text(encoding="utf-8"))

    assert set(found) >= {"inputs", "versions", "settings", "seed", "dropped", "masked", "accuracy", "edits"}
    assert all(len(i["sha256"]) == 64 for i in found["inputs"])


def test_the_python_names() -> None:
    assert list(inspect.signature(rk.read).parameters) == ["path", "overrides"]
    assert list(inspect.signature(rk.annotate).parameters) == ["texts", "questions", "ratings", "languages", "stages", "unit"]
    assert {"n_personas", "blocks", "random_state"} <= set(inspect.signature(rk.PersonaModel).parameters)
    assert list(inspect.signature(rk.Stage).parameters) == ["key", "names", "description", "keywords"]
    assert {"from_dict", "to_dict", "write"} <= set(dir(rk.JourneyMap))


def test_rk_run_takes_the_path_of_an_export_or_of_a_study_file(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(
        "Anything else?\n" + "The queue was far too long\nVery friendly staff\n" * 3, encoding="utf-8"
    )
    (tmp_path / "study.toml").write_text('[study]\nname = "Shop"\n[[source]]\npath = "shop.csv"\n', encoding="utf-8")

    assert rk.run(str(tmp_path / "shop.csv")).study.name == "shop"
    assert rk.run(tmp_path / "study.toml").study.name == "Shop"


def test_rk_read_stays_a_function_after_the_stages_were_imported(samples: Path) -> None:
    import research_kit.reading

    responses = rk.read(samples / "airline-etiquette" / "flying-etiquette.csv")

    assert isinstance(responses.answers, pd.DataFrame)
    assert len(responses.respondents) == 1040
    features, blocks = responses.features()
    assert len(features) <= 1040
    assert {c for block in blocks.values() for c in block} <= set(features.columns)
    assert research_kit.reading.read_export


def test_annotate_answers_one_row_per_text_in_order() -> None:
    found = rk.annotate(["Great coffee.", "等了四十分鐘，但店員很親切", "", "table"], unit="text")

    assert found["text_id"].tolist() == [0, 1, 2, 3]
    assert found["sentiment"].tolist()[:2] == ["positive", "mixed"]
    assert found["valence"].isna().tolist()[2:] == [True, True]
