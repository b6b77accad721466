"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature): text that is signed by name.

A note is text, an empty line, and a line for each signature. A checkpoint is a note that says how many entries a log
had, and the root of its tree. Here is how they are written and read; keys sign and verify in `audit_service.signing`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from audit_service.errors import FormError, Refused

ED25519: Final = 1
"""The kind of a log's own signature."""
COSIGNATURE: Final = 4
"""The kind of a witness's signature, which says when it was made."""

_DASH: Final = "— "
_NAME: Final = re.compile(r"[^\s+\ud800-\udfff]{1,200}")
_LINE: Final = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT_BYTES: Final = 32
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_TIME_BYTES: Final = 8


def checked_name(name: str, where: str) -> str:
    """What a log or a witness is called; `Refused` where that cannot stand in a signature. `where` says who gave it."""
    if not _NAME.fullmatch(name):
        raise Refused("log-name-form", where=where, found=name)
    return name


@dataclass(frozen=True)
class Key:
    """A public key by name and kind, as a verifier is given it: `name+id+key`."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature says whose it is."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


def parse_key(text: str, *kinds: int) -> Key:
    """A key as `Key` writes it, of these kinds or of any; `FormError` for another text, or the id of another key."""
    name, _, rest = text.partition("+")
    encoded = rest.partition("+")[2]
    try:
        data = b64decode(encoded, validate=True)
    except (ValueError, Base64Error):
        data = b""
    if not _NAME.fullmatch(name) or len(data) != 1 + _KEY_BYTES or data[0] not in (kinds or (ED25519, COSIGNATURE)):
        raise FormError("form-value", where="key", found=text, expected="log-key")
    key = Key(name, data[0], data[1:])
    if str(key) != text:
        raise FormError("form-value", where="key", found=text, expected="log-key")
    return key


@dataclass(frozen=True)
class Signature:
    """A signature line: whose, the id of the key, and the signature's bytes."""

    name: str
    id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.id + self.data).decode()}"


@dataclass(frozen=True)
class Note:
    """A text, which ends with a line break, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)

    def by(self, key: Key) -> bytes | None:
        """The signature of a key, if the note has one."""
        return next((s.data for s in self.signatures if (s.name, s.id) == (key.name, key.id)), None)

    def signed(self, signatures: Iterable[Signature]) -> Note:
        """The note with more signatures; one that it has already is not added again."""
        known = {(signature.name, signature.id) for signature in self.signatures}
        new = [signature for signature in signatures if (signature.name, signature.id) not in known]
        return Note(self.text, (*self.signatures, *new))


def parse_note(data: bytes) -> Note:
    """A note's bytes read strictly; `FormError` for anything that is not one."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise FormError("note-form", line=0) from None
    if any(character < " " and character != "\n" for character in text):
        raise FormError("note-form", line=0)
    body, between, lines = text.rpartition("\n\n")
    if not between or not lines.endswith("\n"):
        raise FormError("note-form", line=0)
    first = body.count("\n") + 3
    return Note(body + "\n", tuple(parse_signature(line, n) for n, line in enumerate(lines[:-1].split("\n"), first)))


def parse_signature(line: str, number: int = 0) -> Signature:
    """A signature line; `FormError` naming the line's number for one that is none."""
    found = _LINE.fullmatch(line)
    try:
        data = b64decode(found["signature"], validate=True) if found else b""
    except (ValueError, Base64Error):
        data = b""
    if found is None or len(data) <= _ID_BYTES or b64encode(data).decode() != found["signature"]:
        raise FormError("note-form", line=number)
    return Signature(found["name"], data[:_ID_BYTES], data[_ID_BYTES:])


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its name, how many entries it has, and the root of its tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """A note's text as a checkpoint; further lines are let pass. `FormError` for another text."""
    lines = text.split("\n")
    try:
        origin, size, encoded = lines[:3]
        root = b64decode(encoded, validate=True)
    except (ValueError, Base64Error):
        raise FormError("checkpoint-form") from None
    if not origin or not _SIZE.fullmatch(size) or len(root) != _ROOT_BYTES or b64encode(root).decode() != encoded:
        raise FormError("checkpoint-form")
    if lines[-1] != "" or "" in lines[3:-1]:
        raise FormError("checkpoint-form")
    return Checkpoint(origin, int(size), root)


def cosigned_bytes(text: str, timestamp: int) -> bytes:
    """What a witness signs: when, in seconds since 1970, and the checkpoint's text."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def write_cosignature(timestamp: int, signature: bytes) -> bytes:
    """The bytes of a witness's signature line: the time before the signature."""
    return timestamp.to_bytes(_TIME_BYTES, "big") + signature


def read_cosignature(data: bytes) -> tuple[int, bytes]:
    """The time and the signature of a witness's line."""
    return int.from_bytes(data[:_TIME_BYTES], "big"), data[_TIME_BYTES:]
