"""What kind of file this is, by its first bytes and not by its name; archives are opened, and what is not a table is refused by name."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from research_kit.errors import InputError
from research_kit.labels import Sentence
from research_kit.reading.said import first, refused, said

ContainerKind = Literal["text", "workbook", "spss"]

MAX_UNPACKED = 300_000_000
"""Bytes that an archive may unpack to: more is a mistake or a bomb, and would not fit the memory promise."""
MAX_ON_DISK = 2_000_000_000

_TABLE_SUFFIXES = tuple(
    ".csv .tsv .txt .tab .psv .ssv .json .jsonl .ndjson .xlsx .xlsm .xlsb .xls .ods .sav .zsav .gz .html .htm".split()
)
_NOT_TABLES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "picture", "PNG"),
    (b"\xff\xd8\xff", "picture", "JPEG"),
    (b"GIF87a", "picture", "GIF"),
    (b"GIF89a", "picture", "GIF"),
    (b"II*\x00", "picture", "TIFF"),
    (b"MM\x00*", "picture", "TIFF"),
    (b"%PDF-", "document", "PDF"),
    (b"SQLite format 3\x00", "database", ""),
    (b"PAR1", "parquet", ""),
    (b"Rar!\x1a\x07", "archive", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7-Zip"),
    (b"BZh", "archive", "bzip2"),
    (b"\xfd7zXZ\x00", "archive", "xz"),
    (b"(\xb5/\xfd", "archive", "Zstandard"),
    (b"\x7fELF", "program", ""),
    (b"ID3", "sound", ""),
    (b"OggS", "sound", ""),
    (b"{\\rtf", "document", "RTF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Payload:
    """The bytes to parse, and the notes that finding them gave."""

    kind: ContainerKind
    data: bytes
    name: str
    """Of the file, or of the member of the archive."""
    notes: tuple[Sentence, ...] = ()
    sheet: str = ""
    """What is left of the study's ``sheet`` for the workbook inside."""


def load(path: Path) -> bytes:
    """The bytes of a file. InputError when it is missing, a folder, unreadable or empty."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise refused("folder", name=name)
        if not path.exists():
            raise refused("missing", name=name, folder=path.absolute().parent)
        if path.stat().st_size > MAX_ON_DISK:
            raise refused("too-large", name=name, most=MAX_ON_DISK // 10**9)
        data = path.read_bytes()
    except PermissionError:
        raise refused("no-permission", name=name) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise refused("not-opened", name=name, reason=reason) from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refused("empty", name=name)
    return data


def open_payload(data: bytes, name: str, *, sheet: str = "", depth: int = 0) -> Payload:
    """Look inside until there is something to parse. InputError says what the file is when it is not a table."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(data, name, sheet, depth)
    if data.startswith(b"\x1f\x8b"):
        if depth > 1:
            raise refused("archive-in-archive", name=name)
        inner = open_payload(_gunzip(data, name), name.removesuffix(".gz"), sheet=sheet, depth=depth + 1)
        return replace(inner, notes=(said("unpacked"), *inner.notes))
    if data.startswith(_OLE):
        return _open_ole(data, name, sheet)
    if data[:4] in (b"$FL2", b"$FL3"):
        return Payload("spss", data, name, sheet=sheet)
    if data[:4] in (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00") or (
        data[:2] == b"\x09\x08" and data[4:6] in (b"\x00\x05", b"\x00\x06")
    ):
        return Payload("workbook", data, name, sheet=sheet)
    _refuse_what_is_no_table(data, name)
    return Payload("text", data, name, sheet=sheet)


def _not_a_table(name: str, what: str, kind: str = "") -> InputError:
    return refused("not-a-table", name=name, what=Sentence("refusals", what, format=kind))


def _refuse_what_is_no_table(data: bytes, name: str) -> None:
    for magic, what, kind in _NOT_TABLES:
        if data.startswith(magic):
            raise _not_a_table(name, what, kind)
    if data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00":
        raise _not_a_table(name, "picture", "BMP")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise _not_a_table(name, "media")
    if data[4:8] == b"ftyp":
        raise _not_a_table(name, "media")
    if data[257:262] == b"ustar":
        raise refused("tar", name=name)


def _open_ole(data: bytes, name: str, sheet: str) -> Payload:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refused("password", name=name)
    if "WordDocument".encode("utf-16-le") in data[:200_000]:
        raise _not_a_table(name, "document", "Word")
    return Payload("workbook", data, name, sheet=sheet)


