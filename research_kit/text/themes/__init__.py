"""What several people say alike."""

from research_kit.text.themes.model import KINDS, ThemeModel, formed, learn, of_wave

__all__ = ["KINDS", "ThemeModel", "formed", "learn", "of_wave"]
