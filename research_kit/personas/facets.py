"""What an answer is about: what people do, what they want, how they feel, what they hold true; and which questions are outcomes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from research_kit.asking import rates_the_whole
from research_kit.personas.wording import is_agreement, side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.personas.wording import Asked
    from research_kit.records import Question

FACETS = ("does", "wants", "feels", "agrees", "disagrees")

_WANTS = re.compile(
    r"\b(?:want|wants|wanted|need|needs|wish|goal|goals|reason|reasons|purpose|why|important|importance|priorit\w+|prefer\w*|looking for|"
    r"would (?:you )?like|hope|expect\w*|motivat\w+|interested|improve\w*|favou?rite|matter|matters|intend|plan to)\b|"
    r"想要|希望|需要|需求|[為为][了]?什[麼么]|目的|原因|理由|重要|[優优]先|偏好|期待|期望|在意|在乎|看重|因素|[動动][機机]|改[善進进]|感[興兴]趣|打算",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"\b(?:rude|acceptable|agree|disagree|satisf\w+|dissatisf\w+|opinion|favou?rabl\w+|obligation|fair|would you (?!like|recommend)|should)\b|"
    r"[滿满]意|同意|[認认][為为同]|[應应][該该]",
    re.IGNORECASE,
)
"""Words that make a question one of attitude, whatever else it says."""
_FEELS = re.compile(
    r"\b(?:feel|feels|feeling|satisf\w+|dissatisf\w+|happy|enjoy\w*|rude|annoy\w+|opinion|think|believe|agree|disagree|favou?rabl\w+|trust|"
    r"comfortable|confident|concerned|worr\w+|difficult|easy|like|dislike|love|hate|care|describe|rate|rating|acceptable|experience with|fan)\b|"
    r"[滿满]意|[覺觉]得|感[受到覺觉]|同意|[認认][為为同]|喜[歡欢]|[討讨][厭厌]|信任|[擔担]心|[評评][價价分]|看法|[態态]度|合理|好用|友善|方便|舒服",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:how often|how frequently|how many|how much time|how long|when do|where do|do you (?:ever |typically |usually |currently )?"
    r"(?!think|feel|believe|agree|consider|like|want|need|prefer|care|plan|intend|hope|wish|expect|trust|enjoy|love|hate|dislike|find|worry)\w+|"
    r"did you|have you|are you using|"
    r"use|used|uses|using|visit|buy|bought|spend|which of)\b|"
    r"多久|多少|[頻频]率|[幾几]次|[時时]段|[過过]哪|使用|用[過过]|方式|[購购][買买]|消[費费]|停留|平[時时均]|[經经]常|[曾是]否[有曾]?|有[沒没]有",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\bdis|\bnot\b|不|非(?!常)", re.IGNORECASE)
_BETWEEN = re.compile(r"\bneither\b|\bnor\b|不置可否|也不", re.IGNORECASE)


def facet(item: Asked, row: Mapping[str, Any]) -> str:
    """One of FACETS for a row of ``explain``, from the scale of the answers, then the words of the question, then its kind."""
    question = item.question
    text = f"{question.text} {item.part}" if question.rows else question.text
    levels = [str(level) for level in item.levels]
    if is_agreement(levels):
        return "agrees" if _more_agreement(levels, [str(x) for x in side(row, item)], row["effect"] > 0) else "disagrees"
    if _JUDGES.search(text):
        return "feels"
    found = [
        (match.start(), order, name)
        for order, (name, pattern) in enumerate((("wants", _WANTS), ("feels", _FEELS), ("does", _DOES)))
        if (match := pattern.search(text))
    ]
    if found:
        return min(found)[2]
    return "feels" if question.kind in ("rating", "nps") else "wants" if question.kind == "ranking" else "does"


def _more_agreement(levels: Sequence[str], told: Sequence[str], more: bool) -> bool:
    """Whether more of these answers (or fewer, where not ``more``) is more agreement than others show."""
    places = [levels.index(answer) for answer in told if answer in levels]
    if not places:
        return more
    upper = sum(places) / len(places) > (len(levels) - 1) / 2
    up = _agreement(levels[-1]) >= _agreement(levels[0])
    return (upper == up) == more


def _agreement(level: str) -> int:
    """1 for an answer that agrees, -1 for one that does not, 0 for one between ("Neither agree nor disagree"): nobody may have given an end."""
    if _BETWEEN.search(level):
        return 0
    return -1 if _AGAINST.search(level) else int(is_agreement([level] * 2))


def is_outcome(question: Question) -> bool:
    """A question that rates the whole (recommendation, overall satisfaction): what comes of being a persona, not what makes one."""
    if question.kind == "nps" or question.overall_rating:
        return True
    return question.kind == "rating" and not question.rows and rates_the_whole(question.text)
