"""What the words of a header say, in English and both Chinese scripts (matched in Simplified). The words stand in words.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from research_kit import asking
from research_kit.language import to_simplified

_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_LISTS[name]), re.IGNORECASE)


IDENTIFIER = _words("identifier")
META = _words("meta")
REACTION = _words("reaction")
DEMOGRAPHIC = _words("demographic")
DEMOGRAPHIC_SHORT = _words("demographic_short")
DEMOGRAPHIC_ANSWERS = _words("demographic_answers")
NPS = _words("nps")
COUNT = _words("count")
HOW_MANY = _words("how_many")
HOW_WAS = _words("how_was")
RATE = _words("rate")
RANK = _words("rank")
MULTI = _words("multi")
OPEN = _words("open")
OTHER_TEXT = _words("other_text")
IDENTITY_TEXT = _words("identity_text")
WEIGHT = _words("weight")
OVERALL = _words("overall")
STEPS = _words("steps")
NO_VERDICT = _words("no_verdict")

_SHORT = 6
_ASKS_SELF = re.compile(
    r"\byour (?:[\w-]+ ){0,2}(?:age|gender|sex|income|salary|race|religion|occupation|profession|employment|industry|sector"
    r"|education|degree|qualification)\b|^(?:which|what) (?:gender|sex|race|religion|industry|sector|occupation|profession"
    r"|degree|qualification)\b|\bwhat is your (?:current )?position\b",
    re.IGNORECASE,
)


@cache
def plain(text: str) -> str:
    """The header as the patterns read it: Chinese in Simplified characters, curly quotes straight, underscores and camelCase apart."""
    text = to_simplified(text).replace("’", "'").replace("\u00a0", " ")
    if " " not in text.strip() and re.search(r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]", text):
        return text + " " + re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).lower()
    return text


def says(pattern: re.Pattern[str], *texts: str) -> bool:
    """True when any of the texts holds the pattern."""
    return any(pattern.search(part) for t in texts if t for part in (plain(t), t.strip()))


def demographic(text: str) -> bool:
    """True when a question asks who people are, not what they do, need or think."""
    if says(DEMOGRAPHIC, text):
        return True
    short = len(text.split()) <= _SHORT and not re.match(
        r"^(?:will|would|do|does|did|have|has|had|can|could|should|how often|is|are)\b", text, re.IGNORECASE
    )
    return (short and says(DEMOGRAPHIC_SHORT, text)) or (len(text.split()) <= 14 and bool(_ASKS_SELF.search(text)))


def framing(text: str) -> str:
    """What an open question asks for: "positive", "negative", "neutral" or "" when its words do not say."""
    return asking.framing(plain(text))
