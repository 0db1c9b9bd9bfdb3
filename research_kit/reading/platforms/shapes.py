"""What the fields of the known JSON shapes and of SPSS files mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from research_kit.reading.platforms.layout import Layout, View, meanings
from research_kit.reading.platforms.signature import hinted
from research_kit.reading.platforms.spread import spread
from research_kit.reading.said import said
from research_kit.records import Column, SourceType


@dataclass(frozen=True)
class Shape:
    """A JSON shape: what gives it away, the platform as people call it, the type, the meaning of its fields."""

    names: str
    """Of the fields that give it away."""
    title: str
    type: SourceType
    hints: Mapping[str, str]
    note: str = ""


SHAPES: Mapping[str, Shape] = {
    "app-store": Shape(
        "data[].type = customerReviews",
        "App Store Connect",
        "reviews",
        meanings("""
            respondent_id: id
            review_rating: rating
            review_title: title
            review_text: body
            name: reviewernickname
            review_date: createddate
        """),
    ),
    "google-business": Shape(
        "reviews[].starRating",
        "Google Business Profile",
        "reviews",
        meanings("""
            respondent_id: name
            name: reviewer
            review_rating: starrating
            review_text: comment
            review_date: createtime
            reply: reviewreply
        """),
    ),
    "google-play": Shape(
        "reviews[].comments[].userComment",
        "Google Play API",
        "reviews",
        meanings("""
            respondent_id: reviewid
            name: authorname
            review_title: title
            review_text: text
            review_rating: starrating
            review_date: lastmodified
            language: reviewerlanguage
        """),
    ),
    "amazon": Shape(
        "asin, user_id, rating, text",
        "Amazon Reviews",
        "reviews",
        meanings("""
            meta: user_id | asin | parent_asin | helpful_vote
            review_rating: rating
            review_title: title
            review_text: text
            review_date: timestamp | sorttimestamp
        """),
    ),
    "yelp": Shape(
        "review_id, business_id, stars, text",
        "Yelp",
        "reviews",
        meanings("""
            respondent_id: review_id
            meta: user_id | business_id | useful | funny | cool
            review_rating: stars
            review_text: text
            review_date: date
        """),
    ),
    "zendesk": Shape(
        "satisfaction_ratings[].score",
        "Zendesk",
        "reviews",
        meanings("""
            respondent_id: id
            review_rating: score
            review_text: comment
            review_date: created_at
            meta: updated_at | ticket_id | requester_id | assignee_id | group_id | url | reason_code | reason_id
        """),
    ),
    "tmall": Shape(
        "rateDetail.rateList[]",
        "天猫",
        "reviews",
        meanings("""
            review_text: ratecontent
            review_date: ratedate
            name: displayusernick
            reply: reply
            respondent_id: id
        """),
        "no-stars",
    ),
    "jd": Shape(
        "comments[].content, comments[].referenceTime",
        "京东",
        "reviews",
        meanings("""
            review_text: content
            name: nickname
            review_date: referencetime
            review_rating: score
            respondent_id: id
        """),
    ),
    "surveycake": Shape(
        "svid, result[].subject",
        "SurveyCake webhook",
        "survey",
        {"svid": "meta", "submittime": "submitted"},
    ),
    "jinshuju": Shape(
        "serial_number, field_1, ...",
        "金数据",
        "survey",
        meanings("""
            respondent_id: serial_number
            name: creator_name
            submitted: created_at
            meta: updated_at | gen_code
            duration: info_filling_duration
            ip: info_remote_ip
        """),
        "fields-by-number",
    ),
    "intercom": Shape(
        "conversation_rating.rating, conversation_rating.remark",
        "Intercom",
        "reviews",
        meanings("""
            respondent_id: conversation_id
            review_rating: rating
            review_text: remark
            review_date: created_at
        """),
    ),
    "trustpilot": Shape(
        "reviews[].stars, reviews[].consumer",
        "Trustpilot API",
        "reviews",
        meanings("""
            respondent_id: id
            review_rating: stars
            review_title: title
            review_text: text
            review_date: createdat
            name: consumer
            language: language
            status: status
        """),
    ),
    "qualtrics": Shape(
        "responses[].responseId, responses[].values",
        "Qualtrics",
        "survey",
        meanings("""
            respondent_id: responseid
            started: startdate
            submitted: enddate
            status: status
            ip: ipaddress
            progress: progress
            duration: duration
            finished: finished
            meta: recordeddate | _recordid | locationlatitude | locationlongitude | distributionchannel
            name: recipientlastname | recipientfirstname
            email: recipientemail
            language: userlanguage
        """),
    ),
    "ga4": Shape(
        "event_name, event_timestamp",
        "GA4 (BigQuery)",
        "events",
        meanings("""
            user: user_pseudo_id
            event: event_name
            timestamp: event_timestamp
        """),
    ),
}


def recognise(view: View) -> Layout | None:
    """The layout of a shape that the container recognised; plain JSON goes on to the tables."""
    if view.grid.shape == "spss":
        return _spss(view)
    shape = SHAPES.get(view.grid.shape)
    if shape is None:
        return None
    columns = hinted(view, shape.hints)
    if shape.type == "events":
        columns = [c if c.hint else replace(c, hint="meta") for c in columns]
    if shape.type == "survey":
        columns = spread(view, columns)
        columns = [replace(c, code=c.text) if re.fullmatch(r"field_\d+|QID\d+\w*", c.text) else c for c in columns]
    drop = {}
    if view.grid.shape == "zendesk":
        score = view.grid.frame[view.find("score")].iloc[1:]
        drop = {"drop-unanswered": score.isin(["offered", "unoffered", ""])}
    platform = view.grid.shape
    rule = said("json-has", names=shape.names, platform=shape.title)
    return Layout(platform, rule, tuple(columns), type=shape.type, notes=(said(shape.note),) if shape.note else (), drop=drop)


_SPSS_META = meanings("""
    started: startdate
    submitted: enddate
    status: status
    ip: ipaddress
    progress: progress
    duration: duration__in_seconds_
    finished: finished
    meta: recordeddate | externalreference | externaldatareference | locationlatitude | locationlongitude
    meta: distributionchannel
    respondent_id: responseid
    name: recipientlastname | recipientfirstname
    email: recipientemail
    language: userlanguage
""")


def _spss(view: View) -> Layout:
    """Row 1: variable names; row 2: variable labels."""
    names, labels = view.top[0], view.top[1]
    qualtrics = sum(n.casefold() in _SPSS_META for n in names) >= 4
    texts = [
        Column(i, " ".join(label.split()) or name, code=name) for i, (name, label) in enumerate(zip(names, labels, strict=True))
    ]
    columns = [replace(c, hint=_SPSS_META.get(c.code.casefold(), "")) if qualtrics else c for c in texts]
    columns = spread(view, columns, header_rows=2)
    columns = [replace(c, code=names[c.position]) for c in columns]
    rule = said("spss-qualtrics" if qualtrics else "spss")
    return Layout("qualtrics" if qualtrics else "spss", rule, tuple(columns), header_rows=2)
