"""Text that came from a file is data: never a formula, a control character or a broken file. One way in for every output."""

from __future__ import annotations

import re
from collections.abc import Iterable

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 32_767
"""Excel counts UTF-16 units, here and in titles: an emoji is two."""
LONGEST_TITLE = 31
CUT = " …[cut]"
LINE_FEEDS = 250
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\x00")
_TITLE = re.compile(r"[\\*?:/\[\]\x00-\x1f]")


def cell_text(text: str) -> str:
    """The text as a workbook cell can hold it: no control characters or lone surrogates, one kind of newline, cut visibly when too long."""
    text = ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.count("\n") > LINE_FEEDS:
        kept = text.split("\n")
        text = "\n".join(kept[:LINE_FEEDS]) + " " + " ".join(kept[LINE_FEEDS:])
    return shortened(text, LONGEST_TEXT, CUT)


def shortened(text: str, most: int, mark: str) -> str:
    """The text in at most this many UTF-16 units, with the mark at its end where it was cut."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * most:
        return text
    return data[: 2 * (most - len(mark))].decode("utf-16-le", "ignore").rstrip() + mark


def csv_text(text: str) -> str:
    """The text as a spreadsheet may open it from CSV: what could start a formula gets a ' in front (OWASP ASVS 1.2.10)."""
    text = ILLEGAL.sub("\ufffd", text) if not text.startswith("\x00") else "\x00" + ILLEGAL.sub("\ufffd", text[1:])
    guarded = "'" + text if text.startswith(_FORMULA_START) else text
    return guarded.replace("\x00", "\ufffd")


def sheet_titles(titles: Iterable[str]) -> list[str]:
    """These titles as Excel takes them: at most 31 characters (a cut is shown), none forbidden, no two alike whatever their case."""
    made: list[str] = []
    taken = {"history"}
    for title in titles:
        whole = _TITLE.sub(" ", ILLEGAL.sub("", title)).strip(" '") or "Sheet"
        name, n = shortened(whole, LONGEST_TITLE, "…"), 1
        while name.casefold() in taken:
            n += 1
            ending = f" {n}"
            name = shortened(whole, LONGEST_TITLE - len(ending), "…") + ending
        taken.add(name.casefold())
        made.append(name)
    return made
