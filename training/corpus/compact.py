"""Turns hand-written compact comment files (`*.txt`) into the corpus's JSON lines, and refuses what the guideline does not allow.

    python training/corpus/compact.py training/corpus/k-hant.txt [more.txt ...]

The first line gives the first id, `# first k-0001`; other lines that begin with `#` are remarks. One comment per line:

    language|industry|source|question|rating|CLAUSE {labels} CLAUSE {labels}|sentiment|valence

- language: t (zh-Hant), c (zh-Hans), e (en); source: s (survey), r (review); `-` for no question and no rating. Industries get
  the name that industries.toml has for them.
- labels: `+.5 satisfaction delight use touchpoint channel pain`. The sign is the clause's sentiment (`+`, `-`, `0`), the number its
  valence (`0`, `0+.2` and `0-.1` are neutral ones). Emotion, kind, stage and channel may be cut to any unambiguous beginning
  (`sat d u`); `a` is awareness, `v` advocacy, `ip` in-person. `_` in a touchpoint or pain phrase is a blank; `-` is null, and so is
  what is left out at the end.
- The last two fields may be left out or be `-`: the sentiment then follows from the clauses (both poles: mixed), the valence is the
  mean of the clauses that judge, the last one counted twice.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from unify import names

EMOTIONS = [
    *["joy", "satisfaction", "excitement", "curiosity", "trust", "hope", "pride", "relief", "gratitude", "surprise"],
    *[
        "confusion",
        "anxiety",
        "frustration",
        "anger",
        "disappointment",
        "hesitation",
        "impatience",
        "overwhelm",
        "boredom",
        "sadness",
    ],
    "neutral",
]
KINDS = ["pain", "delight", "wish", "statement"]
STAGES = ["awareness", "consideration", "purchase", "use", "retention", "advocacy"]
CHANNELS = ["app", "web", "store", "phone", "email", "chat", "social", "delivery", "in-person", "sms", "mail"]
SENTIMENTS = ["positive", "negative", "mixed", "neutral"]
LANGUAGES = {"t": "zh-Hant", "c": "zh-Hans", "e": "en"}
SOURCES = {"s": "survey", "r": "review"}
SIGNS = {"+": "positive", "-": "negative", "0": "neutral"}
SHORT = {"a": "awareness", "v": "advocacy", "ip": "in-person"}
CLAUSE = re.compile(r"([^{}]+)\{([^{}]+)\}")
Row = dict[str, Any]
POLARITY = re.compile(r"([+\-])((?:1|0?\.\d+))|(0)([+\-]0?\.\d+)?")


class RefusedError(ValueError):
    """A line that does not keep to the format or the guideline."""


def one_of(value: str, allowed: list[str]) -> str | None:
    """The allowed value that `value` begins, None for `-`; refuses unknown and ambiguous ones."""
    if value == "-":
        return None
    value = SHORT.get(value, value)
    found = [value] if value in allowed else [name for name in allowed if name.startswith(value)]
    if len(found) != 1:
        raise RefusedError(f"'{value}' is not one of {', '.join(allowed)}")
    return found[0]


def required(value: str, allowed: list[str]) -> str:
    """As `one_of`, but refuses `-` too."""
    found = one_of(value, allowed)
    if found is None:
        raise RefusedError(f"one of {', '.join(allowed)} is needed")
    return found


def phrase(value: str) -> str | None:
    """A touchpoint or pain phrase: `_` is a blank, `-` is null."""
    return None if value == "-" else value.replace("_", " ")


def polarity(value: str) -> tuple[str, float]:
    """Sentiment and valence of a label such as `-.4` or `0+.2`."""
    match = POLARITY.fullmatch(value)
    if match is None:
        raise RefusedError(f"'{value}' is no polarity")
    if match[3]:
        valence = float(match[4] or 0)
        if abs(valence) > 0.3:
            raise RefusedError(f"a neutral clause cannot have valence {valence}")
        return "neutral", valence
    return SIGNS[match[1]], float(match[1] + match[2])


def clause(text: str, labels: str) -> Row:
    """One labelled clause in the guideline's shape."""
    parts = labels.split()
    if not 4 <= len(parts) <= 7:
        raise RefusedError(f"'{labels}' has {len(parts)} labels; 4 to 7 are allowed")
    sign, emotion, kind, stage, touchpoint, channel, pain = parts + ["-"] * (7 - len(parts))
    sentiment, valence = polarity(sign)
    kind = required(kind, KINDS)
    if (kind == "pain" and sentiment != "negative") or (kind == "delight" and sentiment != "positive"):
        raise RefusedError(f"'{text.strip()}' is a {kind} but {sentiment}")
    if (kind == "pain") != (pain != "-"):
        raise RefusedError(f"'{text.strip()}': a pain clause, and no other, has a pain phrase")
    return {
        "text": text.strip(" _"),
        "sentiment": sentiment,
        "valence": valence,
        "emotion": required(emotion, EMOTIONS),
        "kind": kind,
        "stage": one_of(stage, STAGES),
        "touchpoint": phrase(touchpoint),
        "channel": one_of(channel, CHANNELS),
        "pain": phrase(pain),
    }


