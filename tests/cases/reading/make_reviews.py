"""Synthetic review exports and event logs; every review is invented. See make_surveys.py."""

# ruff: noqa: E501  one line is one row of a table
from __future__ import annotations

_PLAY = ["Package Name", "App Version Code", "App Version Name", "Reviewer Language", "Device", "Review Submit Date and Time", "Review Submit Millis Since Epoch",
         "Review Last Update Date and Time", "Review Last Update Millis Since Epoch", "Star Rating", "Review Title", "Review Text",
         "Developer Reply Date and Time", "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link"]  # fmt: skip


def _play(n: int, text: str, *, star: int, update: int) -> list[str]:
    return ["org.example.app", "12", "1.2", "zh_TW", "pixel", "2026-03-01T10:00:00Z", "1772359200000", f"2026-03-0{update}T10:00:00Z", str(1772359200000 + update),
            str(star), "", text, "", "", "", f"https://play.google.com/console?reviewId=gp%3AAOq{n}&hl=en"]  # fmt: skip


_REVIEW_ROWS = [
    ["Great tea, lovely people and a quiet room", "5"],
    ["等了四十分鐘才拿到咖啡，店員態度也不好", "1"],
    ["It was fine, nothing special to remember", "3"],
]

REVIEWS = [
    {
        "file": "google-play.csv",
        "rows": [_PLAY, _play(1, "crashes when I pay", star=1, update=2), _play(2, "", star=5, update=2), _play(1, "fixed now, thanks", star=4, update=5)],
        "encoding": "utf-16", "platform": "google-play", "type": "reviews", "n": 2,
        "columns": {9: ("Star Rating", "", "review_rating"), 11: ("Review Text", "", "review_text"), 14: ("Developer Reply Text", "", "reply")}, "cells": {(4, 11): "fixed now, thanks"}, "note": "drop-edited",
    },
    {
        "file": "google-play-no-device.csv",
        "rows": [[h for h in _PLAY if h not in ("Device", "App Version Code", "Reviewer Language")],
                 [v for h, v in zip(_PLAY, _play(3, "很好用的應用程式", star=5, update=1), strict=True) if h not in ("Device", "App Version Code", "Reviewer Language")]],
        "platform": "google-play", "type": "reviews", "n": 1, "columns": {6: ("Star Rating", "", "review_rating"), 8: ("Review Text", "", "review_text")},
    },
    {
        "file": "google-play-api.json",
        "json": {"reviews": [{"reviewId": "gp:1", "authorName": "A", "comments": [{"userComment": {"text": "Slow\tIt takes a minute to open", "starRating": 2, "lastModified": {"seconds": "1772359200"}, "reviewerLanguage": "en"}}]}]},
        "platform": "google-play", "type": "reviews", "n": 1, "columns": {2: ("title", "", "review_title"), 3: ("text", "", "review_text"), 4: ("starRating", "", "review_rating")}, "cells": {(1, 2): "Slow", (1, 3): "It takes a minute to open", (1, 5): "2026-03-01 10:00:00"},
    },
    {
        "file": "app-store.json",
        "json": {"data": [{"type": "customerReviews", "id": "1", "attributes": {"rating": 5, "title": "Nice", "body": "Does what it says", "reviewerNickname": "tea", "createdDate": "2026-03-01T10:00:00-07:00", "territory": "TWN"}},
                          {"type": "customerReviews", "id": "2", "attributes": {"rating": 1, "title": "", "body": "登入不了", "reviewerNickname": "n", "createdDate": "2026-03-02T10:00:00-07:00", "territory": "USA"}}], "links": {"next": "x"}},
        "platform": "app-store", "type": "reviews", "n": 2, "columns": {1: ("rating", "", "review_rating"), 3: ("body", "", "review_text"), 6: ("territory", "", "")}, "cells": {(2, 3): "登入不了"},
    },
    {
        "file": "google-business.json",
        "json": {"reviews": [
            {"name": "accounts/1/locations/1/reviews/a", "reviewer": {"displayName": "A"}, "starRating": "FIVE", "comment": "(Translated by Google) Good coffee\n\n(Original)\n咖啡好喝", "createTime": "2026-03-01T10:00:00Z", "reviewReply": {"comment": "謝謝"}},
            {"name": "accounts/1/locations/1/reviews/b", "reviewer": {"displayName": "B"}, "starRating": "TWO", "createTime": "2026-03-02T10:00:00Z"},
            {"name": "accounts/1/locations/1/reviews/a", "reviewer": {"displayName": "A"}, "starRating": "FOUR", "comment": "咖啡還可以", "createTime": "2026-03-01T10:00:00Z"}]},
        "platform": "google-business", "type": "reviews", "n": 2, "columns": {2: ("starRating", "", "review_rating"), 3: ("comment", "", "review_text")}, "cells": {(3, 3): "咖啡還可以", (2, 3): "", (2, 2): "2"},
    },
    {
        "file": "trustpilot.csv",
        "rows": [["Review ID", "Review Title", "Review Text", "Rating", "Is Verified", "Language", "Review Time", "Experience Time", "Reply Text", "Consumer Country"],
                 ["1", "Fine", "Delivered in two days", "5", "true", "en", "2026-03-01", "2026-02-27", "", "GB"], ["2", "Bad", "Box arrived open", "1", "true", "en", "2026-03-02", "2026-02-28", "Sorry!", "TW"]],
        "platform": "trustpilot", "type": "reviews", "n": 2, "columns": {1: ("Review Title", "", "review_title"), 2: ("Review Text", "", "review_text"), 3: ("Rating", "", "review_rating"), 8: ("Reply Text", "", "reply")}, "note": "guess-layout",
    },
    {
        "file": "trustpilot-api.json",
        "json": {"reviews": [{"id": "1", "stars": 4, "title": "Fine", "text": "Delivered in two days", "language": "en", "createdAt": "2026-03-01T10:00:00Z", "consumer": {"id": "c", "displayName": "Ann"}, "status": "active"}]},
        "platform": "trustpilot", "type": "reviews", "n": 1, "columns": {1: ("stars", "", "review_rating"), 3: ("text", "", "review_text"), 6: ("consumer", "", "name")},
    },
    {
        "file": "amazon.jsonl.gz",
        "jsonl": [{"rating": 5.0, "title": "Nice", "text": "Warm<br />and soft", "images": [], "asin": "B1", "parent_asin": "B1", "user_id": "U1", "timestamp": 1628643414042, "helpful_vote": 0, "verified_purchase": True},
                  {"rating": 1.0, "title": "No", "text": "Fell apart", "images": [], "asin": "B1", "parent_asin": "B1", "user_id": "U1", "timestamp": 1628643514042, "helpful_vote": 3, "verified_purchase": True}],
        "platform": "amazon", "type": "reviews", "n": 2, "columns": {0: ("rating", "", "review_rating"), 2: ("text", "", "review_text")}, "cells": {(1, 0): "5", (1, 2): "Warm\nand soft", (1, 6): "2021-08-11 00:56:54"},
    },
    {
        "file": "amazon-sort-timestamp.jsonl",
        "jsonl": [{"rating": 5.0, "title": "Nice", "text": "Warm", "asin": "B1", "parent_asin": "B1", "user_id": "U1", "sortTimestamp": 1628643414042}],
        "platform": "amazon", "type": "reviews", "n": 1, "columns": {6: ("sortTimestamp", "", "review_date")},
    },
    {
        "file": "amazon-older.tsv",
        "rows": [["marketplace", "customer_id", "review_id", "product_id", "product_parent", "product_title", "product_category", "star_rating", "helpful_votes", "total_votes", "vine", "verified_purchase", "review_headline", "review_body", "review_date"],
                 ["US", "1", "R1", "B1", "1", "A \"12 inch\" pan", "Kitchen", "5", "0", "0", "N", "Y", "Nice", "Heats \"evenly\" they say", "2015-08-31"],
                 ["US", "2", "R2", "B1", "1", "A \"12 inch\" pan", "Kitchen", "1", "0", "0", "N", "Y", "Bad", "\"Non-stick\" it is not", "2015-08-30"]],
        "delimiter": "\t", "unquoted": True, "platform": "amazon", "type": "reviews", "n": 2, "columns": {7: ("star_rating", "", "review_rating"), 13: ("review_body", "", "review_text")}, "cells": {(3, 13): '"Non-stick" it is not'},
    },
    {
        "file": "yelp.jsonl",
        "jsonl": [{"review_id": "r1", "user_id": "u1", "business_id": "b1", "stars": 4, "date": "2019-05-01 10:00:00", "text": "Good noodles", "useful": 1, "funny": 0, "cool": 0}],
        "platform": "yelp", "type": "reviews", "n": 1, "columns": {3: ("stars", "", "review_rating"), 5: ("text", "", "review_text")},
    },
    {
        "file": "yelp-older.jsonl",
        "jsonl": [{"votes": {"funny": 0, "useful": 2, "cool": 1}, "user_id": "u1", "review_id": "r1", "stars": 4, "date": "2012-05-01", "text": "Good noodles", "type": "review", "business_id": "b1"}],
        "platform": "yelp", "type": "reviews", "n": 1, "columns": {2: ("stars", "", "review_rating"), 4: ("text", "", "review_text")},
    },
    {
        "file": "booking.csv",
        "rows": [["Review date", "Guest name", "Reservation number", "Review title", "Positive review", "Negative review", "Review score", "Staff", "Cleanliness", "Location", "Facilities", "Comfort", "Value for money", "Property reply"],
                 ["2026-03-01 10:00:00", "Ann", "4000000001", "Good stay", "Quiet room", "Weak coffee", "8", "10", "7.5", "10", "7.5", "7.5", "7.5", ""], ["2026-03-02 10:00:00", "Ben", "4000000002", "", "", "早餐太少", "6", "5", "5", "10", "5", "5", "5", "抱歉"]],
        "platform": "booking", "type": "reviews", "n": 2, "columns": {4: ("Positive review", "", "positive_text"), 5: ("Negative review", "", "negative_text"), 6: ("Review score", "", "review_rating"), 13: ("Property reply", "", "reply"), 7: ("Staff", "", "")},
    },
    {
        "file": "agoda.csv",
        "rows": [["Date", "Reviewer", "BID", "Review", "Review score", "Cleanliness", "Service", "Value for money"], ["", "", "Hotel Example", "", "", "", "", ""], ["January 10, 2026", "Ann", "BID: 1", "Clean and near the station", "8.4", "9", "8", "8"]],
        "platform": "agoda", "type": "reviews", "n": 1, "columns": {3: ("Review", "", "review_text"), 4: ("Review score", "", "review_rating")}, "note": "drop-filler",
    },
    {
        "file": "judge-me.csv",
        "rows": [["title", "body", "rating", "review_date", "source", "curated", "reviewer_name", "reviewer_email", "product_id", "product_handle", "reply", "reply_date", "picture_urls", "ip_address", "location"],
                 ["Nice", "Soft and warm", "5", "2025-03-02 10:12:00 UTC", "email", "ok", "Ann", "a@example.org", "1", "hat", "", "", "", "", ""], ["Buy", "cheap pills", "5", "2025-03-03 10:12:00 UTC", "web", "spam", "X", "x@example.org", "1", "hat", "", "", "", "", ""]],
        "platform": "judge-me", "type": "reviews", "n": 1, "columns": {1: ("body", "", "review_text"), 2: ("rating", "", "review_rating"), 7: ("reviewer_email", "", "email")}, "note": "drop-spam",
    },
    {
        "file": "loox.csv",
        "rows": [["id", "status", "rating", "email", "nickname", "full_name", "review", "date", "productId", "handle", "img", "variant", "verified_purchase"],
                 ["1", "Active", "5", "a@example.org", "ann", "Ann A", "Soft and warm", "2025-03-02", "1", "hat", "", "red", "true"], ["2", "Hidden", "1", "b@example.org", "ben", "Ben B", "Never came", "2025-03-02", "1", "hat", "", "red", "true"]],
        "platform": "loox", "type": "reviews", "n": 1, "columns": {6: ("review", "", "review_text"), 2: ("rating", "", "review_rating")}, "note": "drop-hidden",
    },
    {
        "file": "yotpo.csv",
        "rows": [["Review Title", "Review Content", "Review Score", "Date", "Product ID", "Product Title", "Product URL", "Display Name", "Email", "Verified Purchase"], ["Nice", "Soft; warm", "5", "31/01/2026", "1", "Hat", "u", "Ann", "a@example.org", "true"], ["Bad", "Too small", "2", "30/01/2026", "1", "Hat", "u", "Ben", "b@example.org", "true"]],
        "delimiter": ";", "platform": "yotpo", "type": "reviews", "n": 2, "columns": {1: ("Review Content", "", "review_text"), 2: ("Review Score", "", "review_rating")}, "cells": {(2, 1): "Soft; warm"},
    },
    {
        "file": "shopify-reviews.csv",
        "rows": [["product_handle", "state", "rating", "title", "author", "email", "location", "body", "reply", "created_at", "replied_at"], ["hat", "published", "5", "Nice", "Ann", "a@example.org", "Taipei", "Soft and warm", "", "2025-03-02", ""], ["hat", "spam", "5", "x", "X", "", "", "pills", "", "2025-03-02", ""]],
        "platform": "shopify-reviews", "type": "reviews", "n": 1, "columns": {7: ("body", "", "review_text"), 2: ("rating", "", "review_rating")},
    },
    {
        "file": "zendesk.json",
        "json": {"satisfaction_ratings": [{"id": 1, "score": "good", "comment": "Quick answer", "ticket_id": 9, "created_at": "2026-03-01T10:00:00Z"}, {"id": 2, "score": "offered", "ticket_id": 10, "created_at": "2026-03-01T10:00:00Z"}, {"id": 3, "score": "bad", "comment": "No answer", "ticket_id": 11, "created_at": "2026-03-01T10:00:00Z"}]},
        "platform": "zendesk", "type": "reviews", "n": 2, "columns": {2: ("score", "", "review_rating"), 0: ("comment", "", "review_text")}, "note": "drop-unanswered",
    },
    {
        "file": "zendesk.csv",
        "rows": [["id", "score", "comment", "reason", "reason_code", "ticket_id", "requester_id", "assignee_id", "group_id", "created_at"], ["1", "good with comment", "Quick answer", "", "", "9", "1", "1", "1", "2026-03-01"], ["2", "unoffered", "", "", "", "10", "1", "1", "1", "2026-03-01"]],
        "platform": "zendesk", "type": "reviews", "n": 1, "columns": {1: ("score", "", "review_rating"), 2: ("comment", "", "review_text")}, "cells": {(2, 1): "good"},
    },
    {
        "file": "intercom.json",
        "json": {"conversations": [{"id": "c1", "conversation_rating": {"rating": 5, "remark": "Great help", "created_at": 1772359200}}, {"id": "c2", "conversation_rating": {"rating": 1, "remark": "Waited a day", "created_at": 1772359300}}]},
        "platform": "intercom", "type": "reviews", "n": 2, "columns": {1: ("rating", "", "review_rating"), 2: ("remark", "", "review_text")}, "cells": {(1, 3): "2026-03-01 10:00:00"},
    },
    {
        "file": "intercom.csv",
        "rows": [["Conversation ID", "Rating", "Remark", "Teammate", "created_at"], ["c1", "5", "Great help", "Ann", "1772359200"], ["c2", "1", "Waited a day", "Ben", "1772359300"]],
        "platform": "intercom", "type": "reviews", "n": 2, "columns": {1: ("Rating", "", "review_rating"), 2: ("Remark", "", "review_text")}, "cells": {(2, 4): "2026-03-01 10:00:00"},
    },
    {
        "file": "g2.csv",
        "rows": [["Review Title", "Star Rating", "What do you like best about Example?", "What do you dislike about Example?", "What problems is Example solving and how is that benefiting you?", "Review Date"], ["Solid", "4.5", "Quick set-up", "Dear for small teams", "One place for notes", "2026-03-01"], ["Meh", "2", "Nothing much", "Slow search", "Notes", "2026-03-02"]],
        "platform": "g2", "type": "reviews", "n": 2, "columns": {2: ("What do you like best about Example?", "", "positive_text"), 3: ("What do you dislike about Example?", "", "negative_text"), 1: ("Star Rating", "", "review_rating")},
    },
    {
        "file": "tmall.txt",
        "text": 'jsonp128({"rateDetail":{"rateList":[{"id":1,"rateContent":"质量很好","rateDate":"2026-03-01 10:00:00","auctionSku":"颜色分类:红;尺码:M","displayUserNick":"a**b","reply":""},{"id":2,"rateContent":"此用户没有填写评论!","rateDate":"2026-03-02 10:00:00","auctionSku":"","displayUserNick":"c**d","reply":""}]}})',
        "encoding": "gbk", "platform": "tmall", "type": "reviews", "n": 2, "columns": {1: ("rateContent", "", "review_text"), 2: ("rateDate", "", "review_date")}, "cells": {(1, 1): "质量很好", (2, 1): ""},
    },
    {
        "file": "jd.json",
        "json": {"comments": [{"id": 1, "content": "物流很快", "nickname": "j***n", "referenceTime": "2026-03-01 10:00:00", "score": 5}]},
        "platform": "jd", "type": "reviews", "n": 1, "columns": {1: ("content", "", "review_text"), 4: ("score", "", "review_rating")},
    },
    {
        "file": "dianping.csv",
        "rows": [["顾客id", "评论时间", "评分", "评论内容", "口味", "环境", "服务", "店铺ID"], ["1", "2026-03-01", "50", "味道很好，服务员很热情", "5", "4", "5", "9"], ["2", "2026-03-02", "20", "等位太久，菜也凉了", "2", "4", "1", "9"]],
        "encoding": "gb18030", "platform": "dianping", "type": "reviews", "n": 2, "columns": {2: ("评分", "", "review_rating"), 3: ("评论内容", "", "review_text")},
    },
    {
        "file": "google-maps-scraper.csv",
        "rows": [["author_title", "review_text", "review_rating", "review_datetime_utc", "owner_answer", "place_id"], ["王小明", "咖啡好喝，座位舒服", "5", "03/01/2026 10:00:00", "謝謝您", "p1"], ["A B", "Slow service, good cake", "3", "03/02/2026 10:00:00", "", "p1"]],
        "platform": "google-maps", "type": "reviews", "n": 2, "columns": {1: ("review_text", "", "review_text"), 2: ("review_rating", "", "review_rating"), 4: ("owner_answer", "", "reply")},
    },
    {
        "file": "appfollow.csv",
        "rows": [["Date", "Country", "Author", "Rating", "Title", "Review", "Version"], ["2026-03-01", "TW", "Ann", "5", "Nice", "Opens fast", "1.2"], ["2026-03-02", "US", "Ben", "1", "No", "Cannot log in", "1.2"]],
        "platform": "app-review-monitor", "type": "reviews", "n": 2, "columns": {3: ("Rating", "", "review_rating"), 5: ("Review", "", "review_text")}, "note": "guess-layout",
    },
    *(
        {"file": f"review-table-{name}.csv", "rows": [[text, rating, "date"], *([*row, f"2026-03-0{i}"] for i, row in enumerate(_REVIEW_ROWS, start=1))], "platform": "review-table", "type": "reviews", "n": 3,
         "columns": {0: (text, "", "review_text"), 1: (rating, "", "review_rating"), 2: ("date", "", "review_date")}}
        for name, text, rating in (("en", "Comment", "Stars"), ("zh-hant", "評論內容", "評分"), ("zh-hans", "评价内容", "星级"))
    ),
    {
        "file": "salesforce-cases.csv",
        "rows": [["Case Number", "Subject", "Description", "Date/Time Opened", "Status", "Case Origin", "Contact Name"], ["00001001", "Refund", "I never got my refund", "3/1/2026 10:00 AM", "Closed", "Email", "Ann"], ["00001002", "Login", "The link in the mail is dead", "3/2/2026 10:00 AM", "New", "Web", "Ben"], [], ["Case report of March"], ["Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."]],
        "quote_all": True, "platform": "salesforce-cases", "type": "reviews", "n": 2, "columns": {0: ("Case Number", "", "respondent_id"), 2: ("Description", "", "review_text")}, "note": "below-table",
    },
    {
        "file": "ga4.jsonl",
        "jsonl": [{"event_date": "20260301", "event_timestamp": "1772359200000000", "event_name": "page_view", "event_params": [{"key": "page", "value": {"string_value": "/"}}], "user_pseudo_id": "u.1"}, {"event_date": "20260301", "event_timestamp": "1772359260000000", "event_name": "purchase", "event_params": [], "user_pseudo_id": "u.1"}],
        "platform": "ga4", "type": "events", "n": 2, "columns": {1: ("event_timestamp", "", "timestamp"), 2: ("event_name", "", "event"), 4: ("user_pseudo_id", "", "user")}, "cells": {(2, 1): "2026-03-01 10:01:00"},
    },
    {
        "file": "ga4.csv",
        "rows": [["event_date", "event_timestamp", "event_name", "user_pseudo_id", "platform"], ["20260301", "1772359200000000", "page_view", "u.1", "WEB"], ["20260301", "1772359260000000", "purchase", "u.1", "WEB"]],
        "platform": "ga4", "type": "events", "n": 2, "columns": {1: ("event_timestamp", "", "timestamp"), 4: ("platform", "", "meta")}, "cells": {(3, 1): "2026-03-01 10:01:00"},
    },
    {
        "file": "event-log-zh-hant.csv",
        "rows": [["會員編號", "事件名稱", "發生時間", "頁面"], ["m1", "瀏覽", "2026-03-01 10:00:00", "/"], ["m1", "購買", "2026-03-01 10:05:00", "/pay"], ["m2", "瀏覽", "2026-03-01 10:09:00", "/"]],
        "platform": "event-log", "type": "events", "n": 3, "columns": {0: ("會員編號", "", "user"), 1: ("事件名稱", "", "event"), 2: ("發生時間", "", "timestamp"), 3: ("頁面", "", "meta")},
    },
    {
        "file": "event-log-en.csv",
        "rows": [["timestamp", "user_id", "event"], ["1772359200", "7", "signup"], ["1772359260", "7", "open_app"], ["1772359270", "8", "signup"]],
        "platform": "event-log", "type": "events", "n": 3, "columns": {1: ("user_id", "", "user"), 2: ("event", "", "event"), 0: ("timestamp", "", "timestamp")}, "cells": {(2, 0): "2026-03-01 10:00:00"},
    },
]  # fmt: skip
