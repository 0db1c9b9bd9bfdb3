"""Names for personas: a few words from the answers that set each apart, what they do or want before what they do not. Drafts, for the
researcher to replace; never a demographic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from research_kit.labels import label
from research_kit.language import in_script
from research_kit.personas import coded, phrases, statements
from research_kit.personas.shortening import MOST_WORDS, SPARE, Phrase, compact, width
from research_kit.personas.wording import HAN, Asked, is_agreement, records, side, tidy

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.records import Language

_MOST_TRIED = 24
_TRUE_OF = 0.4
"""Share of a persona that its name must be true of."""
_KEPT = 0.35
"""Share of what was asked that must still stand in a phrase."""
_LACK = 0.4
"""What a lack weighs beside what they do or want: it names them only where it sets them apart far more."""
_NONE = re.compile(r"none(?: of (?:the |these |those )?.*)?$", re.IGNORECASE)
_ALWAYS = re.compile(r"always|all of the time|every time|每次|[總总]是|一[直定]", re.IGNORECASE)
_AMOUNT = re.compile(r"^[^\w]*[\d,.]+\s*(?:[-–~至到]\s*[\d,.]+)?\s*\D{0,4}$")
"""A bare figure, which needs its question beside it."""
_HOLLOW_TOPIC = frozenset("do did use prefer like have choose come go work".split())
"""What is left of "What do you do?": no topic to put before an answer."""
_RANGE = re.compile(
    r"^\D{0,3}?(?P<low>\d[\d.,]*)\s*(?P<low_unit>[^\d–~～-]*?)\s*(?:[–~～-]|to|至|到)\s*(?P<high>\d[\d.,]*)\s*(?P<unit>\D{0,8})$"
)
_MEANT = {
    "satisfied": re.compile(r"satisf|happy|[滿满]意", re.IGNORECASE),
    "cares": re.compile(r"important|importance|matter|重要|重[視视]|在意|在乎|看重", re.IGNORECASE),
}
"""What a high figure of a row means, by its question."""
_NOT_CHOSEN = {
    "name_less_cares": re.compile(r"important|matter|look for|重要|重[視视]|在意|在乎|看重", re.IGNORECASE),
    "name_not_used": re.compile(r"\bdo you (?:\w+ly )?use\b|使用|常用|用[過过]|[會会]用", re.IGNORECASE),
}
"""What not to choose an option means, by its question."""
_STATEMENT = re.compile(r"我|自己|很|[會会]|[讓让]")
"""A Chinese row that is a sentence: "high" cannot be put behind it."""


@dataclass(frozen=True)
class _Candidate:
    """A phrase that could name a persona, and how well."""

    score: float
    persona: int
    text: str
    question: str


def draft_names(tables: Sequence[pd.DataFrame], about: Mapping[str, Asked], language: Language) -> list[str]:
    """A name for each persona, no two alike. Each phrase goes to the persona that it fits best; a single word gets a second one."""
    candidates = sorted(
        (c for number, table in enumerate(tables) for c in _candidates(number, table, about, language)),
        key=lambda c: (-c.score, c.persona, c.text),
    )
    names: dict[int, str] = {}
    taken: dict[str, int] = {}
    first: dict[int, _Candidate] = {}
    for c in candidates:
        if c.persona not in first and c.text.casefold() not in taken:
            first[c.persona] = c
            taken[c.text.casefold()] = c.persona
    for number in range(len(tables)):
        if number not in first:
            names[number] = coded.number_with_codes(number + 1, tables[number], about, language)
            continue
        head = first[number]
        own = [c for c in candidates if c.persona == number and c.question != head.question and c.text.casefold() not in taken]
        own = [c for c in own if not _words(c.text) & _words(head.text)]
        own = [c for c in own if c.score >= 0.4 * head.score and width(head.text) + width(c.text) <= MOST_WORDS]
        joined = [head.text, own[0].text] if own and width(head.text) <= 2 else [head.text]
        if len(joined) > 1:
            taken[own[0].text.casefold()] = number
        between = label("personas", "name_join", language if any(HAN.search(text) for text in joined) else "en")
        names[number] = in_script(between.join(_capital(text) for text in joined), language)
    return [names[number] for number in range(len(tables))]


def _words(text: str) -> set[str]:
    return {w.strip(",.:;“”") for w in text.casefold().split()} - {
        "never",
        "not",
        "no",
        "often",
        "rarely",
        "do",
        "have",
        "to",
        "of",
        "and",
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _candidates(number: int, table: pd.DataFrame, about: Mapping[str, Asked], language: Language) -> list[_Candidate]:
    """The phrases of a persona's strongest answers with their scores."""
    shared = _shared(about)
    out = []
    for line in records(table)[:_MOST_TRIED]:
        item = about[str(line["column"])]
        row = _turned(line, item)
        if row["kind"] != "mean" and row["effect"] > 0 and row["value"] < _TRUE_OF:
            continue
        phrase = _phrase(row, item, shared, language)
        if phrase is None or phrase.kept < _KEPT or not phrase.whole or not 1 <= width(phrase.text) <= MOST_WORDS + SPARE:
            continue
        score = _fit(row) * (0.4 + 0.6 * phrase.kept) * (_LACK if phrase.lack else 1)
        out.append(_Candidate(score, number, phrase.text, item.question.key))
    return out


