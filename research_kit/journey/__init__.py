"""Responses + Personas + mentions -> the map as data: counts, intervals and evidence ids, nothing else."""

from research_kit.journey.builder import Builder
from research_kit.journey.kept import Kept, kept

__all__ = ["Builder", "Kept", "kept"]
