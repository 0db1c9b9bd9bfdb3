"""Who else belongs: people without closed answers, placed by their words where that can be shown to work.

A classifier learns on respondents who have both a persona and comments, and is judged by cross-validation on the same people. It places others
only at a certainty at which surely (lower end of the interval) 70% of its placements were right, 15 points more than one persona for all of
those would be, and at which no persona is passed over. Otherwise they stay "everyone", and a reason says why and what to do. How they rate
takes no part: outcomes do not form personas, and a star means another thing in a shop of apps than in a survey. Declared groups are facts and
are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.labels import label
from research_kit.language import to_simplified
from research_kit.statistics import wilson

if TYPE_CHECKING:
    from research_kit.records import Language, Personas, Responses
    from research_kit.study import Study

_LEAST, _LEAST_EACH = 100, 15
_FOLDS = 5
_LEARN_FROM = 20_000
_CERTAINTIES = (0.5, 0.6, 0.7, 0.8, 0.9)
_RIGHT, _LIFT, _REACH = 0.70, 0.15, 0.10
_PASSED_OVER = 1 / 3
"""A persona that is named less often than this share of its true number is passed over: those who are placed would speak for the others only."""
_WORDS = 3
"""Words of a text that must be known to those it is learned from."""
_WORD = re.compile(r"[a-z][a-z'’]+|[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Judged:
    """What cross-validation said."""

    known: int
    accuracy: float
    majority: float
    certainty: float | None
    """Probability from which placements are made; None = never."""
    right: float
    """Share of right placements at this certainty."""
    low: float
    """The lower end of its interval."""
    base: float
    """Share that one persona for all who are placed would have right."""
    reach: float
    """Share of people who are placed at this certainty."""


def assign(personas: Personas, responses: Responses, study: Study, language: Language) -> Personas:
    """Place people without closed answers; unchanged where there is nobody to place or nothing to place them in.

    ``membership`` gains rows with how = "text"; ``accuracy["assignment"]`` has the figures, and a reason says what was done.
    """
    if not personas.personas or personas.verdict == "declared":
        return personas
    member = personas.membership
    open_people = responses.included() & member["persona"].isna() & member["probability"].isna()
    texts = _texts(responses)
    wanted = texts.index[open_people.reindex(texts.index, fill_value=False).to_numpy()]
    known = texts.index[member["how"].eq("answers").reindex(texts.index, fill_value=False).to_numpy()]
    if not len(wanted):
        return personas
    truth = member.loc[known, "persona"].astype(object).to_numpy()
    counts = pd.Series(truth, dtype=object).value_counts()
    if len(known) < _LEAST or len(counts) < 2 or counts.min() < _LEAST_EACH:
        reason = label("personas", "assign_few", language, n=len(known), others=len(wanted))
        return replace(personas, reasons=(*personas.reasons, reason))
    if len(known) > _LEARN_FROM:
        keep = np.sort(np.random.default_rng(study.seed).choice(len(known), _LEARN_FROM, replace=False))
        known, truth = known[keep], truth[keep]
    judged = _judge(texts.loc[known], truth, study.seed)
    report: dict[str, Any] = {"learned_from": judged.known, "accuracy": judged.accuracy, "largest_persona": judged.majority}
    report |= {"certainty": judged.certainty, "right": judged.right, "right_low": judged.low, "base": judged.base}
    report |= {"reach": judged.reach, "others": len(wanted), "placed": 0}
    if judged.certainty is None:
        values = {"accuracy": f"{100 * judged.accuracy:.0f}", "majority": f"{100 * judged.majority:.0f}", "others": len(wanted)}
        reason = label("personas", "assign_refused", language, **values)
        return _with(personas, member, report, reason)
    model = _Typist(texts.loc[known], truth)
    probability = model.predict_proba(texts.loc[wanted])
    return _placed(personas, wanted, model.classes, probability, judged, report, language)


def _placed(
    personas: Personas, wanted: pd.Index, classes: np.ndarray, probability: np.ndarray, judged: Judged, report: dict[str, Any],
    language: Language,
) -> Personas:  # fmt: skip
    """The membership with those who are placed with enough certainty."""
    member = personas.membership.copy()
    sure = probability.max(axis=1) >= (judged.certainty or 1.0)
    rows = wanted[sure]
    member.loc[wanted, "probability"] = probability.max(axis=1)
    member.loc[rows, "persona"] = classes[probability.argmax(axis=1)][sure]
    member.loc[rows, "how"] = "text"
    report["placed"] = int(sure.sum())
    values = {"placed": int(sure.sum()), "others": len(wanted), "right": f"{100 * judged.right:.0f}"}
    values["wrong"] = f"{100 - round(100 * judged.right):.0f}"
    return _with(personas, member, report, label("personas", "assigned", language, **values))


def _with(personas: Personas, member: pd.DataFrame, report: Mapping[str, Any], reason: str) -> Personas:
    accuracy = {**personas.accuracy, "assignment": dict(report)}
    return replace(personas, membership=member, accuracy=accuracy, reasons=(*personas.reasons, reason))


def _texts(responses: Responses) -> pd.Series:
    """All comments of each person, in one text; index = unit."""
    return responses.comments.groupby("unit", sort=True)["text"].agg(" \n ".join)


class _Typist:
    """Words of the text (characters in pairs for Chinese) in a regularised logistic model."""

    def __init__(self, texts: pd.Series, truth: np.ndarray) -> None:
        """ValueError when no word is used by three people."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self._words = TfidfVectorizer(analyzer=_tokens, min_df=3, max_features=20_000, sublinear_tf=True)
        self._model = LogisticRegression(C=2.0, max_iter=500).fit(self._words.fit_transform(texts), truth)
        self.classes: np.ndarray = self._model.classes_

    def predict_proba(self, texts: pd.Series) -> np.ndarray:
        """By text and class; 0 for all where hardly a word of the text is known."""
        words = self._words.transform(texts)
        told = np.asarray(words.getnnz(axis=1)) >= _WORDS
        return np.asarray(self._model.predict_proba(words)) * told[:, None]


