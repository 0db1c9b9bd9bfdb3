"""Two waves: what moved is said with its interval, and what did not is said too."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research_kit.errors import InputError
from research_kit.records import LANGUAGES, Theme
from research_kit.write import RunContent, compare_runs, write_run
from research_kit.write.compare import Wave, as_json, load_wave, pain_changes, persona_changes, share_difference, valence_changes
from research_kit.write.sheets.waves import compare_book
from research_kit.write.sheets.words import Words
from tests.write.conftest import content


def pains(run: RunContent, counts: dict[str, int]) -> RunContent:
    """The run with these pains, named by so many people."""
    themes = tuple(Theme(k, k, "pain", "use", n, n / 240, 0.0, 1.0, 0.5) for k, n in counts.items())
    # Waves are compared by their JSON files: without cells there is no evidence, and the workbook beside them is a small one.
    return replace(run, journey=replace(run.journey, cells=(), themes=themes, opportunities=()))


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    run = content()
    folder = tmp_path_factory.mktemp("waves")
    curves = tuple(
        replace(c, mean=c.mean - 0.5, low=c.low - 0.5, high=c.high - 0.5) if c.stage == "use" and c.mean is not None else c
        for c in run.journey.curves
    )
    write_run(pains(run, {"stays": 30, "grows": 20, "goes": 40, "wobbles": 20}), folder / "2025")
    later = replace(run, journey=replace(run.journey, curves=curves))
    write_run(pains(later, {"stays": 30, "grows": 90, "comes": 40, "wobbles": 24}), folder / "2026")
    return folder / "2025", folder / "2026"


def test_a_pain_that_only_changed_its_id_is_one_pain(waves: tuple[Path, Path]) -> None:
    old, new = (load_wave(folder) for folder in waves)

    def with_terms(wave: Wave, terms: dict[str, tuple[str, ...]]) -> Wave:
        themes = [{**t, "terms": terms.get(t["id"], ())} for t in wave.journey["themes"]]
        return replace(wave, journey={**wave.journey, "themes": themes})

    old = with_terms(old, {"goes": ("queue", "long")})
    one = {c.what: c for c in pain_changes(old, with_terms(new, {"comes": ("queue", "door")}))}
    assert "goes" not in one
    assert one["comes"].verdict == "none"
    other = {c.what: c for c in pain_changes(old, with_terms(new, {"comes": ("door",)}))}
    assert (other["comes"].verdict, other["goes"].verdict) == ("came", "went")


def test_pains_that_came_went_grew_or_did_nothing(waves: tuple[Path, Path]) -> None:
    found = {c.what: c for c in pain_changes(load_wave(waves[0]), load_wave(waves[1]))}

    assert {k: c.verdict for k, c in found.items()} == {
        "stays": "none",
        "grows": "grew",
        "goes": "went",
        "comes": "came",
        "wobbles": "none",
    }
    assert found["grows"].low > 0
    assert found["wobbles"].low < 0 < found["wobbles"].high


def test_valence_that_fell_is_told_by_source(waves: tuple[Path, Path]) -> None:
    found = {(c.what, c.source): c for c in valence_changes(load_wave(waves[0]), load_wave(waves[1]))}

    assert found["Use", "survey"].verdict == "fell"
    assert found["Use", "survey"].difference == pytest.approx(-0.5)
    assert found["Purchase", "survey"].verdict == "none"
    assert ("Advocacy", "survey") not in found


def test_the_difference_of_shares_is_newcombes() -> None:
    """Newcombe 1998, table II, row (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339."""
    from research_kit.statistics import wilson

    d, low, high = share_difference((48 / 80, *wilson(48, 80)), (56 / 70, *wilson(56, 70)))

    assert (round(d, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)


def test_both_files_are_written(waves: tuple[Path, Path], tmp_path: Path) -> None:
    paths = compare_runs(*waves, tmp_path)

    assert [p.name for p in paths] == ["compare.xlsx", "compare.json"]
    found = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))
    assert found["summary"]["pains"] == {"came": 1, "grew": 1, "none": 2, "went": 1}
    book = load_workbook(tmp_path / "compare.xlsx")
    text = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    assert any("New pain point: comes, named by 17%" in t for t in text)
    assert any("Pain points with no real change: 2" in t for t in text)


def test_a_wave_against_itself_has_no_change(waves: tuple[Path, Path], tmp_path: Path) -> None:
    compare_runs(waves[0], waves[0], tmp_path)
    found = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))

    assert {v for kind in found["summary"].values() for v in kind} <= {"none", "unknown"}
    assert found["summary"]["personas"] == {"none": 3}


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"personas.json, journey.json, run.json is missing"):
        compare_runs(tmp_path, tmp_path, tmp_path / "out")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(language: str) -> None:
    words = Words(language)
    for kind, verdicts in {
        "valence": ("rose", "fell"),
        "pain": ("came", "went", "grew", "shrank"),
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

    found = {c.what: c for c in persona_changes(old, new)}

    assert {k: c.verdict for k, c in found.items()} == {"renamed persona-1": "shrank", "renamed persona-2": "grew"}
    first = found["renamed persona-1"]
    expected = share_difference((0.6, 0.50, 0.69), (0.3, 0.22, 0.40))
    assert (first.difference, first.low, first.high) == pytest.approx(expected)
    assert (first.n_old, first.n_new) == (60, 30)


def test_a_persona_that_only_one_of_two_models_found_neither_came_nor_went() -> None:
    old = _wave("old", {"Regulars": (60, 0.6, 0.5, 0.69), "Guests": (40, 0.4, 0.31, 0.5)}, {"parameters": {"a": 1}})
    new = _wave("new", {"Regulars": (90, 0.9, 0.83, 0.94), "Tourists": (10, 0.1, 0.06, 0.17)}, {"parameters": {"a": 2}})

    found = {c.what: c.verdict for c in persona_changes(old, new)}

    assert found == {"Regulars": "grew", "Guests": "unknown", "Tourists": "unknown"}


def test_a_persona_that_one_model_finds_no_more_went() -> None:
    model = {"parameters": {"a": 1}}
    old = _wave("old", {"persona-1": (60, 0.6, 0.5, 0.69), "persona-2": (40, 0.4, 0.31, 0.5)}, model)
    new = _wave("new", {"persona-1": (100, 1.0, 0.96, 1.0)}, model)

    assert {c.what: c.verdict for c in persona_changes(old, new)} == {"persona-1": "grew", "persona-2": "went"}


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
