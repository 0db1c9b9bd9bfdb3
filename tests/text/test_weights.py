"""The shipped weights are what training/train.py makes of what is here."""

import json
import sys
from pathlib import Path

TRAINING = Path(__file__).parents[2] / "training"


def test_what_the_weights_were_made_from_has_not_changed(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(TRAINING), *sys.path])
    import made_from

    told = json.loads((TRAINING / "made_from.json").read_text(encoding="utf-8"))
    changed = sorted(name for name, digest in made_from.digests().items() if told[name] != digest)
    assert not changed, f"make the weights anew (python training/train.py): {changed} changed"
