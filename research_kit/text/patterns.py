"""The table of patterns by which answers are read (lexicon/answers.toml)."""

from __future__ import annotations

from pathlib import Path

from research_kit.asking import Patterns

SAID = Patterns(Path(__file__).parent / "lexicon" / "answers.toml")
