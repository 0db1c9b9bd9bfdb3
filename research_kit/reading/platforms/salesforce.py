"""Salesforce: reports of cases, and surveys as one row per response or one row per answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from research_kit.reading.platforms.layout import Layout, View, clean, compared, meanings
from research_kit.reading.platforms.signature import Signature
from research_kit.reading.said import said
from research_kit.records import Column

_VALUES = (
    "choicevalue",
    "datevalue",
    "datetimevalue",
    "numbervalue",
    "istrueorfalse",
    "responsevalue",
    "responseshorttext",
    "response value",
    "choice value",
    "number value",
)


def salesforce_answers(view: View) -> Layout | None:
    """SurveyQuestionResponse: one row per answer. Brought to one row per response and one column per question."""
    bare = [re.sub(r"[\s_.]", "", h) for h in view.header]
    response = next((i for i, h in enumerate(bare) if h in ("responseid", "surveyresponseid", "surveyresponse")), -1)
    question = next(
        (i for i, h in enumerate(bare) if h in ("questionname", "questiontext", "question", "surveyquestionname")), -1
    )
    question_id = next((i for i, h in enumerate(bare) if h in ("questionid", "surveyquestionid")), -1)
    values = [i for i, h in enumerate(bare) if h in {re.sub(r"\s", "", v) for v in _VALUES}]
    if response < 0 or max(question, question_id) < 0 or not values:
        return None
    body = view.grid.frame.iloc[1:]
    answer = body[values[0]]
    for position in values[1:]:
        answer = answer.mask(answer.eq(""), body[position])
    key = body[question_id] if question_id >= 0 else body[question]
    text = body[question] if question >= 0 else body[question_id]
    wide, columns = pivot(body[response], key, text, answer)
    rule = said("salesforce-answers")
    note = said("long-to-wide", n=len(body), wide=len(wide))
    return Layout("salesforce-survey", rule, columns, body=wide, notes=(note,))


def pivot(response: pd.Series, key: pd.Series, text: pd.Series, answer: pd.Series) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """Long to wide: rows in the order of first appearance, indexed by the first row of each response; several answers are joined by ";"."""
    long = pd.DataFrame({"response": response, "key": key, "answer": answer})
    long = long[long["response"].ne("")]
    first_row = long.index.to_series().groupby(long["response"], sort=False).first()
    questions = text.groupby(key, sort=False).first()
    filled = long[long["answer"].ne("")]
    joined = filled.groupby(["response", "key"], sort=False)["answer"].agg(";".join)
    wide = joined.unstack("key").reindex(index=first_row.index, columns=questions.index).astype(object).fillna("").astype("str")
    wide.insert(0, "response", wide.index)
    wide.index = pd.Index(first_row.to_numpy(), dtype="int64")
    wide.columns = pd.RangeIndex(wide.shape[1])
    columns = [Column(0, "Response ID", hint="respondent_id")]
    columns += [Column(i, clean(str(q)) or str(k), code=str(k)) for i, (k, q) in enumerate(questions.items(), start=1)]
    return wide, tuple(columns)


_ARROW = re.compile(r"\s*[↑↓]$")


def _cases(view: View, columns: list[Column]) -> Layout:
    """A formatted report sorts and groups by the columns with an arrow, and writes each group's value once: it holds for the rows under it."""
    body = view.grid.frame.iloc[1:].copy()
    notes = []
    for column in columns:
        cells = body[column.position]
        name = _ARROW.sub("", column.text)
        if name == column.text:
            continue
        columns[column.position] = replace(column, text=name, hint=column.hint or SALESFORCE_CASES.hints.get(compared(name), ""))
        if cells.eq("").any() and cells.iloc[0] != "":
            body[column.position] = cells.mask(cells.eq("")).ffill().astype("str")
            notes.append(said("group-filled", name=name))
    names = ", ".join(c.text for c in columns if c.hint in ("respondent_id", "review_title", "review_text"))
    rule = said("header-has", names=names, platform="Salesforce Case")
    return Layout("salesforce-cases", rule, tuple(columns), type="reviews", notes=tuple(notes), body=body)


SALESFORCE_RESPONSES = Signature(
    "salesforce-survey",
    ("completiondatetime|completion date time|completion date/time", "status", "invitationid|invitation id|invitation"),
    meanings("""
        respondent_id: id | response id
        submitted: completiondatetime | completion date time | completion date/time
        status: status
        meta: invitationid | invitation id | invitation | surveyid | surveyversionid | submitterid | name
        ip: ipaddress | ip address
        language: language
    """),
    title="Salesforce SurveyResponse",
)
SALESFORCE_CASES = Signature(
    "salesforce-cases",
    ("case number|casenumber", "subject", "description|case comments|comments|comment body"),
    meanings("""
        respondent_id: case number | casenumber
        review_title: subject
        review_text: description | case comments | comments | comment body
        review_date: date/time opened | opened date | createddate | created date | date opened
        meta: case owner | owner | closed date | date/time closed | case id
        name: contact name | account name
        email: contact email | email
        status: status
        review_rating: satisfaction | csat | satisfaction rating | customer satisfaction
    """),
    type="reviews",
    title="Salesforce Case",
    finish=_cases,
)
