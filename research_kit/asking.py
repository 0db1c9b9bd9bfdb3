"""What a question asks for: faults, merits, wishes or neither. One place for all stages; the patterns stand in asking.toml.

A leaf: imports nothing of ours but language.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from research_kit.language import to_simplified


class Patterns(Mapping[str, re.Pattern[str]]):
    """The patterns of a toml file by use. Each use has lists by language, any of which is enough; ``<<name>>`` in them stands for the words of
    [parts]. Compiled when first asked for. KeyError for a use that the file does not have."""

    def __init__(self, path: Path) -> None:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        self._parts: dict[str, str] = {name: f"(?:{words})" for name, words in tables.pop("parts").items()}
        self._lists: dict[str, dict[str, list[str]]] = tables
        self._made: dict[tuple[str, tuple[str, ...]], re.Pattern[str]] = {}
        self._joined: dict[tuple[tuple[str, ...], bool], re.Pattern[str]] = {}

    def __getitem__(self, use: str) -> re.Pattern[str]:
        return self._of(use, tuple(self._lists[use]))

    def fit(self, use: str, text: str) -> re.Pattern[str]:
        """The pattern for this text: in one of plain Latin letters nothing Chinese is looked for, which takes the longer part of the time."""
        return self._of(use, ("en",) if text.isascii() else tuple(self._lists[use]))

    def whole(self, uses: tuple[str, ...], text: str) -> str:
        """The first of these uses of which the text is a case as a whole; "" where it is of none. As ``fit`` for each, in a third of the time."""
        key = uses, text.isascii()
        if key not in self._joined:
            self._joined[key] = re.compile("|".join(f"(?P<{use}>{self.fit(use, text).pattern})" for use in uses))
        found = self._joined[key].fullmatch(text)
        return (found.lastgroup or "") if found else ""

    def _of(self, use: str, languages: tuple[str, ...]) -> re.Pattern[str]:
        if (use, languages) not in self._made:
            whole = "|".join(pattern for language in languages for pattern in self._lists[use][language])
            self._made[use, languages] = re.compile(re.sub("<<(.*?)>>", lambda name: self._parts[name[1]], whole))
        return self._made[use, languages]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


_WHOLE = re.compile(
    r"\b(?:overall|all in all|in general|taken together)\b.{0,60}\b(?:satisf\w+|experience|rate|rating|impression)\b|"
    r"\b(?:satisf\w+|rate|rating)\b.{0,40}\boverall\b|\boverall (?:satisfaction|rating|score|experience)\b|"
    r"\b(?:likely|likelihood|willing)\b.{0,40}\brecommend|\bwould you recommend\b|"
    r"(?:整[體体]|[總总][體体])[^。]{0,16}(?:[滿满]意|[評评][價价分]|感受|[體体][驗验])|推[薦荐][給给]|(?:[願愿]意|可能|[會会])[^，。]{0,8}推[薦荐]",
    re.IGNORECASE,
)
"""Recommendation and overall satisfaction."""


def rates_the_whole(question: str) -> bool:
    """Whether a question asks to rate the whole: an outcome, which describes people and does not make them who they are."""
    return bool(_WHOLE.search(question))


_ASKS = Patterns(Path(__file__).with_name("asking.toml"))


@cache
def framing(question: str) -> str:
    """What an open question asks for: "positive", "negative", "neutral" (both, a reason, ideas) or "" when its words do not say."""
    words = _plain(question)
    if _ASKS["both"].search(words) or wishes(question):
        return "neutral"
    if {"positive", "negative"} <= {_leaning(part) for part in _ASKS["next"].split(words)}:
        return "neutral"
    return _leaning(words)


def _leaning(words: str) -> str:
    """Faults or merits, by the words of one question."""
    tidy = _ASKS["would_like"].sub(" ", words)
    faults, merits = _ASKS["faults"].search(tidy), _ASKS["merits"].search(tidy)
    if faults and merits:
        return "negative" if _ASKS["faults_outright"].search(tidy) else "neutral"
    return "negative" if faults else "positive" if merits else ""


@cache
def wishes(question: str) -> bool:
    """Whether a question asks for features, changes or suggestions; "what could be better" and "what should we improve" ask what is wrong."""
    words = _plain(question)
    if _ASKS["no_wishes"].search(words) or not _ASKS["wishes"].search(words):
        return False
    return _ASKS["improves"].search(words) is None or _ASKS["adds"].search(words) is not None


def _plain(question: str) -> str:
    """As the patterns are written: lower-case, half-width, Simplified, quotes straight."""
    return to_simplified(unicodedata.normalize("NFKC", question).lower()).replace("\u2019", "'")
