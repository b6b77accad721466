"""Backups on disk: written line by line, never over another file; read through twice, first for their digest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from audit_service.core.backup import end_line, read_heading
from audit_service.disk import not_written, whole
from audit_service.errors import FormError, Refused, Unreadable

_FIRST_LINE: Final = 64 * 1024
_LAST_LINE: Final = len(end_line("0" * 64))
_CHUNK: Final = 1 << 20
_LONGEST: Final = 1 << 31
"""More than the longest line that any database can hold the value of."""


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file readable by its owner alone, which has its name when all of it is on the disk.

    `Refused` where there is a file of that name: a backup is never written over another.
    """
    try:
        if path.exists():
            raise FileExistsError
        with whole(path, over=False) as file:
            yield file
    except FileExistsError:
        raise Refused("backup-exists", file=str(path)) from None
    except OSError as error:
        raise not_written(path, error) from error


def write_backup(path: Path, lines: Iterable[bytes]) -> int:
    """Write a backup; how many bytes it has."""
    written = 0
    with new_file(path) as file:
        for line in lines:
            written += file.write(line)
    return written


@contextmanager
def opened_backup(path: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a backup whose digest was found right; `FormError` where it was not, `Unreadable` for no file."""
    try:
        with path.open("rb") as file:
            _check_digest(file)
            file.seek(0)
            yield iter(lambda: file.readline(_LONGEST), b"")
    except OSError as error:
        raise Unreadable("file-not-read", file=str(path), cause=error.strerror or "") from error


def _check_digest(file: BinaryIO) -> None:
    read_heading(file.readline(_FIRST_LINE))
    above = file.seek(0, os.SEEK_END) - _LAST_LINE
    file.seek(max(0, above))
    last = file.read()
    if not (last.startswith(b'{"sha256":"') and last.endswith(b'"}\n')):
        raise FormError("backup-cut-off")
    file.seek(0)
    if last != end_line(_digest(file, above)):
        raise FormError("backup-damaged")


def _digest(file: BinaryIO, most: int) -> str:
    digest = sha256()
    while most > 0 and (chunk := file.read(min(_CHUNK, most))):
        digest.update(chunk)
        most -= len(chunk)
    return digest.hexdigest()
