"""Which column of a review table is the text, the title, the rating: by the platform's hint, else by what such columns are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from research_kit.language import to_simplified
from research_kit.questions.profile import norm

if TYPE_CHECKING:
    from research_kit.records import Column, Export

_MANY = 20
"""Reviews from which on their titles can be told from names of what is reviewed."""
_NAMES: dict[str, tuple[str, ...]] = {
    "review_text": (
        "review text", "review body", "review content", "reviewbody", "review_body", "review_text", "review_content",
        "reviewtext", "text", "body", "content", "review", "comment", "comments", "remark", "feedback", "message",
        "评论内容", "评价内容", "评论", "评价", "内容", "留言", "ratecontent", "评语", "点评", "点评内容",
    ),
    "review_title": ("review title", "review_title", "review_headline", "headline", "title", "summary", "subject", "标题", "评论标题"),
    "review_rating": (
        "star rating", "star_rating", "overall_rating", "overall rating", "review score", "review_score", "review rating",
        "review_rating", "rating", "stars", "star", "score", "overall", "评分", "星级", "分数", "总评分", "总体评分", "星等",
    ),
    "review_date": ("review date", "review_date", "date", "created_at", "createdat", "review time", "published_at",
    "publishedat", "posted", "评论时间", "评价时间", "日期", "时间"),
    "positive_text": ("positive review", "positive_review", "pros", "liked", "what do you like best", "优点", "positive", "好评", "好评内容"),
    "negative_text": ("negative review", "negative_review", "cons", "disliked", "what do you dislike", "缺点", "negative", "差评", "差评内容"),
    "reply": ("property reply", "developer reply text", "reply", "owner_answer", "ownerreply", "response from owner",
    "owner response", "回复", "商家回复", "店家回覆", "业主回应"),
}  # fmt: skip


def with_review_hints(export: Export) -> tuple[Column, ...]:
    """The export's columns, those of a review table hinted. A hint of the platform stands; each role goes to one column."""
    if export.type != "reviews":
        return export.columns
    hints = {c.position: c.hint for c in export.columns if c.hint}
    taken = set(hints.values())
    for role, names in _NAMES.items():
        if role in taken:
            continue
        position = _named(export, names, hints)
        if position is not None and not (role == "review_title" and _names_what_is_reviewed(export, position)):
            hints[position] = role
    return tuple(replace(c, hint=hints.get(c.position, "")) for c in export.columns)


def _named(export: Export, names: tuple[str, ...], taken: dict[int, str]) -> int | None:
    called = {norm(to_simplified(c.text)): c.position for c in reversed(export.columns) if c.position not in taken}
    return next((called[n] for n in names if n in called), None)


def _names_what_is_reviewed(export: Export, position: int) -> bool:
    """A few values over many reviews: the places or products (Google Maps scrapers call a place "title"), in nobody's words."""
    values = export.cells[position].astype("str").str.strip()
    filled = values[values.ne("")]
    return len(filled) >= _MANY and filled.nunique() * 10 <= len(filled)
