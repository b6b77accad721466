"""The log's signing key, and the checkpoint that it signed last, both in files outside the database."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from audit_service.core.notes import Checkpoint, Key, Note, parse_checkpoint, parse_note
from audit_service.disk import write_whole
from audit_service.errors import AuditError, Refused
from audit_service.signing import Signer, load_signer, verify


class Seal:
    """Signs checkpoints under the log's name, and remembers the last."""

    def __init__(self, origin: str, key_file: Path, last_file: Path) -> None:
        self.origin = origin
        self._key_file, self._last_file = key_file, last_file

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
        """The checkpoint that was signed last; `Refused` where its file is not one of this key's."""
        if not self._last_file.exists():
            return None
        try:
            note = parse_note(self._last_file.read_bytes())
            verify(note, self.key)
            return parse_checkpoint(note.text)
        except (AuditError, OSError):
            raise Refused("log-last-wrong", file=str(self._last_file)) from None

    def sign(self, checkpoint: Checkpoint) -> Note:
        """Sign a checkpoint; it is the last one before anybody is given it."""
        note = self._signer.sign(checkpoint.text)
        write_whole(self._last_file, str(note).encode())
        return note
