"""Two waves: what moved is said with its interval, and what did not is said too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from research_kit.errors import InputError
from research_kit.records import LANGUAGES
from research_kit.study import ThemeSpec
from research_kit.write import compare_runs, write_run
from research_kit.write.compare import as_json, persona_changes, rating_changes, valence_changes
from research_kit.write.matters import matter_changes
from research_kit.write.moves import Change, corrected, share_difference
from research_kit.write.sheets.waves import compare_book, findings, hints, to_do
from research_kit.write.sheets.words import Words
from research_kit.write.wave import Wave, load_wave
from tests.write.conftest import content

STAGES = [{"key": "buy", "name": "Purchase"}, {"key": "use", "name": "Use"}]
PEOPLE = 240


def by_theme(said: pd.DataFrame, specs: Sequence[ThemeSpec], language: str) -> pd.DataFrame:
    """Finds again what the mentions were made of: their theme, and a family of all that begins with "late"."""
    themed = said[said["theme"].notna()]
    themes = pd.DataFrame(
        {"row": themed.index, "level": "theme", "matter": themed["theme"], "kind": themed["kind"], "label": themed["theme"]}
    )
    late = themes[themes["matter"].str.startswith("late")]
    return pd.concat([themes, late.assign(level="family", matter="pain-family-late", label="Late, Waiting")], ignore_index=True)


def wave(
    name: str, counts: Mapping[str, int], *, kind: str = "pain", stage: str = "use", commented: int = PEOPLE, **changes: Any
) -> Wave:
    """Reviews of so many people, each of whom names one matter."""
    said = [(f"{what} {i}", kind, stage, what, what) for what, n in counts.items() for i in range(n)]
    mentions = pd.DataFrame(said, columns=["text", "kind", "stage", "theme", "question_text"]).assign(
        language="en", valence=-0.5, source="r.csv", respondent=[str(i) for i in range(len(said))], rating=None
    )
    listed = [{"id": what, "label": what, "kind": kind, "stage": stage, "n": n, "terms": [what]} for what, n in counts.items()]
    journey = {
        "sources": [{"name": "r.csv", "type": "reviews", "commented": commented}], "stages": STAGES, "curves": [], "themes": listed,
    }  # fmt: skip
    return replace(Wave(name, "en", {"personas": []}, journey, mentions), **changes)


def moved(old: Wave, new: Wave) -> dict[str, list[Change]]:
    changes = matter_changes(old, new, by_theme)
    return dict(zip(changes, corrected(*changes.values()), strict=True))


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs of one survey; in the later one people feel worse about using it."""
    run = content()
    folder = tmp_path_factory.mktemp("waves")
    curves = tuple(
        replace(c, mean=c.mean - 0.5, low=c.low - 0.5, high=c.high - 0.5) if c.stage == "use" and c.mean is not None else c
        for c in run.journey.curves
    )
    run = replace(run, journey=replace(run.journey, cells=(), opportunities=()))
    write_run(run, folder / "2025")
    write_run(replace(run, journey=replace(run.journey, curves=curves)), folder / "2026")
    return folder / "2025", folder / "2026"


def test_pains_that_came_went_grew_or_did_nothing() -> None:
    old = wave("2025", {"stays": 30, "grows": 20, "goes": 40, "wobbles": 20, "few": 2})
    found = {
        c.what: c for c in moved(old, wave("2026", {"stays": 30, "grows": 90, "comes": 40, "wobbles": 24, "few": 2}))["pains"]
    }

    assert {k: c.verdict for k, c in found.items()} == {
        "stays": "none", "grows": "grew", "goes": "went", "comes": "came", "wobbles": "none", "few": "unknown",
    }  # fmt: skip
    assert found["grows"].low > 0
    assert found["wobbles"].low < 0 < found["wobbles"].high
    assert (found["grows"].n_old, found["grows"].n_new, found["grows"].old) == (20, 90, 20 / PEOPLE)


def test_what_fell_to_pieces_is_found_in_its_sums_with_the_pieces_that_moved_most() -> None:
    """24% then and 7% now, in six pieces of which none moved for sure."""
    pieces = {f"late {i}": n for i, n in enumerate((9, 8, 7, 6, 6, 5))}
    old = wave("2025", {**pieces, "broken": 20}, commented=170)
    new = wave("2026", {**dict.fromkeys(pieces, 2), "broken": 21}, commented=180)
    found = moved(old, new)

    assert {c.verdict for c in found["pains"]} <= {"none", "perhaps", "unknown"}
    sums = {(c.level, c.where): c for c in found["sums"]}
    assert {level: c.verdict for level, c in sums.items()} == {
        ("all", ""): "shrank",
        ("stage", "Use"): "shrank",
        ("family", ""): "shrank",
        ("together", ""): "shrank",
    }
    family = sums["family", ""]
    assert (family.n_old, family.n_new) == (41, 12)
    assert family.parts == (("late 0", 9, 2), ("late 1", 8, 2), ("late 2", 7, 2))
    told = findings(found, Words("en"))
    assert len(told) == 1, "the family; it is nearly all of the stage and of all pains"
    assert told[0] == (
        "Fewer people name any of Late, Waiting: 24% → 7% (difference −25.0 to −10.0 points; n = 41 and 12). "
        "Above all: “late 0” 9 → 2 people, “late 1” 8 → 2 people, “late 2” 7 → 2 people."
    )


