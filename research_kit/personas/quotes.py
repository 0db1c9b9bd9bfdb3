"""The people's own words on a card: by the most typical members, telling, about different things."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.language import to_simplified
from research_kit.personas.wording import HAN, records
from research_kit.records import Quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST, _FEWEST = 5, 3
_GOOD, _LONGEST = (45, 240), 600
"""Width of a quote that can stand on a card; a Chinese character counts three times."""
_TYPICAL_SHARE, _TYPICAL_LEAST = 0.34, 12
"""Quotes come from this share of the members who commented, the most typical ones, or at least so many of them."""
_READ, _SAMPLE = 600, 5000
"""Members whose comments are read, the most typical first; comments that say what everybody speaks of."""
_ALIKE = 0.34
_WORD = re.compile(r"[a-z][a-z'’]+|[\u3400-\u9fff]+")
_EMPTY = re.compile(
    r"^\W*(?:n\W?a\W?|none|nothing|no(?: comments?| idea|pe| opinion)?|not (?:really|sure|applicable)|i (?:do ?n.?t|can ?not|can.t) (?:know|think|remember).*|"
    r"not that i .{0,80}|(?:i have |i.ve )?(?:not enough|no|too little) (?:experience|info\w*|knowledge|time).{0,60}|"
    r"(?:i.?m |i am )?not sure.{0,40}|haven.?t (?:tried|used|thought).{0,40}|"
    r"same as (?:above|before).*|see (?:above|previous).*|無|无|沒有|没有|[沒没]什[麼么].*|不知道|同上|[無无]意[見见])\W*$",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "the and for that with this have has had was were are not but you they from would could should when what which there their them then than "
    "can will its it's i'm i've don't just very really more most some any all also been being because about into out get got one like use using".split()
)


def typical(probability: pd.Series, matches: pd.Series) -> pd.Series:
    """How typical each member is: the model's probability (in twentieths), then how many of the persona's traits they show."""
    return (probability.astype(float) * 20).round() + matches.reindex(probability.index).fillna(0.0).clip(0, 1) * 0.99


@dataclass(frozen=True)
class Spoken:
    """In how many texts each word stands, of a sample of everybody's."""

    texts: int
    count: Mapping[str, int]


def spoken(comments: pd.DataFrame) -> Spoken:
    """The words of everybody, from at most 5,000 comments, evenly spaced."""
    texts = comments["text"].iloc[:: max(1, -(-len(comments) // _SAMPLE))]
    count = Counter(word for text in texts for word in _words(str(text)))
    return Spoken(len(texts), count)


def quotes(comments: pd.DataFrame, typicality: pd.Series, everybody: Spoken) -> tuple[Quote, ...]:
    """Up to five verbatims, one for each person and, while there are others, one for each question.

    ``typicality`` is by person, members only. Texts that say nothing ("N/A", "no", a single word) are never quoted.
    """
    own = comments[comments["unit"].isin(typicality.index)]
    own = own.assign(_typical=own["unit"].map(typicality).astype(float))
    people = own.groupby("unit")["_typical"].first().sort_values(ascending=False, kind="stable")
    own = own[own["unit"].isin(people.index[:_READ])]
    own = own.assign(_telling=[_telling(str(text)) for text in own["text"]])
    own = own[own["_telling"] > 0]
    if own.empty:
        return ()
    words = [_words(str(text)) for text in own["text"]]
    people = people[people.index.isin(own["unit"])]
    core = people.index[: max(_TYPICAL_LEAST, round(_TYPICAL_SHARE * len(people)))]
    own = own.assign(_special=_special(words, everybody), _place=range(len(own)), _core=own["unit"].isin(core))
    order = ["_core", "_telling", "_special", "_typical", "unit", "column"]
    ranked = own.sort_values(order, ascending=[False, False, False, False, True, True], kind="stable")
    return tuple(_quote(row) for row in _different(records(ranked), words))


def _different(rows: Sequence[dict[str, Any]], words: Sequence[frozenset[str]]) -> list[dict[str, Any]]:
    """The first rows by different people, over different questions first, none like an earlier one (but for the first three)."""
    picked: list[dict[str, Any]] = []
    asked: dict[str, int] = {}
    for allowed, wanted, alike in ((1, _MOST, _ALIKE), (2, _MOST, _ALIKE), (_MOST, _MOST, _ALIKE), (_MOST, _FEWEST, 1.0)):
        for row in rows:
            if len(picked) >= wanted:
                break
            mine = words[row["_place"]]
            again = any(row["unit"] == p["unit"] or _shared(mine, words[p["_place"]]) >= alike for p in picked)
            if again or asked.get(str(row["question"]), 0) >= allowed:
                continue
            asked[str(row["question"])] = asked.get(str(row["question"]), 0) + 1
            picked.append(row)
    return picked


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words of the shorter text that the other has too."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def _quote(row: dict[str, object]) -> Quote:
    return Quote(
        str(row["text"]),
        str(row["comment"]),
        str(row["source"]),
        int(str(row["row"])),
        str(row["respondent"]),
        str(row["question"]),
    )


def _telling(text: str) -> int:
    """0 for a text that says nothing or is endless, 1 for a short or long one, 2 for one that can stand on a card."""
    han = len(HAN.findall(text))
    length = len(text) + 2 * han
    if _EMPTY.match(text) or length < 15 or length > _LONGEST or (not han and len(text.split()) < 4):
        return 0
    return 2 if _GOOD[0] <= length <= _GOOD[1] else 1


def _words(text: str) -> frozenset[str]:
    """Words that carry a subject; Chinese in pairs of characters."""
    out: set[str] = set()
    for run in _WORD.findall(to_simplified(text.lower())):
        if run[0] >= "\u3400":
            out.update(run[i : i + 2] for i in range(len(run) - 1))
        elif len(run) > 2 and run not in _COMMON:
            out.add(run)
    return frozenset(out)


def _special(words: Sequence[frozenset[str]], everybody: Spoken) -> np.ndarray:
    """How much a text speaks of what this persona speaks of more than others do (in thirds, so that it ranks and does not rule)."""
    mine = Counter(word for text in words for word in text)
    share = len(words) / max(everybody.texts, 1)
    special = {w: n / max(share * everybody.count.get(w, 0), 1.0) for w, n in mine.items() if n >= 3}
    score = [float(np.mean(sorted((special.get(w, 0.8) for w in text), reverse=True)[:3])) if text else 0.0 for text in words]
    return np.asarray(np.round(np.minimum(np.array(score), 3.0) * 3) / 3)
