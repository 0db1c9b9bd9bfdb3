"""Scales that are neither degrees of one head nor amounts: fixed ladders of words, and how often something happens."""

from __future__ import annotations

import re
from functools import cache

from research_kit.language import to_simplified
from research_kit.questions.profile import norm

# Each ladder runs from low to high; a rung lists spellings that mean the same. "up" = higher is more or better.
_LADDERS: tuple[tuple[str, ...], ...] = (
    ("never", "almost never|hardly ever|very rarely|very seldom", "rarely|seldom|not often|infrequently", "occasionally|occassionally|once in a while|now and then|few visits", "sometimes|about half the time|half the time|every once in a while",
     "often|frequently|regularly|fairly often|usually|most of the time|mostly|generally|most visits|most days", "very often|very frequently|almost always|nearly always", "always|all the time|all of the time|every time|constantly|every visit|each visit|each time|every session", "several times per visit|multiple times per visit|several times each visit"),
    ("terrible|awful|horrible|very bad|very poor|extremely poor|abysmal", "bad|poor|below average|not good", "fair|ok|okay|average|acceptable|so-so|mediocre|adequate|satisfactory|neutral|neither good nor bad",
     "good|above average|fairly good", "very good|great", "excellent|outstanding|exceptional|amazing|perfect|fantastic|superb|awesome"),
    ("none|none of it|nothing|nothing at all|not at all|no", "very little|only a little|hardly any|almost none|little|a little|not much|a little bit|little or no|not a lot", "some|some of it|somewhat|a bit|a moderate amount|moderate|to some extent|partly|a few|in part",
     "about half|half|half of it|about half of it", "a lot|most|most of it|much|quite a bit|a good deal|quite a lot|mostly|many", "a great deal|almost all|all|all of it|everything|completely|very much|extensive|entirely|fully"),
    ("definitely not|certainly not|no|no, definitely not|absolutely not", "probably not|unlikely|i don't think so|no, probably not", "maybe|not sure|possibly|might or might not|undecided|perhaps|unsure", "probably|likely|probably yes|i think so|yes, probably",
     "definitely|certainly|yes, definitely|definitely yes|yes|absolutely|for sure"),
    ("none|no experience|no knowledge|no expertise|no proficiency|never used", "complete novice|complete beginner|total beginner|fundamental", "beginner|novice|basic|elementary|entry level|newbie|amateur|low", "lower intermediate|advanced beginner", "intermediate|moderate|average|competent|medium|middle",
     "upper intermediate|proficient|high", "advanced|experienced|very experienced", "expert|master|native|professional|guru"),
    ("none", "very low|lowest|negligible|minimal", "low|minor|small", "medium|moderate|mid|normal|average", "high|major|large", "very high|highest|severe", "critical|urgent|blocker|extreme"),
    ("stop|i plan to stop using it|stop using it|will stop", "decrease a lot|decrease significantly|much less|a lot less", "decrease|decrease somewhat|less|i expect it to decrease|decreased|go down|reduce", "stay the same|same|about the same|i expect it to stay the same|no change|stayed the same|unchanged",
     "increase|increase somewhat|more|i expect it to increase|increased|go up|grow", "increase a lot|increase significantly|much more|a lot more"),
    ("much worse|a lot worse|significantly worse", "worse|somewhat worse|a little worse|slightly worse", "same|about the same|the same|no change|no different", "better|somewhat better|a little better|slightly better", "much better|a lot better|significantly better"),
    ("fails to meet expectations|far below expectations|much worse than expected|did not meet expectations", "below expectations|worse than expected", "meets expectations|as expected|met expectations", "above expectations|better than expected|exceeds expectations|exceeded expectations", "far above expectations|much better than expected|far exceeded expectations"),
    ("完全没有|从不|从来没有|从来不|从未|没有过|几乎没有|完全不用|都不用", "几乎不|很少|极少|甚少|几乎不用|几乎从不|不常", "少数使用|偶尔|较少|少数|偶尔会|鲜少", "有时|有时候|有时会|约一半|一半|间中|时有|半数", "经常|常常|时常|多数使用|常|多数|大部分|往往|通常|较多", "很常|非常经常|几乎全用|几乎总是|几乎每次|几乎全部", "总是|一直|每次|全部|每次都会|始终|全用"),
    ("非常差|很差|极差|糟糕|很糟|非常糟糕|极不好", "差|较差|不好|不佳", "普通|一般|尚可|还可以|中等|中|还行|及格|还好", "好|较好|不错|良好|良", "很好|非常好|优良", "优秀|极好|优|卓越|完美|极佳"),
    ("完全不了解|不知道|完全不懂|没听过|从未听过|不会|完全不会|无", "听过但不了解|不太了解|略懂|略知一二|初级|入门|新手|初学|初学者|基础", "一般了解|了解一些|普通|中级|一般|进阶", "比较了解|熟悉|中高级|熟练", "非常了解|非常熟悉|精通|专家|高级|高阶"),
    ("低|较低", "中|中等|普通|一般", "高|较高", "非常高|极高|很高"),
    ("绝对不会|一定不会|完全不会|肯定不会|不会", "可能不会|应该不会|大概不会", "不确定|不一定|也许|可能|看情况|再看看", "应该会|大概会|可能会|很可能会", "一定会|肯定会|绝对会|会"),
    ("减少很多|大幅减少", "减少|略为减少|变少|下降", "不变|维持不变|差不多|相同|持平|一样", "增加|略为增加|变多|上升", "增加很多|大幅增加"),
)  # fmt: skip
_LADDER_NAMES = (
    "frequency", "quality", "amount", "probability", "expertise", "level", "change", "comparison", "expectation", "frequency", "quality", "knowledge", "level", "probability", "change",
)  # fmt: skip
_GOOD = frozenset({"quality", "comparison", "expectation"})
# One of these alone proves nothing: yes / no / maybe is a choice, not a scale.
_WEAK = frozenset("yes no maybe none same 会 不会 无 中 低 高 more less likely unlikely ok perhaps".split()) | {"not sure"}