def test_a_sum_that_is_one_theme_is_not_told_twice() -> None:
    told = findings(moved(wave("a", {"chatbot": 9, "other": 20}), wave("b", {"chatbot": 60, "other": 20})), Words("en"))

    assert [line[:29] for line in told] == ["Pain point grew: chatbot, 4% "]


def test_a_person_counts_once_in_a_sum() -> None:
    twice = wave("b", {"one": 40, "two": 40})
    twice = replace(twice, mentions=twice.mentions.assign(respondent=[str(i % 40) for i in range(80)]))
    found = moved(wave("a", {"one": 40, "two": 40}), twice)["sums"]

    assert {(c.level, c.n_old, c.n_new) for c in found} == {("all", 80, 40), ("stage", 80, 40)}


def test_sources_of_different_kinds_stay_apart() -> None:
    def both(reviews: int, survey: int) -> Wave:
        made = wave("w", {"queue": reviews + survey})
        source = ["r.csv"] * reviews + ["s.csv"] * survey
        listed = [{"name": n, "type": t, "commented": 100} for n, t in (("r.csv", "reviews"), ("s.csv", "survey"))]
        return replace(made, mentions=made.mentions.assign(source=source), journey={**made.journey, "sources": listed})

    found = {c.source: (c.n_old, c.n_new, c.verdict) for c in moved(both(10, 50), both(50, 50))["pains"]}
    assert found == {"reviews": (10, 50, "grew"), "survey": (50, 50, "none")}


@pytest.mark.parametrize("side", [0, 1])
def test_what_was_dismissed_in_either_wave_is_compared_in_neither(side: int) -> None:
    pair = [wave("a", {"kept": 40, "gone": 40}), wave("b", {"kept": 40, "gone": 90})]
    kept = [t for t in pair[side].journey["themes"] if t["id"] != "gone"]
    pair[side] = replace(pair[side], journey={**pair[side].journey, "themes": kept})
    found = moved(*pair)

    assert [c.what for c in found["pains"]] == ["kept"]
    assert {(c.n_old, c.n_new) for c in found["sums"]} == {(40, 40)}
    spec = moved(replace(pair[1 - side], specs=(ThemeSpec("gone", dismiss=True),)), pair[1 - side])
    assert [c.what for c in spec["pains"]] == ["kept"]


def test_a_name_that_the_researcher_gave_is_the_name_in_the_comparison() -> None:
    old, new = wave("a", {"queue": 40}), wave("b", {"queue": 40, "bot": 40})
    named = [
        {**t, "label": "Waiting in line"} if t["id"] == "queue" else {**t, "label": "The bot"} for t in new.journey["themes"]
    ]
    found = moved(old, replace(new, journey={**new.journey, "themes": named}))

    assert {c.what for c in found["pains"]} == {"queue", "The bot"}  # the earlier wave's name goes first


def test_ratings_of_reviews_are_compared_on_their_scale() -> None:
    def rated(stars: Sequence[float]) -> Wave:
        made = wave("w", {"x": len(stars)}, scales={"r.csv": (1.0, 5.0)})
        return replace(made, mentions=made.mentions.assign(rating=[(s - 1) / 4 for s in stars]))

    (found,) = corrected(rating_changes(rated([5, 4] * 30), rated([3, 2] * 30)))[0]
    assert (found.old, found.new, found.verdict, found.n_old) == (4.5, 2.5, "fell", 60)
    assert found.high - found.low == pytest.approx(2 * 1.96 * (2 * 0.2542 / 59) ** 0.5, rel=0.02)
    assert rating_changes(rated([5, 4]), rated([3, 2])) == []
    assert rating_changes(rated([5, 4] * 5), replace(rated([3, 2] * 5), scales={"r.csv": (1.0, 10.0)})) == []


def test_all_comparisons_of_comments_are_corrected_together() -> None:
    """Each list alone would call its one lucky comparison a real change."""
    lucky = Change("pain", "x", "", "", 0.1, 0.2, 0.1, 0.01, 0.2, 10, 20, 0.015, "grew")
    dull = replace(lucky, what="y", p=0.8)

    assert [c.verdict for c in corrected([lucky])[0]] == ["grew"]
    assert [[c.verdict for c in changes] for changes in corrected([lucky], [dull] * 3)] == [["perhaps"], ["none"] * 3]
    assert [[c.verdict for c in changes] for changes in corrected([lucky], [dull] * 9)] == [["none"], ["none"] * 9]


