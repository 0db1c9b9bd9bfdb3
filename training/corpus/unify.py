"""Puts one name in place of the names that different authors wrote for one industry, in every `*.jsonl` of the corpus; run again, it changes nothing.

    python training/corpus/unify.py

The names are in `industries.toml`; the ones it does not know stay as they are and are printed.
"""

import json
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def names() -> dict[str, str]:
    """The unified name of every industry name; refuses a name that stands under two."""
    table = tomllib.loads((HERE / "industries.toml").read_text(encoding="utf-8"))
    known = {name: name for name in table}
    for unified, others in table.items():
        for other in others:
            if other in known:
                raise ValueError(f"'{other}' stands twice in industries.toml")
            known[other] = unified
    return known


def main() -> None:
    """Rewrites the files whose industries change and prints the names not known."""
    known = names()
    unknown: Counter[str] = Counter()
    for path in sorted(HERE.glob("*.jsonl")):
        before = path.read_text(encoding="utf-8")
        rows = [json.loads(line) for line in before.splitlines()]
        unknown.update(row["industry"] for row in rows if row["industry"] not in known)
        for row in rows:
            row["industry"] = known.get(row["industry"], row["industry"])
        after = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        if after != before:
            path.write_text(after, encoding="utf-8")
    for name, count in unknown.most_common():
        print(f"not in industries.toml: {name} ({count})")


if __name__ == "__main__":
    main()
