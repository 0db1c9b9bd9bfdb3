"""Prints how many comments and clauses of each kind the corpus has.

python training/corpus/counts.py
"""

import json
from collections import Counter
from pathlib import Path


def main() -> None:
    """One line per field, the commonest value first."""
    counts: dict[str, Counter[str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            parts = row["clauses"]
            for field, value in [
                ("file", path.stem),
                ("language", row["language"]),
                ("comment", row["sentiment"]),
                ("clauses", len(parts)),
            ]:
                counts.setdefault(field, Counter())[str(value)] += 1
            for part in parts:
                for field in ("sentiment", "emotion", "kind", "stage", "channel"):
                    counts.setdefault(field, Counter())[str(part[field])] += 1
    for field, values in counts.items():
        print(
            f"{field}:",
            ", ".join(f"{value} {count}" for value, count in sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))),
        )


if __name__ == "__main__":
    main()
