"""Responses -> Personas: groups that survive resampling, or "none"; groups that the study declares; waves typed by the first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.errors import StudyError
from research_kit.labels import Sentence, label
from research_kit.personas import storage, wording
from research_kit.personas.choose import PER_PERSONA, Reason
from research_kit.personas.model import PersonaModel
from research_kit.personas.people import Group, membership, not_placed, outcomes, people, unplaced
from research_kit.personas.screener import screener
from research_kit.records import CurvePoint, Personas
from research_kit.study import find_questions, one_question

if TYPE_CHECKING:
    from research_kit.records import Language, Question, Responses
    from research_kit.study import Study

_MOST_DECLARED, _MOST_SUGGESTED, _FEWEST_EACH = 12, 6, 5


def form(responses: Responses, study: Study, language: Language) -> Personas:
    """Form the personas of a study, or say plainly that there are none.

    Only active questions form personas; demographics describe them. ``study.personas`` may fix their number, name the questions, or declare
    groups, or name an earlier run whose personas type this one. Where sources carry waves, the first wave forms the personas and the others
    are typed with its model. StudyError when the study names a question or a run that is not there, or declares groups by one that has none.
    """
    if study.personas.by:
        return _declared(responses, study, language)
    if study.personas.like:
        stored = storage.load(study.personas.like)
        if stored:
            _check_met(stored, study.personas.like, responses)
        return type_wave(stored, responses, study, language) if stored else _none_like(study.personas.like, responses, language)
    X, blocks, left_out = _features(responses, study, language)
    former, wave = _first_wave(responses, X.index)
    fewest = 1 if study.personas.n == "auto" else study.personas.n
    if former.sum() < fewest or not X.shape[1]:
        n = int(former.sum())
        reason = label("personas", "none_small", language, n=n) if X.shape[1] else label("personas", "none_questions", language)
        reasons_none = (reason, *_advice(responses, language))
        return Personas((), "none", reasons_none, (), membership(responses, None), left_out=left_out)
    _check_number(study.personas.n, int(former.sum()))
    model = PersonaModel(study.personas.n, blocks=blocks, max_personas=study.personas.max, random_state=study.seed)
    weight = responses.respondents.loc[X.index, "weight"].to_numpy(dtype=float)
    model.fit(X[former], sample_weight=weight[former] if weight[former].sum() > 0 else None)
    left_out += _model_left_out(model, wording.asked(responses), language)
    reasons = [_reason(r, int(former.sum()), language) for r in model.reasons_]
    if wave and model.n_personas_:
        reasons.append(label("personas", "wave_typed", language, first=wave, n=int((~former).sum())))
    curve = tuple(
        CurvePoint(int(c["k"]), float(c["stability"]), float(c["lowest"]), int(c["smallest"]), bool(c["accepted"]))
        for c in model.stability_.to_dict("records")
    )
    return _finished(responses, study, language, X, model, tuple(reasons), curve, left_out)


def _check_number(n: int | str, people: int) -> None:
    """StudyError where the study asks for personas of fewer than five people on average."""
    most = max(2, people // _FEWEST_EACH)
    if isinstance(n, int) and n > most:
        raise StudyError(Sentence("study_problems", "personas-many", n=n, people=people, most=most))


def _reason(reason: Reason, people: int, language: Language) -> str:
    """A reason of the model as a sentence. How many are too few is told of all who answered anything: the model counts who answered enough."""
    if reason.key != "none_small":
        return label("personas", reason.key, language, **dict(reason.values))
    return label("personas", "none_small" if people < 2 * PER_PERSONA else "none_alike", language, n=people)


def type_wave(stored: Mapping[str, Any], responses: Responses, study: Study, language: Language) -> Personas:
    """Type a later wave with the model of an earlier run (``Personas.model``): the same ids and names, nothing is formed anew.

    Questions are met by their keys; those that the wave did not ask count as not answered. ValueError when ``stored`` is no model.
    """
    model = storage.from_dict(stored)
    X = responses.answers.loc[responses.features()[0].index]
    wanted = [str(c) for c in model.encoding_.columns()]
    X = X[[c for c in wanted if c in X.columns]]
    X = (X[X.notna().any(axis=1)] if X.shape[1] else X.iloc[:0]).reindex(columns=wanted)
    reason = label("personas", "wave_typed", language, first=str(stored.get("study", "")), n=len(X))
    names = {**dict(stored.get("names", {})), **study.personas.names}
    return _finished(responses, study, language, X, model, (reason,), (), (), names=names)


def _check_met(stored: Mapping[str, Any], folder: Path, responses: Responses) -> None:
    """StudyError when these people were asked nothing that the earlier wave's personas were formed by."""
    if any(str(column) in responses.answers.columns for column in storage.from_dict(stored).encoding_.columns()):
        return
    formed_by = stored.get("study", "") or folder.name
    raise StudyError(Sentence("study_problems", "like-nothing-asked", folder=folder, study=formed_by))


