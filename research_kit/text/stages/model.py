"""Which stage of the journey a clause speaks of, decided in one place and in one order, and the reason recorded.

    study        the study fixes it (the clause belongs to a theme that the study pins to a stage)
    question     the study ties the question to a stage
    clause       the clause itself
    question     the question that it answers, where the clause alone says too little
    comment      the rest of the same comment
    unassigned   nothing says so: the stage is missing

A clause that holds keywords of one stage alone, or words of its trade, speaks of that stage (``stage_trades``). Any other is read by the
words of the stages (``stage_words``); where the stages are a journey of the general kind, by what a written corpus knows of how people speak
at each general stage and which questions ask of it (``vocabulary/general``); and by the study's own comments: words that go with the sure
cases, learned once (self-training, after Yarowsky 1995).

Expects mentions with ``text_id``, ``normal`` and, where there are, ``question_text``, ``question_stage`` and ``study_stage`` (stage keys,
missing or ""). ``study_stage`` is ``ThemeModel.pinned`` of the mentions' themes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from research_kit.records import Stage
from research_kit.study import as_shipped
from research_kit.text import columns, framing
from research_kit.text.judgement import logistic
from research_kit.text.stages import trades as stage_trades
from research_kit.text.stages import words as stage_words
from research_kit.text.vocabulary import general, said, vectors
from research_kit.text.vocabulary.knowledge import forms
from research_kit.text.vocabulary.words import Finder

FEWEST = 20
"""Sure cases from which the study's own words are learned."""
SURE_SCORE, SURE_MARGIN, SURE_SHARE = 2.0, 1.5, 0.8
"""A clause is sure by words when its score reaches the first and the second times that of the next stage; else by its share."""
KNOWN_SHARE = 0.35
KNOWN_MARGIN = 0.1
"""By how much the share of a stage must exceed that of the next one: without evidence the shares lie close together."""
KNOWN_SCORE = 0.5
SAID_SCORE = 1.0
LEARNED_SHARE = 0.55
"""Share of a general stage, score by words (the second where the general stages do not tell), and share of a learned guess (where words are
silent) from which a stage is given."""
LONGEST_BARE = {True: 26, False: 10}
"""Characters of the longest text, of ASCII or not, that may be no answer, or a verdict and no more."""
NO_ANSWER = (framing.NOTHING, framing.NO_IDEA, framing.EVERYTHING)
FELT = (framing.FINE, framing.MIDDLING)
LONGEST_MOOD = 60
"""Characters of the longest text that may tell a feeling and nothing else."""
WORDS, TAUGHT = 0.3, 0.2
"""Weights of the word score and of the learned log-share beside the logits of the corpus: chosen on the corpus, industries left out."""


_SAYING = re.compile(r"[a-z]{3}|[\u3400-\u9fff]{2}")
"""A text without a word ("8:12") speaks of no stage, whatever was asked."""
_MOOD = frozenset(forms("mood_en").split())
_MOOD_ZH = re.compile(f"(?:{'|'.join(forms('mood_zh').split())})+")
_OUTCOME = re.compile(r"recommend|推荐")
_MARKS = re.compile(r"[^a-z0-9\u3400-\u9fff]+")

STRENGTH = 3.0
"""How freely the study's own words may weigh."""


@dataclass(frozen=True)
class Learned:
    """What the study's own words say of the stages that were learned."""

    stages: np.ndarray
    """Their positions."""
    words: np.ndarray
    """Features x these stages."""
    bias: np.ndarray


def _learned_from(table: sparse.csr_matrix, labels: np.ndarray) -> Learned:
    """Logistic regression, as if all stages were equally frequent."""
    stages, which, many = np.unique(labels, return_inverse=True, return_counts=True)
    weight = len(labels) / (len(stages) * many[which])
    return Learned(stages, *logistic.fitted(table, which, weight, strength=STRENGTH))