def _gunzip(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        raise refused("damaged-gzip", name=name) from None
    if len(unpacked) > MAX_UNPACKED:
        raise _too_large(name)
    if not unpacked.strip(b"\x00 \t\r\n"):
        raise refused("empty", name=name)
    return unpacked


def _too_large(name: str) -> InputError:
    return refused("unpacks-too-large", name=name, most=MAX_UNPACKED // 10**6)


def _open_zip(data: bytes, name: str, sheet: str, depth: int) -> Payload:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {m.filename: m for m in archive.infolist() if not m.is_dir()}
            lower = {n.lower(): n for n in members}
            if "xl/workbook.xml" in lower or "xl/workbook.bin" in lower or any(n.startswith("xl/") for n in lower):
                _check_size(archive, name)
                return Payload("workbook", data, name, sheet=sheet)
            if "content.xml" in lower and "mimetype" in lower:
                return _open_document(archive, data, name, sheet)
            _refuse_office(lower, name)
            return _open_members(archive, members, name, sheet, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise refused("damaged-archive", name=name) from None
    except RuntimeError as problem:  # zipfile's way of saying that a member is encrypted
        if "password" in str(problem) or "encrypted" in str(problem):
            raise refused("password", name=name) from None
        raise


def _refuse_office(lower: dict[str, str], name: str) -> None:
    if "word/document.xml" in lower:
        raise _not_a_table(name, "document", "Word")
    if "ppt/presentation.xml" in lower:
        raise _not_a_table(name, "presentation")
    if "content.json" in lower and "metadata.json" in lower:
        raise _not_a_table(name, "xmind")


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack everything once, piece by piece, so that neither a bomb nor a member that lies about its size gets further."""
    budget = MAX_UNPACKED
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise refused("password", name=name)
        budget -= member.file_size
        if budget < 0:
            raise _too_large(name)


def _open_document(archive: zipfile.ZipFile, data: bytes, name: str, sheet: str) -> Payload:
    _check_size(archive, name)
    kind = archive.read("mimetype").decode("ascii", errors="replace")
    if "spreadsheet" not in kind:
        raise refused("not-a-spreadsheet", name=name)
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refused("password", name=name)
    return Payload("workbook", data, name, sheet=sheet)


def _open_members(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, sheet: str, depth: int) -> Payload:
    if depth > 1:
        raise refused("archive-in-archive", name=name)
    tables = [
        m
        for n, m in members.items()
        if n.lower().endswith((*_TABLE_SUFFIXES, ".zip"))
        and not n.startswith("__MACOSX/")
        and not PurePosixPath(n).name.startswith(".")
    ]
    if not tables:
        held = ", ".join(sorted(PurePosixPath(n).name for n in members)[:5]) or "-"
        raise refused("archive-without-table", name=name, held=held)
    chosen = _choose_member(archive, tables, name, sheet)
    picked_by_name = sheet and _same_member(chosen, sheet)
    with archive.open(chosen) as stream:
        content = stream.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise _too_large(name)
    inner_name = PurePosixPath(chosen.filename).name
    if not content.strip(b"\x00 \t\r\n"):
        raise refused("empty-member", member=inner_name, name=name)
    inner = open_payload(content, inner_name, sheet="" if picked_by_name else sheet, depth=depth + 1)
    others = [PurePosixPath(m.filename).name for m in tables if m is not chosen]
    notes = [said("from-archive", member=inner_name, name=name)] + ([said("not-used", names=first(others))] if others else [])
    return replace(inner, notes=(*notes, *inner.notes))


def _choose_member(archive: zipfile.ZipFile, tables: list[zipfile.ZipInfo], name: str, sheet: str) -> zipfile.ZipInfo:
    if sheet:
        named = [m for m in tables if _same_member(m, sheet)]
        if named:
            return named[0]
        if len(tables) > 1:
            held = ", ".join(PurePosixPath(m.filename).name for m in tables[:10])
            raise refused("no-such-member", name=name, sheet=sheet, held=held)
    outer = [m for m in tables if not _is_inner(archive, m)]
    return max(outer or tables, key=lambda m: (m.file_size, m.filename))


def _is_inner(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """A table of repeated groups (ODK): its rows belong to rows of another member."""
    if not member.filename.lower().endswith(".csv"):
        return False
    with archive.open(member) as stream:
        head = stream.read(20_000).split(b"\n", 1)[0]
    return re.search(rb"(?i)(?:^|[,;\t\"])(?:parent_key|_parent_index)(?:$|[,;\t\"\r])", head) is not None


def _same_member(member: zipfile.ZipInfo, wanted: str) -> bool:
    return wanted in (member.filename, PurePosixPath(member.filename).name, PurePosixPath(member.filename).stem)


def looks_binary(text: str) -> bool:
    """True when text is full of control characters or of what could not be decoded: a file of another kind under a wrong name."""
    sample = text[:100_000]
    odd = len(re.findall(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]", sample))
    return odd > 0.02 * len(sample) + 8
