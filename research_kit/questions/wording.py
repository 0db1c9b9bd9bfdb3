"""Answers of one scale without what says nothing about their order: words that most of them share, what they are compared with, marks before them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from research_kit.language import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = re.compile(r"[\u3400-\u9fff]")
_SAID_FIRST = re.compile(
    r"^(?:about |just |exactly |pretty much |roughly |it was )*(?:as|what|the same as|equal to|in line with)\b"
)
_COMPARED = re.compile(r"\s+(?:than|compared (?:to|with)|relative to)\b.*$")
_COMPARED_CHINESE = re.compile(
    r"^(?:比|较|跟|与|和)(?:我|您|你)?(?:的)?(?:预期|预想|想象|期待|以前|之前|从前|去年|前年|过去|往年|同期|平时|其他.{0,4}?|同类.{0,4}?|别家|一般)(?:中)?(?:的)?(?:要|更|还)?"
)
# Words that carry the order themselves and are never taken away.
_CARRIES = frozenset(
    "not no never very extremely somewhat slightly moderately quite too much more less little few many most least all none a an at lot bit "
    "good bad better worse high low agree disagree satisfied dissatisfied likely unlikely important easy hard often rarely sometimes "
    "always seldom usually occasionally definitely probably strongly".split()
)


def wordings(forms: Sequence[str]) -> Iterator[list[str]]:
    """The same answers in ever barer words, as they stand first."""
    plain = [not_compared(f) for f in forms]
    seen: set[tuple[str, ...]] = set()
    for candidate in (list(forms), _without_end(forms), plain, _without_end(plain), _without_shared(plain), _without_noun(plain)):
        if candidate and tuple(candidate) not in seen and all(candidate):
            seen.add(tuple(candidate))
            yield candidate


def not_compared(form: str) -> str:
    """ "much worse than expected" -> "much worse", "about as I expected" -> "about the same", 比预期慢很多 -> 慢很多."""
    if _HAN.search(form):
        text = to_simplified(form)
        return text[match.end() :] or text if (match := _COMPARED_CHINESE.match(text)) else form
    return "about the same" if _SAID_FIRST.match(form) else _COMPARED.sub("", form)


def _without_end(forms: Sequence[str]) -> list[str]:
    """ "Some knowledge of topic", "Extensive knowledge of topic" -> "some", "extensive": what all answers end with says nothing."""
    words = [f.split() for f in forms]
    shared = 0
    while all(len(w) > shared + 1 for w in words) and len({w[-1 - shared] for w in words}) == 1:
        shared += 1
    return [" ".join(w[: len(w) - shared]) for w in words] if shared else []


def _without_shared(forms: Sequence[str]) -> list[str]:
    """Words that most answers hold, wherever they stand: "not true at all", "rarely true"; "low priority", "high priority", "essential"."""
    words = [f.split() for f in forms]
    count = Counter(w for form in words for w in set(form))
    common = {w for w, n in count.items() if n >= max(2, 0.6 * len(forms)) and w not in _CARRIES}
    if not common:
        return []
    return [" ".join(w for w in form if w not in common) or " ".join(form) for form in words]


def _without_noun(forms: Sequence[str]) -> list[str]:
    """Two Chinese characters that most answers hold: 没有影响, 影响较小, 影响很大 -> 没有, 较小, 很大; else one character that all end with."""
    if not all(_HAN.search(f) for f in forms):
        return []
    texts = [to_simplified(f) for f in forms]
    count = Counter(pair for t in texts for pair in {t[i : i + 2] for i in range(len(t) - 1)})
    common = [p for p, n in count.items() if n >= max(2, 0.6 * len(texts)) and not re.search(r"[不没很较非常太最极有]", p)]
    longest = max(common, key=lambda p: (count[p], p), default="")
    return [t.replace(longest, "") or t for t in texts] if longest else []


_MARK = re.compile(r"^(?:[^\w\s(（<>≤≥+＋\-–$€£¥★☆⭐\"'“「]+\s*|[（(]?[A-Ha-h][)）.、．:：]\s*(?=\S))+")


def without_mark(value: str) -> str:
    """The answer without the letter or the picture before it: "A. Always", "🙂 Good"."""
    return _MARK.sub("", value).strip() or value
