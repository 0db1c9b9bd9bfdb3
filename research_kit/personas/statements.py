"""Statements in the first person as names of others: "I would miss my branch if it closed" is "would miss my branch", 我需要家人陪我看病 is
需要家人陪自己看病."""

from __future__ import annotations

import re

_ENGLISH = re.compile(r"^I(?:['’](?P<short>m|d|ve|ll))?\s+(?P<rest>\S.*)")
_SHORT = {"m": "am", "d": "would", "ve": "have", "ll": "will"}
_AUXILIARY = re.compile(r"^(?P<aux>am|would|will|can|could|should|might|must|have|was)\s+(?P<rest>.+)")
_HAS_DENIAL = re.compile(r"\b(?:not|never|no|cannot|hardly|rarely)\b|n['’]t\b", re.IGNORECASE)
_CHINESE = re.compile(r"^我(?![們们])(?:比較|比较|很|非常|通常|平常|平時|平时|都|也|一般)*(?P<rest>.{2,})")
_VERB = re.compile(
    r"需要|希望|喜[歡欢]|[習习][慣惯]|想|[願愿]意|[會会]|[擔担]心|在意|在乎|相信|信任|[認认][為为]|[覺觉]得|[經经]?常|要|用|看|[買买]|去|能|懂|怕|[關关]心|享受|重[視视]"
)
_VALUED = re.compile(
    r"^(?P<what>[^，,我您你]{2,12}?)(?P<to>[對对])我(?:[來来][說说])?(?:都|也)?(?:比較|比较|很|非常|十分|相[當当]|最)?(?:是)?(?:很|非常)?重要的?$"
)
_CHINESE_DENIAL = re.compile(r"^[不沒没無无]")


def english(text: str, *, agrees: bool) -> str | None:
    """What somebody who agrees (or does not) would, does or is; None where it is no plain statement of oneself."""
    found = _ENGLISH.match(text)
    if found is None or (not agrees and _HAS_DENIAL.search(text)):
        return None
    rest = f"{_SHORT[found['short']]} {found['rest']}" if found["short"] else found["rest"]
    verb = _AUXILIARY.match(rest)
    if verb is None:
        return rest if agrees else f"do not {rest}"
    aux = "" if verb["aux"] in ("am", "was") else verb["aux"]
    return " ".join(part for part in (aux, "" if agrees else "not", verb["rest"]) if part)


def chinese(text: str, *, agrees: bool) -> str | None:
    """The same in Chinese, with 自己 for whoever speaks; what is important to me is what they value. None where it is no plain statement of
    oneself."""
    if valued := _VALUED.match(text):
        return ("" if agrees else "不") + ("重視" if valued["to"] == "對" else "看重") + valued["what"]
    found = _CHINESE.match(text)
    if found is None:
        return None
    rest = re.sub(r"我(?![們们])", "自己", found["rest"])
    if agrees:
        return rest
    if _CHINESE_DENIAL.match(rest) or not _VERB.match(rest):
        return None
    return "不" + re.sub(r"^[經经]常", "常", rest)