def _turned(row: dict[str, Any], item: Asked) -> dict[str, Any]:
    """Fewer at one end of a scale are more on the rest of it."""
    if (
        row["kind"] != "share"
        or row["effect"] > 0
        or row["answer"] not in (item.levels[:1] + item.levels[-1:])
        or len(item.levels) < 3
    ):
        return row
    low = row["answer"] == item.levels[0]
    kind, answer = ("at_least", item.levels[1]) if low else ("at_most", item.levels[-2])
    return {
        **row,
        "kind": kind,
        "answer": answer,
        "value": 1 - row["value"],
        "others": 1 - row["others"],
        "effect": -row["effect"],
    }


def _fit(row: Mapping[str, Any]) -> float:
    """How well an answer tells who they are: its effect, less where not even half give it."""
    value = abs(float(row["effect"]))
    if row["kind"] == "mean" or row["effect"] < 0:
        return 0.7 * value
    return value * (1.0 if row["value"] >= 0.5 else 0.6)


def _phrase(row: Mapping[str, Any], item: Asked, shared: frozenset[str], language: Language) -> Phrase | None:
    glue = _glue(item, language)
    if row["kind"] == "mean":
        return _by_level(row, item, glue)
    if item.question.kind == "multiple":
        return _option(row, item, glue)
    if row["answer"] is True:
        return phrases.topic(item.part or item.question.text)
    answers = [str(a) for a in side(row, item)]
    if all(phrases.EMPTY.match(tidy(a)) or phrases.is_number(a) for a in answers):
        return _numbered(answers, item) if row["effect"] > 0 else None
    levels = [str(level) for level in item.levels]
    positive = row["effect"] > 0
    # Answers to "How often ...?" without an order are told by their words alone.
    scale = levels or ([str(o) for o in item.question.options] if len(answers) == 1 else [])
    found = phrases.framed(item.part or item.question.text, answers, scale) if positive else None
    if found is not None:  # a known frame keeps what was meant, however much of the question goes
        return replace(found, kept=_KEPT + (1 - _KEPT) * found.kept)
    if len(answers) == 1 and not levels and positive:
        return _choice(answers[0], item, shared)
    about = phrases.topic(item.part or item.question.text)
    if about is None or not positive:
        return None
    level = phrases.stance(answers, levels) if len(answers) > 1 else _level(answers[0])
    if levels and _ALWAYS.search(levels[-1]) and answers == levels[: len(answers)]:
        level = label("personas", "not_always", glue)
    if not level or width(about.text) + width(level) > MOST_WORDS + 1:
        level = _edge(row, answers, glue) if levels else level
    return _joined(about, level, glue) if level else None


def _numbered(answers: Sequence[str], item: Asked) -> Phrase | None:
    """A one in a column of ones and zeros is a tick."""
    if {float(o) for o in item.question.options if phrases.is_number(o)} != {0.0, 1.0} or not phrases.is_number(answers[0]):
        return None
    about = phrases.topic(item.part or item.question.text)
    return about if about and float(answers[0]) == 1 else None


def _glue(item: Asked, language: Language) -> Language:
    """The language of the words between: that of the question, since a phrase is one piece."""
    if not HAN.search(item.part or item.question.text or ""):
        return "en"
    return language if language != "en" else "zh-Hant"


def _joined(about: Phrase, level: str, glue: Language) -> Phrase:
    lack = phrases.denies(level)
    if glue != "en":
        return replace(about, text=about.text + (" " if level[:1].isascii() else "") + level, kept=0.8 * about.kept, lack=lack)
    return replace(
        about, text=label("personas", "what", glue, question=about.text, answer=level), kept=0.5 * about.kept, lack=lack
    )


def _level(answer: str) -> str:
    text = tidy(re.split(r" -|--|;", answer)[0])
    return " ".join(w.lower() if w[1:].islower() or len(w) == 1 else w for w in text.split())


def _edge(row: Mapping[str, Any], answers: Sequence[str], glue: Language) -> str:
    """ "1 hour or more": the inner end of a run of answers; nothing where the answer is long."""
    if row["kind"] not in ("at_least", "at_most"):
        return ""
    inner = _end(_level(answers[-1] if row["kind"] == "at_most" else answers[0]), upper=row["kind"] == "at_most")
    return label("personas", f"short_{row['kind']}", glue, level=inner) if width(inner) <= 3 and re.search(r"\d", inner) else ""


def _end(level: str, *, upper: bool) -> str:
    """The end of a range that "or less" and "or more" speak of: "10–30 minutes" or less is 30 minutes or less."""
    found = _RANGE.match(level)
    if found is None:
        return level
    unit = found["unit"] if upper else found["low_unit"] or found["unit"]
    blank = " " if unit and f" {unit.strip()}" in level else ""
    return f"{found['high'] if upper else found['low']}{blank}{unit.strip()}"


