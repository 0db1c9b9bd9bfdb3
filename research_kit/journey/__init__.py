"""Responses + Personas + mentions -> the map as data: counts, intervals and evidence ids, nothing else."""

from research_kit.journey.builder import Builder

__all__ = ["Builder"]
