"""Every platform's layout is recognised by its signature, and its columns get their text, label and meaning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from research_kit.labels import Sentence, say
from research_kit.reading import read_export
from research_kit.records import COLUMN_HINTS
from research_kit.study import SourceSpec

CASES = Path(__file__).parents[1] / "cases" / "reading" / "platforms"
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_synthetic_export(name: str) -> None:
    expected = EXPECTED[name]
    export = read_export(SourceSpec(path=CASES / name))

    assert (export.platform, export.type, export.header_rows) == (expected["platform"], expected["type"], expected["header_rows"])
    assert len(export.cells) == expected["n"]
    found = {str(c.position): [c.text, c.label, c.hint] for c in export.columns}
    assert {k: found[k] for k in expected["columns"]} == expected["columns"]
    for place, text in expected["cells"].items():
        row, column = map(int, place.split(","))
        assert export.cells.loc[row, column] == text
    assert {expected["note"]} <= {"", *(n.key for n in export.notes if isinstance(n, Sentence))}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_export_is_whole(name: str) -> None:
    """Columns and cells agree, hints are known, and the rule is a sentence."""
    export = read_export(SourceSpec(path=CASES / name))

    assert [c.position for c in export.columns] == list(range(len(export.columns))) == list(export.cells.columns)
    assert {c.hint for c in export.columns} <= {"", *COLUMN_HINTS}
    assert all(c.text for c in export.columns)
    assert export.rule.endswith(".")
    assert all(note.endswith((".", "�")) for note in export.notes)
    for sentence in (export.rule, *export.notes):
        assert isinstance(sentence, Sentence)
        assert len({sentence, say(sentence, "zh-Hant"), say(sentence, "zh-Hans")}) == 3
    assert export.cells.index.is_unique
    assert not export.cells.isna().any().any()


def test_every_fixture_is_expected() -> None:
    """No file lies there untested."""
    assert {p.name for p in CASES.iterdir()} - {"expected.json"} == set(EXPECTED)