def _by_level(row: Mapping[str, Any], item: Asked, glue: Language) -> Phrase | None:
    """A mean: high or low; of a ranking: what they put first."""
    more = bool(row["effect"] > 0)
    if item.question.kind == "ranking":
        return _ranked(row, item, glue)
    about = phrases.topic(item.part or item.question.text)
    if about is None:
        return None
    if item.part and (
        is_agreement([item.question.text] * 2) or is_agreement(item.question.scale.labels if item.question.scale else ())
    ):
        return phrases.agreed(tidy(item.part), agrees=more)
    if item.part and (found := next((key for key, asks in _MEANT.items() if asks.search(item.question.text)), "")):
        own = compact(phrases.words_of(tidy(item.part)), MOST_WORDS - 2)
        text = own.text if glue != "en" else own.text[:1].lower() + own.text[1:] if own.text[1:2].islower() else own.text
        return replace(
            own, text=label("personas", f"name_{'more' if more else 'less'}_{found}", glue, option=text), lack=not more
        )
    if glue != "en" and _STATEMENT.search(about.text):
        key = "name_agrees" if more else "name_disagrees"
        return replace(about, text=label("personas", key, glue, option=about.text), kept=0.8 * about.kept, lack=not more)
    return _joined(about, label("personas", "high" if more else "low", glue), glue)


def _ranked(row: Mapping[str, Any], item: Asked, glue: Language) -> Phrase | None:
    options = [tidy(o) for o in item.question.options]
    key = "name_first" if row["value"] <= 2.2 else "name_last" if row["value"] >= len(options) - 1.2 else ""
    own = compact(tidy(item.part)[_common_start(options) :], MOST_WORDS - 1)
    return replace(own, text=label("personas", key, glue, option=own.text), lack=key == "name_last") if key else None


def _option(row: Mapping[str, Any], item: Asked, glue: Language) -> Phrase | None:
    """A ticked option stands for itself, without what all options of its question begin with."""
    text = tidy(item.part)
    if _NONE.match(text) and row["effect"] > 0 and glue == "en":
        about = phrases.topic(item.question.text)
        return about and replace(about, text=f"no {about.text[:1].lower()}{about.text[1:]}", lack=True)
    if phrases.polarity([text]) is not None:
        return phrases.framed(item.question.text, [text], []) if row["effect"] > 0 else None
    if phrases.EMPTY.match(text) or phrases.is_code(text):
        return None
    start = _common_start([tidy(o) for o in item.question.options])
    own = re.sub(r"^(?:yes|no)[,:] ", "", text[start:] or text, flags=re.IGNORECASE)
    if row["effect"] > 0:
        own = re.sub(r"^to (?=[a-z]+ \w+ )", "", own, flags=re.IGNORECASE)
        said = statements.chinese(own, agrees=True) if HAN.search(own) else statements.english(own, agrees=True)
        return compact(said or own)
    body = compact(own, MOST_WORDS - 1)
    asks = next((key for key, pattern in _NOT_CHOSEN.items() if pattern.search(item.question.text)), "not_option")
    return replace(body, text=label("personas", asks, glue, option=body.text), lack=True)


def _common_start(options: Sequence[str]) -> int:
    """Characters that the words in common at the start of all options take."""
    lists = [o.split(" ") for o in options]
    if len(lists) < 2:
        return 0
    size = 0
    for words in zip(*(w[:-1] for w in lists), strict=False):
        if len(set(words)) > 1:
            break
        size += len(words[0]) + 1
    return size


def _choice(answer: str, item: Asked, shared: frozenset[str]) -> Phrase | None:
    """The answer to a single choice, with its question where several questions have it or it is one bare word."""
    text = tidy(answer)
    said = phrases.polarity([text])
    about = phrases.topic(item.part or item.question.text)
    if said is not None:
        rest = re.sub(r"^(?:yes|no)\b[\s,:;.–-]*", "", text, flags=re.IGNORECASE)
        if len(rest.split()) >= 2:
            return replace(compact(rest), kept=0.6 * compact(rest).kept)
        return None
    own = compact(re.split(r" --? | – ", text)[0])
    if phrases.is_code(own.text) and not HAN.search(own.text) and "_" in own.text:
        return None
    bare = text.casefold() in shared or (width(own.text) < 2 and not HAN.search(own.text)) or bool(_AMOUNT.match(own.text))
    if bare and not (about and about.text.casefold() in _HOLLOW_TOPIC):
        return (
            None
            if about is None or width(own.text) > 2
            else _joined(about, own.text, "zh-Hant" if HAN.search(about.text) else "en")
        )
    return own


def _shared(about: Mapping[str, Asked]) -> frozenset[str]:
    """Answers that several questions offer."""
    seen: dict[str, str] = {}
    out = set()
    for item in about.values():
        for option in item.question.options:
            word = tidy(str(option)).casefold()
            if seen.setdefault(word, item.question.key) != item.question.key:
                out.add(word)
    return frozenset(out)
