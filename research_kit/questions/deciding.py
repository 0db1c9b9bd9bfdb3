"""From drafts to decided questions: what stands together is decided together, what has nothing in common comes apart, the study's word stands above."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit.errors import Gathering, StudyError
from research_kit.labels import Sentence
from research_kit.questions import answers, keys, single_column, spread
from research_kit.questions.draft import Decision, Draft
from research_kit.questions.drafts import TWIN
from research_kit.questions.headers import question_code
from research_kit.questions.profile import norm, numbers
from research_kit.questions.siblings import with_siblings
from research_kit.records import Question
from research_kit.study import QuestionSpec, find_questions, one_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.draft import Part

    Decided = list[tuple[Draft, Decision]]


def decided(drafts: Sequence[Draft], specs: Mapping[str, QuestionSpec], told: Gathering) -> Decided:
    """Every question with its key and what it is. ``specs``: what the study file says, by key or a distinctive part of the text.

    ``told`` gathers every name in ``specs`` that fits no question, or several; every question made a rating whose answers have no known order; and
    every kind or scale that leaves no answer of a question, and weights that are no numbers.
    """
    named = [replace(d, key=_key(d)) for d in drafts]
    pairs = with_siblings([pair for d in named for pair in _decide(d)])
    unique = keys.unique([d.key for d, _ in pairs])
    pairs = [(replace(d, key=k), c) for (d, c), k in zip(pairs, unique, strict=True)]
    said = _matched(specs, pairs, told)
    pairs = [_as_said(replace(d, spec=said[d.key]), c) if d.key in said else (d, c) for d, c in pairs]
    unordered = {d.key: _unordered(d) for d, c in pairs if c.kind in ("rating", "nps") and c.found is None and d.first.column.n}
    emptied = [_emptied(d) for d, c in pairs if d.key not in unordered and _fits_nobody(d, c)]
    weightless = [
        Sentence("study_problems", "no-weight", key=d.key, answers=_first_answers(d))
        for d, _ in pairs
        if d.spec.weight and not (numbers(d.first.column.values) >= 0).any()
    ]
    if wrong := [*unordered.values(), *emptied, *weightless]:
        with told:
            raise StudyError(wrong)
    return pairs


def as_questions(pairs: Decided) -> list[Question]:
    """The questions as a study file may name them."""
    return [Question(key=d.key, text=d.text, kind=c.kind, role="meta", reason="") for d, c in pairs]


def _matched(specs: Mapping[str, QuestionSpec], pairs: Decided, told: Gathering) -> dict[str, QuestionSpec]:
    """Question key -> what the study file says of it and of its rows."""
    questions, said = as_questions(pairs), dict[str, QuestionSpec]()
    for name, spec in specs.items():
        where = f'[questions."{name}"]'
        with told:
            key, row = _meant(name, questions, pairs, where)
            before = said.get(key, QuestionSpec())
            if row and spec != QuestionSpec(stage=spec.stage):
                raise StudyError(Sentence("study_problems", "row-settings", where=where))
            rows = {**before.rows, row: spec.stage or ""} if row else before.rows
            said[key] = replace(before if row else spec, rows=rows)
    return said


def _meant(name: str, questions: Sequence[Question], pairs: Decided, where: str) -> tuple[str, str]:
    """The question that a study file names, and which of its rows: "KEY | row", or the row alone where one question has it."""
    if find_questions(name, questions):
        return one_question(name, questions, where).key, ""
    stem, bar, row = name.rpartition(" | ")
    if bar:
        return one_question(stem, questions, where).key, row.strip()
    having = [d.key for d, _ in pairs if d.spread and norm(name) in {norm(p.label) for p in d.parts}]
    return (having[0], name) if len(having) == 1 else (one_question(name, questions, where).key, "")


def _unordered(draft: Draft) -> str:
    return Sentence("study_problems", "unordered", key=draft.key, kind=draft.spec.kind, answers=_first_answers(draft))


def _fits_nobody(draft: Draft, decision: Decision) -> bool:
    """Whether what the study file says of a question turns all its answers into blanks."""
    spec = draft.spec
    set_so = spec.kind is not None or spec.scale_labels or spec.scale_min is not None or spec.scale_max is not None
    if not set_so or decision.kind not in ("rating", "nps", "number") or not any(p.column.n for p in draft.parts):
        return False
    return not any(pd.notna(column).any() for column in answers.typed(draft, decision, draft.key).columns.values())


def _emptied(draft: Draft) -> str:
    key = "no-number" if draft.spec.kind == "number" else "no-answer-fits"
    return Sentence("study_problems", key, key=draft.key, answers=_first_answers(draft))


def _first_answers(draft: Draft) -> str:
    return ", ".join(f'"{v}"' for v in draft.first.column.values[:6])


def _key(draft: Draft) -> str:
    code = question_code(draft.code) if draft.spread else draft.code
    return code or keys.slug(draft.text)


def _decide(draft: Draft) -> Decided:
    """The questions that one draft turns out to be: itself, and beside it the text of "Other" or what only shares the header."""
    parts = tuple(p for p in draft.parts if p.column.n or not p.label.startswith("#")) or draft.parts[:1]
    if len(parts) == 1:
        return _one(replace(draft, parts=parts))
    bare = parts[0] if not parts[0].label and parts[0].hint != "option" else None
    others = [p for p in parts if p is not bare and spread.is_other_text(p, parts)]
    main = [p for p in parts if p is not bare and p not in others]
    result: Decided = []
    if main:
        result = _spread(replace(draft, parts=tuple(main)), others)
    if bare is not None:
        result = _with_bare(replace(draft, parts=(bare,)), result)
    return result + [(_alone(draft, p, "other"), single_column.other_text()) for p in others]


def _spread(draft: Draft, others: Sequence[Part]) -> Decided:
    if not draft.spread:
        return _one(draft)
    if (placed := spread.by_place(draft)) is not None:
        return [(placed, Decision("ranking", "ranks", {"options": len(placed.parts)}))]
    decision = spread.decide(draft)
    if decision is None:
        return [pair for p in draft.parts for pair in _one(_alone(draft, p, keys.slug(p.label.split(TWIN)[0])))]
    if decision.kind != "multiple":
        return [(draft, decision)]
    folded = spread.exclusive(draft)
    if folded is not None:
        return _one(folded)
    return [(answers.named_options(spread.with_other(draft, others, decision)), decision)]


def _with_bare(bare: Draft, parts: Decided) -> Decided:
    """The column that carries the question alone: a summary of its option columns (KoboToolbox, Tally), else the question itself."""
    if len(parts) == 1 and parts[0][1].kind == "multiple" and parts[0][0].spread:
        return [*parts, (replace(bare, key=f"{bare.key}-summary"), Decision("meta", "summary", role="meta"))]
    own = _one(bare)
    return own + [
        (replace(d, key=f"{d.key}-{keys.slug(d.first.label)}", text=_joined(d.text, d.first)) if not d.spread else d, c)
        for d, c in parts
    ]


def _one(draft: Draft) -> Decided:
    return [(draft, single_column.decide(draft))]


def _alone(draft: Draft, part: Part, suffix: str) -> Draft:
    return replace(draft, key=part.code or f"{draft.key}-{suffix}", text=_joined(draft.text, part), parts=(part,), code=part.code)


def _joined(text: str, part: Part) -> str:
    label = part.label.split(TWIN)[0]
    return f"{text} - {label}" if label and not text.endswith(label) else text


def _as_said(draft: Draft, decision: Decision) -> tuple[Draft, Decision]:
    """The question as the study file has it; what the file leaves open stays as found."""
    spec = draft.spec
    kind = spec.kind or decision.kind
    if spec.kind in (None, decision.kind) and spec.options is None and spec.scale_labels is None:
        return draft, decision
    whole = replace(draft.origin, key=draft.key, spec=spec) if draft.origin is not None and kind == "multiple" else draft
    if whole.spread:
        return whole, spread.forced(whole, kind)
    return whole, single_column.forced(whole, kind)
