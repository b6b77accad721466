"""Where files of evidence lie: by their SHA-256, in a folder or in an S3-compatible store, outside of the database.

A file is there whole or not at all, and for good: what a digest names never changes, so that nothing is ever written
over. `AUDIT_EVIDENCE` is a folder or an address that fsspec knows (`s3://bucket/folder`, with the extra `s3`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from audit_service.disk import write_whole
from audit_service.errors import NotFound, Refused

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

REMOTE: Final = "://"


class Keeping:
    """Puts files where evidence lies, and gets them back."""

    def __init__(self, place: str) -> None:
        self.place = place

    def put(self, data: bytes) -> str:
        """Keep a file, if it is not kept already; its digest. On return it is there. `Refused` where it cannot be."""
        digest = hashlib.sha256(data).hexdigest()
        if self._read(digest) == data:
            return digest
        if REMOTE not in self.place:
            write_whole(Path(self._path(digest)), data)
            return digest
        files = self._files()
        try:
            files.pipe_file(self._path(digest), data)
        except OSError as error:
            raise Refused("evidence-not-kept", place=self.place, cause=str(error)) from error
        return digest

    def get(self, digest: str) -> bytes:
        """A file's bytes; `NotFound` where it is missing, `Refused` where it is not the one that was kept."""
        data = self._read(digest)
        if data is None:
            raise NotFound("evidence-missing", digest=digest, place=self.place)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Refused("evidence-changed", digest=digest, place=self.place)
        return data

    def _path(self, digest: str) -> str:
        return f"{self.place.rstrip('/')}/{digest[:2]}/{digest}"

    def _read(self, digest: str) -> bytes | None:
        path = self._path(digest)
        try:
            if REMOTE not in self.place:
                return Path(path).read_bytes()
            found: bytes = self._files().cat_file(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused("evidence-not-read", place=self.place, cause=str(error)) from error
        return found

    def _files(self) -> AbstractFileSystem:
        import fsspec

        try:
            found: Any = fsspec.core.url_to_fs(self.place, skip_instance_cache=False)[0]
        except (ImportError, ValueError) as error:
            raise Refused("evidence-place", place=self.place, cause=str(error)) from error
        return found
