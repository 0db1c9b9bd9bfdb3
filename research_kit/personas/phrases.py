"""Questions and answers in two to five words: the material of a persona's name. Only words of the file, and how they were meant.

A closed question has one of a few frames ("is it X to ...", "do you ...", "how often do you ...", a statement to agree with). The
frame and the answer together make a phrase: "Not rude to recline seat", "Never smoke cigarettes". A question that is a mere column code has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research_kit.language import detect, in_script
from research_kit.personas import statements
from research_kit.personas.wording import HAN, LEAD_CLAUSE, is_agreement, tidy

if TYPE_CHECKING:
    from research_kit.records import Language

MOST_WORDS, MOST_HAN = 5, 12
_YES = frozenset("yes true y 是 有 會 会 對 对 同意 好 願意 愿意".split())
_NO = frozenset("no false n 否 沒有 没有 無 无 不會 不会 不是 不 不對 不对 不願意 不愿意 沒 没".split())
_AGREES = ("同意", "贊成", "赞成", "認同", "认同", "符合")
_CUT_DENIAL = 0.5
_NEVER = frozenset("never 從不 从不 從未 从未 從來沒有 从来没有 完全不會 完全不会".split())
EMPTY = re.compile(
    r"^(?:none(?: of (?:the |these |those )?.*)?|other\b.*|others|n/?a|not applicable|not sure|unsure|(?:i )?(?:do ?n.?t|cannot) .*|neutral|"
    r"neither .*|prefer not .*|no (?:opinion|answer|preference|change)\b.*|any|all|all of the above|something else|"
    r"以上皆非|以上皆是|以上都[不沒没].*|其他.*|其它.*|不知道|不清楚|不確定|不确定|普通|一般|都[可还還]以?|無|无|沒有|没有|無意見|无意见)$",
    re.IGNORECASE,
)
"""Answers that say nothing about a person."""
_FILLER = frozenset(
    "the a an your their his her my our any some these those following typically usually currently really very just only someone somebody "
    "ever normally generally personally also already please yourself you own knowingly primarily mainly entirely completely".split()
)
_HOLLOW = re.compile(
    r"\b(?:the |a )?(?:possibility|use|number|amount|practice|act|idea|process|level|kind|type|majority|rest) of\s|"
    r"\b(?:be )?(?:able|willing|likely|going) to\s|\b(?:a|the) person who\s|\bone or more\s",
    re.IGNORECASE,
)
_DANGLING = frozenset(
    "of to in on at for from with by and or the a an about into over as than that which who if when is are be being been not no more most "
    "you your its their between".split()
)
_PRONOUN = frozenset("it its this that them they one i me my we us he she".split())
_PREPOSITION = frozenset("on in at with for from by about into over of during under between through without via".split())
_SUBORDINATE = re.compile(
    r"\s(?:in order|when|if|while|because|so that|whether|that|which|who|whom|than|since|until|after|before|either|with you|next to|as an?|"
    r"other than|such as|including|even though|though|but|without)\s|[?.;!]|\s-+\s|\s—\s|,\s",
    re.IGNORECASE,
)
_ADVERBS = r"(?:(?:ever|typically|usually|currently|normally|often|personally|generally|already|also|regularly|primarily|mainly|now)\s+)*"
_JUDGE = re.compile(
    r"^(?:do you (?:think|feel|believe|find)(?: that)? )?is ?it ?(?P<adj>[a-z]+) (?:for \w+ )?to (?P<rest>.+)", re.IGNORECASE
)
_DO = re.compile(
    rf"^(?P<aux>do|did|have|has|are|were|will|would|can|could|should) you (?P<mode>{_ADVERBS})(?P<rest>.+)", re.IGNORECASE
)
_SELF = re.compile(r"^consider yourself(?: to be)? (?:an? )?", re.IGNORECASE)
_OFTEN = re.compile(rf"^how (?:often|frequently|regularly) (?:do|did|have|would|will) you {_ADVERBS}(?P<rest>.+)", re.IGNORECASE)
_HOW = re.compile(
    r"^how (?:much )?(?P<adj>important|likely|satisfied|comfortable|confident|familiar|interested|concerned|worried|happy|willing)"
    r"(?: or \w+)? (?:is|are|was|were|do|does|would|did) (?:you |it )?(?:to you )?(?:for you )?(?P<rest>.+)",
    re.IGNORECASE,
)
_MUCH = re.compile(rf"^how (?:much|well|strongly) (?:do|did|would) you {_ADVERBS}(?P<rest>.+)", re.IGNORECASE)
_WHICH = re.compile(
    r"^(?:which|what)(?: of)?(?: the| these| those)?(?: following)?(?: kinds? of| types? of)? (?P<noun>(?:[\w'’/-]+ ){1,4}?)"
    r"(?:do|does|did|are|is|was|were|has|have|will|would|should|best|most|typically|usually)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"^(?:(?:roughly|about|approximately|on average|overall),? )*"
    r"(?:which(?: of(?: the| these)?(?: following)?)?|what(?: kind of| type of| is| are| was)?|who|where|why|"
    r"how (?:many|much|long|far|old|big|large|well|do|did|would|does|often)|how|when|to what extent|"
    r"please (?:rate|rank|state|indicate|tell us)(?: how)?)\b\s*"
    r"(?:(?:do|does|did|have|has|are|is|was|were|will|would|should|can) )?(?:(?:you|your|i|we|there) )?"
    r"(?:(?:feel|think|say|rate|get|use) (?:about |that |to )?)?",
    re.IGNORECASE,
)
_FREQUENT = re.compile(
    r"never|rarely|seldom|sometimes|often|always|daily|weekly|monthly|yearly|every|once|"
    r"從不|从不|很少|偶爾|偶尔|有時|有时|經常|经常|總是|总是|每天|每[週周月]",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:not|no|never|none|neither|nor|hardly|barely)\b|n['’]t\b", re.IGNORECASE)
_CHINESE_DENIAL = re.compile(r"(?<!差)不(?![錯错])|[沒没無无未]|非(?!常)|毫")
_DEGREE = frozenset(
    "very somewhat slightly extremely strongly quite mostly rather a little bit too fairly completely totally at all moderately yes no".split()
)
_CHINESE_LEAD_IN = re.compile(
    r"^(?:[请請]?[问問]|整[体體]而言|[总總]的?[來来][说說]|一般[來来][说說]|[您你]們?|[觉覺]得|[认認][为為]|平[时時均日]|通常|[对對]|每次|"
    r"大[约約概]|目前|最近|主要|[过過]去[^，]{0,6}?|多久)+"
)
_CHINESE_TAIL = re.compile(
    r"(?:大[约約概])?(?:是)?(?:多久(?:一次)?|多少[錢钱元]?|[幾几]次|什[麼么][時时]段?|的?[頻频]率|如何|怎[麼么][樣样]|[嗎吗呢]|"
    r"哪[一些個个][^，]{0,4}|[為为]了什[麼么]|什[麼么])$"
)


@dataclass(frozen=True)
class Phrase:
    """Words, and the share of what was asked that is still in them."""

    text: str
    kept: float = 1.0


def width(text: str) -> int:
    """Words of an English text, or so many that a Chinese one is as long as it looks."""
    han = len(HAN.findall(text))
    return -(-han * MOST_WORDS // MOST_HAN) if han else len(text.split())


def is_code(text: str) -> bool:
    """A column code rather than words: "q0011", "A1", "Q5_2", "var12", "me_mom_fq", or a bare number."""
    text = text.strip()
    if HAN.search(text):
        return False
    letters = re.sub(r"[^A-Za-z]", "", text)
    return len(letters) < 3 or (" " not in text and bool(re.search(r"[\d_]", text)))


def words_of(text: str) -> str:
    """A header in one piece ("TrainersConsiderate", "help.others") as words."""
    if " " in text.strip() or "_" in text or HAN.search(text):
        return text
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace(".", " "))
    return apart[:1] + apart[1:].lower() if apart != text else text


def compact(text: str, most: int = MOST_WORDS) -> Phrase:
    """The head of a clause in at most ``most`` words (in Chinese, characters in proportion), and how much of it that is."""
    if HAN.search(text):
        return _compact_chinese(text, MOST_HAN * most // MOST_WORDS)
    whole = text.strip().split()
    if not whole:
        return Phrase("", 0.0)
    if len(whole) <= most and whole[-1].casefold() not in _DANGLING and not _SUBORDINATE.search(text):
        return Phrase(" ".join(whole).strip(',.;:"“”'))
    text = _HOLLOW.sub("", text)
    everything = [w for w in text.split() if w.casefold().strip(",.") not in _FILLER | _DANGLING]
    found = _SUBORDINATE.search(text, 1)
    while found and len(text[: found.start()].split()) < 2:
        found = _SUBORDINATE.search(text, found.end())
    head = text[: found.start()] if found else text
    words = [w.strip(',.;:"“”') for w in head.split() if w.casefold().strip(",.") not in _FILLER]
    words = [w for w in words if w] or head.split()
    if len(words) > most:
        words = _fewer(words, most)
    while len(words) > 1 and words[-1].casefold() in _DANGLING:
        words.pop()
    kept = sum(w.casefold() not in _DANGLING for w in words) / max(len(everything), 1)
    return Phrase(" ".join(words), min(kept, 1.0))


def _clause(text: str) -> Phrase:
    """The head of a clause with its small words, where it is no more than one word too long; else the most of it."""
    found = _SUBORDINATE.search(text, 1)
    head = (text[: found.start()] if found else text).strip(' ,.;:"“”').split()
    if not 2 <= len(head) <= MOST_WORDS + 1 or head[-1].casefold() in _DANGLING:
        return compact(text)
    said, asked = ([w for w in words if w.casefold() not in _FILLER | _DANGLING] for words in (head, text.split()))
    return Phrase(" ".join(head), min(1.0, len(said) / max(len(asked), 1)))


def _fewer(words: list[str], most: int) -> list[str]:
    """Cut at a preposition; else what follows the last "to"; else the first words."""
    cuts = [i for i in range(2, most + 1) if words[i].casefold() in _PREPOSITION]
    if cuts:
        return words[: cuts[-1]]
    places = [i for i, w in enumerate(words) if w.casefold() == "to"]
    if places and 2 <= len(words) - places[-1] - 1 <= most:
        return words[places[-1] + 1 :]
    return words[:most]


def _compact_chinese(text: str, most: int) -> Phrase:
    head = re.split(r"[，,。；;、／/（(：:]", text)[0] if len(text) > most else text
    head = head if len(head) >= 2 else text
    return Phrase(head if len(head) <= most else head[: most - 1] + "…", min(1.0, most / max(len(head), 1)))


def topic(text: str) -> Phrase | None:
    """What a question is about in at most three words; None where it is a code."""
    text = words_of(tidy(text))
    if is_code(text):
        return None
    if HAN.search(text):
        core = _CHINESE_TAIL.sub("", _CHINESE_LEAD_IN.sub("", text)) or text
        return _compact_chinese(re.sub(r"^(?:是否|[會会]不[會会]|有[沒没]有)", "", core) or core, 8)
    text = _asked(text)
    if found := _WHICH.match(text):
        return compact(found["noun"], 3)
    rest = _QUESTION_WORD.sub("", text)
    return compact(rest if len(rest.split()) > 1 or (rest and not rest[:1].islower()) else text, 3)


def _asked(text: str) -> str:
    """A question without its introduction ("In your opinion, ...")."""
    rest = LEAD_CLAUSE.sub("", text)
    return rest[:1].upper() + rest[1:]


def is_number(text: str) -> bool:
    """A bare number, which tells nothing in a name."""
    return bool(re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", text.strip()))


def polarity(answers: Sequence[str]) -> bool | None:
    """True where all answers are a yes, False where all are a no."""
    heads = {re.split(r"[\s,，、;；.。!]", a.strip().casefold(), maxsplit=1)[0] for a in answers}
    return True if heads <= _YES else False if heads <= _NO else None


def stance(answers: Sequence[str], levels: Sequence[str] = ()) -> str:
    """What neighbouring answers of a scale share: "rude" of "yes, somewhat rude" and "yes, very rude"; "" where they share nothing.

    The low end of a scale shares a word with its top ("not at all important", "slightly important"): those say "less important".
    """
    if any(EMPTY.match(a.strip()) or re.search(r"\d", a) for a in answers):
        return ""
    if HAN.search(answers[0]):
        shared = _common_characters(answers)
        if not shared or not _grudging(answers, levels, [shared in x for x in levels], _CHINESE_DENIAL):
            return shared
        return in_script(
            ("較沒" if any(re.search("[沒没]", a) for a in answers) else "較不") + shared, _script([*answers, *levels])
        )
    lists = [[w.strip(",.") for w in a.casefold().split()] for a in answers]
    words = [w for w in lists[0] if w not in _DEGREE and all(w in other for other in lists[1:])]
    if all(w in _DANGLING | _PRONOUN for w in words) or len(words) > 3:
        return ""
    shared = " ".join(words)
    has = [set(words) <= {w.strip(",.") for w in x.casefold().split()} for x in levels]
    return f"less {shared}" if _grudging(answers, levels, has, _DENIAL) else shared


def _grudging(answers: Sequence[str], levels: Sequence[str], has: Sequence[bool], denial: re.Pattern[str]) -> bool:
    """True where some of the answers deny what they share, or where all are of the lower half of a scale whose top says it too."""
    denied = [bool(denial.search(a)) for a in answers]
    if any(denied):
        return not all(denied)
    places = [place for place, level in enumerate(levels) if level in answers]
    top = len(levels) - 1
    return bool(places) and max(places) <= top / 2 and min(places) < top / 2 and has[top] and not denial.search(levels[top])


def _script(texts: Sequence[str]) -> Language:
    return "zh-Hans" if detect(" ".join(texts), "zh-Hant") == "zh-Hans" else "zh-Hant"


def _common_characters(answers: Sequence[str]) -> str:
    first = min(answers, key=len)
    for size in range(len(first), 1, -1):
        for start in range(len(first) - size + 1):
            piece = first[start : start + size]
            if all(piece in a for a in answers):
                return piece
    return ""


def is_frequency(levels: Sequence[str]) -> bool:
    """A scale of how often."""
    return sum(bool(_FREQUENT.search(x)) for x in levels) >= 2


def framed(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    """The phrase that a question's frame and the answers make; None where the frame is not known."""
    text = words_of(tidy(text))
    if HAN.search(text):
        return _framed_chinese(text, answers, levels)
    text = _asked(text)
    said = polarity(answers)
    if found := _JUDGE.match(text):
        return _judged(found, said)
    if found := _DO.match(text):
        return _done(found, answers, levels, said)
    if found := _OFTEN.match(text):
        return _frequency(found["rest"], answers, levels)
    if (found := _HOW.match(text)) and (level := stance(answers, levels)):
        rest = compact(found["rest"], MOST_WORDS - len(level.split()))
        together = found["rest"].split()[0].casefold() in ("with", "about", "in", "of", "to", "by")
        return Phrase(f"{level} {rest.text}" if together else f"{rest.text}: {level}", rest.kept)
    if (found := _MUCH.match(text)) and len(answers) == 1 and len(answers[0].split()) <= 3:
        if answers[0].casefold().startswith(("not at all", "none")):
            rest = compact(found["rest"], MOST_WORDS - 2)
            return Phrase(f"do not {rest.text}", rest.kept)
        rest = compact(found["rest"], MOST_WORDS - len(answers[0].split()))
        return Phrase(f"{rest.text}: {answers[0].lower()}", 0.8 * rest.kept)
    if is_agreement(levels) and len(text.split()) >= 2:
        return _agreed(text, answers, levels)
    return None


