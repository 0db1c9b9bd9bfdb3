"""What was understood of a file: as plain data and as lines to read. `research-kit inspect`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from research_kit.asking import rates_the_whole
from research_kit.labels import keys, label
from research_kit.records import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from research_kit.records import Language, Question, Responses

AREA = "inspect"
_MOST_EVENTS = 8
_LONGEST_NAME = 25
"""Characters of a column's heading; what is longer is a question."""
_MANY_OPTIONS, _LONGEST_TEXT = 8, 60


def describe(responses: Responses, language: Language) -> dict[str, Any]:
    """Platform, encoding, delimiter, header rows, how many respondents and comments, every question with its reason, and what was noticed."""
    export = responses.exports[0]
    found = {
        "source": export.source,
        "type": export.type,
        "platform": export.platform,
        "rule": export.rule,
        "encoding": export.encoding,
        "delimiter": export.delimiter,
        "sheet": export.sheet,
        "header_rows": export.header_rows,
        "language": language,
        "respondents": int(responses.included().sum()),
        "excluded": excluded(responses),
        "comments": len(responses.comments),
        "masked": dict(sorted(responses.masked.items())),
        "notes": [*responses.notes, *filter(None, [unread(responses, language)])],
        "questions": [{**plain(q), "details": details(q, language)} for q in responses.questions],
    }
    if responses.events is not None:
        names = responses.events["event"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
        found["events"] = {str(name): int(n) for name, n in names.items()}
        found["users"] = int(responses.events["user"].nunique())
    return found


def excluded(responses: Responses) -> dict[str, int]:
    """How many people take no part, by reason."""
    reasons = responses.respondents["excluded"]
    return {str(k): int(v) for k, v in reasons[reasons.ne("")].value_counts().sort_index().items()}


def counted(what: str, counts: Mapping[str, int], language: Language) -> str:
    """Counts by reason or kind ("excluded", "masked") as people say them."""
    known = keys(AREA)
    return label(AREA, "comma", language).join(
        label(AREA, f"{what}-{key}", language, n=f"{n:,}") if f"{what}-{key}" in known else f"{key} {n:,}"
        for key, n in counts.items()
    )


def unread(responses: Responses, language: Language) -> str:
    """That no question of a survey is read as a comment, with those that could be one: choices among many and long options. Else empty."""
    if len(responses.comments) or not any(e.type == "survey" for e in responses.exports):
        return ""
    likely = [q for q in responses.questions if q.kind == "single" and q.role == "active" and len(q.options) >= _MANY_OPTIONS]
    likely.sort(key=lambda q: -sum(map(len, q.options)))
    texts = [q.text if len(q.text) <= _LONGEST_TEXT else f"{q.text[: _LONGEST_TEXT - 1]}…" for q in likely[:3]]
    named = label(AREA, "comma", language).join(label(AREA, "quoted", language, text=text) for text in texts)
    return label(AREA, "unread-likely" if likely else "unread", language, questions=named)


def lines(found: Mapping[str, Any], language: Language) -> Iterator[tuple[str, int]]:
    """What ``describe`` found, to read: (line, indent); an empty line stands between questions. Indent 0 heads what follows.
    Columns that take no part come last, together where the reason is the same."""

    def say(name: str, /, **values: object) -> str:
        return label(AREA, name, language, **values)

    where = [say(f"type-{found['type']}"), found["encoding"]]  # the platform is named by the rule below
    where += [say("sheet", name=found["sheet"])] if found["sheet"] else []
    where.append(say("header-rows", n=found["header_rows"]))
    comma = say("comma")
    yield say("file", source=found["source"], what=comma.join(w for w in where if w)), 0
    yield found["rule"], 2
    if "events" in found:
        names = comma.join(f"{name} ({n:,})" for name, n in list(found["events"].items())[:_MOST_EVENTS])
        yield say("events", events=f"{sum(found['events'].values()):,}", people=f"{found['users']:,}", names=names), 2
    else:
        spoken = say(f"language-{found['language']}")
        yield say("people", people=f"{found['respondents']:,}", comments=f"{found['comments']:,}", language=spoken), 2
    for what in ("excluded", "masked"):
        if found[what]:
            yield say(what, what=counted(what, found[what], language)), 2
    for note in found["notes"]:
        yield f"- {note}", 2
    shared = Counter(q["reason"] for q in found["questions"] if q["role"] == "meta")
    for q in found["questions"]:
        if shared[q["reason"]] > 1 and q["role"] == "meta":
            continue
        yield "", 0
        yield (
            say(
                "question",
                key=q["key"],
                kind=say(f"kind-{q['kind']}"),
                role=say(f"role-{_role(q, found['type'])}"),
                n=f"{q['n']:,}",
            ),
            0,
        )
        for line in (q["text"] if q["text"] != q["key"] else "", q["reason"], q["details"]):
            if line:
                yield line, 2
    for reason in (reason for reason, n in shared.items() if n > 1):
        yield "", 0
        yield say("apart", n=shared[reason]), 0
        yield reason, 2
        yield comma.join(_named(q) for q in found["questions"] if q["role"] == "meta" and q["reason"] == reason), 2


def _role(question: Mapping[str, Any], source: str) -> str:
    """The role, and of an active question what it is active in."""
    if question["role"] != "active":
        return str(question["role"])
    if source == "reviews":
        return "review"
    whole = question["kind"] == "rating" and not question.get("rows") and rates_the_whole(question["text"])
    return "outcome" if whole or question["kind"] == "nps" or question.get("overall_rating") else "active"


def _named(question: Mapping[str, Any]) -> str:
    """The key, and the words too where they are a question's."""
    key, text = question["key"], question["text"]
    return key if len(text) <= _LONGEST_NAME or text == key else f"{key} ({text})"


def details(question: Question, language: Language) -> str:
    """Options, rows and scale of a question in one short line."""
    parts: list[str] = []
    if question.rows:
        parts.append(label(AREA, "rows", language, n=len(question.rows)))
    if question.scale is not None:
        arrow = {"up": "↑", "down": "↓", "unknown": "?"}[question.scale.direction]
        parts.append(f"{question.scale.min:g}-{question.scale.max:g} {arrow}")
    if question.options:
        shown = label(AREA, "comma", language).join(o if len(o) <= 24 else f"{o[:23]}…" for o in question.options[:3])
        more = " …" if len(question.options) > 3 else ""
        parts.append(label(AREA, "options", language, n=len(question.options), names=shown + more))
    return label(AREA, "semicolon", language).join(parts)
