"""A pain that was renamed or dismissed on its own sheet, in all that a run writes."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from research_kit.records import Opportunity
from research_kit.write import write_run
from research_kit.write.renamed import with_names, with_people
from research_kit.write.summary import lines
from tests.write.conftest import small_content
from tests.write.hand import place, reading

NAME, WHO = "Queue on the phone", "Young spenders"


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


def test_a_renamed_persona_is_called_so_everywhere_and_in_every_later_run(folder: Path) -> None:
    run = small_content()
    person = run.personas.personas[0]
    book = load_workbook(folder / "journey-map.xlsx", rich_text=True)
    place(book, "personas", "name", person.id).value = WHO
    book.save(folder / "journey-map.xlsx")

    for _ in range(3):
        write_run(run, folder)
        book = reading(folder / "journey-map.xlsx")

        assert WHO in book.sheetnames
        assert person.name not in book.sheetnames
        texts = [str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value]
        assert not [text for text in texts if person.name in text]
        assert sum(WHO in text for text in texts) >= 4  # map, Personas, Overview, heat map
        for name in ("journey.json", "personas.json", "journey.html", "journey.csv"):
            written = (folder / name).read_text(encoding="utf-8-sig")
            assert WHO in written, name
            assert person.name not in written, name
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["edits"] == {
        "kept": 1, "conflicts": 0, "moved": 0, "lost_objects": [],
    }  # fmt: skip


def test_the_draft_of_a_persona_comes_back_when_the_name_is_deleted(folder: Path) -> None:
    person = small_content().personas.personas[0]
    for name in (WHO, None, person.name):
        book = load_workbook(folder / "journey-map.xlsx", rich_text=True)
        place(book, "personas", "name", person.id).value = name
        book.save(folder / "journey-map.xlsx")
        write_run(small_content(), folder)

        assert {p["name"] for p in journey(folder)["personas"] if p["id"] == person.id} == {name or person.name}


def test_a_renamed_persona_is_called_so_in_the_model_that_types_the_next_wave() -> None:
    run = small_content()
    person = run.personas.personas[0]
    stored = {"names": {p.id: p.name for p in run.personas.personas}, "parameters": {}}
    run = replace(run, personas=replace(run.personas, model=stored, reasons=(f"{person.name} stands apart.",)))

    found = with_people(run, {person.id: WHO}).personas

    assert found.model["names"] == {**stored["names"], person.id: WHO}
    assert found.reasons == (f"{WHO} stands apart.",)
    assert with_people(run, {"persona-99": WHO}) is run


def test_the_last_lines_of_a_run_use_the_names_that_were_given(folder: Path) -> None:
    run, findings = small_content(), SimpleNamespace(**vars(small_content()))
    findings.packed = run.mentions
    top = max((t for t in run.journey.themes if t.kind == "pain"), key=lambda t: t.n)
    edit(folder, top.id, "label", NAME)
    book = load_workbook(folder / "journey-map.xlsx", rich_text=True)
    place(book, "personas", "name", run.personas.personas[0].id).value = WHO
    book.save(folder / "journey-map.xlsx")
    write_run(run, folder)
    told = "\n".join(lines(findings, folder))

    assert NAME in told
    assert top.label not in told
    assert WHO in told


def test_the_draft_comes_back_when_the_name_is_deleted(folder: Path) -> None:
    theme = next(t for t in journey(folder)["themes"] if t["kind"] == "pain")
    edit(folder, theme["id"], "label", NAME)
    write_run(small_content(), folder)
    edit(folder, theme["id"], "label", theme["label"])
    write_run(small_content(), folder)

    assert {t["label"] for t in journey(folder)["themes"] if t["id"] == theme["id"]} == {theme["label"]}


def test_a_dismissed_pain_stands_in_its_table_and_nowhere_else(folder: Path) -> None:
    theme, name = next((t["id"], t["label"]) for t in journey(folder)["themes"] if t["kind"] == "pain")
    edit(folder, theme, "dismiss", "dismissed")
    run = small_content()
    write_run(replace(run, journey=replace(run.journey, types=("current", "future"))), folder)

    assert theme not in {t["id"] for t in journey(folder)["themes"]}
    book = load_workbook(folder / "journey-map.xlsx")
    named = {
        sheet.title
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if sheet.sheet_state == "visible" and name in str(cell.value)
    }
    assert "Pain points" in named
    assert not named & {"Overview", "Everyone", "Personas", "Future state", "Opportunities"}
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
