"""Write the synthetic exports of make_surveys.py and make_reviews.py, and what reading them must give, beside this script."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
from make_reviews import REVIEWS
from make_surveys import SURVEYS

FOLDER = Path(__file__).parent / "platforms"


def _delimited(case: dict[str, Any]) -> bytes:
    out = io.StringIO()
    if case.get("unquoted"):
        out.writelines(case.get("delimiter", ",").join(row) + "\n" for row in case["rows"])
    else:
        quoting = csv.QUOTE_ALL if case.get("quote_all") else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter=case.get("delimiter", ","), quoting=quoting).writerows(case["rows"])
    return out.getvalue().encode(case.get("encoding", "utf-8-sig" if case.get("bom") else "utf-8"))


def _workbook(case: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in case["rows"]:
        sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def content(case: dict[str, Any]) -> bytes:
    """The bytes of one export."""
    if "text" in case:
        return str(case["text"]).encode(case.get("encoding", "utf-8"))
    if "json" in case:
        return json.dumps(case["json"], ensure_ascii=False).encode()
    if "jsonl" in case:
        data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in case["jsonl"]).encode()
        return gzip.compress(data, mtime=0) if case["file"].endswith(".gz") else data
    return _workbook(case) if case["file"].endswith(".xlsx") else _delimited(case)


def main() -> None:
    """Write every file and expected.json."""
    FOLDER.mkdir(exist_ok=True)
    expected = {}
    for case in (*SURVEYS, *REVIEWS):
        (FOLDER / case["file"]).write_bytes(content(case))
        expected[case["file"]] = {
            "platform": case["platform"],
            "type": case.get("type", "survey"),
            "header_rows": case.get("header_rows", 1),
            "n": case["n"],
            "columns": {str(k): list(v) for k, v in case["columns"].items()},
            "cells": {f"{row},{column}": text for (row, column), text in case.get("cells", {}).items()},
            "note": case.get("note", ""),
        }
    (FOLDER / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
