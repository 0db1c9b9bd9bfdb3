"""The files beside the workbook that other programs take: .xmind, the tidy CSV, the lists of people."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import xmindparser

from research_kit.records import EMOTIONS, LANGUAGES
from research_kit.write import RunContent, write_run
from research_kit.write.tables import to_csv
from research_kit.write.xmind import MARKERS, journey_xmind
from tests.write.conftest import small_content

KNOWN_MARKERS = {f"smiley-{k}" for k in ("laugh", "smile", "cry", "surprise", "boring", "angry", "embarrass")}


@pytest.fixture(scope="module", params=LANGUAGES)
def run(request: pytest.FixtureRequest) -> RunContent:
    return small_content(request.param)


def topics(topic: dict) -> list[dict]:
    return [topic, *(t for child in topic.get("children", {}).get("attached", []) for t in topics(child))]


def test_an_xmind_file_is_what_the_apps_expect(run: RunContent) -> None:
    data = journey_xmind(run.journey)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_STORED}
        sheets = json.loads(archive.read("content.json"))
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["file-entries"]) <= set(archive.namelist())
        assert json.loads(archive.read("metadata.json"))["dataStructureVersion"] == "2"
    every = [t for sheet in sheets for t in topics(sheet["rootTopic"])]
    ids = [t["id"] for t in every] + [s["id"] for s in sheets]
    assert len(set(ids)) == len(ids)
    assert all(len(t.get("markers", [])) <= 1 for t in every)
    assert {m["markerId"] for t in every for m in t.get("markers", [])} <= KNOWN_MARKERS
    stages = sheets[0]["rootTopic"]["children"]["attached"]
    assert [t["title"] for t in stages] == [s.name for s in run.journey.stages]
    assert stages[2]["labels"] == ["n = 27"] or stages[2]["labels"][0].startswith("n = ")
    assert stages[3]["notes"]["plain"]["content"]


def test_a_second_reader_reads_the_xmind_file(run: RunContent, tmp_path: Path) -> None:
    path = tmp_path / "journey.xmind"
    path.write_bytes(journey_xmind(run.journey))

    (first, *_) = xmindparser.xmind_to_dict(str(path))

    assert [t["title"] for t in first["topic"]["topics"]] == [s.name for s in run.journey.stages]


def test_every_emotion_has_a_face() -> None:
    assert set(MARKERS) == set(EMOTIONS)


def test_the_tidy_csv_has_one_line_a_row(run: RunContent, first_run: Callable, tmp_path: Path) -> None:
    first_run(run, tmp_path)
    with (tmp_path / "journey.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == sum(len(c.lines) for c in run.journey.cells)
    assert rows[0]["stage"] == run.journey.stages[0].name
    assert rows[0]["n"] == str(run.journey.cells[0].claims[0].n)


def test_people_are_listed_by_persona_and_lists_of_gone_personas_leave(
    run: RunContent, first_run: Callable, tmp_path: Path
) -> None:
    first_run(run, tmp_path)
    (tmp_path / "segments" / "mine.csv").write_text("kept", encoding="utf-8")
    listed = pd.read_csv(tmp_path / "segments" / "persona-1.csv", encoding="utf-8-sig")
    members = run.personas.membership["persona"]

    assert list(listed.columns) == ["respondent", "source", "row", "wave", "probability"]
    assert set(listed["respondent"]) == set(run.responses.respondents.loc[members == "persona-1", "respondent"])

    write_run(replace(run, personas=replace(run.personas, personas=run.personas.personas[:2])), tmp_path)
    assert {p.name for p in (tmp_path / "segments").iterdir()} == {"persona-1.csv", "persona-2.csv", "mine.csv"}


def test_numbers_stay_numbers_and_formulas_become_text_in_csv() -> None:
    data = to_csv(pd.DataFrame({"n": [-1.5, 2.0], "text": ["-1", "@SUM(A1)"], "safe": ["a", None]}))

    assert data.decode("utf-8-sig").splitlines() == ["n,text,safe", "-1.5,'-1,a", "2,'@SUM(A1),"]
