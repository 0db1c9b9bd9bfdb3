"""Multi-selects whose choices stand together in one cell, whatever joins them, and commas inside a choice that join nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from research_kit.questions.profile import is_missing, norm, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from research_kit.questions.profile import Profile

# In this order: a mark that nobody types by chance speaks louder than a comma.
_DELIMITERS = ("┋", "\n", ";", "；", "|", "→", " > ", " / ", "、", ", ", "，", ",")
_RARE = ("┋", "\n", ";", "；", "|", "→", " > ")
_ALWAYS = 8
"""So many people cannot choose two options together by chance, and nobody one of them alone."""
_OPEN, _CLOSE = "([（【〖{", ")]）】〗}"
_NOTE = re.compile(r"[〖【][^〗】]*[〗】]")


@dataclass(frozen=True)
class Joined:
    """How a joined multi-select comes apart."""

    delimiter: str
    options: tuple[str, ...]
    """The choices that several people made, most frequent first; what only one or two wrote is their "other"."""
    parts: Mapping[str, tuple[str, ...]]
    """Cell -> the choices in it (spelled as in ``options``, or as written)."""
    others: int
    """Answers that hold something besides the options."""


def split(value: str, delimiter: str) -> list[str]:
    """The parts of a cell; a delimiter inside brackets does not part."""
    if delimiter == " / ":
        return [tidy(p) for p in re.split(r"(?:^|\s)/(?:\s|$)", value) if tidy(p)]
    parts, depth, start, i = [], 0, 0, 0
    while i < len(value):
        char = value[i]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and value.startswith(delimiter, i):
            parts.append(value[start:i])
            i += len(delimiter)
            start = i
            continue
        i += 1
    parts.append(value[start:])
    if depth:  # a bracket that was never closed would swallow the rest
        parts = value.split(delimiter)
    return [p for p in (tidy(_NOTE.sub("", part)) for part in parts) if p and not is_missing(p)]


def sure_mark(column: Profile, platform: str = "") -> str:
    """The mark that parts the cells for certain, whatever the question says; "" when none does.

    "┋" is nothing but that; Microsoft Forms ends every choice with ";"; lines of a few words that come again in other cells are choices, too.
    """
    if any("┋" in v for v in column.values):
        return "┋"
    if platform == "microsoft-forms" and column.n and all(v.endswith(";") for v in column.values):
        return ";"
    lines = [v.split("\n") for v in column.values if "\n" in v]
    if (
        lines
        and max(len(line) for cell in lines for line in cell) <= 24
        and not re.search(r"[.。!！?？,，]", "".join(map("".join, lines)))
    ):
        every = Counter(line for v in column.values for line in set(v.split("\n")))
        if all(any(every[line] > 1 for line in cell) for cell in lines):
            return "\n"
    return ""


def find(column: Profile, *, said: bool, opinion: bool = False, mark: str = "", options: Sequence[str] = ()) -> Joined | None:
    """The column as a joined multi-select, or None.

    ``said``: the question says "select all"; ``opinion``: it asks what people like or dislike, where a comma is likely to be prose; ``mark``: what
    surely parts the cells; ``options``: the study lists them.
    """
    if options:
        return _with_options(column, options)
    best: tuple[float, Joined] | None = None
    # A stroke without blanks stands inside many a choice ("phone/tablet"): it joins only where several answers were asked for.
    for delimiter in (mark,) if mark else (*_DELIMITERS, "/") if said else _DELIMITERS:
        having = column.share(lambda v, d=delimiter: d in v)  # type: ignore[misc]
        if having == 0 or having < 0.02:
            continue
        found = _try(column, delimiter, said=said, sure=bool(mark), prose=not said and (opinion or delimiter == "，"))
        if found is not None and (best is None or found[0] > best[0] + 0.01):
            best = found
    return best[1] if best else None


def _try(column: Profile, delimiter: str, *, said: bool, sure: bool, prose: bool) -> tuple[float, Joined] | None:
    """The column taken apart at this delimiter with how well that explains it: the share of all parts that are common, less a little per option."""
    cells = {v: split(v, delimiter) for v in column.values}
    cells = _merge_fixed_pairs(cells, column, delimiter)
    tokens: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    alone: set[str] = set()
    joined = 0
    for value, count in zip(column.values, column.counts.tolist(), strict=True):
        keys = list(dict.fromkeys(norm(p) for p in cells[value]))
        for part in cells[value]:
            spelling.setdefault(norm(part), part)
        tokens.update(dict.fromkeys(keys, count))
        joined += count * (len(keys) > 1)
        if len(keys) == 1:
            alone.add(keys[0])
    if not sure and (joined < 2 or len(tokens) < 3):
        return None
    least = _least(column.n)
    common = [t for t, c in tokens.most_common() if c >= least]
    if len(common) < (1 if sure else 2) or len(common) > (150 if said or delimiter in _RARE else 40):
        return None
    mass = sum(tokens[t] for t in common) / sum(tokens.values())
    if prose and not _of_whole_answers(column, cells, alone, joined):
        return None
    if not sure and not _convincing(common, alone, column, cells, mass, joined, delimiter, said=said):
        return None
    chosen = {t: spelling[t] for t in common}
    parts = {v: tuple(dict.fromkeys(chosen.get(norm(p), p) for p in cells[v])) for v in column.values}
    others = sum(
        int(c) for v, c in zip(column.values, column.counts, strict=True) if any(norm(p) not in chosen for p in cells[v])
    )
    return mass - 0.004 * len(common), Joined(delimiter, tuple(chosen[t] for t in common), parts, others)


def _least(n: int) -> int:
    """How many people make a choice an option and not somebody's own words."""
    return 1 if n <= 12 else 2 if n < 120 else max(3, round(0.004 * n))


