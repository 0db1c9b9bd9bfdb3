"""A whole run by size: reviews from a CSV with date, product and stars to every file, workbook and journey.json among them.

The reviews are those of women's clothing (RESEARCH_KIT_DATA); above their number, half of the sentences of each are changed for others from
reviews with as many stars, so that every text is its own. Each size runs in a Python of its own. "Second" is the process that shares the
work above 20,000 comments. "Together" is the most that both held at one time, pages that they share counted once (Linux only, else blank).

python benchmarks/run_speed.py [--rows N ...] [--stages]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
PRODUCTS = ("Dresses", "Knits", "Blouses", "Pants", "Jeans", "Jackets", "Skirts", "Shoes")


def reviews(rows: int) -> pd.DataFrame:
    """So many reviews, no two alike."""
    source = pd.read_csv(Path(os.environ["RESEARCH_KIT_DATA"]) / "reviews" / "womens-clothing.csv")
    source = source[source["Review Text"].fillna("").str.len() > 5]
    stars = source["Rating"].astype(int).tolist()
    told = [[s.strip() for s in _SENTENCE.findall(text) if s.strip()] or [text] for text in source["Review Text"]]
    others: dict[int, list[str]] = {}
    for rating, sentences in zip(stars, told, strict=True):
        others.setdefault(rating, []).extend(sentences)
    rng = random.Random(1)
    made = []
    for i in range(rows):
        rating, sentences = stars[i % len(told)], list(told[i % len(told)])
        if i >= len(told):
            for place in rng.sample(range(len(sentences)), max(1, len(sentences) // 2)):
                sentences[place] = rng.choice(others[rating])
        day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=rng.randrange(700))
        made.append((f"{day:%Y-%m-%d}", rng.choice(PRODUCTS), rating, " ".join(sentences)))
    return pd.DataFrame(made, columns=["Date", "Product", "Rating", "Review"])


def held(process: str, key: str, file: str = "status") -> float:
    """MB of memory that a process holds (VmHWM: at most so far), 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/{file}").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith(key)), 0.0)


class Watch:
    """Looks at this process and its children five times a second."""

    def __init__(self) -> None:
        self.second = self.together = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        me = str(os.getpid())
        while True:
            try:
                children = Path(f"/proc/self/task/{me}/children").read_text(encoding="ascii").split()
            except OSError:
                return
            self.second = max([self.second, *(held(child, "VmHWM") for child in children)])
            self.together = max(self.together, sum(held(p, "Pss:", "smaps_rollup") for p in (me, *children)))
            time.sleep(0.2)


def one(source: Path, out: Path) -> dict[str, object]:
    """A run in this process, measured."""
    watch = Watch()
    started = time.perf_counter()
    import research_kit as rk

    findings = rk.run(rk.Study.from_files([source]))
    findings.write(out)
    times = os.times()
    return {
        "wall": time.perf_counter() - started, "cpu": times.user + times.system, "cpu_second": times.children_user + times.children_system,
        "peak": held("self", "VmHWM"), "peak_second": watch.second, "together": watch.together, "clauses": len(findings.packed),
        "map": (out / "journey.json").stat().st_size / 1e6, "stages": findings.timings,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[25_000, 100_000, 200_000])
    parser.add_argument("--stages", action="store_true", help="seconds by stage too")
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(one(*chosen.one)))
        return
    head = ("reviews", "clauses", "wall s", "cpu s", "second", "peak MB", "second", "together", "json MB")
    print("".join(f"{name:>10}" for name in head))
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "reviews.csv"
            reviews(rows).to_csv(source, index=False)
            command = [sys.executable, __file__, "--one", str(source), str(Path(folder) / "out")]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        print(
            f"{rows:>10,}{found['clauses']:>10,}{found['wall']:>10.1f}{found['cpu']:>10.1f}{found['cpu_second']:>10.1f}"
            f"{found['peak']:>10.0f}{found['peak_second']:>10.0f}{found['together']:>10.0f}{found['map']:>10.1f}",
            flush=True,
        )
        if chosen.stages:
            print(" " * 10 + "  ".join(f"{name} {seconds:.1f}" for name, seconds in found["stages"].items()))


if __name__ == "__main__":
    main()
