"""Exports -> Responses: what was asked, who answered, what they said."""

from research_kit.questions.understand import understand

__all__ = ["understand"]
