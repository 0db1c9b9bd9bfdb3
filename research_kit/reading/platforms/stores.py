"""Review platforms with fixed columns: app stores, shops, bookings, maps, Trustpilot, G2."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd

from research_kit.labels import Sentence
from research_kit.reading.platforms.layout import Layout, View, clean, meanings
from research_kit.reading.platforms.signature import Signature
from research_kit.reading.said import said
from research_kit.records import Column


def _dropping(
    platform: str, rule: Sentence, column: str, values: tuple[str, ...], sentence: str
) -> Callable[[View, list[Column]], Layout]:
    """A finish that leaves out the rows with one of these values."""

    def finish(view: View, columns: list[Column]) -> Layout:
        position = view.find(column)
        body = view.grid.frame.iloc[1:]
        drop: Mapping[str, pd.Series] = {}
        if position >= 0:
            drop = {sentence: body[position].str.strip().str.casefold().isin(values)}
        return Layout(platform, rule, tuple(columns), type="reviews", drop=drop)

    return finish


# ---------------------------------------------------------------- Google Play Console


def _play(view: View, columns: list[Column]) -> Layout:
    """An edited review comes again in a later month: the latest of each id counts."""
    link, updated = view.find("review link"), view.find("review last update millis since epoch")
    body = view.grid.frame.iloc[1:]
    drop = {}
    if link >= 0:
        ids = body[link].str.extract(r"reviewId=([^&]+)", expand=False).fillna("")
        order = (
            pd.to_numeric(body[updated], errors="coerce").fillna(0)
            if updated >= 0
            else pd.Series(range(len(body)), index=body.index)
        )
        newest = order.sort_values(kind="stable").index
        repeated = ids.loc[newest].duplicated(keep="last") & ids.loc[newest].ne("")
        drop = {"drop-edited": repeated.reindex(body.index)}
    rule = said("header-has", names="Package Name, Star Rating, Review Submit Date and Time", platform="Google Play Console")
    return Layout("google-play", rule, tuple(columns), type="reviews", drop=drop)


PLAY = Signature(
    "google-play",
    ("package name", "star rating", "review submit date and time"),
    meanings("""
        meta: package name | app version code | review submit millis since epoch | review last update date and time
        meta: review last update millis since epoch | developer reply date and time | developer reply millis since epoch
        meta: review link
        language: reviewer language
        review_date: review submit date and time
        review_rating: star rating
        review_title: review title
        review_text: review text
        reply: developer reply text
    """),
    type="reviews",
    finish=_play,
)

# ---------------------------------------------------------------- shops

JUDGE_ME = Signature(
    "judge-me",
    ("title", "body", "rating", "review_date", "curated|reviewer_name"),
    meanings("""
        review_title: title
        review_text: body
        review_rating: rating
        review_date: review_date
        meta: source | product_id | reply_date | picture_urls | metaobject_handle
        status: curated
        name: reviewer_name
        email: reviewer_email
        reply: reply
        ip: ip_address
    """),
    type="reviews",
    finish=_dropping(
        "judge-me",
        said("header-has", names="title, body, rating, review_date", platform="Judge.me"),
        "curated",
        ("spam",),
        "drop-spam",
    ),
)
LOOX = Signature(
    "loox",
    ("rating", "review", "nickname|full_name", "handle|productid|verified_purchase"),
    meanings("""
        respondent_id: id
        status: status
        review_rating: rating
        email: email
        name: nickname | full_name
        review_text: review
        review_date: date
        meta: productid | img
    """),
    type="reviews",
    finish=_dropping(
        "loox",
        said("header-has", names="rating, review, nickname, handle", platform="Loox"),
        "status",
        ("hidden",),
        "drop-hidden",
    ),
)
YOTPO = Signature(
    "yotpo",
    ("review title", "review content", "review score"),
    meanings("""
        review_title: review title
        review_text: review content
        review_rating: review score
        review_date: date | review date | review creation date
        meta: product id | product url
        name: display name | reviewer display name
        email: email | reviewer email
        respondent_id: review id
        reply: comment content
        status: published
    """),
    type="reviews",
    title="Yotpo",
)
SHOPIFY = Signature(
    "shopify-reviews",
    ("product_handle", "state", "rating", "author", "created_at"),
    meanings("""
        status: state
        review_rating: rating
        review_title: title
        name: author
        email: email
        review_text: body
        reply: reply
        review_date: created_at
        meta: replied_at
    """),
    type="reviews",
    finish=_dropping(
        "shopify-reviews",
        said("header-has", names="product_handle, state, rating, author, created_at", platform="Shopify Product Reviews"),
        "state",
        ("spam", "unpublished", "hidden"),
        "drop-not-shown",
    ),
)
# ---------------------------------------------------------------- bookings


def _filler(view: View, columns: list[Column]) -> Layout:
    """Agoda writes rows with nothing but the name of the property between the reviews."""
    text, rating = view.find("review"), view.find("review score", "overall", "rating", "score")
    body = view.grid.frame.iloc[1:]
    empty = (
        body[text].str.strip().eq("") & body[rating].str.strip().eq("")
        if text >= 0 and rating >= 0
        else pd.Series(False, index=body.index)
    )
    rule = said("header-has", names="Review, Cleanliness, Service, Value for money", platform="Agoda")
    return Layout("agoda", rule, tuple(columns), type="reviews", drop={"drop-filler": empty})


BOOKING = Signature(
    "booking",
    ("positive review", "negative review"),
    meanings("""
        review_date: review date
        name: guest name
        respondent_id: reservation number
        review_title: review title
        positive_text: positive review
        negative_text: negative review
        review_rating: review score
        reply: property reply
    """),
    type="reviews",
    title="Booking.com",
)
AGODA = Signature(
    "agoda",
    ("review", "service", "cleanliness", "value for money|value"),
    meanings("""
        review_date: review date | date
        name: guest name | reviewer
        respondent_id: bid | booking id | reservation number
        review_title: review title | title
        review_text: review
        review_rating: review score | overall | rating | score
        reply: property reply | reply
    """),
    type="reviews",
    finish=_filler,
)

# ---------------------------------------------------------------- portals

TRUSTPILOT = Signature(
    "trustpilot",
    (
        "review title|title",
        "review text|text|review content",
        "rating|stars|review stars",
        "experience time|consumer country|is verified|verification level|domain url|reference id|review username",
    ),
    meanings("""
        respondent_id: review id | id
        review_title: review title | title
        review_text: review text | text | review content
        review_rating: rating | stars | review stars
        language: language | review language
        review_date: review time | review created (utc) | created | createdat | review date
        meta: experience time | reference id | review user id | domain url
        reply: reply text | company reply | company reply text
        name: review username | consumer name | displayname
        email: review user email | email
    """),
    type="reviews",
    title="Trustpilot",
    note="guess-layout",
)
APPFOLLOW = Signature(
    "app-review-monitor",
    ("review", "rating", "version|app version", "country|store|territory"),
    meanings("""
        review_date: date
        name: author
        review_rating: rating
        review_title: title
        review_text: review
        reply: reply | reply text | developer reply
        respondent_id: review id | id
        language: language
        meta: link | review link
    """),
    type="reviews",
    title="AppFollow / Appbot",
    note="guess-layout",
)
OUTSCRAPER = Signature(
    "google-maps",
    (
        "review_text|text|textoriginal",
        "review_rating|stars|rating",
        "place_id|placeid|placename|owner_answer|author_title|google_id|reviewid|publishedat|responsefromownertext|title of place",
    ),
    meanings("""
        review_text: review_text | text | textoriginal
        review_rating: review_rating | stars | rating
        review_date: review_datetime_utc | publishedat | publishedatdate
        meta: relativedate | publishat | place_id | placeid | google_id | reviewurl | author_link | author_id
        meta: reviewer_id | review_link | author_image
        reply: owner_answer | responsefromownertext | ownerreply
        name: author_title | authorname | reviewername | name
        respondent_id: review_id | reviewid
    """),
    type="reviews",
    title="Google Maps",
)
AMAZON_TSV = Signature(
    "amazon",
    ("star_rating", "review_headline", "review_body", "customer_id"),
    meanings("""
        meta: marketplace | customer_id | product_id | product_parent | helpful_votes | total_votes
        respondent_id: review_id
        review_rating: star_rating
        review_title: review_headline
        review_text: review_body
        review_date: review_date
    """),
    type="reviews",
    title="Amazon customer reviews",
)
DIANPING = Signature(
    "dianping",
    ("comment|评论内容|評論內容", "rank_level|评分|評分", "comment_at|顾客id|店铺id|口味|环境"),
    meanings("""
        meta: id | images | origin_images_urls | location | created_at | updated_at | 店铺id
        respondent_id: 顾客id
        name: username
        review_text: comment | 评论内容 | 評論內容
        review_rating: rank_level | 评分 | 評分
        review_date: comment_at | 评论时间
    """),
    type="reviews",
    title="大众点评",
    note="tens-are-stars",
)

# ---------------------------------------------------------------- G2

_BEST = re.compile(r"what do you like best|what did you like|pros\b", re.IGNORECASE)
_WORST = re.compile(r"what do you dislike|what did you dislike|cons\b", re.IGNORECASE)
_SOLVES = re.compile(r"what problems? (?:is|are) .*solving|recommendations to others", re.IGNORECASE)


def g2(view: View) -> Layout | None:
    """Review bodies split into questions: what people like best, what they dislike, what it solves for them."""
    best = [i for i, h in enumerate(view.header) if _BEST.search(h)]
    worst = [i for i, h in enumerate(view.header) if _WORST.search(h)]
    if not best or not worst or (len(view.header) > 40):
        return None
    rating = view.find("star rating", "rating", "overall rating", "overall", "stars", "score", "review score")
    if rating < 0:
        return None
    hints = dict.fromkeys(best, "positive_text") | dict.fromkeys(worst, "negative_text") | {rating: "review_rating"}
    hints |= {i: "review_text" for i, h in enumerate(view.header) if _SOLVES.search(h)}
    for names, hint in (
        (("review title", "title", "headline"), "review_title"),
        (("review date", "date", "submitted at", "published"), "review_date"),
        (("reviewer", "reviewer name", "name", "user name"), "name"),
        (("review id", "id"), "respondent_id"),
    ):
        found = view.find(*names)
        if found >= 0:
            hints.setdefault(found, hint)
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}", hint=hints.get(i, "")) for i, h in enumerate(view.top[0]))
    rule = said("best-and-worst", best=columns[best[0]].text, worst=columns[worst[0]].text)
    return Layout("g2", rule, columns, type="reviews", notes=(said("guess-layout", platform="G2"),))


REVIEW_SITES: tuple[Signature, ...] = (
    PLAY,
    JUDGE_ME,
    YOTPO,
    SHOPIFY,
    LOOX,
    BOOKING,
    AGODA,
    AMAZON_TSV,
    TRUSTPILOT,
    APPFOLLOW,
    OUTSCRAPER,
    DIANPING,
)
