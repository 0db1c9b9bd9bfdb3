"""Fine pieces -> clauses: neighbours are one clause until the judgement changes."""

from __future__ import annotations

import re

import numpy as np

from research_kit.text.framing import turns_to_wish
from research_kit.text.pieces.split import Pieces
from research_kit.text.vocabulary import knowledge, said

SPEAKS = 0.2
"""Net lexicon value from which a piece has a judgement of its own."""

_STOPS = ".!?。…~ "
_ECHOES = frozenset((
    "again", "always", "ever", "every time", "every single time", "every day", "every week", "every single day", "twice",
    "three times", "still", "daily", "once again", "yet again", "again and again", "period", "full stop", "seriously", "really",
    "literally", "constantly", "repeatedly", "又一次", "再一次", "每次", "每一次", "每次都是", "每天", "天天", "一直", "永远", "真的",
    "没错", "两次", "三次",
))  # fmt: skip
"""Sentences that say of the one before them how often it was so."""
_VERDICTS = frozenset({"recommend", "come_back", "everything_good", "quality", "effective", "fun"})
"""Sets of synonyms that praise and name no thing: what they stand beside is meant."""
_LONGEST_ECHO = 40
"""Characters of such a sentence with all its marks."""

ITEM, ITEMS = {"en": 22, "zh": 7}, 3
"""Characters of an item of a list, with the comma and the blank, and how many items make one."""
_SENTENCE = re.compile(
    r"^(?:and |or )?(?:i|we|you|they|he|she|it|this|that|there|not?|yes|ok|well|so|very|really|too|thanks?|thank|please|sorry|just|then|all|if|when|as"
    r"|to|for|in|on|at|my|up|out)\b|(?:\w+[' ]){3}\w|\b(?:is|are|was|were|am|be|had|has|have|did|do|does)\b"
    r"|^[我你他她它这那都也还又就真很太超非常没不无]|[了过吗呢吧啊]$"
)
"""An item that is more than a thing or what it is like."""
_WHEN = "[\u4e00-\u9fff]{1,6}?"
_TIMES = tuple(
    (re.compile(f"(?:{first})(?=[^,、]{{2}})"), re.compile(f"(?:{then})(?=[^,、]{{2}})"))
    for first, then in (
        (f"{_WHEN}(?:的时候|时(?![间常不而]))", f"(?:到|但|等)?{_WHEN}(?:的时候|时(?![间常不而]))"),
        (f"{_WHEN}(?:之前|以前|前|时)", f"(?:但|等)?{_WHEN}(?:之后|以后|后(?!来|面)|完)"),
        ("一?开始|刚(?!好|才)[\u4e00-\u9fff]{1,3}", f"(?:但|等)?(?:{_WHEN}(?:之后|以后|后(?!面))|现在|后来)"),
        ("白天|早上|上午", "(?:一到|到了?)?(?:晚上|夜里|半夜|下午)"),
        ("平日|平时|工作日|淡季", "(?:一到|到了?)?(?:周末|假日|节假日|旺季|暑假|连假)"),
    )
)
_LATER = frozenset("晚夜半下一到现周假节旺暑连但等")
"""How two pieces begin that say how it is at one time and how at another: 办卡的时候..., 退卡的时候...; 白天..., 晚上..."""


def joined(pieces: Pieces, net: np.ndarray, asked: np.ndarray, *, by_things: bool = True) -> np.ndarray:
    """The clause of each piece, 0-based over the batch. ``net``: what the lexicon says of each piece; ``asked``: whether a question asks for faults,
    merits or wishes; ``by_things``: whether what pieces speak of counts.

    A clause begins at a hard boundary (but for one that only repeats: "Late. Again."), where the language changes, where the judgement
    turns into its opposite, where a wish follows a judgement; where a Chinese piece blames (or praises) something else than the one that
    did so before (排隊太久，廁所又髒) or tells of another time (白天很安靜，晚上很吵); and at each item of an answer that is a mere list ("slow,
    rude and expensive").
    """
    clause = np.zeros(len(net), np.int64)
    current, mood, chinese = -1, 0, False
    signs = np.where(net >= SPEAKS, 1, np.where(net <= -SPEAKS, -1, 0)).tolist()
    hard = pieces.hard.tolist()
    paths, texts = pieces.chinese.tolist(), pieces.text.tolist()
    other = (_other_things(pieces, net) if by_things else set()) | _listed(pieces, asked) | _other_times(pieces)
    for i, sign in enumerate(signs):
        if (
            (hard[i] and not (i and texts[i] == texts[i - 1] and _echoes(pieces.clean[i])))
            or paths[i] != chinese
            or (sign and mood and sign != mood)
            or (mood and turns_to_wish(pieces.clean[i]))
            or i in other
        ):
            current += 1
            mood = 0
        mood = sign or mood
        chinese = paths[i]
        clause[i] = current
    return clause


