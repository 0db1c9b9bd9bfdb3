"""How it looks, as far as that can be asserted: contrast, words instead of keys, people behind every emotion, a curve in both orientations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from research_kit import labels
from research_kit.mentions import Mentions
from research_kit.records import EVERYONE, LANGUAGES, MAP_TYPES, CurveValue, MapContent, MapPersona
from research_kit.write import RunContent
from research_kit.write.book import map_sheets, workbook
from research_kit.write.sheets import palette
from research_kit.write.sheets.curve import mean_format, rated
from research_kit.write.sheets.model import Curve, Sheet
from research_kit.write.sheets.overview import findings
from research_kit.write.sheets.words import Words
from tests.write.conftest import content


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """WCAG 2: 4.5 is what small text needs."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_style_can_be_read() -> None:
    poor = {name: contrast(s.color, s.fill or "FFFFFF") for name, s in palette.STYLES.items()}

    assert {name: round(c, 1) for name, c in poor.items() if c < 4.5} == {}


@pytest.mark.parametrize("tint", [fill for fill, _ in palette.VALENCE])
def test_text_on_every_tint_can_be_read(tint: str) -> None:
    for color in (palette.INK, palette.FOOT, palette.NAVY):
        assert contrast(color, tint) >= 4.5
    turn = palette.BAD if tint in (palette.VALENCE[0][0], palette.VALENCE[1][0]) else palette.GOOD
    assert contrast(turn, tint) >= 4.5


@pytest.mark.parametrize("color", palette.STAGES)
def test_white_on_every_stage_can_be_read(color: str) -> None:
    assert contrast("FFFFFF", color) >= 4.5


@pytest.fixture(scope="module", params=LANGUAGES)
def run(request: pytest.FixtureRequest) -> RunContent:
    return content(request.param, 60)


def sheet(run: RunContent, name: str) -> Sheet:
    return next(s for s in workbook(run).sheets if s.id == name)


def texts(found: Sheet) -> list[str]:
    return [str(c.text) for r in found.rows() for c in r.cells if c.text is not None]


ACCURACY = {
    "screener": {"questions": ["q1"], "agreement": 0.9, "n": 180},
    "assignment": {"learned_from": 333, "accuracy": 0.61, "largest_persona": 0.35, "certainty": 0.5, "right": 0.7, "reach": 0.6, "others": 122,
                   "placed": 79},
}  # fmt: skip
LEARNED = {
    "zh": {"texts": 848, "rules_macro_f1": 0.44, "study_macro_f1": 0.35, "folds_blended": 0, "folds": 5, "words_turned": ["涼"]}
}


def told(run: RunContent, **accuracy: Any) -> RunContent:
    report = replace(run.report, learned=LEARNED, languages={"en": 2, "zh-Hant": 3, "mixed": 1, "other": 1})
    people = run.responses.respondents.copy()
    people.loc[people.index[:3], "excluded"] = ["blank", "duplicate", "preview"]
    responses = replace(run.responses, masked={"email": 2, "phone": 1, "id": 1}, respondents=people)
    return replace(run, report=report, responses=responses, personas=replace(run.personas, accuracy={**ACCURACY, **accuracy}))


def test_method_and_codebook_speak_in_words(run: RunContent) -> None:
    for name in ("method", "codebook"):
        shown = [
            t for row in sheet(told(run), name).rows() for c in row.cells if (t := str(c.text or "")) and c.style != "td_small"
        ]
        raw = [
            t
            for t in shown
            if re.search(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]+\.[a-z]+\b|\bmacro_f1\b", t) and t != "research_kit 0.1.0"
        ]
        assert raw == []
    if run.language != "en":
        keys = {"active", "demographic", "comment", "single", "rating", "blank", "duplicate", "email", "True", "False", "None"}
        assert keys & set(texts(sheet(told(run), "method")) + texts(sheet(told(run), "codebook"))) == set()


