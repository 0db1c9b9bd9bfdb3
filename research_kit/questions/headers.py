"""From column headers to (question, part): number prefixes off, and the columns of one spread question found by what their headers share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from research_kit.questions.hints import TEXT_BOX
from research_kit.questions.profile import norm, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from research_kit.records import Column

# "12. ", "3) ", "7a1. ", "(4) ", "Q5: ", "1、", "第3題 ": a number before the question, not a part of it.
_NUMBER = re.compile(
    r"^(?:[Qq]uestion\s*)?(?:[Qq]?\d{1,3}[a-z]?\d{0,2}(?:[.．、)）:：]+(?!\d)|\s*[-–—]\s+)|[（(【\[]\d{1,3}[)）】\]]|第\s*\d{1,3}\s*[題题][.．、:：]?)\s*"
)
# "socio1. In which country", "skill2-1. What": a short code with a digit, a stop, and then a sentence.
_CODE = re.compile(r"^([A-Za-z]{1,14}\d{1,3}[a-z]?(?:[-_]\d{1,3})?)[.:]\s+(?=\S+\s)")
_BRACKETED = re.compile(r"^(.*\S)\s*\[([^\[\]]+)\]\s*$", re.DOTALL)
_CODE_PART = re.compile(r"^(.*[A-Za-z0-9])(?:___?|_|\[|/|\.|#)([A-Za-z0-9]+)\]?$")
_NUMBERED_OPTION = re.compile(r"^(\d{1,3})\s*[(（](.+)[)）]$")
# 问卷星 writes the type of a question into its header.
_TYPE_TAG = re.compile(
    r"[\[【(（](单选题?|單選題?|多选题?|複選題?|多選題?|填空题?|填空題?|量表题?|量表題?|矩阵[^\]】)）]{0,6}|排序题?|排序題?|NPS[^\]】)）]{0,4})[\]】)）]"
)
# What a platform adds to a question's code for one of its columns: "Q3_1", "Q44_2_1", "Q5[SQ001]", "Q2_3_TEXT".
PART_OF_CODE = re.compile(r"(?:(?:_-?\d+)+(?:_TEXT)?|_TEXT|\[[^\]]*\](?:\[\d\])?)$")
# Columns with such codes are questions of their own, be their words the same.
_OWN_NUMBER = re.compile(r"Q(?:ID)?\d+")
_SIDE = re.compile(r"^(.+?#\d+)_.+$")
_SEPARATORS = (" >> ", " - ", " – ", " — ", "—", "——", ": ", ":", "：", " | ", "/", "_")
_GENERIC_LABELS = frozenset(
    {"response", "open-ended response", "selected choice", "回答", "回應", "开放式回答", "開放式回答", "answer"}
)


@dataclass(frozen=True)
class Field:
    """One column of one file with its header taken apart."""

    position: int
    text: str
    """The question, without its number."""
    label: str = ""
    """Which part of it: an option, a row, a field."""
    code: str = ""
    hint: str = ""
    tag: str = ""
    """What the header itself says of the question's type ("单选题"), when it does."""
    number: str = ""
    """The number that stood before the question: columns of one question share it."""


def question_code(code: str) -> str:
    """The code of the question that a column belongs to; a side-by-side question's columns ("Q8#1_speed_1") are questions of their own."""
    side = _SIDE.match(code)
    return side.group(1) if side else PART_OF_CODE.sub("", code)


def fields(columns: Sequence[Column]) -> list[Field]:
    """The columns' headers taken apart. A part is only split off where neighbouring columns share the rest of their headers."""
    found = [_field(c) for c in columns]
    for split in (_same_text, _brackets, _suffix, _numbers, _prefix, _codes, _named_other):
        found = split(found)
    return found


