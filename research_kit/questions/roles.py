"""What a question is for: forming personas (active), describing people (demographic), being read (comment), or neither (meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from research_kit.language import to_simplified
from research_kit.questions.profile import norm
from research_kit.questions.words import DEMOGRAPHIC_ANSWERS, META, demographic, plain, says

if TYPE_CHECKING:
    from research_kit.questions.draft import Decision, Draft
    from research_kit.records import Role

_SEXES = (
    frozenset("man men male boy m he/him 男 男性 男生 先生 男士".split()),
    frozenset("woman women female girl f she/her 女 女性 女生 女士 小姐".split()),
)
_SEXED = frozenset().union(
    *_SEXES,
    (
        "non-binary",
        "nonbinary",
        "non binary",
        "non-binary / third gender",
        "non-binary/third gender",
        "third gender",
        "other",
        "diverse",
        "x",
    ),
    (
        "prefer not to say",
        "prefer not to answer",
        "prefer not to disclose",
        "rather not say",
        "prefer to self-describe",
        "they/them",
    ),
    (
        "other gender",
        "another gender",
        "其他",
        "非二元",
        "非二元性别",
        "多元性别",
        "跨性别",
        "不愿透露",
        "不便透露",
        "不想透露",
        "不愿回答",
        "保密",
        "不方便透露",
    ),
)


def role(draft: Draft, decision: Decision) -> tuple[Role, str]:
    """The role and the key of its reason. The study's word comes first, then what the kind settles, then the words of the question."""
    if draft.spec.ignore:
        return "meta", "role-ignored"
    if draft.spec.role is not None:
        return draft.spec.role, "role-study"
    if decision.role is not None:
        why = "review" if decision.role == "active" and draft.types == ("reviews",) else "kind"
        return decision.role, f"role-{decision.role}-{why}"
    if decision.kind in ("identifier", "meta"):
        return "meta", "role-meta-kind"
    if decision.kind == "date":
        return "meta", "role-meta-kind"
    if decision.kind != "text" and says(META, draft.text):
        return "meta", "role-meta-words"
    if draft.types == ("reviews",) and decision.kind in ("rating", "nps"):
        return "active", "role-active-review"  # "Location: 8" rates a hotel
    if decision.kind == "nps":
        return "active", "role-active-outcome"
    if demographic(draft.text):
        return "demographic", "role-demographic-words"
    if decision.kind == "text":
        return "comment", "role-comment-kind"
    if (" " not in draft.text and _answers_describe_people(draft)) or _answers_are_sexes(draft, decision):
        return "demographic", "role-demographic-answers"
    return "active", "role-active-review" if draft.types == ("reviews",) else "role-active-kind"


def _answers_are_sexes(draft: Draft, decision: Decision) -> bool:
    """Woman, man and what stands beside them, whatever the question is ("How do you describe yourself?")."""
    if decision.kind != "single" or draft.spread:
        return False
    column = draft.first.column.top(20)
    given = {norm(to_simplified(v)) for v in column.values}
    return all(given & both for both in _SEXES) and column.share(lambda v: norm(to_simplified(v)) in _SEXED) >= 0.95


def _answers_describe_people(draft: Draft) -> bool:
    """A column with nothing but a code for a name, whose answers are sexes, degrees, regions ... or sums of income."""
    if draft.spread:
        return sum(bool(DEMOGRAPHIC_ANSWERS.search(plain(p.label))) for p in draft.parts) > 0.55 * len(draft.parts)
    column = draft.first.column.top(60)
    if not column.n:
        return False
    income = column.share(lambda v: v.startswith(("$", "£", "€", "NT$")) and "-" in v)
    return column.share(lambda v: bool(DEMOGRAPHIC_ANSWERS.search(plain(v)))) > 0.55 or income > 0.6
