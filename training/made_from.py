"""What the shipped weights were made from, as digests: ``training/train.py`` writes them beside itself, a test compares them with what is there.

Whoever changes a word of the lexicon or of the corpus, how texts are cut or what is counted in them, makes the weights anew by the one command.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import samples

from research_kit.text import assemble, framing
from research_kit.text.signs import lexicon

HERE = Path(__file__).parent
WRITTEN = HERE / "made_from.json"
SAMPLE = 40
"""Every so manieth comment of the corpus stands for all in what is compared of the reading."""


def digests() -> dict[str, str]:
    """{what: digest} of the lexicons, the corpus, the scripts, and of how Chinese comments of the corpus are read."""
    corpus = sorted((HERE / "corpus").glob("*.jsonl"))
    return {
        **{f"lexicon {name}": _of([lexicon.FOLDER / f"{name}.toml"]) for name in ("en", "zh", "regional")},
        "corpus": _of(corpus),
        "samples": _samples(),
        "scripts": _of([HERE / "samples.py", HERE / "train.py"]),
        "reading": _reading(corpus),
    }


def _of(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_text(encoding="utf-8").encode())
    return found.hexdigest()[:16]


def _samples() -> str:
    """What of the corpus teaches, and under which questions."""
    rows = samples.corpus()
    return hashlib.sha256("\n".join((rows["text"] + "\t" + rows["asked"]).tolist()).encode()).hexdigest()[:16]


def _reading(corpus: list[Path]) -> str:
    """Pieces, n-grams and which evidence there is: whole numbers and signs, the same on every machine. (English ones hang on spaCy's version.)"""
    comments = [json.loads(line) for path in corpus for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [comment for comment in comments if comment["language"] != "en"][::SAMPLE]
    batch = assemble.read([c["text"] for c in chosen], [framing.detect(c["question"]) for c in chosen], by_things=False)
    table = batch.text_units["zh"][1]
    found = hashlib.sha256()
    for array in (batch.clause, *(np.sort(unit << 20 | bucket) for unit, bucket in table.grams), np.packbits(table.dense != 0)):
        found.update(np.ascontiguousarray(array).astype(np.int64).tobytes())
    return found.hexdigest()[:16]


def write() -> None:
    """Note what the weights are made from now."""
    WRITTEN.write_text(json.dumps(digests(), indent=1) + "\n", encoding="utf-8")
