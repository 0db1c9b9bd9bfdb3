"""The commands by their front door: what they refuse, that they repeat themselves, that text stays text. Some of it in a process of its own."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from research_kit.language import detect

from .conftest import program, research_kit


def nothing_written(folder: Path, before: set[Path]) -> bool:
    return set(folder.rglob("*")) == before


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    # An encrypted workbook is an OLE2 container with these two stream names in its directory.
    names = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "encrypted.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(2048))
    (tmp_path / "header.csv").write_text("Timestamp,How often do you visit?\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "mistakes.toml").write_text(
        '[study]\nnmae = "x"\nlanguage = "fr"\n[[source]]\npath = "good.csv"\ntype = "poll"\n', encoding="utf-8"
    )
    return {"missing": tmp_path / "gone.csv"} | {p.stem: p for p in tmp_path.iterdir() if p.stem != "good"}


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["run"], "source is missing.", "沒有指定 source。"),
        (["frob"], "There is no command frob.", "沒有 frob 這個指令。"),
        (["run", "a.csv", "--persona", "3"], "There is no option --persona; did you mean --personas?", "是不是要寫 --personas？"),
        (["run", "a.csv", "--zzz"], "There is no option --zzz.", "沒有 --zzz 這個選項。"),
        (
            ["run", "a.csv", "--map", "x"],
            "--map cannot be 'x'; allowed are 'current', 'future'",
            "--map 不能是 'x'；可用的是 'current'",
        ),
        (["run", "--out"], "--out needs a value after it.", "--out 後面要寫一個值。"),
        (["check", "a.xlsx", "b"], "There is nothing to do with b.", "多了 b，用不到。"),
    ],
)
def test_a_command_that_cannot_be_read_is_told_in_the_language_of_the_machine(
    arguments: list[str], english: str, chinese: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = research_kit(*arguments)
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    told = research_kit(*arguments)

    assert (plain.returncode, told.returncode) == (2, 2)
    assert plain.stderr.startswith(english)
    assert told.stderr.startswith("指令有誤：")
    assert chinese in told.stderr


def test_who_stops_a_run_is_told_that_nothing_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    monkeypatch.setattr("research_kit.pipeline.run", stopped)

    result = research_kit("run", tmp_path / "good.csv", "--out", tmp_path / "out")

    assert (result.returncode, result.stdout, result.stderr) == (130, "", "Stopped; nothing was written.\n")


@pytest.mark.parametrize(
    ("name", "sentences", "words"),
    [
        ("missing", 1, "does not exist"),
        ("empty", 1, "empty"),
        ("picture", 1, "picture"),
        ("encrypted", 1, "password"),
        ("header", 1, "header"),
        ("mistakes", 3, "did you mean 'name'"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    bad_files: dict[str, Path], tmp_path: Path, name: str, sentences: int, words: str
) -> None:
    before = set(tmp_path.rglob("*"))

    result = research_kit("run", bad_files[name], "--out", tmp_path / "out", cwd=tmp_path)

    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == sentences, result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert nothing_written(tmp_path, before)


def test_problems_of_all_files_are_said_at_once(bad_files: dict[str, Path], tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))

    result = program("run", bad_files["missing"], bad_files["empty"], bad_files["picture"], "--out", tmp_path / "out")

    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 3
    assert "Traceback" not in result.stderr
    assert nothing_written(tmp_path, before)


def test_problems_of_every_section_and_of_the_data_are_said_at_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Region,How often?\n" + "north,weekly\nsouth,daily\n" * 9, encoding="utf-8")
    (tmp_path / "own.csv").write_text("fine,7\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        """
        [study]
        lanugage = "en"
        [[source]]
        path = "a.csv"
        where = { Region = "east" }
        [[source]]
        path = "b.csv"
        where = { Region = "west" }
        [questions."How many"]
        kind = "number"
        [questions."Which"]
        stage = "moon"
        [personas]
        using = ["Why"]
        by = "Colour"
        [privacy]
        contact = "E-mail"
        [text]
        lexicon = ["own.csv"]
        """,
        encoding="utf-8",
    )

    result = research_kit("run", "study.toml", "--personas", "few", cwd=tmp_path)

    said = ("'lanugage'", "a.csv: “Region”", "b.csv: “Region”", "'How many'", "'Which'", "'moon'", "'Why'", "'Colour'", "'E-mail'",
            "Line 1 of the lexicon", "--personas few")  # fmt: skip
    lines = result.stderr.strip().splitlines()
    assert result.returncode == 2
    assert [sum(words in line for line in lines) for words in said] == [1] * len(said), result.stderr
    assert len(lines) == len(said)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "source is missing"),
        (["run", "x.csv", "--map", "wheel"], "wheel"),
        (["run", "x.csv", "--personas", "many"], "--personas many is not allowed; give auto or a whole number"),
        (["run", "a.toml", "b.toml"], "2 study files were given"),
        (["walk"], "walk"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence(arguments: list[str], words: str, tmp_path: Path) -> None:
    result = research_kit(*arguments, cwd=tmp_path)

    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("locale", "arguments", "said"),
    [
        ("C.UTF-8", ["run", "gone.csv"], "gone.csv does not exist"),
        ("de_DE.UTF-8", ["run", "gone.csv"], "gone.csv does not exist"),
        ("zh_TW.UTF-8", ["run", "gone.csv"], "找不到 gone.csv"),
        ("zh_Hant_HK", ["inspect", "gone.csv"], "請檢查路徑"),
        ("zh_CN.UTF-8", ["init", "gone.csv"], "请检查路径"),
        ("zh_CN.UTF-8", ["run", "gone.csv", "--language", "zh-Hant"], "請檢查路徑"),
        ("zh_TW.UTF-8", ["run", "gone.csv", "--language=en"], "check the path"),
        ("C", ["run", "own.toml"], "own.toml：没有写 [[source]]；请加上一个"),
        ("C", ["run", "own.toml", "--language", "zh-Hant"], "own.toml：沒有寫 [[source]]；請加上一個"),
        ("C", ["run", "own.toml", "x.csv", "--personas", "many"], "--personas 不能是 many；请写 auto 或 1 以上的整数。"),
        ("zh_TW.UTF-8", ["check", "gone.xlsx"], "找不到 gone.xlsx。請指定旅程地圖活頁簿（.xlsx）的路徑。"),
        (
            "zh_CN.UTF-8",
            ["compare", "a", "b"],
            "里没有 research-kit run 的结果：缺少 personas.json, journey.json, run.json, mentions.parquet。",
        ),
        ("zh_TW.UTF-8", ["walk"], "可用的寫法請看 `research-kit --help`"),
    ],
)
def test_problems_are_said_in_the_language_asked_for_else_of_the_study_else_of_the_machine(
    locale: str, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    (tmp_path / "own.toml").write_text('[study]\nlanguage = "zh-Hans"\n', encoding="utf-8")

    result = research_kit(*arguments, cwd=tmp_path)

    assert result.returncode == 2
    assert said in result.stderr


def test_help_answers_at_once() -> None:
    start = time.perf_counter()
    result = program("--help")

    assert result.returncode == 0
    assert time.perf_counter() - start < 5  # loading spaCy would take longer than this; the figure itself is in the benchmarks
    assert all(command in result.stdout for command in ("run", "inspect", "init", "compare", "check"))


def digest(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "timings.json")
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_second_run_gives_the_same_bytes(runs: Callable[[str], Path], samples: Path, tmp_path: Path) -> None:
    """In another folder and in another process, which has another hash seed and has run other things before."""
    result = research_kit("run", samples / "cafe-zh-hant" / "study.toml", "--out", tmp_path / "again")

    assert result.returncode == 0, result.stderr
    assert digest(tmp_path / "again") == digest(runs("cafe-zh-hant"))


OFFLINE = ("unshare", "-rn")


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux namespaces to switch the network off")
def test_a_run_needs_no_network_and_in_its_own_folder_changes_no_byte(
    runs: Callable[[str], Path], samples: Path, tmp_path: Path
) -> None:
    if subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not allow a network namespace")
    folder = tmp_path / "out"
    shutil.copytree(runs("airline-etiquette"), folder)
    first = digest(folder)

    command = [
        *OFFLINE,
        sys.executable,
        "-m",
        "research_kit",
        "run",
        samples / "airline-etiquette" / "study.toml",
        "--out",
        folder,
    ]
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, encoding="utf-8", check=False)

    assert result.returncode == 0, result.stderr
    assert digest(folder) == first


NASTY = [
    '=HYPERLINK("http://x.example","click")',
    "+1+1 is slow",
    "-2 stars, too slow",
    "@SUM(A1) bad",
    "\x07bell is bad",
    "<b>bad</b> & slow",
]


def test_text_from_a_file_stays_text_in_every_output(tmp_path: Path) -> None:
    path = tmp_path / "nasty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["=Timestamp", "What is bad about it?", "Which one?"])
        answers = [
            f"{NASTY[i % len(NASTY)]}, seen {i} times since we moved here" for i in range(60)
        ]  # all different: an open question
        writer.writerows([f"2026-01-{i % 28 + 1:02d} 10:00:00", answer, ["=a", "+b"][i % 2]] for i, answer in enumerate(answers))

    result = research_kit("run", path, "--out", tmp_path / "out")

    assert result.returncode == 0, result.stderr
    assert "The stages are general ones." in result.stdout
    book = openpyxl.load_workbook(tmp_path / "out" / "journey-map.xlsx")
    formulas = [c.coordinate for sheet in book for row in sheet for c in row if c.data_type == "f"]
    assert formulas == []
    for name in ("respondents.csv", "codebook.csv"):
        with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            assert not [
                c
                for row in csv.reader(file)
                for c in row
                if c.startswith(("=", "+", "@", "\t")) or (c[:1] == "-" and not c[1:2].isdigit())
            ]
    texts = pq.read_table(tmp_path / "out" / "mentions.parquet").column("text").to_pylist()
    assert any(t.startswith("=HYPERLINK") for t in texts)
    assert any("+1+1" in t for t in texts)


def test_inspect_tells_what_was_understood(samples: Path) -> None:
    found = json.loads(program("inspect", samples / "airline-etiquette" / "flying-etiquette.csv", "--json").stdout)

    assert found["platform"] == "surveymonkey"
    assert {"encoding", "delimiter", "header_rows", "respondents", "questions"} <= set(found)
    assert found["respondents"] == 1040
    seats = next(q for q in found["questions"] if "arm rests" in q["text"])
    assert (seats["kind"], seats["role"]) == ("single", "active")


def test_inspect_fits_a_terminal(samples: Path) -> None:
    lines = research_kit("inspect", samples / "airline-etiquette" / "flying-etiquette.csv").stdout.splitlines()

    assert lines
    assert max(map(len, lines)) <= 80


def test_an_unchanged_study_file_gives_the_run_of_the_files(tmp_path: Path, samples: Path) -> None:
    source = samples / "cafe-zh-hant" / "questionnaire.csv"
    made = research_kit("init", source, "-o", tmp_path / "study.toml")
    assert made.returncode == 0, made.stderr

    research_kit("run", source, "--out", tmp_path / "plain")
    result = research_kit("run", tmp_path / "study.toml", "--out", tmp_path / "declared")

    assert result.returncode == 0, result.stderr
    for name in ("respondents.csv", "personas.json", "journey.json", "codebook.csv", "mentions.parquet"):
        assert (tmp_path / "plain" / name).read_bytes() == (tmp_path / "declared" / name).read_bytes(), name


def test_init_leaves_an_existing_file_alone(tmp_path: Path, samples: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text("mine", encoding="utf-8")

    result = research_kit("init", samples / "airline-etiquette" / "flying-etiquette.csv", "-o", path)

    assert (result.returncode, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "exists already" in result.stderr


def test_compare_says_what_moved_writes_both_files_and_names_them(runs: Callable[[str], Path], tmp_path: Path) -> None:
    result = research_kit("compare", runs("cafe-zh-hant"), runs("cafe-zh-hant"), "--out", tmp_path)

    assert (result.returncode, result.stderr) == (0, "")
    finding, *files = result.stdout.splitlines()
    assert finding.startswith("無實質變化：")
    assert files == [str(tmp_path / "compare.xlsx"), str(tmp_path / "compare.json")]
    found = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))
    assert {verdict for kind in found["summary"].values() for verdict in kind} <= {"none", "unknown"}


def test_check_answers_with_its_findings_and_its_exit_code(runs: Callable[[str], Path], tmp_path: Path) -> None:
    draft = runs("cafe-zh-hant") / "journey-map.xlsx"

    told, listed = research_kit("check", draft), research_kit("check", draft, "--json")

    assert (told.returncode, listed.returncode) == (1, 1)
    found = json.loads(listed.stdout)
    assert len(found) == len(told.stdout.splitlines())
    assert "owner" in {f["rule"] for f in found}  # nobody has taken an opportunity of a fresh draft
    assert research_kit("check", tmp_path / "none.xlsx").returncode == 2


def test_a_second_wave_is_typed_with_the_personas_of_the_first(
    runs: Callable[[str], Path], samples: Path, tmp_path: Path
) -> None:
    source, first = samples / "cafe-zh-hant" / "questionnaire.csv", runs("cafe-zh-hant")
    study = tmp_path / "second.toml"
    study.write_text(
        f"[[source]]\npath = {json.dumps(str(source))}\n[personas]\nlike = {json.dumps(str(first))}\n", encoding="utf-8"
    )

    result = research_kit("run", study, "--out", tmp_path / "out")

    assert result.returncode == 0, result.stderr
    before, after = (json.loads((folder / "personas.json").read_text(encoding="utf-8")) for folder in (first, tmp_path / "out"))
    assert [(p["id"], p["name"]) for p in after["personas"]] == [(p["id"], p["name"]) for p in before["personas"]]
    assert [p["n"] for p in after["personas"]] == [p["n"] for p in before["personas"]]


def test_a_first_wave_without_personas_gives_its_themes_to_the_second(
    runs: Callable[[str], Path], samples: Path, tmp_path: Path
) -> None:
    source, first = samples / "cafe-zh-hant" / "questionnaire.csv", tmp_path / "first"
    first.mkdir()
    found = json.loads((runs("cafe-zh-hant") / "personas.json").read_text(encoding="utf-8"))
    (first / "personas.json").write_text(json.dumps({**found, "model": {}, "personas": []}), encoding="utf-8")
    journey = json.loads((runs("cafe-zh-hant") / "journey.json").read_text(encoding="utf-8"))
    journey["themes"] = [{**theme, "label": f"{theme['label']}！"} for theme in journey["themes"]]
    (first / "journey.json").write_text(json.dumps(journey), encoding="utf-8")
    study = tmp_path / "second.toml"
    study.write_text(f'[[source]]\npath = {json.dumps(str(source))}\n[personas]\nlike = "first"\n', encoding="utf-8")

    result = research_kit("run", study, "--out", tmp_path / "out")

    assert result.returncode == 0, result.stderr
    assert "沒有人物誌：先前一波（first）沒有形成人物誌" in result.stdout
    second = json.loads((tmp_path / "out" / "journey.json").read_text(encoding="utf-8"))
    kept = {theme["id"]: theme["label"] for theme in second["themes"] if theme["label"].endswith("！")}
    assert len(kept) >= 3
    assert kept.items() <= {theme["id"]: theme["label"] for theme in journey["themes"]}.items()


def test_a_folder_without_results_cannot_type_a_wave(samples: Path, tmp_path: Path) -> None:
    source = samples / "cafe-zh-hant" / "questionnaire.csv"
    study = tmp_path / "second.toml"
    study.write_text(f'[[source]]\npath = {json.dumps(str(source))}\n[personas]\nlike = "nowhere"\n', encoding="utf-8")

    result = research_kit("run", study, "--out", tmp_path / "out")

    assert result.returncode == 2
    assert "name the results folder of an earlier wave" in result.stderr


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_what_is_printed_is_in_one_language(language: str, samples: Path, tmp_path: Path) -> None:
    """``--language`` decides, of reasons, notes and refusals alike."""
    path = tmp_path / "answers.csv"
    path.write_text(
        f"{(samples / 'cafe-zh-hant' / 'questionnaire.csv').read_text(encoding='utf-8-sig')}\n\n\nx,y\n", encoding="utf-8"
    )
    lines = [
        line for line in research_kit("inspect", path, "--language", language).stdout.splitlines() if line.startswith("  - ")
    ]
    refused = research_kit("inspect", tmp_path / "none.csv", "--language", language).stderr

    assert lines
    assert len(set(lines)) == len(lines)
    found = {
        detect(re.sub(r"[\w.]+\.csv|[（(].*?[)）]", "", line), "zh-Hant" if language == "zh-Hant" else None)
        for line in [*lines, refused]
    }
    assert found == {language}
