"""The commands: arguments -> Study -> pipeline -> files. The only module that prints or exits."""

from __future__ import annotations

import json
import locale
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from research_kit import __version__
from research_kit.errors import Gathering, LostObjectsWarning, ResearchKitError, StudyError
from research_kit.labels import Sentence, label, say
from research_kit.records import LANGUAGES

if TYPE_CHECKING:
    from research_kit.pipeline import Findings
    from research_kit.records import Language
    from research_kit.study import Study

app = typer.Typer(
    name="research-kit",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="From questionnaire and review exports to personas and an evidence-linked customer journey map in Excel. Offline.",
)


FINDINGS = 3
"""Of a comparison, on the terminal; the sheet has the rest."""
STOPPED = 130
"""The exit code of what Ctrl-C ended."""


class OutputLanguage(StrEnum):
    """Languages of the outputs."""

    en = "en"
    zh_hant = "zh-Hant"
    zh_hans = "zh-Hans"


class MapChoice(StrEnum):
    """Types of map."""

    current = "current"
    future = "future"
    day = "day"
    blueprint = "blueprint"
    channel = "channel"


@app.command()
def run(
    source: Annotated[
        list[Path], typer.Argument(help="One study.toml, or export files (several files are one study).", show_default=False)
    ],
    study: Annotated[
        Path | None, typer.Option(help="A study file whose settings apply to the export files.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results; default reports/<study name>.", show_default=False)
    ] = None,
    language: Annotated[
        OutputLanguage | None, typer.Option(help="Language of the outputs; default that of the questions.")
    ] = None,
    personas: Annotated[
        str | None,
        typer.Option(metavar="auto|N", help="How many personas; default what the study says, else auto.", show_default=False),
    ] = None,
    map_types: Annotated[
        list[MapChoice] | None, typer.Option("--map", help="Type of map; may be repeated.", show_default=False)
    ] = None,
) -> None:
    """Read the files, form personas, read the comments and draft the journey map."""
    from research_kit import pipeline

    told = Gathering()
    declared = _study(source, study, told)
    changes: dict[str, Any] = {}
    if language:
        changes["language"] = _chosen(language)
    if map_types:
        changes["map"] = tuple(dict.fromkeys(m.value for m in map_types))
    with told:
        if personas is not None:
            changes["personas"] = _persona_count(declared, personas)
    if not told.errors:
        declared = declared.changed(**changes)
    directory = out or Path("reports") / _folder_name(declared.name)
    with warnings.catch_warnings(record=True) as noticed, _progress() as step:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", LostObjectsWarning)
        findings = pipeline.run(declared, progress=step, told=told)
        findings.write(directory, progress=step)
    for warning in noticed:
        print(say(warning.message.args[0], findings.language), file=sys.stderr)  # type: ignore[union-attr]
    _summary(findings, directory)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="An export file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    language: Annotated[OutputLanguage | None, typer.Option(help="Language to answer in; default that of the questions.")] = None,
) -> None:
    """Show what was understood of a file, and why."""
    from research_kit import pipeline
    from research_kit.write import inspection

    asked = _chosen(language)
    with _progress() as step:
        step("questions")
        responses = pipeline.read(file, language=asked)
    spoken = asked or responses.language
    found = inspection.describe(responses, spoken)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(inspection.lines(found, spoken))


@app.command()
def init(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Export files of the study.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The study file to write.")] = Path("study.toml"),
    journey: Annotated[str, typer.Option(help="A shipped journey whose stages to start from.")] = "default",
    language: Annotated[
        OutputLanguage | None, typer.Option(help="Language of the file and of the outputs; default that of the questions.")
    ] = None,
) -> None:
    """Write a study file with everything that was detected, commented, ready to correct."""
    from research_kit import pipeline
    from research_kit.study import Study
    from research_kit.write import study_file

    declared = Study.from_files(files, journey=journey, language=_chosen(language))
    with _progress() as step:
        step("questions")
        responses = pipeline.understand(declared)
    study_file.write(declared, responses, output)
    spoken = declared.language or responses.language
    print(label("inspect", "written", spoken, path=output, n=len(responses.questions)))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD_DIR", help="Results of the earlier wave.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW_DIR", help="Results of the later wave.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option(help="Folder for compare.xlsx and compare.json; default NEW_DIR.", show_default=False)
    ] = None,
) -> None:
    """Compare two waves: what moved, and what only seems to."""
    from research_kit import pipeline

    compared = pipeline.compare(old, new, out or new)
    for line in (*(*compared.findings, *compared.hints)[:FINDINGS], *compared.to_do, *map(str, compared.files)):
        print(line)


