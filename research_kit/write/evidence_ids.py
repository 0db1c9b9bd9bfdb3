"""The evidence ids of a map for its hidden sheet: each id once, compressed; the Evidence sheet shows them in another order, and may be cut."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any


def taken(data: dict[str, Any]) -> str:
    """Take the evidence ids out of a map as plain data; what comes back gives them back (``given``)."""
    number: dict[str, int] = {}
    lists = []
    for holder in _holders(data):
        lists.append([number.setdefault(mention, len(number)) for mention in holder["evidence"]])
        holder["evidence"] = []
    packed = json.dumps([list(number), [_steps(numbers) for numbers in lists]], separators=(",", ":"))
    return base64.b64encode(zlib.compress(packed.encode(), 6)).decode()


def given(data: dict[str, Any], packed: str) -> None:
    """Put evidence ids back where ``taken`` found them. ValueError when they are not of this map."""
    try:
        names, lists = json.loads(zlib.decompress(base64.b64decode(packed)))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    for holder, steps in zip(_holders(data), lists, strict=True):
        place = 0
        for step in steps:
            place += step
            holder["evidence"].append(names[place])


def _holders(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in data["cells"]:
        yield cell
        yield from cell["claims"]
    yield from data["themes"]


def _steps(numbers: list[int]) -> list[int]:
    """Each number as what it is more than the one before: short, and alike."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