def _judge(texts: pd.Series, truth: np.ndarray, seed: int) -> Judged:
    """Cross-validated on the people themselves."""
    from sklearn.model_selection import StratifiedKFold

    sure, guess = np.zeros(len(truth)), np.empty(len(truth), dtype=object)
    shares = pd.Series(truth).value_counts(normalize=True)
    majority = float(shares.iloc[0])
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(truth, truth):
        try:
            model = _Typist(texts.iloc[train], truth[train])
        except ValueError:  # there is nothing to learn from, and the largest persona is all one can name
            return Judged(len(truth), majority, majority, None, 0.0, 0.0, 0.0, 0.0)
        probability = model.predict_proba(texts.iloc[test])
        sure[test], guess[test] = probability.max(axis=1), model.classes[probability.argmax(axis=1)]
    guess[sure == 0] = shares.index[0]
    right = guess == truth
    accuracy = float(right.mean())
    for certainty in _CERTAINTIES:
        placed = sure >= certainty
        if placed.mean() < _REACH:
            break
        low, _ = wilson(float(right[placed].sum()), float(placed.sum()))
        base = float(pd.Series(truth[placed]).value_counts(normalize=True).iloc[0])
        named = pd.Series(guess[placed]).value_counts(normalize=True).reindex(shares.index, fill_value=0.0)
        if low >= _RIGHT and low >= base + _LIFT and (named >= _PASSED_OVER * shares).all():
            return Judged(len(truth), accuracy, majority, certainty, float(right[placed].mean()), low, base, float(placed.mean()))
    return Judged(len(truth), accuracy, majority, None, 0.0, 0.0, 0.0, 0.0)


def _tokens(text: str) -> list[str]:
    out: list[str] = []
    for run in _WORD.findall(to_simplified(text.lower())):
        if run[0] < "\u3400":
            out.append(run)
        else:
            out += [run[i : i + 2] for i in range(max(1, len(run) - 1))]
    return out