def _convincing(
    common: Sequence[str],
    alone: set[str],
    column: Profile,
    cells: Mapping[str, Sequence[str]],
    mass: float,
    joined: int,
    delimiter: str,
    *,
    said: bool,
) -> bool:
    """A handful of choices must make up nearly all that was said, and appear in changing company; prose and fixed phrases do neither."""
    words = sum(len(c) for c in common) / len(common)
    if words > 90 or mass < (0.6 if said else 0.8):
        return False
    rare = delimiter in _RARE
    combinations = {tuple(sorted(norm(p) for p in parts)) for parts in cells.values() if len(parts) > 1}
    if _of_whole_answers(column, cells, alone, joined):
        return True
    if not said and delimiter != "┋" and len(combinations) < 3:
        # All of them by everybody, each time in another order: that is how a ranking looks.
        return rare and len(combinations) == 1 and len({tuple(parts) for parts in cells.values() if len(parts) > 2}) >= 3
    partners: dict[str, set[str]] = {}
    for combination in combinations:
        for part in combination:
            partners.setdefault(part, set()).update(combination)
    if not said and not rare:
        # "Yes, very rude" / "Yes, somewhat rude": fixed phrases with a comma have as many parts as wholes, and their parts do not stand alone.
        stand_alone = sum(c in alone for c in common)
        three = sum(int(n) for v, n in zip(column.values, column.counts, strict=True) if len(cells[v]) > 2) >= 0.1 * joined
        changing = sum(len(partners.get(c, ())) > 4 for c in common) >= 0.7 * len(common) and mass >= 0.85
        if (
            not three
            or column.distinct <= len(common)
            or joined < 0.05 * column.n
            or not (changing or stand_alone >= 0.3 * len(common))
        ):
            return False
    return sum(len(partners.get(c, ())) > 2 or c in alone for c in common) >= 0.5 * len(common)


def _of_whole_answers(column: Profile, cells: Mapping[str, Sequence[str]], alone: set[str], joined: int) -> bool:
    """Nearly all joined cells consist of nothing but answers that other people gave alone: that is what choosing two looks like."""
    said: Counter[str] = Counter()
    for value, count in zip(column.values, column.counts.tolist(), strict=True):
        said.update(dict.fromkeys((norm(p) for p in cells[value]), count))
    given = {norm(v) for v in column.values if norm(v) in alone and said[norm(v)] >= 3}
    whole = sum(
        int(c)
        for v, c in zip(column.values, column.counts, strict=True)
        if len(cells[v]) > 1 and all(norm(p) in given for p in cells[v])
    )
    return whole >= 0.7 * joined and joined >= 3 and len(given) >= 2


def _merge_fixed_pairs(cells: Mapping[str, list[str]], column: Profile, delimiter: str) -> dict[str, list[str]]:
    """Parts that never come without each other, one right behind the other, are one choice with the delimiter in it ("red, white or blue")."""
    counts = dict(zip(column.values, column.counts.tolist(), strict=True))
    result = {v: list(p) for v, p in cells.items()}
    for _ in range(4):
        single: Counter[str] = Counter()
        pair: Counter[tuple[str, str]] = Counter()
        for value, parts in result.items():
            single.update(dict.fromkeys(parts, counts[value]))
            pair.update(dict.fromkeys(pairwise(parts), counts[value]))
        often = max(20, 0.05 * column.n) if len(single) > 4 else float("inf")
        fixed = {
            (a, b)
            for (a, b), c in pair.items()
            if c >= 3
            and c >= 0.97 * max(single[a], single[b])
            and (
                b[:1].islower()
                or re.match(r"(?:and|or|etc)\b", b)
                or c >= often
                or (c >= _ALWAYS and c == single[a] == single[b])
            )
        }
        # A continuation in lower case belongs to what stands before it even when that also occurs elsewhere.
        fixed |= {(a, b) for (a, b), c in pair.items() if c >= 3 and single[b] == c and b[:1].islower() and a[:1].isupper()}
        if not fixed:
            break
        for value, parts in result.items():
            result[value] = _glue(parts, fixed, delimiter)
    return result


def _glue(parts: list[str], fixed: set[tuple[str, str]], delimiter: str) -> list[str]:
    glued: list[str] = []
    last = ""
    for part in parts:
        if glued and (last, part) in fixed:
            glued[-1] = f"{glued[-1]}{delimiter}{part}"
        else:
            glued.append(part)
        last = part
    return glued


def _with_options(column: Profile, options: Sequence[str]) -> Joined:
    """Cells taken apart by a known list of choices, the longest first, so that a comma inside one parts nothing."""
    wanted = sorted(((norm(o), o) for o in options), key=lambda pair: -len(pair[0]))
    parts: dict[str, tuple[str, ...]] = {}
    others = 0
    for value, count in zip(column.values, column.counts.tolist(), strict=True):
        rest, chosen = norm(value), []
        for plain, option in wanted:
            if plain and plain in rest:
                chosen.append(option)
                rest = rest.replace(plain, " ")
        left = [p for p in re.split(r"[┋;；|,，、/\n]", rest) if tidy(p)]
        others += count * bool(left)
        parts[value] = (*[o for o in options if o in chosen], *[tidy(p) for p in left])
    return Joined("options", tuple(options), parts, others)