def _none_like(folder: Path, responses: Responses, language: Language) -> Personas:
    """Nobody is typed by an earlier wave that formed no personas; its themes are kept all the same (``text.themes``)."""
    reasons = (label("personas", "none_like", language, first=folder.name), *_advice(responses, language))
    return Personas((), "none", reasons, (), membership(responses, None))


def _finished(
    responses: Responses,
    study: Study,
    language: Language,
    X: pd.DataFrame,
    model: PersonaModel,
    reasons: tuple[str, ...],
    curve: tuple[CurvePoint, ...],
    left_out: tuple[tuple[str, str], ...],
    *,
    names: Mapping[str, str] | None = None,
) -> Personas:
    """Everybody typed, and the cards made."""
    asked = wording.asked(responses)
    used = [i.column for i in model.encoding_.items if str(i.column) in asked]
    questions = tuple(dict.fromkeys(asked[str(c)].question.key for c in used))
    if not model.n_personas_:
        reasons = (*reasons, *_advice(responses, language), *_unmet_names(study, (), language))
        return Personas((), model.verdict_, reasons, curve, membership(responses, None), used=questions, left_out=left_out)
    ids = tuple(f"persona-{i + 1}" for i in range(model.n_personas_))
    probability = model.predict_proba(X)
    group = Group(model.predict(X), probability.max(axis=1), X.index, ids)
    cards = people(responses, group, language, used=used, names=names or study.personas.names, model=model, seed=study.seed)
    accuracy, sentence = _screener(model, X, group, asked, study.seed, language)
    kept = {"study": study.heading, "names": {p.id: p.name for p in cards}, **storage.to_dict(model)}
    return Personas(
        cards, model.verdict_,
        (*reasons, *sentence, not_placed(responses, group, language, model), *_unmet_names(study, ids, language)), curve,
        membership(responses, group, "answers"), used=questions, left_out=left_out, accuracy=accuracy, model=kept,
        unplaced=unplaced(responses, group, language, used=used, model=model),
    )  # fmt: skip


def _first_wave(responses: Responses, rows: pd.Index) -> tuple[np.ndarray, str]:
    """(who forms the personas, name of the first wave); everybody where there are no two waves."""
    waves = responses.respondents.loc[rows, "wave"]
    named = list(dict.fromkeys(waves.dropna()))
    if len(named) < 2:
        return np.ones(len(rows), dtype=bool), ""
    return waves.eq(named[0]).fillna(False).to_numpy(dtype=bool), str(named[0])


