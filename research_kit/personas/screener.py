"""Which five questions type people nearly as well as all of them: for recruiting, and for typing people who answered little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from research_kit.personas.design import Design
from research_kit.personas.encode import Encoding
from research_kit.personas.mixture import Parameters, posterior
from research_kit.personas.model import SURE

MOST_QUESTIONS, FEWEST_QUESTIONS = 5, 3
"""Whoever answered fewer than three is typed by nobody (``Encoding.enough``)."""
_ROWS = 2000
_CANDIDATES = 15


@dataclass(frozen=True)
class Screener:
    """Questions in the order in which they help, and how often ``predict`` on them alone agrees with ``predict`` on everything."""

    questions: tuple[str, ...]
    agreement: float
    """Measured on people who were not used to choose the questions."""
    n: int


def screener(
    encoding: Encoding, design: Design, parameters: Parameters, labels: np.ndarray, question_of: Mapping[str, str], *, seed: int
) -> Screener | None:
    """Choose greedily on half of the people, measure on the other half. None where fewer than 40 people are placed.

    A fourth and a fifth question must help; three are always named where there are three. ``labels`` are classes of ``parameters``; people
    in none (-1) take no part. ``question_of`` says which columns are one question.
    """
    placed = np.flatnonzero(labels >= 0)
    if len(placed) < 40:
        return None
    people = np.random.default_rng(seed).permutation(placed)[:_ROWS]
    choose, measure = people[: len(people) // 2], people[len(people) // 2 :]
    parts = _parts(encoding, question_of)
    part = design.take(choose)
    alone = {key: _agreement(part, parameters, labels[choose], columns) for key, columns in parts.items()}
    candidates = sorted(alone, key=lambda key: (-alone[key], key))[:_CANDIDATES]
    chosen: list[str] = []
    reached = 0.0
    while candidates and len(chosen) < MOST_QUESTIONS:
        trial = {
            key: _agreement(part, parameters, labels[choose], [c for q in (*chosen, key) for c in parts[q]]) for key in candidates
        }
        best = max(candidates, key=lambda key: trial[key])
        if trial[best] <= reached and len(chosen) >= FEWEST_QUESTIONS:
            break
        reached = trial[best]
        chosen.append(best)
        candidates.remove(best)
    columns = [c for q in chosen for c in parts[q]]
    rest = _only(design.take(measure), columns)
    probability = posterior(rest, parameters)
    sure = (probability.max(axis=1) >= SURE) & encoding.enough(rest)
    right = float((sure & (probability.argmax(axis=1) == labels[measure])).mean())
    return Screener(tuple(chosen), right, len(measure))


def _parts(encoding: Encoding, question_of: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """The model's columns of each question: ("ordered" | "nominal", number)."""
    out: dict[str, list[tuple[str, int]]] = {}
    counts = {"ordered": 0, "nominal": 0}
    for item in encoding.items:
        kind = "nominal" if item.kind == "nominal" else "ordered"
        out.setdefault(question_of[str(item.column)], []).append((kind, counts[kind]))
        counts[kind] += 1
    return out


def _agreement(design: Design, parameters: Parameters, labels: np.ndarray, columns: list[tuple[str, int]]) -> float:
    """Share of people whose most probable class is the same from these columns alone."""
    return float((posterior(_only(design, columns), parameters).argmax(axis=1) == labels).mean())


def _only(design: Design, columns: list[tuple[str, int]]) -> Design:
    """The answers of these columns; all others count as not given."""
    ordered = np.zeros(design.scores.shape[1])
    nominal = np.zeros(design.nominal.shape[1])
    for kind, number in columns:
        if kind == "ordered":
            ordered[number] = 1.0
        else:
            start, stop = design.spans[number]
            nominal[start:stop] = 1.0
    return replace(design, scores=design.scores * ordered, seen=design.seen * ordered, nominal=design.nominal * nominal)
