"""How many questions are understood as a person understands them: ``python benchmarks/reading.py [--all] [--wrong]``.

The files lie where RESEARCH_KIT_DATA points; without it the shipped copies are scored. "held back": scored before its mistakes were looked at
(first-sight figures: tests/cases/questions/README.md). ``--wrong`` lists what is wrong, ``--all`` also lists
it for the files that were held back while the rules were written. The last line reads and understands 200,000 x 20.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "questions"))

import answer_key
import numpy as np

from research_kit.questions import understand
from research_kit.reading import read_export
from research_kit.records import Export
from research_kit.study import SourceSpec, Study


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the files the rules were written with")
    parser.add_argument("--all", action="store_true", help="... and in those held back")
    parser.add_argument("--no-speed", action="store_true", help="skip the large file")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    print(f"{'file':30} {'platform':14} {'set':9} {'questions':>9} {'right':>6} {'share':>6}")
    for key in answer_key.all_keys():
        path = find(key)
        if path is None:
            print(f"{key.name:30} not here")
            continue
        export, results = scored(key, path)
        right = sum(not wrong for _, wrong in results)
        group = "held back" if key.held_back else "seen"
        print(f"{key.name:30} {export.platform:14} {group:9} {len(results):9} {right:6} {right / len(results):6.1%}")
        for name in (export.platform, "all files"):
            for part in (group, "both"):
                totals[name, part][0] += right
                totals[name, part][1] += len(results)
        if (arguments.wrong and not key.held_back) or arguments.all:
            for line, wrong in results:
                if wrong:
                    print(f"    column {line.column}: {wrong}")
    print()
    for (name, group), (right, n) in sorted(totals.items()):
        print(f"{name:30} {'':14} {group:9} {n:9} {right:6} {right / n:6.1%}")
    if not arguments.no_speed:
        speed()


def find(key: answer_key.Key) -> Path | None:
    """The file of a key: the whole one when the data folder is here, else the shipped copy."""
    folder = os.environ.get("RESEARCH_KIT_DATA")
    if folder and (Path(folder) / key.source).is_file():
        return Path(folder) / key.source
    copies = sorted(answer_key.COPIES.glob(f"{key.name}.*"))
    return copies[0] if copies else None


def scored(key: answer_key.Key, path: Path) -> tuple[Export, list[tuple[answer_key.Expected, str]]]:
    """The export and the key's lines with what is wrong in each."""
    spec = SourceSpec(path, type="reviews" if key.source.startswith("reviews/") else None)
    export = read_export(spec)
    return export, key.score(understand([export], Study(name=key.name, sources=(spec,))))


def speed(rows: int = 200_000) -> None:
    """18 closed columns and 2 of comments, masking on: seconds to read and to understand."""
    rng = np.random.default_rng(0)
    words = np.array(
        "the service was slow and staff friendly but price too high when I called about delivery order number never came back again".split()
    )
    columns = {
        f"How satisfied are you with part {j}?": rng.choice(
            ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied", ""], rows
        )
        for j in range(6)
    }
    columns |= {f"Rate feature {j} from 1 to 5": rng.choice(list("12345"), rows) for j in range(5)}
    columns |= {f"Do you own item {j}?": rng.choice(["Yes", "No"], rows) for j in range(4)}
    columns |= {
        "Age": rng.choice(["18-24", "25-34", "35-44", "45+"], rows),
        "Gender": rng.choice(["Male", "Female"], rows),
        "How likely are you to recommend us?": rng.integers(0, 11, rows).astype(str),
    }
    for name in ("What did you like?", "What could be improved?"):
        columns[name] = np.array(
            [
                " ".join(words[r]) + (f" mail a{i}@b.com" if i % 500 == 0 else "")
                for i, r in enumerate(rng.integers(0, len(words), (rows, 14)))
            ]
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(",".join(f'"{c}"' for c in columns) + "\n")
            file.writelines(",".join(row) + "\n" for row in zip(*columns.values(), strict=True))
        spec = SourceSpec(path)
        start, cpu = time.perf_counter(), time.process_time()
        export = read_export(spec)
        between = time.perf_counter()
        responses = understand([export], Study(name="large", sources=(spec,)))
        end, cpu = time.perf_counter(), time.process_time() - cpu
    print(
        f"\n{rows:,} x {len(columns)} CSV: read {between - start:.1f} s, understood {end - between:.1f} s, processor {cpu:.1f} s in all; "
        f"{sum(responses.masked.values())} masked, {len(responses.comments):,} comments"
    )


if __name__ == "__main__":
    main()
