"""Files and folders on disk: read whole, written whole."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from audit_service.core import layout
from audit_service.errors import FormError, Refused, Unreadable

_UNFINISHED: Final = ".unfinished"
_LEFT: Final = re.compile(rf"\.(?P<file>.+)\..{{8}}{re.escape(_UNFINISHED)}", re.DOTALL)
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
    _sweep(path.parent, {path.name})
    _write(path, data)


def _write(path: Path, data: bytes) -> None:
    temporary = ""
    try:
        if path.exists() and not path.is_file():
            raise Refused("file-not-regular", file=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
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


def _sweep(folder: Path, names: Collection[str]) -> None:
    """Take away what was left unfinished of these files when somebody was killed who wrote them: nobody holds its lock.

    The folder is gone through once, however many files are written into it.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for left in [entry.path for entry in entries if _unfinished(entry.name) in names]:
            with suppress(OSError), open(left, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(left)


def _unfinished(name: str) -> str:
    """The file whose unfinished writing has this name; empty for other names."""
    found = _LEFT.fullmatch(name)
    return found["file"] if found else ""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names below a folder."""
    places: dict[Path, set[str]] = defaultdict(set)
    for name in files:
        places[(folder / name).parent].add((folder / name).name)
    for place, names in places.items():
        _sweep(place, names)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda name: _write(folder / name, files[name]), files):
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
