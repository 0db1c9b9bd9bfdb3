"""journey.xmind: a branch per stage, markers for emotions, labels with n, notes with quotes (the format of Xmind 2020 and later)."""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import TYPE_CHECKING, Any

from research_kit.write.package import pack
from research_kit.write.safety import ILLEGAL
from research_kit.write.sheets.curve import overall_valence
from research_kit.write.sheets.head import stage_counts
from research_kit.write.sheets.words import Words, people

if TYPE_CHECKING:
    from research_kit.records import Cell, MapContent, MapPersona, StageInfo

MARKERS = {
    "joy": "smiley-laugh", "excitement": "smiley-laugh", "pride": "smiley-laugh", "satisfaction": "smiley-smile", "trust": "smiley-smile",
    "relief": "smiley-smile", "gratitude": "smiley-smile", "hope": "smiley-smile", "curiosity": "smiley-surprise", "surprise": "smiley-surprise",
    "confusion": "smiley-embarrass", "hesitation": "smiley-embarrass", "anxiety": "smiley-embarrass", "overwhelm": "smiley-embarrass",
    "frustration": "smiley-angry", "anger": "smiley-angry", "impatience": "smiley-angry", "disappointment": "smiley-cry", "sadness": "smiley-cry",
    "boredom": "smiley-boring", "neutral": "smiley-boring",
}  # fmt: skip


def _id(*path: str) -> str:
    return hashlib.sha256("\x1f".join(path).encode("utf-8", "replace")).hexdigest()[:26]


def _clean(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)


def _topic(path: tuple[str, ...], title: str, children: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    topic: dict[str, Any] = {"id": _id(*path), "class": "topic", "title": _clean(title), **{k: v for k, v in more.items() if v}}
    if children:
        topic["children"] = {"attached": children}
    return topic


def _notes(lines: list[str]) -> dict[str, Any]:
    if not lines:
        return {}
    lines = [_clean(line) for line in lines]
    html = "".join(f"<div>{escape(line)}</div>" for line in lines)
    return {"plain": {"content": "\n".join(lines)}, "realHTML": {"content": html}}


def _valence_marker(value: float | None) -> str:
    if value is None:
        return ""
    return (
        "smiley-laugh"
        if value > 0.35
        else "smiley-smile"
        if value > 0.1
        else "smiley-boring"
        if value > -0.1
        else "smiley-cry"
        if value > -0.35
        else "smiley-angry"
    )


def _lane(path: tuple[str, ...], cell: Cell, words: Words) -> dict[str, Any]:
    lines = []
    for i, line in enumerate(cell.lines):
        labels = [words("n", n=f"{cell.claims[i].n:,}")] if i < len(cell.claims) else []
        key = cell.emotions[i] if cell.lane == "emotions" and i < len(cell.emotions) else ""
        markers = [{"markerId": MARKERS[key]}] if key in MARKERS else []
        lines.append(_topic((*path, str(i)), line, labels=labels, markers=markers))
    return _topic(path, words.term(cell.lane), lines, labels=[words("n", n=f"{cell.n:,}")] if cell.n is not None else [])


def _stage(content: MapContent, person: MapPersona, stage: StageInfo, words: Words) -> dict[str, Any]:
    path = (person.id, stage.key)
    cells = [c for lane in content.lanes if (c := content.cell(person.id, stage.key, lane)) is not None and c.lines]
    counts = stage_counts(content, person.id, stage.key)
    quotes = next((c.lines for c in cells if c.lane == "quotes"), ())
    marker = _valence_marker(overall_valence(content, person.id, stage.key))
    return _topic(
        path,
        stage.name,
        [_lane((*path, c.lane), c, words) for c in cells if c.lane != "quotes"],
        labels=[words("n", n=f"{sum(counts.values()):,}")] if counts else [],
        markers=[{"markerId": marker}] if marker else [],
        notes=_notes([words.quoted(q) for q in quotes]),
    )


def journey_xmind(content: MapContent) -> bytes:
    """The map as the bytes of an .xmind file: a sheet per persona."""
    words = Words(content.language)
    sheets = []
    for person in people(content):
        root = _topic(
            (person.id,),
            person.name,
            [_stage(content, person, s, words) for s in content.stages],
            notes=_notes(list(person.traits)),
        )
        root["structureClass"] = "org.xmind.ui.logic.right"
        sheets.append({"id": _id("sheet", person.id), "class": "sheet", "title": _clean(person.name), "rootTopic": root})

    def dump(value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    metadata = {"creator": {"name": "research_kit"}, "dataStructureVersion": "2"}
    manifest: dict[str, dict[str, dict[str, str]]] = {"file-entries": {"content.json": {}, "metadata.json": {}}}
    members = {"content.json": dump(sheets), "metadata.json": dump(metadata), "manifest.json": dump(manifest)}
    return pack(members, compressed=False)
