"""Customer service and web analytics: Zendesk, Intercom, GA4."""

from __future__ import annotations

from dataclasses import replace

from research_kit.reading.platforms.layout import Layout, View, meanings
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
