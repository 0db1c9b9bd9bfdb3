# ruff: noqa: E501 (patterns of industries)
"""What the weights are learned from: the written corpus, and real data whose licence lets weights be shipped.

    corpus            training/corpus/*.jsonl, written for this project
    goemotions        CC BY 4.0 (Demszky et al. 2020)
    skytrax           CC0: seat and lounge reviews with stars
    womens-clothing   CC0: clothing reviews with stars

Of the rated reviews only those take part whose text falls into the teaching half (``teaches``): the other half stays unseen, so that
benchmarks/text_accuracy.py can measure on it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import framing
from research_kit.text.signs import lexicon

HERE = Path(__file__).parent
CLASSES = {"negative": 0, "neutral": 1, "mixed": 1, "positive": 2}
GO_POSITIVE = "admiration amusement approval caring desire excitement gratitude joy love optimism pride relief".split()
GO_NEGATIVE = "anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness".split()
SAME_INDUSTRY = (
    ("telecom", r"telecom|internet|mobile plan"), ("parcel", r"courier|parcel|moving"), ("bank", r"bank|credit card|invest"), ("insurance", r"insur"),
    ("travel", r"airline|airport|travel|tour|hotel|hostel|train|metro|transport|taxi|ride|scooter|car "), ("food", r"restaurant|cafe|tea|bakery|food|night market|convenience|supermarket|grocer"),
    ("electronics", r"electronic|phone|appliance"), ("health", r"health|clinic|hospital|dental|vet|pet|patient|optic|pharm"), ("games", r"game"), ("fitness", r"fitness|gym|sport"),
    ("education", r"kindergarten|training|language|school|course|educat|universit|tutor"), ("public", r"tax|government|public|library|utilit"), ("leisure", r"cinema|museum|concert|music|streaming|news|podcast"),
    ("shop", r"commerce|marketplace|book|toy|cosmetic|cloth|fashion|shop|retail"), ("app", r"app|software|developer|tool|saas"),
)  # fmt: skip


def data_folder() -> Path:
    """Where the measuring data lie (environment variable RESEARCH_KIT_DATA)."""
    folder = os.environ.get("RESEARCH_KIT_DATA", "")
    if not folder or not Path(folder).is_dir():
        sys.exit("Set RESEARCH_KIT_DATA to the folder with labelled/goemotions, reviews/skytrax and reviews/womens-clothing.csv.")
    return Path(folder)


def teaches(text: str) -> bool:
    """Whether a rated review belongs to the half that may be learned from."""
    return zlib.crc32(text.encode()) % 2 == 0


def industry(name: str) -> str:
    """Industry names of the corpus, unified: left out together."""
    for key, pattern in SAME_INDUSTRY:
        if re.search(pattern, name.lower()):
            return key
    return name.lower()


def corpus() -> pd.DataFrame:
    """The written corpus, one row per clause and one per comment of several clauses."""
    rows = []
    for path in sorted((HERE / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            comment = json.loads(line)
            clauses, asked = comment["clauses"], framing.detect(comment["question"])
            if asked in ("positive", "negative") and framing.bare([comment["text"]])[0]:
                continue  # "Nothing" and "all good": a rule says what they mean (assemble.BARE), and they would teach of all short answers
            common = {
                "path": "en" if comment["language"] == "en" else "zh", "asked": asked, "language": comment["language"],
                "group": industry(comment["industry"]), "file": path.stem, "weight": 1.0,
            }  # fmt: skip
            for clause in clauses:
                alone = len(clauses) == 1
                rows.append(
                    {
                        "text": clause["text"], "unit": "both" if alone else "clause", "sentiment": CLASSES[clause["sentiment"]], "valence": clause["valence"],
                        "emotion": EMOTIONS.index(clause["emotion"]), "kind": MENTION_KINDS.index(clause["kind"]), **common,
                    }
                )  # fmt: skip
            if len(clauses) > 1:
                rows.append(
                    {
                        "text": comment["text"],
                        "unit": "text",
                        "sentiment": CLASSES[comment["sentiment"]],
                        "valence": comment["valence"],
                        "emotion": -1,
                        "kind": -1,
                        **common,
                    }
                )
    return pd.DataFrame(rows)


def goemotions(part: str = "train") -> tuple[pd.DataFrame, np.ndarray, tuple[str, ...]]:
    """GoEmotions: rows with a sentiment where the labels agree on one (else -1), the labels as 0/1, and their names."""
    folder = data_folder() / "labelled" / "goemotions"
    names = tuple((folder / "labels.txt").read_text().split())
    lines = [line.split("\t") for line in (folder / f"{part}.tsv").read_text(encoding="utf-8").splitlines()]
    flags = np.zeros((len(lines), len(names)), np.int8)
    for i, line in enumerate(lines):
        flags[i, [int(n) for n in line[1].split(",")]] = 1
    good = flags[:, [names.index(n) for n in GO_POSITIVE]].any(axis=1)
    bad = flags[:, [names.index(n) for n in GO_NEGATIVE]].any(axis=1)
    calm = flags[:, names.index("neutral")] == 1
    sentiment = np.where(good & ~bad & ~calm, 2, np.where(bad & ~good & ~calm, 0, np.where(calm & ~good & ~bad, 1, -1)))
    frame = pd.DataFrame({"text": [line[0] for line in lines], "unit": "clause", "sentiment": sentiment})
    return _filled(frame, "goemotions", 0.25), flags, names


def rated() -> pd.DataFrame:
    """Rated reviews of the teaching half: airline seats and lounges by whether they are recommended and how they are rated (the lounges'
    overall rating mixes scales of five and ten), clothing by its stars; of clothing as many of each class."""
    folder = data_folder() / "reviews"
    parts = []
    for name in ("seat", "lounge"):
        table = pd.read_csv(folder / "skytrax" / f"{name}.csv")[["content", "overall_rating", "recommended"]].dropna()
        stars = (
            table["overall_rating"].where(table["overall_rating"] > 5, table["overall_rating"] * 2)
            if name == "lounge"
            else table["overall_rating"]
        )
        sentiment = np.where(
            table["recommended"].eq(0) & (stars <= 4), 0, np.where(table["recommended"].eq(1) & (stars >= 7), 2, 1)
        )
        parts.append(
            _filled(pd.DataFrame({"text": table["content"].astype(str), "unit": "text", "sentiment": sentiment}), "skytrax", 0.7)
        )
    table = pd.read_csv(folder / "womens-clothing.csv")[["Review Text", "Rating"]].dropna()
    frame = pd.DataFrame(
        {"text": table["Review Text"].astype(str), "unit": "text", "sentiment": np.digitize(table["Rating"], [3, 4])}
    )
    frame = frame[[teaches(text) for text in frame["text"]]]
    chosen = frame.groupby("sentiment", group_keys=False)[["text", "unit", "sentiment"]].apply(lambda g: g.head(1200))
    parts.append(_filled(chosen.sort_index(), "womens-clothing", 0.7))
    rows = pd.concat(parts, ignore_index=True)
    return rows[[teaches(text) for text in rows["text"]]].reset_index(drop=True)


def plain(path: str) -> pd.DataFrame:
    """The explicit words of the written lexicon as one-word comments: the corpus leans to wit and says few of them outright."""
    lexical = lexicon.load(path)
    value = lexical.value
    rows = [(form, 2 if v > 0 else 0) for form, v in zip(lexical.forms, value, strict=True) if abs(v) >= 0.3]
    rows += [(form, 1) for form, v in zip(lexical.forms, value, strict=True) if abs(v) < 0.13]
    if path == "zh":  # no open real reviews teach how plain Chinese praise and blame add up
        rows += _lists(
            [f for f, v in zip(lexical.forms, value, strict=True) if v >= 0.3],
            [f for f, v in zip(lexical.forms, value, strict=True) if v <= -0.2],
        )
    frame = pd.DataFrame(rows, columns=["text", "sentiment"]).assign(unit="word")
    return _filled(frame, "plain", 2.0 if path == "zh" else 1.0).assign(path=path, language=path)


def _lists(good: list[str], bad: list[str], many: int = 3000) -> list[tuple[str, int]]:
    """Lists of three to eight explicit words, mostly of one kind."""
    draw = np.random.default_rng(0)
    rows = []
    for _ in range(many):
        praise, share = bool(draw.integers(2)), draw.choice([1, 0.85, 0.7])
        kinds = [(draw.random() < share) == praise for _ in range(int(draw.integers(3, 9)))]
        words = [good[draw.integers(len(good))] if kind else bad[draw.integers(len(bad))] for kind in kinds]
        rows.append((", ".join(words), 2 if praise else 0))
    return rows


def _filled(frame: pd.DataFrame, group: str, weight: float) -> pd.DataFrame:
    return frame.assign(
        valence=np.nan, emotion=-1, kind=-1, path="en", asked="", language="en", group=group, file=group, weight=weight
    )
