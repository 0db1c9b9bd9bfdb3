"""Questions and answers in a few words: the material of a persona's name. Only words of the file, and how they were meant.

A closed question has one of a few frames ("is it X to ...", "do you ...", "how often do you ...", a statement to agree with). The
frame and the answer together make a phrase: "Not rude to recline seat", "Never smoke cigarettes". A question that is a mere column code has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.language import detect, in_script
from research_kit.personas import statements
from research_kit.personas.shortening import DANGLING, MOST_HAN, MOST_WORDS, PRONOUN, Phrase, compact, compact_chinese
from research_kit.personas.wording import HAN, LEAD_CLAUSE, is_agreement, tidy

if TYPE_CHECKING:
    from research_kit.records import Language

_YES = frozenset("yes true y 是 有 會 会 對 对 同意 好 願意 愿意".split())
_NO = frozenset("no false n 否 沒有 没有 無 无 不會 不会 不是 不 不對 不对 不願意 不愿意 沒 没".split())
_AGREES = ("同意", "贊成", "赞成", "認同", "认同", "符合")
_CUT_DENIAL = 0.5
_TO_ME = re.compile(r" (?:to|for) me$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)", re.IGNORECASE)
_UNITS = frozenset(
    "year years month months week weeks day days hour hours minute minutes time times people person persons".split()
)
_LITTLE = re.compile(r"\b(?:rarely|seldom|less|low|dis(?:agree|satisfied|like)\w*)\b", re.IGNORECASE)
_NEVER = frozenset("never 從不 从不 從未 从未 從來沒有 从来没有 完全不會 完全不会".split())
EMPTY = re.compile(
    r"^(?:none(?: of (?:the |these |those )?.*)?|other\b.*|others|n/?a|not applicable|not sure|unsure|(?:i )?(?:do ?n.?t|cannot) .*|neutral|"
    r"neither .*|prefer not .*|no (?:opinion|answer|preference|change)\b.*|any|all|all of the above|something else|"
    r"以上皆非|以上皆是|以上都[不沒没].*|其他.*|其它.*|不知道|不清楚|不確定|不确定|普通|一般|都[可还還]以?|無|无|沒有|没有|無意見|无意见)$",
    re.IGNORECASE,
)
"""Answers that say nothing about a person."""
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
    r"大[约約概]|目前|最近|主要|[过過]去[^，]{0,6}?|多久|多常)+"
)
_CHINESE_TAIL = re.compile(
    r"(?:大[约約概])?(?:是)?(?:多久(?:一次)?[了]?|多少[錢钱元次人個个]?|多[長长][時时][間间]|[幾几]次|什[麼么][時时]段?|的?[頻频]率|如何|怎[麼么][樣样]|[嗎吗呢]|"
    r"哪[一些個个][^，]{0,4}|[為为]了什[麼么]|什[麼么])$"
)
_CHINESE_OFTEN = re.compile(r"多久.*一次|多常|[頻频]率")
_CHINESE_TIMES = re.compile(
    r"^(?P<period>每(?:[個个]?月|[週周]|星期|[天日年季]|半年|隔?[一-十兩两幾几]+[個个]?[天日週周月年]))(?P<times>(?:約|约)?[\d一-十兩两幾几].*次.*)$"
)
_CHINESE_OFTEN_WORD = re.compile(
    r"^(?:[幾几]乎)?(?:每|[經经]常|[總总]是|常常?|[偶有][爾尔時时]|很少|[從从][不未]|[從从][來来][沒没不])"
)
_SELDOM = re.compile(r"很少|[從从][不未來来]|幾乎不|几乎不")
_DAILY = re.compile(r"always|daily|every ?day|all the time|每天|每日|[總总]是", re.IGNORECASE)


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


def topic(text: str) -> Phrase | None:
    """What a question is about in at most three words; None where it is a code."""
    text = words_of(tidy(text))
    if is_code(text):
        return None
    if HAN.search(text):
        core = _chinese_core(text)
        return compact_chinese(re.sub(r"^(?:是否|[會会]不[會会]|有[沒没]有)", "", core) or core, 8)
    text = _asked(text)
    if found := _WHICH.match(text):
        return compact(found["noun"], 3)
    if found := _HOW.match(text):
        return compact(_ARTICLE.sub("", found["rest"]), 3, spare=0)
    rest = _QUESTION_WORD.sub("", text)
    rest = text if is_code(rest) else rest
    return compact(_ARTICLE.sub("", rest), 3, spare=0)


def _chinese_core(text: str) -> str:
    """A Chinese question without its opening and its question word: 您多久點一次外賣 is 點外賣."""
    core = _CHINESE_TAIL.sub("", _CHINESE_LEAD_IN.sub("", text).removeprefix("的")) or text
    return core.replace("一次", "", 1) if _CHINESE_OFTEN.search(text) and len(core) > 3 else core


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
        shared = re.sub(r"^(?:[個个]?月|[小分][時时鐘钟]|[公]?[里斤]|以[上下內内])$", "", _common_characters(answers))
        if not shared or not _grudging(answers, levels, [shared in x for x in levels], _CHINESE_DENIAL):
            return shared
        return in_script(
            ("較沒" if any(re.search("[沒没]", a) for a in answers) else "較不") + shared, _script([*answers, *levels])
        )
    lists = [[w.strip(",.") for w in a.casefold().split()] for a in answers]
    words = [w for w in lists[0] if w not in _DEGREE and all(w in other for other in lists[1:])]
    if all(w in DANGLING | PRONOUN | _UNITS for w in words) or len(words) > 3:
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
        return (
            None
            if said is None
            else _behind(f"{found['adj']} to" if said else f"not {found['adj']} to", found["rest"], lack=not said)
        )
    if found := _DO.match(text):
        return _done(found, answers, levels, said)
    if found := _OFTEN.match(text):
        return _frequency(found["rest"], answers, levels)
    if (found := _HOW.match(text)) and (level := stance(answers, levels)):
        rest = compact(found["rest"], MOST_WORDS - len(level.split()), spare=0)
        together = found["rest"].split()[0].casefold() in ("with", "about", "in", "of", "to", "by")
        return replace(rest, text=f"{level} {rest.text}" if together else f"{rest.text}: {level}", lack=denies(level))
    if found := _MUCH.match(text):
        return _much(found["rest"], answers, levels)
    if is_agreement(levels) and len(text.split()) >= 2:
        return _agreed(text, answers, levels)
    return None


def denies(level: str) -> bool:
    """An answer that says how little."""
    return bool(_DENIAL.search(level) or _LITTLE.search(level) or (HAN.search(level) and _CHINESE_DENIAL.search(level)))


def _behind(start: str, rest: str, *, lack: bool = False) -> Phrase:
    """A few words and what follows them, in as many words together as a phrase has."""
    body = compact(rest, max(2, MOST_WORDS - len(start.split())), spare=0)
    return replace(body, text=f"{start} {body.text}".strip(), lack=lack)


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
    return _behind(yes if said else no, rest, lack=not said)


def _frequency(rest: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    """How often, where the scale says so: "never recline seat", "travel by plane daily"."""
    if not is_frequency(levels):
        return None
    if len(answers) > 1:
        high = (answers[-1] == levels[-1]) == rises(levels)
        return _behind("often" if high else "rarely", rest, lack=not high)
    level = tidy(re.split(r" -|--|;|, ", answers[0])[0]).lower()
    if any(level.startswith(n) for n in _NEVER):
        return _behind("never", rest, lack=True)
    if level in ("always", "usually", "often", "sometimes", "rarely", "seldom", "occasionally", "frequently"):
        return _behind(level, rest, lack=denies(level))
    body = compact(rest, max(2, MOST_WORDS - len(level.split())), spare=0)
    if len(level.split()) <= 3:
        return replace(body, text=f"{body.text} {level}", lack=denies(level))
    return replace(body, text=f"{body.text}: {level}", kept=0.7 * body.kept, lack=denies(level))


def rises(levels: Sequence[str]) -> bool:
    """Whether a scale of how often goes from seldom to often."""
    return not (_DAILY.search(levels[0]) and not _DAILY.search(levels[-1]))


def _much(rest: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    """How much: "care about the debate", "do not care much about the debate", "care about the debate: a lot"."""
    if len(answers) > 1 and len(levels) > 2 and answers[-1] == levels[-1]:
        return compact(rest, MOST_WORDS, spare=0)
    if answers[0].casefold().startswith(("not at all", "none")) and len(answers) == 1:
        return _behind("do not", rest, lack=True)
    if len(answers) > 1 and len(levels) > 2 and answers[0] == levels[0] and _DENIAL.search(answers[0]):
        verb, _, behind = rest.partition(" ")
        return _behind(f"do not {verb} much", behind, lack=True)
    if len(answers) > 1 or len(answers[0].split()) > 3:
        return None
    body = compact(rest, MOST_WORDS - len(answers[0].split()), spare=0)
    return replace(body, text=f"{body.text}: {answers[0].lower()}", kept=0.8 * body.kept, lack=denies(answers[0]))


def _agreed(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    level = stance(answers, levels)
    return agreed(text, agrees=level == "agree") if level in ("agree", "disagree") else None


def agreed(text: str, *, agrees: bool) -> Phrase:
    """A statement as the name of those who agree with it, or do not: "do not need a quiet place", "disagree: ..."."""
    if HAN.search(text):
        return _agreed_chinese(text, agrees=agrees)
    text = _TO_ME.sub("", text)
    own = statements.english(text, agrees=agrees)
    if agrees:
        return compact(own or text)
    if own is None:
        body = compact(text, MOST_WORDS - 1)
        return replace(body, text=f"disagree: {body.text}", lack=True)
    head = compact(own)
    # "Do not check my account (more than once a day)": what is cut off a denial may be all that was denied.
    return replace(head, lack=True, kept=head.kept if len(head.text) >= len(own) - 1 else _CUT_DENIAL * head.kept)


def _agreed_chinese(text: str, *, agrees: bool) -> Phrase:
    own = statements.chinese(text, agrees=agrees)
    if agrees:
        return compact_chinese(own or text, MOST_HAN)
    if own is not None:
        return replace(compact_chinese(own, MOST_HAN), lack=True)
    short = compact_chinese(text, MOST_HAN - 3)
    return replace(short, text=f"不同意{short.text}", lack=True)


def _framed_chinese(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    said = polarity(answers)
    if said is not None and len(answers) == 1 and len(answers[0]) <= 4:
        return _yes_or_no(text, answers[0], said)
    if is_agreement(levels):
        core, level = _CHINESE_LEAD_IN.sub("", text), stance(answers, levels)
        if level.startswith(("較", "较")):
            short = compact_chinese(core, MOST_HAN - len(level))
            return replace(short, text=level + short.text, lack=True)
        agrees = level in _AGREES
        return _agreed_chinese(core, agrees=agrees) if agrees or "不" in level else None
    return _often_chinese(text, answers, levels) if _CHINESE_OFTEN.search(text) else None


def _yes_or_no(text: str, answer: str, said: bool) -> Phrase:
    core = re.sub(r"^(?:是否|[會会]不[會会]|有[沒没]有)|[嗎吗呢]$", "", _CHINESE_LEAD_IN.sub("", text))
    core = re.sub(r"^曾[經经]?", "", core) if not said else core
    start = "" if said else ("沒" if "沒" in answer else "没" if "没" in answer else "不")
    if start == "不" and (core.startswith("有") or re.search(r"[過过]", core)):
        start = "沒" if re.search(r"[過来們會個點]", text) else "没"
    body = compact_chinese(core, MOST_HAN - len(start))
    return replace(body, text=start + body.text, lack=not said)


def _often_chinese(text: str, answers: Sequence[str], levels: Sequence[str]) -> Phrase | None:
    """How often, said as one says it: 每天點外賣, 每週點外賣1-2次, 常來圖書館."""
    core = _chinese_core(text)
    if len(answers) > 1:
        if not is_frequency(levels) or re.search(r"\d", answers[0] + answers[-1]):
            return None
        high = (answers[-1] == levels[-1]) == rises(levels)
        body = compact_chinese(core, MOST_HAN - 1)
        return replace(body, text=("常" if high else in_script("較少", _script([text]))) + body.text, lack=not high)
    answer = tidy(answers[0])
    found = _CHINESE_TIMES.match(answer)
    if found is None and not _CHINESE_OFTEN_WORD.match(answer):
        return None
    body = compact_chinese(core, max(2, MOST_HAN - len(answer)))
    told = f"{found['period']}{body.text}{found['times']}" if found else answer + body.text
    return replace(body, text=told, lack=bool(_SELDOM.match(answer)))
