"""The published shape of journey.json is that of the records."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from research_kit import records
from tests.journey.test_builder import build

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "journey.schema.json").read_text(encoding="utf-8"))
RECORDS = {
    "stage": records.StageInfo,
    "persona": records.MapPersona,
    "source": records.MapSource,
    "claim": records.Claim,
    "cell": records.Cell,
    "curve": records.CurveValue,
    "theme": records.Theme,
    "opportunity": records.Opportunity,
}


@pytest.mark.parametrize(("name", "record"), [("", records.MapContent), *RECORDS.items()])
def test_every_field_is_described(name, record):
    described = SCHEMA["$defs"][name] if name else SCHEMA

    assert list(described["properties"]) == [f.name for f in fields(record)]
    assert described["required"] == list(described["properties"])


def fits(value, shape) -> bool:
    """Whether plain data has this shape: the part of JSON Schema that the file uses."""
    if "$ref" in shape:
        shape = SCHEMA["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        return any(fits(value, one) for one in shape["anyOf"])
    if "enum" in shape:
        return value in shape["enum"]
    kinds = {"string": str, "integer": int, "number": (int, float), "null": type(None), "array": list, "object": dict}
    if not isinstance(value, kinds[shape["type"]]):
        return False
    if shape["type"] == "array":
        return all(fits(item, shape["items"]) for item in value)
    if shape["type"] == "object":
        known, rest = shape.get("properties", {}), shape.get("additionalProperties", {})
        asked = set(shape.get("required", ())) <= set(value)
        return asked and all(fits(v, known.get(k, rest)) if k in known or rest else False for k, v in value.items())
    low, high = shape.get("minimum", float("-inf")), shape.get("maximum", float("inf"))
    return shape["type"] not in ("integer", "number") or low <= value <= high


def test_a_map_fits_the_schema():
    data = json.loads(json.dumps(records.plain(build(language="zh-Hant"))))

    assert fits(data, SCHEMA)
    assert not fits({**data, "language": "fr"}, SCHEMA)
    assert not fits({**data, "cells": [{**data["cells"][0], "n": "many"}]}, SCHEMA)
    assert not fits({**data, "surprise": 1}, SCHEMA)