def test_what_may_be_chance_is_told_apart_as_perhaps() -> None:
    change = Change("pain", "queue", "Use", "", 0.1, 0.2, 0.1, 0.01, 0.19, 10, 20, 0.04, "perhaps")
    found = {"pains": [change, replace(change, what="other", p=0.5, verdict="none")]}

    assert hints(found, Words("en")) == [
        "Perhaps (it may be chance): Pain point grew: queue, 10% → 20% (difference +1.0 to +19.0 points; n = 10 and 20)."
    ]
    assert findings(found, Words("en")) == ["No real change: none of 2 comparisons is surely more than chance."]


def test_valence_that_fell_is_told_by_source(waves: tuple[Path, Path]) -> None:
    changes = corrected(valence_changes(load_wave(waves[0]), load_wave(waves[1])))[0]
    found = {(c.what, c.source): c for c in changes}

    assert found["Use", "survey"].verdict == "fell"
    assert found["Use", "survey"].difference == pytest.approx(-0.5)
    assert found["Purchase", "survey"].verdict == "none"
    assert ("Advocacy", "survey") not in found


def test_the_difference_of_shares_is_newcombes() -> None:
    """Newcombe 1998, table II, row (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339."""
    from research_kit.statistics import wilson

    d, low, high = share_difference((48 / 80, *wilson(48, 80)), (56 / 70, *wilson(56, 70)))

    assert (round(d, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)


def test_both_files_are_written_and_what_moved_is_told(waves: tuple[Path, Path], tmp_path: Path) -> None:
    compared = compare_runs(*waves, tmp_path, by_theme)

    assert [p.name for p in compared.files] == ["compare.xlsx", "compare.json"]
    assert any(line.startswith("Use (survey) feels worse: ") for line in compared.findings)
    found = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))
    assert found["summary"]["valence"]["fell"] >= 1
    assert set(found["summary"]["pains"]) <= {"none", "perhaps", "unknown"}
    book = load_workbook(tmp_path / "compare.xlsx")
    text = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    first, still = (next(i for i, t in enumerate(text) if t.startswith(start)) for start in ("1.  ", "Pain points with no"))
    assert first < still, "what moved stands before what did not"
    assert all(line in " ".join(text) for line in (*compared.findings, *compared.to_do))


def test_a_wave_against_itself_has_no_change(waves: tuple[Path, Path], tmp_path: Path) -> None:
    compared = compare_runs(waves[0], waves[0], tmp_path, by_theme)
    found = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))

    assert {v for kind in found["summary"].values() for v in kind} <= {"none", "unknown", "apart"}
    assert [line.split(" is surely")[0] for line in compared.findings] == [
        f"No real change: none of {sum(c['p'] is not None for kind in found['summary'] for c in found[kind])} comparisons"
    ]
    assert findings({}, Words("en")) == [Words("en")("compare_nothing")]


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"personas.json, journey.json, run.json, mentions.parquet"):
        compare_runs(tmp_path, tmp_path, tmp_path / "out", by_theme)