def test_every_figure_of_accuracy_is_told(run: RunContent) -> None:
    shown = "\n".join(texts(sheet(told(run, brand_new={"share_right": 0.123}), "method")))

    for figure in ("90%", "180", "333", "61%", "35%", "50%", "70%", "60%", "122", "79", "848", "0.44", "0.35", "涼", "0.123"):
        assert figure in shown
    assert labels.label("method", "reason_duplicate", run.language) in shown


def test_every_kind_role_and_setting_has_words() -> None:
    from research_kit.records import FRAMINGS, KINDS, ROLES, SOURCE_TYPES

    wanted = [f"kind_{k}" for k in KINDS] + [f"role_{r}" for r in ROLES] + [f"framing_{f}" for f in FRAMINGS]
    wanted += [f"map_{m}" for m in MAP_TYPES] + [f"type_{t}" for t in SOURCE_TYPES] + [f"language_{x}" for x in LANGUAGES]
    wanted += [f"scale_{d}" for d in ("up", "down", "unknown")]

    assert set(wanted) <= set(labels.keys("method"))


def test_every_persona_has_a_map_of_every_type(run: RunContent) -> None:
    mentions = run.mentions.frame().assign(channel="app")
    found = map_sheets(replace(run.journey, types=MAP_TYPES), Words(run.language), mentions)

    assert [s.id for s in found] == [
        f"map:{k}:{p}" for k in MAP_TYPES for p in ("everyone", "persona-1", "persona-2", "persona-3")
    ]
    assert len({s.title for s in found}) == len(found)


def test_channels_of_a_persona_need_people_who_name_one(run: RunContent) -> None:
    mentions = run.mentions.frame().assign(channel=run.mentions.frame()["persona"].map({"persona-1": "app"}))
    found = map_sheets(replace(run.journey, types=("channel",)), Words(run.language), mentions)

    assert [s.id for s in found] == ["map:channel:everyone", "map:channel:persona-1"]


def test_emotions_say_how_many_people(run: RunContent) -> None:
    many = tuple(
        replace(c, lines=("a", "b"), claims=(replace(c.claims[0], n=21), replace(c.claims[0], n=9)))
        if c.lane == "emotions" and c.claims
        else c
        for c in run.journey.cells
    )
    found = map_sheets(replace(run.journey, cells=many), Words(run.language))[0]
    (row,) = [r for r in found.rows() if r.key == "lane:emotions"]

    assert "a\u00a0·\u00a021\nb\u00a0·\u00a09" in {c.text for c in row.cells}


def test_a_study_without_comments_says_so_in_every_cell(run: RunContent) -> None:
    sources = tuple(replace(s, commented=0, mentions=0) for s in run.journey.sources)
    silent = replace(run.journey, cells=(), curves=(), themes=(), opportunities=(), sources=sources, unassigned={})
    bare = replace(run, journey=silent, mentions=Mentions())
    words = Words(run.language)
    map_rows = [r for r in sheet(bare, "map:current:everyone").rows() if r.key.startswith("lane:")]

    assert map_rows
    assert {c.text for r in map_rows for c in r.cells[1:]} == {words("not_enough")}
    overview = sheet(bare, "overview")
    assert any(words("finding_no_comments") in t for t in texts(overview))
    assert not any(r.key.startswith("heat:") for r in overview.rows())
    assert words("nothing_here") in texts(sheet(bare, "pains"))


def test_the_curve_is_drawn_in_both_orientations(run: RunContent) -> None:
    for orientation in ("columns", "rows"):
        found = map_sheets(run.journey, Words(run.language), orientation=orientation)[0]
        (curve,) = [c for c in found.charts if isinstance(c, Curve)]
        assert len(curve.series) == 2
        assert all(s.plus and s.minus for s in curve.series)
        keys = {r.key for r in found.rows()}
        assert {curve.over, curve.under} | set(curve.stages) <= keys


@pytest.mark.parametrize(
    ("value", "turn", "wanted"),
    [
        (0.4, "", '"☺ +"0.00;"☺ −"0.00;"☺ "0.00'), (-0.4, "worst", '"▼ ☹ +"0.00;"▼ ☹ −"0.00;"▼ ☹ "0.00'),
        (0.05, "", '+0.00;"−"0.00;0.00'), (None, "", '+0.00;"−"0.00;0.00'),
    ],
)  # fmt: skip
def test_faces_stand_where_a_mean_leans(value: float | None, turn: str, wanted: str) -> None:
    assert mean_format(value, turn) == wanted


