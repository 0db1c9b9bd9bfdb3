"""The public journey map: the record of a map with ways to make one by hand, write it and read it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from research_kit import records

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class JourneyMap(records.MapContent):
    """A customer journey map."""
