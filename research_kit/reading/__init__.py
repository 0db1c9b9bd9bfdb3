"""A file -> Export: whatever a platform exported, as text by position, with its header rows and where they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from research_kit.records import Export
    from research_kit.study import SourceSpec

__all__ = ["read_export"]


def read_export(spec: SourceSpec, *, name: str | None = None) -> Export:
    """Read one export file, whatever platform made it. ``name`` is what outputs call it (else the file's name).

    Refused with InputError, one plain sentence: files that are missing, empty, folders, pictures, protected, damaged, without a table, or
    with a header only; a sheet, encoding or archive member that is not there. Rows that could not be read are counted and named in ``notes``.
    """
    from research_kit.reading.export import read

    return read(spec, name=name)
