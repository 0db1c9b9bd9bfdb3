"""What the docs say holds: the example of study.toml loads, links lead somewhere, every command is named."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from research_kit.records import Stage, Term
from research_kit.study import PersonaSpec, QuestionSpec, SourceSpec, TextSpec, ThemeSpec

ROOT = Path(__file__).parents[1]


def test_the_example_study_names_every_setting_and_no_other() -> None:
    text = (ROOT / "docs" / "study.md").read_text(encoding="utf-8")
    example = tomllib.loads(re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1])

    def names(cls: type) -> set[str]:
        return {f.name for f in fields(cls)}

    asked = names(QuestionSpec) - {"scale_min", "scale_max", "scale_labels", "rows"} | {"scale"}
    assert set(example["source"][0]) == names(SourceSpec)
    assert set(example["questions"]["How often"]) == asked
    assert set(example["stage"][0]) == names(Stage)
    assert set(example["touchpoint"][0]) == names(Term)
    assert set(example["personas"]) == names(PersonaSpec)
    assert set(example["theme"][0]) == names(ThemeSpec)
    assert set(example["text"]) == names(TextSpec)


@pytest.mark.parametrize("page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]))
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))

    assert [t for t in targets if "://" not in t and not ((ROOT / page).parent / t).exists()] == []


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert all(f"research-kit {command} " in text for command in ("run", "inspect", "init", "compare", "check"))
