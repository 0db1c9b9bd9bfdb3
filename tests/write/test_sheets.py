"""What stands on the sheets: map cells lead to their evidence and back, thin cells say so, three languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit import labels
from research_kit.records import EVERYONE, LANGUAGES, Theme
from research_kit.write.book import workbook
from research_kit.write.readback import grids
from research_kit.write.sheets.evidence import gather
from research_kit.write.sheets.lists import pains_sheet
from research_kit.write.sheets.words import Words, cell_key
from tests.write.conftest import content
from tests.write.sample import STAGES


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest, first_run: Callable, tmp_path_factory: pytest.TempPathFactory):
    run, path = content(request.param, 60), tmp_path_factory.mktemp("book")
    first_run(run, path)
    return run, load_workbook(path / "journey-map.xlsx")


def test_sheets_in_their_order(book) -> None:
    run, wb = book
    words = Words(run.language)

    shown = [s.title for s in wb if s.sheet_state == "visible"]

    names = [p.name for p in run.journey.personas[1:]]
    ends = [words(f"sheet_{k}") for k in ("personas", "pains", "opportunities", "evidence", "codebook", "method")]
    assert shown == [words("sheet_overview"), words("sheet_everyone"), *names, *ends]


def test_map_cells_lead_to_their_block_of_evidence(book) -> None:
    _, wb = book
    found = grids(wb)
    evidence = found["evidence"]
    keys = {row: evidence.value(row, "cell") for row in evidence.rows if "#" in row}
    one = found[f"map:current:{EVERYONE}"]
    seen = 0
    for link in (c.hyperlink for row in one.sheet.iter_rows() for c in row if c.hyperlink):
        name, place = link.location.rsplit("!", 1)
        assert name.strip("'") == evidence.sheet.title
        first, last = (int("".join(c for c in p if c.isdigit())) for p in place.split(":"))
        rows = [evidence.sheet.cell(r, 1).value for r in range(first, last + 1)]
        cells = {keys[r] for r in rows}
        assert len(cells) == 1
        assert [r for r, k in keys.items() if k in cells] == rows
        seen += 1
    assert seen >= 30


def test_evidence_leads_back_and_names_file_and_row(book) -> None:
    run, wb = book
    found = grids(wb)
    one = found["evidence"]
    mentions = run.mentions.frame().set_index("mention_id")
    keys = [k for k in one.rows if "#" in k]
    for key in keys[:200]:
        mention = mentions.loc[one.value(key, "mention")]
        assert one.value(key, "source") == mention["source"]
        assert one.value(key, "row") == mention["row"]
        assert one.value(key, "quote") == mention["text"]
    back = one.sheet.cell(one.rows[keys[0]], one.columns["cell"]).hyperlink
    target = grids(wb)[f"map:current:{EVERYONE}"]
    assert back.location.startswith(f"'{target.sheet.title}'!")


def test_thin_cells_say_so(book) -> None:
    run, wb = book
    words = Words(run.language)
    one = grids(wb)["map:current:persona-1"]

    assert one.value("lane:goals", "retention") == words("not_enough")
    for stage in STAGES:
        curve = next(c for c in run.journey.curves if (c.persona, c.stage, c.source) == ("persona-1", stage, "survey.csv"))
        value = one.value("mean:survey.csv", stage)
        assert (value is None) == (curve.mean is None)
        assert curve.mean is None or value == pytest.approx(curve.mean, abs=0.006)


def test_best_and_worst_moments_are_marked(book) -> None:
    run, wb = book
    one = grids(wb)[f"map:current:{EVERYONE}"]

    assert one.value("stage_n", "purchase").startswith(labels.label("workbook", "worst", run.language))
    assert one.value("stage_n", "use").startswith(labels.label("workbook", "best", run.language))


def test_the_emotion_curve_is_a_native_chart_under_its_stages(book) -> None:
    _, wb = book
    one = grids(wb)[f"map:current:{EVERYONE}"]
    (chart,) = one.sheet._charts

    assert chart.anchor._from.col + 1 == one.columns["awareness"]
    assert chart.anchor.to.col == one.columns["advocacy"]
    assert chart.anchor._from.row + 1 == one.rows["curve"]
    assert [s.errBars is not None for s in chart.series] == [True, True]
    assert f"${one.rows['mean:survey.csv']}" in chart.series[0].val.numRef.f


def test_a_cut_of_the_evidence_is_fair_and_stated() -> None:
    run = content("en", 60)
    pieces, total = gather(run.journey, most=300)
    counts: dict[str, int] = {}
    for piece in pieces:
        key = cell_key(piece.cell.persona, piece.cell.stage, piece.cell.lane)
        counts[key] = counts.get(key, 0) + 1

    assert len(pieces) <= 300 < total
    assert set(counts) == {cell_key(c.persona, c.stage, c.lane) for c in run.journey.cells if c.evidence}


def test_personas_that_do_not_exist_are_not_shown() -> None:
    run = content("en", 60)
    none = replace(run.personas, personas=(), verdict="none", reasons=("No grouping came back.",))
    described = workbook(replace(run, personas=none))
    texts = [str(c.text) for s in described.sheets for r in s.rows() for c in r.cells if c.text is not None]

    assert any("There are no stable personas in these answers. No grouping came back." in t for t in texts)


def test_every_style_used_exists(tmp_path: Path) -> None:
    from research_kit.write.sheets.palette import STYLES

    used = {c.style for s in workbook(content("en", 60)).sheets for r in s.rows() for c in r.cells}

    assert used <= set(STYLES)


def test_a_study_without_personas_or_with_one_source_has_no_empty_columns_of_them() -> None:
    journey = content("en", 60).journey
    alone = replace(journey, personas=journey.personas[:1], sources=journey.sources[:1])

    assert {"personas", "sources"} <= {key for key, _ in pains_sheet(journey, {}, Words("en")).columns}
    assert not {"personas", "sources"} & {key for key, _ in pains_sheet(alone, {}, Words("en")).columns}


def test_what_delights_stands_after_the_pains_and_leads_to_what_was_said(book) -> None:
    run, wb = book
    one = grids(wb)[f"map:current:{EVERYONE}"]
    lanes = [key for key in one.rows if key.startswith("lane:")]
    name = one.value("lane:delights", "#labels")

    assert lanes.index("lane:delights") == lanes.index("lane:pain_points") + 1
    assert name == {"en": "Delights", "zh-Hant": "令人滿意之處", "zh-Hans": "令人满意之处"}[run.language]
    feet = [c for c in one.sheet[one.rows["n:delights"]] if c.hyperlink]
    assert feet
    assert all("#" in str(c.hyperlink.location) or "!" in str(c.hyperlink.location) for c in feet)


def test_the_table_lists_delights_without_severity_and_leads_to_their_cell() -> None:
    run = content("en", 60)
    cell = next(c for c in run.journey.cells if (c.persona, c.lane) == (EVERYONE, "delights") and c.evidence)
    theme = Theme("delight-staff", "Friendly staff", "delight", cell.stage, 30, 0.5, 0.4, 0.6, 0.0)
    sheet = pains_sheet(replace(run.journey, themes=(*run.journey.themes, theme)), {}, Words("en"))
    row = next(row for row in sheet.rows() if row.key == "theme:delight-staff")
    values = dict(zip((key for key, _ in sheet.columns), row.cells, strict=True))

    assert (values["kind"].text, values["severity"].text, values["n"].text) == (Words("en").term("delight"), None, 30)
    assert values["n"].link.row == f"{cell_key(EVERYONE, cell.stage, 'delights')}#1"
    kinds = [str(r.cells[3].text) for r in sheet.rows() if r.key.startswith("theme:")]
    assert list(dict.fromkeys(kinds)) == ["pain point", "wish", "delight"]