@cache
def _rungs(ladder: int) -> dict[str, int]:
    return {word: level for level, rung in enumerate(_LADDERS[ladder]) for word in rung.split("|")}


def climb(values: list[str]) -> tuple[list[int], str, bool] | None:
    """The rung of each value on the one ladder that holds all of them (two values may not share a rung), its name, and whether higher is better."""
    words = [_key(v) for v in values]
    if len(words) < 2:
        return None
    for ladder, name in enumerate(_LADDER_NAMES):
        rungs = _rungs(ladder)
        if all(w in rungs for w in words):
            levels = [rungs[w] for w in words]
            strong = [w for w in words if w not in _WEAK]
            if len(set(levels)) == len(levels) and len(strong) >= 2:
                return levels, name, name in _GOOD
    return None


def _key(value: str) -> str:
    text = to_simplified(norm(value)).replace("!", "")
    return re.sub(r"\s*[\(（].*[\)）]$", "", text).rstrip(" .,。，")


# ------------------------------------------------------------------ how often, as times per year

_PERIODS = {"hour": 8760.0, "day": 365.0, "week": 52.0, "month": 12.0, "quarter": 4.0, "semester": 2.0, "year": 1.0, "decade": 0.1}
_ADVERBS = {
    "hourly": 8760.0, "daily": 365.0, "everyday": 365.0, "weekly": 52.0, "fortnightly": 26.0, "biweekly": 26.0, "bi-weekly": 26.0, "monthly": 12.0, "bimonthly": 6.0, "quarterly": 4.0, "yearly": 1.0,
    "annually": 1.0, "never": 0.0, "always": 9000.0, "rarely": 0.5, "hardly ever": 0.3, "nightly": 365.0,
}  # fmt: skip
_AMOUNTS = {"once": 1.0, "twice": 2.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "a few": 3.0, "few": 3.0, "several": 4.0, "couple": 2.0, "multiple": 4.0, "many": 5.0, "a": 1.0}
_PERIODS_CHINESE = {"小时": 8760.0, "天": 365.0, "日": 365.0, "周": 52.0, "星期": 52.0, "礼拜": 52.0, "月": 12.0, "个月": 12.0, "季": 4.0, "季度": 4.0, "学期": 2.0, "半年": 2.0, "年": 1.0}
_DIGITS_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "数": 3, "多": 4, "几": 3}


