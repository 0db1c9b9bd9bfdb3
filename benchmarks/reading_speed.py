"""Reading speed, side by side with pandas: 200,000 x 20 CSV and 50,000 x 20 XLSX of invented answers.

"Understood" is the whole of `rk.read`: every question with its kind, typed answers, comments, personal data masked. pandas stops at text cells.

python benchmarks/reading_speed.py [--rows N]
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd

import research_kit as rk
from research_kit.reading import read_export
from research_kit.study import SourceSpec

LEVELS = ["Very good", "Good", "Neither", "Bad", "Very bad"]
WORDS = "the service was slow and I waited but the staff were kind so I came back again with friends price quality fast app crash team 等太久 很好".split()


def answers(rows: int) -> pd.DataFrame:
    """18 closed columns and 2 of comments, some with quotes and line breaks."""
    rng = random.Random(0)
    frame = pd.DataFrame({f"Q{i} How do you rate item {i}?": rng.choices(LEVELS, k=rows) for i in range(18)})
    for question in ("What did you like?", "What should we change?"):
        comments = [" ".join(rng.choices(WORDS, k=rng.randint(5, 25))) for _ in range(rows)]
        frame[question] = [c + ', "really"\nyes' if i % 50 == 0 else c for i, c in enumerate(comments)]
    return frame


def timed(work: Callable[[], object], times: int = 2) -> tuple[float, float]:
    """Best of several runs: seconds by the clock, and of the processor (which other work on the machine does not lengthen)."""
    clock = processor = float("inf")
    for _ in range(times):
        started, used = time.perf_counter(), time.process_time()
        work()
        clock, processor = min(clock, time.perf_counter() - started), min(processor, time.process_time() - used)
    return clock, processor


def workbook(frame: pd.DataFrame, path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False, name=None):
        sheet.append(row)
    book.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000, help="rows of the CSV; the workbook has a quarter of them")
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        csv, xlsx = Path(folder) / "answers.csv", Path(folder) / "answers.xlsx"
        frame = answers(rows)
        frame.to_csv(csv, index=False)
        workbook(frame.head(rows // 4), xlsx)
        del frame
        results = [
            (f"CSV {rows:,} x 20", "research_kit, read and understood", timed(lambda: rk.read(csv))),
            ("", "research_kit, read (recognised, text cells)", timed(lambda: read_export(SourceSpec(path=csv)))),
            ("", "pandas.read_csv(dtype=str)", timed(lambda: pd.read_csv(csv, dtype=str, keep_default_na=False))),
            (f"XLSX {rows // 4:,} x 20", "research_kit, read and understood", timed(lambda: rk.read(xlsx))),
            ("", "research_kit, read (recognised, text cells)", timed(lambda: read_export(SourceSpec(path=xlsx)))),
            ("", "pandas.read_excel, calamine", timed(lambda: pd.read_excel(xlsx, engine="calamine", dtype=str))),
            ("", "pandas.read_excel, openpyxl", timed(lambda: pd.read_excel(xlsx, engine="openpyxl", dtype=str), 1)),
        ]
    print(f"{'file':22}{'reader':46}{'seconds':>8}{'cpu':>8}")
    for file, reader, (clock, processor) in results:
        print(f"{file:22}{reader:46}{clock:8.2f}{processor:8.2f}")
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
