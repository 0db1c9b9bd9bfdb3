"""Groups of people -> persona records: sizes, cards, rules, membership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from research_kit.labels import label
from research_kit.personas import cards, naming, quotes, rules, wording
from research_kit.personas.facets import is_outcome
from research_kit.records import Persona
from research_kit.statistics import wilson

if TYPE_CHECKING:
    from research_kit.personas.model import PersonaModel
    from research_kit.records import Language, Question, Responses


@dataclass(frozen=True)
class Group:
    """People who belong together, before they get a card."""

    labels: np.ndarray
    """By person in ``rows``: group number, -1 = none."""
    probability: np.ndarray
    """Of the most probable group."""
    rows: pd.Index
    ids: tuple[str, ...]


def people(
    responses: Responses,
    group: Group,
    language: Language,
    *,
    used: Sequence[Any],
    names: Mapping[str, str],
    model: PersonaModel | None = None,
    declared_by: str = "",
    seed: int = 0,
) -> tuple[Persona, ...]:
    """A card for each group. ``used`` are the columns it is compared on; ``names`` by id win over drafted ones; the question that declares
    the groups is no news about them."""
    if not group.ids:
        return ()
    asked = wording.asked(responses)
    answers = responses.answers.loc[group.rows]
    weight = responses.respondents.loc[group.rows, "weight"].to_numpy(dtype=float)
    tables, described, results = _compared(responses, group, _told(answers, model), [str(c) for c in used], declared_by)
    drafted = naming.draft_names(tables, asked, language)
    # A later wave may not have asked everything: rules are of what it asked.
    items = [i for i in model.encoding_.items if i.column in answers.columns] if model else []
    tests, data = rules.conditions(items, answers)
    everybody = quotes.spoken(responses.comments)
    out = []
    for g, key in enumerate(group.ids):
        member = group.labels == g
        share, low, high = _share(member, group.labels >= 0, weight)
        probability = pd.Series(group.probability[member], index=group.rows[member])
        typicality = quotes.typical(probability, cards.matches(answers[member], tables[g]))
        out.append(
            Persona(
                id=key,
                name=names.get(key) or drafted[g],
                n=int(member.sum()),
                share=share,
                low=low,
                high=high,
                traits=cards.traits(tables[g], asked, language),
                demographics=cards.demographics(described[g], asked, language),
                quotes=quotes.quotes(responses.comments, typicality, everybody),
                stability=float(model.jaccard_[g]) if model else None,
                rule=rules.rule(tests, data, member, asked, language, seed=seed) if model and len(group.ids) > 1 else None,
                outcomes=cards.outcomes(results[g], asked, language),
            )
        )
    return tuple(out)


def _compared(
    responses: Responses, group: Group, told: np.ndarray, used: Sequence[str], declared_by: str
) -> tuple[list[pd.DataFrame], list[pd.DataFrame], list[pd.DataFrame]]:
    """What sets each group apart among those who answered enough: in the columns used, in what describes people, in outcomes."""
    rows, labels, count = group.rows[told], group.labels[told], len(group.ids)
    answers, weight = responses.answers.loc[rows], responses.respondents.loc[rows, "weight"].to_numpy(dtype=float)
    background = _background(responses, [*used, *_columns(responses, declared_by)])
    rating = [c for q in outcomes(responses) for c in q.answer_columns if c not in used]
    tables, described = (cards.compare(answers, labels, count, weight=weight, columns=c) for c in (used, background))
    return tables, described, cards.rated(answers, labels, count, weight=weight, about=wording.asked(responses), columns=rating)


def unplaced(
    responses: Responses, group: Group, language: Language, *, used: Sequence[Any], model: PersonaModel | None = None
) -> Persona | None:
    """Those whom no persona represents, and what sets them apart from all who are; None where there is nobody."""
    out = group.labels < 0
    if not out.any() or not group.ids:
        return None
    asked = wording.asked(responses)
    answers = responses.answers.loc[group.rows]
    weight = responses.respondents.loc[group.rows, "weight"].to_numpy(dtype=float)
    by, told = [str(c) for c in used], _told(answers, model)
    labels = np.where(out, 0, -1)
    # Who hardly answered has no traits, and yet an age.
    traits = cards.compare(answers[told], labels[told], 1, weight=weight[told], columns=by)[0]
    background = cards.compare(answers, labels, 1, weight=weight, columns=_background(responses, by))[0]
    share, low, high = _share(out, np.ones(len(out), dtype=bool), weight)
    return Persona(
        id="none",
        name=label("personas", "nobody", language),
        n=int(out.sum()),
        share=share,
        low=low,
        high=high,
        traits=cards.traits(traits, asked, language),
        demographics=cards.demographics(background, asked, language),
    )


def _told(answers: pd.DataFrame, model: PersonaModel | None) -> np.ndarray:
    """Who answered enough. Others are nobody's "others": they would make an answer look special that everybody else gave."""
    if model is None:
        return np.ones(len(answers), dtype=bool)
    return model.encoding_.enough(model.encoding_.design(answers))


def membership(responses: Responses, group: Group | None, how: str = "") -> pd.DataFrame:
    """One row per person: persona, probability, how."""
    index = responses.respondents.index
    out = pd.DataFrame(
        {
            "persona": pd.Series(pd.NA, index=index, dtype="str"),
            "probability": pd.Series(np.nan, index=index, dtype=float),
            "how": pd.Series("", index=index, dtype="str"),
        }
    )
    if group is not None and group.ids:
        placed = group.labels >= 0
        rows = group.rows[placed]
        out.loc[rows, "persona"] = [group.ids[g] for g in group.labels[placed]]
        out.loc[group.rows, "probability"] = group.probability
        out.loc[rows, "how"] = how
    return out


def not_placed(responses: Responses, group: Group, language: Language, model: PersonaModel | None = None) -> str:
    """How many people are represented by no persona, and why, in a sentence."""
    out = group.labels < 0
    n, total = int(out.sum()), len(out)
    if not n:
        return label("personas", "all_placed", language, total=total)
    few = int((out & ~_told(responses.answers.loc[group.rows], model)).sum())
    share = 100 * n / total
    numbers = {"n": n, "total": total, "share": f"{share:.0f}" if share >= 9.95 else f"{share:.1f}"}
    if model is None:
        return label("personas", "not_placed_declared", language, **numbers)
    return label("personas", "not_placed", language, **numbers, few=few, between=n - few)


def _columns(responses: Responses, key: str) -> tuple[str, ...]:
    return responses.question(key).answer_columns if key else ()


def _background(responses: Responses, used: Sequence[str]) -> list[str]:
    wanted = [q for q in responses.questions if q.role == "demographic" and q.kind != "date"]
    return [c for q in wanted for c in q.answer_columns if c not in used]


def outcomes(responses: Responses) -> list[Question]:
    """The questions of the surveys that rate the whole."""
    surveys = {e.source for e in responses.exports if e.type == "survey"}
    return [q for q in responses.questions if q.role == "active" and q.source in surveys and is_outcome(q)]


def _share(member: np.ndarray, placed: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    """Weighted share of all who are placed, with Wilson's interval on the effective number (Kish 1965)."""
    total = float(weight[placed].sum())
    effective = total**2 / max(float((weight[placed] ** 2).sum()), 1e-12)
    share = float(weight[member].sum()) / max(total, 1e-12)
    return (share, *wilson(share * effective, effective))
