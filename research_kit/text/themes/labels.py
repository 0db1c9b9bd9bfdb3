"""Names of themes: a short phrase that respondents used and that can stand alone on a map, the one that says best what the others say too.

A phrase is judged by its words: those that other people of the theme use as well speak for it, those that only its author uses speak
against it ("排隊動線很亂" is a poor name for all who waited). For a pain, a phrase that says what is wrong comes before a bare thing, and
words of somebody who is angrier before those of somebody who hardly is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Theme
from research_kit.text import pains
from research_kit.text.themes import names as theme_names
from research_kit.text.themes.fit import blamed, denied, fits, wishes
from research_kit.text.themes.names import FAULTS
from research_kit.text.themes.pairs import TELLING, defining
from research_kit.text.themes.phrases import Terms, normal, short, size
from research_kit.text.vocabulary import issues, knowledge, vectors
from research_kit.text.vocabulary.words import FIRST_HAN, HAN, tokens

if TYPE_CHECKING:
    from research_kit.study import ThemeSpec

MOST = 600
"""Mentions of a theme among which those in the study's language are looked for."""
LOOKED_AT, JUDGED = 120, 40
"""Mentions of a theme that are looked at for its name, and phrases that are judged."""
BEST = (2.0, 5.0)
"""Words of a good label; two Chinese characters count as one."""
SHARED, ALONE = 1.5, 0.5
"""What a further word adds to a label by the share of people who use it too, and what it costs."""
SAYS_WHAT = {"pain": 1.8, "delight": 1.5, "wish": 1.3}
"""How much better a label is that says what is wrong, right or wanted."""
SAYS_NOT = {"pain": 0.6, "delight": 1.0, "wish": 1.0}
WHOLE, OFTEN = 0.6, 3
"""What a single word is worth that says what is wrong, and how often it must stand alone."""
MANY, ONCE = 40, 0.6
"""Mentions from which a phrase that stands there once is worth less, and how much."""
FEW = 5
STRANGE, STRANGE_SAYS, STRANGE_KNOWN = (0.5, 1.0), (1.5, 1.5), (2.0, 2.5)
"""Words that nobody else uses which a name may have, in a theme of at least five mentions and in a smaller one: of a phrase that tells nothing, of one
that says what is wrong or right, and of one of a theme that says so itself."""
OTHERS = 0.25
"""Share of the others from which a word beside the thing is theirs too."""
COMMON = 0.5
"""How usual the word for a broad thing must be that names a theme of many, beside the most usual one."""
AGAINST = 0.4
"""What is left of a label that says that there is none of it."""
BARE, ALONE_SHARE, POOR = 2.5, 0.04, 0.45
"""Words of an answer that only names a thing; the share of such answers from which the thing is a name; what a phrase must be worth."""
QUOTED, QUOTED_PAIN, NEAR, ODD = 1.0, 1.5, 0.3, 0.4
"""Words that nobody else uses from which a phrase of a known set is a quote, the same for a thing in a pain; what its words must gain by others who
use them to be its name all the same; how much of a strange word one may have that tells nothing."""
WORD_FOR_WORD = 0.5
"""Share of a theme's mentions that say a phrase word for word from which it is no quote."""
OWN_LANGUAGE = 0.1
"""Share of a theme's mentions in the study's language from which its label is one of theirs."""
_PERSONAL = frozenset(knowledge.forms("personal_en").split())
_AWKWARD = re.compile(
    r"[0-9０-９@#“”\"「」『』?？!！…=]|[一二两兩三四五六七八九十半]+(?:百|千|万|萬|多|分|小|天|次|个|個|杯|元|块|塊|点|點|年|月|日)|我|你|他|她"
)
_LOOSE_HAN = re.compile(knowledge.forms("loose_zh").replace("\n", ""))
_LITTLE = re.compile("[不没无的了是在都也就会要得]")
"""Characters that say nothing by themselves."""
_BAD = re.compile(
    r"装死|推来推去|推脱|推托|推卸|骂|吼|涨|崩|断|裂|歪|渗|锈|黏|刺耳|抖|晃|滴水|怪味"
    r"|\b(?:(?:goes|went|going|gone) up|doubled?|ris(?:es|en|ing)|increas\w+|unchanged|every (?:time|year|month|week))\b"
    r"|\bt(?:akes?|ook) (?:\w+ )?(?:ages|forever|hours|days|weeks|months|years)\b"
)
"""Says what is wrong in a short phrase, though not anywhere."""
_SPARED = re.compile(r"不会|不用|不必|不需要?|\b(?:never|no|not) ")

