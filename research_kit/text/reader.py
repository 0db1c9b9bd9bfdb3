"""The Reader: what a first pass over a study learned, and the second pass that turns its comments into mentions, chunk by chunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from research_kit import labels
from research_kit.records import COMMENT_COLUMNS, EVIDENCE_COLUMNS, MENTION_COLUMNS, Language, TextReport
from research_kit.study import DEFAULT_JOURNEY, Study, is_default
from research_kit.text import assemble, columns, decide, framing, overall, pains, stages, themes, touchpoints
from research_kit.text.assemble import Read
from research_kit.text.judgement import learning, local
from research_kit.text.judgement.learning import StudyModel
from research_kit.text.judgement.local import LocalModel
from research_kit.text.pieces import tongues
from research_kit.text.second import Pair, Share
from research_kit.text.signs import lexicon
from research_kit.text.stages import journey_hint
from research_kit.text.vocabulary import said as batches

CHUNK, CHARACTERS = 4000, 400_000
"""Comments that are read at once, and their characters (Chinese ones count thrice): enough that what a batch costs by itself does not count,
few enough that memory stays small."""
SECOND_FROM = 20_000
"""Comments above which a second process shares the work."""
SAMPLE = 8_000
"""Comments of the first pass: enough for what is learned, whatever the study's size."""
CARRIED = tuple(c for c in EVIDENCE_COLUMNS if c in COMMENT_COLUMNS)


@dataclass(frozen=True)
class Judged:
    """A batch with its judgement: clauses and texts as frames in the order of the batch."""

    batch: Read
    clauses: pd.DataFrame
    texts: Callable[[], pd.DataFrame]
    """Made when first asked for: few ask."""


