"""Words that say nothing of what a comment is about, in the stems of ``words`` and in Simplified Chinese."""

from __future__ import annotations

import re

from research_kit.text.vocabulary.knowledge import forms
from research_kit.text.vocabulary.words import stem

ENGLISH = frozenset(stem(word) for word in forms("stop_en").split())
_NO_TOPIC = re.compile(f"{'|'.join(forms('stop_zh').split())}|[{forms('stop_han')}]")


def bare(run: str) -> list[str]:
    """A run of Chinese characters cut at its function words."""
    return [piece for piece in _NO_TOPIC.split(run) if len(piece) > 1]