def _screener(
    model: PersonaModel, X: pd.DataFrame, group: Group, asked: Mapping[str, wording.Asked], seed: int, language: Language
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """({"screener": figures}, the sentence) of the five questions that type people nearly as well as all."""
    if model.parameters_ is None or model.n_personas_ < 2:
        return {}, ()
    keys = {str(i.column): _part(str(i.column), asked) for i in model.encoding_.items}
    classes = np.where(group.labels >= 0, model.order_[group.labels], -1)
    found = screener(model.encoding_, model.encoding_.design(X), model.parameters_, classes, keys, seed=seed)
    if found is None:
        return {}, ()
    about = {_part(column, asked): item for column, item in asked.items()}
    texts = [
        wording.subject(about[k], 60) if about[k].question.rows else wording.shorten(about[k].question.text, 60)
        for k in found.questions
        if k in about
    ]
    right = round(found.agreement, 4)
    sentence = label("personas", "screener", language, right=f"{100 * right:.0f}", questions=wording.listed(texts, language))
    return {"screener": {"questions": list(found.questions), "agreement": right, "n": found.n}}, (sentence,)


def _part(column: str, asked: Mapping[str, wording.Asked]) -> str:
    """What is asked in one go: a question with all its options, but a single row of a matrix."""
    item = asked.get(column)
    return column if item is None or item.question.rows else item.question.key


def _features(
    responses: Responses, study: Study, language: Language
) -> tuple[pd.DataFrame, dict[str, list[str]], tuple[tuple[str, str], ...]]:
    """The answers that may form personas, by the study's choice or all active questions; and what that leaves out."""
    X, blocks = responses.features()
    if study.personas.using:
        chosen = [one_question(name, responses.questions, "[personas] using") for name in study.personas.using]
        columns = list(dict.fromkeys(c for q in chosen for c in q.answer_columns))
        X = responses.answers.loc[X.index, columns].copy()
        blocks = {q.key: list(q.answer_columns) for q in chosen if len(q.answer_columns) > 1}
        keys = {q.key for q in chosen}
        rest = [q for q in responses.questions if q.role == "active" and q.answer_columns and q.key not in keys]
        left = tuple((q.key, label("personas", "left_not_chosen", language)) for q in rest)
    else:
        results = [q for q in outcomes(responses) if q.answer_columns]
        X = X.drop(columns=[c for q in results for c in q.answer_columns if c in X.columns])
        blocks = {key: columns for key, columns in blocks.items() if columns[0] in X.columns}
        rest = [q for q in responses.questions if q.role == "demographic" and q.answer_columns]
        left = tuple((q.key, label("personas", "left_outcome", language)) for q in results)
        left += tuple((q.key, label("personas", "left_demographic", language)) for q in rest)
    if X.shape[1]:
        X = X[X.notna().any(axis=1)]
    return X, blocks, left


def _model_left_out(model: PersonaModel, asked: Mapping[str, wording.Asked], language: Language) -> tuple[tuple[str, str], ...]:
    """Questions none of whose columns take part, each with the first reason."""
    used = {asked[str(i.column)].question.key for i in model.encoding_.items}
    out: dict[str, str] = {}
    for left in model.left_out_:
        key = asked[left.column].question.key
        values: dict[str, Any] = dict(left.values)
        if "other" in values:
            values["other"] = wording.subject(asked[values["other"]])
        if key not in used:
            out.setdefault(key, label("personas", left.reason, language, **values))
    return tuple(out.items())


def _advice(responses: Responses, language: Language) -> tuple[str, ...]:
    """What to do where there are no personas: groups that the study can declare, by the questions that would serve."""
    X, _ = responses.features()
    good = []
    for question in responses.questions:
        if question.role not in ("active", "demographic") or question.kind != "single" or len(question.answer_columns) != 1:
            continue
        counts = responses.answers.loc[X.index, question.answer_columns[0]].value_counts()
        counts = counts[counts > 0]
        if 2 <= len(counts) <= _MOST_SUGGESTED and counts.min() >= max(12, 0.04 * len(X)) and counts.sum() >= 0.7 * len(X):
            good.append(question)
    good.sort(key=lambda q: q.role != "demographic")
    texts = [_handle(q, responses.questions) for q in good[:3]]
    if not texts:
        return (label("personas", "none_advice_any", language),) if X.shape[1] else ()
    return (label("personas", "none_advice", language, questions=wording.listed(texts, language)),)


def _handle(question: Question, questions: Sequence[Question]) -> str:
    """A part of a question's text that no other question has: its beginning, its end, or all of it; else its key."""
    text = question.text
    parts = [text] if len(text) <= 60 else [text[:60].rsplit(" ", 1)[0], text[-60:].partition(" ")[2] or text[-60:], text]
    return next((part for part in parts if len(find_questions(part, questions)) == 1), question.key)


def _declared(responses: Responses, study: Study, language: Language) -> Personas:
    """The answers to one question are the groups, largest first; people who did not answer are in none."""
    question = one_question(study.personas.by, responses.questions, "[personas] by")
    _check_declared(question, study.personas.by)
    X, _ = responses.features()
    given = responses.answers[question.answer_columns[0]].astype(object)
    # Who left it out belongs to no group; reviewers of a file that has no such column are no part of this.
    source = responses.respondents["source"]
    rows = given.index[responses.included() & (given.index.isin(X.index) | source.isin(source[given.notna()].unique()))]
    answers = given.loc[rows]
    counts = answers.dropna().value_counts()
    levels = sorted(counts.index.tolist(), key=lambda level: (-int(counts[level]), str(level)))
    if len(levels) > _MOST_DECLARED:
        raise StudyError(Sentence("study_problems", "by-too-many", name=study.personas.by, n=len(levels), most=_MOST_DECLARED))
    number = {level: i for i, level in enumerate(levels)}
    labels = answers.map(number).fillna(-1).to_numpy(dtype=int)
    ids = tuple(f"group-{i + 1}" for i in range(len(levels)))
    group = Group(labels, np.where(labels >= 0, 1.0, 0.0), rows, ids)
    named = study.personas.names  # by the id, or by the answer that makes the group
    names = {key: named.get(key, named.get(str(level), str(level))) for key, level in zip(ids, levels, strict=True)}
    used = [c for c in X.columns if c not in question.answer_columns]
    cards = people(responses, group, language, used=used, names=names, declared_by=question.key)
    reasons = (
        label("personas", "declared", language, question=question.text),
        not_placed(responses, group, language),
        *_unmet_names(study, (*ids, *map(str, levels)), language),
    )
    nobody = unplaced(responses, group, language, used=used)
    return Personas(
        cards, "declared", reasons, (), membership(responses, group, "declared"), declared_by=question.key, unplaced=nobody
    )


def _unmet_names(study: Study, known: Sequence[str], language: Language) -> tuple[str, ...]:
    """That the study file names personas which there are not."""
    unmet = [name for name in study.personas.names if name not in known]
    return (label("personas", "names_unmet", language, names=", ".join(unmet)),) if unmet else ()


def _check_declared(question: Question, name: str) -> None:
    if question.kind not in ("single", "rating", "nps") or len(question.answer_columns) != 1:
        raise StudyError(Sentence("study_problems", "by-kind", name=name, kind=question.kind))