def _echoes(piece: str) -> bool:
    return len(piece) <= _LONGEST_ECHO and piece.rstrip(_STOPS) in _ECHOES


def _listed(pieces: Pieces, asked: np.ndarray) -> set[int]:
    """The items of answers that are nothing but a list: three or more, each brief and without a word that makes a sentence of it. (In reviews
    the words of a list explain one another: "cheap, quick and friendly".)"""
    size = pieces.end - pieces.start
    brief = asked & (size <= np.where(pieces.chinese, ITEM["zh"], ITEM["en"]))
    first = np.flatnonzero(np.diff(pieces.text, prepend=-1))
    many = np.diff(first, append=len(size))
    whole = np.add.reduceat(brief & ~(pieces.hard & (np.arange(len(size)) != np.repeat(first, many))), first) == many
    items: set[int] = set()
    for begin, n in zip(first[whole & (many >= ITEMS)].tolist(), many[whole & (many >= ITEMS)].tolist(), strict=True):
        said_ = pieces.clean[begin : begin + n]
        if said_[0][-1:] in ",、;/" and not any(_SENTENCE.search(item) for item in said_):
            items.update(range(begin + 1, begin + n))
    return items


def _other_times(pieces: Pieces) -> set[int]:
    """Chinese pieces that tell of one time, where the one before them tells of another."""
    later, clean = set(), pieces.clean
    for i in np.flatnonzero(~pieces.hard & pieces.chinese).tolist():
        said_ = clean[i]
        if (said_[0] in _LATER or "时" in said_ or "后" in said_ or "完" in said_) and any(
            then.match(said_) and first.match(clean[i - 1]) for first, then in _TIMES
        ):
            later.add(i)
    return later


def _other_things(pieces: Pieces, net: np.ndarray) -> set[int]:
    """Chinese pieces that blame (or praise), as one before them in the chain does, and speak of other things than that. Praise of one thing
    in two ways (环境不错，很安静) stays together."""
    blamed, praised = _judging_on(pieces, net <= -SPEAKS), _judging_on(pieces, net >= SPEAKS)
    places = [*blamed, *praised]
    if not places:
        return set()
    finder = knowledge.synonym_finder()
    found = finder.find_all(said.read([pieces.clean[i] for pair in places for i in pair]))
    things: list[set[str]] = [set() for _ in range(2 * len(places))]
    for text, key in zip(found.text.tolist(), found.key.tolist(), strict=True):
        things[text].add(finder.keys[key].split("\t")[0])
    for names in things[2 * len(blamed) :]:
        names -= _VERDICTS
    for names in things[2 * len(blamed) :: 2]:
        names |= set().union(*map(knowledge.kin, names))
    pairs = zip(places, things[::2], things[1::2], strict=True)
    return {place for (_, place), before, after in pairs if before and after and not before & after}


def _judging_on(pieces: Pieces, judging: np.ndarray) -> list[tuple[int, int]]:
    """(a Chinese piece that judges so, the next one of its chain that does)."""
    some = np.flatnonzero(judging & pieces.chinese)
    chain = np.cumsum(pieces.hard)[some]
    later = np.flatnonzero(chain[1:] == chain[:-1]) + 1
    return list(zip(some[later - 1].tolist(), some[later].tolist(), strict=True))
