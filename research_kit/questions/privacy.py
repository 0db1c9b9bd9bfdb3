"""Personal data masked at the door: e-mails, addresses with a user in them, phones, national ids and cards that pass their checksum, handles, IPs.

A cheap test on the raw text decides whether the patterns run at all: most comments hold neither "@" nor five digits nor a handle's name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from research_kit.questions.draft import Decision, Draft

# What none of the patterns can do without; without look-arounds and "$", so that
# Arrow's linear-time engine runs it over a whole column.
_MAYBE = (
    r"[@＠]|[0-9][0-9 ().\-－/]{3,}[0-9]|[A-Za-z][0-9]{6}|[0-9A-Fa-f]:[0-9A-Fa-f]*:|://[^/ ]*:|[?&](?:user|uid|user_id|email|token|account|member)="
    r"|(?i:wechat|weixin|telegram|whatsapp|facebook|instagram|twitter|linkedin|weibo|threads\.net|github\.com)|微信|威信|加微|扣扣|賴|(?:t\.me|x\.com)/"
    r"|(?:^|[^A-Za-z])(?i:line|qq|[wv]x|ig)[^A-Za-z]"
)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}[@＠][A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_URL_USER = re.compile(
    r"https?://[^\s/@:]+:[^\s/@]+@\S+|https?://\S*[?&](?:user|uid|user_id|email|token|account|member)=[^\s&]+\S*"
    r"|(?:https?://)?(?:www\.)?(?:facebook\.com|instagram\.com|twitter\.com|x\.com|linkedin\.com/in|t\.me|weibo\.com"
    r"|threads\.net|line\.me/ti/p|github\.com/(?=[\w-]+(?:\s|$)))/?[@~]?[\w.~%-]+(?:/\S*)?",
    re.IGNORECASE,
)
_IP4 = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]\d|\d)")
_IP6 = re.compile(r"(?<![A-Za-z0-9:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![A-Za-z0-9:])")
_CARD = re.compile(r"(?<![A-Za-z\d])\d(?:[ -]?\d){12,18}(?![A-Za-z\d])")
_CN_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")
_TW_ID = re.compile(r"(?<![A-Za-z0-9])[A-Z][1289A-D]\d{8}(?!\d)", re.IGNORECASE)
_HK_ID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{6}\s?[(（]?[\dA](?:[)）]|(?![\dA-Za-z]))", re.IGNORECASE)
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_HANDLE = re.compile(
    r"(?P<lead>(?:微信号?|微信號|wechat|weixin|(?<![a-z])[wv]x|威信|加\s*微|(?<![a-z])line\s*(?:id|帳號|账号)?|賴"
    r"|(?<![a-z])qq\s*(?:号|號)?|扣扣|telegram|whatsapp|(?<![a-z])ig(?![a-z])|instagram)\s*(?:id|账号|帳號|号"
    r"|號)?\s*(?:[:：是為为=]|(?<=id )is|(?<=account )is)\s*)(?P<name>@?[A-Za-z0-9][\w.\-]{3,30})"
    r"|(?P<lead2>(?<![a-z])(?:qq|扣扣)\s*(?:群|号|號)?\s*)(?P<name2>[1-9]\d{4,10})(?!\d)|(?P<lead3>(?:微信[号號]?|wechat|(?<![a-z])line)\s{0,2})(?P<name3>[a-z][\w-]*\d[\w-]{3,25})\b",
    re.IGNORECASE | re.ASCII,
)
_AT_HANDLE = re.compile(
    r"(?<![\w@＠.])[@＠](?!(?:home|work|office|school|all|once|the|least)\b)[A-Za-z][\w.]{2,29}\b", re.ASCII | re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![A-Za-z\d.,$€£¥/-])(?:"
    r"\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}"  # international
    r"|(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"  # mainland mobile
    r"|0\d{2,3}[\s-]\d{7,8}(?:[\s-]?\d{1,4})?"  # mainland landline
    r"|09\d{2}[\s-]?\d{3}[\s-]?\d{3}"  # Taiwan mobile
    r"|[(（]?0[2-8]\d?[)）]?[\s-]\d{3,4}[\s-]?\d{4}|[(（]0[2-8]\d?[)）]\s?\d{6,8}"  # Taiwan landline
    r"|(?:\+?852[\s-]?)?[569]\d{3}[\s-]\d{4}|[(（]?\+?852[)）]?[\s-]?[2-9]\d{3}[\s-]?\d{4}"  # Hong Kong
    r"|(?:1[\s.-])?\(?[2-9]\d{2}\)?[\s.-]\d{3}[\s.-]\d{4}"  # North America
    r")(?!\d|[\s-]\d{3,})"
)
_BARE_PHONE = re.compile(r"(?<![A-Za-z\d.,$€£¥-])(?:1[3-9]\d{9}|09\d{8})(?!\d)")
_HK_BARE = re.compile(
    r"(?P<lead>(?:電話|电话|手機|手机|致電|致电|call|phone|tel|whatsapp|mobile|聯絡|联系|打)\D{0,12})(?P<name>[2-9]\d{7}|[2-9]\d{2}[2-9]\d{6})(?!\d)",
    re.IGNORECASE,
)

_CN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TW_LETTERS = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))


def luhn(digits: str) -> bool:
    """True when the last digit checks the others (ISO/IEC 7812-1)."""
    total = 0
    for i, char in enumerate(reversed(digits)):
        value = int(char) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(text: str) -> bool:
    """True for 13 to 19 digits that pass Luhn and begin as card numbers do (an IBAN's digits or a row of zeros does not)."""
    digits = re.sub(r"\D", "", text)
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and len(set(digits)) > 1 and luhn(digits)


def is_cn_id(text: str) -> bool:
    """True when the last character checks the other seventeen (GB 11643)."""
    total = sum(int(c) * w for c, w in zip(text[:17], _CN_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def is_tw_id(text: str) -> bool:
    """True when a Taiwan national or (old or new) resident id passes its weights 1, 9, 8 .. 1, 1."""
    text = text.upper()
    first = _TW_LETTERS[text[0]]
    second = _TW_LETTERS[text[1]] % 10 if text[1].isalpha() else int(text[1])
    digits = [first // 10, first % 10, second, *map(int, text[2:])]
    return sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def is_hk_id(text: str) -> bool:
    """True when a Hong Kong identity card number passes its check digit (weights 9 .. 1, a missing letter counting as blank = 36)."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    letters, rest = re.match(r"([A-Z]+)(.*)", plain).groups()  # type: ignore[union-attr]
    values = [36] * (2 - len(letters)) + [ord(c) - 55 for c in letters] + [int(c) for c in rest[:-1]]
    check = 10 if rest[-1] == "A" else int(rest[-1])
    return (sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True)) + check) % 11 == 0


def _is_handle(text: str) -> bool:
    """Bare "line:" and "ig:" are words, too: what follows must look like a name that somebody chose."""
    lead, _, name = text.replace("：", ":").rpartition(":")
    weak = re.fullmatch(r"(?:line|ig|[wv]x)\s*", lead.strip(), re.IGNORECASE)
    return not weak or any(c.isdigit() or c in "_." for c in name)


def _is_ip6(text: str) -> bool:
    """Eight groups, or "::" for those left out; a clock time and "std::vector" are neither."""
    groups = [g for g in text.split(":") if g]
    return len(groups) == 8 or ("::" in text and len(groups) >= 3)


def _always(_: str) -> bool:
    return True


# What each pattern cannot do without: far quicker to look for than the pattern.
_AT, _COLONS, _DOTTED = re.compile("[@＠]"), re.compile(":[^:]*:"), re.compile(r"\d\.\d")
_SITE = re.compile(r"://|\.(?:com|me|net)", re.IGNORECASE)
_SIX, _EIGHT, _NINE = re.compile(r"\d{6}"), re.compile(r"\d{8}"), re.compile(r"\d-\d\d-\d")
_SEVEN_APART, _THIRTEEN_APART = re.compile(r"\d(?:\D{0,3}\d){6}"), re.compile(r"\d(?:[ -]?\d){12}")
_CALLED = re.compile(r"微|威信|賴|扣扣|(?<![a-z])(?:[wv]x|line|qq|ig)|we(?:chat|ixin)|telegram|whatsapp|instagram", re.IGNORECASE)

# In this order: what is surer goes first, so that a card is not taken for a phone.
_STEPS: tuple[tuple[str, re.Pattern[str], re.Pattern[str], Callable[[str], bool]], ...] = (
    ("email", _AT, _EMAIL, _always),
    ("url", _SITE, _URL_USER, _always),
    ("id", _EIGHT, _CN_ID, is_cn_id),
    ("id", _EIGHT, _TW_ID, is_tw_id),
    ("id", _SIX, _HK_ID, is_hk_id),
    ("id", _NINE, _SSN, _always),
    ("card", _THIRTEEN_APART, _CARD, is_card),
    ("ip", _DOTTED, _IP4, lambda t: not re.fullmatch(r"[0-9](?:\.\d){3}", t)),
    ("ip", _COLONS, _IP6, _is_ip6),
    ("handle", _CALLED, _HANDLE, _is_handle),
    ("phone", _SEVEN_APART, _PHONE, lambda t: 7 <= sum(c.isdigit() for c in t) <= 15),
    ("phone", _EIGHT, _BARE_PHONE, _always),
    ("phone", _EIGHT, _HK_BARE, _always),
    ("handle", _AT, _AT_HANDLE, _always),
)
KINDS = ("email", "url", "id", "card", "ip", "handle", "phone")


def mask_text(text: str, counts: Counter[str]) -> str:
    """The text with personal data replaced by "[email]", "[phone]" ...; what was replaced is added to ``counts``."""
    for kind, sign, pattern, check in _STEPS:
        if not sign.search(text):
            continue

        def replace(match: re.Match[str], kind: str = kind, check: Callable[[str], bool] = check) -> str:
            if not check(match.group(0)):
                return match.group(0)
            counts[kind] += 1
            groups = match.groupdict()
            lead = next((groups[k] for k in ("lead", "lead2", "lead3") if groups.get(k)), "")
            return f"{lead}[{kind}]"

        text = pattern.sub(replace, text)
    return text


def mask(texts: pd.Series) -> tuple[pd.Series, Counter[str]]:
    """The column with personal data replaced, and how many of each kind were. Texts that cannot hold any are not touched."""
    counts: Counter[str] = Counter()
    texts = texts.astype("str")
    suspects = np.flatnonzero(texts.str.contains(_MAYBE, regex=True).to_numpy(dtype=bool, na_value=False))
    if not len(suspects):
        return texts, counts
    values = texts.array.copy()
    values[suspects] = [mask_text(text, counts) for text in texts.take(suspects).tolist()]
    return pd.Series(values, index=texts.index), counts


_MAYBE_HERE = re.compile(_MAYBE)
# An answer that more people than this gave is an option of the form ("@kubernetesio on Twitter"), not somebody's own data.
_OWN = 2


def mask_answers(drafts: Sequence[Draft], decisions: Sequence[Decision]) -> tuple[list[Draft], Counter[str]]:
    """The drafts with personal data in closed answers replaced, as "Other: ..." answers hold it; what many people gave stays as it is."""
    counts: Counter[str] = Counter()
    result = []
    for draft, decision in zip(drafts, decisions, strict=True):
        if decision.kind != "single":
            result.append(draft)
            continue
        parts = []
        for part in draft.parts:
            new = {v: _own_masked(v, c, counts) for v, c in zip(part.column.values, part.column.counts.tolist(), strict=True)}
            changed = any(v != w for v, w in new.items())
            parts.append(replace(part, column=part.column.mapped(new.__getitem__)) if changed else part)
        result.append(replace(draft, parts=tuple(parts)))
    return result, counts


def _own_masked(value: str, given: int, counts: Counter[str]) -> str:
    if given > _OWN or not _MAYBE_HERE.search(value):
        return value
    own: Counter[str] = Counter()
    masked = mask_text(value, own)
    for kind, number in own.items():
        counts[kind] += number * given
    return masked