def overall(clauses: list[Row], sentiment: str, valence: str) -> tuple[str, float]:
    """Sentiment and valence of the whole comment: as written, else from the clauses."""
    poles = {part["sentiment"] for part in clauses} - {"neutral"}
    derived = "mixed" if len(poles) == 2 else poles.pop() if poles else "neutral"
    judging = [part["valence"] for part in clauses if derived == "neutral" or part["sentiment"] != "neutral"]
    mean = (sum(judging) + judging[-1]) / (len(judging) + 1)
    return (
        derived if sentiment == "-" else required(sentiment, SENTIMENTS),
        round(mean, 2) if valence == "-" else float(valence),
    )


def comment(line: str, identity: str) -> Row:
    """One comment in the guideline's shape, from one compact line."""
    fields = line.split("|")
    if not 6 <= len(fields) <= 8:
        raise RefusedError(f"{len(fields)} fields; 6 to 8 are allowed")
    language, industry, source, question, rating, body, sentiment, valence = fields + ["-"] * (8 - len(fields))
    if CLAUSE.sub("", body).strip():
        raise RefusedError(f"text outside a labelled clause: '{CLAUSE.sub('', body)}'")
    if language not in LANGUAGES or source not in SOURCES or rating not in {"-", "1", "2", "3", "4", "5"}:
        raise RefusedError(f"'{language}|...|{source}|...|{rating}' is not allowed")
    clauses = [clause(text, labels) for text, labels in CLAUSE.findall(body)]
    sentiment, number = overall(clauses, sentiment, valence)
    # A blank before a label and one before the next clause belong to the layout in Chinese (`_` is a blank of the text), and to the text in English.
    joined = "".join(text if language == "e" else text.strip().replace("_", " ") for text, _ in CLAUSE.findall(body))
    return {
        "id": identity,
        "industry": industry,
        "language": LANGUAGES[language],
        "source": SOURCES[source],
        "question": None if question == "-" else question,
        "rating": None if rating == "-" else int(rating),
        "text": re.sub(" +", " ", joined).strip(),
        "sentiment": sentiment,
        "valence": number,
        "clauses": clauses,
    }


def check(row: Row) -> None:
    """Refuses a comment whose parts contradict one another."""
    place = 0
    for part in row["clauses"]:
        place = row["text"].find(part["text"], place)
        if place < 0:
            raise RefusedError(f"clause '{part['text']}' is not in the text")
        place += len(part["text"])
    if (row["valence"] > 0.3 and row["sentiment"] == "negative") or (row["valence"] < -0.3 and row["sentiment"] == "positive"):
        raise RefusedError(f"{row['sentiment']} with valence {row['valence']}")
    if row["rating"] is not None and abs(row["valence"] - (row["rating"] - 3) / 2) > 0.8:
        raise RefusedError(f"rating {row['rating']} does not fit valence {row['valence']}")


def convert(path: Path, seen: set[tuple[str, str | None]], industries: dict[str, str]) -> tuple[list[Row], list[str]]:
    """The comments of one compact file and its problems, one sentence each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    letter, first = re.fullmatch(r"# first ([a-z]+)-(\d+)", lines[0]).groups()  # type: ignore[union-attr]
    rows: list[Row] = []
    problems: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            row = comment(line, f"{letter}-{int(first) + len(rows):04d}")
            check(row)
            row["industry"] = industries.get(row["industry"], row["industry"])
            if (row["text"], row["question"]) in seen:
                raise RefusedError("occurs already")
            seen.add((row["text"], row["question"]))
            rows.append(row)
        except RefusedError as problem:
            problems.append(f"{path.name}:{number}: {problem} -- {line[:80]}")
    return rows, problems


def main() -> int:
    """Writes `x.jsonl` beside every `x.txt` given, unless a line is refused."""
    paths = [Path(name) for name in sys.argv[1:]]
    made = {path.with_suffix(".jsonl").resolve() for path in paths}
    others = [path for path in sorted(Path(__file__).parent.glob("*.jsonl")) if path.resolve() not in made]
    known = [json.loads(line) for path in others for line in path.read_text(encoding="utf-8").splitlines()]
    seen = {(row["text"], row["question"]) for row in known}
    failed = False
    for path in paths:
        rows, problems = convert(path, seen, names())
        print(*problems, f"{path.name}: {len(rows)} comments", sep="\n")
        failed |= bool(problems)
        if not problems:
            path.with_suffix(".jsonl").write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
