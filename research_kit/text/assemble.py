"""Texts -> the frame of clauses with everything that the shipped models say of them, step by step. No study in it yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np
import pandas as pd

from research_kit.text import answers, clauses, framing, unblamed
from research_kit.text.judgement import judge, learning, weights
from research_kit.text.judgement.learning import StudyModel
from research_kit.text.judgement.whole import softmax
from research_kit.text.pieces import replies, split
from research_kit.text.pieces.split import Pieces
from research_kit.text.signs import evidence, lexicon, units
from research_kit.text.signs.units import Units

PATHS = ("en", "zh")
BARE = {
    ("negative", framing.NOTHING): 0.3, ("positive", framing.NOTHING): -0.4, ("positive", framing.EVERYTHING): 0.6, ("negative", framing.EVERYTHING): -0.5,
    ("negative", framing.FINE): 0.5, ("positive", framing.FINE): 0.5, ("negative", framing.MIDDLING): 0.3, ("positive", framing.MIDDLING): 0.0,
}  # fmt: skip
"""Valence of a bare "nothing", "everything", "all good" or "so-so" by what was asked."""

OUTRIGHT, SCOLDING = 0.5, 0.35
"""Values of praise and of blame from which a word judges, whatever was asked."""
SURELY_BLAMES = 0.75
"""Probability of negative from which an answer to a question for wishes is a complaint, when it has no word for a wish."""
BLAMES = 0.6
"""Probability of a complaint from which the wording of a wish does not make a wish of it."""
TOLD = 12
"""Words that are told of those which the study turned round."""
REST = 0.3
"""What is left of the leaning of a mere wish: under a half, so that it is neutral."""


@dataclass(frozen=True)
class Read:
    """A batch of texts, cut and judged. Arrays ``poles`` and ``valence`` run over clauses or texts as their name says."""

    texts: Sequence[str]
    asked: Sequence[str]
    pieces: Pieces
    clause: np.ndarray
    """Clause of each piece."""
    text_of: np.ndarray
    """Text of each clause."""
    clause_units: dict[str, tuple[np.ndarray, Units]]
    """Per path: the clauses that it judges, and their evidence."""
    found: dict[str, evidence.Evidence]
    theirs: np.ndarray
    """Pieces that the business wrote in reply, not the commenter."""

    @cached_property
    def text_units(self) -> dict[str, tuple[np.ndarray, Units]]:
        """Per path: the texts that it judges, and their evidence. Made when asked for: few ask."""
        return _units(self.found, self.pieces, np.where(self.theirs, -1, self.pieces.text), self.asked)

    @cached_property
    def own(self) -> np.ndarray:
        """Clauses that the commenter wrote."""
        return ~self.theirs[np.flatnonzero(np.diff(self.clause, prepend=-1))]

    @cached_property
    def normal(self) -> list[str]:
        """Each clause for the word finders: lower-case, half-width, Simplified."""
        parted = np.where(np.diff(self.clause, append=-1) != 0, "\n", " ").tolist()
        return "".join(chain.from_iterable(zip(self.pieces.clean, parted, strict=True))).split("\n")[: self.clauses]

    @property
    def clauses(self) -> int:
        """How many there are."""
        return len(self.text_of)


def read(texts: Sequence[str], asked: Sequence[str], own: tuple[tuple[str, float], ...] = (), *, by_things: bool = True) -> Read:
    """Cut the texts and gather what speaks in them. ``asked``: framing of each text's question, "" where there is none; ``by_things``: False
    where clauses are to be cut without the words of themes, so that weights do not hang on these."""
    asked = framing.unasked(texts, asked)
    pieces, theirs = replies.apart(texts, split.pieces(texts))
    found = {path: evidence.gather(pieces, path, own) for path in PATHS}
    net = sum(f.dense[:, 0] + f.dense[:, 1] for f in found.values())
    leading = np.array([a not in ("", "neutral") for a in asked], bool)[pieces.text]
    clause = clauses.joined(pieces, np.asarray(net), leading, by_things=by_things)
    first = np.flatnonzero(np.diff(clause, prepend=-1))
    text_of = pieces.text[first]
    return Read(
        texts, asked, pieces, clause, text_of, _units(found, pieces, np.where(theirs, -1, clause), [asked[t] for t in text_of]), found, theirs,
    )  # fmt: skip


def _units(
    found: dict[str, evidence.Evidence], pieces: Pieces, owner: np.ndarray, asked: Sequence[str]
) -> dict[str, tuple[np.ndarray, Units]]:
    parted = {}
    for path in PATHS:
        mine = pieces.chinese == (path == "zh")
        mine &= owner >= 0
        ids = np.unique(owner[mine])
        place = np.full(len(asked), -1)
        place[ids] = np.arange(len(ids))
        parted[path] = (ids, units.build(found[path], path, np.where(mine, place[owner], -1), len(ids), [asked[i] for i in ids]))
    return parted


def spans(batch: Read) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Start and end of each clause in its text, without blanks and commas around it, and what stands there."""
    starts, ends, said = [], [], []
    first = np.flatnonzero(np.diff(batch.clause, prepend=-1))
    last = np.append(first[1:], len(batch.clause))[: len(first)] - 1
    begins, stops = batch.pieces.start[first].tolist(), batch.pieces.end[last].tolist()
    for owner, begin, stop in zip(batch.text_of.tolist(), begins, stops, strict=True):
        whole = batch.texts[owner][begin:stop]
        opened = whole.lstrip(" \t\r\n,，、;；")
        bare = opened.rstrip(" \t\r\n,，、")
        starts.append(stop - len(opened) if bare else begin)
        ends.append(starts[-1] + len(bare or whole))
        said.append(bare or whole)
    return np.array(starts, np.int64), np.array(ends, np.int64), said


