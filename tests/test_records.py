"""What travels: plain data, lookups, and that nobody changes a table that was handed over."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import research_kit as rk
from research_kit import journey, personas, questions, text
from research_kit.records import EVIDENCE_COLUMNS, MENTION_COLUMNS, RESPONDENT_COLUMNS, Scale, Stage, plain
from research_kit.study import Study

reading = import_module("research_kit.reading")


def test_records_become_plain_data() -> None:
    assert plain(Scale(1, 5, ("low", "high"), "up")) == {"min": 1, "max": 5, "labels": ["low", "high"], "direction": "up"}
    assert plain({"a": (np.int64(3), None)}) == {"a": [3, None]}
    assert plain(Path("somewhere") / "words.txt") == "words.txt"
    with pytest.raises(TypeError, match="a file of its own"):
        plain(pd.DataFrame())


def test_a_stage_has_a_name_in_every_language() -> None:
    stage = Stage("use", {"en": "Use", "zh-Hant": "體驗"})

    assert (stage.name("zh-Hant"), stage.name("zh-Hans"), Stage("x").name("en")) == ("體驗", "Use", "x")


def test_no_stage_changes_what_it_was_given(samples: Path) -> None:
    study = Study.load(samples / "cafe-zh-hant" / "study.toml")
    exports = [reading.read_export(s, name=s.path.name) for s in study.sources]
    cells = [e.cells.copy(deep=True) for e in exports]

    responses = questions.understand(exports, study)
    for export, before in zip(exports, cells, strict=True):
        pd.testing.assert_frame_equal(export.cells, before)
    handed = {name: getattr(responses, name).copy(deep=True) for name in ("respondents", "answers", "comments")}

    found = personas.form(responses, study, "zh-Hant")
    membership = found.membership.copy(deep=True)
    reader = text.learn(responses.comments, study, "zh-Hant")
    mentions = pd.concat(reader.read(responses.comments), ignore_index=True)
    mentions["persona"] = mentions["unit"].map(found.membership["persona"])
    kept = mentions.copy(deep=True)
    personas.assign(found, responses, study, "zh-Hant")
    builder = journey.Builder(responses, found, study, "zh-Hant")
    builder.add(mentions)
    builder.result(reader.report)

    for name, before in handed.items():
        pd.testing.assert_frame_equal(getattr(responses, name), before)
    pd.testing.assert_frame_equal(found.membership, membership)
    pd.testing.assert_frame_equal(mentions, kept)
    assert tuple(responses.respondents.columns) == RESPONDENT_COLUMNS
    assert {*MENTION_COLUMNS, *EVIDENCE_COLUMNS} <= set(mentions.columns)


def test_results_say_how_much_they_hold_in_one_line(tmp_path: Path) -> None:
    """As the last line of a notebook's cell: tables would fill pages."""
    path = tmp_path / "x.csv"
    rows = [f"Friend,It took {i} minutes to load and then it failed\nAdvert,\n" for i in range(2, 17)]
    path.write_text("How did you hear of us?,What could be better?\n" + "".join(rows), encoding="utf-8")
    found = rk.run(rk.Study.from_files([path]))

    assert repr(found.responses) == "Responses(2 questions, 30 respondents, 15 comments)"
    assert repr(found.journey).startswith("JourneyMap('X': 6 stages, 0 personas, ")
    assert repr(found).startswith("Findings('x': 30 respondents, 0 personas, ")
    assert repr(found.personas) == "Personas(0, none)"
    assert len(repr(found)) < 200
    assert "\n" not in repr(found)