def test_lists_have_no_blank_columns(run: RunContent) -> None:
    alone: MapContent = replace(run.journey, personas=(), sources=run.journey.sources[:1])
    keys = [k for k, _ in sheet(replace(run, journey=alone), "pains").columns]

    assert not {"personas", "sources"} & set(keys)
    assert {"personas", "sources"} <= {k for k, _ in sheet(run, "pains").columns}


def test_paper_takes_the_beginning_of_the_evidence(run: RunContent) -> None:
    found = sheet(run, "evidence")

    assert 0 < found.print_rows <= 260
    assert "250" in found.print_note
    assert all(s.one_page and s.paper == 8 for s in workbook(run).sheets if s.id.startswith("map:"))


def test_a_long_name_wraps_in_the_head_of_its_map(run: RunContent) -> None:
    person = MapPersona("persona-1", "名字很長 " * 30, 20, 0.3, 0.2, 0.4)
    found = map_sheets(replace(run.journey, personas=(person,)), Words(run.language))[1]
    (row,) = [r for r in found.rows() if r.key == "head:name"]

    assert row.height is None
    assert palette.STYLES[row.cells[0].style].wrap


def test_stages_that_share_the_lowest_point_are_named_together(run: RunContent) -> None:
    def said(*values: tuple[str, float, float]) -> list[str]:
        curves = tuple(CurveValue(EVERYONE, stage, "all", 20, mean, mean - half, mean + half) for stage, mean, half in values)
        one = replace(run.journey, curves=curves, sources=run.journey.sources[:1])
        return [t for t in findings(replace(run, journey=one), words) if t.startswith((low, high, words("finding_no_moment")))]

    words = Words(run.language)
    low, high = (words(f"finding_{turn}_near", source="", stages="\0").partition("\0")[0] for turn in ("worst", "best"))
    names = {s.key: s.name for s in run.journey.stages}
    (near,) = said(("purchase", -0.6, 0.1), ("use", -0.55, 0.1), ("retention", -0.1, 0.1))
    assert near.startswith(low)
    assert names["purchase"] in near
    assert names["use"] in near
    assert names["retention"] not in near
    none = [words("finding_no_moment")]
    assert said(("purchase", -0.6, 0.1), ("use", -0.55, 0.1)) == none  # all there are
    assert said(("purchase", 0.3, 0.4), ("use", 0.3, 0.4), ("retention", 0.2, 0.4), ("awareness", 0.2, 0.4)) == none
    assert said(("purchase", -0.2, 0.1), ("use", -0.25, 0.1), ("retention", -0.9, 0.05)) == none  # a high point below 0 is none
    assert said(("purchase", -0.2, 0.1)) == []


def test_a_rating_of_the_stage_is_named_only_where_there_are_several() -> None:
    journey = content("en", 60).journey
    stage = journey.stages[0].key

    def shown(ratings: dict[str, dict[str, float]]) -> str:
        value = CurveValue(EVERYONE, stage, "all", 9, 0.1, None, None, ratings)
        return rated(replace(journey, curves=(value,)), EVERYONE, stage, Words("en"))

    assert shown({"likely-recommend": {"n": 90.0, "mean": 0.39}}) == "+0.39 · 90"
    assert shown({"steps | Booking": {"n": 90.0, "mean": 0.39}}) == "Booking: +0.39 · 90"
    assert (
        shown({"how-easy": {"n": 90.0, "mean": -0.2}, "how-fast": {"n": 9.0, "mean": 0.5}})
        == "how easy: −0.20 · 90\nhow fast: +0.50 · 9"
    )
    assert shown({"how-easy": {"n": 4.0, "mean": -0.2}}) == ""