def _judged(found: re.Match[str], said: bool | None) -> Phrase | None:
    if said is None:
        return None
    start = f"{found['adj']} to" if said else f"not {found['adj']} to"
    rest = compact(found["rest"], MOST_WORDS - len(start.split()))
    return Phrase(f"{start} {rest.text}", rest.kept)


def _done(found: re.Match[str], answers: Sequence[str], levels: Sequence[str], said: bool | None) -> Phrase | None:
    aux, rest = found["aux"].casefold(), found["rest"]
    if said is None:
        return _frequency(rest, answers, levels)
    itself = _SELF.sub("", rest)
    if itself != rest:
        aux, rest = "are", itself
    ever = "ever" in found["mode"].casefold()
    plain = {"do": "", "did": "", "are": "", "were": ""}
    yes = plain.get(aux, "have" if aux == "has" else aux)
    no = "never" if ever else "not" if aux in ("are", "were") else f"{'have' if aux == 'has' else aux} not"
    start = yes if said else no
    body = compact(rest, MOST_WORDS - len(start.split()))
    return Phrase(f"{start} {body.text}".strip(), body.kept)


def _frequency(rest: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    """How often, where the scale says so: "never recline seat", "travel by plane daily"."""
    if not is_frequency(levels):
        return None
    if len(answers) == 1:
        level = tidy(re.split(r" -|--|;|, ", answers[0])[0]).lower()
        if any(level.startswith(n) for n in _NEVER):
            body = compact(rest, MOST_WORDS - 1)
            return Phrase(f"never {body.text}", body.kept)
        if len(level.split()) <= 2:
            body = compact(rest, MOST_WORDS - len(level.split()))
            first = level in ("always", "usually", "often", "sometimes", "rarely", "seldom", "occasionally", "frequently")
            return Phrase(f"{level} {body.text}" if first else f"{body.text} {level}", body.kept)
        body = compact(rest, 2)
        return Phrase(f"{body.text}: {compact(level, 3).text}", 0.7 * body.kept)
    high = answers[-1] == levels[-1]
    body = compact(rest, MOST_WORDS - 1)
    return Phrase(f"{'often' if high else 'rarely'} {body.text}", body.kept)


def _agreed(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    level = stance(answers, levels)
    own = statements.english(text, agrees=level == "agree") if level in ("agree", "disagree") else None
    if own is not None:
        head = _clause(own)
        # "Do not check my account (more than once a day)": what is cut off a denial may be all that was denied.
        return head if level == "agree" or len(head.text) >= len(own) - 1 else Phrase(head.text, _CUT_DENIAL * head.kept)
    if level == "agree":
        return compact(text)
    if level == "disagree":
        body = compact(text, MOST_WORDS - 1)
        return Phrase(f"disagree: {body.text}", body.kept)
    return None


def _framed_chinese(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    said = polarity(answers)
    core = _CHINESE_LEAD_IN.sub("", text)
    if said is not None and len(answers) == 1 and len(answers[0]) <= 4:
        core = re.sub(r"^(?:是否|[會会]不[會会]|有[沒没]有)|[嗎吗呢]$", "", core)
        core = re.sub(r"^曾[經经]?", "", core) if not said else core
        start = "" if said else ("沒" if "沒" in answers[0] else "没" if "没" in answers[0] else "不")
        if start == "不" and (core.startswith("有") or re.search(r"[過过]", core)):
            start = "沒" if re.search(r"[過來們會個點]", text) else "没"
        body = _compact_chinese(core, MOST_HAN - len(start))
        return Phrase(start + body.text, body.kept)
    if is_agreement(levels):
        level, body = stance(answers, levels), _compact_chinese(core, MOST_HAN)
        agrees = level in _AGREES
        own = statements.chinese(core, agrees=agrees) if agrees or level.startswith("不") else None
        if own is not None:
            return _compact_chinese(own, MOST_HAN)
        if level.startswith(("較", "较")):
            short = _compact_chinese(core, MOST_HAN - len(level))
            return Phrase(level + short.text, short.kept)
        if "不" in level:
            short = _compact_chinese(core, MOST_HAN - 3)
            return Phrase(f"不同意{short.text}", short.kept)
        return body if agrees else None
    return None
