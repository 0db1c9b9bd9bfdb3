"""What the closed answers of questions tied to a stage say: what people came for, and what they did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from research_kit.journey.crowd import Crowd
from research_kit.records import Claim, Question, Responses
from research_kit.statistics import wilson

PER_QUESTION = 3
_BARE = frozenset("yes no true false 是 否 不是 有 沒有 没有 會 会 不會 不会".split())
_OTHER = re.compile(
    r"(?:others?|none of (?:the above|these)|prefer not to (?:say|answer)|其他|其它|以上皆非|以上都不是|都没有|都沒有)\b.{0,40}",
    re.IGNORECASE,
)
"""Options that name nothing."""
_GOAL = re.compile(
    r"\b(why|reasons?|purpose|goals?|looking for|come for|came for|need|hope|expect|motivat\w*|want)\b"
    r"|為什麼|为什么|目的|原因|動機|动机|需求|期待|期望|想要|希望|理由",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """One answer that people chose."""

    text: str
    claim: Claim
    units: np.ndarray


def answers(responses: Responses, crowd: Crowd, persona: str, stage: str, *, goals: bool) -> list[Answer]:
    """The most chosen answers of the choice questions tied to this stage, as the file writes them; ``goals`` = questions that ask why or
    what for, else all others. The base of each is who answered the question."""
    found: list[list[Answer]] = []
    asked: list[Question] = []
    for question in responses.questions:
        tied = question.stage == stage and question.kind in ("single", "multiple") and question.role != "demographic"
        if tied and bool(_GOAL.search(question.text)) == goals:
            asked.append(question)
            found.append(_chosen(question, responses, crowd, persona))
    bare = any(answer.text.casefold() in _BARE for group in found for answer in group)
    if len(found) < 2 and not bare:
        return [answer for group in found for answer in group]
    # Answers of several questions in one cell, and a mere yes or no: each says which it answers.
    texts = [q.text for q in asked]
    return [replace(a, text=f"{_short(text)} — {a.text}") for text, group in zip(texts, found, strict=True) for a in group]


def _short(question: str) -> str:
    """The question, short enough to stand before its answer."""
    most = 16 if re.search(r"[\u3400-\u9fff]", question) else 40
    return question if len(question) <= most else question[: most - 1].rstrip() + "…"


def _chosen(question: Question, responses: Responses, crowd: Crowd, persona: str) -> list[Answer]:
    table = responses.answers[list(question.answer_columns)].dropna(how="all")
    table = table[responses.included().to_numpy(dtype=bool)[table.index.to_numpy()]]
    table = table[crowd.belongs(table.index.to_numpy(), persona)]
    options: dict[str, np.ndarray] = {}
    for column in question.answer_columns:
        if question.kind == "multiple":
            options[column.removeprefix(f"{question.key} | ")] = table.index[
                table[column].eq(True).to_numpy(dtype=bool, na_value=False)
            ].to_numpy()
        else:
            options.update({str(value): index.to_numpy() for value, index in table.groupby(column, observed=True).groups.items()})
    named = (option for option in options if len(options[option]) and not _OTHER.fullmatch(option.strip()))
    ranked = sorted(named, key=lambda option: (-len(options[option]), option))
    return [_answer(option, options[option], len(table), crowd) for option in ranked[:PER_QUESTION]]


def _answer(option: str, units: np.ndarray, base: int, crowd: Crowd) -> Answer:
    low, high = wilson(len(units), base)
    return Answer(option, Claim(len(units), low, high, base, crowd.by_source(units)), units)
