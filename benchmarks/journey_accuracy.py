"""How right themes, pains and stages are, on data that they never learned from, beside the usual ways to do without.

    RESEARCH_KIT_DATA=<folder> python benchmarks/journey_accuracy.py [--only themes,issues,patients,scripts,speed]

themes    notebook-ux against the analysts' keyword codes. Respondents pooled over a question's three fields; a theme matches a code when
          at least half of its respondents carry it. Precision: themes of the first thirty that match a code; recall: codes of five people
          or more that some theme matches; top 20: how many of the twenty most frequent codes. Rivals: 30 topics per question.
issues    app reviews with marked complaint spans. Overlap: F1 over the characters of predicted and marked spans; hits: F1 over spans, a
          hit being an overlap of half of the shorter one. Named: which of the issue names a found span gets, by the names alone.
patients  comments of patients at eight stages declared by a name and a line: macro-F1 over the eight, what is left unassigned.
scripts   the same comments in Traditional and Simplified characters: how often stage, touchpoint and channel agree.
speed     100,000 reviews to journey.json.

Corpus figures on industries left out are printed by ``training/stages.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_predict

import research_kit as rk
from research_kit import language, pipeline
from research_kit.records import Stage

ROOT = Path(os.environ.get("RESEARCH_KIT_DATA", ""))
REPOSITORY = Path(__file__).resolve().parent.parent
TOPICS = 30

# ---------------------------------------------------------------- themes

CODED = {
    "difficult_aspects": "make it difficult to use",
    "hinderances": "hinders you",
    "workflow_needs_not_addressed": "Notebook not address",
    "pleasant_aspects": "make it pleasant",
}


def codes(question: str) -> dict[str, set[int]]:
    """{the analysts' code: respondents (0-based, in order of the file)}"""
    file = ROOT / "surveys/jupyter-notebook-ux-2015/human-themes" / f"{question}_themes.csv"
    table = pd.read_csv(file, sep=";", dtype=str, keep_default_na=False, index_col=0)
    found: dict[str, set[int]] = {}
    for person, listed in table[f"{question}_keywords"].items():
        for code in re.findall(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^,(])+", listed):
            found.setdefault(code, set()).add(int(person))
    return found


def matched(themes: Mapping[str, set[int]], coded: Mapping[str, set[int]]) -> tuple[float, float, int]:
    """(precision of the first thirty themes, recall of codes of five people or more, how many of the twenty most frequent codes)"""
    first = sorted((t for t in themes if len(themes[t]) >= 3), key=lambda t: (-len(themes[t]), t))[:TOPICS]
    carried = {theme: {c for c in coded if len(themes[theme] & coded[c]) * 2 >= len(themes[theme])} for theme in first}
    reached = set().union(*carried.values()) if carried else set()
    frequent = [c for c in coded if len(coded[c]) >= 5]
    top = sorted(coded, key=lambda c: (-len(coded[c]), c))[:20]
    return (
        sum(bool(c) for c in carried.values()) / max(1, len(first)),
        sum(c in reached for c in frequent) / max(1, len(frequent)),
        sum(c in reached for c in top),
    )


def topics(answers: pd.DataFrame, model: Callable[[], NMF | LatentDirichletAllocation], table: type) -> dict[str, set[int]]:
    """Each answer in the topic that it has most of."""
    counts = table(stop_words="english", min_df=2).fit_transform(answers["text"])
    weights = model().fit_transform(counts)
    told = (counts.getnnz(axis=1) > 0) & (weights.max(axis=1) > 0)
    found: dict[str, set[int]] = {}
    for person, topic, known in zip(answers["person"], weights.argmax(axis=1), told, strict=True):
        if known:
            found.setdefault(f"topic {topic}", set()).add(int(person))
    return found


def themes() -> None:
    findings = rk.run(rk.Study.load(REPOSITORY / "sample_surveys/notebook-ux/study.toml"))
    mentions = findings.mentions.assign(person=findings.mentions["row"] - 2)
    comments = findings.responses.comments.assign(person=findings.responses.comments["row"] - 2)
    rows: dict[str, list[tuple[float, float, int]]] = {}
    for question, words in CODED.items():
        coded = codes(question)
        mine = mentions[mentions["question_text"].str.contains(words, regex=False) & mentions["theme"].notna()]
        answers = comments[comments["question_text"].str.contains(words, regex=False)]
        ways = {
            "research_kit": {str(k): set(v.tolist()) for k, v in mine.groupby("theme")["person"].unique().items()},
            "NMF on TF-IDF": topics(answers, lambda: NMF(TOPICS, random_state=0, max_iter=400), TfidfVectorizer),
            "LDA on TF-IDF": topics(answers, lambda: LatentDirichletAllocation(TOPICS, random_state=0), TfidfVectorizer),
            "LDA on counts": topics(answers, lambda: LatentDirichletAllocation(TOPICS, random_state=0), CountVectorizer),
        }
        for name, found in ways.items():
            rows.setdefault(name, []).append(matched(found, coded))
    print(f"{'themes':16} {'precision':>9} {'recall':>7} {'top 20':>7}   top 20 by question: {', '.join(CODED)}")
    for name, scores in rows.items():
        mean = np.mean(scores, axis=0)
        print(f"{name:16} {mean[0]:9.3f} {mean[1]:7.3f} {mean[2]:7.2f}   {[int(s[2]) for s in scores]}")


# ---------------------------------------------------------------- issues

COMPLAINT = re.compile(
    r"[^.!?\n]*\b(?:crash\w*|bug\w*|slow\w*|error\w*|freez\w*|broken|fail\w*|issue\w*|problem\w*|annoying|can't|cannot|won't|doesn't|"
    r"not work\w*|stopped|missing|lag\w*|glitch\w*|ads)\b[^.!?\n]*",
    re.IGNORECASE,
)
Span = tuple[int, int]


def overlaps(found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> tuple[float, float]:
    """(F1 over characters, F1 over spans)"""
    shared = of_found = of_gold = hits_found = hits_gold = 0
    for ours, theirs in zip(found, gold, strict=True):
        a = {i for start, end in ours for i in range(start, end)}
        b = {i for start, end in theirs for i in range(start, end)}
        shared, of_found, of_gold = shared + len(a & b), of_found + len(a), of_gold + len(b)
        hits_found += sum(any(_hit(x, y) for y in theirs) for x in ours)
        hits_gold += sum(any(_hit(x, y) for x in ours) for y in theirs)
    precision, recall = hits_found / max(1, sum(map(len, found))), hits_gold / max(1, sum(map(len, gold)))
    return 2 * shared / max(1, of_found + of_gold), 2 * precision * recall / max(1e-9, precision + recall)


def _hit(a: Span, b: Span) -> bool:
    return (min(a[1], b[1]) - max(a[0], b[0])) * 2 >= min(a[1] - a[0], b[1] - b[0]) > 0


def issues() -> None:
    file = ROOT / "labelled/app-issues/LABELLED_REVIEWS.jsonl"
    reviews = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [r["text"] for r in reviews]
    gold = [[(start, end) for start, end, _ in r["label"]] for r in reviews]
    mentions = rk.annotate(texts)
    pains: list[list[Span]] = [[] for _ in texts]
    negative: list[list[Span]] = [[] for _ in texts]
    for row in mentions.itertuples():
        if isinstance(row.pain, str):
            start = row.start + max(0, row.text.find(row.pain))
            pains[row.text_id].append((start, start + len(row.pain)))
        if row.sentiment == "negative":
            negative[row.text_id].append((row.start, row.end))
    words = [[m.span() for m in COMPLAINT.finditer(t)] for t in texts]
    print(f"\n{'issues':28} {'overlap F1':>10} {'span F1':>8}")
    for name, found in (("research_kit pains", pains), ("every negative clause", negative), ("complaint words", words)):
        print(f"{name:28} {overlaps(found, gold)[0]:10.3f} {overlaps(found, gold)[1]:8.3f}")
    _named([(t[a:b], name) for t, r in zip(texts, reviews, strict=True) for a, b, name in r["label"]])


def _named(spans: Sequence[tuple[str, str]]) -> None:
    names = sorted({name for _, name in spans})
    texts, gold = [t for t, _ in spans], [n for _, n in spans]
    said = rk.annotate(texts, stages=[Stage(n, {"en": n}) for n in names], unit="text")["stage"].fillna("").tolist()
    similar = nearest(texts, names, names)
    common = [max(names, key=gold.count)] * len(gold)
    for way, guessed in (("research_kit", said), ("TF-IDF to the names", similar), ("most frequent", common)):
        right = np.mean([a == b for a, b in zip(guessed, gold, strict=True)])
        print(f"named: {way:21} {right:10.3f} right, macro-F1 {f1_score(gold, guessed, labels=names, average='macro'):.3f}")


def nearest(texts: Sequence[str], keys: Sequence[str], descriptions: Sequence[str]) -> list[str]:
    """The key whose description has most TF-IDF similarity, "" for none."""
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit([*texts, *descriptions])
    likeness = (vectorizer.transform(texts) @ vectorizer.transform(descriptions).T).toarray()
    return [keys[row.argmax()] if row.max() > 0 else "" for row in likeness]


# ---------------------------------------------------------------- patients

DECLARED = {
    "access": ("Access", "Getting to the service: location, transport, parking and which services are provided", "al ap ep"),
    "waiting": ("Waiting", "Time spent waiting for an appointment or between appointments", "wa wb"),
    "information": ("Information", "Information, advice and communication", "mi mm cs"),
    "staff": ("Staff", "Attitude, professionalism and listening of staff", "sa ss sp ml"),
    "treatment": ("Treatment", "Physical and emotional care, medication and therapies received", "cp cm ct cc ce"),
    "food": ("Food", "Food and drink", "ef"),
    "facilities": ("Facilities", "Environment, equipment and cleanliness", "ee eq ec"),
    "discharge": ("Discharge", "Discharge, transition, continuity and coordination of care", "tx tt tc ti"),
}


def patients() -> None:
    table = pd.read_csv(ROOT / "labelled/nhs-comments/text_data.csv")
    stage_of = {code: stage for stage, (_, _, listed) in DECLARED.items() for code in listed.split()}
    table = table.assign(stage=table["code"].map(stage_of)).dropna(subset=["stage", "feedback"])
    texts, gold, keys = table["feedback"].tolist(), table["stage"].tolist(), list(DECLARED)
    declared = [Stage(key, {"en": name}, line) for key, (name, line, _) in DECLARED.items()]
    ours = rk.annotate(texts, stages=declared, unit="text")["stage"].fillna("").tolist()
    similar = nearest(texts, keys, [f"{name} {line}" for name, line, _ in DECLARED.values()])
    counts = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit_transform(texts)
    taught = cross_val_predict(LogisticRegression(C=4, class_weight="balanced", max_iter=500), counts, gold, cv=5).tolist()
    print(f"\n{'patients':24} {'macro-F1':>8} {'assigned':>9}")
    for name, guessed in (("research_kit", ours), ("TF-IDF to description", similar), ("supervised (5 folds)", taught)):
        score = f1_score(gold, guessed, labels=keys, average="macro")
        print(f"{name:24} {score:8.3f} {np.mean([g != '' for g in guessed]):9.3f}")
    each = f1_score(gold, ours, labels=keys, average=None)
    print("research_kit by stage: " + ", ".join(f"{key} {score:.2f}" for key, score in zip(keys, each, strict=True)))


# ---------------------------------------------------------------- scripts, speed


def scripts() -> None:
    lines = (
        line
        for path in sorted((REPOSITORY / "training/corpus").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    comments = [c for c in map(json.loads, lines) if c["language"] == "zh-Hant"][:1500]
    traditional = rk.annotate([c["text"] for c in comments], unit="text")
    simplified = rk.annotate([language.to_simplified(c["text"]) for c in comments], unit="text")
    same = {
        c: float((traditional[c].fillna("") == simplified[c].fillna("")).mean())
        for c in ("stage", "touchpoint", "channel", "kind")
    }
    print(f"\nscripts: {len(comments)} comments, the same in both scripts: " + ", ".join(f"{c} {v:.3f}" for c, v in same.items()))


def speed() -> None:
    reviews = pd.read_csv(ROOT / "reviews/womens-clothing.csv")
    column = next(c for c in reviews.columns if "review text" in c.lower())
    reviews = reviews.dropna(subset=[column])
    many = pd.concat([reviews] * 6, ignore_index=True).head(100_000)
    # Different texts: repeated ones are read once and would flatter.
    many[column] = [f"{text} ({i})" for i, text in enumerate(many[column].tolist())]
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / "research-kit-speed"
    folder.mkdir(exist_ok=True)
    many.to_csv(folder / "reviews.csv", index=False)
    start = time.perf_counter()
    findings = pipeline.run(rk.Study.from_files([folder / "reviews.csv"]))
    out = json.dumps(findings.journey.to_dict(), ensure_ascii=False)
    seconds, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nspeed: {len(many):,} reviews, {len(findings.mentions):,} clauses, journey.json of {len(out) / 1e6:.1f} MB: {seconds:.1f} s, {peak:.0f} MB"
    )
    print("       " + ", ".join(f"{step} {took:.1f} s" for step, took in findings.timings.items()))


PARTS: dict[str, Callable[[], None]] = {
    "themes": themes,
    "issues": issues,
    "patients": patients,
    "scripts": scripts,
    "speed": speed,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="comma-separated parts")
    for part in parser.parse_args().only.split(","):
        PARTS[part]()


if __name__ == "__main__":
    main()
