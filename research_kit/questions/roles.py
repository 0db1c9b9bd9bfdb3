"""What a question is for: forming personas (active), describing people (demographic), being read (comment), or neither (meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.questions.words import DEMOGRAPHIC, META, says

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
    demographic = says(DEMOGRAPHIC, draft.text)
    if decision.kind == "text":
        return ("demographic", "role-demographic-words") if demographic else ("comment", "role-comment-kind")
    return ("demographic", "role-demographic-words") if demographic else ("active", "role-active-kind")
