"""Passwords and tokens: how they are made, and what of them is kept."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from hashlib import sha256
from typing import Final, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from audit_service.errors import Refused

LEAST: Final = 12
MOST: Final = 200
"""Characters of a password. Length is what counts (NIST SP 800-63B); what kinds they are of is nobody's business."""
PREFIX: Final = "aud"
_NOBODY: Final = secrets.token_hex(16)


class Made(NamedTuple):
    """A new token: its public part, what its holder is told once, and the digest that is kept."""

    token: str
    secret: str
    digest: str


def new_token() -> Made:
    """A token of 256 random bits: `aud_<public part>_<secret part>`."""
    public, hidden = secrets.token_hex(6), secrets.token_urlsafe(32)
    return Made(public, f"{PREFIX}_{public}_{hidden}", digest_of(hidden))


def parse_token(text: str) -> tuple[str, str]:
    """The public part of a token and the digest of its secret part; two empty texts for what is no token."""
    prefix, _, rest = text.partition("_")
    public, _, hidden = rest.partition("_")
    if prefix != PREFIX or not public or not hidden or not text.isascii():
        return "", ""
    return public, digest_of(hidden)


def digest_of(hidden: str) -> str:
    """What is kept of a token's secret part. It has 256 random bits, so a plain digest tells nothing of it."""
    return sha256(hidden.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests are the same, without telling by time where they differ."""
    return hmac.compare_digest(one, other)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # RFC 9106, its choice for little memory


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(_NOBODY)


def hash_password(password: str) -> str:
    """The argon2id hash of a password; `Refused` for one that is too short or too long."""
    if not LEAST <= len(password) <= MOST:
        raise Refused("password-length", least=LEAST, most=MOST)
    return _hasher().hash(password)


def prepare() -> None:
    """Make what is compared with where there is no password, so that the first stranger does not wait longer."""
    _hash_of_nobody()


def is_password(password: str, hashed: str) -> bool:
    """Whether this is the password. Takes as long where there is none, so that nobody learns who has an account."""
    try:
        return _hasher().verify(hashed or _hash_of_nobody(), password[: MOST + 1]) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False
