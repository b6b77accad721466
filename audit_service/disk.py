"""Files that are on the disk whole or not at all, whatever happens meanwhile; and who may work on them now."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from audit_service.errors import Refused

_LOOK_AGAIN: Final = 0.01
"""Seconds between two looks whether a lock is free: the kernel's own waiting knows no limit."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, in place of what was there; on return it is on the disk. `Refused` where it cannot be written."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        keep_entry(path.parent)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Refused("file-not-written", file=str(path), cause=error.strerror or "") from error


def keep_entry(folder: Path) -> None:
    """See to it that a new file's name is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(file: Path, wait: float) -> Iterator[bool]:
    """Hold a lock by the name of a file; whether it could be had within so many seconds.

    However its holder ends, by SIGKILL too, the system lets go of it. The file itself stays, and says nothing.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Refused("file-not-written", file=str(file), cause=error.strerror or "") from error
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
