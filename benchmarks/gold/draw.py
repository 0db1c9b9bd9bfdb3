"""Draw real clauses at random for the hand-labelled gold set, and give the text back for an id.

    RESEARCH_KIT_DATA=<folder> python benchmarks/gold/draw.py          # prints what is drawn, as TSV

A clause is a sentence, or a part of one cut before a word of contrast; Chinese sentences, which run on over commas, are also
cut at a comma once a part has twelve characters. The splitter is this file's own and knows nothing of the product's. One
clause a comment. The draw is seeded: the same data give the same ids.

The open data at hand hold no Traditional Chinese open answers. The zh-Hant clauses are therefore *other* draws from the
Simplified sources, converted with OpenCC s2twp (Taiwan words and characters): converted, not native. What few texts in those
sources and in the hotel, book and laptop reviews were written in Traditional characters are drawn apart (zh-Hant, not converted).
"""

from __future__ import annotations

import csv
import os
import random
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from opencc import OpenCC

SEED = 20260


@dataclass(frozen=True)
class Source:
    """One column or several of one file, and how many clauses are drawn from it."""

    dataset: str
    file: str
    columns: tuple[int, ...]
    encoding: str = "utf-8"
    separator: str = ","
    asked: bool = True
    quoting: int = csv.QUOTE_MINIMAL


_R = "surveys/r-community/"
_SPACK = "surveys/spack-users/spack-user-survey-"
_CAMPUS = "surveys/zh-hans-campus-life/results_desensitized_2022-03.csv"
_ASAP = "reviews/zh-hans-asap/"
_HOTELS = "labelled/zh-hans-chnsenticorp/"
SOURCES: dict[str, Source] = {
    "jux": Source(
        "jupyter-notebook-ux-2015", "surveys/jupyter-notebook-ux-2015/20160115235816-SurveyExport.csv", (4, *range(11, 29))
    ),
    "r19": Source("r-community", _R + "2019 English R Community Survey Responses.csv", (22, 23)),
    "rln": Source("r-community", _R + "Learning R Internet Survey - Form Responses 1.tsv", (22, 23), separator="\t"),
    "sp20": Source("spack-users", _SPACK + "2020-responses.csv", (43, 44, 45, 47)),
    "sp21": Source("spack-users", _SPACK + "2021-responses.csv", (49, 50, 51, 53)),
    "sp22": Source("spack-users", _SPACK + "2022-responses.csv", (52, 53, 54, 56)),
    "sp25": Source("spack-users", _SPACK + "2025-responses.csv", (50, 51, 52, 54)),
    "k18": Source("kubernetes-contributors", "surveys/kubernetes-contributors/contribex-survey-2018.csv", (23, 25, 38, 48, 57)),
    "k19": Source("kubernetes-contributors", "surveys/kubernetes-contributors/contribex-survey-2019.csv", (41, 58)),
    "jed": Source("jupyter-education-2016", "surveys/jupyter-education-2016/responses.csv", (11, 22, 24)),
    "sks": Source("skytrax", "reviews/skytrax/seat.csv", (6,), asked=False),
    "skl": Source("skytrax", "reviews/skytrax/lounge.csv", (6,), asked=False),
    "wom": Source("womens-clothing", "reviews/womens-clothing.csv", (4,), asked=False),
    "cam": Source("zh-hans-campus-life", _CAMPUS, tuple(range(7, 32)), "gb18030"),
    "add": Source("zh-hans-campus-life", _CAMPUS, (31,), "gb18030", asked=False),
    "as1": Source("zh-hans-asap", _ASAP + "train_sample.csv", (1,), asked=False),
    "as2": Source("zh-hans-asap", _ASAP + "dev_sample.csv", (1,), asked=False),
    **{
        key: Source("zh-hans-chnsenticorp", f"{_HOTELS}{part}.tsv", (1,), separator="\t", asked=False, quoting=csv.QUOTE_NONE)
        for key, part in (("ch1", "train"), ("ch2", "dev"), ("ch3", "test"))
    },
    "as3": Source("zh-hans-asap", _ASAP + "test_sample.csv", (1,), asked=False),
}
QUOTAS: dict[str, dict[tuple[str, ...], int]] = {
    "en": {
        ("jux",): 48,
        ("r19",): 20,
        ("rln",): 20,
        ("sp20", "sp21", "sp22", "sp25"): 32,
        ("k18", "k19"): 18,
        ("jed",): 10,
        ("sks",): 18,
        ("skl",): 18,
        ("wom",): 34,
    },
    "zh-Hans": {("cam",): 60, ("add",): 60, ("as1", "as2", "as3"): 95},
    "zh-Hant": {("cam",): 60, ("add",): 60, ("as1", "as2", "as3"): 95},
}
# The campus file heads its columns Q1..Q30 only. What was asked is plain from the answers; put here in this project's own words.
_CAMPUS_TOPICS = (
    "床位是上床下桌吗？|有没有空调？|宿舍里有卫生间和浴室吗？|有没有早晚自习？|要晨跑吗？|跑步打卡有什么要求？|寒暑假多长，有小学期吗？|能不能点外卖，要到哪里取？|"
    "交通方便吗？|有洗衣机吗？|校园网怎么样？|会断电断网吗？|食堂贵吗，干净吗？|什么时候有热水洗澡？|可以骑电动车吗，在哪里充电？|宿舍限电吗？|有地方通宵自习吗？|"
    "大一可以带电脑吗？|吃饭用什么卡？|会发银行卡吗？|校内超市怎么样？|快递怎么收发？|共享单车多吗？|门禁情况怎么样？|查寝吗，晚归能进宿舍吗？"
).split("|")
_ENGLISH_CUT = re.compile(
    r"(?<=[.!?;])\s+|\n+|(?:,\s*|\s+)(?=(?:but|however|although|though|whereas|except that)\b)", re.IGNORECASE
)
_CHINESE_CUT = re.compile(r"(?<=[。！？；!?;…~～])|\n+|[，,]\s*(?=但是|但|不过|可是|然而|只是|就是|可惜)")
_COMMA = re.compile(r"[^，,、\s]*(?:[，,、\s]+|$)")
_WORD = re.compile(r"[A-Za-z一-鿿]")


