# ruff: noqa: E501 (a list of words)
"""What English adds: TextBlob's lexicon as a voter, and its parts of speech, which tell a whole phrase from a piece of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from research_kit.text import pipeline
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
    """TextBlob's polarity by token norm: the norms, and their values."""
    table = {pipeline.norm(word): value for word, value in polarities().items() if value and word.isalpha() and word not in MUTE}
    norms = np.array(sorted(table), np.uint64)
    return Places(norms), np.array([table[int(n)] for n in norms])


def polarities() -> dict[str, float]:
    """TextBlob's polarity of each word: of those of its lexicon the mean of the parts of speech, of each the mean of the senses; of an adverb
    (-ly) that of its adjective.

    The lexicon is read as a file of the installed package: importing TextBlob loads NLTK and what that can work with, over a second and
    90 MB that most readings do not need.
    """
    package = find_spec("textblob")
    folder = Path(next(iter(package.submodule_search_locations or ()))) if package else Path()
    senses: dict[str, dict[str, list[float]]] = {}
    # An installed package's own file, not a researcher's.
    for entry in ElementTree.parse(folder / "en" / "en-sentiment.xml").getroot().iter("word"):  # noqa: S314
        of_word = senses.setdefault(entry.attrib["form"], {})
        of_word.setdefault(entry.attrib.get("pos", ""), []).append(float(entry.attrib.get("polarity", 0)))
    means = {word: {part: sum(of) / len(of) for part, of in parts.items()} for word, parts in senses.items()}
    found = {word: sum(parts.values()) / len(parts) for word, parts in means.items()}
    for word, parts in means.items():
        if "JJ" in parts:
            found[f"{re.sub('y$', 'i', word).removesuffix('le')}ly"] = parts["JJ"]
    return found


def textblob_values(tokens: np.ndarray) -> np.ndarray:
    """TextBlob's polarity of each token; 0 where it has none."""
    norms, values = _table()
    found = np.zeros(len(tokens))
    which, place = norms.among(tokens)
    found[which] = values[place]
    return found


def parts_of_speech(words: Sequence[str]) -> list[str]:
    """The Penn tag of each word of a sentence ("NN", "VBZ" ..), by the lexicon and rules that TextBlob brings along (Brill 1992)."""
    from textblob.en import parser

    return [tag for _, tag in parser.find_tags(list(words), tagset="penntreebank")]
