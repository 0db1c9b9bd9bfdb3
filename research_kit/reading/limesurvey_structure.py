"""The .lss file beside a LimeSurvey export: question texts, rows and value labels for codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from research_kit.reading.platforms.layout import Layout, clean
from research_kit.reading.said import said
from research_kit.records import Column

_LARGEST = 30_000_000


@dataclass(frozen=True)
class Structure:
    """What a survey asks, by code."""

    texts: Mapping[str, str]
    rows: Mapping[tuple[str, str], str]
    """(question code, sub-question code) -> text."""
    answers: Mapping[str, Mapping[str, str]]
    """Question code -> {answer code: text}."""


def with_structure(layout: Layout, path: Path) -> Layout:
    """The layout with texts and value labels, when exactly one .lss lies beside the file and knows most of its codes."""
    if layout.platform != "limesurvey":
        return layout
    beside = sorted(path.parent.glob("*.lss"))
    if len(beside) != 1 or beside[0].stat().st_size > _LARGEST:
        return layout
    structure = read_structure(beside[0].read_bytes())
    codes = {c.code for c in layout.columns if c.code}
    if structure is None or len(codes & set(structure.texts)) < 0.5 * max(len(codes), 1):
        return layout
    columns = tuple(_named(c, structure) for c in layout.columns)
    codebook = {code: structure.answers[code] for code in sorted(codes) if code in structure.answers}
    notes = (*(n for n in layout.notes if n.key != "codes-only"), said("structure", name=beside[0].name))
    return replace(layout, columns=columns, codebook=codebook, notes=notes)


def _named(column: Column, structure: Structure) -> Column:
    if column.hint not in ("", "option", "row", "other_text") or column.code not in structure.texts:
        return column
    text = structure.texts[column.code] if column.text == column.code else column.text
    label = structure.rows.get((column.code, column.label), column.label)
    return replace(column, text=text or column.text, label=label)


def read_structure(data: bytes) -> Structure | None:
    """Questions, sub-questions and answers of an .lss file, in its first language; None when it is damaged or declares entities."""
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        return None
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  no entities: checked above
    except ElementTree.ParseError:
        return None
    language = root.findtext(".//languages/language") or ""
    questions = _rows(root, "questions", language) + _rows(root, "subquestions", language)
    own = {r["qid"]: r for r in _rows(root, "question_l10ns", language)}
    texts, parents = {}, {}
    rows: dict[tuple[str, str], str] = {}
    for row in questions:
        if row.get("parent_qid", "0") in ("0", ""):
            parents[row.get("qid", "")] = row.get("title", "")
            texts[row.get("title", "")] = _text(row, own)
    for row in questions:
        parent = parents.get(row.get("parent_qid", ""))
        if parent is not None:
            rows[parent, row.get("title", "")] = _text(row, own)
    return Structure(texts, rows, _answers(root, language, parents))


def _answers(root: ElementTree.Element, language: str, parents: Mapping[str, str]) -> dict[str, dict[str, str]]:
    translated = {r.get("aid", ""): r.get("answer", "") for r in _rows(root, "answer_l10ns", language)}
    answers: dict[str, dict[str, str]] = {}
    for row in _rows(root, "answers", language):
        code = parents.get(row.get("qid", ""))
        if code is not None:
            answers.setdefault(code, {})[row.get("code", "")] = clean(row.get("answer") or translated.get(row.get("aid", ""), ""))
    return answers


def _rows(root: ElementTree.Element, table: str, language: str) -> list[dict[str, str]]:
    """The rows of a table in the survey's first language (tables without a language column count whole)."""
    found = [{field.tag: field.text or "" for field in row} for row in root.findall(f"{table}/rows/row")]
    return [r for r in found if r.get("language", language) == language]


def _text(row: Mapping[str, str], own: Mapping[str, Mapping[str, str]]) -> str:
    raw = row.get("question") or own.get(row.get("qid", ""), {}).get("question", "")
    return clean(re.sub(r"\{[^{}]{1,200}\}", "___", raw))
