"""C, the secret and SEED (docs/protocol.md, sections 2 and 3)."""

from __future__ import annotations

from typing import Final

from audit_service.core.canonical import sha256_hex
from audit_service.core.events import TRIAL

NO_SECRET: Final = ""


def seed_of(c: str, public: str, secret: str) -> str:
    """SEED: the digest of `C/public/secret`; an open draw has no secret and its text ends in `/`."""
    return sha256_hex(f"{c}/{public}/{secret}")


def trial_seed(c: str) -> str:
    """The seed of a trial, which looks at feasibility or teaches and decides nothing (section 8)."""
    return seed_of(c, TRIAL, NO_SECRET)


def committed_secret(secret: str) -> str:
    """What a commitment says of a secret: its digest; nothing of no secret."""
    return sha256_hex(secret) if secret else NO_SECRET