def sizes(batch: Read) -> np.ndarray:
    """Characters of each clause."""
    return np.asarray(np.bincount(batch.clause, batch.pieces.end - batch.pieces.start, batch.clauses))


@dataclass(frozen=True)
class Poles:
    """Of clauses: probabilities of negative, neutral, positive; whether anything speaks; and the first layers' logits per path."""

    clauses: np.ndarray
    untaught: np.ndarray
    """What they were before the study taught anything."""
    speaks: np.ndarray
    wishes: np.ndarray
    """Clauses that are wishes by what was asked or by their wording."""
    layers: dict[str, dict[str, np.ndarray]]


def judged(batch: Read, study_models: Mapping[str, StudyModel], fold: np.ndarray) -> Poles:
    """What clauses say, by the shipped weights and by what the study taught. ``fold``: of each text, for the latter."""
    cold, speaks, layers = unasked(batch)
    worse, better = answers.turned(batch.normal)
    cold[worse], cold[better] = answers.BLAME, answers.PRAISE
    if not {"negative", "positive"}.isdisjoint(batch.asked):
        asked = [batch.asked[i] for i in batch.text_of.tolist()]
        alone = unblamed.read_alone(batch.clause_units, cold, asked, batch.normal)
        settled = (alone != cold).any(axis=1)
        cold = answers.leaned(alone, np.array(asked, object), batch.normal, _extremes(batch), (_alone(batch), settled))
    wishes = wished(batch, softmax(cold))
    cold[wishes] = calmed(cold[wishes])
    untaught = softmax(cold)
    for path, model in study_models.items():
        ids, table = batch.clause_units[path]
        cold[ids] = model.logits(table, cold[ids], fold[batch.text_of[ids]], whole=False)
    return Poles(softmax(cold), untaught, speaks | wishes, wishes, layers)


def wished(batch: Read, poles: np.ndarray) -> np.ndarray:
    """Clauses that have the wording of a wish and do not blame; proposals in answer to a question for faults; and those that answer a question
    for wishes, but for such as judge or tell what there is. ``poles``: what the weights say of the clauses."""
    framings = np.array(batch.asked, object)[batch.text_of]
    asked = framings == framing.WISH
    asked[asked] = [framing.has_idea(batch.texts[t]) for t in batch.text_of[asked].tolist()]
    strongest, weakest = _extremes(batch)
    hoped, said = _hoped(batch), batch.normal
    worded = framing.wishful(said)
    for i in np.flatnonzero(asked).tolist():
        words = said[i]
        good = strongest[i] >= OUTRIGHT and answers.judges(words)
        blamed = (poles[i, 0] >= SURELY_BLAMES and not framing.wish_word(words) and answers.tells(words)) or weakest[
            i
        ] <= -SCOLDING
        asked[i] = worded[i] or answers.proposes(words) or not ((not hoped[i] and (good or blamed)) or framing.states(words))
    worded &= poles[:, 0] < BLAMES
    for i in np.flatnonzero((framings == "negative") & (weakest > -OUTRIGHT)).tolist():
        worded[i] |= answers.proposes(said[i])
    return np.asarray((asked | worded) & batch.own)


def _extremes(batch: Read) -> tuple[np.ndarray, np.ndarray]:
    """Value of the strongest and of the weakest word of each clause, after what stands before it."""
    found = np.zeros((2, batch.clauses))
    for path, (ids, table) in batch.clause_units.items():
        column = units.inputs(path).index
        scaled = table.dense[:, [column("strongest"), column("weakest")]]
        found[:, ids] = (np.sign(scaled) * np.expm1(np.abs(scaled))).T  # back from the scale of units.build
    return found[0], found[1]


def _alone(batch: Read) -> np.ndarray:
    """Clauses of short texts."""
    few = np.bincount(batch.text_of, minlength=len(batch.texts)) <= answers.FEW
    return np.asarray((few | lists(batch))[batch.text_of])


def lists(batch: Read) -> np.ndarray:
    """Texts that are mere lists of what was asked for: more clauses than a short text has, in hardly more words."""
    leading = np.array([asked not in ("", "neutral") for asked in batch.asked], bool)
    size = np.bincount(batch.text_of, sizes(batch), len(batch.texts))
    many = np.bincount(batch.text_of, minlength=len(batch.texts))
    return np.asarray(leading & (size <= answers.LISTED * many))


