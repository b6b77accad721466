"""Under a draw's own secret: what happened to its units. To a third party's key: the secret itself, as a deposit.

Both are built of what the library offers whole: HKDF (RFC 5869) and Fernet; HPKE (RFC 9180) in base mode with
DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audit_service.core import canonical
from audit_service.core.canonical import A_DIGEST, Form, checked, keyed
from audit_service.core.seed import committed_secret
from audit_service.disk import write_whole
from audit_service.errors import FormError, Refused, RuleError
from audit_service.signing import NO_KEY

FORM: Final = "secret-deposit/1"
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_PADDED: Final = 512
_NAME: Final = Form("draw-or-round", canonical.IDENTIFIER + "(?:/[1-9][0-9]{0,8})?")


def _fernet(secret: str) -> Fernet:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"audit-service happenings/1").derive(bytes.fromhex(secret))
    return Fernet(urlsafe_b64encode(key))


def lock_under(secret: str, value: object) -> str:
    """A value that opens with the draw's secret alone; of a length that says nothing of it, up to 512 characters."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    text = text.ljust(-(-len(text) // _PADDED) * _PADDED)
    return _fernet(secret).encrypt(text.encode()).decode()


def unlock_under(secret: str, locked: str) -> object:
    """The value again; `Refused` where it was locked with another secret."""
    try:
        return json.loads(_fernet(secret).decrypt(locked.encode()))
    except InvalidToken:
        raise Refused("happening-locked") from None


@dataclass(frozen=True)
class Deposit:
    """A secret for somebody else to hold, and what it is of: `digest` is what the commitment C says of it."""

    name: str
    c: str
    digest: str
    reveal_by: str
    secret: str

    def check(self) -> None:
        """`RuleError` where the secret is not the committed one."""
        if committed_secret(self.secret) != self.digest:
            raise RuleError("deposit-digest", digest=self.digest)


def seal_deposit(deposit: Deposit, recipient: X25519PublicKey) -> bytes:
    """The deposit's file, which the recipient's private key alone opens."""
    head = _head(deposit)
    sealed = _SUITE.encrypt(deposit.secret.encode(), recipient, info=canonical.write_json(head))
    return canonical.write_json({**head, "sealed": b64encode(sealed).decode()})


def _head(deposit: Deposit) -> dict[str, str]:
    """What a deposit's file says in the clear. The seal binds it, so that it cannot be changed."""
    told = {"name": deposit.name, "c": deposit.c, "digest": deposit.digest, "reveal_by": deposit.reveal_by}
    return {"deposit": FORM, **told}


def open_deposit(data: bytes, private: X25519PrivateKey) -> Deposit:
    """The deposit in a file; `FormError` for another file, `Refused` where it is not for this key or was changed."""
    found = keyed(
        canonical.read_json(data, "deposit"), ("deposit", "name", "c", "digest", "reveal_by", "sealed"), "deposit"
    )
    checked(found["deposit"], canonical.word(FORM), "deposit")
    name = checked(found["name"], _NAME, "name")
    c, digest = (checked(found[key], A_DIGEST, key) for key in ("c", "digest"))
    reveal_by = canonical.parse_date(found["reveal_by"], "reveal_by").isoformat()
    head = _head(Deposit(name, c, digest, reveal_by, ""))
    try:
        sealed = b64decode(str(found["sealed"]), validate=True)
        secret = _SUITE.decrypt(sealed, private, info=canonical.write_json(head)).decode()
    except (InvalidTag, ValueError):
        raise Refused("deposit-not-yours") from None
    return Deposit(name, c, digest, reveal_by, checked(secret, A_DIGEST, "secret"))


def write_receipt(deposit: Deposit) -> bytes:
    """What the holder gives back to the office: the digest that it computed itself, and nothing of the secret."""
    told = {"name": deposit.name, "c": deposit.c, "digest": committed_secret(deposit.secret)}
    return canonical.write_json({"receipt": FORM, **told})


def read_receipt(data: bytes) -> tuple[str, str]:
    """The draw or round and the digest of a receipt; `FormError` for another file."""
    found = keyed(canonical.read_json(data, "receipt"), ("receipt", "name", "c", "digest"), "receipt")
    checked(found["receipt"], canonical.word(FORM), "receipt")
    checked(found["c"], A_DIGEST, "c")
    return checked(found["name"], _NAME, "name"), checked(found["digest"], A_DIGEST, "digest")


def make_deposit_key(file: Path) -> X25519PublicKey:
    """A key pair: the private key in a file that its owner alone reads, the public one beside it as `.pub`.

    `Refused` where there is a file of that name: a key that is lost opens nothing any more.
    """
    if file.exists():
        raise Refused("deposit-key-there", file=str(file))
    private = X25519PrivateKey.generate()
    write_whole(file, private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    public = private.public_key()
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    write_whole(public_file(file), public.public_bytes(*form), 0o644)
    return public


def public_file(file: Path) -> Path:
    """Where the public key of a private key's file stands."""
    return file.with_name(file.name + ".pub")


def fingerprint(public: X25519PublicKey) -> str:
    """By which two people make sure over the telephone that they speak of the same key."""
    return canonical.sha256_hex(public.public_bytes_raw())


def read_public(data: bytes) -> X25519PublicKey:
    """A public key in PEM; `FormError` for anything else."""
    try:
        found = serialization.load_pem_public_key(data)
    except NO_KEY:
        found = None
    if not isinstance(found, X25519PublicKey):
        raise FormError("deposit-key-form")
    return found


def read_private(data: bytes) -> X25519PrivateKey:
    """A private key in PEM; `FormError` for anything else."""
    try:
        found = serialization.load_pem_private_key(data, password=None)
    except NO_KEY:
        found = None
    if not isinstance(found, X25519PrivateKey):
        raise FormError("deposit-key-form")
    return found
