"""Answers in words: lines of a card, short, in the output language, and only words that stand in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.labels import label

if TYPE_CHECKING:
    from research_kit.records import Language, Question, Responses

_LONG = 34
_QUESTION, _ANSWER = 90, 80
"""Width of a question and of an answer in a line of a card."""
HAN = re.compile(r"[\u3400-\u9fff]")
LEAD_CLAUSE = re.compile(
    r"^(?:in|on|under|given|generally|when|thinking|prior|compared|looking|from|overall|with|to|for|if|during|by|at|over|after|before|as)\b"
    r"[^,?]{0,70}, (?=\w+ \w+ \w+)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"[.?!:;\s]*(?:please\s+)?\b(?:select|check|tick|mark|choose)\s+(?:all|any|one|the)\b[^.?!]*[.?!]?\s*$", re.IGNORECASE
)
_ASIDE = re.compile(r", (?:if at all|if any|if applicable|if you have any|on average),? ", re.IGNORECASE)
_NUMBERING = re.compile(r"^\W*(?:[QqＱ]?\d{1,3}[a-z]?[.、):：]\s*)(?=\D)")
_AGREE = re.compile(r"agree|同意|贊成|赞成|認同|认同|符合", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What a column of the answers asks: the question, and the option or row it stands for ("" = all of it)."""

    question: Question
    part: str
    levels: tuple[Any, ...] = ()
    """The answers that somebody gave, in order, where they have one."""


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain dicts."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def asked(responses: Responses) -> dict[str, Asked]:
    """Every answer column and what it asks."""
    out: dict[str, Asked] = {}
    for question in responses.questions:
        for column in question.answer_columns:
            part = column[len(question.key) + 3 :] if column.startswith(f"{question.key} | ") else ""
            out[column] = Asked(question, part, _levels(responses.answers[column]) if column in responses.answers else ())
    return out


def _levels(values: pd.Series) -> tuple[Any, ...]:
    if not isinstance(values.dtype, pd.CategoricalDtype) or not values.dtype.ordered:
        return ()
    given = sorted(set(values.cat.codes.tolist()) - {-1})
    return tuple(values.dtype.categories[code] for code in given)


def tidy(text: str) -> str:
    """Without numbering, remarks in brackets, and "select all that apply"."""
    text = re.sub(r"\s+", " ", re.sub(r"[（(\[【][^）)\]】]{0,200}[）)\]】]", "", text)).strip()
    text = _ASIDE.sub(" ", _INSTRUCTION.sub("", _NUMBERING.sub("", text)))
    return text.strip(" :：;；,，.。?？*")


def shorten(text: str, most: int = _LONG) -> str:
    """At most ``most`` characters (half as many Chinese ones), cut between words; an introduction goes before the question does."""
    text = tidy(text)
    if HAN.search(text):
        most = most // 2
        return text if len(text) <= most else text[: most - 1] + "…"
    if len(text) > most:
        rest = LEAD_CLAUSE.sub("", text)
        text = rest[:1].upper() + rest[1:]
    first = re.split(r"(?<=\w)[?.!] ", text)[0]
    if len(text) > most and len(first.split()) > 3:
        text = first
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0].rstrip(" ,;:")
    return (cut or text[: most - 1]) + "…"


def is_agreement(levels: Sequence[str]) -> bool:
    """A scale of agreement."""
    return sum(bool(_AGREE.search(x)) for x in levels) >= 2


def listed(texts: Sequence[str], language: Language) -> str:
    """Texts in one line, each in quotation marks."""
    return label("personas", "comma", language).join(label("personas", "exactly", language, level=t) for t in texts)


def side(row: Mapping[str, Any], item: Asked) -> tuple[Any, ...]:
    """The answers that a row of ``explain`` speaks of: one, or those from a level of a scale to its end."""
    if row["kind"] not in ("at_least", "at_most") or row["answer"] not in item.levels:
        return (row["answer"],)
    place = item.levels.index(row["answer"])
    return item.levels[place:] if row["kind"] == "at_least" else item.levels[: place + 1]


def span(levels: Sequence[Any], language: Language) -> str:
    """Neighbouring answers in words: "A", "A or B", "A to Z"."""
    words = [label("personas", "exactly", language, level=shorten(str(x), _ANSWER) or x) for x in levels]
    if len(words) < 3:
        return label("personas", "either", language).join(words)
    return label("personas", "from_to", language, first=words[0], last=words[-1])


def subject(item: Asked, most: int = _QUESTION) -> str:
    """The shortest words that say what was asked: a matrix row that is a sentence alone, else with its question."""
    question = item.question.text or item.question.key
    if not item.part:
        return shorten(question, most)
    long = len(HAN.findall(item.part)) >= 5 or len(item.part.split()) >= 4
    if long or is_agreement([str(x) for x in item.levels]) or shorten(question) == shorten(item.part):
        return shorten(item.part, most)
    return f"{shorten(question, 60)} – {shorten(item.part, most)}"


def trait_text(row: Mapping[str, Any], item: Asked, language: Language) -> str:
    """A line for a card."""
    if row["kind"] == "mean":
        return _mean_text(row, item, language)
    if item.question.kind == "multiple":
        what = label("personas", "what", language, question=shorten(item.question.text, 60), answer=shorten(item.part, _ANSWER))
    elif row["answer"] is True:
        what = subject(item)
    else:
        what = label("personas", "what", language, question=subject(item), answer=span(side(row, item), language))
    value, others = f"{100 * row['value']:.0f}", f"{100 * row['others']:.0f}"
    return label("personas", "trait_share", language, what=what, value=value, others=others)


def number(value: float) -> str:
    """A number as people write it: six digits and never "1.25e+06"."""
    return f"{value:.0f}" if abs(value) >= 1e6 else np.format_float_positional(float(f"{value:.6g}"), trim="-")


def _apart(value: float, others: float) -> tuple[str, str]:
    """Two different means with as many decimals as show the difference: one, else up to four."""
    texts = [(f"{value:.{digits}f}", f"{others:.{digits}f}") for digits in range(1, 5)]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[0])


def _mean_text(row: Mapping[str, Any], item: Asked, language: Language) -> str:
    value, others = _apart(row["value"], row["others"])
    if item.question.kind == "ranking":
        what = label("personas", "what", language, question=shorten(item.question.text, 50), answer=shorten(item.part, _ANSWER))
        return label("personas", "trait_rank", language, what=what, value=value, others=others)
    scale = item.question.scale
    if item.question.kind in ("rating", "nps") and scale is not None and scale.max - scale.min > 1:
        numbers = {"value": value, "others": others, "low": f"{scale.min:g}", "high": f"{scale.max:g}"}
        ends = [shorten(text) for text in (scale.labels[0], scale.labels[-1])] if scale.labels else ["", ""]
        if all(ends) and ends != [numbers["low"], numbers["high"]]:
            words = {"first": span(ends[:1], language), "last": span(ends[1:], language)}
            return label("personas", "trait_mean_ends", language, what=subject(item), **numbers, **words)
        return label("personas", "trait_mean_scale", language, what=subject(item), **numbers)
    return label("personas", "trait_mean", language, what=subject(item), value=value, others=others)