def _hoped(batch: Read) -> np.ndarray:
    """Clauses with a word that wishes or supposes."""
    found = np.zeros(batch.clauses, bool)
    for path, (ids, table) in batch.clause_units.items():
        column = units.inputs(path).index
        found[ids] = (table.dense[:, column("wish")] > 0) | (table.dense[:, column("irrealis")] > 0)
    return found


def calmed(logits: np.ndarray) -> np.ndarray:
    """Neutral, with a rest of the leaning that was there."""
    return np.asarray(np.log(REST * softmax(logits) + (1 - REST) * np.array([0.0, 1.0, 0.0]) + 1e-6))


def unasked(batch: Read) -> tuple[np.ndarray, np.ndarray, dict[str, dict[str, np.ndarray]]]:
    """Logits of clauses by the shipped weights alone, whatever was asked; whether anything speaks; the first layers' logits per path."""
    logits, speaks = np.tile([0.0, 1.0, 0.0], (batch.clauses, 1)), np.zeros(batch.clauses, bool)
    layers: dict[str, dict[str, np.ndarray]] = {}
    for path, (ids, table) in batch.clause_units.items():
        if len(ids):
            judgement = judge.judge(table, whole=False)
            logits[ids], speaks[ids], layers[path] = judgement.logits, judgement.assessed, judgement.first
    return logits, speaks, layers


def bare_answers(batch: Read) -> tuple[np.ndarray, np.ndarray]:
    """Texts that say "nothing", "everything", "all good" or "so-so" and no more: their valence by what was asked (nan for all other texts); and
    which mean nothing, such as "see above", and "nothing" where nobody knows what was asked."""
    codes = framing.bare(batch.texts)
    valence = np.array([BARE.get((asked, int(code)), np.nan) for asked, code in zip(batch.asked, codes, strict=True)], float)
    return valence, np.isin(codes, (framing.NOTHING, framing.EVERYTHING, framing.NO_IDEA)) & np.isnan(valence)


def emotions_and_kinds(batch: Read, layers: dict[str, dict[str, np.ndarray]], poles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of the 21 emotions and of the kinds, per clause."""
    emotion = np.zeros((batch.clauses, len(judge.emotion_keys())))
    kind = np.zeros((batch.clauses, len(judge.kind_keys())))
    for path, (ids, table) in batch.clause_units.items():
        if len(ids):
            learned = weights.load(path)
            emotion[ids] = judge.emotions(table, layers[path], poles[ids], learned)
            kind[ids] = judge.kinds(table, layers[path], poles[ids], learned)
    framings, column = np.array(batch.asked, object)[batch.text_of], judge.kind_keys().index
    kind[~batch.own, column("statement")] = 1.0
    kind[framings == "positive", column("wish")] = 0.0  # but for one by its wording: "as they said they would" is none
    named = np.flatnonzero(answers.named(framings, batch.normal, poles, _alone(batch)))
    for other in (column("wish"), column("statement")):
        kind[named, other] *= answers.RARELY
    _felt(emotion, named, poles)
    return emotion, kind


def _felt(emotion: np.ndarray, named: np.ndarray, poles: np.ndarray) -> None:
    """Who names what was asked for feels something: where no feeling is the likeliest, what speaks for it goes to the plain one."""
    none, glad, sad, cross = (judge.emotion_keys().index(e) for e in ("neutral", "satisfaction", "disappointment", "frustration"))
    named = named[emotion[named].argmax(axis=1) == none]
    good = poles[named, 2] > poles[named, 0]
    plain = np.where(good, glad, np.where(emotion[named, cross] > emotion[named, sad], cross, sad))
    emotion[named, plain] += emotion[named, none]
    emotion[named, none] = 0.0


def frame(batch: Read) -> pd.DataFrame:
    """The clauses as rows: text_id, mention, text, start, end."""
    start, end, said = spans(batch)
    number = np.arange(batch.clauses) - np.searchsorted(batch.text_of, batch.text_of)
    return pd.DataFrame(
        {"text_id": batch.text_of, "mention": number, "text": pd.array(said, dtype="str"), "start": start, "end": end}
    )


def words_turned(model: StudyModel, path: str, own: tuple[tuple[str, float], ...], texts: Sequence[str]) -> list[str]:
    """Words of the lexicon whose sign the study's data turned round and that stand in its ``texts``, at most ``TOLD``."""
    lexical = lexicon.load(path, own)
    chosen = [i for i, value in enumerate(lexical.value) if abs(value) >= 0.2]
    words = [lexical.forms[i] for i in chosen]
    pieces = split.pieces(words)
    alone = Pieces(pieces.text, pieces.start, pieces.end, pieces.hard, pieces.clean, np.full(len(pieces.text), path == "zh"))
    found = evidence.gather(alone, path, own)
    table = units.build(found, path, pieces.text, len(words), [""] * len(words))
    held = split.clean("\n".join(texts))
    return list(islice((word for word in learning.turned(model, words, lexical.value[chosen], table) if word in held), TOLD))
