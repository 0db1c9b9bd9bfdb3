"""What cannot be the name of a theme of its kind: a pain is not named by a wish or by praise, a delight not by a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from research_kit.text.vocabulary import issues

_FINE = re.compile(
    r"\b(?:not? (?:too |that |so )?(?:bad|complaints?|issues?|problems?|bugs?|ads|worries)|could ?n[o']t (?:be|have been) better)\b"
    r"|\bnot (?:too |that |so |very |at all )?(?:expensive|slow|noisy|crowded|dirty|rude|difficult)\b"
    r"|没问题|不用|不会(?!用|再)|不(?:算|怎么|是很)?(?:难[吃喝用看听闻找]|差(?![评别异钱这])|坏|赖|输|慢|吵|贵|脏|乱(?!七)|挤|臭|丑)"
    r"|没有?(?:什么|任何)?(?:味道|异味|怪味|噪音|杂音|异响|蚊子|蟑螂|虫|瑕疵|破损|破洞|灰尘|霉味|烟味|臭味|缺点|毛病|故障|痕迹)|(?:异味|噪音|瑕疵|破损|破洞)[也都]没"
)
"""Praise by a denial."""
_DENIAL = re.compile(r"[不没无别]|\b(?:no|not|never|without|hardly|cannot|lack\w*)\b|n[o']t\b")
_GOOD = frozenset({"good", "easy", "beautiful", "comfortable", "cheap", "clean", "friendly"})
"""Is praise of anything; what is large, fast, new or much may be a fault (声音大)."""
_TOO_MUCH = re.compile(r"\btoo \w+|[太过][快大多新满宽]|过于..")
"""Good things of which there is too much."""
_WISHES = re.compile(
    r"^(?:please|would|could|should|need|needs|wish|hope|add|allow|improve|provide|offer|consider|let|shorter|better|faster|quicker|easier|cheaper|cleaner"
    r"|bigger|clearer|nicer|larger|earlier|quieter|friendlier|warmer|safer|simpler|wider)\b"
    r"|^more (?!and\b|expensive|than|complicated|difficult|often|confus|money)|\bwould be (?:nice|good|great|better|helpful)\b"
    r"|希望|建议|但愿|最好(?:是|能|要|可以)|^(?:请(?!假|了|客)|应该|应当|能不能|可不可以|可否|能否|增加|新增|加强|改善|提供|想要)"
    r"|(?:多|少|快|早|晚|大|小|慢|久|低|高|便宜|清楚|温柔|简单|方便|透明)一?[点些]$|一下$|先告知$"
)
_RETURNS = re.compile(r"会再|还会来|下次还|^还?想再|\b(?:will|would) (?:be back|return|come back|buy again)\b")
_TURNS = re.compile(r"\bbut\b|.但|.不过")
"""Says two things."""
_CONCEDES = re.compile(
    r"([^的]{1,3})[是归]\1|便宜.*便宜|有点|有些|只有|只能|瑕疵|就是太|才[^能艺华子]|不够|偏[^爱好心]|轰炸|要收费|都要|会员才"
)
_CONCEDES_EN = re.compile(
    r"\b(?:only|another|until|but|except|despite|instead|although|though|rise|increase|too (?!good)"
    r"|oh joy|otherwise|months|weeks|a bit|damaged|broken|battered|torn|dirty|rude|slow|wrong|lost|missing|stuck|late|waste|wet)\b"
)
_SPARES = re.compile(
    r"[不没无免零小少低轻]|一样|一致|相符"
    r"|\b(?:as described|same as|no|not|never|without|little|less|hardly|zero|free|short|low|quick\w*|minimal|few)\b|n[o']t\b"
)
"""There is none of it, or little."""
_CUT = re.compile(
    r"[把被][^，。]{0,2}$|[\[\]{}<>\"]|\b(?:says?|said|tells?|told me|i|i['’]\w+|you['’]re|you['’]ve|suppose|anybody)\b"
)
"""A phrase whose verb is missing, that holds a mark of what was masked, reports what somebody says or is talk between two."""
_ASKS = re.compile(r"^(?:(?:please |just )?stop|shorter|reduce|no more)\s+(?=\S+\s)", re.IGNORECASE)
_ASKS_ZH = re.compile(
    r"^(?:希望|建議|建议|請|请|拜託|拜托|麻煩|麻烦)?(?:不要再|不要|別再|别再|別|别(?!人|家|的|处|處)|請勿|请勿|減少|减少)(?=..)"
)


def blamed(phrase: str) -> str:
    """What a phrase of a pain complains of, where it asks for an end of it: "shorter wait on the phone" of the wait, 不要一直推銷 of 一直推銷."""
    return _ASKS.sub("", _ASKS_ZH.sub("", phrase))


def fits(plain: str, kind: str, *, fault: bool = False) -> bool:
    """Whether a phrase (lower-case, Simplified) may name a theme of this kind; ``fault`` = the theme's own words name a fault, of which a
    delight must say that there is none."""
    plain = plain.replace("不错", "很好")  # else it is wrong, or denied
    if _CUT.search(plain):
        return False
    if kind == "delight" and fault:
        return _SPARES.search(plain.replace("’", "'")) is not None
    if kind == "pain":
        return not (_TURNS.search(plain) or _WISHES.search(plain) or _RETURNS.search(plain) or _praises(plain))
    if kind == "delight":
        return not (_CONCEDES.search(plain) or _CONCEDES_EN.search(plain) or _WISHES.search(plain) or _scolds(plain))
    return True


def wishes(plain: str) -> bool:
    """Whether a phrase has the form of a wish."""
    return _WISHES.search(plain) is not None


def denied(plain: str, words: Iterable[str]) -> bool:
    """Whether a phrase says that there is none of what some Chinese words say: 没有味道, 破洞也没有."""
    return "没" in plain and any(
        f"没有{word}" in plain or re.search(f"{word}[也都]?没有?$", plain) for word in words if word in plain
    )


def _praises(plain: str) -> bool:
    """Whether a phrase says only what is good: 味道不错."""
    if _FINE.search(plain.replace("’", "'")):
        return True
    bare = _TOO_MUCH.sub("", plain)
    return bool(_GOOD.intersection(issues.said(bare, "delight"))) and not issues.said(plain, "pain") and not _DENIAL.search(bare)


def _scolds(plain: str) -> bool:
    """Whether a phrase says what is wrong: "not easy to find"."""
    if plain.startswith("no "):
        return False
    good, bad = issues.said(plain, "delight"), issues.said(plain, "pain")
    return bool(bad) or bool(good and _DENIAL.search(plain))
