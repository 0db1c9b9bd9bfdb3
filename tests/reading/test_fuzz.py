"""Whatever is done to a good file, it is read or refused in one sentence, within the time and the memory promised."""

from __future__ import annotations

import gc
import gzip
import io
import random
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from research_kit.errors import InputError
from research_kit.reading import read_export
from research_kit.study import SourceSpec

CASES = Path(__file__).parents[1] / "cases" / "reading"
MUTATIONS = 2_000
SECONDS = 10.0
MEMORY = 800_000_000
"""Beside the interpreter and what tests before it left."""


def truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 3, 30])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def recoded(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(rng.choice(["utf-16", "utf-16-be", "gb18030", "big5", "cp1252", "utf-32", "utf-7"]), errors="replace")


def quotes_broken(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 2, 9])):
        place = rng.randrange(len(changed) + 1)
        changed[place:place] = rng.choice([b'"', b'""', b'"""', b"'", b'",', b',"', b'\\"'])
    return bytes(changed)


def delimiters_broken(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 5, 40])):
        place = rng.randrange(len(changed) + 1)
        changed[place:place] = rng.choice([b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b" "])
    return bytes(changed)


def nuls(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + b"\x00" * rng.choice([1, 10, 5000]) + data[place:]


def spliced(data: bytes, rng: random.Random) -> bytes:
    """Pieces of the file repeated, dropped and swapped."""
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice([data[:a] + data[b:], data[:b] + data[a:b] + data[b:], data[b:] + data[a:b] + data[:a]])


def junk(data: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.choice([5, 200, 4000])) + data[rng.randrange(len(data)) :]


def packed(data: bytes, rng: random.Random) -> bytes:
    """Into an archive, which is then broken like any file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", data)
    return rng.choice([truncated, flipped, junk])(rng.choice([out.getvalue(), gzip.compress(data, mtime=0)]), rng)


def odd_characters(data: bytes, rng: random.Random) -> bytes:
    """Line ends of other systems, marks, half surrogates, an end-of-file sign, characters that join and turn round."""
    odd = [
        "\ufeff",
        "\x1a",
        "\u2028",
        "\x85",
        "\x0b",
        "\x0c",
        "\u202e",
        "\u200d",
        "\U0001f468",
        "\u0301",
        "\x00",
        "\x7f",
        "\ufffe",
    ]
    changed = bytearray(data)
    for _ in range(rng.choice([1, 4, 50])):
        place = rng.randrange(len(changed) + 1)
        changed[place:place] = rng.choice([*(c.encode() for c in odd), b"\xed\xa0\x80", b"\xc0\xaf"])
    return bytes(changed)


def numbers_blown(data: bytes, rng: random.Random) -> bytes:
    """Numbers far out of range: in cells harmless, in a workbook's parts rows, spans and repeats."""
    found = list(re.finditer(rb"\d+", data))
    for match in sorted(rng.sample(found, min(len(found), 5)), key=lambda m: -m.start()):
        data = (
            data[: match.start()]
            + rng.choice([b"999999999", b"-1", b"1e308", b"4294967295", b"0", b"9" * 400])
            + data[match.end() :]
        )
    return data


def inside(data: bytes, rng: random.Random) -> bytes:
    """A workbook whose parts are broken one by one, in a whole archive."""
    if not data.startswith(b"PK"):
        return flipped(data, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = rng.choice(names)
        for name in names:
            content = old.read(name)
            if name == victim:
                content = rng.choice([truncated, flipped, spliced, quotes_broken, numbers_blown, lambda _d, _r: b""])(
                    content or b" ", rng
                )
            new.writestr(name, content)
    return out.getvalue()


BREAKERS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated, flipped, recoded, quotes_broken, delimiters_broken, nuls, spliced, junk, packed, inside, odd_characters,
    numbers_blown,
)  # fmt: skip


def outcome(path: Path) -> str:
    """ "read" or "refused"; anything else is a failure."""
    started = time.process_time()  # not the clock: other work on the machine is not the reader's
    try:
        export = read_export(SourceSpec(path=path))
    except InputError as problem:
        sentences = problem.problems
    else:
        assert len(export.cells) > 0
        assert len(export.columns) == export.cells.shape[1]
        sentences = ()
    result = "refused" if sentences else "read"
    assert len(sentences) <= 1
    assert "\n" not in "".join(sentences)
    assert time.process_time() - started < SECONDS
    return result


def peak() -> int:
    """Peak memory of this process so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.fixture
def memory() -> Callable[[], int]:
    """What a test adds to the memory of this process at its worst, in bytes, whatever tests before it took: Linux forgets the peak when asked;
    elsewhere what goes beyond the peak before counts."""
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        already = peak()
        return lambda: peak() - already
    before = _status("VmRSS")
    return lambda: _status("VmHWM") - before


def _status(key: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:")) * 1024


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_mutations(part: int, tmp_path: Path, memory: Callable[[], int]) -> None:
    """Two thousand, a quarter at a time; every breaker on every kind of file."""
    files = sorted(p for folder in ("platforms", "containers") for p in (CASES / folder).iterdir() if p.name != "expected.json")
    rng = random.Random(part)
    found = {"read": 0, "refused": 0}
    for i in range(MUTATIONS // 4):
        base = files[(i * 7 + part) % len(files)]
        path = tmp_path / f"{part}-{i}-{base.name}"
        path.write_bytes(BREAKERS[i % len(BREAKERS)](base.read_bytes(), rng))
        try:
            found[outcome(path)] += 1
        except BaseException as problem:
            problem.add_note(f"{BREAKERS[i % len(BREAKERS)].__name__} of {base.name}, mutation {i} of part {part}")
            raise
        path.unlink()

    assert sum(found.values()) == MUTATIONS // 4
    assert found["read"] > 100
    assert found["refused"] > 20
    assert memory() < MEMORY


def huge(name: str) -> bytes:
    """Files that are well-formed and far too large in one way."""
    row = b"1,good,because\n"
    zeros = b"\x00" * 200_000_000
    return {
        "a cell of 5 MB.csv": b'id,how,why\n1,good,"' + b"very long, " * 480_000 + b'"\n' + row * 50,
        "an open quote before 5 MB.csv": b'id,how,why\n1,"good,because\n' + row * 350_000,
        "20,000 columns.csv": (b",".join(b"q%d" % i for i in range(20_000)) + b"\n" + b",".join([b"4"] * 20_000) + b"\n") * 3,
        "9,000 columns.csv": (b",".join(b"q%d" % i for i in range(9_000)) + b"\n" + b",".join([b"4"] * 9_000) + b"\n") * 3,
        "200,000 columns.csv": (b",".join([b"4"] * 200_000) + b"\n") * 3,
        "a quote on every line.csv": b"id,how,why\n" + b'1,"good,because\n' * 20_000,
        "two quotes on every line.csv": b"id,how,why\n" + b'1,"go"od,"because\n' * 20_000,
        "no line end.csv": b"word " * 2_000_000,
        "only delimiters.csv": b"," * 3_000_000 + b"\n",
        "only quotes.csv": b'"' * 3_000_000,
        "only line ends.csv": b"a,b\n" + b"\n" * 3_000_000,
        "a bomb.csv.gz": gzip.compress(zeros, 9, mtime=0) * 3,
        "a bomb of rows.csv.gz": gzip.compress(b"1,2,3\n" * 20_000_000, 9, mtime=0) * 3,
        "brackets.json": b"[" * 3_000_000,
        "objects.json": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
        "tables.html": b"<table><tr><td>" * 100_000,
        "a span.html": b"<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr>"
        + b"<tr><td>y</td></tr>" * 2000
        + b"</table>",
        "callback.json": b"a" * 1_000_000 + b"({",
    }[name]


HUGE = (
    "a cell of 5 MB.csv",
    "an open quote before 5 MB.csv",
    "9,000 columns.csv",
    "20,000 columns.csv",
    "200,000 columns.csv",
    "a quote on every line.csv",
    "two quotes on every line.csv",
    "no line end.csv",
    "only delimiters.csv",
    "only quotes.csv",
    "only line ends.csv",
    "a bomb.csv.gz",
    "a bomb of rows.csv.gz",
    "brackets.json",
    "objects.json",
    "tables.html",
    "a span.html",
    "callback.json",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_huge(name: str, tmp_path: Path, memory: Callable[[], int]) -> None:
    path = tmp_path / name
    path.write_bytes(huge(name))

    assert outcome(path) in ("read", "refused")
    assert memory() < MEMORY