def test_stages_that_nobody_speaks_of_say_what_they_mean_instead_of_nobody() -> None:
    journey = content("en", 60).journey
    stages = tuple(replace(s, description=f"About {s.name}") for s in journey.stages)
    silent = tuple(replace(c, n=0, mean=None, low=None, high=None, turn="") for c in journey.curves)

    def notes(**changes: Any) -> list[Any]:
        sheet = map_sheets(replace(journey, stages=stages, **changes), Words("en"))[0]
        (row,) = [r for r in sheet.rows() if r.key == "stage_n"]
        return [c.text for c in row.cells]

    assert notes(curves=silent) == [None, *(s.description for s in stages)]
    assert notes()[0] == Words("en")("people_here")
    assert not any("About" in str(text) for text in notes())


def test_pains_are_told_by_how_many_name_them_as_at_the_end_of_a_run(run: RunContent) -> None:
    pain = next(t for t in run.journey.themes if t.kind == "pain")
    many = [
        replace(pain, id=f"pain-{n}", label=f"label {n}", n=n, share=n / 60, severity=severity)
        for n, severity in ((7, 0.9), (10, 0.2), (8, 0.2), (8, 0.6))
    ]
    told = findings(replace(run, journey=replace(run.journey, themes=tuple(many))), Words(run.language))
    pains = [line for line in told if "label " in line]

    assert [line.partition("label ")[2].split("\u201d")[0].split("」")[0] for line in pains] == ["10", "8", "8"]
    assert pains[0].startswith(labels.label("summary", "pain", run.language, label="", n="").split(":")[0].split("：")[0])
    assert not any(line.startswith(pains[0][:10]) for line in pains[1:])


def test_a_map_cell_is_named_in_words_beside_its_evidence(run: RunContent) -> None:
    found = sheet(run, "evidence")
    names = {s.key: s.name for s in run.journey.stages} | {p.id: p.name for p in run.journey.personas}
    links = [row.cells[0] for row in found.rows() if row.key and "#" in row.key]
    first = links[0]

    assert first.link is not None
    assert first.link.column in names
    assert [c.text for c in links if "/" in str(c.text)] == []
    assert str(first.text).split(" · ")[1:] == [
        names[first.link.column],
        Words(run.language).term(first.link.row.removeprefix("lane:")),
    ]


def test_the_link_to_the_map_of_a_persona_with_a_long_name_takes_several_columns(run: RunContent) -> None:
    long = (
        "Would not eliminate reclining seats on any plane" if run.language == "en" else "不會取消飛機上任何一個可以往後仰的座位"
    )
    short = "Tea" if run.language == "en" else "喝茶"
    people = tuple(MapPersona(f"persona-{i}", name, 20, 0.3, 0.2, 0.4) for i, name in enumerate((long, short, long, long), 1))
    rows = [
        r
        for r in sheet(replace(run, journey=replace(run.journey, personas=people)), "overview").rows()
        if r.key.startswith("sheets:map")
    ]
    links = {str(c.link.sheet): c for r in rows for c in r.cells if c.link is not None}
    columns = {sum(c.span for c in r.cells) for r in rows}

    assert links["map:current:persona-1"].span > 1
    assert links["map:current:persona-2"].span == 1
    assert len(columns) == 1
    assert len(links) == 4


def test_a_pain_that_all_name_at_one_stage_says_so(run: RunContent) -> None:
    words = Words(run.language)
    theme = next(t for t in run.journey.themes if t.kind == "pain" and t.stage)
    cells = [c for c in run.journey.cells if (c.persona, c.stage, c.lane) == (EVERYONE, theme.stage, "pain_points")]
    here = next((claim.n for c in cells for claim in c.claims if claim.theme == theme.id), 0)
    stage = next(s.name for s in run.journey.stages if s.key == theme.stage)

    def told(n: int) -> str:
        return next(
            t
            for t in findings(replace(run, journey=replace(run.journey, themes=(replace(theme, n=n),))), words)
            if theme.label in t
        )

    assert here > 0
    assert words("all_at_stage", stage=stage) in told(here)
    assert words("so_many_at_stage", n=f"{here:,}", stage=stage) in told(here + 3)
