"""Scales that are neither degrees of one head nor amounts: fixed ladders of words (ladders.toml), and how often something happens."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from research_kit.language import to_simplified
from research_kit.questions.profile import norm

_LADDERS = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text(encoding="utf-8"))["ladder"]
# One of these alone proves nothing: yes / no / maybe is a choice, not a scale.
_WEAK = frozenset("yes no maybe none same 会 不会 无 有 没有 没 中 低 高 more less likely unlikely ok perhaps".split()) | {
    "not sure"
}


@cache
def _rungs(ladder: int) -> dict[str, float]:
    return {to_simplified(word): float(level) for level, rung in enumerate(_LADDERS[ladder]["rungs"]) for word in rung.split("|")}


def climb(values: list[str]) -> tuple[list[float], str, bool] | None:
    """The rung of each value on the one ladder that holds all of them (two values may not share a rung), its name, and whether higher is better."""
    words = [_key(v) for v in values]
    if len(words) < 2:
        return None
    for ladder, entry in enumerate(_LADDERS):
        rungs = _rungs(ladder)
        if all(w in rungs or _between(w, rungs) is not None for w in words):
            levels = [rungs[w] if w in rungs else _between(w, rungs) or 0.0 for w in words]
            strong = [w for w in words if w not in _WEAK]
            if len(set(levels)) == len(levels) and len(strong) >= 2:
                return levels, entry["name"], entry.get("good", False)
    return None


def _between(words: str, rungs: dict[str, float]) -> float | None:
    """ "Rarely or never" stands between the two; None unless both are on the ladder."""
    first, found, second = words.partition(" or ")
    if not found or first not in rungs or second not in rungs:
        return None
    return (rungs[first] + rungs[second]) / 2


def _key(value: str) -> str:
    text = to_simplified(norm(value)).replace("!", "")
    return re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:如此|这样)$", "", re.sub(r"\s*[\(（].*[\)）]$", "", text).rstrip(" .,。，"))


# ------------------------------------------------------------------ how often, as times per year

_PERIODS = {
    "hour": 8760.0,
    "day": 365.0,
    "week": 52.0,
    "month": 12.0,
    "quarter": 4.0,
    "semester": 2.0,
    "year": 1.0,
    "decade": 0.1,
}
_ADVERBS = {
    "almost daily": 300.0, "nearly daily": 300.0, "hourly": 8760.0, "daily": 365.0, "everyday": 365.0, "weekly": 52.0, "fortnightly": 26.0, "biweekly": 26.0,
    "bi-weekly": 26.0, "half-yearly": 2.0, "semi-annually": 2.0, "biannually": 2.0, "twice yearly": 2.0,
    "monthly": 12.0, "bimonthly": 6.0, "quarterly": 4.0, "yearly": 1.0,
    "annually": 1.0, "never": 0.0, "always": 9000.0, "rarely": 0.5, "hardly ever": 0.3, "nightly": 365.0,
}  # fmt: skip
_AMOUNTS = {
    "once": 1.0,
    "twice": 2.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "a few": 3.0,
    "few": 3.0,
    "several": 4.0,
    "couple": 2.0,
    "multiple": 4.0,
    "many": 5.0,
    "a": 1.0,
}
_PERIODS_CHINESE = {
    "小时": 8760.0,
    "天": 365.0,
    "日": 365.0,
    "周": 52.0,
    "星期": 52.0,
    "礼拜": 52.0,
    "月": 12.0,
    "个月": 12.0,
    "季": 4.0,
    "季度": 4.0,
    "学期": 2.0,
    "半年": 2.0,
    "年": 1.0,
}
_ADVERBS_CHINESE = {
    "很少": 1.0,
    "极少": 0.6,
    "甚少": 1.0,
    "偶尔": 5.0,
    "有时": 10.0,
    "有时候": 10.0,
    "经常": 150.0,
    "常常": 150.0,
    "总是": 9000.0,
    "几乎每天": 300.0,
}
_DIGITS_CHINESE = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "数": 3,
    "多": 4,
    "几": 3,
}


# Less than whatever else is offered, and yet not never.
_LEAST = frozenset(("less often", "less frequently", "less", "rarer", "更少", "比这更少", "更久一次"))
_ONCE = re.compile(
    r"^(?:this (?:is|was) )?(?:my |the )?(?:very )?first(?: (?:time|visit|stay|order|purchase))?$"
    r"|^(?:one-?off|(?:just|only) (?:once|the once|this once|one time)|once only)$"
    r"|^(?:这是)?我?(?:第一次|首次|初次)(?:来|使用|购买)?$|^(?:只有|仅)?(?:这)?一次(?:而已|性)?$"
)


@cache
def per_year(value: str) -> float | None:
    """How often per year an answer says ("Less than once a month" -> 11.4, "每週2-3次" -> 130); None when it does not say."""
    text = re.split(r"\s+(?:--|–|—|-)\s+|[;；:：]\s|,\s+(?:but|and|i|though|only)\b", norm(value))[0]
    text = re.sub(r"\s*\(.*?\)", "", text).strip(" .,!")
    if not text or len(text) > 60:
        return None
    if to_simplified(text) in _LEAST:
        return 0.05
    if _ONCE.match(to_simplified(text)):
        return 0.04
    return _per_year_chinese(to_simplified(text)) if re.search(r"[\u4e00-\u9fff]", text) else _per_year_english(text)


def _per_year_english(text: str) -> float | None:
    if text in _ADVERBS:
        return _ADVERBS[text]
    if re.match(r"^(?:i )?(?:no longer|used to|have stopped|stopped)\b", text) and len(text.split()) <= 8:
        return 0.02  # not any more is hardly more than never
    if re.match(r"^(?:i )?(?:have |do not |don't |would )?(?:never|not)\b", text) and len(text.split()) <= 6:
        return 0.0
    shift = (
        0.95
        if re.search(r"\bless\b|\bunder\b|\bfewer\b", text)
        else 1.05
        if re.search(r"\bmore\b|\bover\b|\bat least\b|\+|\bmultiple times\b", text)
        else 1.0
    )
    for adverb, rate in _ADVERBS.items():
        if re.search(rf"\b{adverb}\b", text) and len(text.split()) <= 6:
            return rate * shift
    rates = [
        _amount(m.group(1) or m.group(2)) * _PERIODS[m.group(4)] / _amount(m.group(3) or "1")
        for m in re.finditer(
            r"(?:\b(once|twice|a few|few|several|multiple|many|\d+(?:\s*(?:-|–|to)\s*\d+)?|one|two|three|four|five|six"
            r"|couple)\+?(?: of)?(?: or (?:more|less|fewer))?(?: times?| days?)?\s*(?:a|an|per|each|every|in a"
            r"|in the (?:past|last)|over the (?:past|last)|/|times a)\s*"
            r"|\b(every|each|per)\s+)"
            r"(\d+(?:\s*(?:-|–|to|or)\s*\d+)?|few|two|three|four|six|other)?\s*(hour|day|week|month|quarter|semester|year|decade)s?\b",
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
    if re.fullmatch(r"(?:几乎|从来?|完全|都)?(?:不|没有?|未)(?:会|曾)?(?:使用|[用去来喝吃买看点做玩上坐读])?过?", text):
        return 0.2 if "几乎" in text else 0.0
    if text in _ADVERBS_CHINESE:
        return _ADVERBS_CHINESE[text]
    shift = 0.95 if re.search(r"不到|少于|以下|低于|不足", text) else 1.05 if re.search(r"以上|超过|多于|不止", text) else 1.0
    text = text.replace("半个月", "0.5个月").replace("半年", "0.5年")
    match = re.search(
        r"每?([\d.]+|[一二两三四五六七八九十几数])?(?:个)?(小时|天|日|周|星期|礼拜|月|季度?|学期"
        r"|年)[内里]?(?:[^\d一二两三四五六七八九十几数多]{0,5})([\d一二两三四五六七八九十几数多]+)?(?:\s*[-~～至到、]\s*([\d一二两三四五六七八九十]+))?\s*[次回趟天]?",
        text,
    )
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
