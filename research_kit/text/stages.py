"""Which stage of the journey a clause speaks of, decided in one place and in one order, and the reason recorded.

    study        the study fixes it (the clause belongs to a theme that the study pins to a stage)
    question     the study ties the question to a stage
    clause       the clause itself, by the words of the stages
    comment      the rest of the same comment
    unassigned   nothing says so: the stage is missing

The words of a stage come from its names, description and keywords in any language; from the common stages and concepts that these
betray (``vocabulary``); and from the study's own comments: words that go with the sure cases, learned once (self-training, after
Yarowsky 1995). ``research_kit/text/vocabulary/stages.npz`` adds what a written corpus knows of the six general stages, where a
study's stages are those.

Expects mentions with ``text_id``, ``normal`` and, where there is one, ``question_stage`` and ``study_stage``; both are stage keys or
missing or "".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit import language as languages
from research_kit.records import Language, Stage
from research_kit.text.vocabulary import knowledge, stopwords, vectors
from research_kit.text.vocabulary.words import Finder, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWN, LINKED, RELATED = 3.0, 1.0, 0.5
"""Weight of a stage's own names and keywords, of the words of the common stage that it is, and of concepts that it speaks of."""
SURE = 2.0
"""Score from which a clause may teach."""
LEARNED_SHARE = 0.55
"""Probability from which a learned guess counts."""
MIN_SURE = 20


@dataclass(frozen=True)
class StageModel:
    """The stages of a study and the words that betray them."""

    keys: tuple[str, ...]
    finder: Finder
    weights: Mapping[str, np.ndarray]
    """{id of a word list: weight per stage}."""
    vectorizer: Any = None
    classifier: Any = None

    @classmethod
    def learn(cls, mentions: pd.DataFrame, stages: Sequence[Stage], language: Language) -> StageModel:
        """Gather the words of the stages, then widen them by what the sure cases among these mentions say besides.

        ``language`` is the output language of the study: descriptions may be in any. Learns nothing where fewer than 20 cases in two
        stages are sure.
        """
        del language  # names and descriptions say themselves which language they are in
        finder, weights = _vocabulary(stages)
        plain = cls(tuple(s.key for s in stages), finder, weights)
        return plain._widened(mentions)

    def _widened(self, mentions: pd.DataFrame) -> StageModel:
        from sklearn.linear_model import LogisticRegression

        if not len(mentions) or len(self.keys) < 2:
            return self
        texts = mentions["normal"].astype(str).tolist()
        scores = self.scores(texts)
        best, sure = _winner(scores, at_least=SURE, margin=1.5)
        tied = _codes(mentions.get("question_stage"), self.keys, len(mentions))
        labels = np.where(tied >= 0, tied, np.where(sure, best, -1))
        teaching = np.flatnonzero(labels >= 0)
        if len(teaching) < MIN_SURE or len(set(labels[teaching].tolist())) < 2:
            return self
        vectorizer = vectors.vectorizer([texts[i] for i in teaching], min_df=2, max_features=20_000)
        table = vectorizer.transform([texts[i] for i in teaching])
        classifier = LogisticRegression(C=3.0, class_weight="balanced", max_iter=300).fit(table, labels[teaching])
        return StageModel(self.keys, self.finder, self.weights, vectorizer, classifier)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """How much each normalised text speaks of each stage by its words: texts x stages."""
        scores = np.zeros((len(texts), len(self.keys)))
        for row, text in enumerate(texts):
            for key, length in dict.fromkeys(self.finder.find(text)):
                scores[row] += self.weights[key] * (1 + 0.25 * (length - 1))
        return scores

    def guess(self, texts: Sequence[str]) -> np.ndarray:
        """The stage of each text by itself: position in ``keys``, or -1."""
        scores = self.scores(texts)
        if self.classifier is not None and len(texts):
            learned = np.zeros_like(scores)
            table = self.vectorizer.transform(texts)
            learned[:, self.classifier.classes_.astype(int)] = self.classifier.predict_proba(table)
            learned[np.diff(table.indptr) == 0] = 0.0
            total = scores.sum(axis=1, keepdims=True)
            by_words = np.divide(scores, total, out=np.zeros_like(scores), where=total > 0)
            together = by_words * (total > 0) + learned
            best = together.argmax(axis=1)
            known = (total[:, 0] >= 0.5) | (learned.max(axis=1) >= LEARNED_SHARE)
            return np.where(known & (together.max(axis=1) > 0), best, -1)
        best, known = _winner(scores, at_least=0.5, margin=1.0)
        return np.where(known, best, -1)

    def assign(self, mentions: pd.DataFrame) -> pd.DataFrame:
        """``stage`` (missing where nothing says so) and ``stage_reason`` of each mention, indexed as the mentions."""
        count = len(mentions)
        fixed = _codes(mentions.get("study_stage"), self.keys, count)
        tied = _codes(mentions.get("question_stage"), self.keys, count)
        own = self.guess(mentions["normal"].astype(str).tolist())
        own = np.where(tied >= 0, -1, own)
        rest = _rest_of_comment(mentions["text_id"].to_numpy(), own)
        stage = np.full(count, -1)
        reason = np.full(count, "unassigned", dtype=object)
        for codes, name in ((rest, "comment"), (own, "clause"), (tied, "question"), (fixed, "study")):
            stage = np.where(codes >= 0, codes, stage)
            reason[codes >= 0] = name
        names = np.array([*self.keys, None], dtype=object)
        return pd.DataFrame(
            {"stage": pd.array(names[stage], dtype="str"), "stage_reason": reason.astype(str)}, index=mentions.index
        )


