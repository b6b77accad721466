"""Bundles: zip files in and out (docs/protocol.md, section 7)."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Mapping
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from audit_service.core import layout
from audit_service.errors import FormError, Unreadable

MOST_ENTRIES: Final = 500_000
MOST_BYTES: Final = 1 << 30
MOST_JSON: Final = 16 << 20
MOST_IN_A_FILE: Final = 256 << 20
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x41
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
            _check_apart(bundle, data)
            return _entries(bundle)
    except _BROKEN as error:
        raise FormError("bundle-broken", cause=str(error)[:200]) from error


def _check_apart(bundle: ZipFile, data: bytes) -> None:
    """Refuse too many entries, and entries that share bytes of the zip: so a small file claims to be a large one."""
    infos = bundle.infolist()
    if len(infos) > MOST_ENTRIES:
        raise FormError("bundle-too-many", most=MOST_ENTRIES)
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise FormError("bundle-overlap", name=info.filename[:200])
        lengths = struct.unpack_from("<HH", data, info.header_offset + 26)
        end = info.header_offset + 30 + sum(lengths) + info.compress_size
    if end > bundle.start_dir:
        raise FormError("bundle-overlap", name=infos[-1].filename[:200])


def _entries(bundle: ZipFile) -> dict[str, bytes]:
    infos = bundle.infolist()
    layout.check_names(info.orig_filename for info in infos)
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for info in infos:
        most = MOST_JSON if info.filename.endswith(".json") else MOST_IN_A_FILE
        data = _unpack(bundle, info, min(left, most))
        left -= len(data)
        if data and layout.is_folder(info.filename):
            raise FormError("bundle-name-foreign", name=info.filename)
        found[info.filename] = data
    return found


def _unpack(bundle: ZipFile, info: ZipInfo, most: int) -> bytes:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FormError("bundle-entry-kind", name=info.filename)
    parts = []
    unbounded = copy(info)
    unbounded.file_size = sys.maxsize  # else the library stops at the length that the zip claims, whatever follows
    with bundle.open(unbounded) as entry:
        while part := entry.read(_CHUNK):
            most -= len(part)
            if most < 0:
                raise FormError("bundle-too-large", most=MOST_BYTES)
            parts.append(part)
    unpacked = b"".join(parts)
    if len(unpacked) != info.file_size:
        raise FormError("bundle-entry-length", name=info.filename)
    return unpacked
