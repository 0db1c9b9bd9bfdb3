"""Form builders: Microsoft Forms, Typeform, Formbricks, Tally, Jotform."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from research_kit.reading.platforms.layout import OTHER, TICKS, Layout, View, clean, meanings, spread_hints
from research_kit.reading.platforms.signature import Signature
from research_kit.reading.said import said
from research_kit.records import Column

# ---------------------------------------------------------------- Microsoft Forms

_MS_START = "start time|開始時間|开始时间|開始時刻|hora de inicio|heure de début|startzeit"
_MS_END = "completion time|完成時間|完成时间|完了時刻|hora de finalización|heure de fin|fertigstellungszeit"


_QUIZ = re.compile(r"^(?:Points|Feedback) - |^(?:分數|分数|點數|得分|意見反應|反馈) - ")
_STATEMENT = re.compile(r"^(?P<stem>.{4,}[^\s.\d])\.(?P<label>[^\s.\d][^.]*)$", re.DOTALL)


def _microsoft(view: View, columns: list[Column]) -> list[Column]:
    """Quiz points and feedback belong to no question; "Points - Q" and "Feedback - Q" stand beside every one. Neighbours called
    "question.statement" are the rows of a Likert question (not confirmed on a real export)."""
    done = [replace(c, hint="drop") if _QUIZ.match(c.text) else c for c in columns]
    runs: dict[str, list[Column]] = {}
    for column in done:
        statement = _STATEMENT.match(column.text) if not column.hint and not column.label else None
        if statement:
            runs.setdefault(statement["stem"], []).append(
                replace(column, text=statement["stem"], label=statement["label"], hint="row")
            )
    for run in runs.values():
        if run[-1].position - run[0].position == len(run) - 1 > 0:
            for column in spread_hints(view, run):
                done[column.position] = column
    return done


MICROSOFT_FORMS = Signature(
    "microsoft-forms",
    (_MS_START, _MS_END),
    meanings("""
        respondent_id: id | 識別碼 | 标识 | 識別子 | 編號 | 编号
        started: start time | 開始時間 | 开始时间 | 開始時刻 | hora de inicio | heure de début | startzeit
        submitted: completion time | 完成時間 | 完成时间 | 完了時刻 | hora de finalización | heure de fin
        submitted: fertigstellungszeit
        email: email | 電子郵件 | 电子邮件 | メール | correo electrónico
        name: name | 名稱 | 名称 | 姓名 | 名前 | nombre
        meta: last modified time | 上次修改時間 | 上次修改时间 | 最終変更時刻 | total points | 總分 | 总分 | 總點數
        meta: quiz feedback | 測驗意見反應 | 测验反馈
        language: language | 語言 | 语言
    """),
    title="Microsoft Forms",
    finish=_microsoft,
)

_DATE_TIME = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?$")


def microsoft_in_another_language(view: View) -> Layout | None:
    """A running number, then two columns of date-times, the second never before the first: Microsoft Forms in a language not listed."""
    if len(view.header) < 5:
        return None
    numbers, starts, ends = (view.cells(i, limit=50) for i in range(3))
    if not numbers or not (len(numbers) == len(starts) == len(ends)):
        return None
    if not all(n.isdigit() for n in numbers) or not all(_DATE_TIME.match(v) for v in (*starts, *ends)):
        return None
    mail = any("@" in v or v.casefold() in ("anonymous", "anonym", "anonyme") for v in view.cells(3, limit=50))
    if not mail or not all(":" in v for v in starts[:5]):
        return None
    hints = ["respondent_id", "started", "submitted", "email", "name"]
    columns = [Column(i, clean(h) or f"Column {i + 1}", hint=hints[i] if i < 5 else "") for i, h in enumerate(view.top[0])]
    return Layout("microsoft-forms", said("ms-forms-by-place"), tuple(columns), notes=(said("by-place"),))


# ---------------------------------------------------------------- Typeform


def _typeform(view: View, columns: list[Column]) -> list[Column]:
    """Recall placeholders in question texts stand for an earlier answer that nobody can know here."""
    return [replace(c, text=" ".join(re.sub(r"\{\{[^{}]*\}\}", "___", c.text).split())) for c in columns]


TYPEFORM = Signature(
    "typeform",
    ("submit date (utc)|submitted at|submit date", "network id|response type|start date (utc)"),
    meanings("""
        respondent_id: #
        status: response type
        started: start date (utc) | start date
        meta: stage date (utc) | network id | tags | ending
        submitted: submit date (utc) | submit date | submitted at
    """),
    first="#",
    title="Typeform",
    finish=_typeform,
)

# ---------------------------------------------------------------- Formbricks


def _formbricks(view: View, columns: list[Column]) -> list[Column]:
    """Questions are numbered ("1. Headline"); what stands between the fixed columns and the first of them describes the device."""
    first = next((c.position for c in columns if re.match(r"^1\. ", c.text)), len(columns))
    done = []
    for column in columns:
        number = re.match(r"^(\d+)\. (.+)$", column.text)
        if column.label == "Option ID" or column.text.endswith(" - Option ID"):
            done.append(replace(column, hint="drop"))
        elif number:
            done.append(replace(column, text=number[2], code=f"Q{number[1]}"))
        elif not column.hint and column.position < first:
            done.append(replace(column, hint="meta"))
        else:
            done.append(column)
    return done


FORMBRICKS = Signature(
    "formbricks",
    ("response id", "finished", "survey id"),
    meanings("""
        meta: no. | quotas | survey id | formbricks id (internal) | user id | tags
        respondent_id: response id
        submitted: timestamp
        finished: finished
        email: verified email
    """),
    first="no.",
    title="Formbricks",
    finish=_formbricks,
)

# ---------------------------------------------------------------- Tally

_IN_BRACKETS = re.compile(r"^(?P<stem>.+) \((?P<option>.+)\)$")


def _tally(view: View, columns: list[Column]) -> Layout:
    """A checkbox question has a column of joined answers and one TRUE/FALSE column per option: the options are exact, and what they leave
    of the joined cell is what people wrote under "Other"."""
    heads = {c.text: c.position for c in columns if not c.hint}
    body = view.grid.frame.iloc[1:].copy()
    groups: dict[int, list[Column]] = {}
    for column in columns:
        match = _IN_BRACKETS.match(clean(view.top[0][column.position]))
        if match and match["stem"] in heads and set(view.cells(column.position)) <= TICKS:
            groups.setdefault(heads[match["stem"]], []).append(
                replace(column, text=match["stem"], label=match["option"], hint="option")
            )
    done = list(columns)
    for summary, options in groups.items():
        for option in options:
            done[option.position] = option
        body[summary] = _left_over(body[summary], [o.label for o in options])
        done[summary] = Column(summary, columns[summary].text, "Other", hint="other_text")
    rule = said("header-has", names="Submission ID, Respondent ID, Submitted at", platform="Tally")
    return Layout("tally", rule, tuple(done), body=body)


def _left_over(joined: pd.Series, options: list[str]) -> pd.Series:
    """Of "A, B, my own words" what is not an option."""
    longest_first = sorted(options, key=lambda o: (-len(o), o))

    def rest(cell: str) -> str:
        for option in longest_first:
            cell = re.sub(rf"(?:^|, ){re.escape(option)}(?=, |$)", "", cell)
        return cell.removeprefix(", ")

    return joined.map({cell: rest(cell) for cell in joined.unique()})


TALLY = Signature(
    "tally",
    ("submission id", "respondent id", "submitted at"),
    meanings("""
        respondent_id: submission id
        meta: respondent id
        submitted: submitted at
    """),
    title="Tally",
    finish=_tally,
)

# ---------------------------------------------------------------- Jotform


def _jotform(view: View, columns: list[Column]) -> list[Column]:
    """A matrix is a column per row ("Q >> Row") or one cell of "row: value" lines; the second form stays as it is."""
    done = list(columns)
    runs: dict[str, list[Column]] = {}
    for column in columns:
        stem, arrows, label = clean(view.top[0][column.position]).partition(">>")
        if arrows:
            runs.setdefault(stem.strip(), []).append(Column(column.position, stem.strip(), label.strip()))
    for run in runs.values():
        for column in spread_hints(view, run):
            done[column.position] = replace(column, hint="other_text") if OTHER.search(column.label) else column
    return done


_JOTFORM_HINTS = meanings("""
    submitted: submission date | 提交日期 | 提交時間
    respondent_id: submission id | 提交 id
    ip: submission ip | ip
    meta: flow status | last update date
""")
JOTFORM = Signature(
    "jotform",
    ("submission date|提交日期|提交時間", "submission id|提交 id|submission ip|flow status|last update date"),
    _JOTFORM_HINTS,
    title="Jotform",
    note="guess-layout",
    finish=_jotform,
)
JOTFORM_BARE = Signature(
    "jotform",
    ("submission date",),
    _JOTFORM_HINTS,
    first="submission date",
    title="Jotform",
    note="guess-layout",
    finish=_jotform,
)
"""Only the date is left, where Jotform puts it."""
