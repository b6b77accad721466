"""Secrets of sealed draws: made here, and kept in the database only in encrypted form.

The key lies in a file outside the database, readable by its owner alone, so that a copy of the database opens nothing.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from audit_service.disk import write_new
from audit_service.errors import Failed


class Vault:
    """Makes, locks and unlocks the secrets of sealed draws."""

    def __init__(self, key_file: Path) -> None:
        self._key_file = key_file

    def new_secret(self) -> str:
        """A secret from the system's generator: 64 lowercase hexadecimal characters (docs/protocol.md, section 3)."""
        return secrets.token_hex(32)

    def check_key(self, *, needed: bool) -> None:
        """Refuse to begin with a new key where secrets are locked with another: `needed` says that there are some."""
        if needed:
            self._fernet()

    def lock(self, secret: str) -> str:
        """The secret in encrypted form. Makes the key on first use."""
        if not self._key_file.exists():
            write_new(self._key_file, Fernet.generate_key())  # on the disk before anything is that needs it
        return self._fernet().encrypt(secret.encode()).decode()

    def unlock(self, locked: str) -> str:
        """The secret again; `Failed` where the key is not the one that locked it."""
        try:
            return self._fernet().decrypt(locked.encode()).decode()
        except InvalidToken:
            raise Failed("vault-key-wrong", file=str(self._key_file)) from None

    def _fernet(self) -> Fernet:
        try:
            return Fernet(self._key_file.read_bytes())
        except OSError:
            raise Failed("vault-key-missing", file=str(self._key_file)) from None
        except ValueError:
            raise Failed("vault-key-wrong", file=str(self._key_file)) from None
