"""Any table that no platform claims: reviews by synonyms in three languages, event logs, else a plain survey table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from research_kit.reading.platforms.layout import Layout, View, clean, compared, two_header_rows
from research_kit.reading.platforms.spread import spread
from research_kit.reading.platforms.surveymonkey import expanded
from research_kit.reading.platforms.synonyms import AUTHOR, DATE, EVENT, EVENT_TIME, RATING, REPLY, TEXT, TITLE, USER
from research_kit.reading.said import said
from research_kit.records import Column


def reviews(view: View) -> Layout | None:
    """A column of texts and a column of ratings, both called what review tables call them in three languages."""
    text = _first(view, [name for name in TEXT if _REVIEW.search(name)], _is_told)
    text = _first(view, TEXT, _is_prose) if text < 0 else text
    rating = _first(view, RATING, _is_rating)
    if text < 0 or rating < 0 or text == rating or len(view.header) > 40:
        return None
    hints = {text: "review_text", rating: "review_rating"}
    for names, hint in ((TITLE, "review_title"), (DATE, "review_date"), (REPLY, "reply"), (AUTHOR, "name")):
        found = _first(view, names)
        if found >= 0:
            hints.setdefault(found, hint)
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}", hint=hints.get(i, "")) for i, h in enumerate(view.top[0]))
    rule = said("review-columns", text=columns[text].text, rating=columns[rating].text)
    return Layout("review-table", rule, columns, type="reviews")


def declared_reviews(view: View) -> Layout:
    """The study file says that these are reviews, but no name says which column holds what: the longest texts, and the smallest scale."""
    columns = [Column(i, clean(h) or f"Column {i + 1}") for i, h in enumerate(view.top[0])]
    prose = [c for c in columns if _is_prose(view.cells(c.position))]
    longest = max(prose, key=lambda c: sum(map(len, view.cells(c.position))) / len(view.cells(c.position)), default=None)
    scales = [
        c for c in columns if c is not longest and _is_rating(view.cells(c.position)) and len(set(view.cells(c.position))) > 1
    ]
    scale = min(scales, key=lambda c: (len(set(view.cells(c.position))) > 11, c.position), default=None)
    for column, hint in ((longest, "review_text"), (scale, "review_rating")):
        if column is not None:
            columns[column.position] = replace(column, hint=hint)
    found = {name: c.text for name, c in (("text", longest), ("rating", scale)) if c is not None}
    note = said("-".join(("declared", *(found or ("nothing",)))), **found)
    return Layout("review-table", said("reviews-declared"), tuple(columns), type="reviews", notes=(note,))


def events(view: View) -> Layout | None:
    """A user, an event and a time, each called what event logs call them."""
    user, event, time = (_first(view, names) for names in (USER, EVENT, EVENT_TIME))
    if min(user, event, time) < 0 or len({user, event, time}) < 3:
        return None
    hints = {user: "user", event: "event", time: "timestamp"}
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}", hint=hints.get(i, "meta")) for i, h in enumerate(view.top[0]))
    rule = said("event-columns", user=columns[user].text, event=columns[event].text, time=columns[time].text)
    return Layout("event-log", rule, columns, type="events")


def survey(view: View) -> Layout:
    """Every other table: the first row names the columns, unless it holds answers itself."""
    if _headless(view):
        columns = tuple(Column(i, f"Column {i + 1}") for i in range(len(view.top[0])))
        return Layout("table", said("table-headless"), columns, header_rows=0, notes=(said("numbered"),))
    if two_header_rows(view):
        return Layout("table", said("table-two-rows"), tuple(expanded(view, view.top[1])), header_rows=2)
    columns = tuple(Column(i, clean(h) or f"Column {i + 1}") for i, h in enumerate(view.top[0]))
    return Layout("table", said("table-plain"), tuple(spread(view, columns)))


def _first(view: View, names: Sequence[str], test: Callable[[list[str]], bool] | None = None) -> int:
    """The first of these names that is a header (and whose cells pass), in the order of the names."""
    bare: dict[str, list[int]] = {}
    for i, header in enumerate(view.header):
        if len(header) <= _LONGEST_NAME:
            bare.setdefault(_bare(header), []).append(i)
    for name in names:
        for i in bare.get(_bare(name), []):
            if test is None or test(view.cells(i)):
                return i
    return -1


_LONGEST_NAME = 40


@lru_cache(maxsize=50_000)
def _bare(name: str) -> str:
    return re.sub(r"[\s_\-.]+", "", compared(name))


_REVIEW = re.compile(r"review|评论|評論|评价|評價|点评|點評")
"""Names that nothing but a review has."""


def _is_prose(cells: list[str]) -> bool:
    """Texts that people wrote: long enough, and hardly ever the same twice."""
    return _is_long(cells) and len(set(cells)) >= min(0.5 * len(cells), 50)


def _is_told(cells: list[str]) -> bool:
    """Texts of a column that is called reviews: people repeat each other."""
    return _is_long(cells) and len(set(cells)) >= min(0.5 * len(cells), 8)


def _is_long(cells: list[str]) -> bool:
    if not cells:
        return False
    han = sum(len(re.findall(r"[\u3400-\u9fff]", c)) for c in cells)
    return (sum(map(len, cells)) + 2 * han) / len(cells) >= 12


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