_SMALL_WORD = re.compile(r"(?<= )(?:Of|The|And|Or|For|In|On|At|To|From|With|By|An?)(?= )")


@dataclass(frozen=True)
class Said:
    """What the people of one theme said, for judging a phrase."""

    share: Mapping[str, float]
    """Of each word of a phrase: in which share of the other mentions it stands too."""
    own: frozenset[str]
    """Words that every mention of the theme holds in some form."""
    kind: str
    telling: bool
    """The theme itself says what is wrong ("waiting"), not only with what ("staff")."""
    many: bool
    """So many people that somebody will have said a good name twice."""
    usual: Mapping[str, float]
    """Of each word of the theme itself: how often it is the one that is used, beside the most usual one."""


def named(
    themes: Sequence[Theme], mentions: pd.DataFrame, assigned: pd.Series, specs: Sequence[ThemeSpec], language: Language
) -> tuple[Theme, ...]:
    """The themes with their labels: the study's where it gives one, else a phrase of a respondent, in the study's language where
    enough of them use it, Chinese in the study's script. No two themes of one kind share a name where another phrase is there. A theme
    that nobody spoke of keeps its defining word; one of which nobody says anything that could be its name, has none."""
    mentions = mentions[[c for c in ("text", "language", "valence") if c in mentions]]
    given = {spec.id: spec.label for spec in specs if spec.label}
    asked = {spec.id for spec in specs} | {other for spec in specs for other in spec.merge}
    rows = dict(assigned.groupby(assigned).groups.items())
    names = {theme.id: given.get(theme.id) or theme.label for theme in themes}
    taken = {(theme.kind, _key(names[theme.id])) for theme in themes if names[theme.id]}
    for theme in sorted(themes, key=lambda theme: (-len(rows.get(theme.id, ())), theme.id)):
        if not names[theme.id]:
            phrases, sure = _phrases(theme, mentions.loc[list(rows.get(theme.id, ()))[:MOST]], language)
            if not sure and theme.id not in asked:
                continue
            phrases = [*phrases, cased(theme_names.fallback(theme, language))]
            names[theme.id] = next((p for p in phrases if (theme.kind, _key(p)) not in taken), phrases[0])
            taken.add((theme.kind, _key(names[theme.id])))
    return tuple(replace(theme, label=names[theme.id]) for theme in themes)


def _key(label: str) -> str:
    """What two labels share that say the same."""
    return " ".join(sorted(set(_words(label)))) if label.isascii() else issues.plainest(normal(label))


def cased(label: str) -> str:
    """A name begins with a capital, unless its first word has one elsewhere ("iPhone"); its small words have none ("Lack of debugging")."""
    label = _SMALL_WORD.sub(lambda found: found[0].lower(), label)
    first = label.split(" ", 1)[0]
    return label[:1].upper() + label[1:] if first.islower() else label


def _phrases(theme: Theme, rows: pd.DataFrame, language: Language) -> tuple[list[str], bool]:
    """The short phrases among these mentions, the best first, and whether the best can be the theme's name; no phrases where too few are
    in the study's language and the theme has a name in it."""
    chinese = rows["language"].str.startswith("zh")
    own = rows[chinese if language != "en" else rows["language"].eq("en")]
    known = theme.terms[:1] and theme.terms[0].startswith("@")
    if len(own) >= max(1, OWN_LANGUAGE * len(rows)):
        rows = own
    elif known or not len(rows):
        return [], True
    rows = rows.head(LOOKED_AT)
    texts = [languages.in_script(text, language) for text in rows["text"].astype(str)]
    moods = rows["valence"].fillna(0.0).to_numpy(float) if "valence" in rows else np.full(len(rows), -1.0)
    said = _said(theme, texts, Terms.of(theme.terms))
    found = _found(theme, texts, moods if theme.kind == "pain" else -moods)
    fault = defining(theme.terms) in FAULTS
    fit = {
        p: told
        for p, told in found.items()
        if fits(normal(p), theme.kind, fault=fault) and _shared(p, said, len(rows), known=bool(known))
    }
    worth = {phrase: _worth(phrase, times, mood, said) for phrase, (times, mood) in fit.items()}
    best = sorted(worth, key=lambda phrase: (-worth[phrase], phrase))
    said_so = [cased(phrase) for phrase in best]
    if not best or (known and _own(best[0], said) and not _often(best[0], found[best[0]][0], len(rows))):
        plain = [cased(word) for word in theme_names.plain(theme, texts, language)]
        answers = any(size(pains.trimmed(text)) <= BARE for text in texts) or theme.kind == "wish" or len(rows) >= FEW
        told = answers and (bool(plain) or not fault or theme.kind != "delight")
        tells = said.telling and bool(theme_names.of_set(theme, language))
        return [*plain, *said_so], bool(known) and bool(best or told or tells)
    named_alone = sum(size(pains.trimmed(text)) <= BARE for text in texts) >= ALONE_SHARE * len(texts)
    sure = known or named_alone or (_says(best[0], said) if theme.kind == "pain" else worth[best[0]] >= POOR)
    return said_so, bool(sure)


