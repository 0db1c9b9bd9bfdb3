"""Mentions as the themes read them, made of mere texts."""

import pandas as pd

from research_kit import language as languages


def frame(texts, kind="pain"):
    return pd.DataFrame(
        {
            "text": texts,
            "normal": [languages.to_simplified(text).lower() for text in texts],
            "kind": kind,
            "language": ["en" if text.isascii() else "zh-Hans" for text in texts],
            "text_id": range(len(texts)),
            "valence": 0.5 if kind == "delight" else -0.5,
        }
    )
