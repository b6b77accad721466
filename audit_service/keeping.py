"""Where files of evidence lie: by their SHA-256, in a folder or in an S3-compatible store, outside of the database.

A file is there whole or not at all, and for good: what a digest names never changes, so that nothing is ever written
over. Taken away is only what no transaction knows of (`use_cases.evidence_files`). `AUDIT_EVIDENCE` is a folder or an
address that fsspec knows (`s3://bucket/folder`, with the extra `s3`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from audit_service.disk import sweep, write_whole
from audit_service.errors import Failed

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

REMOTE: Final = "://"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Keeping:
    """Puts files where evidence lies, and gets them back. Whatever the place cannot do is `Failed`."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._lie_in = _Store(place) if REMOTE in place else _Folder(place)

    def put(self, data: bytes) -> str:
        """Keep a file, if it is not kept already; its digest. On return it is there."""
        digest = hashlib.sha256(data).hexdigest()
        if self._read(digest) != data:
            with self._in_words("evidence-not-kept"):
                self._lie_in.write(digest, data)
        return digest

    def ensure(self, digest: str, data: bytes) -> None:
        """See to it that a file that was put before a transaction is still there in it: the last thing that one does.
        Meanwhile it may have been taken away, since nobody knew of it (`remove`)."""
        with self._in_words("evidence-not-read"):
            is_there = self._lie_in.has(digest)
        if not is_there:
            self.put(data)

    def all(self) -> list[str]:
        """The digests of all files that lie there, known or not."""
        with self._in_words("evidence-not-read"), suppress(FileNotFoundError):
            return sorted(filter(_DIGEST.fullmatch, self._lie_in.names()))
        return []

    def remove(self, digest: str) -> None:
        """Take a file away: only in a transaction that acts, so that none is about to know of it."""
        with self._in_words("evidence-not-removed"), suppress(FileNotFoundError):
            self._lie_in.remove(digest)

    def remove_unfinished(self) -> None:
        """Take away what was left of files whose writers were killed."""
        self._lie_in.remove_unfinished()

    def get(self, digest: str) -> bytes:
        """A file's bytes; `Failed` too where it is missing, or is not the one that was kept."""
        data = self._read(digest)
        if data is None:
            raise Failed("evidence-missing", digest=digest, place=self.place)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Failed("evidence-changed", digest=digest, place=self.place)
        return data

    def _read(self, digest: str) -> bytes | None:
        with self._in_words("evidence-not-read"), suppress(FileNotFoundError):
            return self._lie_in.read(digest)
        return None

    @contextmanager
    def _in_words(self, code: str) -> Iterator[None]:
        try:
            yield
        except _failures() as error:
            raise Failed(code, place=self.place, cause=str(error)) from error


class _Folder:
    """A folder of this machine."""

    def __init__(self, place: str) -> None:
        self._place = Path(place)

    def read(self, digest: str) -> bytes:
        return self._path(digest).read_bytes()

    def write(self, digest: str, data: bytes) -> None:
        write_whole(self._path(digest), data)

    def has(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def names(self) -> list[str]:
        return [path.name for path in self._place.glob("??/*")]

    def remove(self, digest: str) -> None:
        self._path(digest).unlink()

    def remove_unfinished(self) -> None:
        for folder in self._place.glob("??/"):
            sweep(folder)

    def _path(self, digest: str) -> Path:
        return self._place / digest[:2] / digest


class _Store:
    """An S3-compatible store. It is asked anew each time whether a file is there: others put and take away, too."""

    def __init__(self, place: str) -> None:
        self._place = place

    def read(self, digest: str) -> bytes:
        found: bytes = self._files().cat_file(self._path(digest))
        return found

    def write(self, digest: str, data: bytes) -> None:
        self._files().pipe_file(self._path(digest), data)

    def has(self, digest: str) -> bool:
        found: bool = self._fresh().exists(self._path(digest))
        return found

    def names(self) -> list[str]:
        return [path.rpartition("/")[2] for path in self._fresh().find(self._place)]

    def remove(self, digest: str) -> None:
        self._files().rm_file(self._path(digest))

    def remove_unfinished(self) -> None:
        """A store has none."""

    def _path(self, digest: str) -> str:
        return f"{self._place.rstrip('/')}/{digest[:2]}/{digest}"

    def _fresh(self) -> AbstractFileSystem:
        files = self._files()
        files.invalidate_cache()
        return files

    def _files(self) -> AbstractFileSystem:
        import fsspec

        try:
            found: Any = fsspec.core.url_to_fs(self._place, skip_instance_cache=False)[0]
        except (ImportError, ValueError) as error:
            raise Failed("evidence-place", place=self._place, cause=str(error)) from error
        return found


def _failures() -> tuple[type[Exception], ...]:
    """What a place may raise: the system's errors, and those of S3's library, which are none of them where the store is
    away or there is nothing to sign in with."""
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError:  # the extra is not installed
        return (OSError,)
    return OSError, BotoCoreError
