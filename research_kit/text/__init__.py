"""Comments -> mentions: clauses with language, sentiment, emotion, kind, stage, touchpoint, pain and theme."""

from research_kit.text.annotate import annotate
from research_kit.text.reader import Reader, learn

__all__ = ["Reader", "annotate", "learn"]