def _often(phrase: str, times: int, n: int) -> bool:
    """Whether so many of ``n`` say a phrase word for word that it is no quote of one of them."""
    return times >= max(OFTEN, WORD_FOR_WORD * n) and _AWKWARD.search(phrase) is None


def _own(phrase: str, said: Said) -> bool:
    """Whether a phrase says something that its author alone says: it is a quote rather than a name. The bare name of a thing tells little of a
    pain: there it may say a little more."""
    shared, strange, _ = _compared(normal(phrase), said)
    most = QUOTED_PAIN if said.kind == "pain" and not said.telling and size(phrase) <= BEST[1] else QUOTED
    if _says(phrase, said):
        return strange >= most and shared < NEAR
    # A bare word for a thing that others call otherwise ("receptionist") is one person's too.
    return strange > ODD or (size(phrase) <= 1 and not any(said.share.get(w, 0.0) >= OTHERS for w in _words(phrase)))


def _shared(phrase: str, said: Said, n: int, *, known: bool) -> bool:
    """Whether a phrase says what the others say too: but for a few words, fewer where many speak and where it does not tell what is wrong or
    right."""
    strange = _compared(normal(phrase), said)[1]
    few = n < FEW
    says = _says(phrase, said)
    if phrase.endswith("了") and not says:
        return False  # what happened (退房了), not how it was
    if phrase.isascii() and not says and not _bare_thing(phrase, said):
        return False
    if said.telling and said.kind == "pain" and denied(normal(phrase), said.own):
        return False
    if known and not said.telling and n >= FEW and _usual(phrase, said) < COMMON:
        return False
    return strange <= (STRANGE_KNOWN if said.telling or (says and not known) else STRANGE_SAYS if says else STRANGE)[few]


def _bare_thing(phrase: str, said: Said) -> bool:
    """Whether an English phrase that tells nothing names the thing of a pain and no more than others name too ("last three invoices" does);
    one of another kind need only be free of numbers."""
    if any(character.isdigit() for character in phrase):
        return False
    return said.kind != "pain" or all(w in said.own or said.share.get(w, 0.0) >= OTHERS for w in tokens(phrase.lower()))


def _usual(phrase: str, said: Said) -> float:
    """How often the word of the theme that a phrase holds is used, beside the most usual one."""
    plain = normal(phrase)
    held = (*_words(phrase), *(w for w in said.usual if w >= FIRST_HAN and w in plain))
    return max((said.usual.get(w, 0.0) for w in held), default=0.0)


def _found(theme: Theme, texts: Sequence[str], moods: np.ndarray) -> dict[str, tuple[int, float]]:
    """{phrase that can stand alone and holds the theme: (how often it stands there, lowest mood)}. The defining term comes first; a
    phrase that only the other terms betray speaks for a part of the theme."""
    for terms in (Terms.of(theme.terms[:1]), Terms.of(theme.terms)):
        times: Counter[str] = Counter()
        mood: dict[str, float] = {}
        for text, value in zip(texts, moods.tolist(), strict=True):
            for phrase in dict.fromkeys(map(blamed, short(text, terms)) if theme.kind == "pain" else short(text, terms)):
                times[phrase] += 1
                mood[phrase] = min(mood.get(phrase, 1.0), value)
        likely = sorted(times, key=lambda phrase: (-times[phrase] * _shape(phrase), len(phrase), phrase))[:JUDGED]
        held = {phrase: (times[phrase], mood[phrase]) for phrase in likely if terms.held(phrase)}
        if held:
            return held
    return {}


