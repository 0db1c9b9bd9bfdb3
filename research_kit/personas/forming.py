"""Responses -> Personas: groups that survive resampling, or "none"; groups that the study declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.errors import StudyError
from research_kit.labels import label
from research_kit.personas import cards, rules, wording
from research_kit.personas.model import PersonaModel
from research_kit.records import CurvePoint, Persona, Personas
from research_kit.statistics import wilson
from research_kit.study import one_question

if TYPE_CHECKING:
    from research_kit.records import Language, Responses
    from research_kit.study import Study

_PLACED = ("persona", "probability", "how")


@dataclass(frozen=True)
class Group:
    """People who belong together, before they get a card."""

    labels: np.ndarray
    """By person in ``rows``: group number, -1 = none."""
    probability: np.ndarray
    rows: pd.Index
    count: int
    ids: tuple[str, ...]


def form(responses: Responses, study: Study, language: Language) -> Personas:
    """Form the personas of a study, or say plainly that there are none.

    Only active questions form personas; demographics describe them. ``study.personas`` may fix their number, name the questions, or declare
    groups. StudyError when it names a question that is not there.
    """
    if study.personas.by:
        return _declared(responses, study, language)
    X, blocks, left_out = _features(responses, study, language)
    model = PersonaModel(study.personas.n, blocks=blocks, max_personas=study.personas.max, random_state=study.seed)
    if not len(X) or not X.shape[1]:
        reason = label("personas", "none_questions" if len(X) else "none_small", language, **({} if len(X) else {"n": 0}))
        return Personas((), "none", (reason,), (), _membership(responses, None), left_out=left_out)
    weight = responses.respondents.loc[X.index, "weight"].to_numpy(dtype=float)
    model.fit(X, sample_weight=weight)
    asked = wording.asked(responses)
    left_out += _model_left_out(model, X, asked, language)
    reasons = [label("personas", r.key, language, **dict(r.values)) for r in model.reasons_]
    curve = tuple(
        CurvePoint(int(c["k"]), float(c["stability"]), float(c["lowest"]), int(c["smallest"]), bool(c["accepted"]))
        for c in model.stability_.to_dict("records")
    )
    probability = model.predict_proba(X)
    ids = tuple(f"persona-{i + 1}" for i in range(model.n_personas_))
    sure = probability.max(axis=1) if model.n_personas_ else np.zeros(len(X))
    group = Group(model.labels_, sure, X.index, model.n_personas_, ids)
    if model.n_personas_:
        reasons.append(_not_placed(int((model.labels_ < 0).sum()), len(X), language))
    used = [i.column for i in model.encoding_.items]
    people = _people(responses, study, language, group, used, model)
    questions = tuple(dict.fromkeys(asked[str(c)].question.key for c in used))
    return Personas(
        people, model.verdict_, tuple(reasons), curve, _membership(responses, group, "answers"), used=questions, left_out=left_out,
        accuracy={},
    )  # fmt: skip


def _features(
    responses: Responses, study: Study, language: Language
) -> tuple[pd.DataFrame, dict[str, list[str]], tuple[tuple[str, str], ...]]:
    """The answers that may form personas, by the study's choice or all active questions."""
    X, blocks = responses.features()
    if study.personas.using:
        chosen = [one_question(name, responses.questions, "[personas] using") for name in study.personas.using]
        X = responses.answers.loc[X.index, [c for q in chosen for c in q.answer_columns]].copy()
        blocks = {q.key: list(q.answer_columns) for q in chosen if len(q.answer_columns) > 1}
        keys = {q.key for q in chosen}
        rest = [q for q in responses.questions if q.role == "active" and q.answer_columns and q.key not in keys]
        left = tuple((q.key, label("personas", "left_not_chosen", language)) for q in rest)
    else:
        rest = [q for q in responses.questions if q.role == "demographic" and q.answer_columns]
        left = tuple((q.key, label("personas", "left_demographic", language)) for q in rest)
    if X.shape[1]:
        X = X[X.notna().any(axis=1)]
    return X, blocks, left


def _model_left_out(
    model: PersonaModel, X: pd.DataFrame, asked: Mapping[str, wording.Asked], language: Language
) -> tuple[tuple[str, str], ...]:
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


