"""A pain that was renamed or dismissed on its own sheet, in all that a run writes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit.records import Opportunity
from research_kit.write import write_run
from research_kit.write.renamed import with_names
from tests.write.conftest import small_content
from tests.write.test_edits import place, reading

NAME = "Queue on the phone"


def edit(folder: Path, theme: str, column: str, value: object) -> None:
    book = load_workbook(folder / "journey-map.xlsx", rich_text=True)
    place(book, "pains", f"theme:{theme}", column).value = value
    book.save(folder / "journey-map.xlsx")


def journey(folder: Path) -> dict:
    return json.loads((folder / "journey.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_run(small_content(), tmp_path / "out")
    return tmp_path / "out"


def test_a_renamed_pain_is_called_so_everywhere_and_in_every_later_run(folder: Path) -> None:
    theme = next(t for t in journey(folder)["themes"] if t["kind"] == "pain")
    edit(folder, theme["id"], "label", NAME)

    for _ in range(3):
        write_run(small_content(), folder)
        found = journey(folder)

        assert {t["label"] for t in found["themes"] if t["id"] == theme["id"]} == {NAME}
        assert place(reading(folder / "journey-map.xlsx"), "pains", f"theme:{theme['id']}", "label").value == NAME
        for cell in found["cells"]:
            for line, claim in zip(cell["lines"], cell.get("claims", []), strict=False):
                assert claim["theme"] != theme["id"] or theme["label"] not in line
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["edits"]["kept"] == 1


def test_the_draft_comes_back_when_the_name_is_deleted(folder: Path) -> None:
    theme = next(t for t in journey(folder)["themes"] if t["kind"] == "pain")
    edit(folder, theme["id"], "label", NAME)
    write_run(small_content(), folder)
    edit(folder, theme["id"], "label", theme["label"])
    write_run(small_content(), folder)

    assert {t["label"] for t in journey(folder)["themes"] if t["id"] == theme["id"]} == {theme["label"]}


def test_a_dismissed_pain_stands_in_its_table_and_nowhere_else(folder: Path) -> None:
    theme = next(t["id"] for t in journey(folder)["themes"] if t["kind"] == "pain")
    edit(folder, theme, "dismiss", "dismissed")
    write_run(small_content(), folder)

    assert theme not in {t["id"] for t in journey(folder)["themes"]}
    assert place(reading(folder / "journey-map.xlsx"), "pains", f"theme:{theme}", "label").value

    edit(folder, theme, "dismiss", None)
    write_run(small_content(), folder)

    assert theme in {t["id"] for t in journey(folder)["themes"]}


def test_an_opportunity_that_quotes_the_name_quotes_the_new_one() -> None:
    content = small_content().journey
    theme = content.themes[0]
    quoting = Opportunity("o", theme.stage, f"How might we end “{theme.label}”?", theme.id, 1, 0.0, 1.0, 0.5, "low", "")

    found = with_names(replace(content, opportunities=(quoting,)), {theme.id: NAME})

    assert found.opportunities[0].text == f"How might we end “{NAME}”?"
    assert with_names(content, {"no-such-theme": NAME}) == content
