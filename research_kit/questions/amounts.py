"""Numbers as people and forms write them: with units, currencies, thousands and as ranges ("25-34", "US$1,000+", "1萬以下", "Less than a year")."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from research_kit.language import to_simplified
from research_kit.questions.profile import WIDE, norm

_SECONDS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "quarter": 7889400.0,
    "year": 31557600.0,
    "decade": 315576000.0,
}
_METRES = {
    "metres": 1.0, "metre": 1.0, "meters": 1.0, "meter": 1.0, "米": 1.0, "公尺": 1.0, "km": 1000.0, "kms": 1000.0, "kilometres": 1000.0, "kilometers": 1000.0,
    "公里": 1000.0, "千米": 1000.0,
}  # fmt: skip
_TIME = {
    "s": "second", "sec": "second", "secs": "second", "second": "second", "秒": "second", "秒钟": "second", "min": "minute",
    "mins": "minute", "minute": "minute", "分": "minute", "分钟": "minute",
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "小时": "hour", "时": "hour", "day": "day", "天": "day",
    "日": "day", "week": "week", "wk": "week", "周": "week", "星期": "week", "礼拜": "week",
    "month": "month", "mo": "month", "个月": "month", "月": "month", "quarter": "quarter", "季": "quarter", "year": "year",
    "yr": "year", "yrs": "year", "年": "year", "decade": "decade",
    "岁": "years old", "years old": "years old", "yrs old": "years old",
}  # fmt: skip
_CURRENCY = r"US\$|NT\$|HK\$|A\$|C\$|RMB|TWD|USD|EUR|GBP|CNY|NTD|HKD|[$€£¥￥]"
_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Currencies called by name are grouped with their signs.
_NAMED = {
    "dollars": "$", "dollar": "$", "bucks": "$", "usd": "$", "$": "$", "euros": "€", "euro": "€", "eur": "€", "€": "€", "pounds": "£", "quid": "£",
    "gbp": "£", "£": "£", "¥": "¥",
}  # fmt: skip
_SCALE = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "thousand": 1e3,
    "千": 1e3,
    "万": 1e4,
    "亿": 1e8,
    "b": 1e9,
    "billion": 1e9,
}
_TOKEN = re.compile(
    rf"(?P<currency>{_CURRENCY})?\s*(?P<number>{_NUMBER})\s*(?:(?P<scale>k|mn|m|million|thousand|千|万|亿|b"
    rf"|billion)(?![a-z]))?\s*(?P<unit>[%€£¥$]|[a-z°'\"]+|岁|小时|分钟?|秒钟?|个?月|年|天|日|周|星期|礼拜|季|元|块钱?|人|次|公里|千米|公尺|米|公分"
    rf"|厘米|公斤|个|位|名|间|家|件|杯|本|台|时|辆|座)?",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"^\s*(?:<=?|≤|under|less than|fewer than|below|up to|at most|younger than|no more than|not more than|within|before)\b"
    r"|^\s*[<≤]|\bor (?:less|fewer|younger|under|below|lower|earlier)\b|以下|以内|以前|未满|不到|不足|低于|少于|小于|之前"
    r"|歲?前$|岁前|及以下"
)
_ABOVE = re.compile(
    r"^\s*(?:>=?|≥|over|more than|above|at least|older than|greater than|after|from)\b|^\s*[>≥]|\bor (?:more|over|older|above"
    r"|higher|later|greater)\b|\band (?:over|above|up|older|more)\b|\+|以上|以后|超过|大于|多于|高于|之后|及以上|plus\b"
)
_WORDS = {
    "ten": "10",
    "tens": "10",
    "twenty": "20",
    "fifty": "50",
    "hundred": "100",
    "hundreds": "100",
    "thousand": "1000",
    "thousands": "1000",
    "million": "1000000",
    "millions": "1000000",
    "dozens": "12",
}
_SMALL = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_TIMES = {"once": "1", "twice": "2", "thrice": "3"}
_SMALL_CHINESE = str.maketrans(
    {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}
)
_ZERO = re.compile(
    r"^(?:none|zero|never|no|nothing|free(?: of charge)?|0|免费|不花钱|无|没有|零|没有收入|无收入|no .{1,25}"
    r"|(?:i )?(?:am|do|have|did) not .{1,30}|i (?:don't|haven't|never|didn't) .{1,30})$"
)


# "0元（只点免配送费的）", "1-2 (rarely)": an explanation without figures.
_ASIDE = re.compile(r"(?<=\S)\s*[(（][^()（）\d]*[)）]$|[(（](?:含|inclusive|incl\.?)[)）]")


@dataclass(frozen=True)
class Amount:
    """A number or a range with its unit."""

    low: float
    high: float
    """``inf`` for "1,000+"; equal to ``low`` for a plain number."""
    unit: str
    """As it groups ("second" for all of time, the currency sign, the noun, "" for none)."""
    written: str
    """The unit as written, for the codebook."""

    @property
    def is_range(self) -> bool:
        """True unless it is one number."""
        return self.low != self.high


@cache
def amount(value: str) -> Amount | None:
    """The number or range that an answer is, wholly (a sentence with a number in it is none)."""
    text = _readable(value)
    if not text or len(text) > 48 or re.fullmatch(r"\+\d|-\d+", text):  # a sign says: a step of a scale, and no amount
        return None
    if _ZERO.match(text):
        return Amount(0.0, 0.0, "", "")
    if (rough := _rough(text) or _clock(text)) is not None:
        return rough
    if match := re.fullmatch(
        r"(?:under |less than |below |shorter than )?(?P<feet>\d)\s*(?:'|ft\.?|feet|foot)\s*(?:(?P<inches>\d{1,2})\s*(?:\"|''|in|inches)?)?(?P<rest>.*)",
        text,
    ):
        return _height(match)
    text = re.sub(r"(?<=\d)\s*\+\s*(?=[a-z\u4e00-\u9fff])", " or more ", _spelled(text))
    text = re.sub(r"\bor (more|less|fewer) ([a-z]+)\b", r"\2 or \1", text)
    tokens = list(_TOKEN.finditer(text))
    if not tokens or len(tokens) > 2:
        return _unit_alone(text)
    parts = [_token(t) for t in tokens]
    rest = _TOKEN.sub(" ", text)
    below, above = bool(_BELOW.search(text)), bool(_ABOVE.search(rest) or _ABOVE.search(text))
    if not _only_glue(rest):
        return None
    unit, written, factor = _unit(parts)
    if unit is None:
        return None
    numbers = [p[0] for p in parts]
    if len(parts) == 2:
        low, high = _pair(parts, factor)
        joined = bool(re.search(r"-|~|至|到|以上.*(?:未满|不到|以下)|\bto\b|\bor\b|\band\b|\bbetween\b|&", text))
        if not joined or low > high:
            return _compound(parts) if not joined else None
        return Amount(low, math.inf if above and not below and "+" in text else high, unit, written)
    number = numbers[0] * factor[0]
    if below and not above:
        return Amount(-0.5 if number > 0 else -1.0, number, unit, written)
    if above and not below:
        return Amount(number, math.inf, unit, written)
    return Amount(number, number, unit, written)


def _readable(value: str) -> str:
    """The answer in plain figures and dashes, without an explanation in brackets; "500 m" with no currency is a length."""
    text = _ASIDE.sub("", to_simplified(norm(value))).translate(WIDE)
    text = text.replace("–", "-").replace("—", "-").replace("～", "~").replace("−", "-")
    return text if re.search(_CURRENCY, text, re.IGNORECASE) else re.sub(r"(?<=\d) m\b", " metres", text)


def _spelled(text: str) -> str:
    """Number words as digits: "under ten", "more than five times", "三年"."""
    text = re.sub(r"\b(?:a|an)\b(?= (?:year|month|week|day|hour|minute|decade|quarter)s?\b)", "1", text)
    text = re.sub(
        r"\b(" + "|".join({**_WORDS, **_SMALL, **_TIMES}) + r")\b", lambda m: {**_WORDS, **_SMALL, **_TIMES}[m.group(1)], text
    )
    text = re.sub(r"\bhalf 1 ", "0.5 ", text)
    text = re.sub(r"半(?=年|个月|小时|天)", "0.5", text)
    return re.sub(
        r"(?<![\u4e00-\u9fff])[一二两三四五六七八九](?=个?[年月周天小岁次人万千])|(?<![\u4e00-\u9fff])[一二两三四五六七八九](?=[-~至到][一二两三四五六七八九十]个?[年月周天小岁次人万千])|(?<=[-~至到])[一二两三四五六七八九](?=个?[年月周天小岁次人万千])",
        lambda m: m.group(0).translate(_SMALL_CHINESE),
        text,
    )


def _token(match: re.Match[str]) -> tuple[float, str, str]:
    number = float(match.group("number").replace(",", "").replace(" ", "")) * _SCALE.get(
        (match.group("scale") or "").lower(), 1.0
    )
    unit = (match.group("unit") or "").strip().lower()
    if unit in ("to", "and", "or", "plus", "at", "per"):
        unit = ""
    return number, unit, (match.group("currency") or "")


_GLUE = re.compile(
    r"\b(?:less|more|fewer|than|under|over|above|below|up|to|at|least|most|between|and|or|from|about|around|approximately"
    r"|approx|roughly|older|younger|old|plus|greater|higher|lower|no|not|within|after|before|ago|per|a|an|year|years"
    r"|month|week|day|times|time|people|persons|employees|hours|minutes|usd|only|ca|circa|nearly|almost|exactly|the|of|age"
    r"|aged|earlier|later)\b|[-~<>≤≥+,.()（）$€£¥\"'/&:=]|以上|以下|以内|以前|以后|未满|不到|不足|低于|少于|小于|超过|大于"
    r"|多于|高于|之间|之后|之前|介于|约|大约|左右|至|到|及|或|前|后|每[月年天周日]|个|每"
)


def _only_glue(rest: str) -> bool:
    return not _GLUE.sub("", rest).strip()


def _unit(parts: list[tuple[float, str, str]]) -> tuple[str | None, str, list[float]]:
    """What the number counts; time is brought to seconds. None when the two ends of a range count different things."""
    parts = [(p[0], "", _NAMED[p[1]]) if p[1] in _NAMED else p for p in parts]
    written = next((p[2].upper() for p in parts if p[2]), "") or next((p[1] for p in reversed(parts) if p[1]), "")
    names = [_time(p[1]) for p in parts]
    if any(n in _SECONDS for n in names):
        if any(n in _METRES for n in names):
            return None, "", []
        last = next(n for n in reversed(names) if n in _SECONDS)
        factors = [_SECONDS.get(n, _SECONDS[last]) for n in names]
        return "second", written, factors
    if any(n in _METRES for n in names) and all(n in _METRES for n in names if n):
        last = next(n for n in reversed(names) if n in _METRES)
        return "metre", written, [_METRES.get(n, _METRES[last]) for n in names]
    nouns = {_singular(p[1]) for p in parts if p[1]}
    currency = {p[2] for p in parts if p[2]}
    if len(nouns) > 1 or len(currency) > 1:
        return None, "", []
    return (next(iter(currency), "") or next(iter(nouns), "")), written, [1.0] * len(parts)


def _time(unit: str) -> str:
    return _TIME.get(unit) or _TIME.get(unit.rstrip("s")) or _TIME.get(unit.rstrip(".")) or unit


_PLURAL_NOUNS = {"children": "child", "people": "person", "persons": "person"}


def _singular(noun: str) -> str:
    if noun in _PLURAL_NOUNS:
        return _PLURAL_NOUNS[noun]
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") else noun


def _pair(parts: list[tuple[float, str, str]], factor: list[float]) -> tuple[float, float]:
    low, high = parts[0][0] * factor[0], parts[1][0] * factor[1]
    # "5-10k", "1-3萬": the scale word stands once, behind.
    if low < high / 500 and parts[0][0] >= 1 and parts[1][0] >= 1000 and parts[0][0] < 1000:
        shift = 1e4 if parts[1][0] % 1e4 == 0 else 1e3
        low *= shift if low * shift <= high else 1.0
    return low, high


def _compound(parts: list[tuple[float, str, str]]) -> Amount | None:
    """ "2分3秒", "1 hour 30 minutes", 5'4": two units of one quantity."""
    names = [_time(p[1]) for p in parts]
    if all(n in _SECONDS for n in names) and names[0] != names[1]:
        total = sum(p[0] * _SECONDS[n] for p, n in zip(parts, names, strict=True))
        return Amount(total, total, "second", parts[0][1])
    return None


