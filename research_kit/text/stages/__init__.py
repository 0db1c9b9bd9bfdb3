"""The stage of the journey at which something is said."""

from research_kit.text.stages.model import StageModel

__all__ = ["StageModel"]
