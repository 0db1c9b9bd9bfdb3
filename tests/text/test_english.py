"""What TextBlob brings along is read from its files, and means what it means there."""

from __future__ import annotations

import subprocess
import sys

from research_kit.text import english


def test_polarities_are_those_of_textblob() -> None:
    from textblob.en import sentiment

    sentiment.load()
    ours = english.polarities()
    assert ours == {word: senses[None][0] for word, senses in sentiment.items()}
    assert (ours["great"], ours["terribly"], len(ours)) == (0.8, -1.0, len(sentiment))


def test_reading_english_does_not_import_textblob() -> None:
    code = "import sys, research_kit.text as t; t.annotate(['Great food, terribly slow staff.']); print('nltk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