def test_damaged_mentions_are_refused(waves: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(waves[0], tmp_path / "old")
    (tmp_path / "old" / "mentions.parquet").write_bytes(b"PAR1 no table")

    with pytest.raises(InputError, match="old"):
        compare_runs(tmp_path / "old", waves[1], tmp_path / "out", by_theme)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(language: str) -> None:
    words = Words(language)
    for kind, verdicts in {
        "valence": ("rose", "fell"),
        "rating": ("rose", "fell"),
        **dict.fromkeys(("pain", "delight", "wish"), ("came", "went", "grew", "shrank")),
        "persona": ("came", "went", "grew", "shrank"),
    }.items():
        for verdict in verdicts:
            assert "{" not in words(
                f"compare_says_{verdict}_{kind}", what="x", old="1", new="2", low="3", high="4", n_old=5, n_new=6
            )


def _wave(name: str, shares: dict[str, tuple[int, float, float, float]], model: dict[str, object]) -> Wave:
    people = [
        {"id": k, "name": k, "n": n, "share": s, "low": low, "high": high, "traits": []}
        for k, (n, s, low, high) in shares.items()
    ]
    return Wave(name, "en", {"personas": people, "model": model}, {"sources": [], "stages": [], "curves": [], "themes": []})


def test_shares_of_personas_move_between_waves_of_one_model_by_id_and_with_their_own_intervals() -> None:
    model = {"parameters": {"log_share": {"shape": [1], "values": [0.0]}}}
    old = _wave("old", {"persona-1": (60, 0.6, 0.50, 0.69), "persona-2": (40, 0.4, 0.31, 0.5)}, model)
    new = _wave("new", {"persona-1": (30, 0.3, 0.22, 0.40), "persona-2": (70, 0.7, 0.6, 0.78)}, model)
    for persona in new.personas["personas"]:
        persona["name"] = f"renamed {persona['id']}"

    found = {c.what: c for c in corrected(persona_changes(old, new))[0]}

    assert {k: c.verdict for k, c in found.items()} == {"renamed persona-1": "shrank", "renamed persona-2": "grew"}
    first = found["renamed persona-1"]
    expected = share_difference((0.6, 0.50, 0.69), (0.3, 0.22, 0.40))
    assert (first.difference, first.low, first.high) == pytest.approx(expected)
    assert (first.n_old, first.n_new) == (60, 30)


def test_a_persona_that_only_one_of_two_models_found_neither_came_nor_went() -> None:
    old = _wave("old", {"Regulars": (60, 0.6, 0.5, 0.69), "Guests": (40, 0.4, 0.31, 0.5)}, {"parameters": {"a": 1}})
    new = _wave("new", {"Regulars": (90, 0.9, 0.83, 0.94), "Tourists": (10, 0.1, 0.06, 0.17)}, {"parameters": {"a": 2}})

    found = {c.what: c.verdict for c in persona_changes(old, new)}

    assert found == {"Regulars": "apart", "Guests": "unknown", "Tourists": "unknown"}
    assert to_do(old, new, Words("en")) == [Words("en")("compare_apart", old="old")]
    assert "[personas]" in Words("zh-Hant")("compare_apart", old="old")


def test_groups_declared_by_the_same_question_are_compared() -> None:
    old = _wave("old", {"group-1": (60, 0.6, 0.5, 0.69), "group-2": (40, 0.4, 0.31, 0.5)}, {})
    new = _wave("new", {"group-1": (90, 0.9, 0.83, 0.94), "group-2": (10, 0.1, 0.06, 0.17)}, {})
    old, new = (replace(w, personas={**w.personas, "declared_by": "member"}) for w in (old, new))

    assert {c.what: c.verdict for c in corrected(persona_changes(old, new))[0]} == {"group-1": "grew", "group-2": "shrank"}
    assert to_do(old, new, Words("en")) == []


def test_a_persona_that_one_model_finds_no_more_went() -> None:
    model = {"parameters": {"a": 1}}
    old = _wave("old", {"persona-1": (60, 0.6, 0.5, 0.69), "persona-2": (40, 0.4, 0.31, 0.5)}, model)
    new = _wave("new", {"persona-1": (100, 1.0, 0.96, 1.0)}, model)

    assert {c.what: c.verdict for c in corrected(persona_changes(old, new))[0]} == {"persona-1": "grew", "persona-2": "went"}


def test_a_stage_of_few_people_says_how_few_in_both_waves() -> None:
    def wave(n: int, mean: float | None) -> Wave:
        point = {"persona": "everyone", "stage": "after", "source": "s.csv", "n": n, "mean": mean}
        low, high = (None, None) if mean is None else (mean - 0.2, mean + 0.2)
        journey = {
            "sources": [{"name": "s.csv", "type": "survey", "commented": 40}],
            "stages": [{"key": "after", "name": "Aftercare"}],
        }
        return Wave("w", "en", {"personas": []}, {**journey, "curves": [{**point, "low": low, "high": high}], "themes": []})

    (found,) = valence_changes(wave(8, -0.25), wave(4, None))
    assert (found.verdict, found.n_old, found.n_new, found.new) == ("unknown", 8, 4, None)


@pytest.mark.parametrize(
    ("stages", "used", "unrelated"),
    [
        (("need", "use"), ("Q3", "Q9"), False),
        (("visit",), ("Q3",), True),
        (("use",), ("來的目的",), True),
        (("use",), (), False),
    ],
)
def test_two_studies_with_nothing_in_common_are_said_to_be_unrelated(
    stages: tuple[str, ...], used: tuple[str, ...], unrelated: bool
) -> None:
    def wave(keys: tuple[str, ...], asked: tuple[str, ...]) -> Wave:
        journey = {"sources": [], "stages": [{"key": k, "name": k} for k in keys], "curves": [], "themes": []}
        return Wave("w", "zh-Hant", {"personas": [], "used": asked}, journey)

    old, new = wave(("need", "use"), ("Q3", "Q4")), wave(stages, used)
    changes: dict = {"personas": [], "valence": [], "pains": []}
    told = [c.text for s in compare_book(old, new, changes, "zh-Hant").sheets for b in s.blocks for r in b.rows for c in r.cells]

    assert old.unrelated(new) is unrelated
    assert as_json(old, new, changes)["unrelated"] is unrelated
    assert any("兩個不同的研究" in str(text) for text in told) is unrelated
