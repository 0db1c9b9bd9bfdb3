"""The words that betray the stages of a study: their own, and those of the common stages and concepts that they are or speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from research_kit.records import Stage
from research_kit.text.stages import trades as stage_trades
from research_kit.text.stages.trades import normal
from research_kit.text.vocabulary import knowledge, stopwords
from research_kit.text.vocabulary.general import JOURNEY
from research_kit.text.vocabulary.words import Finder, stem, tokens

OWN, NAMED, DESCRIBED, LINKED, RELATED = 3.0, 1.5, 2.0, 1.0, 0.5
"""Weight of a stage's names and keywords, of the single words of its names, of the words of its description, of those of the common stage
that it is, and of the words of concepts that it speaks of."""
BESIDE = {"attitude": ("staff", "tradespeople", "teaching")}
"""Concepts that go with others."""
CORE = frozenset({"use", "daily_work", "learning", "reading_watching", "network_use"})
"""Common stages at which a product is used."""
SERVICE = frozenset({"service", "服务"})
"""May be all that is offered, or how guests are treated."""
IN_USE = (
    "interface",
    "features",
    "usability",
    "design_look",
    "speed",
    "crash",
    "update",
    "content_library",
    "notifications",
    "compatibility",
    "accuracy",
)
"""Concepts that belong where a thing is used, unless another stage speaks of them."""
HEARTS = ("daily_work", "learning", "reading_watching", "network_use", "repair", "dining", "treatment", "stay", "account_service")
SHARED = 0.5
"""A stage that is one of several parts of a general stage has half of it, besides the one that is that stage by name."""
ENDS = ("awareness", "purchase", "advocacy")
"""Stages are a journey of the general kind when they have two of these, or four of the six: parts of a service are not."""


def vocabulary(stages: Sequence[Stage]) -> tuple[Finder, dict[str, np.ndarray]]:
    """A finder over all words that any stage has, and for each word its weight per stage."""
    weights: dict[str, np.ndarray] = {}
    about = [_about(stage) for stage in stages]
    core = _core(stages)
    if core is not None:
        about[core] = {**{key: 1.0 for key in IN_USE if not any(key in concepts for concepts in about)}, **about[core]}
    for place, (stage, concepts) in enumerate(zip(stages, _beside(about), strict=True)):
        for word, weight in _words(stage, concepts).items():
            row = weights.setdefault(word, np.zeros(len(stages)))
            row[place] = max(row[place], weight)
    for row in weights.values():
        # A word that several stages share tells little: its weight is divided among them.
        row /= (row > 0).sum() ** 0.5 if row.max() >= OWN else (row > 0).sum()
    return knowledge.finding({word: (word,) for word in weights}, knowledge.idioms()), weights


def part_of(stages: Sequence[Stage]) -> np.ndarray | None:
    """How much each stage is part of each general stage (stages x 6), by its names; None where these stages are not such a journey."""
    commons = knowledge.common_stages()
    table = np.zeros((len(stages), len(JOURNEY)))
    found = [linked(_names(stage), normal(stage.description)) for stage in stages]
    shipped = [
        [stage_trades.parts()[one] for one in mine if one in stage_trades.parts()] for mine in stage_trades.shipped_as(stages)
    ]
    for place, keys in enumerate(found):
        for general, part in ((g, p) for each in shipped[place] for g, p in each.items()):
            table[place, JOURNEY.index(general)] = max(table[place, JOURNEY.index(general)], part)
        for key in () if shipped[place] else keys:
            column = JOURNEY.index(commons[key].journey)
            table[place, column] = max(table[place, column], 1.0 if key == JOURNEY[column] else SHARED)
    for column in range(len(JOURNEY)):
        if (table[:, column] > 0).sum() == 1:
            table[table[:, column] > 0, column] = 1.0
    _heart(table, found)
    covered = {stage for stage, part in zip(JOURNEY, table.max(axis=0, initial=0.0).tolist(), strict=True) if part}
    return table if len(covered & set(ENDS)) >= 2 or len(covered) >= 4 else None


def _heart(table: np.ndarray, found: Sequence[Sequence[str]]) -> None:
    """Where no stage is "use" by name, its whole share has the stage that is the heart of the trade: one after the first whose name says
    nothing in general ("看展"), else the one at which people eat, stay, learn, are treated."""
    use = JOURNEY.index("use")
    if table[:, use].max(initial=0.0) < 1.0:
        unknown = np.flatnonzero(table.max(axis=1, initial=0.0) == 0)
        hearts = unknown[unknown > 0].tolist() or [next((i for key in HEARTS for i, keys in enumerate(found) if key in keys), -1)]
        table[[i for i in hearts if i >= 0], use] = 1.0


def _names(stage: Stage) -> list[str]:
    return [normal(name) for name in (*stage.names.values(), stage.key.replace("_", " ").replace("-", " "))]


def _about(stage: Stage) -> dict[str, float]:
    """The concepts that a stage speaks of, with their weights."""
    names = _names(stage)
    return _related([*names, *(normal(keyword) for keyword in stage.keywords)], " ".join([*names, normal(stage.description)]))


def _core(stages: Sequence[Stage]) -> int | None:
    """The one stage at which the thing itself is used, where these stages are no journey of the general kind and have just one."""
    names = [_names(stage) for stage in stages]
    using = [i for i, mine in enumerate(names) if not CORE.isdisjoint(linked(mine, "")) and SERVICE.isdisjoint(mine)]
    return using[0] if len(using) == 1 and part_of(stages) is None else None


def _beside(about: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """The concepts of each stage with those that go with them: how people treat others belongs where they are met, unless another stage
    speaks of it."""
    missing = [key for key in BESIDE if not any(key in concepts for concepts in about)]
    added: list[dict[str, float]] = []
    for concepts in about:
        best = {key: max(concepts.get(other, 0.0) for other in BESIDE[key]) for key in missing}
        added.append({**concepts, **{key: weight for key, weight in best.items() if weight}})
    return added


def _words(stage: Stage, concepts: dict[str, float]) -> dict[str, float]:
    """Every word that speaks for this stage, with its weight."""
    names, description = _names(stage), normal(stage.description)
    declared = [*names, *(normal(keyword) for keyword in stage.keywords)]
    words: dict[str, float] = {}

    def add(found: Iterable[str], weight: float) -> None:
        for word in found:
            if word:
                words[word] = max(words.get(word, 0.0), weight)

    for key, weight in concepts.items():
        add(knowledge.concepts()[key].words, RELATED * weight)
    for key in linked(names, description):
        add(knowledge.common_stages()[key].words, LINKED if linked(names, "") else RELATED)
    # "Getting to the service": everything in the study is about the service.
    add((word for word in content_words(description) if word not in _wholes()), DESCRIBED)
    add((word for name in names for word in content_words(name)), NAMED)
    add(declared, OWN)
    return words


@cache
def _wholes() -> frozenset[str]:
    return frozenset(stem(word) for word in (*knowledge.forms("wholes").split(), *stage_trades.listed("plain")))


def _related(declared: Sequence[str], about: str) -> dict[str, float]:
    """Concepts that a stage's names, keywords (1.0) and description (0.6) speak of."""
    finder = knowledge.concept_finder()
    found = {key: 0.6 for key, _ in finder.find(about)}
    found.update({key: 1.0 for word in declared for key, _ in finder.find(word)})
    return found


def linked(names: Iterable[str], description: str) -> list[str]:
    """The common stages that a declared stage is: by a whole name, else by words of its names, else by words of its description."""
    names = list(names)
    commons = knowledge.common_stages()
    exact = [key for key, common in commons.items() if not set(names).isdisjoint(common.names)]
    if exact:
        return exact[:2]
    finder = knowledge.common_stage_finder()
    found = dict.fromkeys(key for name in names for key, _ in finder.find(name))
    return list(found or dict.fromkeys(key for key, _ in finder.find(description)))[:3]


def content_words(text: str) -> list[str]:
    """The words of a name or a description that say what it is about."""
    found: list[str] = []
    for token in tokens(text):
        if token.isascii():
            if token not in stopwords.ENGLISH and len(token) > 2:
                found.append(token)
        else:
            found.extend(piece for piece in stopwords.bare(token) if len(piece) <= 4)
    return found
