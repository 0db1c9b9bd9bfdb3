"""The table of patterns by which answers are read (lexicon/answers.toml)."""

from __future__ import annotations

from research_kit.asking import Patterns
from research_kit.text.lexicon import FOLDER

SAID = Patterns(FOLDER / "answers.toml")
