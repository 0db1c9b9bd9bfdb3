"""The results of one run, as its files hold them: a wave to compare with another."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from research_kit.errors import InputError
from research_kit.labels import Sentence
from research_kit.records import LANGUAGES
from research_kit.study import ThemeSpec

if TYPE_CHECKING:
    from research_kit.records import Language

NEEDED = ("personas.json", "journey.json", "run.json", "mentions.parquet")
SAID = ["text", "kind", "stage", "theme", "language", "valence", "question_text", "source", "respondent", "rating"]


@dataclass(frozen=True)
class Wave:
    """The results of one run, as its files hold them."""

    name: str
    language: Language
    personas: Mapping[str, Any]
    journey: Mapping[str, Any]
    mentions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SAID))
    """What was said, clause by clause."""
    specs: tuple[ThemeSpec, ...] = ()
    """What the study file says of themes."""
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """{source of reviews: ends of the scale of its only rating}"""

    @property
    def commented(self) -> int:
        """People who commented, over all sources."""
        return sum(int(s["commented"]) for s in self.journey["sources"])

    def unrelated(self, other: Wave) -> bool:
        """Whether nothing shows that both are the same study: no stage in common, or none of the questions that formed the personas."""
        stages = [{str(s["key"]) for s in wave.journey.get("stages", ())} for wave in (self, other)]
        asked = [set(wave.personas.get("used") or ()) for wave in (self, other)]
        return any(bool(a) and bool(b) and not a & b for a, b in (stages, asked))

    @property
    def dismissed(self) -> frozenset[str]:
        """Themes that the researcher took off this map: in the study file, or in the workbook (their mentions are there, they are not)."""
        listed = {str(t["id"]) for t in self.journey["themes"]}
        given_up = frozenset(spec.id for spec in self.specs if spec.dismiss)
        return given_up | {theme for theme in self.mentions["theme"].dropna().unique() if theme not in listed}

    def labels(self) -> dict[str, str]:
        """{theme: its name}"""
        return {str(t["id"]): str(t["label"]) for t in self.journey["themes"]}

    def stages(self) -> dict[str, str]:
        """{stage: its name}"""
        return {str(s["key"]): str(s["name"]) for s in self.journey["stages"]}

    def types(self) -> dict[str, str]:
        """{source: its kind}"""
        return {str(s["name"]): str(s["type"]) for s in self.journey["sources"]}

    def commented_in(self, kind: str) -> int:
        """People who commented in sources of one kind."""
        return sum(int(s["commented"]) for s in self.journey["sources"] if s["type"] == kind)


def load_wave(directory: Path) -> Wave:
    """The results in a folder. InputError names the files that are missing, or says what is damaged."""
    missing = [name for name in NEEDED if not (directory / name).is_file()]
    if missing:
        raise InputError(Sentence("refusals", "no-results", folder=directory, files=", ".join(missing)))
    try:
        personas, journey, run = (json.loads((directory / name).read_text(encoding="utf-8")) for name in NEEDED[:3])
        mentions = pd.read_parquet(directory / NEEDED[3], columns=SAID)
    except (OSError, ValueError, KeyError) as error:  # pyarrow's errors are of these kinds
        raise InputError(Sentence("refusals", "damaged-results", folder=directory, reason=error)) from error
    language = run.get("language", journey.get("language", "en"))
    kept = {f.name for f in fields(ThemeSpec)}
    specs = tuple(ThemeSpec(**{k: v for k, v in t.items() if k in kept}) for t in run.get("settings", {}).get("themes", ()))
    return Wave(
        directory.name, language if language in LANGUAGES else "en", personas, journey, mentions, specs, _scales(directory)
    )


def _scales(directory: Path) -> dict[str, tuple[float, float]]:
    """The scale of each source's rating, where it has exactly one."""
    path = directory / "codebook.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "rating"]
    found = {row["source"]: [float(end) for end in re.findall(r"\d+(?:\.\d+)?", row["scale"])] for row in rows}
    once = [row["source"] for row in rows]
    return {source: (ends[0], ends[1]) for source, ends in found.items() if once.count(source) == 1 and len(ends) == 2}
