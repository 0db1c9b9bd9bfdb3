"""How right the text stage is on real clauses labelled by hand, and whether the two Chinese scripts are judged alike.

    RESEARCH_KIT_DATA=<folder> python benchmarks/gold_clauses.py [--only gold,pairs] [--show 20]

Gold: benchmarks/gold (README there: how drawn, how labelled, what it is not). Without RESEARCH_KIT_DATA only the clauses whose text
may be stored are scored. Sentiment, three classes: mixed counts as neutral; "not assessed" is wrong in the first figure and neutral in
the second (lexicons say 0 for what they do not know, which is counted as neutral). TextBlob and VADER: neutral within .05 of 0; SnowNLP:
within .2, and given zh-Hant in Simplified. Emotion: over those that the gold of that language holds, macro-F1; nobody else has them.
Pairs: the share judged alike; `missing` equals `missing`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from opencc import OpenCC
from sklearn.metrics import f1_score

import research_kit as rk

HERE = Path(__file__).parent
SENTIMENTS = ["negative", "neutral", "positive"]
COMPARED = ["sentiment", "emotion", "kind"]


def textblob(texts: Sequence[str]) -> np.ndarray:
    from textblob import TextBlob

    return _classes([TextBlob(text).sentiment.polarity for text in texts], 0.05)


def vader(texts: Sequence[str]) -> np.ndarray:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return _classes([analyser.polarity_scores(text)["compound"] for text in texts], 0.05)


def snownlp(texts: Sequence[str]) -> np.ndarray:
    from snownlp import SnowNLP

    simplified = OpenCC("t2s")
    return _classes([2 * SnowNLP(simplified.convert(text)).sentiments - 1 for text in texts], 0.2)


PEERS: dict[str, dict[str, Callable[[Sequence[str]], np.ndarray]]] = {
    "en": {"TextBlob": textblob, "VADER": vader},
    "zh-Hans": {"SnowNLP": snownlp},
    "zh-Hant": {"SnowNLP": snownlp},
}


def _classes(scores: Sequence[float], edge: float) -> np.ndarray:
    values = np.asarray(scores, dtype=float)
    return np.where(values > edge, "positive", np.where(values < -edge, "negative", "neutral")).astype(object)


def gold() -> pd.DataFrame:
    """The labels with text and question of every clause that is at hand."""
    frame = pd.read_csv(HERE / "gold" / "labels.csv", dtype=str, keep_default_na=False)
    if not os.environ.get("RESEARCH_KIT_DATA"):
        print("(RESEARCH_KIT_DATA is not set: only the clauses whose text is stored)", file=sys.stderr)
        return frame[frame["text"].ne("")].reset_index(drop=True)
    from gold import draw

    found = [draw.text_of(i, flag == "True") for i, flag in zip(frame["id"], frame["converted"], strict=True)]
    rated = frame["dataset"].isin(["skytrax", "womens-clothing"])  # training/samples.py teaches the even half of these
    taught = [zlib.crc32(draw.comment_of(i).encode()) % 2 == 0 for i in frame["id"]]
    return frame.assign(text=[text for text, _ in found], question=[asked for _, asked in found], taught=rated & np.array(taught))


def judged(texts: Sequence[str], questions: Sequence[str] | None = None) -> pd.DataFrame:
    asked = None if questions is None else [question or None for question in questions]
    return rk.annotate(list(texts), questions=asked, unit="text")


def plain(values: pd.Series) -> np.ndarray:
    """Labels as text: mixed is neutral, missing is the word `missing`."""
    return values.astype(object).where(values.notna(), "missing").replace("mixed", "neutral").to_numpy(object)


def scores(right: np.ndarray, guess: np.ndarray, labels: Sequence[str]) -> dict[str, float]:
    f1 = f1_score(list(right), list(guess), labels=list(labels), average="macro", zero_division=0)
    return {"accuracy": float((right == guess).mean()), "macro-F1": float(f1)}


def confusion(right: np.ndarray, guess: np.ndarray) -> str:
    return pd.crosstab(pd.Series(right, name="gold"), pd.Series(guess, name="research_kit")).to_string()


def sentiment_rows(language: str, part: pd.DataFrame, mine: np.ndarray) -> pd.DataFrame:
    right = part["sentiment"].to_numpy(object)
    guesses = {"majority": np.full(len(right), part["sentiment"].mode()[0], dtype=object)}
    for name, peer in PEERS[language].items():
        try:
            guesses[name] = peer(part["text"].tolist())
        except ImportError:
            print(f"({name} is not installed: left out)", file=sys.stderr)
    guesses["research_kit"] = mine
    guesses["research_kit, not assessed = neutral"] = np.where(mine == "missing", "neutral", mine).astype(object)
    guesses["research_kit, no question"] = plain(judged(part["text"].tolist())["sentiment"])
    guesses["second pass of the annotator"] = part["sentiment_2"].to_numpy(object)
    return pd.DataFrame({name: scores(right, guess, SENTIMENTS) for name, guess in guesses.items()}).T


def show_language(title: str, language: str, part: pd.DataFrame, wrong: int) -> None:
    frame = judged(part["text"].tolist(), part["question"].tolist())
    mine = plain(frame["sentiment"])
    print(f"\n## {title}: {len(part)} clauses, {part['dataset'].nunique()} data sets\n")
    print(sentiment_rows(language, part, mine).round(3).to_string())
    if "taught" in part and part["taught"].any():
        unseen = ~part["taught"].to_numpy(bool)
        figures = scores(part["sentiment"].to_numpy(object)[unseen], mine[unseen], SENTIMENTS)
        print(
            f"without the {(~unseen).sum()} whose review may have been learned from:",
            {k: round(v, 3) for k, v in figures.items()},
        )
    print("\n" + confusion(part["sentiment"].to_numpy(object), mine))
    for column in ("emotion", "kind"):
        right, guess = part[column].to_numpy(object), plain(frame[column])
        most = np.full(len(right), part[column].mode()[0], dtype=object)
        labels = sorted(set(right))
        rows = {"majority": scores(right, most, labels), "research_kit": scores(right, guess, labels)}
        if column == "emotion":
            feels = right != "neutral"
            rows["research_kit, clauses with an emotion"] = scores(right[feels], guess[feels], sorted(set(right[feels])))
        print(
            f"\n{column}: {len(labels)} in the gold\n"
            + pd.DataFrame(rows).T.round(3).to_string()
            + "\n"
            + confusion(right, guess)
        )
    for position in np.flatnonzero(part["sentiment"].to_numpy(object) != mine)[:wrong]:
        row = part.iloc[position]
        print(f"   {row['sentiment']} -> {mine[position]}: {row['question'][:30]} | {row['text'][:100]!r}")


def alike(title: str, pairs: Sequence[tuple[str, str]], wrong: int) -> None:
    traditional, simplified = judged([a for a, _ in pairs]), judged([b for _, b in pairs])
    same = {column: plain(traditional[column]) == plain(simplified[column]) for column in COMPARED}
    every = np.logical_and.reduce(list(same.values()))
    shares = {**{column: values.mean() for column, values in same.items()}, "all three": every.mean()}
    print(f"\n## {title}: {len(pairs)} pairs judged alike\n" + pd.Series(shares).round(3).to_string())
    for position in np.flatnonzero(~every)[:wrong]:
        said = [[str(frame.iloc[position][column]) for column in COMPARED] for frame in (traditional, simplified)]
        print(f"   {pairs[position][0]} {said[0]} | {pairs[position][1]} {said[1]}")


def written_pairs() -> list[tuple[str, str]]:
    lines = (HERE.parent / "tests/cases/text/pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


def converted_pairs(wanted: int = 1200) -> list[tuple[str, str]]:
    """zh-Hant comments of the written corpus beside the same in Simplified characters, word by word as they were."""
    files = sorted((HERE.parent / "training/corpus").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = sorted({row["text"] for row in rows if row["language"] == "zh-Hant"})
    random.Random(5).shuffle(texts)
    converter = OpenCC("t2s")
    return [(text, converter.convert(text)) for text in texts[:wanted]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="gold,pairs")
    parser.add_argument("--show", type=int, default=0, help="how many wrong ones to print of each kind")
    options = parser.parse_args()
    if "gold" in options.only:
        frame = gold()
        for (language, converted), part in frame.groupby(["language", "converted"], sort=True):
            name = f"{language}, {'converted' if converted == 'True' else 'as written'}"
            show_language(name, language, part.reset_index(drop=True), options.show)
    if "pairs" in options.only:
        alike("Written by hand, Taiwan and Mainland words", written_pairs(), options.show)
        alike("Character by character (OpenCC t2s)", converted_pairs(), options.show)


if __name__ == "__main__":
    main()
