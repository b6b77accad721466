"""Keys that sign notes, and what they signed (Ed25519; C2SP signed-note and tlog-cosignature)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit_service.core.notes import (
    COSIGNATURE,
    ED25519,
    Key,
    Note,
    Signature,
    cosigned_bytes,
    read_cosignature,
    write_cosignature,
)
from audit_service.disk import write_new
from audit_service.errors import Failed, RuleError

NO_KEY: Final = (ValueError, TypeError, UnsupportedAlgorithm)
"""What the library raises over a file that is no key; over one with a password; over one of a kind it does not know."""
_FIELD: Final = 2**255 - 19


@dataclass(frozen=True)
class Signer:
    """A private key with the name under which it signs."""

    name: str
    private: Ed25519PrivateKey

    @property
    def _public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def key(self) -> Key:
        """The public key of its signatures as a log."""
        return Key(self.name, ED25519, self._public)

    @property
    def witness_key(self) -> Key:
        """The public key of its signatures as a witness."""
        return Key(self.name, COSIGNATURE, self._public)

    def sign(self, text: str) -> Note:
        """A text with the log's signature."""
        return Note(text, (Signature(self.name, self.key.id, self.private.sign(text.encode())),))

    def cosign(self, note: Note, at: datetime) -> Signature:
        """A witness's signature of a checkpoint that was seen at a time."""
        timestamp = int(at.timestamp())
        data = write_cosignature(timestamp, self.private.sign(cosigned_bytes(note.text, timestamp)))
        return Signature(self.name, self.witness_key.id, data)


def load_signer(file: Path, name: str) -> Signer:
    """The key in a file, which only its owner can read; one is made where there is none. `Failed` if it is no key."""
    if not file.exists():
        _make(file)
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise Failed("signing-key-unreadable", file=str(file), cause=error.strerror or "") from None
    except NO_KEY:
        raise Failed("signing-key-wrong", file=str(file)) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise Failed("signing-key-wrong", file=str(file))
    return Signer(name, private)


def _make(file: Path) -> None:
    """Make a key. Of two who do so at once the first one's counts."""
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    write_new(file, Ed25519PrivateKey.generate().private_bytes(*form))


def verify(note: Note, key: Key) -> datetime | None:
    """Check a key's signature of a note; when a witness made it. `RuleError` if it is missing or wrong."""
    data = note.by(key)
    if data is None:
        raise RuleError("signature-missing", name=key.name)
    timestamp, signature = read_cosignature(data) if key.kind == COSIGNATURE else (None, data)
    signed = note.text.encode() if timestamp is None else cosigned_bytes(note.text, timestamp)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
    except InvalidSignature:
        raise RuleError("signature-wrong", name=key.name) from None
    if not _encoded_well(key.public):
        raise RuleError("signature-wrong", name=key.name)
    return None if timestamp is None else _moment(timestamp)


def _encoded_well(public: bytes) -> bool:
    """RFC 8032, 5.1.3: a point has one encoding. The library looks after that in signatures, not in keys."""
    sign, y = divmod(int.from_bytes(public, "little"), 1 << 255)
    return y < _FIELD and not (sign and y in (1, _FIELD - 1))


def _moment(timestamp: int) -> datetime:
    """A moment, or the last one there is for what is later."""
    try:
        return datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.max.replace(tzinfo=UTC)
