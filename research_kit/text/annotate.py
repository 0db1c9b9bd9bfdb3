"""``annotate``: the same reading for any texts, without a study file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, islice
from typing import Literal

import numpy as np
import pandas as pd

from research_kit import study as studies
from research_kit.errors import StudyError
from research_kit.memory import sparing
from research_kit.records import COMMENT_COLUMNS, LANGUAGES, MENTION_COLUMNS, Stage
from research_kit.text import columns, framing, reader, themes
from research_kit.text import stages as stage_words
from research_kit.text.judgement import learning
from research_kit.text.pieces import tongues

_LANGUAGES = (*LANGUAGES, "mixed", "other")
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no file can hold."""
THEMES_FROM = 30
"""Texts from which themes are looked for."""
THEMES_OF, THEMES_BY = 6_000, 2_000
"""The first texts, and a sample of their mentions, that say which themes there are."""


def annotate(
    texts: Sequence[str],
    *,
    questions: Sequence[str | None] | None = None,
    ratings: Sequence[float | None] | None = None,
    languages: Sequence[str | None] | None = None,
    stages: Sequence[Stage] | None = None,
    unit: Literal["mention", "text"] = "mention",
) -> pd.DataFrame:
    """What each text says: one row per clause (``unit="mention"``) or per text (``"text"``, in the order of ``texts``).

    A text that says nothing that can be judged has a missing sentiment and valence, never 0. With ``ratings`` (numbers on one scale, None
    where there is none) the judgement is fitted to them; every value is out-of-fold: a text's own rating never enters its own sentiment
    or valence, and is reported beside it as ``rating``. ``questions`` tell what an answer was about. ``stages`` replace the default
    journey's. Columns: see records.MENTION_COLUMNS; deterministic.

    StudyError when ``texts`` is one text, an argument has another length than ``texts`` or holds what is not allowed, or ``unit`` is
    neither of the two.
    """
    if isinstance(texts, str):
        raise StudyError("annotate got one text: give a list of texts, such as [text].")
    texts = [text if type(text) is str and text.isascii() else _written(text) for text in texts]
    if problems := _problems(len(texts), questions, ratings, languages, stages, unit):
        raise StudyError(problems)
    if not texts:
        return pd.DataFrame(columns=list(MENTION_COLUMNS))
    comments = _comments(texts, questions)
    rated = np.array(
        [np.nan if r is None or pd.isna(r) else float(r) for r in ratings] if ratings is not None else [np.nan] * len(texts)
    )
    with sparing():
        mentions, whole = _read(comments, rated, languages, stages, whole=unit == "text")
    if unit == "text":
        return _per_text(mentions, whole, texts, ratings)
    result = mentions[list(MENTION_COLUMNS)]
    if ratings is not None:
        result = result.assign(rating=rated[result["text_id"].to_numpy()])
    return result


def _written(text: str | None) -> str:
    return "" if text is None or pd.isna(text) else _HALF.sub("\ufffd", str(text))


def _problems(
    n: int,
    questions: Sequence[str | None] | None,
    ratings: Sequence[float | None] | None,
    languages: Sequence[str | None] | None,
    stages: Sequence[Stage] | None,
    unit: str,
) -> list[str]:
    """Why these arguments cannot be used, one sentence each."""
    problems = [
        f"annotate got {n} texts but {len(given)} {name}: give one for each text, or None."
        for name, given in (("questions", questions), ("ratings", ratings), ("languages", languages))
        if given is not None and len(given) != n
    ]
    if wrong := sorted({repr(r) for r in ratings if not _is_number(r)}) if ratings is not None else []:
        problems.append(f"annotate got the rating {wrong[0]}: ratings are numbers on one scale, or None.")
    unknown = (
        sorted({str(name) for name in languages if not pd.isna(name) and name not in _LANGUAGES}) if languages is not None else []
    )
    if unknown:
        problems.append(f"annotate got the language {unknown[0]!r}: allowed are {', '.join(_LANGUAGES)}, or None.")
    if stages is not None and not all(isinstance(stage, Stage) for stage in stages):
        problems.append('annotate wants stages as rk.Stage, such as rk.Stage("use", names={"en": "Use"}).')
    if unit not in ("mention", "text"):
        problems.append(f'annotate has no unit {unit!r}: it is "mention" or "text".')
    return problems


