"""Bundles: zip files in and out (docs/protocol.md, section 7)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from audit_service.core import layout
from audit_service.errors import FormError, Unreadable

MOST_ENTRIES: Final = 500_000
MOST_BYTES: Final = 1 << 30
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    BadZipFile, LargeZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError, MemoryError, IndexError,
)  # fmt: skip
"""What Python's zip reader raises over damaged or hostile files."""


def write_bundle(entries: Mapping[str, bytes]) -> bytes:
    """A zip of the entries: in the order of their names' bytes, stored, dated 1980, so that it is always the same."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as bundle:
        for name in sorted(entries):
            info = ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            bundle.writestr(info, entries[name])
    return buffer.getvalue()


def read_bundle(path: Path) -> dict[str, bytes]:
    """The entries of a zip by name. `FormError` for what is no bundle: broken, too large, with names twice or foreign.

    Nothing is written to disk, so a name that climbs out of a folder can do no harm; it is refused as foreign.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable("file-not-read", file=str(path), cause=error.strerror or "") from error
    if len(data) > MOST_BYTES:
        raise FormError("bundle-too-large", most=MOST_BYTES)
    try:
        with ZipFile(BytesIO(data)) as bundle:
            return _entries(bundle)
    except _BROKEN as error:
        raise FormError("bundle-broken", cause=str(error)[:200]) from error


def _entries(bundle: ZipFile) -> dict[str, bytes]:
    infos = bundle.infolist()
    if len(infos) > MOST_ENTRIES:
        raise FormError("bundle-too-many", most=MOST_ENTRIES)
    layout.check_names(info.orig_filename for info in infos)
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for info in infos:
        data = _unpack(bundle, info, left)
        left -= len(data)
        if layout.is_folder(info.filename):
            if data:
                raise FormError("bundle-name-foreign", name=info.filename)
        else:
            found[info.filename] = data
    return found


def _unpack(bundle: ZipFile, info: ZipInfo, most: int) -> bytes:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FormError("bundle-entry-kind", name=info.filename)
    parts = []
    with bundle.open(info) as entry:
        while part := entry.read(_CHUNK):
            most -= len(part)
            if most < 0:
                raise FormError("bundle-too-large", most=MOST_BYTES)
            parts.append(part)
    return b"".join(parts)