def folder() -> Path:
    """The folder of the measuring data, from RESEARCH_KIT_DATA; stops with a plain sentence when it is not set."""
    named = os.environ.get("RESEARCH_KIT_DATA")
    if not named or not Path(named).is_dir():
        raise SystemExit("RESEARCH_KIT_DATA must name the folder of the measuring data.")
    return Path(named)


@cache
def table(key: str) -> pd.DataFrame:
    """The file of a source, every cell as text."""
    source = SOURCES[key]
    return pd.read_csv(
        folder() / source.file,
        sep=source.separator,
        encoding=source.encoding,
        encoding_errors="replace",
        dtype=str,
        keep_default_na=False,
        quoting=source.quoting,
    )


def question(key: str, column: int) -> str:
    """The question that a cell answers; empty for reviews and for the free remarks."""
    source = SOURCES[key]
    if not source.asked:
        return ""
    if source.dataset == "zh-hans-campus-life":
        return _CAMPUS_TOPICS[column - 6] if column < 31 else ""  # the last column holds free remarks
    header = str(table(key).columns[column]).replace("\xa0", " ")
    return re.sub(r"^[A-Z][A-Za-z /]*#\d:\s*", "", header).strip()


def _chinese_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts, first = [], start
    for match in _COMMA.finditer(text, start, end):
        if match.end() - first >= 12 and end - match.end() >= 6 and match.end() > match.start():
            parts.append((first, match.end()))
            first = match.end()
    return [*parts, (first, end)]


def clauses(text: str, chinese: bool) -> list[tuple[int, int]]:
    """Start and end of every clause of a comment, blanks and commas at the ends left off."""
    cuts, first = [], 0
    for match in (_CHINESE_CUT if chinese else _ENGLISH_CUT).finditer(text):
        cuts.append((first, match.start()))
        first = match.end()
    cuts.append((first, len(text)))
    if chinese:
        cuts = [part for start, end in cuts for part in _chinese_parts(text, start, end)]
    found = []
    for start, end in cuts:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(" ,，、\t\r-"))
        end -= len(piece) - len(piece.rstrip(" ,，、\t\r-"))
        if start < end and _fits(text[start:end], chinese):
            found.append((start, end))
    return found


