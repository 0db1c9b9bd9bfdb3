"""The written lexicon (lexicon/*.toml) and the researcher's own words, as one table of entries per path: "en" tokens, "zh" characters."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.text.pieces import split
from research_kit.text.signs import pipeline
from research_kit.text.vocabulary.matching import Matcher
from research_kit.text.vocabulary.numbers import chunks, codes_of

FOLDER = Path(__file__).parents[1] / "lexicon"
ROLES = ("negator", "intensifier", "attenuator", "excess", "irrealis", "doubter")
RELIABLE = {1: 0.4, 2: 1.0, 3: 1.15, 4: 1.3}
"""What a Chinese entry of so many characters counts: a single character stands in many other words, four mean one thing."""
PARTICLES = "喔耶啦咧齁捏欸唷"
"""Taiwan's particles: at the end of a phrase they colour the voice, not the judgement."""
_HAN, _ENDS = "[\u3400-\u9fff]", r"[^\w]|$"
LATER = 1 << 21
"""What is added to a digit inside a number: beyond all characters."""
_DIGIT = re.compile(r"[0-9]")
OWN = "own_words"
"""The group of the researcher's own words."""


@dataclass(frozen=True)
class Held:
    """The groups that entries are in: entry i has ``many[i]`` of them, from ``first[i]`` on in ``group`` and ``share``."""

    first: np.ndarray
    many: np.ndarray
    group: np.ndarray
    share: np.ndarray
    """How much of the group an entry is, 0..1."""


@dataclass(frozen=True)
class Lexicon:
    """What can be found in a text, and what each entry means."""

    forms: tuple[str, ...]
    value: np.ndarray
    """Per entry, -1..1; nan where it says nothing by itself."""
    role: np.ndarray
    """Per entry: index in ROLES, or -1."""
    groups: tuple[str, ...]
    held: Held
    matcher: Matcher


def numbered(codes: np.ndarray) -> np.ndarray:
    """Characters by number, where a digit inside a number is another than one that begins it: "0分" does not stand in "10分" or "4.0分"."""
    digit = (codes >= 48) & (codes <= 57)
    inside = digit & np.append(False, (digit | (codes == 46))[:-1])
    return np.asarray(codes.astype(np.int64) + inside * LATER)


def tokenized(forms: Sequence[str], path: str) -> list[list[int]]:
    """Entries as the matcher sees them: norms of spaCy's tokens, or characters."""
    if path == "zh":
        return [
            numbered(codes_of(form)).tolist() if _DIGIT.search(form) else [ord(c) for c in form]
            for form in (f.replace(" ", "") for f in forms)
        ]
    norms, owner = pipeline.tokens(chunks(forms))
    ends = np.searchsorted(owner, np.arange(1, len(forms) + 1))
    return [part.tolist() for part in np.split(norms, ends[:-1])]


@cache
def groups(path: str) -> dict[str, dict[str, object]]:
    """The groups of a language's file, in its order."""
    return tomllib.loads((FOLDER / f"{path}.toml").read_text(encoding="utf-8"))


@cache
def regional() -> dict[str, str]:
    """Taiwan word -> Mainland word, both in Simplified characters."""
    return dict(tomllib.loads((FOLDER / "regional.toml").read_text(encoding="utf-8"))["words"])


@cache
def load(path: str, own: tuple[tuple[str, float], ...] = ()) -> Lexicon:
    """The lexicon of a path with the researcher's own words; theirs overrule ours."""
    table = groups(path)
    names = (*table, OWN)
    meaning: dict[str, tuple[float, int, set[int]]] = {}
    for word, value in own:
        meaning[word] = (value, -1, {len(names) - 1})
    for number, group in enumerate(table.values()):
        role = ROLES.index(str(group["role"])) if "role" in group else -1
        for form, value in _words(str(group["words"]), path, group.get("value")):
            old_value, old_role, members = meaning.get(form, (np.nan, -1, set()))
            meaning[form] = (value if np.isnan(old_value) else old_value, old_role if old_role >= 0 else role, members | {number})
    forms = tuple(meaning)
    worth = np.array([float(str(group.get("value", np.nan))) for group in table.values()] + [np.nan])
    within, shares = [sorted(meaning[form][2]) for form in forms], []
    for form, held in zip(forms, within, strict=True):
        # A word that is milder than its group counts for less in it; one of the other sign not at all.
        share = np.clip(meaning[form][0] / worth[held], 0.0, 1.0)
        shares.append(np.where(np.isnan(share), 1.0, share).astype(np.float32))
    many = np.array([len(held) for held in within], np.int64)
    groups_held = Held(np.cumsum(many) - many, many, np.concatenate(within).astype(np.int64), np.concatenate(shares))
    trust = np.array([RELIABLE.get(len(f), RELIABLE[4]) if path == "zh" else 1.0 for f in forms])
    return Lexicon(
        forms, np.clip(np.array([meaning[f][0] for f in forms]) * trust, -1, 1), np.array([meaning[f][1] for f in forms]), names, groups_held,
        Matcher.of(tokenized(forms, path)),
    )  # fmt: skip


