"""From probabilities to what is written down: sentiment, valence, emotion, kind, sarcasm; missing where nothing speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from research_kit.records import EMOTIONS, MENTION_KINDS
from research_kit.text import columns, framing, pains
from research_kit.text.assemble import Read
from research_kit.text.signs import evidence, units

STRONG = 0.25
"""Valence from which a clause counts as a pole of a mixed text."""
CLEAR = 0.45
"""Probability from which one pole of a text wins over the other, so that it is not called mixed."""
BAD_RATING = 0.25
EVENTS = ("break_fact", "wait_duration", "nobody", "repeat")
GOOD = ("joy", "satisfaction", "excitement", "trust", "hope", "pride", "relief", "gratitude")
BAD = (
    "frustration", "anger", "disappointment", "anxiety", "impatience", "overwhelm", "boredom", "sadness", "confusion", "hesitation",
)  # fmt: skip
"""Emotions of one colour; surprise, curiosity and neutral fit any."""
KIND, CROSS = np.log1p(0.45), np.log1p(0.3)
"""Size of a word that praises ("a quick visit" does not) or blames beside an errand, as units.build scales it."""
_EXCLAIMS = re.compile(
    r"(?:(?:oh|just|how|really|so|well|absolutely|simply) )*(?:great|brilliant|wonderful|fantastic|amazing|excellent|awesome|perfect|lovely|nice|"
    r"superb|marvel+ous|bravo|congrat(?:ulation)?s|(?:many )?thanks(?: a (?:lot|bunch))?|thank you|well done|(?:good|great|nice) (?:job|work|one))"
    r"(?:,? (?:guys|people|everyone|folks))?\W*|"
    r"(?:真的?是?|可真|还真|实在|太|好|哇|哦|喔)*(?:太?(?:棒|赞|好|厉害|优秀|贴心|精彩|完美|强|牛|佩服|感动)|谢谢|感谢|恭喜)"
    r"(?:你们?|您|贵公司|了|喔|哦|啊|呢|呀|吧|耶|啦)*\W*"
)
"""Praise that does not say of what."""
OUTRIGHT = np.log1p(0.5) - 1e-6
"""Size of a word of 0.5 or more, as units.build scales it."""
SENTIMENT = ("negative", "neutral", "positive", "mixed")
MIXED = SENTIMENT.index("mixed")
BARE_EMOTION = np.array([EMOTIONS.index(name) for name in ("disappointment", "neutral", "satisfaction")])
"""Of bare answers that speak ill, neither ill nor well, and well."""


def clause_columns(batch: Read, poles: np.ndarray, assessed: np.ndarray, bare: np.ndarray) -> pd.DataFrame:
    """sentiment and valence per clause; missing where not assessed, and where a clause only tells of an errand. ``bare``: valence of bare answers
    per text, else nan."""
    valence = poles[:, 2] - poles[:, 0]
    told = bare[batch.text_of]
    is_bare = ~np.isnan(told)
    shown = (assessed & ~_errands(batch)) | is_bare
    return _values(np.where(is_bare, _sign(told), poles.argmax(axis=1)), np.where(is_bare, told, valence), shown)


def _errands(batch: Read) -> np.ndarray:
    """Clauses that only tell of an errand, and have no word that judges. (Who was asked for wishes names one.)"""
    only = np.array([asked != framing.WISH for asked in batch.asked], bool)[batch.text_of]
    for path, (ids, table) in batch.clause_units.items():
        column = units.inputs(path).index
        only[ids] &= (table.dense[:, column("strongest")] < KIND) & (table.dense[:, column("weakest")] > -CROSS)
    only[[i for i in np.flatnonzero(only).tolist() if not framing.errand(batch.normal[i])]] = False
    return np.asarray(only)


def _values(sentiment: np.ndarray, valence: np.ndarray, shown: np.ndarray) -> pd.DataFrame:
    """sentiment and valence; missing where nothing is shown."""
    return pd.DataFrame(
        {"sentiment": columns.named(SENTIMENT, np.where(shown, sentiment, -1)), "valence": np.where(shown, np.round(valence, 4), np.nan)}
    )  # fmt: skip


def emotion_columns(clauses: pd.DataFrame, emotion: np.ndarray, kind: np.ndarray, is_bare: np.ndarray) -> pd.DataFrame:
    """emotion, emotion_score and kind per clause, in keeping with its sentiment; who only asks for something feels hope or nothing."""
    shown = clauses["sentiment"].notna().to_numpy()
    emotion = _fitting(emotion, clauses["sentiment"])
    asks = clauses["sentiment"].eq("neutral").to_numpy() & (kind.argmax(axis=1) == MENTION_KINDS.index("wish"))
    calm = np.isin(EMOTIONS, ("neutral", "hope"))
    emotion[asks] *= calm
    best = emotion.argmax(axis=1)
    score = np.round(emotion[np.arange(len(best)), best], 4)
    name = np.where(is_bare, BARE_EMOTION[_sign(clauses["valence"].to_numpy(float))], best)
    kinds = np.where(is_bare, MENTION_KINDS.index("statement"), kind.argmax(axis=1))
    return pd.DataFrame(
        {
            "emotion": columns.named(EMOTIONS, np.where(shown, name, -1)), "emotion_score": np.where(shown, score, np.nan),
            "kind": columns.named(MENTION_KINDS, kinds),
        }
    )  # fmt: skip


def _sign(valence: np.ndarray) -> np.ndarray:
    """0, 1 or 2: below, at or above nought; what is missing counts as that."""
    return np.asarray(np.sign(np.nan_to_num(valence)).astype(int) + 1)


def _fitting(emotion: np.ndarray, sentiment: pd.Series) -> np.ndarray:
    """No joy in a complaint and no anger in praise: the emotions that fit the sentiment; the neutral one always does."""
    weight = np.ones_like(emotion)
    said = sentiment.to_numpy(object, na_value="")
    weight[np.ix_(said == "negative", np.isin(EMOTIONS, GOOD))] = 0
    weight[np.ix_(said == "positive", np.isin(EMOTIONS, BAD))] = 0
    fitting = emotion * weight
    fitting[:, EMOTIONS.index("neutral")] += 1e-9  # where all others are ruled out
    return np.asarray(fitting)


def kinds_allowed(kind: np.ndarray, sentiment: pd.Series, normal: Sequence[str], wishes: np.ndarray) -> np.ndarray:
    """A delight is positive; a pain is negative, or neutral and says what is wrong; what is not assessed is a statement.
    ``wishes``: clauses that are wishes by what was asked or by their wording; of the others none is one that has no word for it.
    ``normal``: what the clauses say."""
    weight = np.ones_like(kind)
    pain, delight, wish = (MENTION_KINDS.index(name) for name in ("pain", "delight", "wish"))
    said = sentiment.to_numpy(object, na_value="")
    mild = (said == "neutral") & (np.delete(kind, delight, axis=1).argmax(axis=1) == pain - (delight < pain))
    weight[mild & ~pains.complaining(normal, mild), pain] = 0
    guessed = np.flatnonzero((kind.argmax(axis=1) == wish) & ~wishes).tolist()
    weight[[i for i in guessed if not framing.wish_word(normal[i])], wish] = 0
    weight[np.isin(said, ("positive", "")), pain] = 0
    weight[(said == "") & ~wishes, wish] = 0
    weight[said != "positive", delight] = 0
    allowed = kind * weight
    allowed[wishes] = np.eye(len(MENTION_KINDS))[wish]
    return np.asarray(allowed)


def text_columns(batch: Read, poles: np.ndarray, assessed: np.ndarray, bare: np.ndarray, clauses: pd.DataFrame) -> pd.DataFrame:
    """sentiment and valence per text; "mixed" where its clauses speak both ways and neither wins."""
    n = len(batch.texts)
    value = clauses["valence"].fillna(0).to_numpy()
    both = (np.bincount(batch.text_of, value >= STRONG, n) > 0) & (np.bincount(batch.text_of, value <= -STRONG, n) > 0)
    best = poles.argmax(axis=1)
    sentiment = np.where(both & ((best == 1) | (poles.max(axis=1) < CLEAR)), MIXED, best)
    valence = poles[:, 2] - poles[:, 0]
    is_bare = ~np.isnan(bare)
    some = np.bincount(batch.text_of, clauses["sentiment"].notna(), n) > 0
    shown = (assessed & ~(np.bincount(batch.text_of, _errands(batch), n) > 0)) | is_bare | some
    return _values(np.where(is_bare, _sign(bare), sentiment), np.where(is_bare, bare, valence), shown)


def sarcastic(batch: Read, clauses: pd.DataFrame, texts: Callable[[], pd.DataFrame], rating: np.ndarray) -> np.ndarray:
    """Clauses where a positive phrase meets a bad event, or where a text that reads positive comes with a bad rating. Flagged, never flipped.

    ``rating``: of each text, 0..1 or nan; ``texts``: gives what each says as a whole, asked where a rating is bad.
    """
    praise, event, mocks = (np.zeros(batch.clauses, bool) for _ in range(3))
    for path, (ids, table) in batch.clause_units.items():
        if not len(ids):
            continue
        column = evidence.names(path).index
        has = {
            name: table.dense[:, column(name)] > 0
            for name in ("sarcasm", "contrast", "recover", "turned_positive", "unreal_positive", *EVENTS)
        }
        doubt = has["contrast"] | has["recover"] | has["turned_positive"] | has["unreal_positive"]
        praise[ids] = (table.dense[:, column("strongest")] >= OUTRIGHT) & ~doubt
        mocks[ids] = has["sarcasm"]
        event[ids] = (np.any([has[name] for name in EVENTS], axis=0) | (table.dense[:, column("weakest")] <= -OUTRIGHT)) & ~has[
            "contrast"
        ]
    # The event stands in the clause itself, or follows in the same sentence: "Great, it broke again."
    first = np.flatnonzero(np.diff(batch.clause, prepend=-1))
    goes_on = ~batch.pieces.hard[first][1:] & (np.diff(batch.text_of) == 0)
    follows = np.append(event[1:] & (mocks[:-1] | mocks[1:]) & goes_on, False)
    flags = praise & ((mocks & event) | follows)
    bad = rating <= BAD_RATING
    if not bad.any():
        return np.asarray(flags)
    value = clauses["valence"].fillna(0).to_numpy()
    whole = texts()["valence"].fillna(0).to_numpy()
    blamed = np.bincount(batch.text_of, value <= -STRONG, len(batch.texts)) > 0
    reads_good = bad & (whole > np.where(blamed, 0.3, 0.0))
    best = (value > np.where(blamed, 0.4, 0.0)[batch.text_of]) & clauses["sentiment"].eq("positive").to_numpy(
        bool, na_value=False
    )
    return np.asarray(flags | (reads_good[batch.text_of] & best) | _exclaimed(batch, clauses, rating))


def _exclaimed(batch: Read, clauses: pd.DataFrame, rating: np.ndarray) -> np.ndarray:
    """Praise that does not say of what, beside blame, under a bad rating: 太棒了，又當機了."""
    value = clauses["valence"].fillna(0).to_numpy()
    together = np.diff(batch.text_of) == 0
    blame = value <= -STRONG
    beside = np.append(blame[1:] & together, False) | np.append(False, blame[:-1] & together)
    told = np.asarray((value > 0) & beside & (rating <= BAD_RATING)[batch.text_of])
    told[told] = [_EXCLAIMS.fullmatch(batch.normal[place].strip()) is not None for place in np.flatnonzero(told)]
    return told