@dataclass
class Reader:
    """Turns comments into mentions with what ``learn`` learned. Makes no changes to what it was given."""

    study: Study
    language: Language
    own: tuple[tuple[str, float], ...] = ()
    study_models: Mapping[str, StudyModel] = field(default_factory=dict)
    stage_model: stages.StageModel | None = None
    theme_model: themes.ThemeModel | None = None
    learned: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    local: LocalModel | None = None
    """The researcher's own model: decides sentiment (or emotion) where there is one."""
    chinese: Language = "zh-Hans"
    """The script of Chinese whose characters both scripts share."""
    foreign: bool = False
    """Most comments are in a language that nothing here speaks: a text without an English word is, too."""
    _languages: Counter[str] = field(default_factory=Counter)
    _silent: int = 0

    def read(
        self, comments: pd.DataFrame, then: Callable[[pd.DataFrame], Any] | None = None, *, share: Share = map
    ) -> Iterator[Any]:
        """Mentions of these comments, in their order, some thousand comments at a time; with ``then``, what that makes of them where they are read.

        Columns: MENTION_COLUMNS, then those of the comments that EVIDENCE_COLUMNS names, and mention_id. ``text_id`` is the comment's index.
        """
        self._languages, self._silent = Counter(), 0
        for met, silent, found in share(partial(_met, self, then), _chunks(comments)):
            self._languages.update(met)
            self._silent += silent
            yield found

    def all(self, comments: pd.DataFrame) -> pd.DataFrame:
        """All mentions of these comments in one frame, as ``read`` gives them."""
        return together(list(self.read(comments)))

    @property
    def report(self) -> TextReport:
        """What was learned and, after ``read``, what was met."""
        found = self.theme_model.themes if self.theme_model else ()
        met = {name: self._languages[name] for name in sorted(self._languages)}
        foreign, total = self._languages["other"], sum(self._languages.values())
        notes = self.notes
        if foreign:
            told = labels.label("text", "not_spoken", self.language, n=f"{foreign:,}", all=f"{total:,}")
            notes = (*notes, told)
        return TextReport(themes=found, learned=self.learned, languages=met, not_assessed=self._silent, notes=notes)

    def mentions(self, comments: pd.DataFrame) -> pd.DataFrame:
        """What the comments say, with an index of 0..n-1."""
        traced = _traced(self.placed(self.spoken(comments)[0]), comments)
        return traced[[*MENTION_COLUMNS, "says", "mention_id", *(c for c in CARRIED if c not in MENTION_COLUMNS)]]

    def spoken(
        self, comments: pd.DataFrame, given: Sequence[str | None] | None = None
    ) -> tuple[pd.DataFrame, Callable[[], pd.DataFrame]]:
        """What the comments say, clause by clause, before stages and themes are known (``row_of``: the position of the comment); and what gives
        one row per comment with its sentiment."""
        asked_each = asked_of(comments)
        rated = telling_ratings(comments, asked_each)
        who, texts, asked = _distinct(comments, asked_each, rated)
        of_text = np.array(tongues.of_texts(texts, given, who, self.chinese, foreign=self.foreign), object)
        judged = self.judged(texts, asked, rated[np.unique(who, return_index=True)[1]], of_text == "other")
        which, met = pd.factorize(of_text)
        clauses = judged.clauses
        of_clause = {
            "language": columns.named(tuple(met), which[clauses["text_id"].to_numpy()]),
            **touchpoints.find(clauses, self.study.touchpoints, self.study.channels),
            "pain": pains.extract(clauses),
        }
        spread = _spread(_with(clauses, of_clause), who)
        row = spread["row_of"].to_numpy()
        of_comment = {
            "question_text": comments["question_text"].array.take(row),
            "question_stage": comments["stage"].array.take(row),
        }
        spread = _with(spread, {**of_comment, "text_id": comments.index.to_numpy()[row]})
        return spread, lambda: judged.texts().iloc[who].reset_index(drop=True)

    def placed(self, spoken: pd.DataFrame) -> pd.DataFrame:
        """What is spoken with theme and stage; and whether each mention ``says`` anything ("n/a" and 同上 do not)."""
        nothing = columns.missing(len(spoken))
        themes_found = self.theme_model.assign(spoken) if self.theme_model else pd.Series(nothing, index=spoken.index)
        pinned = self.theme_model.pinned(themes_found) if self.theme_model else nothing
        spoken = _with(spoken, {"theme": themes_found, "study_stage": pinned})
        if self.stage_model is None:
            return spoken.assign(stage=nothing, stage_reason="unassigned", says=True)
        return _with(spoken, self.stage_model.assign(spoken))

    def judged(self, texts: Sequence[str], asked: Sequence[str], rating: np.ndarray, foreign: np.ndarray) -> Judged:
        """Cut and judge distinct texts. ``rating`` serves the flag of sarcasm alone; ``foreign``: which of them are in a language that nothing
        here speaks, and so stay without a judgement (the researcher's own model may speak it)."""
        batch = assemble.read(texts, asked, self.own)
        fold = np.array([learning.fold_of(t) for t in texts] if self.study_models else [0] * len(texts), np.int64)
        frame = assemble.frame(batch)
        poles = assemble.judged(batch, self.study_models, fold)
        theirs = self.local.probabilities([*frame["text"], *texts]) if self.local else np.zeros((0, 0))
        said = theirs @ self.local.poles if self.local and self.local.knows_sentiment else None
        bare, mute = assemble.bare_answers(batch)
        mute |= foreign & (self.local is None)
        heard = ~mute[batch.text_of]
        clauses = decide.clause_columns(batch, poles.clauses if said is None else said[: len(frame)], poles.speaks & heard, bare)
        emotion, kind = assemble.emotions_and_kinds(batch, poles.layers, poles.clauses if said is None else said[: len(frame)])
        if self.local and not self.local.knows_sentiment:
            emotion = theirs[: len(frame)] @ self.local.emotions
        normal = batch.normal
        kind = decide.kinds_allowed(kind, clauses["sentiment"], normal, poles.wishes & heard)
        felt = decide.emotion_columns(clauses, emotion, kind, ~np.isnan(bare)[batch.text_of])

        @cache
        def whole() -> pd.DataFrame:
            texts, speaks = overall.judged(batch, poles, self.study_models, fold)
            return decide.text_columns(batch, texts if said is None else said[len(frame) :], speaks & ~mute, bare, clauses)

        told = {**clauses, **felt, "sarcasm": decide.sarcastic(batch, clauses, whole, rating)}
        # The words as plain strings: they are read again and again.
        return Judged(batch, pd.DataFrame({**frame, "normal": pd.Series(normal, dtype=object), **told}, copy=False), whole)


def _one_by_one(texts: Sequence[str] | pd.Series) -> Iterator[str]:
    """The texts; of a column no more than some thousand stand there as Python's at once."""
    if not isinstance(texts, pd.Series):
        return iter(texts)
    return chain.from_iterable(texts.iloc[first : first + CHUNK].tolist() for first in range(0, len(texts), CHUNK))


def slices(texts: Sequence[str] | pd.Series) -> list[slice]:
    """Which texts are read at once; no texts are one slice without any."""
    sizes = np.fromiter((len(text) if text.isascii() else 3 * len(text) for text in _one_by_one(texts)), np.int64, len(texts))
    ends = np.cumsum(sizes)
    first, found = 0, []
    while first < len(texts):
        most = int(np.searchsorted(ends, ends[first] - sizes[first] + CHARACTERS, side="right"))
        last = min(max(most, first + 1), first + CHUNK)
        found.append(slice(first, last))
        first = last
    return found or [slice(0, 0)]


def _chunks(comments: pd.DataFrame) -> list[pd.DataFrame]:
    return [comments.iloc[some] for some in slices(comments["text"])]


