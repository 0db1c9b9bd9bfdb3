"""The zip container of a workbook, made the same byte for byte: fixed times, fixed order, no creation time."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from typing import TYPE_CHECKING

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from openpyxl import Workbook

EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>.*?</dcterms:\1>", re.DOTALL)


def pack(members: dict[str, bytes], *, compressed: bool = True) -> bytes:
    """A zip of these members, in this order, that depends on nothing but them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(_member(name, compressed=compressed), data)
    return buffer.getvalue()


def _member(name: str, *, compressed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system = 0
    info.external_attr = 0
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    return info


def saved(workbook: Workbook) -> bytes:
    """The workbook as a file, without the times and the order that saving gives it."""
    buffer = io.BytesIO()
    # Sheets of twenty thousand rows are large until they are compressed, which is done once, a piece at a time.
    with tempfile.TemporaryFile() as loose:
        ExcelWriter(workbook, zipfile.ZipFile(loose, "w", zipfile.ZIP_STORED)).save()
        with zipfile.ZipFile(loose) as made, zipfile.ZipFile(buffer, "w") as archive:
            first = "[Content_Types].xml"
            for name in [first, *sorted(n for n in made.namelist() if n != first)]:
                source = io.BytesIO(_TIMES.sub(b"", made.read(name))) if name == "docProps/core.xml" else made.open(name)
                with source, archive.open(_member(name, compressed=True), "w") as sink:
                    shutil.copyfileobj(source, sink, 1 << 18)
    return buffer.getvalue()
