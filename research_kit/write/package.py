"""The zip container of a workbook, made the same byte for byte: fixed times, fixed order, no creation time."""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>.*?</dcterms:\1>", re.DOTALL)


def pack(members: dict[str, bytes], *, compressed: bool = True) -> bytes:
    """A zip of these members, in this order, that depends on nothing but them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 0
            info.external_attr = 0
            info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(info, data)
    return buffer.getvalue()


def normalise(workbook: bytes) -> bytes:
    """The same workbook without the times and the order that saving gave it."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/core.xml"] = _TIMES.sub(b"", members["docProps/core.xml"])
    first = "[Content_Types].xml"
    return pack({name: members[name] for name in [first, *sorted(n for n in members if n != first)]})
