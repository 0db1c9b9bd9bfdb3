"""Exports -> Responses: what was asked, who answered, what they said. The order of the steps stands here; each step has its file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from research_kit.asking import rates_the_whole
from research_kit.errors import Gathering
from research_kit.labels import label, say
from research_kit.questions import (
    answers,
    comments,
    contact,
    direction,
    events,
    notes,
    people,
    privacy,
    roles,
    speech,
    steps,
    where,
    words,
)
from research_kit.questions.deciding import as_questions, decided
from research_kit.questions.drafts import drafts as make_drafts
from research_kit.questions.profile import same_spelling
from research_kit.records import Question, Responses
from research_kit.study import check_against

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from research_kit.questions.answers import Typed
    from research_kit.questions.deciding import Decided
    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Export, Language, Stage
    from research_kit.study import Study

AREA = "questions"


def understand(exports: Sequence[Export], study: Study) -> Responses:
    """Give every question of the exports a kind, a role and a reason, and every person typed answers and comments.

    The same questionnaire in several exports (waves) becomes one set of questions. What the study file says of a question stands above what was
    found. What in it does not fit the data (names of no question or of several, conditions that no row fits, scales without an order) is refused
    with a StudyError that lists all of it at once, together with event logs that lack a column.
    """
    told = Gathering()
    exports = _selected(exports, study, told)
    surveys = [e for e in exports if e.type != "events"]
    waves = [s.wave for e, s in zip(exports, study.sources, strict=True) if e.type != "events"]
    pairs = _decided(surveys, study, told)
    with told:
        log = events.events(exports, study.events)
    told.tell()
    pairs, contacted = contact.with_contact(pairs, study.contact)
    drafts, decisions = [d for d, _ in pairs], [c for _, c in pairs]
    spoken = speech.spoken(exports, drafts, decisions)
    said = study.language or spoken
    table = people.people(surveys, waves, drafts, decisions)
    masked: Counter[str] = Counter()
    if study.mask:
        drafts, masked = privacy.mask_answers(drafts, decisions)
    typed = [answers.typed(d, c, d.key) for d, c in zip(drafts, decisions, strict=True)]
    questions = _overall(
        [_question(d, c, t, surveys, table, study.stages, said) for d, c, t in zip(drafts, decisions, typed, strict=True)], said
    )
    frame = _frame(questions, typed, len(table))
    questions = direction.by_use(questions, frame, said)
    if contacted is not None:
        frame[study.contact] = contact.answers(drafts[contacted])
    open_ones = {i: q for i, q in enumerate(questions) if q.role == "comment" and q.kind == "text"}
    place = {e.source: i for i, e in enumerate(exports, start=1)}
    said_table = comments.table(drafts, open_ones, surveys, table, comments.ratings(questions, frame), place)
    if study.mask:
        said_table["text"], found = privacy.mask(said_table["text"])
        masked += found
    return Responses(
        questions=tuple(questions),
        respondents=table,
        answers=frame,
        comments=said_table,
        events=log,
        exports=tuple(_said(e, said) for e in exports),
        language=spoken,
        masked={kind: masked[kind] for kind in privacy.KINDS if masked[kind]},
        notes=(
            *_noticed(exports, said),
            *notes.notes(questions, drafts, frame, table, said),
            *events.notes(log, study.events, said),
        ),
    )


def _decided(surveys: Sequence[Export], study: Study, told: Gathering) -> Decided:
    """Every question with its kind; what the study file names in vain goes to ``told``."""
    pairs = decided(make_drafts(surveys), study.questions, told)
    with told:
        check_against(study, as_questions(pairs))
    for draft, _ in pairs:
        with told:
            steps.named([part.label for part in draft.parts], draft.spec.rows, f'[questions."{draft.key}"]')
    return pairs


def _selected(exports: Sequence[Export], study: Study, told: Gathering) -> list[Export]:
    """The exports with the rows that their sources ask for; with all rows where that cannot be told."""
    kept = list(exports)
    for i, source in enumerate(study.sources):
        with told:
            kept[i] = where.select(kept[i], source.where)
    return kept


def _said(export: Export, said: Language) -> Export:
    """The export without its cells, and what reading said about it in the study's language."""
    notes = tuple(say(n, said) for n in export.notes)
    empty = pd.DataFrame(columns=export.cells.columns, dtype="str")  # a slice would keep all cells alive
    return replace(export, cells=empty, rule=say(export.rule, said), notes=notes)


