"""Delimited text: the same cells on both paths, odd rows repaired or counted and named, the delimiter found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.errors import InputError
from research_kit.reading import delimited
from research_kit.reading.delimited import choose_delimiter, read_delimited
from research_kit.reading.grid import Grid

CASES = Path(__file__).parents[1] / "cases" / "reading"


def cells(grid: Grid) -> list[list[str]]:
    return [list(row) for row in grid.frame.itertuples(index=False, name=None)]


CELL = st.text(st.sampled_from("ab好\"',;\t|\n =01."), max_size=8)
TABLE = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=8))


@settings(max_examples=300, deadline=None)
@given(table=TABLE, delimiter=st.sampled_from([",", ";", "\t", "|"]))
def test_what_a_csv_writer_wrote_comes_back(table: list[list[str]], delimiter: str) -> None:
    """Quotes, delimiters and line ends inside cells survive, on whichever path."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)

    assert cells(read_delimited(out.getvalue(), delimiter=delimiter)) == table


@settings(max_examples=500, deadline=None)
@given(text=st.text(st.sampled_from('ab好",;\n \x00\r'), min_size=3, max_size=80), delimiter=st.sampled_from([",", ";"]))
def test_the_fast_path_gives_the_cells_of_the_careful_one(text: str, delimiter: str) -> None:
    """Any text at all: where the fast path answers, it answers alike."""
    text = "h1" + delimiter + "h2\n" + text.replace("\x00", "").replace("\r", "")
    fast = delimited._fast(text, delimiter, 0)
    if fast is None:
        return
    careful = delimited._slow(text, delimiter, 0, "")

    assert cells(fast) == cells(careful)
    assert list(fast.frame.index) == list(careful.frame.index)


def test_a_big_file_takes_the_fast_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """And gives the very cells, numbered as in the file."""
    text = "id,text\n" + "".join(f'{i},"line one\nline ""two"" of {i}"\n' for i in range(500))
    careful = read_delimited(text)
    monkeypatch.setattr(delimited, "BIG", 10)
    monkeypatch.setattr(delimited, "_slow", lambda *a: pytest.fail("the careful path was taken"))

    fast = read_delimited(text)

    assert cells(fast) == cells(careful)
    assert list(fast.frame.index) == list(careful.frame.index) == list(range(1, 502))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    """Even when commas stand in the answers."""
    text = (
        delimiter.join(["id", "what", "why"])
        + "\n"
        + "".join(delimiter.join([str(i), "tea, cake", '"a, b; c"']) + "\n" for i in range(9))
    )

    assert choose_delimiter(text) == delimiter


def test_prose_in_one_column_has_no_delimiter() -> None:
    text = "comment\nI like it, really\nnothing\nbad, slow, dear, and far away\nfine\ngood\nmeh\n"

    assert choose_delimiter(text) == ""
    assert cells(read_delimited(text))[3] == ["bad, slow, dear, and far away"]


def test_sep_line_of_excel() -> None:
    grid = read_delimited("sep=;\na;b\n1;2,5\n")

    assert cells(grid) == [["a", "b"], ["1", "2,5"]]
    assert grid.delimiter == ";"
    assert list(grid.frame.index) == [2, 3]


def test_a_quote_that_never_closes_costs_one_row() -> None:
    """The rows after it are read, and the sentence names the row."""
    rows = [f"{i},answer {i},yes" for i in range(1, 20)]
    rows[4] = '5,"answer 5,yes'
    grid = read_delimited("id,text,again\n" + "\n".join(rows) + "\n")

    found = cells(grid)
    assert len(found) == 20
    assert found[6] == ["6", "answer 6", "yes"]
    assert found[5] == ["5", "answer 5", "yes"]
    assert grid.notes == ("Rows with a quotation mark that never closed, which was read literally: 1 (row 6).",)


def test_rows_of_another_width_are_named() -> None:
    text = "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n1,2,3,\n1,2,3\n1,2,3\n"
    grid = read_delimited(text)

    assert cells(grid)[1:] == [["1", "2", "3"], ["1", "2", ""], *[["1", "2", "3"]] * 4]
    assert list(grid.frame.index) == [1, 2, 3, 5, 6, 7, 8]
    assert grid.notes == (
        "Rows that could not be read (more cells than the 3 columns) and were left out: 1 (row 4).",
        "Rows with one blank cell too many, whose cells may stand in the wrong columns: 1 (row 6).",
        "Rows with fewer than 3 cells, the missing ones taken as blank: 1 (row 3).",
    )


def test_nul_characters_go_and_are_said() -> None:
    grid = read_delimited("a,b\n1\x00,2\n")

    assert cells(grid) == [["a", "b"], ["1", "2"]]
    assert grid.notes == ("NUL characters removed: 1.",)


def test_line_ends_of_every_system_read_alike() -> None:
    expected = [["a", "b"], ["1", "x\ny"]]
    for end in ("\n", "\r\n", "\r"):
        assert cells(read_delimited(f'a,b{end}1,"x{end}y"{end}')) == expected


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(InputError, match="30,000 columns"):
        read_delimited("\n".join([",".join(["x"] * 30_000)] * 3), name="wide.csv")


def test_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no rows"):
        read_delimited("\n\n\n", name="nothing.csv")


SPECTRUM = [
    "comma_in_quotes",
    "empty",
    "escaped_quotes",
    "json",
    "newlines",
    "quotes_and_newlines",
    "simple",
    "utf8",
]


@pytest.mark.data
@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum(name: str, data: Path) -> None:
    """Other people's test set: each file equals its JSON twin."""
    folder = data / "bad_input" / "csv-spectrum"
    grid = cells(read_delimited((folder / "csvs" / f"{name}.csv").read_text(encoding="utf-8")))
    expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))

    assert [dict(zip(grid[0], row, strict=True)) for row in grid[1:]] == (expected if isinstance(expected, list) else [expected])


@pytest.mark.data
def test_polluted_files_lose_the_polluted_row_only(data: Path) -> None:
    """The Pollock files: one row was broken in each; every other row comes back, a broken header aside."""
    folder = data / "bad_input" / "pollock"
    clean = {tuple(r) for r in cells(read_delimited((folder / "file_no_trailing_newline.csv").read_text(encoding="utf-8")))}
    lost = {}
    for path in sorted(p for p in folder.glob("*.csv") if "_row0_" not in p.name):
        found = {tuple(r) for r in cells(read_delimited(path.read_text(encoding="utf-8")))}
        lost[path.name] = len(clean - found)

    assert len(lost) == 141
    assert {name: n for name, n in lost.items() if n > 1} == {}


def test_a_declared_delimiter_that_parts_nothing_is_refused_with_the_one_that_does() -> None:
    text = "id,what,why\n" + "".join(f"{i},tea; cake,good\n" for i in range(9))

    with pytest.raises(InputError, match=r"The first line of a\.csv holds no “;”, .* it looks parted by “,”"):
        read_delimited(text, delimiter=";", name="a.csv")
    assert len(read_delimited(text, delimiter=",").frame.columns) == 3
    assert len(read_delimited("what\ntea, cake\nmilk\n", delimiter=";").frame.columns) == 1
