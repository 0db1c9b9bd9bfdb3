"""Traits, names and reasons in words: short, in the output language, and only words that stand in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from research_kit.labels import label

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.records import Language, Question, Responses

_YES_NO = frozenset("yes no true false y n 是 否 有 沒有 没有 會 不會 会 不会".split())
_LONG = 34
_LONG_NAME, _LONG_TOPIC = 24, 14
"""Width of a name and of the question in it: what one can say aloud. A Chinese character is two wide."""
_RANGE = re.compile(
    r"^\D{0,3}?(?P<low>\d[\d.,]*)\s*(?P<low_unit>[^\d–~～-]*?)\s*(?:[–~～-]|to|至|到)\s*(?P<high>\d[\d.,]*)\s*(?P<unit>\D{0,8})$"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Asked:
    """What a column of the answers asks: the question, and the option or row it stands for ("" = all of it)."""

    question: Question
    part: str


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain dicts."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def asked(responses: Responses) -> dict[str, Asked]:
    """Every answer column and what it asks."""
    out: dict[str, Asked] = {}
    for question in responses.questions:
        for column in question.answer_columns:
            part = column[len(question.key) + 3 :] if column.startswith(f"{question.key} | ") else ""
            out[column] = Asked(question, part)
    return out


def shorten(text: str, most: int = _LONG) -> str:
    """At most ``most`` characters (half as many Chinese ones), cut between words."""
    text = re.sub(r"\s+", " ", re.sub(r"[（(\[][^）)\]]{0,80}[）)\]]", "", text)).strip(" :：;；,，.。?？*")
    if _HAN.search(text):
        most = most // 2
        return text if len(text) <= most else text[: most - 1] + "…"
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0].rstrip(" ,;:")
    return (cut or text[: most - 1]) + "…"


def listed(texts: Sequence[str], language: Language) -> str:
    """Texts in one line, each in quotation marks."""
    return label("personas", "comma", language).join(label("personas", "exactly", language, level=t) for t in texts)


def subject(item: Asked, most: int = 60) -> str:
    """The shortest words that say what was asked: the matrix row, else the question."""
    return shorten(item.part or item.question.text or item.question.key, most)


def answer_words(row: Mapping[str, Any], item: Asked, language: Language) -> str:
    """The answer of a row of ``explain``, in words; "" for a mean."""
    if row["kind"] in ("at_least", "at_most"):
        return label("personas", str(row["kind"]), language, level=row["answer"])
    if row["kind"] == "share" and row["answer"] is not True:
        return label("personas", "exactly", language, level=row["answer"])
    return ""


def trait_text(row: Mapping[str, Any], item: Asked, language: Language) -> str:
    """A line for a card."""
    words = answer_words(row, item, language)
    if item.question.kind == "multiple":
        what = label("personas", "what", language, question=shorten(item.question.text, 60), answer=item.part)
    else:
        what = subject(item) if not words else label("personas", "what", language, question=subject(item), answer=words)
    if row["kind"] == "mean":
        return label("personas", "trait_mean", language, what=what, value=f"{row['value']:.1f}", others=f"{row['others']:.1f}")
    value, others = f"{100 * row['value']:.0f}", f"{100 * row['others']:.0f}"
    return label("personas", "trait_share", language, what=what, value=value, others=others)


def draft_names(tables: Sequence[pd.DataFrame], about: Mapping[str, Asked], language: Language) -> list[str]:
    """A name for each persona from its two strongest answers to different questions; no two personas share one."""
    common = _ambiguous(about, tables)
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        parts = _parts(table, about, common, language)
        name = _joined(parts[:2], language) if parts else label("personas", "name_plain", language, number=number)
        if name in names:
            name = next((p for p in (_joined(parts[1:3], language), *parts[1:]) if p not in names), name) if parts[1:] else name
        if name in names:
            name = f"{name} ({number})"
        names.append(name)
    return names


def _joined(parts: Sequence[str], language: Language) -> str:
    """Both parts where they stay readable together, else the first."""
    name = label("personas", "name_join", language).join(parts)
    return name if _width(name) <= _LONG_NAME or not parts else _cut(parts[0], _LONG_NAME)


def _width(text: str) -> int:
    return len(text) + len(_HAN.findall(text))


def _cut(text: str, most: int) -> str:
    """At most this wide, cut between words where it has them."""
    if _width(text) <= most:
        return text
    kept = text
    while _width(kept) > most - 1:
        kept = kept[:-1]
    whole = kept.rsplit(" ", 1)[0] if " " in kept and not _HAN.search(kept) else kept
    return whole.rstrip(" ,;:，、：") + "…"


def _parts(table: pd.DataFrame, about: Mapping[str, Asked], common: frozenset[str], language: Language) -> list[str]:
    """Up to three short phrases: what they say before what they do not say, telling answers before bare ones."""
    out: list[str] = []
    taken: set[str] = set()
    for row in sorted(records(table), key=lambda r: -_weight(r, common)):
        item = about[str(row["column"])]
        phrase = _phrase(row, item, common, language, _rarity(about))
        if len(out) < 3 and item.question.key not in taken and phrase not in out:
            out.append(phrase[0].upper() + phrase[1:])
            taken.add(item.question.key)
    return out


def _weight(row: Mapping[str, Any], common: frozenset[str]) -> float:
    """How well an answer serves in a name: its effect, less where few give it, where it is a lack, or where it needs its question."""
    value = abs(float(row["effect"]))
    if row["kind"] != "mean" and (row["effect"] < 0 or row["value"] < 0.4):
        value *= 0.4
    if row["kind"] == "share" and (row["answer"] is True or str(row["answer"]).casefold() not in common):
        value *= 1.3
    return value


def _phrase(row: Mapping[str, Any], item: Asked, common: frozenset[str], language: Language, rarity: Mapping[str, int]) -> str:
    about = _short_topic(item, rarity)
    if row["kind"] == "mean":
        level = label("personas", "high" if row["effect"] > 0 else "low", language)
        return label("personas", "what", language, question=about, answer=level)
    if row["answer"] is True:
        option = shorten(item.part or item.question.text)
        return option if row["effect"] > 0 else label("personas", "not_option", language, option=option)
    answer = str(row["answer"])
    if row["kind"] == "share" and row["effect"] > 0 and answer.casefold() not in common:
        return shorten(answer)
    words = shorten(answer, 24)
    head = re.split(r"[,，、;；(（]", words)[0].strip()
    if head.casefold() in _YES_NO:
        words = head
    elif row["kind"] in ("at_least", "at_most"):
        level = _end(words, upper=row["kind"] == "at_most")
        words = label("personas", f"short_{row['kind']}", language, level=level)
    if row["effect"] < 0:
        words = label("personas", "not_option", language, option=words)
    return label("personas", "what", language, question=about, answer=words)


def _end(level: str, *, upper: bool) -> str:
    """The end of a range that "or less" and "or more" speak of: "10–30 minutes" or less is 30 minutes or less."""
    found = _RANGE.match(level)
    if found is None:
        return level
    unit = found["unit"] if upper else found["low_unit"] or found["unit"]
    blank = " " if unit and f" {unit.strip()}" in level else ""
    return f"{found['high'] if upper else found['low']}{blank}{unit.strip()}"


def _rarity(about: Mapping[str, Asked]) -> dict[str, int]:
    """In how many questions each English word stands."""
    count: dict[str, int] = {}
    for item in {i.question.key + i.part: i for i in about.values()}.values():
        for word in set(re.findall(r"[a-z]+", (item.part or item.question.text).casefold())):
            count[word] = count.get(word, 0) + 1
    return count


def _short_topic(item: Asked, rarity: Mapping[str, int]) -> str:
    """The topic where it is short, else its two words that stand in the fewest other questions."""
    text = topic(item)
    if _HAN.search(text):
        return _cut(text, _LONG_TOPIC)
    if len(text) <= _LONG_TOPIC:
        return text
    words = [w for w in re.findall(r"[A-Za-z]+", text) if len(w) > 3 and w.casefold() not in _LEAD_IN]
    rare = sorted(range(len(words)), key=lambda i: (rarity.get(words[i].casefold(), 0), i))[:2]
    told = " ".join(words[i] for i in sorted(rare))
    return told if 0 < len(told) <= _LONG_TOPIC + 4 else words[rare[0]] if rare else _cut(text, _LONG_TOPIC)


_LEAD_IN = frozenset(
    "a an and any are as at be been by did do does ever following for from general generally get given has have how i if in is it "
    "like many much my normally of often on or overall please rate roughly select should speaking tell that the there these this "
    "to typically us usually we what when where which who why will with would you your agree think feel describe".split()
)
_CHINESE_LEAD_IN = re.compile(
    r"^(?:[请請]?[问問]|整[体體]而言|[总總]的?[来來][说說]|一般[来來][说說]|[您你]|是否|[觉覺]得|[认認][为為]|平[时時均]|通常|[会會]|[对對]|每次|大[约約])+"
)


def topic(item: Asked, most: int = 40) -> str:
    """What a question is about, short enough for a name: without its introduction and its question words."""
    text = re.sub(r"\s+", " ", item.part or item.question.text or item.question.key).strip()
    if _HAN.search(text):
        return shorten(_CHINESE_LEAD_IN.sub("", text) or text, most)
    first, comma, rest = text.partition(", ")
    if comma and len(first.split()) <= 8 and len(rest.split()) >= 3:
        text = rest
    words = text.split()
    while len(words) > 1 and words[0].casefold().strip(",.:?") in _LEAD_IN:
        words = words[1:]
    return shorten(" ".join(words), most)


def _ambiguous(about: Mapping[str, Asked], tables: Sequence[pd.DataFrame]) -> frozenset[str]:
    """Answers that mean little without their question: yes and no, one short word, and scale points that several questions share."""
    seen: dict[str, str] = {}
    out = set(_YES_NO)
    for column, answer in sorted(
        {(str(c), a) for table in tables for c, a in zip(table["column"], table["answer"], strict=True) if isinstance(a, str)}
    ):
        word = answer.casefold()
        shared = seen.setdefault(word, about[column].question.key) != about[column].question.key
        first = re.split(r"[ ,，、]", word)[0]
        long = len(word.split()) >= 4 or len(_HAN.findall(word)) >= 6
        if first in _YES_NO or (not long and (shared or about[column].question.kind in ("rating", "nps"))):
            out.add(word)
        if len(word) < 4 and not _HAN.search(word):
            out.add(word)
    return frozenset(out)
