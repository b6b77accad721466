"""Files that are on the disk whole or not at all, whatever happens meanwhile; and who may work on them now."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from audit_service.errors import Failed

_UNFINISHED: Final = ".unfinished"
_LEFT: Final = re.compile(rf"\.(?P<file>.+)\..{{8}}{re.escape(_UNFINISHED)}", re.DOTALL)
_CHUNK: Final = 1 << 20
_LOOK_AGAIN: Final = 0.01
"""Seconds between two looks whether a lock is free: the kernel's own waiting knows no limit."""


@contextmanager
def whole(path: Path, *, over: bool = True, mode: int = 0o600, named: bool = True) -> Iterator[BinaryIO]:
    """A file to write into, which has its name when all of it is on the disk.

    `over`: it takes the place of what was there; else `FileExistsError` where something of that name is there by then.
    `named`: its name is on the disk, too; who writes many files into a folder sees to that once. `Failed` where it
    cannot be written. Until then it is another file, which its writer holds locked, and which `sweep` knows.
    """
    temporary, there = "", False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_UNFINISHED)
        with os.fdopen(descriptor, "wb", buffering=_CHUNK) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), mode)
            there = not _name(temporary, path, over=over)
        if named and not there:
            keep_entry(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    if there:
        raise FileExistsError(path)


def _name(temporary: str, path: Path, *, over: bool) -> bool:
    """Give a file its name; whether it could be given."""
    if over:
        os.replace(temporary, path)
        return True
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    return True


def not_written(path: Path, error: OSError) -> Failed:
    """That a file could not be written, and why."""
    return Failed("file-not-written", file=str(path), cause=error.strerror or "")


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file, in place of what was there; on return it is on the disk. `Failed` where it cannot be written."""
    sweep(path.parent, {path.name})
    with whole(path, mode=mode) as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that its owner alone reads, where there is none: of several who do so at once, one's is there."""
    with suppress(FileExistsError), whole(path, over=False) as file:
        file.write(data)


def keep_entry(folder: Path) -> None:
    """See to it that new files' names in a folder are on the disk, too."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise not_written(folder, error) from error


def sweep(folder: Path, names: Collection[str] | None = None) -> None:
    """Take away what was left unfinished of these files, or of all in a folder, when somebody was killed who wrote
    them: nobody holds its lock.

    The folder is gone through once, however many files are written into it.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        named = [(entry.path, _unfinished(entry.name)) for entry in entries]
        for left in [path for path, name in named if (name in names if names is not None else name)]:
            with suppress(OSError), open(left, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(left)


def _unfinished(name: str) -> str:
    """The file whose unfinished writing has this name; empty for other names."""
    found = _LEFT.fullmatch(name)
    return found["file"] if found else ""


@contextmanager
def alone(file: Path, wait: float) -> Iterator[bool]:
    """Hold a lock by the name of a file; whether it could be had within so many seconds.

    However its holder ends, by SIGKILL too, the system lets go of it. The file itself stays, and says nothing.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise not_written(file, error) from error
    try:
        yield _locked(descriptor, time.monotonic() + wait)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_AGAIN)
        else:
            return True
