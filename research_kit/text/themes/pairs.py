"""Things that everybody speaks of ("room" in a hotel, "app" in a review of an app) are no themes; what is wrong or right with them is.

A broad thing makes themes only together with what is said of it: "room + #small" with a word of ``vocabulary/issues.toml``, or "cell +
hide" with another word of the study. Both must stand in the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from research_kit.text.themes.terms import Table, counted
from research_kit.text.vocabulary import issues, knowledge
from research_kit.text.vocabulary.beside import said_of
from research_kit.text.vocabulary.shared import Phrase
from research_kit.text.vocabulary.words import stem

JOIN = " + "
BROAD_SHARE, BROAD_PEOPLE = 0.05, 20
"""A thing that at least this share of people, and this many, speak of may be too broad to be a theme."""
OBJECT_SHARE, OBJECT_LIFT = 0.06, 1.5
"""What this share of everybody speaks of, whether they praise or complain, is what the study is about."""
BARE = 0.08
"""A thing that is the whole answer this often is what people mean to name, however many do."""
FEWEST = 3
TOGETHER = 2.0
"""Two words of the study make a pair when they occur together this many times as often as by chance."""
AT_HOME = 1.1
"""How much more often than elsewhere a word must occur in pains to be what pains are about."""
_UNFINISHED = re.compile(r"^[跟没叫问请]|[说叫问讲请跟]$|^(?!family|supply|reply|assembly|anomaly|monopoly)[a-z]{3,}ly$")
MOST = 12
"""Pairs of one thing at most."""
THINGS = frozenset(knowledge.forms("things").split())
PRAISE = frozenset(f"@{key}" for key in knowledge.forms("praise").split())
"""Sets of synonyms that say what is good: no theme of a pain, and nothing more to be said of."""
WHOLES = frozenset(stem(word) for word in knowledge.forms("wholes").split())
NO_TOPIC = frozenset(stem(word) for word in f"{knowledge.forms('no_topic_en')} {knowledge.forms('no_topic_zh')}".split())
MOOD = frozenset(stem(word) for word in f"{knowledge.forms('mood_en')} {knowledge.forms('mood_zh')}".split())
"""Tells how somebody feels and of nothing else."""
TELLING = frozenset(knowledge.forms("telling").split())
"""Sets of synonyms that say by themselves what is wrong or right."""


def defining(terms: Iterable[str]) -> str:
    """The set of synonyms that a theme of these terms is made of, "" where it is made of something else."""
    first = next(iter(terms), "")
    return first[1:] if first.startswith("@") and JOIN not in first else ""


def broad(table: Table, background: Table) -> set[str]:
    """The single words and pieces of this kind of mention that are too broad to be a theme, and sets of synonyms that name only a thing."""
    people, everyone = table.everybody(), background.everybody()
    found = set()
    for term in table.rows:
        if " " in term or (term in NO_TOPIC and term not in WHOLES) or (term.startswith("@") and term[1:] not in THINGS):
            continue
        n = table.people(term)
        if term in WHOLES:
            found.add(term)
        if n < max(BROAD_PEOPLE, BROAD_SHARE * people):
            continue
        about = background.people(term) / everyone >= OBJECT_SHARE and lift(term, table, background) < OBJECT_LIFT
        if (about or n >= 2 * BROAD_SHARE * people) and table.bare(term) < BARE:
            found.add(term)
    return found


def lift(term: str, table: Table, background: Table) -> float:
    """How much more often than in all mentions a term stands in those of this kind."""
    if term not in background.rows:
        return 1.0
    share = len(table.rows[term]) / max(1, len(table.units))
    return share / (len(background.rows[term]) / max(1, len(background.units)))


def lone(term: str) -> bool:
    """Whether a term may be a theme by itself: not where it is a word that names no thing ("stop", "long", 回家), nor a name of the whole
    ("reddit app")."""
    return term not in NO_TOPIC and term.rsplit(" ", 1)[-1] not in WHOLES and not _UNFINISHED.search(term)


def own_word(term: str) -> bool:
    """Whether a term is a single word that may be what some people speak of, though it names no thing: no feeling and no name of the whole."""
    return " " not in term and not term.startswith("@") and term not in MOOD and term not in WHOLES


def belongs(term: str, table: Table, background: Table) -> bool:
    """Whether a term is more at home in this kind of mention than in others, or is a whole answer by itself, or known as a topic."""
    share = len(table.units) / max(1, len(background.units))
    enough = min(AT_HOME, 0.5 + 0.5 / share)
    return term.startswith("@") or lift(term, table, background) >= enough or table.bare(term) >= BARE / 2


def pairs(table: Table, things: set[str], kind: str, fewest: int) -> dict[str, np.ndarray]:
    """{"thing + #issue" or "thing + word": rows} of the broad things; a pair stands for at least ``fewest`` people."""
    found: dict[str, np.ndarray] = {}
    said = _issues(table, things, kind)
    for thing in sorted(things - PRAISE):
        mine = [(f"{thing}{JOIN}{issues.MARK}{key}", rows) for key, rows in said[thing].items()]
        mine += [(f"{thing}{JOIN}{word}", rows) for word, rows in _beside(table, thing, things).items()]
        people = counted(dict(mine), table.units)
        enough = [(name, rows) for name, rows in mine if people[name] >= fewest]
        enough.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        found.update(enough[:MOST])
    return found


def _issues(table: Table, things: set[str], kind: str) -> dict[str, dict[str, np.ndarray]]:
    """What is said of each thing: {thing: {issue: rows}}."""
    places: dict[str, dict[str, list[int]]] = {thing: {} for thing in things}
    named: dict[Phrase, list[str]] = {}
    for thing in sorted(things):
        for entry in dict.fromkeys(knowledge.entries_of(words_of(thing))):
            named.setdefault(entry, []).append(thing)
    finder, offers = knowledge.finding_entries(named), table.offers
    _, found = finder.find_both(offers.said, offers.place >= 0)
    which, issue = said_of(found, offers.said, offers.texts, [words_of(thing) for thing in finder.keys])
    of_kind, held = issues.of_kind(kind), {thing: set(table.rows[thing].tolist()) for thing in things}
    rows = offers.place[found.text[which]]
    said = sorted(set(zip(rows.tolist(), found.key[which].tolist(), issue.tolist(), strict=True)))
    for row, of, number in said:
        thing, key = finder.keys[of], issues.keys()[number]
        if row not in held[thing] or key not in of_kind or (key in issues.GENERIC and thing in WHOLES):
            continue
        if key != issues.LACK or issues.is_said(table.texts[row], key):  # what stands right beside a thing is said anyway
            places[thing].setdefault(key, []).append(row)
    return {thing: {key: np.array(rows) for key, rows in told.items()} for thing, told in places.items()}


def words_of(part: str) -> tuple[str, ...]:
    """The words that stand for a term: those of a set of synonyms, none for an issue (``issues`` looks for it), else itself."""
    if part.startswith(issues.MARK):
        return ()
    return knowledge.synonyms()[part[1:]] if part.startswith("@") else (part,)


def _beside(table: Table, thing: str, things: set[str]) -> dict[str, np.ndarray]:
    """Words that occur beside the thing far more often than by chance, and are no broad things themselves."""
    mine = table.rows[thing]
    found = {}
    for term, n in table.beside(mine, FEWEST).items():
        if term == thing or term in things or " " in term or _same(term, thing):
            continue
        by_chance = len(table.rows[term]) * len(mine) / max(1, len(table.units))
        if n >= TOGETHER * by_chance and lone(term) and n < 0.6 * len(mine):
            found[term] = np.intersect1d(mine, table.rows[term], assume_unique=True)
    return found


def _same(term: str, thing: str) -> bool:
    """One is a piece of the other, or of its synonyms."""
    words: Sequence[str] = knowledge.synonyms()[thing[1:]] if thing.startswith("@") else (thing,)
    return any(term in word or word in term for word in words)