def _field(column: Column) -> Field:
    text = tidy(column.text)
    tag = ""
    if match := _TYPE_TAG.search(text):
        tag, text = match.group(1), tidy(text[: match.start()] + text[match.end() :])
    number, text = _unnumbered(text)
    code = column.code
    if not code and (match := _CODE.match(text)):
        code, text = match.group(1), text[match.end() :]
    label = re.sub(r"^_+(?=\S)", "", tidy(column.label))
    if norm(label) in _GENERIC_LABELS:
        label = ""
    label = re.sub(r"\s+-\s+Selected Choice$", "", label)
    text = re.sub(r"\s+-\s+Selected Choice$", "", text)
    if not code and text == column.text and re.fullmatch(r"[A-Za-z]{0,6}\d{1,4}(?:[._#]\w+)*", text):
        code = text
    return Field(column.position, text or column.code or f"#{column.position + 1}", label, code, column.hint, tag, number)


def _unnumbered(text: str) -> tuple[str, str]:
    match = _NUMBER.match(text)
    if not match or match.end() >= len(text):
        return "", text
    return re.sub(r"[^0-9A-Za-z]", "", match.group(0)), text[match.end() :]


def unnumbered(text: str) -> str:
    """The question without the number that the platform or the author put before it."""
    return _unnumbered(tidy(text))[1]


def _runs(items: Sequence[Field], key: Callable[[Field], str | None]) -> list[tuple[int, int, str]]:
    """Stretches of neighbouring columns with the same key (not None): (first, after the last, key)."""
    runs: list[tuple[int, int, str]] = []
    start = 0
    while start < len(items):
        shared = key(items[start])
        end = start + 1
        while end < len(items) and shared is not None and key(items[end]) == shared:
            end += 1
        if shared is not None:
            runs.append((start, end, shared))
        start = end
    return runs


def _free(field: Field) -> bool:
    return not field.label and field.hint in ("", TEXT_BOX)


def _same_text(items: list[Field]) -> list[Field]:
    """Columns of one question that the file gives one and the same header (three text boxes): their part is their number."""
    result = list(items)
    for start, end, _ in _runs(items, lambda f: norm(f.text) if _free(f) and len(f.text) > 12 else None):
        codes = [items[i].code for i in range(start, end)]
        if end - start > 1 and not (all(_OWN_NUMBER.fullmatch(c) for c in codes)):
            for i in range(start, end):
                result[i] = replace(items[i], label=f"#{i - start + 1}")
    return result


def _brackets(items: list[Field]) -> list[Field]:
    """ "How good is ... [Speed]" (Google Forms grids); one such column alone stays whole."""
    result = list(items)

    def stem(field: Field) -> str | None:
        match = _BRACKETED.match(field.text) if _free(field) else None
        return norm(match.group(1)) if match else None

    for start, end, _ in _runs(items, stem):
        if end - start > 1:
            for i in range(start, end):
                if match := _BRACKETED.match(items[i].text):
                    result[i] = replace(items[i], text=match.group(1), label=match.group(2))
    return result


def _suffix(items: list[Field]) -> list[Field]:
    """ "Option:Question" (Alchemer)."""
    result = list(items)

    def stem(field: Field) -> str | None:
        if not _free(field) or ":" not in field.text:
            return None
        tail = (
            field.text.split(":", 1)[1].strip()
            if not field.text.split(":", 1)[1].startswith(":")
            else field.text.split("::", 1)[1]
        )
        return norm(tail) if len(tail) >= 15 and " " in tail else None

    for start, end, shared in _runs(items, stem):
        before = start > 0 and norm(items[start - 1].text) == shared
        if end - start > 1 or before:
            for i in range(start, end):
                label, _, tail = items[i].text.partition(":")
                result[i] = replace(items[i], text=tail.lstrip(": "), label=label.strip())
    return result


def _stem(a: str, b: str) -> str:
    """What two headers share at their beginning, up to a separator and not less than a few characters; "" otherwise."""
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    shared = a[:size]
    best = ""
    for separator in _SEPARATORS:
        cut = shared.rfind(separator)
        stem = shared[: cut + len(separator)] if cut > 0 else ""
        if len(stem) > len(best) and len(stem) < len(a) and len(stem) < len(b):
            best = stem
    shortest = 5 if re.search(r"[\u4e00-\u9fff]", best) or best.endswith((": ", " - ", " – ", " >> ")) else 10
    return best if len(best) >= shortest else ""


