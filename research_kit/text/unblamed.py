# ruff: noqa: E501 (patterns that read better unbroken)
"""What answers a question for faults and names none: praise in whole sentences ("Everything was explained to me"), habits ("I go three times a
week"), dates. The question makes blame of whatever nobody knows better; these are read without it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from research_kit.text import english, judge, pains, units
from research_kit.text.framing import wish_word
from research_kit.text.units import Units
from research_kit.text.whole import softmax

PRAISES = {"en": 0.1, "zh": 0.3}
"""Valence of a sentence read without its question from which it praises."""
WORDS, CHARACTERS = 4, 4
"""What a sentence has at least."""
GOOD = 0.3
"""Value of a word that praises; without one, only what people do is praise: "they always listen", not "classes fill up within minutes"."""
_PEOPLE = re.compile(
    r"^(?:and |also )?(?:the |my |our |your |all |all the )?(?:they|she|he|you|we were|i was|i am|i felt|i feel|i got|got|everyone|everybody|everything|staff|team|\w*(?:nurse|doctor|teacher|coach|trainer|driver|crew|people|guy|lady|girl|man|woman|person|consultant|physio|therapist|receptionist|instructor|host|waiter|waitress|server)s?)\b|^我"
)
_WHEN = r"(?:\d[\d/:.年月日号點点分-]*|last|this|next|since|in|on|at|about|around|for|ago|the|a|an|few|couple|of|one|two|three|four|five|six|several|many|some|half|and|first|once|every|each|daily|weekly|monthly|early|late|spring|summer|autumn|fall|winter|day|days|week|weeks|weekend|weekends|month|months|year|years|morning|afternoon|evening|night|today|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|times?)"  # fmt: skip
_DATE = re.compile(rf"(?=.*(?:\d|day|week|month|year|since|january|february|march|april|june|july|august|september|october|november|december|times)){_WHEN}(?:[\s,.!]+{_WHEN})*[\s.!]*", re.IGNORECASE)  # fmt: skip
_DATE_ZH = re.compile(r"(?:大概|大约|从|差不多|约)?(?:\d+|[一二两三四五六七八九十几半]+|去|今|前|昨|上个?|这个?|本)(?:年|个?月|天|周|星期|号|日)(?:前|多|左右|开始|以来|下午|上午|早上|晚上|的时候)?[。!.]?")  # fmt: skip
_OFTEN = r"(?:(?:once|twice|\w+ times) (?:a|per|every) (?:day|week|month|year)|every (?:single )?(?:day|week|month|morning|evening|weekend|night)|daily|weekly|on (?:most )?(?:mon|tues|wednes|thurs|fri|satur|sun|week)\w+|regularly|since \d{4}|for (?:\w+ ){1,2}(?:years|months|weeks))"
_HABIT = re.compile(
    rf"^(?:i|we|my \w+|me)(?: (?:usually|normally|mostly|also|just|only|always|\w+ and i))? (?:go|goes|come|comes|came|use|visit|attend|train|exercise|swim|shop|ride|study|work out|have (?:been|used)|'ve been|have a)\b.{{0,40}}\b{_OFTEN}[\s\w]{{0,24}}[.!]?$"
    r"|^(?:i|we) (?:just |only |recently |first )?(?:signed up|joined|registered|subscribed|started)\b(?: \w+){0,4}[.!]?$"
)
_HABIT_ZH = re.compile(r"^(?:我|我们|平常|通常|平时|大概)*(?:每天|每周|每星期|每个?月|每年|一?[周星期个月年]{1,3}|平常|平时)(?:都|会|大概|大约|至少)?(?:[一二两三四五六七八九十\d]+次)?(?:都|会)?(?:去|来|用|使用|光顾|上课|运动)(?:[一二两三四五六七八九十\d]+(?:到[一二两三四五六\d]+)?[次天])?[。!.]?$|^(?:我|我们)?(?:上个月|去年|今年|最近|刚刚?)(?:才|刚)?(?:注册|加入|开始用|开始|办)的?[。!.]?$")  # fmt: skip
_FAR = re.compile(
    r"\b(?:could(?:n't| not)|can(?:'t| ?not)) (?:possibly |really |honestly )?(?:(?:have )?(?:be|been|had|have|ask\w*|wish\w*|hope\w*|get|got|do|done|find) (?:\w+ ){0,4}(?:better|more|nicer|kinder|easier|happier|faster|improved)\b"
    r"|(?:fault|find (?:a |any )?faults?|thank|praise|recommend|speak|complain|say (?:a )?(?:bad|anything bad)))|\bno(?:thing)? (?:could be|can be|is) (?:better|improved)"
    r"|(?:不能|无法|没办法)(?:再|更)(?:好|满意|喜欢|棒)|(?:挑不出|找不到|没有)(?:任何|什么)?(?:毛病|缺点|可挑)"
)  # fmt: skip
"""Praise by a denial that looks like blame."""
_MORE = re.compile(r"\b(?:more|less|better|faster|longer|earlier|later|improve\w*|should|could|would|need\w*|instead|than|until|still|again|only|had to|ended up|hours?|minutes)\b|n't\b|再|更|多一?点|应该|才|还|自己|只|半天|小时|分钟")  # fmt: skip


def read_alone(
    tables: Mapping[str, tuple[np.ndarray, Units]], logits: np.ndarray, asked: Sequence[str], said: Sequence[str]
) -> np.ndarray:
    """The logits of POLES with those clauses read without their question. ``tables`` = {path: (clauses, units)}; ``asked``: framing of each
    clause's question; ``said``: the clauses, normalised."""
    blamed = np.array([a == "negative" for a in asked], bool) & (logits.argmax(axis=1) != 2)
    if not blamed.any():
        return logits
    logits = logits.copy()
    for path, (ids, table) in tables.items():
        places = [i for i in np.flatnonzero(blamed[ids]).tolist() if _whole(said[ids[i]], path)]
        if not places:
            continue
        chosen = np.zeros(len(ids), bool)
        chosen[places] = True
        alone = judge.judge(_unasked(units.only(table, chosen)), whole=False).logits
        poles = softmax(alone)
        good = table.dense[:, units.inputs(path).index("strongest")] >= np.log1p(GOOD)
        for row, place in enumerate(places):
            text = said[ids[place]]
            if _tells(text):
                logits[ids[place]] = [0.0, 3.0, 0.0]
            elif _praises(text):
                logits[ids[place]] = [0.0, 1.0, 3.0]
            elif poles[row, 2] - poles[row, 0] >= PRAISES[path] and (good[place] or _PEOPLE.search(text)):
                logits[ids[place]] = alone[row]
    return logits


def _tells(text: str) -> bool:
    """Whether a clause only tells when or how often."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_DATE, _DATE_ZH, _HABIT, _HABIT_ZH))


def _praises(text: str) -> bool:
    return _FAR.search(text.replace("\u2019", "'")) is not None


def _whole(text: str, path: str) -> bool:
    """Whether a clause is a sentence that neither complains nor asks for anything, or only tells when or how often."""
    if _tells(text) or _praises(text):
        return True
    if pains.complains(text) or _MORE.search(text) or wish_word(text):
        return False
    if path == "zh":
        return len(text) >= CHARACTERS
    words = text.split()
    return len(words) >= WORDS and any(t[:2] == "VB" and t != "VBG" for t in english.parts_of_speech(words))


def _unasked(table: Units) -> Units:
    """The units as if nobody had asked anything."""
    dense = table.dense.copy()
    dense[:, units.inputs(table.path).index("asked_positive") :] = 0.0
    return Units(table.path, dense, table.pieces, table.owner)
