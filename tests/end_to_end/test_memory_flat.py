"""A long run holds little more than a short one: reviews and what they say lie on disk, and are read and counted in chunks."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

SHORT, LONG = 12_000, 42_000
MOST = 1_600
"""Bytes by which the peak may grow with a review of some 100 characters and two clauses: it was 1,850 when comments and packed mentions stood
in memory, and is 1,360 now, most of which the first batches of a long run take."""
THINGS = "delivery packaging price staff parking website app menu coffee bread receipt service counter queue music room".split()
VERDICTS = "was great,was slow,was far too expensive,was broken again,is what I come for,could be better,never arrives,made my day".split(
    ","
)
TIMES = "as always,this time,last week,on Sunday,every single day,for once,since the move,in the morning".split(",")
RUN = """
import resource, sys
from pathlib import Path
import research_kit as rk
from research_kit.text import reader
reader.SECOND_FROM = 10**9  # one process: its peak is the run's
for path in sys.argv[1:]:
    rk.run(rk.Study.from_files([Path(path)]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def reviews(path: Path, rows: int) -> str:
    """A file of so many reviews, hardly two alike."""
    rng = random.Random(rows)
    lines = ["Date,Review"]
    for i in range(rows):
        first, second, third = rng.sample(THINGS, 3)
        said = f"The {first} {rng.choice(VERDICTS)}. The {second} by the {third} {rng.choice(VERDICTS)}, {rng.choice(TIMES)}."
        lines.append(f'2024-01-0{1 + i % 9},"{said}"')
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def growth(folder: Path) -> float:
    """Bytes a review by which the peak of a long run lies above that of a short one before it, in one process: what is loaded and kept in
    mind once counts for both."""
    files = [reviews(folder / "short.csv", SHORT), reviews(folder / "long.csv", LONG)]
    done = subprocess.run([sys.executable, "-c", RUN, *files], capture_output=True, text=True, check=True)
    short, long = map(int, done.stdout.split())
    return (long - short) / (LONG - SHORT)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="tells bytes of memory as Linux does, where free memory is given back")
def test_memory_hardly_grows_with_the_number_of_reviews(tmp_path: Path) -> None:
    assert growth(tmp_path) < MOST
