"""What the arguments of `run` mean: they overrule the study file, and nothing else is changed. The commands themselves: tests/end_to_end."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from typer.testing import CliRunner

from research_kit import cli, labels, pipeline
from research_kit.errors import StudyError
from research_kit.study import Study

STUDY = """
[study]
name = "Café: 2026"
map = ["day"]
language = "zh-Hant"
[[source]]
path = "a.csv"
[personas]
n = 4
max = 5
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Why?\nslow\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def asked(*arguments: str) -> tuple[Study, Path]:
    """The study that these arguments of `run` come to, and where its results go; nothing is run."""
    findings: Any = mock.MagicMock(language="en")
    with mock.patch.object(pipeline, "run", return_value=findings) as run, mock.patch.object(cli, "_summary"):
        result = CliRunner().invoke(cli.app, ["run", *arguments], catch_exceptions=False, standalone_mode=False)
    assert result.exit_code == 0
    return run.call_args.args[0], findings.write.call_args.args[0]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("option", "n"), [([], 4), (["--personas", "auto"], "auto"), (["--personas", "3"], 3)])
def test_the_number_of_personas_asked_for_overrules_the_study(option: list[str], n: int | str) -> None:
    study, _ = asked("study.toml", *option)

    assert (study.personas.n, study.personas.max) == (n, 5)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("text", ["0", "-1", "2.5", "²", "many", ""])
def test_no_other_number_is_taken(text: str) -> None:
    with pytest.raises(StudyError):
        cli._persona_count(Study.from_files(["a.csv"]), text)


@pytest.mark.usefixtures("folder")
def test_language_and_maps_overrule_the_study_and_a_map_counts_once() -> None:
    study, _ = asked("study.toml", "--language", "zh-Hans", "--map", "future", "--map", "blueprint", "--map", "future")
    as_declared, _ = asked("study.toml")

    assert (study.language, study.map) == ("zh-Hans", ("future", "blueprint"))
    assert (as_declared.language, as_declared.map) == ("zh-Hant", ("day",))


def test_files_take_the_settings_of_a_study_and_several_files_are_one_study(folder: Path) -> None:
    declared, _ = asked("b.csv", "--study", "study.toml")
    plain, _ = asked("a.csv", "b.csv")

    assert [s.path.name for s in declared.sources] == ["b.csv"]
    assert declared.personas.n == 4
    assert [s.path.name for s in plain.sources] == ["a.csv", "b.csv"]
    assert plain.personas.n == "auto"


@pytest.mark.usefixtures("folder")
def test_results_go_where_asked_else_into_a_folder_of_the_study_s_name() -> None:
    assert asked("study.toml")[1] == Path("reports") / "Café- 2026"
    assert asked("a.csv")[1] == Path("reports") / "a"
    assert asked("a.csv", "--out", "x/y")[1] == Path("x/y")


@pytest.mark.parametrize(
    ("name", "folder"), [("Café 2026", "Café 2026"), ("a/b: c?", "a-b- c-"), ("../up", "-up"), ("..", "study")]
)
def test_results_lie_in_a_folder_that_every_system_allows(name: str, folder: str) -> None:
    assert cli._folder_name(name) == folder


def test_every_step_of_a_run_has_words() -> None:
    assert labels.keys("steps")[1:] == ["read", "questions", "personas", "text", "assign", "journey", "write"]
