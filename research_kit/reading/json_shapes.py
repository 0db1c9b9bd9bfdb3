"""JSON, JSON Lines and JSONP -> Grid: the shapes that platforms write, else the largest list of objects there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from research_kit.labels import Sentence
from research_kit.reading.grid import MAX_COLUMNS, Grid, text_frame
from research_kit.reading.said import of_rows, refused
from research_kit.reading.workbook import cell_text

_JSONP = re.compile(r"^\s*[\w$.]+\s*\((?P<json>.*)\)\s*;?\s*$", re.DOTALL)
_STARS = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5", "STAR_RATING_UNSPECIFIED": ""}
_DEEPEST = 12

Row = Mapping[str, Any]
Rows = Sequence[tuple[int, Row]]
"""(row number, flat object)"""


def looks_like_json(text: str) -> bool:
    """True for what begins like an object, a list of objects, or a JSONP call around one."""
    head = text[:300].lstrip("\ufeff \t\r\n")
    return bool(re.match(r'\{\s*["}]|\[\s*[\[{\]]|[\w$.]+\s*\(\s*[\[{]', head))


def read_json(text: str, *, name: str = "") -> Grid | None:
    """A grid whose first row is the field names; None when the text is no JSON after all. InputError for the wrong Takeout file."""
    try:
        data, notes = _load(text)
    except RecursionError:
        raise refused("deep-json", name=name) from None
    if data is None:
        return None
    if isinstance(data, dict) and data.get("type") == "FeatureCollection":
        raise refused("own-places", name=name)
    for shape, recognise in SHAPES.items():
        rows = recognise(data)
        if rows:
            return _grid(rows, shape, notes, name)
    rows = _largest_list(data)
    if not rows:
        raise refused("json-without-list", name=name)
    return _grid(rows, "json", notes, name)


def _load(text: str) -> tuple[Any, list[Sentence]]:
    """(data, notes); data is None when nothing can be parsed, a list with gaps (None) for lines that could not."""
    jsonp = _JSONP.match(text) if text.lstrip()[:1] not in ("{", "[") else None
    try:
        return json.loads(jsonp["json"] if jsonp else text), []
    except ValueError:
        pass
    lines: list[Any] = []
    bad: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            lines.append(None)
            continue
        try:
            lines.append(json.loads(line))
        except ValueError:
            lines.append(None)
            bad.append(number)
    if not any(isinstance(line, dict) for line in lines) or len(bad) > 0.5 * len(lines):
        return None, []
    return lines, [of_rows("json-lines", bad)] if bad else []


# ---------------------------------------------------------------- shapes


def _items(data: Any, *keys: str) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list that lies under one of these keys, or of the data itself, numbered from 1."""
    found = data
    for key in keys:
        if not isinstance(found, dict):
            return []
        found = found.get(key)
    if isinstance(found, dict):
        found = [found]
    return [(i, item) for i, item in enumerate(found, start=1) if isinstance(item, dict)] if isinstance(found, list) else []


def _app_store(data: Any) -> Rows:
    items = [(i, r) for i, r in _items(data, "data") or _items(data) if r.get("type") == "customerReviews"]
    return [(i, {"id": r.get("id"), **_object(r.get("attributes"))}) for i, r in items]


def _business_profile(data: Any) -> Rows:
    items = [(i, r) for i, r in _items(data, "reviews") if r.get("starRating") in _STARS]
    latest: dict[str, tuple[int, Row]] = {}
    for i, review in items:
        row = {
            "name": review.get("name"),
            "reviewer": _object(review.get("reviewer")).get("displayName"),
            "starRating": _STARS[review["starRating"]],
            "comment": _original(str(review.get("comment") or "")),
            "createTime": review.get("createTime"),
            "reviewReply": _object(review.get("reviewReply")).get("comment"),
        }
        latest[str(review.get("name") or i)] = (i, row)
    return list(latest.values())


