"""Where files of evidence lie: by their SHA-256, in a folder or in an S3-compatible store, outside of the database.

A file is there whole or not at all, and for good: what a digest names never changes, so that nothing is ever written
over. Taken away is only what no transaction knows of (`use_cases.evidence_files`). `AUDIT_EVIDENCE` is a folder or an
address that fsspec knows (`s3://bucket/folder`, with the extra `s3`).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from audit_service.disk import sweep, write_whole
from audit_service.errors import Failed

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

REMOTE: Final = "://"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Keeping:
    """Puts files where evidence lies, and gets them back."""

    def __init__(self, place: str) -> None:
        self.place = place

    def put(self, data: bytes) -> str:
        """Keep a file, if it is not kept already; its digest. On return it is there. `Failed` where it cannot be."""
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
            raise Failed("evidence-not-kept", place=self.place, cause=str(error)) from error
        return digest

    def ensure(self, digest: str, data: bytes) -> None:
        """See to it that a file that was put before a transaction is still there in it: the last thing that one does.
        Meanwhile it may have been taken away, since nobody knew of it (`remove`)."""
        if not self._is_there(digest):
            self.put(data)

    def all(self) -> list[str]:
        """The digests of all files that lie there, known or not."""
        if REMOTE not in self.place:
            return sorted(path.name for path in Path(self.place).glob("??/*") if _DIGEST.fullmatch(path.name))
        try:
            files = self._files()
            files.invalidate_cache()
            names = [path.rpartition("/")[2] for path in files.find(self.place)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Failed("evidence-not-read", place=self.place, cause=str(error)) from error
        return sorted(filter(_DIGEST.fullmatch, names))

    def remove(self, digest: str) -> None:
        """Take a file away: only in a transaction that acts, so that none is about to know of it."""
        path = self._path(digest)
        try:
            if REMOTE not in self.place:
                Path(path).unlink(missing_ok=True)
                return
            with suppress(FileNotFoundError):
                self._files().rm_file(path)
        except OSError as error:
            raise Failed("evidence-not-removed", place=self.place, cause=str(error)) from error

    def remove_unfinished(self) -> None:
        """Take away what was left of files whose writers were killed; a store has none."""
        if REMOTE not in self.place:
            for folder in Path(self.place).glob("??/"):
                sweep(folder)

    def get(self, digest: str) -> bytes:
        """A file's bytes; `Failed` where it is missing, or is not the one that was kept."""
        data = self._read(digest)
        if data is None:
            raise Failed("evidence-missing", digest=digest, place=self.place)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Failed("evidence-changed", digest=digest, place=self.place)
        return data

    def _path(self, digest: str) -> str:
        return f"{self.place.rstrip('/')}/{digest[:2]}/{digest}"

    def _is_there(self, digest: str) -> bool:
        path = self._path(digest)
        if REMOTE not in self.place:
            return Path(path).is_file()
        try:
            files = self._files()
            files.invalidate_cache()
            found: bool = files.exists(path)
        except OSError as error:
            raise Failed("evidence-not-read", place=self.place, cause=str(error)) from error
        return found

    def _read(self, digest: str) -> bytes | None:
        path = self._path(digest)
        try:
            if REMOTE not in self.place:
                return Path(path).read_bytes()
            found: bytes = self._files().cat_file(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Failed("evidence-not-read", place=self.place, cause=str(error)) from error
        return found

    def _files(self) -> AbstractFileSystem:
        import fsspec

        try:
            found: Any = fsspec.core.url_to_fs(self.place, skip_instance_cache=False)[0]
        except (ImportError, ValueError) as error:
            raise Failed("evidence-place", place=self.place, cause=str(error)) from error
        return found
