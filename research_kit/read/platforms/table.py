"""Any table that no platform claims: reviews by synonyms in three languages, event logs, else a plain survey table."""

from __future__ import annotations

import re

from research_kit.read.platforms.layout import Layout, View, clean, compared
from research_kit.read.platforms.spread import spread
from research_kit.records import Column

TEXT = ("review text", "review content", "review body", "reviewbody", "reviewtext", "review_text", "review_body", "review_content", "review", "reviews", "text", "body", "content", "comment", "comments", "feedback", "remark", "verbatim", "ratecontent", "snippet",
        "评论内容", "评价内容", "評論內容", "評價內容", "评论", "評論", "评价", "評價", "内容", "內容", "留言", "留言內容", "留言内容", "點評內容", "点评内容", "意見", "意见", "心得", "評語", "评语")  # fmt: skip
RATING = ("overall rating", "overall_rating", "overall", "star rating", "star_rating", "starrating", "review rating", "review_rating", "review score", "review_score", "rating", "ratings", "stars", "star", "score", "reviewrating",
          "评分", "評分", "总评分", "總評分", "总分", "總分", "星级", "星級", "星等", "星數", "星数", "分数", "分數", "评价星级", "整體評分", "整体评分")  # fmt: skip
TITLE = (
    "review title",
    "review_title",
    "review headline",
    "review_headline",
    "title",
    "headline",
    "summary",
    "标题",
    "標題",
    "评论标题",
    "評論標題",
)
DATE = ("review date", "review_date", "review time", "date", "created_at", "createdat", "created at", "time", "at", "timestamp", "published at", "publishedat", "review_datetime_utc", "submitted at", "rate date", "ratedate", "评论时间", "評論時間", "评价时间", "評價時間", "日期", "时间", "時間", "發表時間", "发表时间", "創建時間", "创建时间")  # fmt: skip
REPLY = (
    "reply",
    "owner reply",
    "ownerreply",
    "owner_answer",
    "responsefromownertext",
    "developer reply text",
    "reply text",
    "response",
    "回复",
    "回覆",
    "店家回覆",
    "商家回复",
    "業主回應",
    "商家回覆",
)
AUTHOR = (
    "author",
    "author_title",
    "author name",
    "authorname",
    "reviewer",
    "reviewer name",
    "reviewername",
    "reviewer_name",
    "user name",
    "username",
    "nickname",
    "display name",
    "name",
    "用户名",
    "暱稱",
    "昵称",
    "評論者",
    "评论者",
    "作者",
)
REVIEW_ID = ("review id", "review_id", "reviewid", "id", "评论id", "評論id", "index")
USER = ("user_id", "user id", "userid", "user_pseudo_id", "user pseudo id", "visitor_id", "visitor id", "client_id", "client id", "customer_id", "customer id", "contact id", "contact_id", "member_id", "account_id", "distinct_id", "anonymous_id", "user", "visitor", "用户id", "用戶id", "使用者id", "用户", "會員編號", "会员编号", "使用者", "顧客編號", "客户编号")  # fmt: skip
EVENT = ("event_name", "event name", "event", "event_type", "event type", "action", "activity", "事件", "事件名稱", "事件名称", "行為", "行为", "動作", "动作")  # fmt: skip
EVENT_TIME = ("event_timestamp", "event timestamp", "event_time", "event time", "timestamp", "time", "datetime", "date", "created_at", "created at", "occurred_at", "occurred at", "ts", "時間", "时间", "發生時間", "发生时间", "事件時間", "事件时间", "日期", "時間戳記", "时间戳")  # fmt: skip