def _original(text: str) -> str:
    """What the reviewer wrote, where Google put its translation before it."""
    _, marker, original = text.partition("(Original)")
    if marker:
        return original.strip()
    before, marker, _ = text.partition("(Translated by Google)")
    return before.strip() if marker and before.strip() else text.replace("(Translated by Google)", "").strip()


def _play_api(data: Any) -> Rows:
    rows = []
    for i, review in _items(data, "reviews"):
        comments = [c for c in review.get("comments") or [] if isinstance(c, dict) and "userComment" in c]
        if not comments:
            continue
        said = _object(comments[-1]["userComment"])
        title, tab, body = str(said.get("text") or "").partition("\t")
        row = {
            "reviewId": review.get("reviewId"),
            "authorName": review.get("authorName"),
            "title": title if tab else "",
            "text": body if tab else title,
            "starRating": said.get("starRating"),
            "lastModified": _object(said.get("lastModified")).get("seconds"),
            "reviewerLanguage": said.get("reviewerLanguage"),
        }
        rows.append((i, row))
    return rows


def _per_line(*fields: str) -> Callable[[Any], Rows]:
    """One object per line (or a list of them) with all of these fields."""

    def recognise(data: Any) -> Rows:
        items = _items(data)
        return (
            items
            if items and sum(all(f in item for f in fields) for _, item in items[:200]) >= 0.9 * min(len(items), 200)
            else []
        )

    return recognise


def _amazon(data: Any) -> Rows:
    rows = _per_line("rating", "text", "user_id")(data)
    rows = rows if rows and any("asin" in r or "parent_asin" in r for _, r in rows[:5]) else []
    return [(i, {k: _without_breaks(v) for k, v in r.items() if k != "images"}) for i, r in rows]


def _without_breaks(value: Any) -> Any:
    return re.sub(r"<br\s*/?>", "\n", value) if isinstance(value, str) and "<" in value else value


def _yelp(data: Any) -> Rows:
    return [
        (i, {k: v for k, v in r.items() if k != "votes"}) for i, r in _per_line("review_id", "business_id", "stars", "text")(data)
    ]


def _zendesk(data: Any) -> Rows:
    return [(i, {"comment": "", **r}) for i, r in _items(data, "satisfaction_ratings") if "score" in r]


def _tmall(data: Any) -> Rows:
    rows = []
    for i, r in _items(data, "rateDetail", "rateList"):
        text = str(r.get("rateContent") or "")
        rows.append(
            (
                i,
                {
                    **{k: v for k, v in r.items() if not isinstance(v, (dict, list))},
                    "rateContent": "" if text.startswith("此用户没有填写") else text,
                },
            )
        )
    return rows


def _jd(data: Any) -> Rows:
    return [(i, r) for i, r in _items(data, "comments") if "referenceTime" in r and "content" in r]


def _intercom(data: Any) -> Rows:
    rows = []
    for i, item in _items(data, "conversations") or _items(data):
        rating = item.get("conversation_rating")
        if isinstance(rating, dict):
            rows.append(
                (
                    i,
                    {
                        "conversation_id": item.get("id"),
                        "rating": rating.get("rating"),
                        "remark": rating.get("remark"),
                        "created_at": rating.get("created_at"),
                    },
                )
            )
    return rows


def _trustpilot(data: Any) -> Rows:
    items = [(i, r) for i, r in _items(data, "reviews") or _items(data) if "stars" in r and "consumer" in r]
    return [(i, {**r, "consumer": _object(r.get("consumer")).get("displayName")}) for i, r in items]


def _surveycake(data: Any) -> Rows:
    rows = []
    for i, entry in _items(data):
        answers = [a for a in entry.get("result") or [] if isinstance(a, dict) and "subject" in a]
        if "svid" not in entry or not answers:
            continue
        row: dict[str, Any] = {"svid": entry.get("svid"), "submitTime": entry.get("submitTime")}
        for answer in answers:
            row[_free(row, str(answer["subject"]))] = answer.get("answer")
            if any(answer.get("otherAnswer") or []):
                row[f"{answer['subject']} - 其他"] = answer.get("otherAnswer")
        rows.append((i, row))
    return rows


