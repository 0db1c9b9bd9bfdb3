"""A fitted model as plain data and back: how a second wave is typed with the first wave's personas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from research_kit.errors import StudyError
from research_kit.labels import Sentence
from research_kit.personas.choose import Choice
from research_kit.personas.encode import Encoding, Item
from research_kit.personas.mixture import Parameters
from research_kit.personas.model import PersonaModel

_DIGITS = 6


def to_dict(model: PersonaModel) -> dict[str, Any]:
    """The parts of a fitted model that ``predict`` needs, as JSON can hold them. Column names become strings."""
    parameters = model.parameters_
    return {
        "k": model.n_personas_,
        "verdict": model.verdict_,
        "order": [int(i) for i in model.order_],
        "jaccard": [round(float(j), _DIGITS) for j in model.jaccard_],
        "items": [_item(item) for item in model.encoding_.items],
        "alone": [[str(column), block] for column, block in model.encoding_.alone],
        "parameters": {} if parameters is None else {f.name: _numbers(getattr(parameters, f.name)) for f in fields(parameters)},
    }


def load(folder: Path) -> Mapping[str, Any]:
    """The model that a run left in ``folder``/personas.json, empty where that run formed no personas. StudyError when no run wrote there."""
    try:
        results = json.loads((folder / "personas.json").read_text(encoding="utf-8"))
        model: Mapping[str, Any] = results["model"] or {}
    except (OSError, ValueError, KeyError, TypeError):
        raise StudyError(Sentence("study_problems", "like-no-results", folder=folder, file="personas.json")) from None
    return model


def from_dict(data: Mapping[str, Any]) -> PersonaModel:
    """A model that predicts as the stored one did. ValueError when the data is not one."""
    try:
        model = PersonaModel(random_state=0)
        alone = tuple((str(column), str(block)) for column, block in data.get("alone", ()))
        model.encoding_ = Encoding(tuple(_item_back(item) for item in data["items"]), (), alone)
        model.n_personas_ = int(data["k"])
        model.choice_ = Choice(model.n_personas_, str(data["verdict"]), (), ())
        model.verdict_ = model.choice_.verdict
        model.order_ = np.array(data["order"], dtype=int)
        model.jaccard_ = np.array(data["jaccard"], dtype=float)
        stored = data["parameters"]
        arrays = (
            {
                f.name: np.array(_nested(stored[f.name]["values"]), dtype=float).reshape(stored[f.name]["shape"])
                for f in fields(Parameters)
            }
            if stored
            else {}
        )
        model.parameters_ = Parameters(**arrays) if arrays else None
        columns = model.encoding_.columns()
        model.n_features_in_ = len(columns)
        model.feature_names_in_ = np.array(columns, dtype=object)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"this is not a stored persona model: {problem} is missing or of another shape.") from problem
    return model


def _item(item: Item) -> dict[str, Any]:
    return {
        "column": str(item.column),
        "kind": item.kind,
        "levels": [v.item() if hasattr(v, "item") else v for v in item.levels],
        "edges": list(item.edges),
        "other": item.other,
        "scores": [round(s, _DIGITS) for s in item.scores],
        "weight": round(item.weight, _DIGITS),
        "battery": item.battery,
        "block": item.block,
    }


def _item_back(data: Mapping[str, Any]) -> Item:
    return Item(
        column=data["column"],
        kind=data["kind"],
        levels=tuple(data["levels"]),
        edges=tuple(data["edges"]),
        other=bool(data["other"]),
        scores=tuple(data["scores"]),
        weight=float(data["weight"]),
        battery=int(data["battery"]),
        block=str(data["block"]),
    )


def _numbers(array: np.ndarray) -> dict[str, Any]:
    """Shape and values; minus infinity (a level that an item does not have) as None, since JSON has no word for it."""
    flat = [round(float(v), _DIGITS) if np.isfinite(v) else None for v in array.ravel()]
    return {"shape": list(array.shape), "values": flat}


def _nested(values: list[float | None]) -> list[float]:
    return [-np.inf if v is None else float(v) for v in values]
