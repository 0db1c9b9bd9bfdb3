"""What people talk of at which of the six general stages: two small linear models over the words of the written corpus.

    python training/stages.py            cross-validated over industries, then written to research_kit/text/vocabulary/stages.npz

One model reads the clause, one the question that it answers; their logits add up. Only clauses with a stage take part. Words that fewer
than two clauses use are left out; weights are kept as half floats.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from research_kit.language import to_simplified
from research_kit.text.vocabulary.general import JOURNEY, TARGET
from research_kit.text.vocabulary.vectors import phrasing

CORPUS = Path(__file__).parent / "corpus"
STRENGTH = 3.0
BALANCE = 0.8
"""Power of the class weights: nearer to all stages alike than to the corpus's own shares."""
FOLDS = 8
Rows = dict[str, np.ndarray]


def clauses() -> Rows:
    """Every clause of the corpus that has a stage: its words, its question ("" for none), its stage, industry and language."""
    found = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            comment = json.loads(line)
            question = to_simplified(comment["question"] or "").lower()
            for clause in comment["clauses"]:
                if clause["stage"]:
                    said = to_simplified(clause["text"]).lower()
                    found.append((said, question, clause["stage"], comment["industry"], comment["language"]))
    columns = ("clause", "question", "stage", "industry", "language")
    return {name: np.array(values, dtype=object) for name, values in zip(columns, zip(*found, strict=True), strict=True)}


def fit(texts: np.ndarray, stages: np.ndarray) -> tuple[TfidfVectorizer, LogisticRegression]:
    """The vectorizer and the classifier of these texts; texts that are "" take no part."""
    texts, stages = texts[texts != ""], stages[texts != ""]
    vectorizer = TfidfVectorizer(analyzer=phrasing, min_df=2, sublinear_tf=True).fit(texts)
    weight = {stage: (len(stages) / max(1, int((stages == stage).sum()))) ** BALANCE for stage in JOURNEY}
    model = LogisticRegression(C=STRENGTH, class_weight=weight, max_iter=500)
    return vectorizer, model.fit(vectorizer.transform(texts), stages)


def logits(vectorizer: TfidfVectorizer, model: LogisticRegression, texts: np.ndarray) -> np.ndarray:
    """texts x stages in the order of JOURNEY; 0 where no word is known."""
    table = vectorizer.transform(texts)
    scores = model.decision_function(table)[:, [list(model.classes_).index(stage) for stage in JOURNEY]]
    scores[np.diff(table.indptr) == 0] = 0.0
    return np.asarray(scores)


def cross_validate(rows: Rows) -> None:
    """Print macro-F1 on industries left out, with and without a question."""
    total = np.zeros((len(rows["stage"]), len(JOURNEY)))
    for train, test in GroupKFold(FOLDS).split(total, rows["stage"], rows["industry"]):
        for part in ("clause", "question"):
            total[test] += logits(*fit(rows[part][train], rows["stage"][train]), rows[part][test])
    guessed = np.array(JOURNEY, dtype=object)[total.argmax(axis=1)]
    for language in ("en", "zh-Hant", "zh-Hans"):
        for asked in (True, False):
            mine = (rows["language"] == language) & ((rows["question"] != "") == asked)
            score = f1_score(rows["stage"][mine], guessed[mine], average="macro")
            print(f"{language:8} {'with' if asked else 'without'} a question: macro-F1 {score:.3f} ({int(mine.sum())} clauses)")


def main() -> None:
    rows = clauses()
    cross_validate(rows)
    stored = {}
    for part in ("clause", "question"):
        vectorizer, model = fit(rows[part], rows["stage"])
        order = [list(model.classes_).index(stage) for stage in JOURNEY]
        stored[f"{part}_words"] = np.array("\n".join(vectorizer.get_feature_names_out()))
        stored[f"{part}_idf"] = vectorizer.idf_.astype(np.float16)
        stored[f"{part}_weights"] = model.coef_[order].astype(np.float16)
        stored[f"{part}_bias"] = model.intercept_[order].astype(np.float32)
    np.savez_compressed(TARGET, **stored)
    print(f"{TARGET.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
