"""What TextBlob brings along is read from its files, and means what it means there."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from research_kit.text.signs import english


def ran(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_reading_english_does_not_import_nltk() -> None:
    reads = "t.annotate(['Great food, terribly slow staff.', 'Could be a bit better']); english.parts_of_speech(['it', 'works'])"
    assert (
        ran(
            f"import sys, research_kit.text as t; from research_kit.text.signs import english; {reads}; print('nltk' in sys.modules)"
        )
        == "False"
    )


def test_who_imports_textblob_later_gets_all_of_it() -> None:
    code = (
        "from research_kit.text.signs import english; tags = english.parts_of_speech(['staff', 'waits']); import textblob, textblob.en;"
        "print(tags, textblob.TextBlob('great').sentiment.polarity, textblob.en.sentiment('great')[0])"
    )
    assert ran(code) == "['NN', 'VBZ'] 0.8 0.8"


def test_polarities_are_those_of_textblob() -> None:
    from textblob.en import sentiment

    from research_kit.text.signs import pipeline

    words = ["great", "terribly", "slow", "table", "main"]
    found = english.textblob_values(np.array([pipeline.norm(word) for word in words], np.uint64)).tolist()
    assert found == [0.8, -1.0, sentiment("slow")[0], 0.0, 0.0]  # "main" tells a fact
