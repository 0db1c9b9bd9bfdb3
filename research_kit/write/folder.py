"""Files are made beside the folder and moved into place at the end: all of them or none."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research_kit.errors import OutputError
from research_kit.labels import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Content = bytes | Callable[[Path], None]
    """The bytes of a file, or what writes them to a path: a large file never stands in memory."""


def _problem(path: Path, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError(_said("not-replaced", path=path))
    if error.errno == errno.ENOSPC:
        return OutputError(_said("disk-full", path=path))
    return OutputError(_said("not-written", path=path, reason=error.strerror or error))


def _said(key: str, **values: Any) -> Sentence:
    return Sentence("output_problems", key, **values)


def refuse_open_workbook(path: Path) -> None:
    """OutputError when Excel or LibreOffice holds this workbook open (their lock files lie beside it)."""
    for lock in (path.with_name("~$" + path.name), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise OutputError(_said("open", path=path, lock=lock.name))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is to be replaced. OutputError when another program or its owner does not let us."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _problem(path, error) from error


def same(path: Path, made: Path) -> bool:
    """The file is there and holds exactly what the other one does."""
    return path.is_file() and filecmp.cmp(path, made, shallow=False)


def replace_all(directory: Path, files: Mapping[str, Content]) -> list[Path]:
    """Write all files into ``directory`` or none; those that would not change are not touched. Other files stay.

    Returns the paths in the order given. OutputError when one cannot be written: what had been moved is put back first.
    """
    directory = Path(directory)
    made = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".writing-", dir=directory))
    except OSError as error:
        raise _problem(directory, error) from error
    try:
        _stage(directory, staging, files)
        _swap(directory, staging, [name for name in files if not same(directory / name, staging / "new" / name)])
    except BaseException as error:  # whoever presses Ctrl-C, or runs out of memory, finds the folder as it was, too
        left = [p for p in (staging / "old").rglob("*") if p.is_file()]
        if not left:
            shutil.rmtree(directory if made else staging, ignore_errors=True)
            raise
        told = error.problems if isinstance(error, OutputError) else []
        raise OutputError([*told, _said("left-behind", folder=staging / "old")]) from error
    shutil.rmtree(staging, ignore_errors=True)
    return [directory / name for name in files]


def _stage(directory: Path, staging: Path, files: Mapping[str, Content]) -> None:
    for name, data in files.items():
        path = staging / "new" / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(data):
                data(path)
            else:
                path.write_bytes(data)
        except OSError as error:
            raise _problem(directory / name, error) from error


def _swap(directory: Path, staging: Path, names: list[str]) -> None:
    """Move new files in, keeping each old one until all have been moved; on a failure put the old ones back."""
    done: list[str] = []
    try:
        for name in names:
            target, old = directory / name, staging / "old" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            old.parent.mkdir(parents=True, exist_ok=True)
            try:
                done.append(name)
                if target.exists():
                    target.replace(old)
                (staging / "new" / name).replace(target)
            except OSError as error:
                raise _problem(target, error) from error
    except BaseException:
        for name in reversed(done):
            target, old = directory / name, staging / "old" / name
            with contextlib.suppress(OSError):
                if old.exists():
                    old.replace(target)
                elif not (staging / "new" / name).exists():
                    target.unlink(missing_ok=True)
        raise
