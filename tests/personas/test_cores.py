"""One core or two: the same personas, to the last digit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_STUDY = """
import sys
sys.path.insert(0, sys.argv[1])
from benchmarks.planted import Plan, plant
from research_kit.personas.model import PersonaModel
planted = plant(Plan("cores", 3, 300, 0.8, style=0.5, missing=0.1), 5)
model = PersonaModel(blocks=planted.blocks, max_personas=3).fit(planted.X)
print(model.verdict_, repr(model.halves_), model.labels_.tolist(), model.parameters_.beta.tobytes().hex())
"""


def fitted(threads: int) -> str:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", _STUDY, str(root)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **dict.fromkeys(names, str(threads))},
    )
    return run.stdout


def test_two_cores_give_what_one_core_gives() -> None:
    one = fitted(1)
    assert one.split()[0] in {"strong", "moderate"}
    assert fitted(2) == one
