# ruff: noqa: E501 (a list of words)
"""What English adds: TextBlob's lexicon as a voter, and its parts of speech, which tell a whole phrase from a piece of one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np

from research_kit.text.signs import pipeline
from research_kit.text.vocabulary.numbers import Places

MUTE = frozenset(
    "mostly half other first new own same more most many much very really whole full long little small big large sure able main particular general current recent previous past few only latest top "
    "high low black white green dark blue red gray game far late early last second open common certain different similar usual usually normal normally mean behind down base subject actually "
    "especially completely complete regular relative english british french chinese american german live right left real short next close live old young older younger medium single double total "
    "daily annual middle inner outer public private local online physical medical surgical mobile digital electric electronic automatic basic male female adult cold hot dry wet light heavy".split()
)
"""Words that TextBlob gives a colour and that tell facts."""


@cache
def _table() -> tuple[Places, np.ndarray]:
    """TextBlob's polarity by token norm: the norms, and their values. Words of several senses count with their mean."""
    sentiment = _textblob().sentiment
    sentiment.load()
    table: dict[int, float] = {}
    for word, senses in sentiment.items():
        polarity = senses.get(None, (0.0,))[0]
        if polarity and word.isalpha() and word not in MUTE:
            table[pipeline.norm(word)] = float(polarity)
    norms = np.array(sorted(table), np.uint64)
    return Places(norms), np.array([table[int(n)] for n in norms])


@cache
def _textblob() -> Any:
    """``textblob.en`` alone. The package around it imports NLTK and whatever that can work with: over a second and 90 MB, of which nothing is
    used here; so a bare package stands in its place for as long as this part is imported."""
    loaded = "textblob" in sys.modules
    if not loaded:
        bare, spec = ModuleType("textblob"), find_spec("textblob")
        bare.__path__ = list(spec.submodule_search_locations or ()) if spec else []
        sys.modules["textblob"] = bare
    try:
        from textblob import en

        return en
    finally:
        if not loaded:
            for name in [name for name in sys.modules if name.split(".")[0] == "textblob"]:
                del sys.modules[name]  # who imports TextBlob later gets all of it


def textblob_values(tokens: np.ndarray) -> np.ndarray:
    """TextBlob's polarity of each token; 0 where it has none."""
    norms, values = _table()
    found = np.zeros(len(tokens))
    which, place = norms.among(tokens)
    found[which] = values[place]
    return found


def parts_of_speech(words: Sequence[str]) -> list[str]:
    """The Penn tag of each word of a sentence ("NN", "VBZ" ..), by the lexicon and rules that TextBlob brings along (Brill 1992)."""
    return [tag for _, tag in _textblob().parser.find_tags(list(words), tagset="penntreebank")]
