"""Open answers and review texts, one row each, with what is known beside them: question, framing, the person's own rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.records import COMMENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.draft import Draft, Part
    from research_kit.records import Export, Question


def ratings(questions: Sequence[Question], answers: pd.DataFrame) -> np.ndarray:
    """Each person's overall rating brought to 0..1 (1 = best), NaN where there is none or nobody says which end is good."""
    result = np.full(len(answers), np.nan)
    for question in questions:
        scale = question.scale
        if not question.overall_rating or scale is None or scale.direction == "unknown" or scale.max <= scale.min:
            continue
        column = answers[question.answer_columns[0]]
        categories = np.array(
            [c if isinstance(c, (int, float)) else scale.min + i for i, c in enumerate(column.cat.categories)], dtype=float
        )
        values = np.append(categories, np.nan)[column.cat.codes]
        values = (values - scale.min) / (scale.max - scale.min)
        values = 1 - values if scale.direction == "down" else values
        result = np.where(np.isnan(result), values, result)
    return result


def table(
    drafts: Sequence[Draft],
    questions: Mapping[int, Question],
    exports: Sequence[Export],
    people: pd.DataFrame,
    rating: np.ndarray,
    numbers: Mapping[str, int],
) -> pd.DataFrame:
    """Responses.comments without masking. ``questions``: draft number -> question, of those with role comment; ``numbers``: source -> its place
    in the study, from 1."""
    source_number = people["source"].map({e.source: i for i, e in enumerate(exports)}).to_numpy()
    pieces = [
        _piece(part, questions[i], exports)
        for i, draft in enumerate(drafts)
        if i in questions
        for part in draft.parts
        if part.hint != "other_text"
    ]
    pieces = _with_titles(drafts, pieces, source_number)
    if not pieces:
        return _empty()
    frame = pd.concat(pieces, ignore_index=True)
    units = frame["unit"].to_numpy()
    kept = np.flatnonzero(people["excluded"].eq("").to_numpy()[units])
    order = kept[np.lexsort((frame["column"].to_numpy()[kept], units[kept]))]
    if len(order) < len(frame) or (np.diff(order) < 0).any():  # else it would be copied for nothing
        frame = frame.take(order).reset_index(drop=True)
    units = frame["unit"].to_numpy()
    for name in ("respondent", "source", "row"):
        frame[name] = people[name].to_numpy()[units]
    frame["rating"] = rating[units]
    number = frame["source"].map(numbers).to_numpy()
    frame["comment"] = [
        f"S{s}-R{r}-C{c + 1}" for s, r, c in zip(number.tolist(), frame["row"].tolist(), frame["column"].tolist(), strict=True)
    ]
    return frame[list(COMMENT_COLUMNS)]


def _piece(part: Part, question: Question, exports: Sequence[Export]) -> pd.DataFrame:
    frames = []
    start = 0
    for source, export in enumerate(exports):
        size = len(export.cells)
        if source in part.places and size:
            position = part.places[source]
            codes = part.column.codes[start : start + size]
            rows = np.flatnonzero(codes >= 0)
            texts = export.cells[position].astype("str").take(rows).reset_index(drop=True)
            frames.append(
                pd.DataFrame(
                    {
                        "unit": rows + start,
                        "column": position,
                        "question": question.key,
                        "question_text": "" if part.hint in ("review_text", "review_title") else question.text,
                        "framing": question.framing,
                        "stage": question.stage,
                        "text": texts.str.strip(),
                    }
                )
            )
        start += size
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _with_titles(drafts: Sequence[Draft], pieces: list[pd.DataFrame], source_number: np.ndarray) -> list[pd.DataFrame]:
    """Review titles go before their texts, on a line of their own (no stop that nobody wrote); a title without a text is a comment of its own."""
    titles = _positions(drafts, "review_title")
    texts = _positions(drafts, "review_text")
    result = []
    every = [p for p in pieces if len(p) and _is(p, titles, source_number)]
    heads = [p for p in every if not _made_by_the_platform(p["text"])]
    for piece in pieces:
        if not len(piece) or any(piece is t for t in every):
            continue
        if heads and _is(piece, texts, source_number):
            piece = _joined(pd.concat(heads, ignore_index=True), piece)
            heads = []
        result.append(piece)
    return result + heads


def _made_by_the_platform(titles: pd.Series) -> bool:
    """True when most titles end alike ("... customer review"): they name what is reviewed, and nobody said them."""
    endings = titles.astype("str").str.slice(-12)
    return len(titles) >= 20 and bool(endings.value_counts().iloc[0] > len(titles) / 2)


def _positions(drafts: Sequence[Draft], hint: str) -> set[tuple[int, int]]:
    return {(s, p) for d in drafts for part in d.parts if part.hint == hint for s, p in part.places.items()}


def _is(piece: pd.DataFrame, places: set[tuple[int, int]], source_number: np.ndarray) -> bool:
    return (int(source_number[piece["unit"].iloc[0]]), int(piece["column"].iloc[0])) in places


def _joined(titles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    head = titles.set_index("unit")["text"]
    with_head = texts["unit"].isin(head.index).to_numpy()
    before = texts["unit"].map(head).fillna("").astype("str")
    text = texts["text"].astype("str")
    repeated = np.array([t.startswith(b) for t, b in zip(text.tolist(), before.tolist(), strict=True)])
    combined = np.where(with_head & ~repeated, before.to_numpy() + "\n" + text.to_numpy(), text.to_numpy())
    alone = titles[~titles["unit"].isin(texts["unit"])]
    return pd.concat([texts.assign(text=combined), alone], ignore_index=True)


def _empty() -> pd.DataFrame:
    frame = pd.DataFrame({c: pd.Series(dtype="str") for c in COMMENT_COLUMNS})
    return frame.astype({"unit": "int64", "row": "int64", "column": "int64", "rating": "float64"})
