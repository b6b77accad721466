"""Files and folders on disk: read whole, written whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from audit_service.core import layout
from audit_service.disk import keep_entry, not_written, sweep, whole, write_whole
from audit_service.errors import FormError, Refused, Unreadable

READABLE: Final = 0o644
_AT_ONCE: Final = 8
"""Files written side by side. Each waits until it is on the disk, and the disk serves several as quickly as one."""


def read_file(path: Path) -> bytes:
    """A file's bytes; `Unreadable` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("file-not-read", file=str(path), cause=error.strerror or "") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file for everybody to read, so that it is there whole or not at all, whatever happens meanwhile."""
    _check_regular(path)
    write_whole(path, data, READABLE)


def _check_regular(path: Path) -> None:
    try:
        if path.exists() and not path.is_file():
            raise Refused("file-not-regular", file=str(path))
    except OSError as error:
        raise not_written(path, error) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names below a folder."""
    places: dict[Path, set[str]] = defaultdict(set)
    for name in files:
        places[(folder / name).parent].add((folder / name).name)
    for place, names in places.items():
        sweep(place, names)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda name: _write(folder / name, files[name]), files):
            pass
    for place in places:
        keep_entry(place)


def _write(path: Path, data: bytes) -> None:
    _check_regular(path)
    with whole(path, mode=READABLE, named=False) as file:
        file.write(data)


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