@cache
def per_year(value: str) -> float | None:
    """How often per year an answer says ("Less than once a month" -> 11.4, "每週2-3次" -> 130); None when it does not say."""
    text = re.split(r"\s+(?:--|–|—|-)\s+|[;；:：]\s|,\s+(?:but|and|i|though|only)\b", norm(value))[0]
    text = re.sub(r"\s*\(.*?\)", "", text).strip(" .,!")
    if not text or len(text) > 60:
        return None
    return _per_year_chinese(to_simplified(text)) if re.search(r"[\u4e00-\u9fff]", text) else _per_year_english(text)


def _per_year_english(text: str) -> float | None:
    if text in _ADVERBS:
        return _ADVERBS[text]
    if re.match(r"^(?:i )?(?:have |do not |don't |would )?(?:never|not)\b", text) and len(text.split()) <= 6:
        return 0.0
    shift = 0.95 if re.search(r"\bless\b|\bunder\b|\bfewer\b", text) else 1.05 if re.search(r"\bmore\b|\bover\b|\bat least\b|\+|\bmultiple times\b", text) else 1.0
    for adverb, rate in _ADVERBS.items():
        if re.search(rf"\b{adverb}\b", text) and len(text.split()) <= 6:
            return rate * shift
    rates = [
        _amount(m.group(1) or m.group(2)) * _PERIODS[m.group(4)] / _amount(m.group(3) or "1")
        for m in re.finditer(
            r"(?:\b(once|twice|a few|few|several|multiple|many|\d+(?:\s*(?:-|–|to)\s*\d+)?|one|two|three|four|five|six|couple)\+?(?: of)?(?: or (?:more|less|fewer))?(?: times?| days?)?\s*(?:a|an|per|each|every|in a|/|times a)\s*|\b(every|each|per)\s+)"
            r"(\d+|few|two|three|four|six|other)?\s*(hour|day|week|month|quarter|semester|year|decade)s?\b",
            text,
        )
    ]
    if not rates:
        return None
    return (sum(rates) / len(rates)) * shift


def _amount(words: str) -> float:
    words = words.strip()
    if words in ("every", "each", "per"):
        return 1.0
    if words == "other":
        return 2.0
    if match := re.fullmatch(r"(\d+)\s*(?:-|–|to)\s*(\d+)", words):
        return (float(match.group(1)) + float(match.group(2))) / 2
    return float(words) if words.isdigit() else _AMOUNTS.get(words, 1.0)


def _per_year_chinese(text: str) -> float | None:
    if re.fullmatch(r"从不|从来不|从来没有|没有|从未|几乎不|几乎没有|不使用|没有使用|没用过", text):
        return 0.0 if "几乎" not in text else 0.2
    shift = 0.95 if re.search(r"不到|少于|以下|低于|不足", text) else 1.05 if re.search(r"以上|超过|多于|不止", text) else 1.0
    text = text.replace("半个月", "0.5个月").replace("半年", "0.5年")
    match = re.search(r"每?([\d.]+|[一二两三四五六七八九十几数])?(?:个)?(小时|天|日|周|星期|礼拜|月|季度?|学期|年)[内里]?(?:[^\d一二两三四五六七八九十几数多]{0,5})([\d一二两三四五六七八九十几数多]+)?(?:\s*[-~～至到、]\s*([\d一二两三四五六七八九十]+))?\s*[次回趟天]?", text)
    if not match or not ("每" in text or "次" in text or "一" in text):
        return None
    span = _digits(match.group(1)) if match.group(1) else 1.0
    low = _digits(match.group(3)) if match.group(3) else 1.0
    high = _digits(match.group(4)) if match.group(4) else low
    return shift * ((low + high) / 2) * _PERIODS_CHINESE[match.group(2)] / (span or 1.0)


def _digits(text: str) -> float:
    if re.fullmatch(r"[\d.]+", text):
        return float(text)
    return float(_DIGITS_CHINESE.get(text[-1], 1) + (10 if len(text) > 1 and text[0] == "十" else 0))
