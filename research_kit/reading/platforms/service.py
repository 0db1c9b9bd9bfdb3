"""Customer service and CRM: Zendesk, Intercom, Salesforce (cases, and surveys in long form), GA4."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from research_kit.reading.platforms.layout import Layout, View, clean, meanings
from research_kit.reading.platforms.signature import Signature, hinted
from research_kit.reading.said import refused, said
from research_kit.records import Column

# ---------------------------------------------------------------- Zendesk, Intercom


def _zendesk(view: View, columns: list[Column]) -> Layout:
    """ "offered" and "unoffered" say that a survey was or was not sent: nobody answered. The rest begins with good or bad."""
    score = view.find("score", "satisfaction score", "rating", "satisfaction rating")
    body = view.grid.frame.iloc[1:].copy()
    answer = body[score].str.strip().str.casefold()
    body[score] = body[score].mask(answer.str.startswith("good"), "good").mask(answer.str.startswith("bad"), "bad")
    drop = {"drop-unanswered": answer.isin(["offered", "unoffered", ""])}
    rule = said("header-has", names="score, comment, ticket_id", platform="Zendesk")
    return Layout("zendesk", rule, tuple(columns), type="reviews", body=body, drop=drop)


ZENDESK = Signature(
    "zendesk",
    ("score|satisfaction score|satisfaction rating", "comment|satisfaction comment", "ticket_id|ticket id"),
    meanings("""
        respondent_id: id
        review_rating: score | satisfaction score | satisfaction rating
        review_text: comment | satisfaction comment
        meta: reason_code | reason_id | ticket_id | ticket id | requester_id | assignee_id | group_id | updated_at | url
        review_date: created_at | created at
    """),
    type="reviews",
    finish=_zendesk,
)
INTERCOM = Signature(
    "intercom",
    (
        "rating|conversation rating|conversation_rating",
        "remark|conversation rating remark|rating remark|remarks",
        "conversation id|conversation_id|teammate|teammate name|contact|id",
    ),
    meanings("""
        review_rating: rating | conversation rating | conversation_rating
        review_text: remark | conversation rating remark | rating remark | remarks
        review_date: created_at | rated at | conversation started at (utc) | date
        respondent_id: conversation id | conversation_id | id
        name: contact | contact name | user name
        email: contact email | user email | email
        meta: teammate | teammate name | teammate id | teammate replied | contact id
    """),
    type="reviews",
    title="Intercom",
)

# ---------------------------------------------------------------- Salesforce

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
)

# ---------------------------------------------------------------- GA4

_GA4_META = meanings("""
    user: user_pseudo_id
    event: event_name
    timestamp: event_timestamp
    meta: event_date | user_id | event_bundle_sequence_id
""")


def ga4_events(view: View) -> Layout | None:
    """The BigQuery export as a table: event_name, event_timestamp (microseconds, UTC) and user_pseudo_id."""
    if not view.has("event_name", "event_timestamp") or not (view.has("user_pseudo_id") or view.has("user_id")):
        return None
    hints = dict(_GA4_META)
    if not view.has("user_pseudo_id"):
        hints["user_id"] = "user"
    columns = [c if c.hint else replace(c, hint="meta") for c in hinted(view, hints)]
    return Layout("ga4", said("header-has", names="event_name, event_timestamp", platform="GA4"), tuple(columns), type="events")


_GA4_TOTALS = meanings("""
    total: event count | total users | active users | new users | returning users | sessions | engaged sessions | views
    total: key events | conversions | engagement rate | bounce rate | event count per user | views per active user
    total: average engagement time | average engagement time per active user | average engagement time per session
    total: total revenue | purchase revenue | 事件計數 | 使用者總數 | 總使用者數 | 活躍使用者 | 新使用者 | 回訪者 | 工作階段
    total: 互動工作階段 | 瀏覽 | 瀏覽次數 | 重要事件 | 轉換 | 參與度 | 總收益 | 事件数 | 总用户数 | 活跃用户 | 活跃用户数 | 新用户
    total: 新用户数 | 会话数 | 互动会话数 | 浏览次数 | 关键事件 | 转化次数 | 互动率 | 总收入
""")


def ga4_report(view: View) -> Layout | None:
    """Refuses what the GA4 screens download: totals per event, page or day hold no people, and so no reach and no drop-off."""
    totals = [name for name in view.header if name in _GA4_TOTALS]
    if len(totals) < 2 or len(totals) < 0.5 * (len(view.header) - 1) or len(view.header) > 30:
        return None
    raise refused("ga4-report", name=view.grid.name, names=", ".join(totals[:3]))