def _codes(column: pd.Series | None, keys: Sequence[str], count: int) -> np.ndarray:
    """Stage keys as positions; -1 for what is missing, empty or no stage of this study."""
    if column is None:
        return np.full(count, -1)
    places = {key: i for i, key in enumerate(keys)}
    return column.map(places).fillna(-1).astype(int).to_numpy()


def _winner(scores: np.ndarray, *, at_least: float, margin: float) -> tuple[np.ndarray, np.ndarray]:
    """The best stage of each row, and whether it is known: high enough, and ``margin`` times the second."""
    if scores.shape[1] == 0 or not len(scores):
        return np.zeros(len(scores), dtype=int), np.zeros(len(scores), dtype=bool)
    best = scores.argmax(axis=1)
    ordered = np.sort(scores, axis=1)
    top = ordered[:, -1]
    second = ordered[:, -2] if scores.shape[1] > 1 else np.zeros(len(scores))
    return best, (top >= at_least) & (top > 0) & (top >= margin * second)


def _rest_of_comment(text_ids: np.ndarray, own: np.ndarray) -> np.ndarray:
    """For each mention the stage that most clauses of its comment have (the earliest of equals), or -1."""
    known = own >= 0
    if not known.any():
        return np.full(len(own), -1)
    votes = pd.DataFrame({"text": text_ids[known], "stage": own[known]})
    sizes = votes.groupby(["text", "stage"], sort=False).size().reset_index(name="n")
    winner = sizes.sort_values("n", ascending=False, kind="stable").drop_duplicates("text").set_index("text")["stage"]
    return pd.Series(text_ids).map(winner).fillna(-1).astype(int).to_numpy()


# ---------------------------------------------------------------- the words of the stages


def _vocabulary(stages: Sequence[Stage]) -> tuple[Finder, dict[str, np.ndarray]]:
    """A finder over all words that any stage has, and for each word its weight per stage."""
    weights: dict[str, np.ndarray] = {}
    for place, stage in enumerate(stages):
        for word, weight in _words(stage).items():
            row = weights.setdefault(word, np.zeros(len(stages)))
            row[place] = max(row[place], weight)
    for row in weights.values():
        # A word that several stages share tells little: its weight is divided among them.
        row /= (row > 0).sum() ** 0.5 if row.max() >= OWN else (row > 0).sum()
    return Finder({word: (word,) for word in weights}), weights


def _words(stage: Stage) -> dict[str, float]:
    """Every word that speaks for this stage, with its weight."""
    names = [_normal(n) for n in (*stage.names.values(), stage.key.replace("_", " ").replace("-", " "))]
    declared = [*names, *(_normal(k) for k in stage.keywords)]
    words: dict[str, float] = {}
    about = " ".join([*names, _normal(stage.description)])
    concepts = knowledge.concepts()
    for key, weight in _related(declared, about).items():
        for word in concepts[key].words:
            words[word] = max(words.get(word, 0.0), RELATED * weight)
    for key in linked(names, _normal(stage.description)):
        for word in knowledge.common_stages()[key].words:
            words[word] = max(words.get(word, 0.0), LINKED)
    for word in content_words(_normal(stage.description)):
        words[word] = max(words.get(word, 0.0), LINKED)
    for word in [w for name in names for w in content_words(name)]:
        words[word] = max(words.get(word, 0.0), LINKED + 0.5)
    for word in declared:
        if word:
            words[word] = OWN
    return {word: weight for word, weight in words.items() if word}


def _related(declared: Sequence[str], about: str) -> dict[str, float]:
    """Concepts that a stage's names, keywords (1.0) and description (0.6) speak of."""
    finder = knowledge.concept_finder()
    found = {key: 0.6 for key, _ in finder.find(about)}
    found.update({key: 1.0 for word in declared for key, _ in finder.find(word)})
    return found


def linked(names: Iterable[str], description: str) -> list[str]:
    """The common stages that a declared stage is, by its names; by its description where its names say nothing."""
    commons = knowledge.common_stages()
    finder = knowledge.finder({key: common.names for key, common in commons.items()})
    exact = [key for key, common in commons.items() if any(name == known for name in names for known in common.names)]
    if exact:
        return exact[:2]
    found = dict.fromkeys(key for name in names for key, _ in finder.find(name))
    if not found:
        found = dict.fromkeys(key for key, _ in finder.find(description))
    return list(found)[:3]


def content_words(text: str) -> list[str]:
    """The words of a name or a description that say what it is about."""
    found: list[str] = []
    for token in tokens(text):
        if token.isascii():
            if token not in stopwords.ENGLISH and len(token) > 2:
                found.append(token)
        else:
            found.extend(piece for piece in stopwords.bare(token) if len(piece) <= 4)
    return found


def _normal(text: str) -> str:
    return languages.to_simplified(text).lower().strip()
