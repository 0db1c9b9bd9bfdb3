"""What to call a persona whose answers stand under codes: its number, and the codes that set it apart, for whoever has the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from research_kit.labels import label
from research_kit.personas import phrases
from research_kit.personas.wording import Asked, records, side, tidy

if TYPE_CHECKING:
    import pandas as pd

    from research_kit.records import Language

_NAMED = 2
_LONGEST = 20


def number_with_codes(number: int, table: pd.DataFrame, about: Mapping[str, Asked], language: Language) -> str:
    """ "Persona 2 (high Q12, low Q7)": its two strongest answers under codes; the number alone where it has none."""
    found: dict[str, str] = {}
    for row in records(table):
        item = about[str(row["column"])]
        said = _said(row, item, language)
        if said and item.question.key not in found:
            found[item.question.key] = said
    name = label("personas", "name_plain", language, number=number)
    if not found:
        return name
    codes = label("personas", "comma", language).join(list(found.values())[:_NAMED])
    return label("personas", "name_codes", language, name=name, codes=codes)


def _said(row: Mapping[str, Any], item: Asked, language: Language) -> str:
    """One answer by the code of its question; nothing where that is in words, or where nobody could tell what the answer means."""
    code = tidy(item.part or item.question.text or item.question.key)
    if not phrases.is_code(code) or len(code) > _LONGEST:
        return ""
    if row["kind"] == "mean":
        return label("personas", "code_high" if row["effect"] > 0 else "code_low", language, code=code)
    if row["answer"] is True:
        return label("personas", "code_ticked" if row["effect"] > 0 else "code_not_ticked", language, code=code)
    answers = [tidy(str(a)) for a in side(row, item)]
    answer = answers[-1] if row["kind"] == "at_most" else answers[0]
    if row["effect"] < 0 or phrases.EMPTY.match(answer) or len(answer) > _LONGEST:
        return ""
    if len(answers) > 1:
        answer = label("personas", f"short_{row['kind']}", language, level=answer)
    return label("personas", "code_answer", language, code=code, answer=answer)
