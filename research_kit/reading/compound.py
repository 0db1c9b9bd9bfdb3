"""Old Office files (OLE compound files): are their chains of sectors whole? A chain that bites its tail would be followed for ever."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFF9
_HEADER = 512


def is_whole(data: bytes) -> bool:
    """True when every chain of the file (tables, directory, streams) ends, inside the file."""
    if len(data) < _HEADER:
        return False
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        return False
    sector_size = 1 << shift
    first_directory, _, cutoff, first_mini, _, first_difat, _ = struct.unpack_from("<7I", data, 48)
    tables = _allocation_tables(data, sector_size, first_difat)
    if tables is None:
        return False
    fat = [entry for table in tables for entry in _sector(data, table, sector_size)]
    directory = _chain(fat, first_directory)
    mini_sectors = _chain(fat, first_mini)
    if directory is None or mini_sectors is None:
        return False
    mini = [entry for s in mini_sectors for entry in _sector(data, s, sector_size)]
    return all(
        _entry_is_whole(data, (s + 1) * sector_size + at, fat, mini, cutoff)
        for s in directory
        for at in range(0, sector_size, 128)
    )


def _sector(data: bytes, number: int, size: int) -> tuple[int, ...]:
    """One sector as numbers; a last one that is cut short is padded with ends."""
    block = data[(number + 1) * size : (number + 2) * size]
    found = struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return found + (_END,) * (size // 4 - len(found))


def _allocation_tables(data: bytes, size: int, first_difat: int) -> list[int] | None:
    """The sectors that hold the allocation table: 109 in the header, the rest in a chain of its own."""
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n <= _LAST_SECTOR]
    seen: set[int] = set()
    following = first_difat
    while following <= _LAST_SECTOR and following != 0:
        if following in seen or (following + 1) * size >= len(data):
            return None
        seen.add(following)
        *more, following = _sector(data, following, size)
        tables += [n for n in more if n <= _LAST_SECTOR]
    return tables if all((n + 1) * size < len(data) for n in tables) else None


def _chain(fat: list[int], start: int) -> list[int] | None:
    """The sectors from ``start`` to the end of its chain; None when it leaves the table or never ends."""
    found: list[int] = []
    seen = bytearray(len(fat))
    while start <= _LAST_SECTOR:
        if start >= len(fat) or seen[start]:
            return None
        seen[start] = 1
        found.append(start)
        start = fat[start]
    return found


def _entry_is_whole(data: bytes, at: int, fat: list[int], mini: list[int], cutoff: int) -> bool:
    """One directory entry: its stream's chain ends. Small streams live in the mini table, the root's own never does."""
    if at + 128 > len(data):
        return True
    kind = data[at + 66]
    if kind not in (2, 5):
        return True
    start, length = struct.unpack_from("<II", data, at + 116)
    if length == 0 and kind == 2:
        return True
    small = kind == 2 and length < cutoff
    return _chain(mini if small else fat, start) is not None
