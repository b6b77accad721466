"""The log's signing key, and the checkpoint that it signed last, both in files outside the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Final

from audit_service.core.notes import Checkpoint, Key, Note, parse_checkpoint, parse_note
from audit_service.disk import alone, write_whole
from audit_service.errors import AuditError, Failed
from audit_service.signing import Signer, load_signer, verify

WAIT: Final = 10
"""Seconds to wait for whoever is signing now; signing takes some milliseconds."""


class Seal:
    """Signs checkpoints under the log's name, and remembers the last.

    However many processes sign with one key, even for databases that differ: what was signed last is read, looked at,
    and replaced by one of them at a time, so no two of them sign what does not follow from one another.
    """

    def __init__(self, origin: str, key_file: Path, last_file: Path) -> None:
        self.origin = origin
        self._key_file, self.last_file = key_file, last_file

    @cached_property
    def _signer(self) -> Signer:
        return load_signer(self._key_file, self.origin)

    @property
    def has_key(self) -> bool:
        """Whether there is a key already. Who only looks must not be the one who makes it."""
        return self._key_file.exists()

    @property
    def key(self) -> Key:
        """The public key, by which anybody checks the log's signature."""
        return self._signer.key

    @property
    def last(self) -> Checkpoint | None:
        """The checkpoint that was signed last; `Failed` where its file is not one of this key's."""
        if not self.last_file.exists():
            return None
        key = self.key
        try:
            note = parse_note(self.last_file.read_bytes())
            verify(note, key)
            return parse_checkpoint(note.text)
        except (AuditError, OSError):
            raise Failed("log-last-wrong", file=str(self.last_file)) from None

    def sign(self, checkpoint: Checkpoint, follows: Callable[[Checkpoint | None], None]) -> Note:
        """Sign a checkpoint that follows from the last one, which the caller's function looks at, and may refuse.

        It is the last one, on the disk, before anybody is given it.
        """
        with alone(self._beside("lock"), WAIT) as mine:
            if not mine:
                raise Failed("log-last-busy", file=str(self.last_file), wait=WAIT)
            follows(self.last)
            note = self._signer.sign(checkpoint.text)
            write_whole(self.last_file, str(note).encode())
        return note

    def turn(self) -> AbstractContextManager[bool]:
        """Be the one that publishes of itself, on this machine; whether nobody else is."""
        return alone(self._beside("publisher"), 0)

    def _beside(self, what: str) -> Path:
        return self.last_file.with_name(f"{self.last_file.name}.{what}")