def _height(match: re.Match[str]) -> Amount | None:
    """5'4", and "Under 5 ft." or "6'6\" and above" as ranges."""
    inches = float(match.group("feet")) * 12 + float(match.group("inches") or 0)
    rest = match.group("rest").strip(" .")
    if not match.string[:1].isdigit():
        return Amount(-0.5, inches, "inch", "in")
    if rest and not _ABOVE.search(rest) and not _BELOW.search(rest):
        return None
    low, high = (inches, math.inf) if _ABOVE.search(rest) else (-0.5, inches) if rest else (inches, inches)
    return Amount(low, high, "inch", "in")


def _clock(text: str) -> Amount | None:
    """ "1:23:45" is a duration; "14:30" may be a time of day."""
    match = re.fullmatch(r"(\d{1,3}):([0-5]\d):([0-5]\d)", text)
    if not match:
        return None
    total = float(match.group(1)) * 3600 + float(match.group(2)) * 60 + float(match.group(3))
    return Amount(total, total, "second", "seconds")


def _unit_alone(text: str) -> Amount | None:
    """ "Days", "Weeks", "Months": a rough amount of time; "Hundreds" is one of things."""
    name = _time(text.removesuffix("s"))
    if name in _SECONDS and text.endswith("s"):
        return Amount(2 * _SECONDS[name], 11 * _SECONDS[name], "second", name)
    return None


_PLURALS = {
    "tens": 10.0,
    "dozens": 12.0,
    "hundreds": 100.0,
    "thousands": 1e3,
    "tens of thousands": 1e4,
    "hundreds of thousands": 1e5,
    "millions": 1e6,
}


def _rough(text: str) -> Amount | None:
    """ "Tens", "Hundreds of thousands or more": orders of magnitude."""
    low = _PLURALS.get(text.removesuffix(" or more"))
    return Amount(low, math.inf if text.endswith(" or more") else low * 9.9, "", "") if low else None
