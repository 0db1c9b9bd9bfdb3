"""The Personas sheet: headings only where somebody has a line under them, who is left over, and which questions formed the personas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from research_kit import labels
from research_kit.records import LANGUAGES, Language, Persona, Personas, Quote, Trait
from research_kit.write import RunContent
from research_kit.write.sheets.model import Sheet
from research_kit.write.sheets.personas import personas_sheet
from research_kit.write.sheets.words import Words
from tests.write.conftest import content


def lines(sheet: Sheet) -> list[str]:
    return [str(cell.text) for block in sheet.blocks for row in block.rows for cell in row.cells if cell.text is not None]


def trait(text: str, facet: str = "") -> Trait:
    return Trait("q1", "q1", "x", text, 0.8, 0.2, 0.7, 0.9, 1.0, 0.001, facet)


def run_with(language: Language, people: list[Persona], **more: object) -> RunContent:
    run = content(language, 60)
    found = Personas(tuple(people), "strong", ("because",), (), run.personas.membership, **more)  # type: ignore[arg-type]
    return replace(run, personas=found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_stand_under_what_they_are_about(language: Language) -> None:
    one = Persona(
        "persona-1",
        "One",
        60,
        0.6,
        0.5,
        0.7,
        traits=(trait("daily", "does"), trait("fair", "agrees")),
        outcomes=(trait("score 8"),),
    )
    two = Persona("persona-2", "Two", 40, 0.4, 0.3, 0.5, traits=(trait("cake", "wants"),))
    told = lines(personas_sheet(run_with(language, [one, two]), Words(language)))
    for facet, text in (("does", "daily"), ("wants", "cake"), ("agrees", "fair")):
        assert told.index(labels.label("personas", f"facet_{facet}", language)) < told.index(text)
    for facet in ("feels", "disagrees"):
        assert labels.label("personas", f"facet_{facet}", language) not in told
    assert told.index(labels.label("personas", "outcomes", language)) < told.index("score 8")


def test_a_persona_that_nothing_sets_apart_says_so() -> None:
    one = Persona("group-1", "One", 60, 0.6, 0.5, 0.7, traits=(trait("daily", "does"),))
    two = Persona("group-2", "Two", 40, 0.4, 0.3, 0.5)
    told = lines(personas_sheet(run_with("en", [one, two]), Words("en")))
    assert told.count("Nothing that they answered sets them apart clearly.") == 1


def test_who_is_left_over_and_which_questions_took_part() -> None:
    run = content("en", 60)
    keys = [q.key for q in run.responses.questions[:3]]
    nobody = Persona("none", "Represented by no persona", 26, 0.03, 0.02, 0.04, demographics=(trait("Age: old: 80%"),))
    one = Persona("persona-1", "One", 60, 1.0, 0.9, 1.0, traits=(trait("daily", "does"),))
    left = ((keys[1], "a date"), (keys[2], "a date"), ("gone", "another reason"))
    found = run_with("en", [one], unplaced=nobody, used=(keys[0],), left_out=left)
    told = lines(personas_sheet(found, Words("en")))
    assert told[told.index("Represented by no persona") + 1].startswith("3.0%  (26 people")
    assert "Age: old: 80%" in told
    texts = {q.key: q.text for q in run.responses.questions}
    assert any(line.startswith("Formed by: ") and texts[keys[0]][:40] in line for line in told)
    together = next(line for line in told if line.startswith("Left out, a date: "))
    assert texts[keys[1]][:40] in together
    assert texts[keys[2]][:40] in together
    assert any(line.startswith("Left out, another reason: ") and "gone" in line for line in told)


def test_many_questions_are_counted() -> None:
    one = Persona("persona-1", "One", 60, 1.0, 0.9, 1.0, traits=(trait("daily", "does"),))
    told = lines(personas_sheet(run_with("en", [one], used=tuple(f"key{i}" for i in range(30))), Words("en")))
    assert next(line for line in told if line.startswith("Formed by: ")).endswith("18 more")


@pytest.mark.parametrize(("personas", "shown"), [(1, 5), (4, 3)])
def test_quotes_fit_a_row_of_excel(personas: int, shown: int) -> None:
    quotes = tuple(Quote(f"{i} " + "word " * 100, f"c{i}", "survey.csv", i, f"r{i}") for i in range(7))
    people = [Persona(f"persona-{i}", f"P{i}", 60, 0.2, 0.1, 0.3, quotes=quotes) for i in range(personas)]
    told = [line for line in lines(personas_sheet(run_with("en", people), Words("en"))) if "survey.csv, row" in line]
    assert len(told) == personas
    assert all(len(text.split("\n")) == shown and len(text) < shown * 260 for text in told)