def reviews(view: View) -> Layout | None:
    """A column of texts and a column of ratings, both called what review tables call them in three languages."""
    text = _first(view, TEXT, _is_prose)
    rating = _first(view, RATING, _is_rating)
    if text < 0 or rating < 0 or text == rating or len(view.header) > 60:
        return None
    hints = {text: "review_text", rating: "review_rating"}
    for names, hint in ((TITLE, "review_title"), (DATE, "review_date"), (REPLY, "reply"), (AUTHOR, "name")):
        found = _first(view, names)
        if found >= 0:
            hints.setdefault(found, hint)
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}", hint=hints.get(i, "")) for i, h in enumerate(view.top[0]))
    rule = f"It has a column of texts ({columns[text].text!r}) and a column of ratings ({columns[rating].text!r})."
    return Layout("review-table", rule, columns, type="reviews")


def events(view: View) -> Layout | None:
    """A user, an event and a time, each called what event logs call them."""
    user, event, time = (_first(view, names) for names in (USER, EVENT, EVENT_TIME))
    if min(user, event, time) < 0 or len({user, event, time}) < 3:
        return None
    hints = {user: "user", event: "event", time: "timestamp"}
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}", hint=hints.get(i, "meta")) for i, h in enumerate(view.top[0]))
    rule = f"It has a user ({columns[user].text!r}), an event ({columns[event].text!r}) and a time ({columns[time].text!r})."
    return Layout("event-log", rule, columns, type="events")


def survey(view: View) -> Layout:
    """Every other table: the first row names the columns, unless it holds answers itself."""
    if _headless(view):
        columns = tuple(Column(i, f"Column {i + 1}") for i in range(len(view.top[0])))
        note = "The first row looks like answers, so the columns were numbered; add a header row if it was lost."
        return Layout("table", "No platform's signature was found, and no header row.", columns, header_rows=0, notes=(note,))
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}") for i, h in enumerate(view.top[0]))
    return Layout("table", "No platform's signature was found: the first row names the columns.", tuple(spread(view, columns)))


def _first(view: View, names: tuple[str, ...], test: object = None) -> int:
    """The first of these names that is a header (and whose cells pass), in the order of the names."""
    for name in names:
        wanted = _bare(name)
        for i, header in enumerate(view.header):
            if _bare(header) == wanted and (test is None or test(view.cells(i))):  # type: ignore[operator]
                return i
    return -1


def _bare(name: str) -> str:
    return re.sub(r"[\s_\-.]+", "", compared(name))


def _is_prose(cells: list[str]) -> bool:
    """Texts that people wrote: long enough, and hardly ever the same twice."""
    if not cells:
        return False
    han = sum(len(re.findall(r"[\u3400-\u9fff]", c)) for c in cells)
    length = (sum(map(len, cells)) + 2 * han) / len(cells)
    return length >= 12 and len(set(cells)) >= min(0.5 * len(cells), 50)


_STARS = re.compile(
    r"^(?:[★☆⭐*]{1,10}|\d{1,2}(?:[.,]\d+)?\s*(?:stars?|星|分|/\s*\d+|out of \d+)?|[一二三四五]星|one|two|three|four|five)$",
    re.IGNORECASE,
)


def _is_rating(cells: list[str]) -> bool:
    """Stars or numbers on one small scale."""
    values = [c.strip() for c in cells if c.strip() not in ("-", "NA", "N/A", "nan", "None")]
    return bool(values) and sum(bool(_STARS.match(v)) for v in values) >= 0.9 * len(values) and len(set(values)) <= 101


def _headless(view: View) -> bool:
    """Most cells of the first row are numbers or dates, as in the rows below, and none is a name on its own."""
    first = [c.strip() for c in view.top[0]]
    if len(view.top) < 3 or not all(first):
        return False
    data = sum(bool(re.fullmatch(r"[-+]?[\d.,/: ]+%?", c)) for c in first)
    return data >= max(2, 0.5 * len(first)) and len(set(first)) >= 1 and not _numbers_in_order(first)


def _numbers_in_order(first: list[str]) -> bool:
    """1, 2, 3, ... are names of questions."""
    return [c for c in first if c.isdigit()] == [str(i) for i in range(1, sum(c.isdigit() for c in first) + 1)]
