"""From what a researcher writes to name a question to the question meant. One function, used wherever study.toml names a question."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from research_kit.errors import StudyError
from research_kit.questions.profile import norm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def match_questions(names: Iterable[str], questions: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Which key each name means: a key itself, else a distinctive part of a question's text (case and blanks aside).

    ``questions`` are (key, text) pairs. StudyError lists every name that means none, or several, with the nearest ones.
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    for name in names:
        hits = _hits(name, questions)
        if len(hits) == 1:
            found[name] = hits[0]
        elif hits:
            problems.append(f'"{name}" fits {len(hits)} questions ({", ".join(hits[:6])}): write more of its text, or its key.')
        else:
            near = _near(name, questions)
            problems.append(
                f'No question is called "{name}"; '
                + (f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(k for k, _ in questions[:12])} ...")
            )
    if problems:
        raise StudyError(problems)
    return found


def _hits(name: str, questions: Sequence[tuple[str, str]]) -> list[str]:
    wanted = norm(name)
    for test in (
        lambda k, t: k == name,
        lambda k, t: norm(k) == wanted,
        lambda k, t: norm(t) == wanted,
        lambda k, t: wanted != "" and wanted in norm(t),
    ):
        hits = [k for k, t in questions if test(k, t)]
        if hits:
            return hits
    return []


def _near(name: str, questions: Sequence[tuple[str, str]]) -> list[str]:
    wanted = norm(name)
    pool = {norm(k): k for k, _ in questions} | {norm(t)[:80]: k for k, t in questions}
    close = get_close_matches(wanted, list(pool), n=3, cutoff=0.5)
    words = set(wanted.split())
    if not close and words:
        close = sorted((p for p in pool if words & set(p.split())), key=lambda p: (-len(words & set(p.split())), p))[:3]
    return list(dict.fromkeys(f'"{pool[c]}"' for c in close))
