"""How much a verbal answer says of something: "Somewhat dissatisfied" -> (satisfied, -2), "非常不同意" -> (同意, -4).

A scale in words is one head with degrees of it. Parsing degree and head apart takes in scales about anything ("rude", "符合"), not only those
that somebody thought of beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from research_kit.language import to_simplified
from research_kit.questions.profile import norm

_HAN = re.compile(r"[\u4e00-\u9fff]")

_ENGLISH: tuple[tuple[str, float], ...] = (
    (r"\bnot\b(?=.{0,25}\bat all\b)|\bto no extent\b|\bin no way\b|\bnot in the least\b|\bnot a bit\b", -5.0),
    (
        r"\b(?:not|isn't|wasn't|don't|doesn't) (?:very|too|so|that|particularly|really|especially|all that|much)\b|\bhardly\b|\bbarely\b",
        -1.5,
    ),
    (r"\bnot (?:quite|fully|entirely)\b", -1.0),
    (r"\b(?:far|much|way|a lot) too\b|\bto a very (?:great|large|high) (?:extent|degree)\b", 5.0),
    (r"\bto a (?:great|large|high) (?:extent|degree)\b", 4.0),
    (r"\bto a (?:moderate|certain|reasonable) (?:extent|degree)\b", 2.0),
    (r"\bto a (?:small|little|low|limited|minor|slight) (?:extent|degree)\b", 1.0),
    (r"\b(?:not|don't|doesn't|isn't)\b", -3.0),
    (r"\bslightly\b|\ba little\b|\ba bit\b|\bmildly\b|\bminimally\b|\bto a small extent\b|\bmarginally\b|\bweakly\b", 1.0),
    (
        r"\bsomewhat\b|\brather\b|\bpart(?:ly|ially)\b|\btend to\b|\bto some extent\b|\bgenerally\b",
        2.0,
    ),
    (r"\bmoderately\b|\breasonably\b|\bfairly\b", 2.5),
    (
        r"\bextremely\b|\bcompletely\b|\btotally\b|\babsolutely\b|\bfully\b|\bentirely\b|\bexceptionally\b|\bexcessively\b|\bthe most\b|\bdefinitely\b"
        r"|\bperfectly\b|\butterly\b|\bthoroughly\b|\bwholly\b|\bexactly\b|\bincredibly\b|\bhugely\b|\bdeeply\b|\boverwhelmingly\b",
        5.0,
    ),
    (r"\bmore than\b(?=\s+(?:satisfied|happy|willing|adequate|enough|likely|pleased))", 4.5),
    (r"\bquite\b|\bmostly\b|\blargely\b|\bpretty\b|\bmainly\b", 3.5),
    (
        r"\bvery\b|\bhighly\b|\bstrongly\b|\breally\b|\bmuch\b|\bfar\b|\bstrong\b(?=\s+\w)|\btoo\b|\ba lot\b|\bsignificantly\b|\bgreatly\b|\ba great deal\b",
        4.0,
    ),
)
_CHINESE: tuple[tuple[str, float], ...] = (
    (r"^(?:完全|一点[也都]?|丝毫|毫|绝|根本|全然|从来?|最)[不没无]|^(?:肯定|一定|绝对|必定|坚决)不会?", -5.0),
    (r"^(?:非常|极[其为]?|极度|十分|相当|超级?|强烈|特别|太|明显)(?:之)?不", -4.0),
    (r"^[很挺]不", -3.6),
    (r"^(?:可能|应该|大概|也许|恐怕)不会?", -2.0),
    (r"^(?:不太|不怎么|不大|不是很|不甚|不很|不够)", -1.5),
    (r"^(?:比较|较|有点|有些|稍微|略微?|部分|还算|大致|倾向)(?:不)", -2.0),
    (r"^[不没未]有?", -3.0),
    (r"^(?:完全|绝对|极[其为]?|极度|最|百分百|过于?|坚决|肯定会?|一定会?)", 5.0),
    (r"^(?:非常|十分|相当|超级?|强烈|特别|太|明显)(?:之)?", 4.0),
    (r"^[很挺]", 3.6),
    (r"^(?:比较|较|蛮|还算|颇|大致|基本|多半|倾向|尚|偏|可能会?|应该会?|大概会?)", 2.0),
    (r"^(?:有点儿?|有一点|有些|稍微|略[微有]?|些许|部分|稍)", 1.0),
)
_NEUTRAL = re.compile(
    r"^neutral\b|^neither\b|\bneither .* nor\b|^(?:about |just |it's )?(?:the )?(?:right|same)$|^(?:about|just) right\b"
    r"|^average$|^undecided$|^so-so$|^balanced\b|^no change\b|\b(?:stay|stays|stayed|remain|about) the same\b|^no difference\b"
    r"|^mixed$|\bsame as\b|^same$|^unchanged$|^as (?:before|now|usual|expected)\b|^fair enough$|^(?:remain(?:ed|s)? )?stable$"
    r"|^(?:the |just the |about the )?right (?:size|amount|length|price|speed|level|pace|number|balance)$"
    r"|^(?:fairly|reasonably|well) priced$|^(?:a )?fair price$|^(?:it's |it is |it was )?(?:fine|ok|okay|alright)$"
    r"|^in between$|^medium$|^moderate$|^(?:mid|middle)$|^indifferent$|^meh$|^ok(?:ay)?$|^no preference$"
)
_NEUTRAL_CHINESE = re.compile(
    r"^(?:普通|一般|中立|中等|没意见|无意见|没有意见|尚可|还好|还行|还可以|不一定|无所谓|说不上|一半一半|持平|不变|没(?:有)?(?:什么|明显)?(?:变化|改变|差别|区别|感觉)?|合适|恰当|合理"
    r"|差不多|刚刚?好|恰好|恰到好处|适中|适当|正好|不好不坏|既不.*也不.*)(?:吧|般)?$"
)
_FILLER = re.compile(
    r"\b(?:yes|no|it|its|it's|is|i|i'm|am|was|were|are|be|been|would|will|do|does|did|a|an|the|to|of|at|all|in|my|me|me,|that"
    r"|this|with|for|than|as|so|extent|degree|expect|them|they|you|your|we|feel|find|found|say|part|one)\b"
)
_OPPOSITES = {
    "false": "true", "discourage": "encourage", "displeased": "pleased", "lost": "gained", "poorly": "well", "badly": "well",
    "disagree": "agree", "hard": "easy", "difficult": "easy", "challenging": "easy", "bad": "good", "poor": "good",
    "slow": "fast", "quick": "fast", "negative": "positive",
    "less": "more", "worse": "better", "decrease": "increase", "decreased": "increased", "cheap": "expensive", "low": "high", "short": "long", "dirty": "clean",
    "weak": "strong", "late": "early", "small": "large", "little": "much", "complex": "simple", "complicated": "simple",
    "useless": "useful", "harmful": "helpful",
    "boring": "interesting", "confusing": "clear", "oppose": "support", "dislike": "like", "hate": "love",
    "pessimistic": "optimistic", "sad": "happy", "lower": "higher",
    "worsened": "improved", "worsen": "improve", "declined": "improved", "deteriorated": "improved", "dirtier": "cleaner",
    "slower": "faster",
    "below": "above", "harder": "easier", "weaker": "stronger", "smaller": "larger", "shorter": "longer", "quiet": "noisy",
    "fewer": "more", "worst": "best", "unable": "able", "rude": "polite", "against": "favor", "liberal": "conservative",
    "cold": "hot", "light": "heavy", "few": "many",
}  # fmt: skip
_GOOD_HEADS = frozenset(
    "agree easy good positive better clean useful helpful interesting clear support like love optimistic happy best able "
    "polite favor simple satisfied comfortable gained improved improve well encourage pleased cleaner faster easier stronger "
    "fast strong safe fair above".split()
)
_MIDDLE_IS_BEST = frozenset("long large expensive hot heavy early conservative".split())
_OPPOSITES_CHINESE = {
    "差": "好",
    "坏": "好",
    "糟": "好",
    "糟糕": "好",
    "少": "多",
    "低": "高",
    "慢": "快",
    "难": "易",
    "困难": "易",
    "难用": "好用",
    "减少": "增加",
    "变少": "变多",
    "下降": "上升",
    "变差": "改善",
    "恶化": "改善",
    "下滑": "改善",
    "退步": "进步",
    "浅": "深",
    "松": "紧",
    "不便": "方便",
    "便宜": "贵",
    "短": "长",
    "小": "大",
    "失望": "满意",
    "反对": "赞成",
    "讨厌": "喜欢",
}
_PREFIXES = ("un", "dis", "in", "im", "ir", "non-", "non")
# Words that are a degree of a head by themselves.
_ALIASES = {
    "critical": ("important", 5.0), "essential": ("important", 5.0), "crucial": ("important", 5.0), "vital": ("important",
    5.0), "mandatory": ("important", 5.5),
    "nice to have": ("important", 1.0), "irrelevant": ("important", -5.0), "delighted": ("satisfied", 5.0), "disappointed": ("satisfied", -4.0),
    "spotless": ("clean", 5.0), "immaculate": ("clean", 5.0), "filthy": ("clean", -5.0), "silent": ("noisy", -5.0), "deafening": ("noisy", 5.0),
    "effortless": ("easy", 5.0), "almost certain": ("likely", 4.8),
    "certain": ("likely", 5.0), "impossible": ("likely", -5.0),
}  # fmt: skip


@dataclass(frozen=True)
class Degree:
    """How much of what. ``head`` is "" for a middle that names nothing ("Neutral", "普通")."""

    head: str
    score: float
    marked: bool
    """True when a word of degree or negation was there, or the head is one of a known pair."""
    good: bool = False
    """True when the head itself is praise ("easy", "satisfied"), so that more of it is better and not only more."""
    raw: str = ""
    """The head as written: "rude" where ``head`` folds it onto "polite" ..."""
    raw_score: float = 0.0
    """... and how much of that. Where all answers name the same word, its degrees need no opposite."""


@cache
def degree(value: str) -> Degree | None:
    """The degree that a short answer expresses; None for anything longer or empty."""
    text = norm(value)
    if not text or len(text) > 60:
        return None
    if _HAN.search(text):
        return _chinese(re.sub(r"[\s，,。()（）]", "", to_simplified(text)))
    return _english(text)


def _english(text: str) -> Degree | None:
    text = re.sub(r"\s*\(.*?\)", "", text).strip() or text
    if _NEUTRAL.search(text):
        return Degree("", 0.0, marked=True)
    text = re.sub(r"(?:^|(?<=strongly )|(?<=somewhat ))for$", "favor", text)
    score, marked = 3.0, False
    rest = text
    for pattern, value in _ENGLISH:
        if re.search(pattern, rest):
            rest = re.sub(pattern, " ", rest)
            score = value if not marked else _combined(score, value)
            marked = True
    rest = _FILLER.sub(" ", re.sub(r"[^\w\s'-]", " ", rest))
    tokens = rest.split()
    if not tokens:
        return Degree("", score, marked, raw_score=score) if marked else None
    if len(tokens) > 4:
        return None
    head = " ".join(tokens)
    if head in _ALIASES and not marked:
        alias, score = _ALIASES[head]
        return Degree(alias, score, marked=True, good=alias in _GOOD_HEADS, raw=alias, raw_score=score)
    return _headed(tokens, score, marked)


def _combined(first: float, second: float) -> float:
    """Two words of degree: a negation stands ("not at all"), else the stronger speaks ("a little too", "much ... really")."""
    if first < 0:
        return first
    return 1.0 if min(first, second) == 1.0 else max(first, second)


def _headed(tokens: list[str], score: float, marked: bool) -> Degree:
    """The head with its opposite folded onto it."""
    canonical, sign = [], 1.0
    for token in tokens:
        base = token.removesuffix("ly") if len(token) > 5 else token
        if base in _OPPOSITES:
            canonical.append(_NOUNS.get(_OPPOSITES[base], _OPPOSITES[base]))
            sign = -sign
            marked = True
            continue
        for prefix in _PREFIXES:
            stem = next((s for w in (token, base) if (s := w.removeprefix(prefix)) != w and s in _PREFIXABLE), "")
            if stem:
                base, sign, marked = stem.removesuffix("ly") if len(stem) > 5 else stem, -sign, True
                break
        canonical.append(_NOUNS.get(base, base))
    head = " ".join(canonical)
    known = any(c in _OPPOSITES.values() or c in _PREFIXABLE or f"{c}ly" in _PREFIXABLE for c in canonical)
    return Degree(
        head, sign * score, marked or known, good=any(c in _GOOD_HEADS for c in canonical), raw=" ".join(tokens), raw_score=score
    )


_NOUNS = {
    "importance": "important",
    "satisfaction": "satisfied",
    "agreement": "agree",
    "interest": "interested",
    "confidence": "confident",
    "favor": "support",
    "favour": "support",
    "big": "large",
    "tiny": "small",
}
_PREFIXABLE = frozenset(
    "satisfied likely important favorable favorab favourable favourab comfortable comfortab familiar happy helpful clear "
    "interested aware sure certain able pleasant acceptable"
    " acceptab fair safe reliable usual easy willing appropriate effective efficient convenient accurate adequate common "
    "relevant friendly concerned enjoyable true probable".split()
)


_GOOD_CHINESE = frozenset("好 易 好用 满意 同意 喜欢 认同 赞成 方便 推荐 愿意 符合 改善 进步 快 安全 干净 公平 清楚".split())
_SAME_CHINESE = {
    "满": "满意",
    "支持": "赞成",
    "变好": "改善",
    "提升": "改善",
    "提高": "改善",
    "简单": "易",
    "容易": "易",
    "深入": "深",
    "满足": "满意",
}
# "好很多", "减少一些": the degree stands behind.
_AFTER_CHINESE = re.compile(r"(?:(很多|许多|得多|不少)|一些|一点点?|些许?)$")


def _chinese(text: str) -> Degree | None:
    if _NEUTRAL_CHINESE.search(text):
        return Degree("", 0.0, marked=True)
    if len(text) > 12:
        return None
    score, marked = 3.0, False
    rest = text
    if (match := _AFTER_CHINESE.search(rest)) and match.start():
        rest, score, marked = rest[: match.start()], 4.0 if match.group(1) else 1.0, True
    for pattern, value in () if marked else _CHINESE:
        if match := re.search(pattern, rest):
            rest, score, marked = rest[match.end() :], value, True
            break
    rest = re.sub(r"(?:的|了|地|吧|会)$", "", rest)
    if not rest:
        return None
    rest = _SAME_CHINESE.get(rest, rest)
    if rest in _OPPOSITES_CHINESE:
        return Degree(
            _OPPOSITES_CHINESE[rest],
            -score,
            marked=True,
            good=_OPPOSITES_CHINESE[rest] in _GOOD_CHINESE,
            raw=rest,
            raw_score=score,
        )
    good = rest in _GOOD_CHINESE
    return Degree(rest, score, marked or good, good=good, raw=rest, raw_score=score)


_EXCESS = re.compile(r"\btoo\b|^(?:太|过于|偏)")


def excess(value: str) -> bool:
    """True for "too much", 太难: of two such ends neither is better."""
    return bool(_EXCESS.search(to_simplified(norm(value))))


def middle_is_best(head: str) -> bool:
    """True for pace, length and the like, where neither end is better."""
    return any(word in _MIDDLE_IS_BEST for word in head.split()) or head in ("贵", "长", "早", "重")