@dataclass(frozen=True)
class StageModel:
    """The stages of a study and what betrays them."""

    keys: tuple[str, ...]
    finder: Finder
    weights: Mapping[str, np.ndarray]
    """{word: weight per stage}"""
    part_of: np.ndarray | None
    """stages x general stages, where these stages are such a journey."""
    deciders: stage_trades.Deciders | None = None
    vectorizer: vectors.Vectorizer | None = None
    learned: Learned | None = None

    @classmethod
    def learn(cls, mentions: pd.DataFrame, stages: Sequence[Stage]) -> StageModel:
        """Gather the words of the stages, then widen them by what the sure cases among these mentions say besides.

        Names, descriptions and comments may be in any language: they say themselves in which. Nothing is learned from fewer than 20 sure
        cases or from cases of one stage only.
        """
        stages = as_shipped(stages)
        finder, weights = stage_words.vocabulary(stages)
        keys = tuple(s.key for s in stages)
        return cls(keys, finder, weights, stage_words.part_of(stages), stage_trades.Deciders.of(stages))._taught(mentions)

    def _taught(self, mentions: pd.DataFrame) -> StageModel:
        if not len(mentions) or len(self.keys) < 2:
            return self
        texts = said.texts_of(mentions)
        tied = _codes(mentions.get("question_stage"), self.keys, len(mentions))
        labels = np.where(tied >= 0, tied, self._sure(texts, _questions(mentions)))
        teaching = np.flatnonzero(labels >= 0)
        if len(teaching) < FEWEST or len(set(labels[teaching].tolist())) < 2:
            return self
        vectorizer = vectors.vectorizer([texts[i] for i in teaching], min_df=2, max_features=20_000)
        if vectorizer is None:
            return self
        table = vectorizer.transform([texts[i] for i in teaching])
        return replace(self, vectorizer=vectorizer, learned=_learned_from(table, labels[teaching]))

    def _sure(self, texts: Sequence[str], questions: Sequence[str]) -> np.ndarray:
        told = _only(self._named(texts))
        return np.where(told >= 0, told, self._likely(texts, questions))

    def _named(self, texts: Sequence[str]) -> np.ndarray:
        """The stages that each normalised text names most by keywords and words of the trade: texts x stages, several where they are equal."""
        if self.deciders is None:
            return np.zeros((len(texts), len(self.keys)), dtype=bool)
        return self.deciders.named(said.read(texts), len(texts))

    def _likely(self, texts: Sequence[str], questions: Sequence[str]) -> np.ndarray:
        scores = self.scores(texts)
        if self.part_of is not None:
            share = _shares(self.part_of, general.logits("clause", texts) + _of_questions(questions), scores)
            return np.where(share.max(axis=1) >= SURE_SHARE, share.argmax(axis=1), -1)
        ordered = np.sort(scores, axis=1)
        sure = (ordered[:, -1] >= SURE_SCORE) & (ordered[:, -1] >= SURE_MARGIN * ordered[:, -2])
        return np.where(sure, scores.argmax(axis=1), -1)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """How much each normalised text speaks of each stage by its words: texts x stages."""
        scores = np.zeros((len(texts), len(self.keys)))
        found = self.finder.find_all(said.read(texts)).once()
        if len(found.text):
            table = np.array([self.weights[word] for word in self.finder.keys])
            np.add.at(scores, found.text, table[found.key] * (1 + 0.25 * (found.weight - 1))[:, None])
        return scores

    def guess(self, texts: Sequence[str], questions: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The stage of each normalised text: position in ``keys``, or -1; and whether it has it in the light of its question alone."""
        if not len(texts) or not self.keys:
            return np.full(len(texts), -1), np.zeros(len(texts), dtype=bool)
        named = self._named(texts)
        told = _only(named)
        read, asked = self._read(texts, questions, named & (told < 0)[:, None])
        asked &= told < 0
        found = np.where(told >= 0, told, read)
        of_question = self._asked(questions)
        asked |= (found < 0) & (of_question >= 0)
        return np.where(found >= 0, found, of_question), asked

    def _asked(self, questions: Sequence[str]) -> np.ndarray:
        """The one stage that each question names; -1 for none, several, and questions for an outcome ("would you recommend us, and why?")."""
        if not any(questions):
            return np.full(len(questions), -1)
        place = {question: i for i, question in enumerate(dict.fromkeys(questions))}
        told = _only(self._named(list(place)))
        told[[i for question, i in place.items() if _OUTCOME.search(question)]] = -1
        return told[[place[question] for question in questions]]

    def _read(self, texts: Sequence[str], questions: Sequence[str], among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As ``guess``, where no stage alone is named; ``among``: the stages between which to choose, where several are."""
        scores = self.scores(texts)
        learned = self._learned(texts)
        if self.part_of is not None:
            logits = general.logits("clause", texts)
            share, of_questions = _shares(self.part_of, logits, scores, learned), _of_questions(questions)
            alone, share = share, _shares(self.part_of, logits + of_questions, scores, learned) if of_questions.any() else share
            found = self._likeliest(texts, scores, share)
            asked = (found >= 0) & (alone[np.arange(len(texts)), found] < KNOWN_SHARE)
            found = np.where(found >= 0, found, self._by_words(scores, share))
        else:
            # Words decide; what was learned breaks ties and speaks where words are silent.
            share = scores + 0.01 * learned
            unsaid = scores.max(axis=1) < KNOWN_SCORE
            guessed = np.where(learned.max(axis=1) >= LEARNED_SHARE, learned.argmax(axis=1), -1)
            guessed[[i for i in np.flatnonzero(unsaid & (guessed >= 0)).tolist() if _silent(texts[i])]] = -1
            found, asked = np.where(unsaid, guessed, share.argmax(axis=1)), np.zeros(len(texts), dtype=bool)
        between = among.any(axis=1)
        return np.where(between, np.where(among, share, -1.0).argmax(axis=1), found), asked & ~between

    def _likeliest(self, texts: Sequence[str], scores: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The stage of the greatest share where it is sure enough; -1 for a text that is not, or tells a feeling and no more."""
        ordered = np.sort(share, axis=1)
        ahead = ordered[:, -1] - ordered[:, -2] >= KNOWN_MARGIN if share.shape[1] > 1 else np.ones(len(share), dtype=bool)
        sure = (ordered[:, -1] >= KNOWN_SHARE) & ahead
        sure[[i for i in np.flatnonzero(sure & (scores.max(axis=1, initial=0.0) == 0)).tolist() if _silent(texts[i])]] = False
        return np.where(sure, share.argmax(axis=1), -1)

    def _by_words(self, scores: np.ndarray, share: np.ndarray) -> np.ndarray:
        """Where the general stages do not tell: the stage that the words of a study's own stages speak for, well ahead of the next, or more than
        for the other one of the two between which the general stages waver; -1 for none, or where the stages are shipped ones."""
        if self.deciders is None or not self.deciders.own.any() or scores.shape[1] < 2:
            return np.full(len(scores), -1)
        ordered = np.sort(scores, axis=1)
        ahead = (ordered[:, -1] >= SAID_SCORE) & (ordered[:, -1] >= SURE_MARGIN * ordered[:, -2])
        rows, two = np.arange(len(share)), np.argsort(-share, axis=1, kind="stable")[:, :2]
        wavering = share[rows, two[:, 0]] + share[rows, two[:, 1]] >= SURE_SHARE
        one, other = scores[rows, two[:, 0]], scores[rows, two[:, 1]]
        better = np.where(one > other, two[:, 0], two[:, 1])
        told = np.where(wavering & (one != other), better, -1)
        return np.where(ahead, scores.argmax(axis=1), told)

    def _learned(self, texts: Sequence[str]) -> np.ndarray:
        """Share of each stage by the study's own words; 0 where nothing was learned or no word is known."""
        learned = np.zeros((len(texts), len(self.keys)))
        if self.learned is not None and self.vectorizer is not None:
            table = self.vectorizer.transform(texts)
            logits = table @ self.learned.words + self.learned.bias
            raised = np.exp(logits - logits.max(axis=1, keepdims=True))
            learned[:, self.learned.stages] = raised / raised.sum(axis=1, keepdims=True)
            learned[np.diff(table.indptr) == 0] = 0.0
        return learned

    def assign(self, mentions: pd.DataFrame) -> pd.DataFrame:
        """``stage`` (missing where nothing says so) and ``stage_reason`` of each mention, indexed as the mentions."""
        count = len(mentions)
        fixed = _codes(mentions.get("study_stage"), self.keys, count)
        tied = _codes(mentions.get("question_stage"), self.keys, count)
        own = np.full(count, -1)
        known = mentions["language"].ne("other").to_numpy(bool) if "language" in mentions else np.ones(count, dtype=bool)
        texts, questions = said.texts_of(mentions), _questions(mentions)
        bare = _bare(texts)
        says = ~np.isin(bare, NO_ANSWER)
        free = (fixed < 0) & (tied < 0) & known & says & ~np.isin(bare, FELT)
        asked = np.zeros(count, dtype=bool)
        # All of a batch are read already: a few more cost less than reading most of them anew.
        some = np.flatnonzero(free if 2 * free.sum() < count else np.ones(count))
        own[some], asked[some] = self.guess([texts[i] for i in some], [questions[i] for i in some])
        own[~free], asked[~free] = -1, False
        rest = np.where(says, _rest_of_comment(mentions["text_id"].to_numpy(), own), -1)
        stage, reason = np.full(count, -1), np.full(count, -1)
        for place, codes in enumerate((rest, own, tied, fixed)):
            stage = np.where(codes >= 0, codes, stage)
            reason[codes >= 0] = place
        reason[(reason == 1) & asked] = 2
        reasons = columns.named(("comment", "clause", "question", "study", "unassigned"), np.where(reason < 0, 4, reason))
        return pd.DataFrame(
            {"stage": columns.named(self.keys, stage), "stage_reason": reasons, "says": says}, index=mentions.index
        )


def _only(named: np.ndarray) -> np.ndarray:
    """The one stage that each text names; -1 for none or several."""
    return np.where(named.sum(axis=1) == 1, named.argmax(axis=1), -1)


def _bare(texts: Sequence[str]) -> np.ndarray:
    """What ``framing.bare`` says of short texts: no answer ("n/a", 同上) or a verdict and no more ("all good"); 0 for all others."""
    short = [i for i, text in enumerate(texts) if len(text) <= LONGEST_BARE[text.isascii()]]
    which, distinct = pd.factorize(np.array([texts[i] for i in short], dtype=object))
    found = np.zeros(len(texts), dtype=np.int8)
    found[short] = framing.bare(list(distinct))[which]
    return found


def _silent(text: str) -> bool:
    """Whether a normalised text tells nothing but how somebody feels ("I love it", 非常满意), or nothing at all."""
    if not _SAYING.search(text):
        return True
    if len(text) > LONGEST_MOOD:
        return False
    if text.isascii():
        for chunk in text.split():
            if chunk not in _MOOD and chunk.isalpha():  # as most do at once
                return False
        return _MOOD.issuperset(_MARKS.sub(" ", text.replace("'", "")).split())
    return _MOOD_ZH.fullmatch(_MARKS.sub("", text)) is not None


def _shares(part_of: np.ndarray, logits: np.ndarray, scores: np.ndarray, learned: np.ndarray | None = None) -> np.ndarray:
    """How likely each stage is; rows sum to less than 1 where some general stage is no part of this journey."""
    six = np.exp(logits - logits.max(axis=1, keepdims=True))
    six /= six.sum(axis=1, keepdims=True)
    share = six @ part_of.T
    elsewhere = six[:, part_of.max(axis=0) == 0].sum(axis=1, keepdims=True)
    pull = WORDS * scores
    if learned is not None:
        pull += TAUGHT * np.log(learned + 1e-3) * (learned.max(axis=1, keepdims=True) > 0)
    lift = np.exp(pull - np.maximum(pull.max(axis=1, keepdims=True), 0.0))
    still = np.exp(-np.maximum(pull.max(axis=1, keepdims=True), 0.0))
    share = (share + 1e-6) * lift
    return np.asarray(share / (share.sum(axis=1, keepdims=True) + elsewhere * still))


def _of_questions(questions: Sequence[str]) -> np.ndarray:
    """What the corpus says of each question; each is looked up once."""
    place = {question: i for i, question in enumerate(dict.fromkeys(questions))}
    return _of_these(tuple(place))[[place[question] for question in questions]]


@lru_cache(maxsize=64)
def _of_these(questions: tuple[str, ...]) -> np.ndarray:
    """The same few questions come batch after batch."""
    return general.logits("question", questions)


def _questions(mentions: pd.DataFrame) -> list[str]:
    """The question of each mention, normalised; "" where there is none."""
    if "question_text" not in mentions:
        return [""] * len(mentions)
    which, asked = pd.factorize(mentions["question_text"].fillna(""))
    found: list[str] = np.array([stage_trades.normal(str(text)) for text in asked], object)[which].tolist()
    return found


def _codes(column: pd.Series | None, keys: Sequence[str], count: int) -> np.ndarray:
    """Stage keys as positions; -1 for what is missing, empty or no stage of this study."""
    if column is None:
        return np.full(count, -1)
    return columns.codes_of(column, keys)


def _rest_of_comment(text_ids: np.ndarray, own: np.ndarray) -> np.ndarray:
    """For each mention the stage that most clauses of its comment have (the earliest of equals), or -1."""
    text = pd.factorize(text_ids)[0]
    known = np.flatnonzero(own >= 0)
    width = int(own.max(initial=0)) + 1
    pairs, first, many = np.unique(text[known] * width + own[known], return_index=True, return_counts=True)
    comment, stage = np.divmod(pairs, width)
    order = np.lexsort((first, -many, comment))
    told, best = np.unique(comment[order], return_index=True)
    winner = np.full(int(text.max(initial=-1)) + 1, -1)
    winner[told] = stage[order][best]
    return winner[text]
