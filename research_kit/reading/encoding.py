"""Bytes -> text. A byte-order mark, then strict UTF-8, then every candidate codec is tried and its outcome scored.

Never "the first codec that does not raise": Big5 bytes decode without an error as GB18030 rubbish, and cp1252 accepts nearly everything.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from research_kit.reading.said import refused

CANDIDATES = ("gb18030", "big5", "cp1252", "mac_roman", "shift_jis", "euc_kr")
"""In the order that wins a tie."""
_PYTHON_NAME = {"big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
"""The superset that exporters really write under the common name."""
_SAMPLE = 200_000

# Characters that Chinese survey headers and answers are full of; they settle what the code ranges leave open.
_FREQUENT = frozenset(
    "的一是不了在人有我他这個这们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小"
    "这這們來為國說時會對於著過發後裡種經麼學現當沒動還進點當開頭問題覺得給讓嗎吧很太非常真服務员員店价格價質量品牌"
    "序号號提交答卷时间時間来源填写寫姓名性别別年龄齡职业職業学历學歷地区區选择選擇题評论評論分数數内容內容编號編号开始開始结束結束时长長用户戶意见見建议議满意滿推荐薦购買购买使用喜欢歡原因其他是否同意请請您"
)
_FREQUENT_KOREAN = frozenset("이다는을를의에가고하한지사기서로도인해은어있아리나수만자시들안일것그문답변설문만족")
_TYPOGRAPHIC = frozenset("‘’“”–—…•™®©°€£«»¿¡ ·½¼º²")


@dataclass(frozen=True)
class Decoded:
    """Text, the codec that gave it, and how many characters could not be read."""

    text: str
    encoding: str
    unreadable: int = 0
    sure: bool = True


def decode(data: bytes, *, declared: str = "", name: str = "") -> Decoded:
    """The text of a file. ``declared`` (from the study file) is used as it is; InputError when Python has no such codec."""
    if declared:
        try:
            codec = codecs.lookup(declared).name
        except LookupError:
            raise refused("unknown-encoding", name=name, encoding=declared) from None
        return _decoded(data, codec, declared)
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, codec, codec)
    wide = _utf16_without_mark(data)
    if wide:
        return _decoded(data, wide, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _by_score(data)


def _decoded(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    return Decoded(text.removeprefix("\ufeff"), name, lost)


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 shows as a NUL in every second position of Latin text (delimiters and digits are Latin in every language)."""
    sample = data[: 2 * (min(len(data), 4000) // 2)]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if max(even, odd) < 0.3 or min(even, odd) > 0.1:
        return _utf16_by_line_ends(sample, even, odd)
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf16_by_line_ends(sample: bytes, even: float, odd: float) -> str:
    """Chinese UTF-16 has few NULs, but its delimiters and line ends have them, all on the same side."""
    for codec, mine, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if mine > 0.02 and other < 0.002:
            text = sample.decode(codec, errors="replace")
            if re.search(r"[,;\t|\n]", text) and text.count("\ufffd") <= 1:
                return codec
    return ""


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken characters (a cut file, one pasted cell): most of its non-ASCII sequences are whole."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text[: _SAMPLE * 5] if c > "\x7f") - min(broken, text[: _SAMPLE * 5].count("\ufffd"))
    return Decoded(text, "utf-8", broken) if whole >= 4 * broken else None


def _by_score(data: bytes) -> Decoded:
    sample = _non_ascii_sample(data)
    scores = {name: _score(sample, name) for name in CANDIDATES}
    best = max(CANDIDATES, key=lambda name: scores[name])
    others = sorted((s for n, s in scores.items() if n != best), reverse=True)
    decoded = _decoded(data, _PYTHON_NAME.get(best, best), best)
    return Decoded(decoded.text, best, decoded.unreadable, sure=scores[best] - others[0] > 0.1)


def _non_ascii_sample(data: bytes) -> bytes:
    """The lines that hold non-ASCII bytes, up to the sample size, cut at line ends so that no character is halved."""
    taken, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            taken.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(taken)


def _score(sample: bytes, name: str) -> float:
    """Mean plausibility of the non-ASCII characters that this codec makes of the sample: about 1 when right, below 0.5 when not."""
    text = sample.decode(_PYTHON_NAME.get(name, name), errors="replace")[:_SAMPLE]
    if name in ("cp1252", "mac_roman"):
        return _score_western(text)
    known = _common(name)
    total = points = 0.0
    for c in text:
        if c < "\x80":
            continue
        total += 1
        points += known.get(c, 0.0) if "\u3000" < c < "\ue000" or c in known else _oddness(c)
    return points / total if total else 0.0


def _oddness(c: str) -> float:
    if c in "\u3000，。、；：？！（）【】《》「」『』“”‘’…—～·％＋－／":
        return 0.6
    if "\uff01" <= c <= "\uff5e" or "\u2460" <= c <= "\u24ff" or c in "℃°×÷±→←↑↓┋─★☆√●○■□":
        return 0.3
    return -1.5


def _score_western(text: str) -> float:
    total = points = 0.0
    for match in re.finditer(r"[^\x00-\x7f]+", text):
        run = match.group()
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        total += len(run)
        if len(run) >= 3 and sum(c in _TYPOGRAPHIC for c in run) < len(run) / 2:
            points -= len(run)
            continue
        points += sum(_western(c, before, after) for c in run)
    return points / total if total else 0.0


def _western(c: str, before: str, after: str) -> float:
    if c in _TYPOGRAPHIC:
        # A quotation mark or a dash stands beside letters, blanks and punctuation; between two digits or capitals it is rubbish.
        return 1.0
    if c.isalpha() and c.islower() and c in "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžß":
        return 1.0 if before.isalpha() or after.isalpha() or not before.strip() else 0.0
    if c.isalpha() and c.isupper() and c in "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽ":
        return 0.9 if not before.islower() else -1.0
    return -0.7


@cache
def _common(name: str) -> dict[str, float]:
    """Plausibility of characters under a codec: its own first level (sorted by use when the standard was made) and the most frequent."""
    ranges = {
        "gb18030": ((0xB0, 0xD7, "gb2312"),),
        "big5": ((0xA4, 0xC6, "big5"),),
        "euc_kr": ((0xB0, 0xC8, "euc_kr"),),
        "shift_jis": ((0x88, 0x97, "shift_jis"),),
    }[name]
    found: dict[str, float] = {}
    for low, high, codec in ranges:
        for lead in range(low, high + 1):
            for trail in range(0x40, 0xFF):
                try:
                    found[bytes((lead, trail)).decode(codec)] = 0.7
                except UnicodeDecodeError:
                    continue
    if name == "shift_jis":
        found |= {chr(c): 0.9 for c in range(0x3041, 0x30FF)}
        found |= {chr(c): -0.5 for c in range(0xFF61, 0xFFA0)}
    frequent = _FREQUENT_KOREAN if name == "euc_kr" else _FREQUENT
    found |= {c: 1.4 for c in frequent if c in found}
    if name == "shift_jis":  # Chinese read as Japanese keeps many kanji; only kana speaks for Japanese.
        found |= {c: 0.3 for c in found if "\u4e00" <= c <= "\u9fff"}
    return {c: v for c, v in found.items() if len(c) == 1}