@app.command()
def check(
    workbook: Annotated[Path, typer.Argument(metavar="MAP.xlsx", help="A journey map workbook.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what a reviewer would object to. Exit code 0: nothing, 1: findings."""
    from research_kit import write
    from research_kit.records import plain

    findings = write.check_map(workbook)
    if as_json:
        print(json.dumps(plain(findings), ensure_ascii=False, indent=2))
    else:
        for f in findings:
            between = "" if f.what.endswith("。") else " "
            print(f"{f.sheet}!{f.cell}: {f.what}{between}{f.why}")
    if findings:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; every problem becomes a plain sentence on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Chinese Windows console would raise on emoji
    try:
        status = app(standalone_mode=False)
        if status == STOPPED:  # typer tells Ctrl-C by this and by nothing else
            raise KeyboardInterrupt
    except ResearchKitError as error:
        _fail(error.problems)
    except KeyboardInterrupt:
        _fail([Sentence("output_problems", "stopped")], STOPPED)
    except Exception as error:  # the last door: a researcher gets a sentence, a developer asks for the rest
        if os.environ.get("RESEARCH_KIT_DEBUG"):
            raise
        if hasattr(error, "format_message"):  # a usage error of the command line
            _fail([Sentence("output_problems", "usage", problem=_misused(error.format_message().replace("Value error, ", "")))])
        _fail([Sentence("output_problems", "bug", problem=f"{type(error).__name__}: {error}")], 70)
    sys.exit(status or 0)


_MISUSES = {
    "usage-missing": r"Missing argument '(?P<name>.+)'\.",
    "usage-command": r"No such command '(?P<name>.+)'\.",
    "usage-option-near": r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
    "usage-option": r"No such option: (?P<name>\S+)",
    "usage-choice": r"Invalid value for '(?P<name>.+?)': '(?P<found>.*)' is not one of (?P<all>.+)\.",
    "usage-value": r"Option '(?P<name>.+)' requires an argument\.",
    "usage-extra": r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.+)\)",
}
"""What typer says of a command that it cannot read -> our sentence about it, which speaks three languages."""


def _misused(message: str) -> str:
    for key, pattern in _MISUSES.items():
        if found := re.fullmatch(pattern, message):
            return Sentence("output_problems", key, **found.groupdict())
    return message


def _fail(problems: Iterable[str], code: int = 2) -> None:
    language = _spoken(sys.argv[1:])
    for problem in problems:
        print(" ".join(say(problem, language).split()), file=sys.stderr)
    sys.exit(code)


def _spoken(arguments: Sequence[str]) -> Language:
    """The language to speak while the question texts are not known: that of --language, else of the study file, else of this machine."""
    from research_kit.study import language_in

    named = [value for option, value in pairwise([*arguments, ""]) if option == "--language"]
    named += [a.removeprefix("--language=") for a in arguments if a.startswith("--language=")]
    named += [language_in(Path(a)) or "" for a in arguments if a.lower().endswith(".toml")]
    return next((known for value in named for known in LANGUAGES if value == known), None) or _of_this_machine()


def _of_this_machine() -> Language:
    """The language that this machine is set to, where it is one of the three; else English."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    said = (said or locale.getlocale()[0] or "").lower()  # "zh_TW.UTF-8"; on Windows "Chinese (Traditional)_Taiwan"
    if not said.startswith(("zh", "chinese")):
        return "en"
    return "zh-Hant" if re.search(r"hant|traditional|[-_](?:tw|hk|mo|taiwan|hong kong|macao)\b", said) else "zh-Hans"


def _study(sources: list[Path], settings: Path | None, told: Gathering) -> Study:
    from research_kit.study import Study

    files = [s for s in sources if s.suffix.lower() != ".toml"]
    tomls = [s for s in sources if s.suffix.lower() == ".toml"] + ([settings] if settings else [])
    if len(tomls) > 1:
        raise StudyError(Sentence("study_problems", "two-files", n=len(tomls), files=", ".join(map(str, tomls))))
    if not tomls:
        return Study.from_files(files)
    return Study.load(tomls[0], files=files, told=told)


def _folder_name(name: str) -> str:
    """The study's name without what some system forbids in a folder's name."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name).strip(" .") or "study"


def _chosen(choice: OutputLanguage | None) -> Language | None:
    return next((known for known in LANGUAGES if choice and known == choice.value), None)


def _persona_count(study: Study, text: str) -> Any:
    from dataclasses import replace

    if text != "auto" and (not text.isdecimal() or int(text) < 1):
        raise StudyError(Sentence("study_problems", "personas-option", text=text))
    return replace(study.personas, n="auto" if text == "auto" else int(text))


def _show(lines: Iterable[tuple[str, int]], *, heads: bool = True) -> None:
    """Lines with their indents as text that fits the terminal (80 columns where it goes to a file); ``heads``: what is not indented stands out."""
    from rich.console import Console
    from rich.text import Text

    from research_kit.write.folding import folded

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 80)
    for line, indent in lines:
        for part in folded(" ".join(line.split()), console.width - indent):
            console.print(Text(" " * indent + part, style="bold" if heads and not indent else ""), soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Says on stderr which step runs, when somebody is there to read it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    language = _spoken(sys.argv[1:])
    with Console(stderr=True).status(label("steps", "start", language)) as status:
        yield lambda name: status.update(f"{label('steps', name, language)} ...")


def _summary(findings: Findings, directory: Path) -> None:
    from research_kit.write import summary

    _show(((line, 0) for line in summary.lines(findings, directory)), heads=False)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False) -> None:
    if version:
        print(f"research-kit {__version__}")
        raise typer.Exit