def _words(words: str, path: str, default: object) -> Iterable[tuple[str, float]]:
    parts = words.split() if path == "zh" else re.split(r"[,\n]", words)
    forms, values = [], []
    for part in parts:
        form, value = part.strip(), float(str(default)) if default is not None else np.nan
        if match := re.fullmatch(r"(.*[^:]):(-?\d*\.?\d+)", form):
            form, value = match[1], float(match[2])
        forms.append(split.clean(form))
        values.append(value)
    if path == "zh":
        forms = even("\n".join(forms)).split("\n")
    return [(form, value) for form, value in zip(forms, values, strict=True) if form]


@cache
def _regional_pattern() -> re.Pattern[str]:
    """Longer words first; words of one first character stand together, so that few are tried at any place; those with many come first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(regional(), key=lambda w: (-len(w), w)):
        by_first.setdefault(word[0], []).append(word[1:])
    ordered = sorted(by_first.items(), key=lambda item: (-len(item[1]), item[0]))
    branches = [f"{re.escape(first)}(?:{'|'.join(map(re.escape, rest))})" for first, rest in ordered]
    particles = [f"{first}(?<={_HAN}{first})[{PARTICLES}]*(?={_ENDS})" for first in PARTICLES]
    return re.compile("|".join(branches + particles))


@cache
def _openings() -> tuple[np.ndarray, np.ndarray]:
    """What regional words and particles begin with: a table of characters (2: that one alone may be all), and their first two as one number."""
    firsts = np.zeros(1 << 16, np.int8)
    firsts[[ord(word[0]) for word in regional()]] = 1
    firsts[[ord(word) for word in (*regional(), *PARTICLES) if len(word) == 1]] = 2
    return firsts, np.array(sorted({(ord(word[0]) << 16) | ord(word[1]) for word in regional() if len(word) > 1}))


def even(text: str) -> str:
    """Taiwan words read as Mainland ones, so that both get the same answer, and Taiwan's particles at the end of what is said passed over.
    Offsets are lost: only for analysis. The pattern is tried where one of them may begin."""
    codes = codes_of(text).astype(np.int64)
    firsts, pairs = _openings()
    first = firsts[np.minimum(codes, len(firsts) - 1)]
    maybe = np.flatnonzero(first)
    maybe = maybe[(first[maybe] == 2) | np.isin((codes[maybe] << 16) | codes[np.minimum(maybe + 1, len(codes) - 1)], pairs)]
    words, pattern = regional(), _regional_pattern()
    parts, end = [], 0
    for place in maybe.tolist():
        if place >= end and (match := pattern.match(text, place)):
            parts += [text[end:place], words.get(match.group(), "")]
            end = match.end()
    return "".join([*parts, text[end:]])


def own_words(files: Sequence[Path]) -> tuple[tuple[str, float], ...]:
    """The researcher's lexicon files: one word and its value (-1..1) per line, parted by a comma or a tab.

    StudyError names every line that is not so, and every file that cannot be read.
    """
    found: dict[str, float] = {}
    problems: list[str] = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            problems.append(Sentence("study_problems", "lexicon-unreadable", file=path.name))
            continue
        for number, cells in enumerate(csv.reader(lines, delimiter="\t" if any("\t" in line for line in lines) else ","), 1):
            if not "".join(cells).strip() or (number == 1 and len(cells) > 1 and not _number(cells[1])):
                continue
            if len(cells) < 2 or not cells[0].strip() or not _number(cells[1]) or not -1 <= float(cells[1]) <= 1:
                problems.append(Sentence("study_problems", "lexicon-line", line=number, file=path.name))
                continue
            found[split.clean(cells[0].strip())] = float(cells[1])
    if problems:
        raise StudyError(problems)
    return tuple(sorted(found.items()))


def _number(cell: str) -> bool:
    return re.fullmatch(r"\s*[-+]?\d*\.?\d+\s*", cell) is not None