def _not_placed(n: int, total: int, language: Language) -> str:
    return label("personas", "not_placed", language, n=n, total=total, share=f"{100 * n / max(total, 1):.0f}")


def _people(
    responses: Responses, study: Study, language: Language, group: Group, used: list[Any], model: PersonaModel | None
) -> tuple[Persona, ...]:
    """A card for each group."""
    if not group.count:
        return ()
    asked = wording.asked(responses)
    answers = responses.answers.loc[group.rows]
    weight = responses.respondents.loc[group.rows, "weight"].to_numpy(dtype=float)
    by = [str(c) for c in used]
    tables = cards.compare(answers, group.labels, group.count, weight=weight, columns=by)
    who = [
        c for q in responses.questions if q.role == "demographic" and q.kind != "date" for c in q.answer_columns if c not in by
    ]
    described = cards.compare(answers, group.labels, group.count, weight=weight, columns=who)
    names = wording.draft_names(tables, asked, language)
    placed = group.labels >= 0
    total, effective = float(weight[placed].sum()), float(weight[placed].sum() ** 2 / max((weight[placed] ** 2).sum(), 1e-12))
    tests, data = rules.features(model.encoding_.items, answers) if model else ([], np.zeros((len(answers), 0)))
    out = []
    for g, key in enumerate(group.ids):
        member = group.labels == g
        share = float(weight[member].sum() / max(total, 1e-12))
        low, high = wilson(share * effective, effective)
        probability = pd.Series(group.probability[member], index=group.rows[member])
        out.append(
            Persona(
                id=key,
                name=study.personas.names.get(key) or names[g],
                n=int(member.sum()),
                share=share,
                low=low,
                high=high,
                traits=cards.traits(tables[g], asked, language),
                demographics=cards.demographics(described[g], asked, language),
                quotes=cards.quotes(responses.comments, probability),
                stability=float(model.jaccard_[g]) if model else None,
                rule=rules.rule(tests, data, member, asked, language, seed=study.seed) if model else None,
            )
        )
    return tuple(out)


def _declared(responses: Responses, study: Study, language: Language) -> Personas:
    """The answers to one question are the groups, largest first; people who did not answer are in none."""
    question = one_question(study.personas.by, responses.questions, "[personas] by")
    if question.kind not in ("single", "rating", "nps") or len(question.answer_columns) != 1:
        raise StudyError(
            f"[personas] by = “{study.personas.by}” is a {question.kind} question; groups can be declared by a single choice or a rating."
        )
    X, _ = responses.features()
    answers = responses.answers.loc[X.index, question.answer_columns[0]]
    counts = answers.astype(object).value_counts()
    levels = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))
    number = {level: i for i, level in enumerate(levels)}
    labels = np.array([number.get(a, -1) if a is not None else -1 for a in answers.astype(object)])
    ids = tuple(f"group-{i + 1}" for i in range(len(levels)))
    group = Group(labels, np.where(labels >= 0, 1.0, 0.0), X.index, len(levels), ids)
    used = [c for c in X.columns if c not in question.answer_columns]
    names = {key: study.personas.names.get(key, str(level)) for key, level in zip(ids, levels, strict=True)}
    named = replace(study, personas=replace(study.personas, names=names))
    reasons = [
        label("personas", "declared", language, question=question.text),
        _not_placed(int((labels < 0).sum()), len(X), language),
    ]
    return Personas(
        _people(responses, named, language, group, used, None), "declared", tuple(reasons), (),
        _membership(responses, group, "declared"), declared_by=question.key,
    )  # fmt: skip


def _membership(responses: Responses, group: Group | None, how: str = "") -> pd.DataFrame:
    """One row per person: persona, probability, how."""
    index = responses.respondents.index
    persona = pd.Series(pd.NA, index=index, dtype="str")
    probability = pd.Series(np.nan, index=index, dtype=float)
    means = pd.Series("", index=index, dtype="str")
    if group is not None and group.count:
        placed = group.labels >= 0
        persona.loc[group.rows[placed]] = [group.ids[g] for g in group.labels[placed]]
        probability.loc[group.rows] = group.probability
        means.loc[group.rows[placed]] = how
    return pd.DataFrame(dict(zip(_PLACED, (persona, probability, means), strict=True)))