def _fits(clause: str, chinese: bool) -> bool:
    letters = len(_WORD.findall(clause))
    return 5 <= letters <= 70 if chinese else letters >= 4 and len(clause.split()) <= 50


def draw(language: str, taken: set[tuple[str, int]]) -> list[dict[str, object]]:
    """The clauses of one language; comments in `taken` are passed over and the drawn ones added to it."""
    generator = random.Random(f"{SEED}-{language}")
    drawn: list[dict[str, object]] = []
    seen: set[str] = set()
    for keys, wanted in QUOTAS[language].items():
        cells = [
            (k, row, column)
            for k in keys
            for column in SOURCES[k].columns
            for row, text in enumerate(table(k).iloc[:, column])
            if len(text) > 3
        ]
        generator.shuffle(cells)
        got = 0
        for key, row, column in cells:
            if got == wanted:
                break
            text = table(key).iat[row, column]
            pieces = clauses(text, language != "en")
            if not pieces or (SOURCES[key].file, row) in taken or (language == "en" and not text.isascii()):
                continue
            start, end = generator.choice(pieces)
            if text[start:end].lower() in seen:
                continue
            seen.add(text[start:end].lower())
            taken.add((SOURCES[key].file, row))
            got += 1
            drawn.append({"id": f"{key}:{row}:{column}:{start}:{end}", "language": language, "dataset": SOURCES[key].dataset})
    return drawn


def text_of(identifier: str, converted: bool) -> tuple[str, str]:
    """The clause and the question of an id, read from the data; both converted by OpenCC s2twp when `converted`."""
    key, row, column, start, end = identifier.split(":")
    clause = table(key).iat[int(row), int(column)][int(start) : int(end)]
    asked = question(key, int(column))
    if converted:
        return _traditional().convert(clause), _traditional().convert(asked)
    return clause, asked


def comment_of(identifier: str) -> str:
    """The whole comment that a clause was cut from."""
    key, row, column, *_ = identifier.split(":")
    return str(table(key).iat[int(row), int(column)])


def is_traditional(text: str) -> bool:
    """Whether a text was written in Traditional characters: at least three, and a tenth of all, have another Simplified form."""
    changed = sum(a != b for a, b in zip(text, _simplified().convert(text), strict=False))
    return changed >= 3 and changed >= 0.1 * len(text)


def draw_native(taken: set[tuple[str, int]]) -> list[dict[str, object]]:
    """One clause of every text written in Traditional characters, at most three of a respondent; those in `taken` are passed over."""
    generator = random.Random(f"{SEED}-native")
    drawn: list[dict[str, object]] = []
    texts: set[str] = set()
    people: dict[tuple[str, int], int] = {}
    for key in ("cam", "add", "as1", "as2", "as3", "ch1", "ch2", "ch3"):
        source = SOURCES[key]
        for column in source.columns:
            for row, text in enumerate(table(key).iloc[:, column]):
                person = (source.file, row)
                if text[:20] in texts or person in taken or people.get(person, 0) == 3 or not is_traditional(text):
                    continue
                pieces = [piece for piece in clauses(text, True) if is_traditional(text[slice(*piece)])]
                if pieces:
                    texts.add(text[:20])
                    people[person] = people.get(person, 0) + 1
                    start, end = generator.choice(pieces)
                    drawn.append({"id": f"{key}:{row}:{column}:{start}:{end}", "language": "zh-Hant", "dataset": source.dataset})
    return drawn


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2twp")


def draw_all() -> pd.DataFrame:
    """Every clause of the set: id, language, dataset, converted; in the order drawn."""
    taken: set[tuple[str, int]] = set()
    rows = [row | {"converted": language == "zh-Hant"} for language in QUOTAS for row in draw(language, taken)]
    return pd.DataFrame([*rows, *(row | {"converted": False} for row in draw_native(taken))])


if __name__ == "__main__":
    frame = draw_all()
    texts = [text_of(i, converted) for i, converted in zip(frame["id"], frame["converted"], strict=True)]
    for number, (identifier, (clause, asked)) in enumerate(zip(frame["id"], texts, strict=True)):
        sys.stdout.write(f"{number}\t{identifier}\t{asked}\t{' '.join(clause.split())}\n")
