"""What a question is for: forming personas (active), describing people (demographic), being read (comment), or neither (meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.questions.words import DEMOGRAPHIC_ANSWERS, META, demographic, plain, says

if TYPE_CHECKING:
    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Role


def role(draft: Draft, decision: Decision) -> tuple[Role, str]:
    """The role and the key of its reason. The study's word comes first, then what the kind settles, then the words of the question."""
    if draft.spec.role is not None:
        return draft.spec.role, "role-study"
    if decision.role is not None:
        return decision.role, f"role-{decision.role}-kind"
    if decision.kind in ("identifier", "meta"):
        return "meta", "role-meta-kind"
    if decision.kind == "date":
        return "meta", "role-meta-kind"
    if decision.kind != "text" and says(META, draft.text):
        return "meta", "role-meta-words"
    if draft.types == ("reviews",) and decision.kind in ("rating", "nps"):
        return "active", "role-active-kind"  # "Location: 8" rates a hotel
    if decision.kind == "nps":
        return "active", "role-active-outcome"
    if demographic(draft.text):
        return "demographic", "role-demographic-words"
    if decision.kind == "text":
        return "comment", "role-comment-kind"
    if " " not in draft.text and _answers_describe_people(draft):
        return "demographic", "role-demographic-answers"
    return "active", "role-active-kind"


def _answers_describe_people(draft: Draft) -> bool:
    """A column with nothing but a code for a name, whose answers are sexes, degrees, regions ... or sums of income."""
    if draft.spread:
        return sum(bool(DEMOGRAPHIC_ANSWERS.search(plain(p.label))) for p in draft.parts) > 0.55 * len(draft.parts)
    column = draft.first.column.top(60)
    if not column.n:
        return False
    income = column.share(lambda v: v.startswith(("$", "£", "€", "NT$")) and "-" in v)
    return column.share(lambda v: bool(DEMOGRAPHIC_ANSWERS.search(plain(v)))) > 0.55 or income > 0.6