def _free(row: Row, name: str) -> str:
    """The name, numbered when the row has it already: two questions may have the same text."""
    n = 2
    free = name
    while free in row:
        free, n = f"{name} ({n})", n + 1
    return free


def _jinshuju(data: Any) -> Rows:
    items = _items(data, "data") or _items(data, "entries") or _items(data)
    items = [(i, _object(r.get("entry")) or r) for i, r in items]
    items = [(i, r) for i, r in items if "serial_number" in r and any(re.fullmatch(r"field_\d+", k) for k in r)]
    return [(i, dict(_jinshuju_fields(r))) for i, r in items]


def _jinshuju_fields(entry: Row) -> Iterator[tuple[str, Any]]:
    """Matrices and rankings become one column per row or choice."""
    for key, value in entry.items():
        if isinstance(value, list) and value and all(isinstance(v, dict) and ("statement" in v or "rank" in v) for v in value):
            for part in value:
                label = part.get("statement") or part.get("choice")
                yield f"{key} - {label}", part.get("rank") if "rank" in part else part.get("choice") or part.get("dimensions")
        else:
            yield key, value


def _qualtrics(data: Any) -> Rows:
    items = [
        (i, r) for i, r in _items(data, "responses") or _items(data) if isinstance(r.get("values"), dict) and "responseId" in r
    ]
    return [(i, {"responseId": r["responseId"], **r["values"], **_object(r.get("labels"))}) for i, r in items]


SHAPES: Mapping[str, Callable[[Any], Rows]] = {
    "app-store": _app_store,
    "google-business": _business_profile,
    "google-play": _play_api,
    "amazon": _amazon,
    "yelp": _yelp,
    "zendesk": _zendesk,
    "tmall": _tmall,
    "jd": _jd,
    "surveycake": _surveycake,
    "jinshuju": _jinshuju,
    "intercom": _intercom,
    "trustpilot": _trustpilot,
    "qualtrics": _qualtrics,
    "ga4": _per_line("event_name", "event_timestamp"),
}


def _largest_list(data: Any) -> Rows:
    """The list with most objects, wherever it lies; an object of lists of equal length is a table by columns."""
    best: list[tuple[int, dict[str, Any]]] = []
    waiting = [(data, 0)]
    while waiting:
        node, depth = waiting.pop(0)
        if depth > _DEEPEST:
            continue
        items = _items(node) if isinstance(node, list) else []
        if len(items) > len(best):
            best = items
        if isinstance(node, dict):
            waiting += [(v, depth + 1) for v in node.values() if isinstance(v, (dict, list))]
    if not best and isinstance(data, list) and len(data) > 1 and all(isinstance(r, list) for r in data) and data[0]:
        header = [str(h) for h in data[0]]
        best = [(i, dict(zip(header, r, strict=False))) for i, r in enumerate(data[1:], start=2)]
    return best


# ---------------------------------------------------------------- objects to cells


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _flat(row: Row, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < 4:
            yield from _flat(value, f"{name}.", depth + 1)
        else:
            yield name, value


def _cell(value: Any) -> str:
    if isinstance(value, list):
        if all(not isinstance(v, (dict, list)) for v in value):
            return "\n".join(cell_text(v) for v in value if v is not None and v != "")
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return cell_text(value).encode("utf-8", "replace").decode("utf-8")


def _grid(rows: Rows, shape: str, notes: list[Sentence], name: str) -> Grid:
    names: dict[str, int] = {}
    flat = [(number, dict(_flat(row))) for number, row in rows]
    for _, row in flat:
        for key in row:
            names.setdefault(key, len(names))
    if len(names) > MAX_COLUMNS:
        raise refused("json-too-wide", name=name, width=f"{len(names):,}")
    header = list(names)
    cells = [[_cell(row.get(n)) for n in header] for _, row in flat]
    frame = text_frame([header, *cells], [0, *(number for number, _ in flat)], max(len(header), 1))
    return Grid(frame, notes=tuple(notes), shape=shape)
