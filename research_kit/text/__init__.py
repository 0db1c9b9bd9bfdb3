"""Comments -> mentions: clauses with language, sentiment, emotion, kind, stage, touchpoint, pain and theme."""

from research_kit.text.annotate import annotate
from research_kit.text.reader import Reader, help_for, learn
from research_kit.text.recount import recount
from research_kit.text.signs.lexicon import own_words

__all__ = ["Reader", "annotate", "help_for", "learn", "own_words", "recount"]