def _is_number(value: object) -> bool:
    if value is None or value is pd.NA:
        return True
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _comments(texts: Sequence[str], questions: Sequence[str | None] | None) -> pd.DataFrame:
    """The texts as COMMENT_COLUMNS; blank ones too."""
    n = len(texts)
    asked = [("" if q is None or pd.isna(q) else str(q)) for q in questions] if questions is not None else [""] * n
    known = {q: framing.detect(q) for q in dict.fromkeys(asked)}
    blank = columns.named(("",), np.zeros(n, np.int64))
    which = np.array([list(known).index(q) for q in asked]) if len(known) > 1 else np.zeros(n, np.int64)
    filled = {
        "unit": np.arange(n), "row": np.arange(n), "column": 0, "question_text": columns.named(tuple(known), which),
        "framing": columns.named(tuple(known.values()), which), "text": pd.Series(texts, dtype=object), "rating": np.full(n, np.nan),
    }  # fmt: skip
    return pd.DataFrame({name: filled.get(name, blank) for name in COMMENT_COLUMNS})


def _read(
    comments: pd.DataFrame, rated: np.ndarray, given: Sequence[str | None] | None, stages: Sequence[Stage] | None, *, whole: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(mentions, what each text says as a whole; no row where that is not asked for)"""
    own, told = _default() if stages is None else _studied(tuple(stages))
    plain = reader.Reader(own, "en", chinese=tongues.script_of(comments["text"], "en"))
    if not np.isnan(rated).all():
        taught = comments if len(comments) <= reader.SAMPLE else comments.sample(reader.SAMPLE, random_state=0).sort_index()
        plain.study_models, plain.learned = reader.fitted(
            taught["text"].tolist(), reader.asked_of(taught).tolist(), rated[taught.index], ()
        )
    plain.stage_model = told
    comments = comments.assign(rating=learning.scaled(rated))
    chunks = reader.slices(comments["text"].tolist())
    spoken = (_heard(plain, comments.iloc[some], given[some] if given is not None else None, whole) for some in chunks)
    first = list(islice(spoken, sum(some.start < THEMES_OF for some in chunks)))
    if len(comments) >= THEMES_FROM:
        plain.theme_model = _formed([part for part, _ in first])
    mentions, said = [], []
    # The first chunks go as they are placed.
    for part, texts in chain((first.pop(0) for _ in range(len(first))), spoken):
        mentions.append(plain.placed(part)[list(MENTION_COLUMNS)])
        said.append(texts)
    return reader.together(mentions), pd.concat(said, ignore_index=True)


def _heard(
    plain: reader.Reader, comments: pd.DataFrame, given: Sequence[str | None] | None, whole: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a chunk says, and what each of its texts says as a whole where that is asked for. Nothing else of the chunk stays in memory."""
    part, texts = plain.spoken(comments, given)
    return part, texts() if whole else pd.DataFrame()


@cache
def _default() -> tuple[studies.Study, stage_words.StageModel]:
    return _studied(studies.template(studies.DEFAULT_JOURNEY))


def _studied(stages: tuple[Stage, ...]) -> tuple[studies.Study, stage_words.StageModel]:
    """A study of nothing but these stages, and what betrays them."""
    learned = stage_words.StageModel.learn(pd.DataFrame({"normal": []}), stages)
    return studies.Study(name="annotate", sources=(), stages=stages), learned


def _formed(spoken: Sequence[pd.DataFrame]) -> themes.ThemeModel:
    """The themes of what the first texts say."""
    heard = pd.concat([part[["text_id", "normal", "kind", "question_text"]] for part in spoken], ignore_index=True)
    return themes.formed(heard[heard["text_id"] < THEMES_OF], size=THEMES_BY)


def _per_text(
    mentions: pd.DataFrame, whole: pd.DataFrame, texts: Sequence[str], ratings: Sequence[float | None] | None
) -> pd.DataFrame:
    """One row per text: sentiment and valence of the whole; of the other columns what its strongest clause says."""
    order = mentions.assign(force=mentions["valence"].abs().fillna(-1)).sort_values(
        ["text_id", "force"], ascending=[True, False], kind="stable"
    )
    strongest = order.drop_duplicates("text_id").set_index("text_id").reindex(range(len(texts)))
    result = strongest.reset_index()[list(MENTION_COLUMNS)]
    result = result.assign(
        mention=0, text=pd.array(list(texts), dtype="str"), start=0, end=[len(t) for t in texts], sentiment=whole["sentiment"].to_numpy(),
        valence=whole["valence"].to_numpy(), sarcasm=mentions.groupby("text_id")["sarcasm"].any().reindex(range(len(texts))).to_numpy(),
    )  # fmt: skip
    if ratings is not None:
        result["rating"] = [np.nan if r is None or pd.isna(r) else float(r) for r in ratings]
    return result
