"""Files and folders on disk: read whole, written whole."""

from __future__ import annotations

import fcntl
import glob
import os
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from audit_service.core import layout
from audit_service.errors import FormError, Refused, Unreadable

_UNFINISHED: Final = ".unfinished"
_AT_ONCE: Final = 8
"""Files written side by side. Each waits until it is on the disk, and the disk serves several as quickly as one."""


def read_file(path: Path) -> bytes:
    """A file's bytes; `Unreadable` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("file-not-read", file=str(path), cause=error.strerror or "") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile."""
    temporary = ""
    try:
        if path.exists() and not path.is_file():
            raise Refused("file-not-regular", file=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_UNFINISHED)
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Refused("file-not-written", file=str(path), cause=error.strerror or "") from error


def _sweep(path: Path) -> None:
    """Take away what was left unfinished of this file when somebody was killed who wrote it: nobody holds its lock."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.{'?' * 8}{_UNFINISHED}"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names below a folder."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda name: write_file(folder / name, files[name]), files):
            pass


def read_draw_folder(folder: Path) -> dict[str, bytes]:
    """The frozen files, commitments and seeds of a draw that lies unpacked in a folder, by their names in a bundle.

    What else lies there, result files too, is not looked at. `FormError` for a file that is missing.
    """
    names = [f"sample/{name}" for name in layout.SAMPLE_FROZEN]
    for path in sorted(folder.glob("rounds/*/")):
        names += [f"rounds/{path.name}/{name}" for name in layout.ROUND_FROZEN]
    layout.check_names(names)
    for name in names:
        if not (folder / name).is_file():
            raise FormError("bundle-file-missing", name=name)
    return {name: read_file(folder / name) for name in names}