def _met(reader: Reader, then: Callable[[pd.DataFrame], Any] | None, comments: pd.DataFrame) -> tuple[Counter[str], int, Any]:
    """What a chunk says: its languages, how many clauses are not assessed, and its mentions or what ``then`` makes of them."""
    mentions = reader.mentions(comments)
    batches.forget()
    met = Counter(mentions.drop_duplicates("text_id")["language"].tolist())
    return met, int(mentions["sentiment"].isna().sum()), then(mentions) if then else mentions


def _spoken(reader: Reader, comments: pd.DataFrame) -> pd.DataFrame:
    return _traced(reader.spoken(comments)[0], comments)


def _with(frame: pd.DataFrame, more: pd.DataFrame | dict[str, Any]) -> pd.DataFrame:
    """The frame and these columns of the same length. (Column by column: far quicker than to make a frame of all of them anew.)"""
    frame = frame.copy(deep=False)
    for name in more:
        frame[name] = more[str(name)]
    return frame


def _traced(mentions: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """The mentions with the columns of their comments, and an id of their own."""
    carried = comments[list(CARRIED)].iloc[mentions["row_of"].to_numpy()].reset_index(drop=True)
    identity = carried["comment"].astype("str") + "-" + (mentions["mention"] + 1).astype("str")
    return _with(_with(mentions, carried), {"mention_id": identity})


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The parts, which have the same columns, as one frame. They are used up column by column: never does all of it stand there twice."""
    if len(parts) == 1:
        return parts.pop()
    names, found = list(parts[0].columns), {}
    single = [dict(parts.pop(0).items()) for _ in range(len(parts))]
    for name in names:
        found[name] = pd.concat([part.pop(name) for part in single], ignore_index=True)
    return pd.DataFrame(found, copy=False)


def asked_of(comments: pd.DataFrame) -> np.ndarray:
    """What each comment's question asks for: its framing, or framing.WISH where it asks for what is not there yet."""
    which, questions = pd.factorize(comments["question_text"])
    wishes = np.array([*(framing.wishes(str(text)) for text in questions), framing.wishes("")])[which]
    return np.where(wishes, framing.WISH, comments["framing"].to_numpy(object))


def _distinct(comments: pd.DataFrame, asked: np.ndarray, rated: np.ndarray) -> tuple[np.ndarray, list[str], list[str]]:
    """Texts that differ in words, framing or rating are read once: (which of them each comment is, texts, framings)."""
    place: dict[tuple[str, str, float], int] = {}
    keys = zip(comments["text"].tolist(), asked.tolist(), np.nan_to_num(rated, nan=-9.0).tolist(), strict=True)
    who = np.array([place.setdefault(key, len(place)) for key in keys], np.int64)
    return who, [text for text, _, _ in place], [framing for _, framing, _ in place]


def _spread(clauses: pd.DataFrame, who: np.ndarray) -> pd.DataFrame:
    """The clauses of distinct texts repeated for every comment that says so, in the order of the comments (``row_of``)."""
    if not len(who):
        return clauses.assign(row_of=np.zeros(0, np.int64))
    if int(who.max()) == len(who) - 1:  # no two say the same
        return clauses.assign(row_of=clauses["text_id"])
    first = np.searchsorted(clauses["text_id"].to_numpy(), np.arange(who.max() + 2))
    sizes = np.diff(first)[who]
    starts = np.cumsum(sizes) - sizes
    take = np.arange(sizes.sum()) - np.repeat(starts - first[who], sizes)
    spread: pd.DataFrame = clauses.iloc[take].reset_index(drop=True).assign(row_of=np.repeat(np.arange(len(who)), sizes))
    return spread


def help_for(comments: pd.DataFrame, study: Study) -> Pair:
    """A second process where there are many comments, to be used as ``with help_for(...) as pair``: its ``map`` is the ``share`` of ``learn``
    and ``Reader.read``. The researcher's own model is not loaded twice."""
    return Pair(second=len(comments) > SECOND_FROM and not study.text.model)


def warm() -> None:
    """Load what reading needs, in both languages."""
    overall.cold(assemble.read(["It is not good.", "不好用。"], ["", ""]))


def learn(comments: pd.DataFrame, study: Study, language: Language, *, share: Share = map) -> Reader:
    """First pass, over a seeded sample: fit sentiment to ratings and questions (when that helps), widen the stages, form the themes.

    ``comments`` as COMMENT_COLUMNS; ``share`` does many pieces of work like the built-in ``map``. StudyError when a lexicon or a model that
    the study names cannot be used.
    """
    sample = comments if len(comments) <= SAMPLE else comments.sample(SAMPLE, random_state=study.seed).sort_index()
    reader = Reader(study, language, lexicon.own_words(study.text.lexicon), chinese=tongues.script_of(sample["text"], language))
    reader.foreign = tongues.mostly_foreign(sample["text"].head(2000))
    reader.local = local.load(study.text.model) if study.text.model else None
    if study.text.learn:
        reader.study_models, reader.learned = _study_models(reader, sample, share)
    first = together(list(share(partial(_spoken, reader), _chunks(sample))))
    earlier = themes.of_wave(study.personas.like) if study.personas.like else ()
    reader.theme_model = themes.learn(first, study.themes, language, earlier)
    reader.stage_model = stages.StageModel.learn(first, study.stages)
    unknown = (labels.label("text", "theme_unknown", language, name=name) for name in reader.theme_model.unknown)
    reader.notes = (*unknown, *_notes(reader, language), *_hint(first["normal"], study, language))
    return reader


def _study_models(reader: Reader, sample: pd.DataFrame, share: Share) -> tuple[dict[str, StudyModel], dict[str, Any]]:
    asked = asked_of(sample)
    return fitted(sample["text"].tolist(), asked.tolist(), telling_ratings(sample, asked), reader.own, share=share)


def telling_ratings(comments: pd.DataFrame, asked: np.ndarray) -> np.ndarray:
    """The rating beside each comment that says how it is meant, or nan. A person's rating speaks of the whole: not of what they were led to name
    as the worst, as the best, or as missing."""
    led = np.isin(asked, ("positive", "negative", framing.WISH))
    return np.where(led, np.nan, comments["rating"].to_numpy(float, na_value=np.nan))


Cold = Mapping[str, tuple[np.ndarray, sparse.csr_matrix, np.ndarray]]
"""Per path: texts of a batch, their n-grams, and what the shipped weights say of them."""


def _unlearned(own: tuple[tuple[str, float], ...], batch: tuple[Sequence[str], Sequence[str]]) -> tuple[np.ndarray, Cold]:
    """Which (texts, framings) are bare answers, and what they say before the study teaches anything."""
    read = assemble.read(*batch, own)
    cold = {path: (ids, learning.everything(table), logits) for path, (ids, table, logits) in overall.cold(read).items()}
    return ~np.isnan(assemble.bare_answers(read)[0]), cold


def fitted(
    texts: Sequence[str], asked: Sequence[str], ratings: np.ndarray, own: tuple[tuple[str, float], ...], *, share: Share = map
) -> tuple[dict[str, StudyModel], dict[str, Any]]:
    """The study's own models, per path, and the figures of each: for run.json and the Method sheet."""
    if np.isnan(ratings).all() and not {"positive", "negative"} <= set(asked):
        return {}, {}  # nobody says how anything is meant
    said: list[np.ndarray] = []
    parts: dict[str, list[tuple[np.ndarray, sparse.csr_matrix, np.ndarray]]] = {path: [] for path in assemble.PATHS}
    chunks = slices(texts)
    batches = [(texts[some], asked[some]) for some in chunks]
    for first, (bare, speaking) in zip([some.start for some in chunks], share(partial(_unlearned, own), batches), strict=True):
        said.append(bare)
        for path, (ids, table, cold) in speaking.items():
            parts[path].append((ids + first, table, cold))
    fold = np.array([learning.fold_of(t) for t in texts], np.int64)
    targets, weight = learning.targets_of(ratings, asked, ~np.concatenate(said), fold)
    models: dict[str, StudyModel] = {}
    figures: dict[str, Any] = {}
    for path in assemble.PATHS:
        places, tables, logits = zip(*parts.pop(path), strict=True)
        ids, cold = np.concatenate(places), np.concatenate(logits)
        if (targets[:, ids] >= 0).any(axis=0).sum() < learning.FEWEST:
            continue
        model = learning.fit(sparse.vstack(tables, format="csr"), cold, targets[:, ids], weight[ids], fold[ids], share=share)
        if model is not None:
            models[path] = model
            figures[path] = {**model.figures, "words_turned": assemble.words_turned(model, path, own, texts)}
    return models, figures


def _hint(normal: pd.Series, study: Study, language: Language) -> list[str]:
    """Where the stages are the general ones: which shipped journey the comments are plainly about."""
    if study.journey != DEFAULT_JOURNEY or not is_default(study.stages):
        return []
    name = journey_hint.journey(normal)
    return [labels.label("text", "journey_hint", language, journey=name)] if name else []


def _notes(reader: Reader, language: Language) -> list[str]:
    """What the study's own models did, in sentences."""
    sentences = []
    for path, figures in reader.learned.items():
        key = "study_blended" if figures["folds_blended"] else "study_refused"
        name = labels.label("text", f"path_{path}", language)
        sentences.append(
            labels.label(
                "text",
                key,
                language,
                path=name,
                n=figures["texts"],
                rules=figures["rules_macro_f1"],
                study=figures["study_macro_f1"],
            )
        )
    return sentences