def _prefix(items: list[Field]) -> list[Field]:
    """ "Question - option", "question/option", "題幹—行", and the bare question before its parts ("Question", "Question - Other")."""
    result = list(items)
    i = 0
    while i < len(items):
        if not _free(result[i]):
            i += 1
            continue
        if i + 1 < len(items) and _free(result[i + 1]) and (rest := _rest(items[i].text, items[i + 1].text)):
            result[i + 1] = replace(items[i + 1], text=items[i].text, label=rest)
            i += 1
            continue
        stem = _stem(items[i].text, items[i + 1].text) if i + 1 < len(items) and _free(result[i + 1]) else ""
        end = i
        while (
            stem
            and end < len(items)
            and _free(result[end])
            and items[end].text.startswith(stem)
            and len(items[end].text) > len(stem)
        ):
            end += 1
        bare = stem.rstrip(" >-–—:：|/_").strip()
        previous = result[i - 1] if i else None
        if end - i > 1 or (previous is not None and previous.label and _rest(previous.text, items[i].text)):
            for j in range(i, end):
                result[j] = replace(items[j], text=bare, label=items[j].text[len(stem) :].strip())
            i = end
            continue
        if previous is not None and previous.label and (rest := _rest(previous.text, items[i].text)):
            result[i] = replace(items[i], text=previous.text, label=rest)
        i += 1
    return result


def _rest(question: str, longer: str) -> str:
    """What ``longer`` adds to the whole of ``question`` after a separator; "" when it does not begin with it."""
    if len(question) < 5 or not longer.startswith(question) or len(longer) <= len(question):
        return ""
    rest = longer[len(question) :]
    for separator in (*_SEPARATORS, "?", " "):
        if separator == "_" and not re.match(r"_?(?:other|text|comment)", rest, re.IGNORECASE):
            continue
        if rest.startswith(separator) and (separator != " " or rest.strip().startswith(("(", "（", "-", "–"))):
            return rest.strip(" >-–—:：|/_?()（）")
    return ""


def _numbers(items: list[Field]) -> list[Field]:
    """ "3. Python", "3. R": options that carry the number of their question, or 问卷星's "3(选项)"."""
    result = list(items)

    def own(field: Field) -> str | None:
        if not _free(field):
            return None
        match = _NUMBERED_OPTION.match(field.text)
        return match.group(1) if match else (field.number or None)

    for start, end, shared in _runs(items, own):
        texts = [items[i].text for i in range(start, end)]
        if end - start > 1 and not _stem(min(texts), max(texts)) and len(set(texts)) > 1:
            for i in range(start, end):
                match = _NUMBERED_OPTION.match(items[i].text)
                label = match.group(2) if match else items[i].text
                result[i] = replace(items[i], text=f"Q{shared}", label=label, code=items[i].code or f"Q{shared}_{i - start + 1}")
    return result


def _named_other(items: list[Field]) -> list[Field]:
    """ "MemberSite", "MemberSiteOther": the text box of the column before it."""
    result = list(items)
    for i in range(1, len(items)):
        previous, field = result[i - 1], result[i]
        if (
            _free(field)
            and not previous.hint
            and re.fullmatch(re.escape(previous.text) + r"[\s_.-]*(?:other|text|other[\s_]?text)", field.text, re.IGNORECASE)
        ):
            result[i] = replace(field, text=previous.text, label="Other", hint="other_text")
    return result


def _codes(items: list[Field]) -> list[Field]:
    """ "q0004_0001", "Q5[SQ001]", "tools___3": columns that share a code and differ in its last part."""
    result = list(items)

    def stem(field: Field) -> str | None:
        if not _free(field) or " " in field.text:
            return None
        match = _CODE_PART.match(field.text)
        return (
            match.group(1)
            if match and re.search(r"\d", match.group(2)) and re.search(r"\d|___", field.text[: match.end(1) + 3])
            else None
        )

    for start, end, shared in _runs(items, stem):
        if end - start > 1:
            for i in range(start, end):
                if match := _CODE_PART.match(items[i].text):
                    result[i] = replace(items[i], text=shared, label=match.group(2), code=items[i].code or items[i].text)
    return result
