"""Short, stable names for questions: the platform's code, else the words that carry the question."""

from __future__ import annotations

import re

from research_kit.questions.profile import tidy

_SMALL = frozenset(
    "a an and any are as at be been by can could did do does for from had has have how i if in into is it its many me more "
    "most much my of often on or our out please rate select all that the their them there these they"
    " this those to up us was we were what when where which who why will with would you your check apply following if not "
    "statement best describes choose scale indicate each".split()
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9][a-z0-9'+]*")
LONGEST = 6


def slug(text: str) -> str:
    """The first significant words ("how-often-do-you-use" never; "use-jupyter-notebook"), or the first dozen Chinese characters."""
    text = tidy(text)
    if _HAN.search(text):
        return re.sub(r"[^\w\u3400-\u9fff]+", "", text)[:12] or "q"
    words = [w.replace("'", "") for w in _WORD.findall(text.casefold())]
    if not words:
        return re.sub(r"\W+", "-", text.casefold()).strip("-")[:40] or "q"
    chosen = [w for w in words if w not in _SMALL] or words
    return "-".join(chosen[:LONGEST])[:60]


def unique(keys: list[str]) -> list[str]:
    """The same keys, later twins numbered "-2", "-3"."""
    seen: set[str] = set()
    result = []
    for key in keys:
        name, number = key, 1
        while name in seen:
            number += 1
            name = f"{key}-{number}"
        seen.add(name)
        result.append(name)
    return result