def _noticed(exports: Sequence[Export], said: Language) -> list[str]:
    """What reading said about every file, each sentence with the file's name where there are several."""
    colon = ": " if said == "en" else "："
    return [f"{e.source}{colon}{say(n, said)}" if len(exports) > 1 else say(n, said) for e in exports for n in e.notes]


def _question(
    draft: Draft,
    decision: Decision,
    typed: Typed,
    exports: Sequence[Export],
    table: pd.DataFrame,
    stages: Sequence[Stage],
    said: Language,
) -> Question:
    role, why = roles.role(draft, decision)
    asked = table["source"].isin([exports[s].source for s in draft.sources]).to_numpy() & table["excluded"].eq("").to_numpy()
    n = int((typed.answered & asked).sum())
    framing = draft.spec.framing or (_framing(draft) if decision.kind == "text" and role == "comment" else "")
    values = {k: str(v) for k, v in decision.values.items()} | _counted(draft, decision, asked)
    row_stages = steps.of_rows(draft, decision, typed, stages)
    tied = [label(AREA, "rows-stages", said, rows=steps.told(typed.rows, row_stages, stages, said))] if any(row_stages) else []
    return Question(
        key=draft.key,
        text=draft.text,
        kind=decision.kind,
        role=role,
        reason=_reason(draft, said, (label(AREA, decision.why, said, **values), *tied, label(AREA, why, said))),
        source=exports[draft.sources[0]].source,
        columns=draft.first.folded or tuple(p.places[draft.sources[0]] for p in draft.parts if draft.sources[0] in p.places),
        options=draft.spec.options or typed.options,
        rows=typed.rows,
        row_stages=row_stages,
        scale=typed.scale,
        unit=decision.unit,
        framing=framing,
        stage=draft.spec.stage or "",
        reversed=bool(draft.spec.reversed),
        answer_columns=tuple(typed.columns) if role in ("active", "demographic") else (),
        n=n,
        missing=int(asked.sum()) - n,
    )


def _reason(draft: Draft, said: Language, found: Sequence[str]) -> str:
    """Why this kind, which end the study file says is better, and why this role."""
    turned = draft.spec.reversed
    ends = () if turned is None else (label(AREA, f"direction-{'down' if turned else 'up'}-study", said),)
    return ("" if said != "en" else " ").join((found[0], *ends, *found[1:]))


def _counted(draft: Draft, decision: Decision, asked: np.ndarray) -> dict[str, str]:
    """The reason's people and answers without those who take no part: previews and doubles would make it contradict n."""
    if not {"n", "distinct"} <= decision.values.keys() or asked.all():
        return {}
    column = same_spelling(draft.first.column.within(asked))
    return {"n": str(column.n), "distinct": str(column.distinct)}


def _framing(draft: Draft) -> str:
    hints = {p.hint for p in draft.parts}
    if "positive_text" in hints:
        return "positive"
    if "negative_text" in hints:
        return "negative"
    if hints & {"review_text", "review_title"}:
        return ""
    return words.framing(draft.text)


def _overall(questions: list[Question], said: Language) -> list[Question]:
    """Marks one question per source as the rating of the whole experience: the reviewers' stars, else recommendation, else overall satisfaction.
    The others that rate the whole are told to be outcomes as well."""
    chosen: dict[str, tuple[int, str]] = {}
    for question in questions:
        if question.kind not in ("rating", "nps") or question.rows or question.role != "active" or not question.answer_columns:
            continue
        overall = words.says(words.OVERALL, question.text)
        rank = 0 if overall and len(question.text) <= 20 else 1 if question.kind == "nps" else 2 if overall else 9
        if rank < 9 and (question.source not in chosen or rank < chosen[question.source][0]):
            chosen[question.source] = (rank, question.key)
    marked = {key for _, key in chosen.values()}
    former, outcome = (label(AREA, f"role-active-{why}", said) for why in ("kind", "outcome"))
    whole = {q.key for q in questions if q.kind == "rating" and not q.rows and rates_the_whole(q.text)}
    told = [replace(q, reason=q.reason.replace(former, outcome)) if q.key in marked | whole else q for q in questions]
    return [replace(q, overall_rating=True) if q.key in marked else q for q in told]


def _frame(questions: Sequence[Question], typed: Sequence[Typed], size: int) -> pd.DataFrame:
    columns = {
        name: values for q, t in zip(questions, typed, strict=True) if q.answer_columns for name, values in t.columns.items()
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(size))