def _said(theme: Theme, texts: Sequence[str], terms: Terms) -> Said:
    counts: Counter[str] = Counter(f for text in texts for f in set(_words(text)))
    used = Counter({w: sum(w in normal(text) for text in texts) for w in terms.chinese})
    used.update({s: counts[s] for s in terms.stems if counts[s]})
    most = max(used.values(), default=1) or 1
    own = frozenset(f for word in terms.words for f in _words(word)) | frozenset(terms.chinese)
    others = max(1, len(texts) - 1)
    telling = bool(theme.terms) and theme.terms[0].startswith("@") and theme.terms[0][1:] in TELLING
    return Said(
        {f: (n - 1) / others for f, n in counts.items()},
        own,
        theme.kind,
        telling,
        len(texts) >= MANY,
        {w: n / most for w, n in used.items()},
    )


def _words(text: str) -> list[str]:
    """The words that tell what a text is about: stems, and pairs of Chinese characters."""
    return [f for f in vectors.features(normal(text)) if (len(f) == 2 if f >= FIRST_HAN else " " not in f)]


def _worth(phrase: str, times: int, mood: float, said: Said) -> float:
    """How good a name a phrase is."""
    plain = normal(phrase)
    shared, strange, beside = _compared(plain, said)
    central = max(0.1, 1.0 + shared - ALONE * max(0.0, strange - 0.5 * (strange > 1)))
    usual = _usual(phrase, said)
    # A word that says by itself what is wrong (闪退) is a name, however short.
    alone = said.kind != "wish" and said.telling and times >= OFTEN and not beside.strip()
    shape = max(WHOLE, _shape(phrase)) if alone else _shape(phrase)
    worth = central * (0.4 + 0.6 * usual) * (1 + 0.2 * math.log2(times)) * shape
    worth *= SAYS_WHAT[said.kind] if _says(phrase, said) else SAYS_NOT[said.kind]
    worth *= ONCE if said.many and times == 1 else 1.0
    worth *= 0.7 + 0.3 * min(1.0, max(0.0, -mood) * 1.5)
    return worth * (AGAINST if _spared(plain, said) else 1.0)


def _compared(plain: str, said: Said) -> tuple[float, float, str]:
    """(what the words of a phrase gain as others use them too, how many of its words nobody else uses, what it says besides the theme)"""
    beside = issues.without(_without(plain, said.own)).replace("时间", "")
    further = [f for f in dict.fromkeys(_words(beside)) if f not in said.own]
    # Pairs of Chinese characters overlap: each stands for half of what it would as a word.
    weight = [0.5 if f >= FIRST_HAN else 1.0 for f in further]
    shared = sum(w * SHARED * min(0.5, said.share.get(f, 0.0)) for f, w in zip(further, weight, strict=True))
    known = sum(w * min(1.0, 2 * said.share.get(f, 0.0)) for f, w in zip(further, weight, strict=True))
    strange = max(0.0, len(HAN.findall(_LITTLE.sub("", beside))) / 2 + sum(f < FIRST_HAN for f in further) - known)
    return shared, strange, beside


def _says(phrase: str, said: Said) -> bool:
    """Whether a phrase tells what is wrong, right or wanted, or the theme does."""
    plain = normal(phrase)
    if said.kind == "wish" and wishes(plain):
        return True
    return (
        said.telling
        or bool(issues.said(plain, said.kind))
        or (said.kind == "pain" and (pains.complains(plain) or _BAD.search(plain) is not None))
    )


def _spared(plain: str, said: Said) -> bool:
    """Whether a phrase says that there is none of what the theme is about: 不用等, "never crowded"."""
    if not (said.telling and said.kind == "pain"):
        return False
    beside = _SPARED.search(plain)
    return beside is not None and any(f in plain[beside.end() :][: len(f) + 2] for f in said.usual)


def _without(plain: str, own: frozenset[str]) -> str:
    """A phrase without the Chinese words of the theme itself."""
    for word in sorted((w for w in own if w >= FIRST_HAN), key=lambda w: (-len(w), w)):
        plain = plain.replace(word, " ")
    return plain


def _shape(phrase: str) -> float:
    """1 for a phrase that is a good name by its length, less for others, and for sentences about oneself: they are quotes."""
    words = phrase.lower().split() or [""]
    length = size(phrase)
    worth = 1.0 if BEST[0] <= length <= BEST[1] else 0.8 if length > BEST[1] else 0.7 if length > 1 else 0.4
    if _AWKWARD.search(phrase) or any(word in _PERSONAL for word in words):
        worth *= 0.6
    if len(set(words)) < len(words) or phrase[:1].isdigit():
        worth *= 0.5
    if sum(word[:1].isupper() for word in phrase.split()[1:]) >= 2:
        worth *= 0.5  # a title or a proper name
    return worth * (0.6 if _LOOSE_HAN.search(phrase) else 1.0)
