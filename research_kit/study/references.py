"""Questions that a study names: which ones are meant, and that every name fits one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from research_kit.errors import Gathering, StudyError
from research_kit.records import Question
from research_kit.study.said import said
from research_kit.study.study import Study


def find_questions(reference: str, questions: Sequence[Question]) -> list[Question]:
    """The questions that a study file means by ``reference``: the one with this key, else the one with this text, else all whose text
    holds it (case and runs of blanks aside)."""
    wanted = _squeeze(reference)
    for fits in (lambda q: q.key == reference, lambda q: _squeeze(q.text) == wanted, lambda q: wanted in _squeeze(q.text)):
        if found := [q for q in questions if fits(q)]:
            # The text box of "Other" stands under its question's own words: who writes these means the question.
            return [q for q in found if not any(q.key == f"{other.key}-other" for other in found)]
    return []


def one_question(reference: str, questions: Sequence[Question], where: str) -> Question:
    """The one question meant by ``reference``. StudyError, with the nearest ones, when none or several fit; ``where`` names the setting."""
    found = find_questions(reference, questions)
    if len(found) == 1:
        return found[0]
    if found:
        raise StudyError(said("several-questions", where=where, reference=reference, n=len(found), keys=_names(found)))
    keys = get_close_matches(reference, [q.key for q in questions], 3, 0.4)
    texts = get_close_matches(reference, [q.text for q in questions], 3, 0.4)
    near = [q for q in questions if q.key in keys or q.text in texts][:3]
    if near:
        raise StudyError(said("no-question-near", where=where, reference=reference, keys=_names(near)))
    raise StudyError(said("no-question", where=where, reference=reference))


def check_against(study: Study, questions: Sequence[Question]) -> None:
    """Check what only the data can tell: every question that the study names outside [questions] is there. All problems at once."""
    named = [("[personas] using", r) for r in study.personas.using]
    named += [("[personas] by", study.personas.by)] if study.personas.by else []
    named += [("[privacy] contact", study.contact)] if study.contact else []
    told = Gathering()
    for where, reference in named:
        with told:
            one_question(reference, questions, where)
    told.tell()


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(f"{q.key!r}" for q in questions[:5])


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()
